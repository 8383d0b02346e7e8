/** For tests of the register and its pages: a book folded from entries in memory, of invented firms in every class. */

import { createHash } from 'node:crypto';
import { pakistan } from '../framework/testing.ts';
import type { Entry, NewEntry, Objects } from '../log/index.ts';
import { appendLeaves, inclusionProof, leafHash, signCheckpoint, verifierKey, type Signer } from '../proof/index.ts';
import { encodeTlogProof } from '../proof/published.ts';
import { DAY_US, ENTRY_KINDS, assert, instantOf, parseInstant, type EntryKind, type Instant, type Service } from '../terms/index.ts';
import { RegisterBook } from './book.ts';
import type { IssuerLog } from './certificate.ts';
import { hashName } from './warning.ts';

/** The instant of these tests. */
export const TODAY: Instant = parseInstant('2026-11-24T10:00:30Z') ?? instantOf(0);

/** Gives entries the next place of a ledger in memory. */
export class Ledger {
  readonly entries: Entry[] = [];

  add<K extends EntryKind>(entry: Omit<NewEntry<K>, 'actor' | 'basis'>, at: Instant = TODAY): Entry {
    const made: Entry<K> = {
      actor: 'officer', basis: 'synthetic', ...entry, index: this.entries.length, version: ENTRY_KINDS[entry.kind].version, admittedAt: instantOf(at + this.entries.length), leaf: new Uint8Array(32), bytes: new Uint8Array(),
    };
    ENTRY_KINDS[entry.kind].body.parse(entry.body);
    this.entries.push(made);
    return made;
  }
}

type Step = readonly [stage: string, daysAgo: number, services?: readonly Exclude<Service, 'none'>[]];

/** Invented firms: code, name, name in Urdu, and their stages. */
export const FIRMS: readonly (readonly [code: string, name: string, nameUr: string, steps: readonly Step[]])[] = [
  ['SDX', 'Sindh Digital Exchange', 'سندھ ڈیجیٹل ایکس‌چینج', [['e3-noc-granted', 215], ['e4-aml-registered', 148]]],
  ['BLN', 'Bolan Digital', 'بولان ڈیجیٹل', [['e3-noc-granted', 15]]],
  ['DSM', 'Deosai Markets', 'دیوسائی مارکیٹس', [['e3-noc-granted', 245], ['e4-aml-registered', 190], ['l2-licensed', 33, ['exchange', 'custody', 'transfer']]]],
  ['TTD', 'Thar Token Desk', 'تھر ٹوکن ڈیسک', [['e4-aml-registered', 180], ['q-suspended', 11]]],
  ['KRC', 'Kirthar Coin', 'کیرتھر کوائن', [['e4-aml-registered', 240], ['r-revoked', 204]]],
  ['PTT', 'Pothohar Token Test', 'پوٹھوہار ٹوکن ٹیسٹ', [['s3-sandbox-test', 92, ['issuance']]]],
  ['KCC', 'Kaghan Coin Counter', 'کاغان کوائن کاؤنٹر', [['t-transitional', 100, ['exchange']]]],
  ['LTR', 'Lowari Letter', 'لواری لیٹر', [['n-no-action', 60, ['advisory']], ['e0-unauthorised', 20]]],
  ['GGW', 'Gilgit Gateway', 'گلگت گیٹ وے', [['e1-engagement', 25]]],
];

/** Enters the invented firms. */
export function enterFirms(ledger: Ledger): void {
  for (const [i, [code, name, nameUr, steps]] of FIRMS.entries()) {
    const firm = code.toLowerCase();
    ledger.add({ kind: 'firm-registered', body: { firm, number: i + 1, code, name, nameUr, synthetic: true } }, instantOf(TODAY - 300 * DAY_US));
    for (const [n, [to, daysAgo, services]] of steps.entries()) {
      const at = instantOf(TODAY - daysAgo * DAY_US);
      ledger.add({ kind: 'stage-changed', body: { firm, from: steps[n - 1]?.[0] ?? null, to, effectiveFrom: at, reasons: 'a reason that stays inside', evidence: [], ...(services === undefined ? {} : { services: [...services] }) } }, at);
    }
  }
}

