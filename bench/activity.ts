/**
 * Activity for the engine's bench, made fast enough that making it is no part of what is measured: columns as a batch of the event
 * log decodes to, and the same events as JSON lines as a firm would send them. From a seed; nobody is real.
 *
 * Everyone is onboarded once. Then a share of the people is active and moves value, drawn uniformly: the hardest
 * case for memory, since every event finds its person cold.
 */

import type { Activity } from '../src/monitor/engine/index.ts';
import { EVENT_KINDS, FLAG, HOUR_US, MINUTE_US, SERVICES, USUAL_SERVICE, formatInstant, instantOf, parseInstant, type EventKind } from '../src/terms/index.ts';
import { randomOf } from '../src/screening/quality/index.ts';

const KINDS: readonly EventKind[] = ['fiat-in', 'fiat-in', 'fiat-in', 'asset-deposit', 'asset-withdrawal', 'trade', 'trade', 'fiat-out', 'fiat-out', 'sign-in'];
const INWARD: ReadonlySet<EventKind> = new Set(['fiat-in', 'asset-deposit']);
const KIND_NUMBERS: ReadonlyMap<string, number> = new Map(EVENT_KINDS.map((kind, i) => [kind, i]));
const ONBOARDED = EVENT_KINDS.indexOf('customer-onboarded');
const ID_BYTES = 13;
const ADDRESS_BYTES = 42;
const ACCOUNT_BYTES = 10;
/** Wallets and accounts that people deal with. */
const WALLETS = 1_000_000;
const ACCOUNTS = 9_973;

/** One event before it is columns or text. */
export interface Deed {
  kind: number;
  at: number;
  number: number;
  person: number;
  firm: number;
  paisa: number;
  flags: number;
  party: number;
}

/** Draws events of `active` people, `gapUs` apart; a share of them late by up to nine minutes. */
export class Deeds {
  readonly #random: () => number;
  readonly #options: { readonly active: number; readonly gapUs: number; readonly startUs: number; readonly lateShare: number };
  #number = 0;

  constructor(seed: number, options: { active: number; gapUs: number; startUs: number; lateShare: number }) {
    this.#random = randomOf(seed);
    this.#options = options;
  }

  next(): Deed {
    const random = this.#random;
    const { active, gapUs, startUs, lateShare } = this.#options;
    const kind = KINDS[Math.floor(random() * KINDS.length)] ?? 'trade';
    const number = this.#number++;
    const late = random() < lateShare ? Math.floor(random() * 9 * MINUTE_US) : 0;
    return {
      kind: KIND_NUMBERS.get(kind) ?? 0, at: startUs + Math.floor(number * gapUs) - late, number, person: Math.floor(random() * active), firm: 1 + Math.floor(random() * 6), paisa: Math.floor(Math.exp(11 + random() * 8)),
      flags: kind === 'sign-in' ? 0 : FLAG.moves | (INWARD.has(kind) ? FLAG.inward : 0) | (kind === 'asset-withdrawal' && random() < 0.3 ? FLAG.unhosted : 0), party: Math.floor(random() * WALLETS),
    };
  }

  /** Instant of the next event. */
  get now(): number {
    return this.#options.startUs + this.#number * this.#options.gapUs;
  }
}

/** The onboarding of a person, an hour apart at most from that of the next. */
export function onboarding(person: number, at: number): Deed {
  return { kind: ONBOARDED, at: at - (person % 1000) * HOUR_US / 1000, number: person, person, firm: 1 + (person % 6), paisa: 0, flags: 0, party: 0 };
}

