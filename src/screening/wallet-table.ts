/**
 * Listed wallets in time, twice over: from which version of a list to which an address was on it, and since when
 * the house knows that. "Was it listed on that day, as we knew it then?" has an answer (`listedAt`); the monitor
 * asks for what is known now (`lookup`), and is told what it knew by being replayed in the ledger's order.
 *
 * A list is a row of versions by the instant of publication. Between two versions an address is on the list as
 * the earlier one says. A version speaks only about the chain families that it covers. Versions may be taken in
 * in any order: one that is published earlier than others and learnt later divides what they said. Nothing is
 * overwritten; what is no longer believed keeps the instant at which it was given up.
 *
 * Before the first version that the house holds, it knows nothing, and says nothing is listed.
 */

import { assert, type ChainFamily, type EntryBody, type Instant } from '../terms/index.ts';
import { AddressSet } from './address-set.ts';
import { decodeList, type ListedRow } from './content.ts';

/** A listed wallet, as a finding shows it. */
export interface ListedWallet {
  readonly list: string;
  /** Place in the source of the version since which it is listed. */
  readonly entry: string;
  /** Whom the list names there. */
  readonly subject: string | undefined;
  /** The version in force at the instant, and the one since which the address is listed. */
  readonly version: string;
  readonly since: string;
  readonly force: 'freeze' | 'review' | 'information';
}

type VersionBody = EntryBody<'list-version'>;

interface Version extends VersionBody {
  readonly families: ReadonlySet<string>;
  /** When the house came to know it. */
  readonly known: number;
}

/** Versions at most: facts keep their number in 16 bits. 40 lists, refreshed daily, fill it in four years; then the eldest are folded into one. */
const VERSIONS_MAX = 65_534;
/** Stands for "without end": still listed, still believed. */
const OPEN = 65_535;
const STRENGTH = { freeze: 2, review: 1, information: 0 } as const;

/** Wallets of every list version that was taken in. Starts empty; the ledger's versions fill it in their order. */
export class WalletTable {
  readonly #addresses = new AddressSet();
  readonly #versions: Version[] = [];
  /** First fact of each address + 1, and of each fact the next one + 1. */
  #first = new Uint32Array(16);
  #next = new Uint32Array(16);
  /** Numbers of versions: listed from, listed until, known since, given up at. */
  #from = new Uint16Array(16);
  #until = new Uint16Array(16);
  #since = new Uint16Array(16);
  #given = new Uint16Array(16);
  #text = new Uint32Array(16);
  #facts = 0;
  /** Place and subject, which many rows share. */
  readonly #texts: string[] = [];
  readonly #textNumbers = new Map<string, number>();
  /** Version in which a row was last seen, while one is taken in. */
  #seen = new Uint16Array(16);

  /** Addresses that any version named. */
  get count(): number {
    return this.#addresses.count;
  }

