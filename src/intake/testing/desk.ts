/**
 * A filing desk over a database of its own, with an asset, a rate, a vault that names anyone, and lines to send.
 */

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { PgEventLog, SYSTEM, append, decodeBatch, logMigrations, withActor, type EventLog } from '../../log/index.ts';
import { openTestDatabase, type TestDatabase } from '../../log/engine/testing.ts';
import { signerOfSeed, type Receipt } from '../../proof/index.ts';
import { instantOf, parseInstant, type Instant } from '../../terms/index.ts';
import { Admission, AssetBook, FilingDesk, intakeMigrations, type Identified, type Sealed } from '../index.ts';

const USDT = 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7';
export const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const PERSONS = new Map<string, string>();

/** The log's and intake's tables. */
export function openIntakeDatabase(): Promise<TestDatabase> {
  return openTestDatabase([...logMigrations, ...intakeMigrations]);
}

export interface Answer {
  submission: string;
  counts: { accepted: number; held: number; rejected: number; duplicate: number };
  rejections: { line: number; id?: string; code: string; detail?: string }[];
  receipt: Receipt;
}

/** A desk of a firm of its own; `vault` says what it answers. */
export async function openDesk(database: TestDatabase, options: { events?: EventLog; vault?: (sealed: readonly Sealed[]) => Identified[]; clock?: () => Instant; isFull?: () => boolean; identify?: (answers: Identified[]) => Promise<Identified[]> } = {}) {
  const pool = database.pool('nigran_app');
  const book = new AssetBook();
  book.register({ id: 'iso4217:PKR', symbol: 'PKR', decimals: 2, class: 'fiat' });
  book.register({ id: USDT, symbol: 'USDT', decimals: 6, class: 'stable' });
  book.publish({ at: 0, source: 'test', rates: [{ asset: USDT, paisaE8: '2814000000000' }] });
  const identify = async (sealed: readonly Sealed[]): Promise<Identified[]> => {
    const answers = (options.vault ?? vault)(sealed);
    return options.identify === undefined ? answers : options.identify(answers);
  };
  const errors: unknown[] = [];
  const signerFor = (firm: string) => signerOfSeed(`pvara.example/firm/${firm}`, createHash('sha256').update(firm).digest());
  const numbers = new Map<string, number>();
  const admission = new Admission({
    pool, book, identify, events: options.events ?? new PgEventLog(pool), partitions: 8, latenessMaxUs: 600_000_000, claimGapShare: 0.02, clock: options.clock ?? (() => NOW),
    numberOf: (firm) => numbers.get(firm) ?? 0, signerFor, isFull: options.isFull ?? (() => false), onError: (error) => errors.push(error),
  });
  const desk = new FilingDesk({ pool, admission, identify });
  const firm = `f${randomBytes(4).toString('hex')}`;
  const firmNumber = 1 + (randomBytes(2).readUInt16LE() % 60_000);
  numbers.set(firm, firmNumber);
  await withActor(pool, SYSTEM, (tx) => append(tx, NOW, [{ kind: 'firm-registered', actor: 'test', basis: 'test', body: { firm, number: firmNumber, code: 'TST', name: 'Test', synthetic: true } }]));
  const send = async (lines: readonly unknown[], key = randomBytes(8).toString('hex')) => {
    const bytes = Buffer.from(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    const contentDigest = createHash('sha256').update(bytes).digest('hex');
    return desk.file({
      filer: { firm, firmNumber, client: 'c1' }, idempotencyKey: key, contentDigest, signatureBase: '', receivedAt: NOW, bytes, contentType: 'application/x-ndjson', contentEncoding: '',
    });
  };
  const sent = async (lines: readonly unknown[], key?: string): Promise<Answer> => {
    const answer = await send(lines, key);
    assert.ok('text' in answer, `filed, not ${JSON.stringify(answer)}`);
    return JSON.parse(answer.text);
  };
  return { pool, admission, desk, firm, firmNumber, send, sent, signerFor, errors };
}

/** Names every customer, the same each time. */
export function vault(sealed: readonly Sealed[]): Identified[] {
  return sealed.map(({ firm, customer }) => {
    const key = `${firm}/${customer}`;
    const person = PERSONS.get(key) ?? randomBytes(16).toString('hex');
    PERSONS.set(key, person);
    return { person };
  });
}

let numbered = 0;
/** Head of an event; each has an id of its own. */
export const head = (kind: string, seq: number) => ({ v: 1, id: `E-${numbered++}`, seq, at: '2026-11-24T09:59:00Z', kind });
export const onboarded = (seq: number, customer: string) => ({ ...head('customer-onboarded', seq), customer, identity: 'x'.repeat(40), profile: { type: 'person' } });
export const deposit = (seq: number, customer: string, value = '1000.00') => ({ ...head('fiat-in', seq), customer, amount: { asset: 'iso4217:PKR', value }, channel: { method: 'raast' } });

/** Ids of a firm's events in the log. */
export async function loggedIds(pool: ReturnType<TestDatabase['pool']>, firm: string): Promise<string[]> {
  const events = new PgEventLog(pool);
  const ids: string[] = [];
  for (let partition = 0; partition < 8; partition++) {
    for (const stored of await events.read(partition, 0, 1e9)) {
      if (stored.firm !== firm) continue;
      const batch = decodeBatch(stored.bytes);
      for (let row = 0; row < batch.count; row++) ids.push(batch.text('id', row));
    }
  }
  return ids.sort();
}