/** A natural person's name as a warning holds it, under a salt that is always the same. */
export function hashedPerson(name: string): { readonly salt: string; readonly hash: string } {
  const salt = '0'.repeat(32);
  return { salt, hash: hashName(salt, name) };
}

/** Enters a warning of an impersonator of the first firm, one of a person, and what two firms go by. */
export function enterWarnings(ledger: Ledger, of: { readonly person: { readonly salt: string; readonly hash: string } }): void {
  const evidence = [{ sha256: 'a'.repeat(64), what: 'picture of the page' }];
  const text = { en: 'Not the website of the firm. Do not send money there.', ur: 'یہ اس کمپنی کی ویب سائٹ نہیں۔ وہاں رقم نہ بھیجیں۔' };
  ledger.add({ kind: 'register-detailed', body: { firm: 'sdx', names: ['SDX'], websites: ['sindhdigital.example'], apps: [{ store: 'apk', id: 'example.sdx', name: 'SDX' }], source: 'letter of the firm (invented)' } });
  ledger.add({ kind: 'warning-issued', second: 'other', body: {
    act: 'issue', warning: 'W-1', proposal: 0,
    content: { class: 'impersonator', subject: 'entity', name: 'Sindh Digital Exchange VIP', aliases: [], hashes: [], domains: ['sindh-digital-exchange.example'], apps: [], wallets: [{ family: 'evm', address: `0x${'ab'.repeat(20)}` }], imitates: 'sdx', text, evidence },
  } });
  ledger.add({ kind: 'warning-issued', second: 'other', body: { act: 'issue', warning: 'W-2', proposal: 0, content: { class: 'unregistered', subject: 'person', aliases: [], hashes: [of.person], domains: [], apps: [], wallets: [], text, evidence } } });
  ledger.add({ kind: 'warning-replied', body: { warning: 'W-1', words: 'We are another <b>company</b>.', evidence: [] } });
}

/** A book of the invented firms. */
export function inventedBook(): { readonly book: RegisterBook; readonly ledger: Ledger } {
  const ledger = new Ledger();
  enterFirms(ledger);
  const book = new RegisterBook(pakistan());
  for (const entry of ledger.entries) book.apply(entry);
  assert(book.changes.length > 0, 'the invented firms were told of');
  return { book, ledger };
}

/** Objects in memory. */
export class MemoryObjects implements Objects {
  readonly #bytes = new Map<string, Uint8Array>();

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#bytes.set(sha256, Uint8Array.from(bytes));
    return sha256;
  }

  async get(sha256: string): Promise<Uint8Array> {
    const found = this.#bytes.get(sha256);
    if (found === undefined) throw new Error(`there is no object ${sha256}`);
    return found;
  }

  async has(sha256: string): Promise<boolean> {
    return this.#bytes.has(sha256);
  }
}

/** The register log over a book's statements as they stand now, under one signed head. */
export function inventedLog(book: RegisterBook, signer: Signer): IssuerLog {
  return {
    verifier: verifierKey(signer.keyId, signer.publicKey),
    prove: async (n) => {
      const entries = book.changes.map((change) => Buffer.from(change.body));
      const { nodes, root } = appendLeaves({ size: 0, hashes: [] }, entries.map((entry) => leafHash(entry, sha256)), sha256);
      const at = new Map(nodes.map((node) => [`${node.level} ${node.index}`, node.hash]));
      const checkpoint = await signCheckpoint({ origin: signer.keyId, size: entries.length, root }, signer);
      const entry = entries[n];
      return entry === undefined ? undefined : { text: encodeTlogProof({ index: n, path: inclusionProof(n, entries.length, (level, index) => at.get(`${level} ${index}`) ?? new Uint8Array(32), sha256), checkpoint }), entry };
    },
  };
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