/** A person's id as its four words: random to look at, and the same for the same number. */
function writePerson(words: Uint32Array, at: number, person: number): void {
  let mixed = Math.imul(person ^ (person >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  words[at] = Math.imul(person + 1, 0x9e3779b1);
  words[at + 1] = mixed ^ (mixed >>> 16);
  words[at + 2] = person;
  words[at + 3] = ~person;
}

const SERVICE_OF = Uint8Array.from(EVENT_KINDS, (kind) => SERVICES.indexOf(USUAL_SERVICE[kind]));
const DIGITS = Buffer.from('0123456789abcdefghijklmnopqrstuvwxyz');

/** A batch whose columns are written again and again. */
export class ActivityBatch implements Activity {
  count = 0;
  readonly at: Float64Array<ArrayBuffer>;
  readonly seq: Float64Array<ArrayBuffer>;
  readonly paisa: Float64Array<ArrayBuffer>;
  readonly flags: Uint32Array<ArrayBuffer>;
  readonly firm: Uint16Array<ArrayBuffer>;
  readonly kind: Uint8Array<ArrayBuffer>;
  readonly replacementKind: Uint8Array<ArrayBuffer>;
  readonly service: Uint8Array<ArrayBuffer>;
  readonly ageBand: Uint8Array<ArrayBuffer>;
  readonly province: Uint8Array<ArrayBuffer>;
  readonly incomeClass: Uint8Array<ArrayBuffer>;
  readonly riskClass: Uint8Array<ArrayBuffer>;
  readonly person: Uint8Array<ArrayBuffer>;
  readonly other: Uint8Array<ArrayBuffer>;
  heap: Buffer;
  readonly since: Float64Array<ArrayBuffer>;
  readonly #people: Uint32Array;
  readonly #ids: Uint32Array;
  readonly #addresses: Uint32Array;
  readonly #accounts: Uint32Array;
  readonly #none: Uint32Array;

  constructor(rows: number) {
    const byte = (): Uint8Array<ArrayBuffer> => new Uint8Array(rows);
    [this.at, this.seq, this.paisa] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
    this.since = new Float64Array(rows);
    [this.flags, this.firm] = [new Uint32Array(rows), new Uint16Array(rows)];
    [this.kind, this.replacementKind, this.service, this.ageBand, this.province, this.incomeClass, this.riskClass] = [byte(), byte(), byte(), byte(), byte(), byte(), byte()];
    [this.person, this.other] = [new Uint8Array(rows * 16), new Uint8Array(rows * 16)];
    this.#people = new Uint32Array(this.person.buffer);
    this.heap = Buffer.alloc(rows * (ID_BYTES + ADDRESS_BYTES + ACCOUNT_BYTES));
    [this.#ids, this.#addresses, this.#accounts, this.#none] = [new Uint32Array(rows + 1), new Uint32Array(rows + 1), new Uint32Array(rows + 1), new Uint32Array(rows + 1)];
    for (let i = 0; i <= rows; i++) this.#ids[i] = i * ID_BYTES;
    this.clear();
  }

  clear(): void {
    this.count = 0;
    const base = this.at.length * ID_BYTES;
    [this.#addresses[0], this.#accounts[0]] = [base, base + this.at.length * ADDRESS_BYTES];
  }

  add(deed: Deed): void {
    const i = this.#numbers(deed);
    this.#digits(i * ID_BYTES, ID_BYTES, deed.number * 64 + (deed.kind & 63), 36);
    const isChain = deed.kind === CHAIN_IN || deed.kind === CHAIN_OUT;
    const [address, account] = [this.#addresses[i] ?? 0, this.#accounts[i] ?? 0];
    if (isChain) this.#digits(address, ADDRESS_BYTES, deed.party, 16);
    else if (deed.flags !== 0) this.#digits(account, ACCOUNT_BYTES, deed.party % ACCOUNTS, 10);
    this.#addresses[i + 1] = address + (isChain ? ADDRESS_BYTES : 0);
    this.#accounts[i + 1] = account + (!isChain && deed.flags !== 0 ? ACCOUNT_BYTES : 0);
  }

  /** Adds an event whose id and address are texts of its own. Such a batch holds no others. */
  addText(deed: Deed, id: string, address: string): void {
    if (this.count === 0) [this.heap, this.#ids[0], this.#addresses[0]] = [Buffer.alloc(this.at.length * 128), 0, this.at.length * 64];
    const i = this.#numbers(deed);
    this.#ids[i + 1] = (this.#ids[i] ?? 0) + this.heap.write(id, this.#ids[i] ?? 0, 'latin1');
    this.#addresses[i + 1] = (this.#addresses[i] ?? 0) + this.heap.write(address, this.#addresses[i] ?? 0, 'latin1');
    [this.#accounts[i], this.#accounts[i + 1]] = [0, 0];
  }

  #numbers(deed: Deed): number {
    const i = this.count++;
    this.at[i] = deed.at;
    this.seq[i] = deed.number + 1;
    this.paisa[i] = deed.paisa;
    this.flags[i] = deed.flags;
    this.firm[i] = deed.firm;
    this.kind[i] = deed.kind;
    this.service[i] = SERVICE_OF[deed.kind] ?? 0;
    writePerson(this.#people, i * 4, deed.person);
    return i;
  }

  offsets(column: Parameters<Activity['offsets']>[0]): Uint32Array {
    return column === 'id' ? this.#ids : column === 'address' ? this.#addresses : column === 'accountToken' ? this.#accounts : this.#none;
  }

  word(column: Parameters<Activity['word']>[0]): string {
    return column === 'chain' ? 'eip155:1' : '';
  }

  text(column: Parameters<Activity['text']>[0], row: number): string {
    const table = this.offsets(column);
    return this.heap.toString('latin1', table[row], table[row + 1]);
  }

  #digits(at: number, length: number, value: number, base: number): void {
    let rest = value;
    for (let place = at + length - 1; place >= at; place--) {
      const next = Math.floor(rest / base);
      this.heap[place] = DIGITS[rest - next * base] ?? 48;
      rest = next;
    }
  }
}

const CHAIN_IN = EVENT_KINDS.indexOf('asset-deposit');
const CHAIN_OUT = EVENT_KINDS.indexOf('asset-withdrawal');

/** An event as a firm sends it, about 500 bytes of JSON. */
export function lineOf(deed: Deed): string {
  const isChain = deed.kind === CHAIN_IN || deed.kind === CHAIN_OUT;
  const pkr = (deed.paisa / 100).toFixed(2);
  return JSON.stringify({
    v: 1, id: `TX-${deed.number.toString(36).padStart(10, '0')}`, stream: 'main', seq: deed.number + 1, at: formatInstant(instantOf(deed.at)), kind: EVENT_KINDS[deed.kind], customer: `C-${deed.person}`, firm: deed.firm,
    amount: { asset: 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7', value: pkr }, pkr, chain: 'eip155:1', txHash: deed.number.toString(16).padStart(64, '0'),
    ...(isChain ? { from: `0x${deed.party.toString(16).padStart(40, '0')}` } : { accountToken: `acct-${deed.party % ACCOUNTS}` }), counterparty: { kind: (deed.flags & FLAG.unhosted) === 0 ? 'hosted' : 'unhosted', country: 'PK' },
    travelRule: { status: 'complete', protocol: 'trp', message: `M-${deed.number}` }, access: { ipToken: 'ip-12345678', country: 'PK', network: 'AS17557' },
  });
}

/** Reads a line back: what a door must do at least before the engine can decide. Throws where a field is missing. */
export function readLine(line: string): Deed {
  const said: unknown = JSON.parse(line);
  if (typeof said !== 'object' || said === null || !('id' in said) || !('at' in said) || !('kind' in said) || !('customer' in said) || !('firm' in said) || !('pkr' in said) || !('seq' in said) || !('counterparty' in said)) throw new Error('a field is missing');
  const kind = KIND_NUMBERS.get(String(said.kind));
  const at = parseInstant(String(said.at));
  if (kind === undefined || at === undefined) throw new Error('a field cannot be read');
  const name = EVENT_KINDS[kind] ?? 'trade';
  const isUnhosted = typeof said.counterparty === 'object' && said.counterparty !== null && 'kind' in said.counterparty && said.counterparty.kind === 'unhosted';
  const party = 'from' in said ? Number.parseInt(String(said.from).slice(30), 16) : 'accountToken' in said ? Number(String(said.accountToken).slice(5)) : 0;
  return {
    kind, at, number: Number(said.seq) - 1, person: Number(String(said.customer).slice(2)), firm: Number(said.firm), paisa: paisaOf(String(said.pkr)), party,
    flags: name === 'sign-in' ? 0 : FLAG.moves | (INWARD.has(name) ? FLAG.inward : 0) | (name === 'asset-withdrawal' && isUnhosted ? FLAG.unhosted : 0),
  };
}

/** `12.34` rupees as paisa. */
function paisaOf(text: string): number {
  return Number(text.slice(0, -3)) * 100 + Number(text.slice(-2));
}
