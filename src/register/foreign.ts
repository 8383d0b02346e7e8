/**
 * Registers of other authorities, state by state: what each entity might do there from when to when, and what changed.
 * Every state is kept as it was published. A record that a later state does not hold any more is a question (nobody
 * said why it is gone), and is never shown as a revocation.
 */

import { z } from 'zod';
import { decide, type Member } from '../access/index.ts';
import { append, isKind, lockLedger, readEntries, type Db, type Entry, type Objects, type Tx } from '../log/index.ts';
import { assert, canonicalJson, instantOf, reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import { readCasps, type ForeignRecord, type ForeignState } from './foreign-casp.ts';
import { foldName } from './sound.ts';

/** Registers that can be taken in. */
export type ForeignRegister = EntryBody<'foreign-register-taken'>['register'];
const READERS: Readonly<Record<ForeignRegister, (bytes: Uint8Array) => ForeignState | undefined>> = { 'esma-casp': readCasps };
/** When so much of the records is gone at once, a person must have said that it is so. */
const SHRUNK_SHARE = 1 / 3;
/** Records of one answer. */
const FOUND_MAX = 20;
const PAGE_ENTRIES = 100;

/** A state that an officer wants to take in. */
export interface WantedState {
  readonly register: ForeignRegister;
  readonly takenAt: Instant;
  readonly bytes: Uint8Array;
  readonly source: string;
  /** The officer has seen that more than a third of the records is gone. */
  readonly shrunk: boolean;
}

/** The desk of other authorities' registers. */
export class ForeignDesk {
  readonly #objects: Objects;

  constructor(objects: Objects) {
    this.#objects = objects;
  }

  /** Takes a state in; it must be later than the last one. The answer holds what could not be read of it. */
  take(tx: Tx, now: Instant, wanted: WantedState, by: Member): Promise<{ readonly entry: Entry<'foreign-register-taken'>; readonly state: ForeignState } | Rejection> {
    return takeForeignState(tx, now, this.#objects, wanted, by);
  }

  /** What other registers say of who goes by this identifier, these websites, these names. */
  elsewhere(db: Db, of: { readonly lei: string | undefined; readonly names: readonly string[]; readonly websites: readonly string[] }): Promise<Elsewhere[]> {
    return readElsewhere(db, of);
  }
}

/** Takes a state in: the bytes into objects, the entry into the ledger, the records into the view. It must be later than the last one. */
async function takeForeignState(tx: Tx, now: Instant, objects: Objects, wanted: WantedState, by: Member): Promise<{ readonly entry: Entry<'foreign-register-taken'>; readonly state: ForeignState } | Rejection> {
  const may = decide(by, 'register.detail');
  if (!may.allowed) return may.rejection;
  const state = READERS[wanted.register](wanted.bytes);
  if (state === undefined || state.records.length === 0) return reject('LIST_EMPTY', wanted.register);
  if (wanted.takenAt > now) return reject('DECISION_INVALID', 'takenAt');
  const sha256 = await objects.put(wanted.bytes);
  await lockLedger(tx, now);
  const last = await tx.query<{ taken_at: number; records: number; sha256: string }>('select taken_at, records, sha256 from register.foreign_state where register = $1 order by taken_at desc limit 1', [wanted.register]);
  const before = last.rows[0];
  if (before?.sha256 === sha256) return reject('LIST_VERSION_KNOWN', wanted.register);
  if (before !== undefined && before.taken_at >= wanted.takenAt) return reject('DECISION_STALE', 'takenAt');
  const lost = before === undefined ? 0 : before.records - state.records.length;
  if (before !== undefined && lost > before.records * SHRUNK_SHARE && !wanted.shrunk) return reject('LIST_SHRUNK', `${before.records} to ${state.records.length}`);
  const body: EntryBody<'foreign-register-taken'> = {
    register: wanted.register, takenAt: wanted.takenAt, sha256, source: wanted.source, read: state.read, records: state.records.length, repeated: state.repeated, quarantined: state.quarantined, ...(wanted.shrunk ? { shrunk: true } : {}),
  };
  assert(body.read === body.records + body.repeated + body.quarantined, 'no row of another register vanishes');
  const [entry] = await append(tx, now, [{ kind: 'foreign-register-taken', actor: by.account, basis: wanted.source, body }]);
  assert(entry !== undefined, 'an append gives its entries back');
  await foldState(tx, entry, state);
  return { entry, state };
}

async function foldState(tx: Tx, entry: Entry<'foreign-register-taken'>, state: ForeignState): Promise<void> {
  const { register, takenAt, sha256, records } = entry.body;
  await tx.query('insert into register.foreign_state (entry, register, taken_at, sha256, records) values ($1, $2, $3, $4, $5)', [entry.index, register, takenAt, sha256, records]);
  const standing = await tx.query<{ record: string; body: string }>('select record, body from register.foreign_record where register = $1 and upper_inf(during)', [register]);
  const before = new Map(standing.rows.map((row) => [row.record, row.body]));
  const after = new Map(state.records.map((record) => [record.id, canonicalJson({ ...record, names: [...record.names], websites: [...record.websites], services: [...record.services], countries: [...record.countries] })]));
  const closed = [...before].filter(([record, body]) => after.get(record) !== body).map(([record]) => record);
  const opened = [...after].filter(([record, body]) => before.get(record) !== body);
  await tx.query('update register.foreign_record set during = int8range(lower(during), $2) where register = $1 and upper_inf(during) and record = any($3)', [register, takenAt, closed]);
  await tx.query(
    'insert into register.foreign_record (register, record, during, entry, lei, name, body) select $1, r, int8range($2, null), $3, l, n, b from unnest($4::text[], $5::text[], $6::text[], $7::text[]) as u(r, l, n, b)',
    [register, takenAt, entry.index, opened.map(([record]) => record), opened.map(([record]) => leiOf(state, record)), opened.map(([record]) => nameOf(state, record)), opened.map(([, body]) => body)]);
}

function find(state: ForeignState, id: string): ForeignRecord | undefined {
  return state.records.find((record) => record.id === id);
}

const leiOf = (state: ForeignState, id: string): string | null => find(state, id)?.lei ?? null;
const nameOf = (state: ForeignState, id: string): string => foldName(find(state, id)?.name ?? '');

/** Drops the views' rows and folds every state again, from its bytes. `tx`: as the owner. */
export async function rebuildForeign(tx: Tx, objects: Objects): Promise<void> {
  await tx.query('delete from register.foreign_record');
  await tx.query('delete from register.foreign_state');
  for (let from = 0; ;) {
    const entries = await readEntries(tx, { from, kinds: ['foreign-register-taken'], limit: PAGE_ENTRIES });
    for (const entry of entries) {
      if (!isKind(entry, 'foreign-register-taken')) continue;
      const state = READERS[entry.body.register](await objects.get(entry.body.sha256));
      assert(state !== undefined && state.records.length === entry.body.records, `the state of entry ${entry.index} is read as it was`);
      await foldState(tx, entry, state);
    }
    const last = entries.at(-1);
    if (last === undefined) return;
    from = last.index + 1;
  }
}

const recordShape = z.object({
  id: z.string(), lei: z.string().nullable(), name: z.string(), names: z.array(z.string()), authority: z.string(), country: z.string(), address: z.string(), websites: z.array(z.string()), authorisedOn: z.string().nullable(), endedOn: z.string().nullable(),
  services: z.array(z.string()), countries: z.array(z.string()), comments: z.string(), updatedOn: z.string().nullable(),
});

/** What another register says of an entity, state by state. */
export interface Elsewhere {
  readonly register: string;
  readonly record: string;
  /** By what it was found: the identifier is proof, a name or a website is a lead. */
  readonly by: 'lei' | 'website' | 'name';
  /** `listed`; `ended`: the register itself gives an end; `question`: it is not in the newest state, and nobody said why. */
  readonly state: 'listed' | 'ended' | 'question';
  /** The newest state that was taken in. */
  readonly asOf: Instant;
  readonly periods: readonly { readonly from: Instant; readonly to: Instant | null; readonly said: ForeignRecord; readonly changed: readonly string[] }[];
}

/** What other registers say of who goes by this identifier, these websites, these names. */
async function readElsewhere(db: Db, of: { readonly lei: string | undefined; readonly names: readonly string[]; readonly websites: readonly string[] }): Promise<Elsewhere[]> {
  const found = await db.query<{ register: string; record: string; how: string }>(
    `select distinct on (register, record) register, record, case when lei = $1 then 'lei' when (body::jsonb -> 'websites') ?| $2::text[] then 'website' else 'name' end as how
     from register.foreign_record where lei = $1 or (body::jsonb -> 'websites') ?| $2::text[] or name = any($3) order by register, record limit $4`,
    [of.lei ?? null, of.websites.map((one) => one.replace(/^www\./, '')).flatMap((one) => [one, `www.${one}`]), of.names.map(foldName).filter((one) => one !== ''), FOUND_MAX]);
  const answers: Elsewhere[] = [];
  for (const row of found.rows) answers.push(await historyOf(db, row.register, row.record, row.how === 'lei' || row.how === 'website' ? row.how : 'name'));
  return answers;
}

async function historyOf(db: Db, register: string, record: string, by: Elsewhere['by']): Promise<Elsewhere> {
  const newest = await db.query<{ at: number }>('select max(taken_at) as at from register.foreign_state where register = $1', [register]);
  const rows = await db.query<{ from: number; to: number | null; body: string }>('select lower(during) as from, upper(during) as to, body from register.foreign_record where register = $1 and record = $2 order by lower(during)', [register, record]);
  const said = rows.rows.map((row) => ({ from: instantOf(row.from), to: row.to === null ? null : instantOf(row.to), said: recordShape.parse(JSON.parse(row.body)) }));
  const last = said.at(-1);
  const asOf = instantOf(newest.rows[0]?.at ?? 0);
  return {
    register, record, by, asOf, state: last === undefined || last.to !== null ? 'question' : last.said.endedOn !== null ? 'ended' : 'listed',
    periods: said.map((one, i) => ({ ...one, changed: changesBetween(said[i - 1]?.said, one.said) })),
  };
}

/** Names of what differs between two states of a record. */
function changesBetween(before: ForeignRecord | undefined, after: ForeignRecord): string[] {
  if (before === undefined) return [];
  const earlier = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).filter(([field, value]) => JSON.stringify(earlier.get(field)) !== JSON.stringify(value)).map(([field]) => field);
}
