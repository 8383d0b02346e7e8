/** For tests of the register and its pages: a book folded from entries in memory, of invented firms in every class. */

import { pakistan } from '../framework/testing.ts';
import type { Entry, NewEntry } from '../log/index.ts';
import { DAY_US, ENTRY_KINDS, assert, instantOf, parseInstant, type EntryKind, type Instant, type Service } from '../terms/index.ts';
import { RegisterBook } from './book.ts';

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

/** A book of the invented firms. */
export function inventedBook(): { readonly book: RegisterBook; readonly ledger: Ledger } {
  const ledger = new Ledger();
  enterFirms(ledger);
  const book = new RegisterBook(pakistan());
  for (const entry of ledger.entries) book.apply(entry);
  assert(book.changes.length > 0, 'the invented firms were told of');
  return { book, ledger };
}
