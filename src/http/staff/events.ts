/**
 * Events for the console, from ClickHouse, with the state that only the record knows: decided, undecided,
 * corrected. The body of one event is the line as the firm sent it, without its sealed identity.
 */

import { zstdDecompressSync } from 'node:zlib';
import type pg from 'pg';
import type { Answer } from '../../contract/console.ts';
import { newestCopied, readAmended, readCorrections, readEvents, type BatchPlace, type EventFilter, type EventRecord } from '../../insight/index.ts';
import { SYSTEM, withActor, type Analytics } from '../../log/index.ts';
import { EVENT_KINDS, FLAG, assert, formatUnits, instantOf, reject, type EventKind } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import type { Directory } from './directory.ts';
import { given } from './filings.ts';
import { skipOf } from './page.ts';
import { setAside } from './set-aside.ts';

/** What the events' routes need from the house. */
export interface EventGround {
  readonly pool: pg.Pool;
  readonly analytics: Analytics;
  readonly directory: Directory;
  /** Events behind an alert or a finding: firm id and event id. */
  readonly evidenceOf: (alert: string | undefined, finding: string | undefined) => Promise<readonly (readonly [string, string])[]>;
  /** Alerts in whose findings events stand, by `firm id/event id`. */
  readonly alertsOf: (events: readonly (readonly [string, string])[]) => Promise<ReadonlyMap<string, readonly string[]>>;
}

type ApiFilter = Extract<Answer<'alert'>['timeline']['evidence'], object>;
type EventRow = Answer<'events'>['items'][number];

const RATE_SOURCE = { en: 'reference rate at the event\'s instant', ur: 'واقعے کے لمحے کا حوالہ نرخ' };
const PAGE = 100;
const NOBODY = '0'.repeat(32);
/** Body of one event at most, decompressed with its filing. */
const BODY_BYTES_MAX = 64 * 1024 * 1024;

/** What answers the events' routes. */
export function eventRoutes(ground: EventGround): Pick<StaffRoutes, 'events' | 'event'> {
  return {
    events: async ({ query, now }) => {
      const skip = skipOf(query.cursor);
      const filter = await filterOf(query, ground);
      const [page, copied] = await Promise.all([readEvents(ground.analytics, filter, query.sort ?? 'newest', skip, query.limit ?? PAGE), newestCopied(ground.analytics)]);
      return {
        asOf: now, lagMs: copied === 0 ? 0 : Math.max(0, Math.round((await newestAdmitted(ground.pool) - copied) / 1000)), items: await rowsOf(page.items, ground),
        next: page.next === null ? null : String(page.next), total: page.total, sums: { inPaisa: page.inPaisa, outPaisa: page.outPaisa },
      };
    },
    event: async ({ params, now }) => {
      const card = ground.directory.byCode(params.firm);
      if (card === undefined) return reject('NOT_FOUND', 'firm');
      const page = await readEvents(ground.analytics, { only: [[card.number, params.id]] }, 'newest', 0, 1);
      const [record] = page.items;
      const [row] = await rowsOf(page.items, ground);
      if (record === undefined || row === undefined) return reject('NOT_FOUND');
      const [body, batch, corrections] = await Promise.all([bodyOf(ground.pool, record), batchOf(ground.pool, record), readCorrections(ground.analytics, card.number, params.id)]);
      return {
        asOf: now, row, body, batch,
        corrections: corrections.map((each) => ({ id: each.id, kind: kindOf(each.kind), at: instantOf(each.at) })),
      };
    },
  };
}

async function filterOf(query: ApiFilter, ground: EventGround): Promise<EventFilter> {
  const firm = query.firm === undefined ? undefined : [ground.directory.byCode(query.firm)?.number ?? 0];
  const evidence = query.alert === undefined && query.finding === undefined ? undefined
    : (await ground.evidenceOf(query.alert, query.finding)).map(([id, event]) => [ground.directory.byId(id)?.number ?? 0, event] as const);
  return {
    ...(query.state === undefined ? {} : await stateOf(query.state, ground)), ...given('firms', firm), ...given('kinds', query.kind?.split(',')), ...given('person', query.person), ...given('asset', query.asset), ...given('way', query.way),
    ...given('end', query.end), ...given('place', query.place), ...given('wallet', query.wallet), ...given('transaction', query.transaction),
    ...given('late', query.late === undefined ? undefined : query.late === 'true'), ...given('submission', query.submission), ...given('only', evidence),
    ...given('fromDay', query.from), ...given('toDay', query.to), ...given('clock', query.clock), ...given('sinceUs', numberOf(query.since)),
    ...given('beforeUs', numberOf(query.before)), ...given('atLeastPaisa', query.atLeast === undefined ? undefined : Number(query.atLeast) * 100),
  };
}