  /** Bytes of typed memory: the table of addresses, the addresses, their history. */
  get bytes(): { readonly table: number; readonly addresses: number; readonly history: number } {
    const history = this.#first.byteLength + this.#next.byteLength + this.#seen.byteLength + 4 * this.#from.byteLength + this.#text.byteLength;
    return { ...this.#addresses.bytes, history };
  }

  /** Takes a version in. `content`: the object that the entry commits to. `known`: instant of admission; counts of versions when nobody asks by instants. */
  add(body: VersionBody, content: Uint8Array, known = this.#versions.length): void {
    const { head, wallets } = decodeList(content);
    assert(head.list === body.list && head.version === body.version && head.publishedAt === body.publishedAt && wallets.length === body.count, 'the content is that of the entry');
    const last = this.#versions.at(-1);
    assert(last === undefined || known >= last.known, 'versions are taken in as they became known');
    const families = new Set<string>(head.covers);
    assert(!this.#versions.some((one) => one.list === body.list && one.publishedAt === body.publishedAt && head.covers.some((family) => one.families.has(family))), 'one list has one version at an instant');
    assert(this.#versions.length < VERSIONS_MAX, 'versions stay within their bound');
    this.#versions.push({ ...body, families, known });
    this.#addresses.reserve(this.#addresses.count + wallets.length);
    this.#list(wallets);
    this.#endWhatIsGone(families);
  }

  /** The strongest listing of the address at an instant, by what is known now. Allocates nothing when there is none. */
  lookup(family: ChainFamily, address: string, at: Instant): ListedWallet | undefined {
    const row = this.#addresses.find(family, address);
    return row < 0 ? undefined : this.#strongest(row, at, Number.MAX_SAFE_INTEGER);
  }

  /** Was the address listed at `at`, by what the house knew at `knownAt`? */
  listedAt(family: ChainFamily, address: string, at: Instant, knownAt: Instant): ListedWallet | undefined {
    const row = this.#addresses.find(family, address);
    return row < 0 ? undefined : this.#strongest(row, at, knownAt);
  }

  #strongest(row: number, at: number, knownAt: number): ListedWallet | undefined {
    let best: ListedWallet | undefined;
    for (let fact = this.#first[row] ?? 0; fact !== 0; fact = this.#next[fact - 1] ?? 0) {
      if (!this.#holds(fact - 1, at, knownAt)) continue;
      const listed = this.#tell(fact - 1, this.#addresses.familyOf(row), at, knownAt);
      if (best === undefined || STRENGTH[listed.force] > STRENGTH[best.force] || (listed.force === best.force && listed.list < best.list)) best = listed;
    }
    return best;
  }

  #holds(fact: number, at: number, knownAt: number): boolean {
    return this.#published(this.#from[fact]) <= at && at < this.#published(this.#until[fact]) && this.#knownAt(this.#since[fact]) <= knownAt && knownAt < this.#knownAt(this.#given[fact]);
  }

  #tell(fact: number, family: ChainFamily, at: number, knownAt: number): ListedWallet {
    const since = this.#versions[this.#from[fact] ?? OPEN];
    assert(since !== undefined, 'a fact begins with a version');
    let now = since;
    for (const one of this.#versions) {
      if (one.list === since.list && one.families.has(family) && one.publishedAt <= at && one.known <= knownAt && one.publishedAt > now.publishedAt) now = one;
    }
    const [entry = '', subject] = (this.#texts[this.#text[fact] ?? 0] ?? '').split('\t');
    return { list: now.list, entry, subject, version: now.version, since: since.version, force: now.force };
  }

  #published(version = OPEN): number {
    return version === OPEN ? Number.POSITIVE_INFINITY : (this.#versions[version]?.publishedAt ?? Number.POSITIVE_INFINITY);
  }

  #knownAt(version = OPEN): number {
    return version === OPEN ? Number.POSITIVE_INFINITY : (this.#versions[version]?.known ?? Number.POSITIVE_INFINITY);
  }

  /** Wallets of the newest version that no fact covers begin there, up to the next version of the list. */
  #list(wallets: readonly ListedRow[]): void {
    const number = this.#versions.length - 1;
    const version = this.#versions[number];
    assert(version !== undefined, 'a version is taken in');
    const nextOf = new Map([...version.families].map((family) => [family, this.#nextAfter(version, family)]));
    for (const wallet of wallets) {
      assert(version.families.has(wallet.family), 'a version names only wallets of families that it covers');
      const row = this.#addresses.add(wallet.family, wallet.address);
      this.#first = roomFor(this.#first, row, Uint32Array);
      this.#seen = roomFor(this.#seen, row, Uint16Array);
      this.#seen[row] = number + 1;
      if (this.#current(row, version, version.publishedAt) !== undefined) continue;
      const next = nextOf.get(wallet.family) ?? OPEN;
      const later = next === OPEN ? undefined : this.#current(row, version, this.#published(next));
      const until = later === undefined ? next : (this.#until[later] ?? OPEN);
      if (later !== undefined) this.#given[later] = number;
      this.#addFact(row, { from: number, until, text: this.#textNumber(wallet) });
    }
  }

  /** Wallets that the newest version covers and does not name end there; a later version that names them begins anew. */
  #endWhatIsGone(families: ReadonlySet<string>): void {
    const number = this.#versions.length - 1;
    const version = this.#versions[number];
    assert(version !== undefined, 'a version is taken in');
    for (let row = 0; row < this.#first.length && row < this.#addresses.count; row++) {
      if (this.#seen[row] === number + 1) continue;
      const family = this.#addresses.familyOf(row);
      const fact = families.has(family) ? this.#current(row, version, version.publishedAt) : undefined;
      if (fact === undefined) continue;
      const [from, until, text] = [this.#from[fact] ?? OPEN, this.#until[fact] ?? OPEN, this.#text[fact] ?? 0];
      this.#given[fact] = number;
      this.#addFact(row, { from, until: number, text });
      const next = this.#nextAfter(version, family);
      if (next !== OPEN && this.#published(next) < this.#published(until)) this.#addFact(row, { from: next, until, text });
    }
  }

  /** The version of the same list and family that was published next after one. */
  #nextAfter(version: Version, family: string): number {
    let next = OPEN;
    for (const [number, one] of this.#versions.entries()) {
      if (one.list === version.list && one.families.has(family) && one.publishedAt > version.publishedAt && one.publishedAt < this.#published(next)) next = number;
    }
    return next;
  }

  /** The believed fact of the row on the version's list at an instant of publication. */
  #current(row: number, version: Version, at: number): number | undefined {
    for (let fact = this.#first[row] ?? 0; fact !== 0; fact = this.#next[fact - 1] ?? 0) {
      const from = this.#versions[this.#from[fact - 1] ?? OPEN];
      if (this.#given[fact - 1] === OPEN && from?.list === version.list && from.publishedAt <= at && at < this.#published(this.#until[fact - 1])) return fact - 1;
    }
    return undefined;
  }

  #addFact(row: number, fact: { readonly from: number; readonly until: number; readonly text: number }): void {
    const place = this.#facts++;
    this.#next = roomFor(this.#next, place, Uint32Array);
    this.#text = roomFor(this.#text, place, Uint32Array);
    this.#from = roomFor(this.#from, place, Uint16Array);
    this.#until = roomFor(this.#until, place, Uint16Array);
    this.#since = roomFor(this.#since, place, Uint16Array);
    this.#given = roomFor(this.#given, place, Uint16Array);
    this.#from[place] = fact.from;
    this.#until[place] = fact.until;
    this.#since[place] = this.#versions.length - 1;
    this.#given[place] = OPEN;
    this.#text[place] = fact.text;
    this.#next[place] = this.#first[row] ?? 0;
    this.#first[row] = place + 1;
  }

  #textNumber(wallet: ListedRow): number {
    const text = `${wallet.places[0] ?? ''}${wallet.subject === undefined ? '' : `\t${wallet.subject}`}`;
    const known = this.#textNumbers.get(text);
    if (known !== undefined) return known;
    this.#texts.push(text);
    this.#textNumbers.set(text, this.#texts.length - 1);
    return this.#texts.length - 1;
  }
}

/** The column, or one twice as long when the place lies beyond its end. */
function roomFor<T extends Uint16Array | Uint32Array>(column: T, place: number, make: new (length: number) => T): T {
  if (place < column.length) return column;
  const longer = new make(Math.max(place + 1, column.length * 2));
  longer.set(column);
  return longer;
}