/** What a state asks of the events. Held ones are not events yet: no batch has them, and their filings are listed instead. */
async function stateOf(state: NonNullable<ApiFilter['state']>, ground: EventGround): Promise<EventFilter> {
  if (state === 'held') return { batches: [] };
  if (state === 'corrected' || state === 'cancelled') return { amended: state };
  const aside = (await withActor(ground.pool, SYSTEM, setAside)).map((batch): BatchPlace => [batch.partition, batch.offset]);
  return state === 'quarantined' ? { batches: aside } : { decision: { is: state, positions: [...await readPositions(ground.pool)], setAside: aside } };
}

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** Records as rows of the contract. */
export async function rowsOf(records: readonly EventRecord[], ground: EventGround): Promise<EventRow[]> {
  const idOf = (record: EventRecord): string => ground.directory.byNumber(record.firm)?.id ?? '';
  const [amended, positions, alerts] = await Promise.all([
    readAmended(ground.analytics, records, EVENT_KINDS.indexOf('correct'), EVENT_KINDS.indexOf('cancel')), readPositions(ground.pool),
    ground.alertsOf(records.map((record) => [idOf(record), record.id] as const)),
  ]);
  return records.map((record) => {
    const card = ground.directory.byNumber(record.firm);
    assert(card !== undefined, 'an event is of a firm in the directory');
    const asset = ground.directory.asset(record.asset);
    const decided = record.off < (positions.get(record.part) ?? 0);
    return {
      firm: card.ref.code, id: record.id, kind: kindOf(record.kind), at: instantOf(record.at), admittedAt: instantOf(record.admitted_at),
      person: record.person_id === NOBODY ? null : record.person_id, way: record.way,
      money: asset === undefined ? null : { amount: formatUnits(BigInt(record.units_text), asset.decimals), asset: record.asset, symbol: asset.symbol },
      pkr: record.asset === '' ? null : { paisa: record.paisa, source: RATE_SOURCE },
      end: record.is_flow === 1 ? { kind: record.end, place: /^[A-Z]{2}$/.test(record.country) ? record.country : null } : null,
      counterparty: record.address !== '' ? record.address : record.bank !== '' ? record.bank : null,
      state: amended.get(`${record.firm}/${record.id}`) ?? (decided ? 'decided' : 'undecided'), late: (record.flags & FLAG.late) !== 0,
      submission: record.submission, line: record.line, alerts: [...alerts.get(`${card.id}/${record.id}`) ?? []].slice(0, 20),
    };
  });
}

function kindOf(number: number): EventKind {
  const kind = EVENT_KINDS[number];
  assert(kind !== undefined, 'an event has a kind of the list');
  return kind;
}

async function readPositions(pool: pg.Pool): Promise<ReadonlyMap<number, number>> {
  const rows = await pool.query<{ partition: number; offset: number }>(`select partition, "offset" from log.position where "group" = 'monitor'`);
  return new Map(rows.rows.map((row) => [row.partition, row.offset]));
}

async function newestAdmitted(pool: pg.Pool): Promise<number> {
  const rows = await pool.query<{ newest: number | null }>('select max(b.admitted_at) as newest from log.event_partition p join log.event_batch b on b.partition = p.partition and b."offset" = p.next_offset - 1');
  return rows.rows[0]?.newest ?? 0;
}

/** The line as it was filed; identity was taken out before it was kept, free text is left out here. */
async function bodyOf(pool: pg.Pool, record: EventRecord): Promise<Record<string, unknown>> {
  const rows = await withActor(pool, SYSTEM, (tx) => tx.query<{ body: Buffer }>('select body from intake.submission where id = $1', [record.submission]));
  const body = rows.rows[0]?.body;
  if (body === undefined) return {};
  const lines = zstdDecompressSync(body, { maxOutputLength: BODY_BYTES_MAX }).toString('utf8').split('\n');
  const text = lines.find((line) => line.includes(`"${record.id}"`));
  const event: unknown = text === undefined ? {} : JSON.parse(text);
  if (typeof event !== 'object' || event === null) return {};
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'identity' && name !== 'memo'));
}

async function batchOf(pool: pg.Pool, record: EventRecord): Promise<Answer<'event'>['batch']> {
  const rows = await withActor(pool, SYSTEM, (tx) => tx.query<{ sha256: Buffer; entry: number }>(
    'select b.sha256, s.entry_index as entry from log.event_batch b, intake.submission s where b.partition = $1 and b."offset" = $2 and s.id = $3', [record.part, record.off, record.submission]));
  const row = rows.rows[0];
  assert(row !== undefined, 'an event that was copied has its batch and its filing');
  return { hash: row.sha256.toString('hex'), entry: row.entry, position: `${record.part}/${record.off}`, decidedAt: null };
}
