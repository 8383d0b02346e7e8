/**
 * Intake's statements, each one round trip for a whole commit. Everything runs in the transaction of
 * the commit, under the house's own actor.
 */

import { packed, type Tx } from '../log/index.ts';
import { EVENT_KINDS, FLAG, karachiDay, instantOf, type Instant } from '../terms/index.ts';
import type { Committed } from './commit.ts';
import type { Plan } from './plan.ts';
import { withoutIdentity } from './sealed.ts';
import { formatRanges } from './sequence.ts';
import type { IntakeState } from './state.ts';

/** Bytes of one remembered id: 16 of its key, 4 each of content, customer and second customer. */
export const KNOWN_BYTES = 28;

export async function insertFilings(tx: Tx, filings: readonly { committed: Committed; body: Uint8Array }[]): Promise<void> {
  const bodies = packed(filings.map((f) => f.body));
  await tx.query({
    name: 'intake-submission',
    text: `insert into intake.submission (id, firm, client, idempotency_key, content_digest, signature_base, received_at, admitted_at,
             accepted, held, rejected, duplicate, leaf_index, entry_index, epoch, bytes, format, commitment, receipt, body)
           select id, firm, client, key, digest, base, received, admitted, accepted, held, rejected, duplicate, leaf, entry, epoch, bytes, format, commitment, receipt,
             substring($20::bytea from start for length)
           from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[],
             $9::int[], $10::int[], $11::int[], $12::int[], $13::bigint[], $14::bigint[], $15::bigint[], $16::int[], $17::text[], $18::text[], $19::text[], $21::int[], $22::int[])
             as s(id, firm, client, key, digest, base, received, admitted, accepted, held, rejected, duplicate, leaf, entry, epoch, bytes, format, commitment, receipt, start, length)`,
    values: [
      filings.map((f) => f.committed.filing.submission), filings.map((f) => f.committed.filing.firm), filings.map((f) => f.committed.filing.client),
      filings.map((f) => f.committed.filing.idempotencyKey), filings.map((f) => f.committed.filing.contentDigest),
      filings.map((f) => f.committed.filing.signatureBase), filings.map((f) => f.committed.filing.receivedAt), filings.map((f) => f.committed.admittedAt),
      filings.map((f) => f.committed.counts.accepted), filings.map((f) => f.committed.counts.held), filings.map((f) => f.committed.counts.rejected),
      filings.map((f) => f.committed.counts.duplicate), filings.map((f) => f.committed.leafIndex), filings.map((f) => f.committed.entryIndex),
      filings.map((f) => f.committed.epoch), filings.map((f) => f.committed.filing.bytes), filings.map((f) => f.committed.filing.format),
      filings.map((f) => f.committed.commitment), filings.map((f) => f.committed.answer), bodies.bytes, bodies.starts, bodies.lengths,
    ],
  });
}

/** Rejected and held lines. A held onboarding keeps its sealed identity: nobody has opened it yet. */
export async function insertLines(tx: Tx, plans: readonly Plan[], at: Instant): Promise<void> {
  await Promise.all([insertRejected(tx, plans, at), insertHeld(tx, plans, at)]);
}

async function insertRejected(tx: Tx, plans: readonly Plan[], at: Instant): Promise<void> {
  const rejected = plans.flatMap((plan) => plan.rejected.map((line) => ({ ...line, filing: plan.filing })));
  if (rejected.length === 0) return;
  await tx.query(
    `insert into intake.rejection (submission, line, firm, code, detail, event_id, bytes, at)
     select *, $8::bigint from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])`,
    [
      rejected.map((r) => r.filing.submission), rejected.map((r) => r.line), rejected.map((r) => r.filing.firm), rejected.map((r) => r.rejection.code),
      rejected.map((r) => r.rejection.detail ?? null), rejected.map((r) => r.id ?? null), rejected.map((r) => Buffer.from(withoutIdentity(r.text))), at,
    ]);
}

async function insertHeld(tx: Tx, plans: readonly Plan[], at: Instant): Promise<void> {
  const held = plans.flatMap((plan) => plan.held.map((line) => ({ ...line, filing: plan.filing })));
  if (held.length === 0) return;
  await tx.query(
    `insert into intake.held (firm, event_id, submission, line, reason, waits_on, bytes, at)
     select *, $8::bigint from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::bytea[])`,
    [
      held.map((h) => h.filing.firm), held.map((h) => h.id), held.map((h) => h.filing.submission), held.map((h) => h.line), held.map((h) => h.reason),
      held.map((h) => h.waitsOn), held.map((h) => Buffer.from(h.text)), at,
    ]);
}

export async function upsertCustomers(tx: Tx, plans: readonly { readonly customers: ReadonlyMap<string, string>; readonly filing: { readonly firm: string } }[], at: Instant): Promise<void> {
  const rows = plans.flatMap((plan) => [...plan.customers].map(([reference, person]) => ({ firm: plan.filing.firm, reference, person })));
  const last = [...new Map(rows.map((row) => [`${row.firm}/${row.reference}`, row])).values()];
  if (last.length === 0) return;
  await tx.query({
    name: 'intake-customer',
    text: `insert into intake.customer (firm, reference, person, since) select *, $4::bigint from unnest($1::text[], $2::text[], $3::uuid[])
           on conflict (firm, reference) do update set person = excluded.person`,
    values: [last.map((r) => r.firm), last.map((r) => r.reference), last.map((r) => r.person), at],
  });
}

export async function insertKnown(tx: Tx, plans: readonly Plan[]): Promise<void> {
  const some = plans.filter((plan) => plan.known.length > 0);
  if (some.length === 0) return;
  const known = packed(some.map(packKnown));
  await tx.query({
    name: 'intake-known',
    text: `insert into intake.known (firm, count, packed) select firm, count, substring($3::bytea from start for length)
           from unnest($1::text[], $2::int[], $4::int[], $5::int[]) as k(firm, count, start, length)`,
    values: [some.map((p) => p.filing.firm), some.map((p) => p.known.length), known.bytes, known.starts, known.lengths],
  });
}

function packKnown(plan: Plan): Uint8Array {
  const words = new Uint32Array((plan.known.length * KNOWN_BYTES) / 4);
  for (const [i, record] of plan.known.entries()) {
    const at = (i * KNOWN_BYTES) / 4;
    words.set(record.key, at);
    words[at + 4] = record.content;
    words[at + 5] = record.customer;
    words[at + 6] = record.other;
  }
  return new Uint8Array(words.buffer);
}

export async function updateStreams(tx: Tx, plans: readonly Plan[], state: IntakeState, at: Instant): Promise<void> {
  const touched = new Map<string, { firm: string; stream: string; used: string }>();
  for (const plan of plans) {
    for (const stream of plan.streams) {
      const used = formatRanges(state.stream(plan.filing.firmNumber, stream).edges);
      touched.set(`${plan.filing.firm}/${stream}`, { firm: plan.filing.firm, stream, used });
    }
  }
  if (touched.size === 0) return;
  const rows = [...touched.values()];
  await tx.query({
    name: 'intake-stream',
    text: `insert into intake.stream (firm, stream, used, last_at) select *, $4::bigint from unnest($1::text[], $2::text[], $3::int8multirange[])
           on conflict (firm, stream) do update set used = excluded.used, last_at = excluded.last_at`,
    values: [rows.map((r) => r.firm), rows.map((r) => r.stream), rows.map((r) => r.used), at],
  });
}

interface DayCount {
  firm: string; accepted: number; held: number; rejected: number; duplicate: number;
}

/** Daily counts by admission, and counts and sums by the event's own day for the closing statements. */
export async function insertCounts(tx: Tx, plans: readonly Plan[], at: Instant): Promise<void> {
  const days = new Map<string, DayCount>();
  for (const plan of plans) {
    const day = days.get(plan.filing.firm) ?? { firm: plan.filing.firm, accepted: 0, held: 0, rejected: 0, duplicate: 0 };
    days.set(plan.filing.firm, day);
    day.accepted += plan.accepted;
    day.held += plan.held.length;
    day.rejected += plan.rejected.length;
    day.duplicate += plan.duplicate;
  }
  await Promise.all([addDaily(tx, [...days.values()], at), addReported(tx, plans)]);
}

export async function addDaily(tx: Tx, rows: readonly DayCount[], at: Instant): Promise<void> {
  await tx.query({
    name: 'intake-daily',
    text: `insert into intake.daily as d (firm, day, accepted, held, rejected, duplicate)
           select f, $6::int, a, h, r, u from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) as t(f, a, h, r, u)
           on conflict (firm, day) do update set accepted = d.accepted + excluded.accepted, held = d.held + excluded.held,
             rejected = d.rejected + excluded.rejected, duplicate = d.duplicate + excluded.duplicate`,
    values: [rows.map((r) => r.firm), rows.map((r) => r.accepted), rows.map((r) => r.held), rows.map((r) => r.rejected), rows.map((r) => r.duplicate), karachiDay(at)],
  });
}

interface Reported {
  firm: string; stream: string; day: number; kind: number; asset: string; count: number; units: bigint;
}

/** Columns of a row that closing statements are about. */
type ReportedRow = Pick<Plan['rows'][number], 'at' | 'kind' | 'flags' | 'stream' | 'asset' | 'units'>;

const CLOSING_STATEMENT = EVENT_KINDS.indexOf('closing-statement');

/** Adds a firm's sums by stream, asset, day and kind; second legs are no events, and statements are not counted in themselves. */
function sumReported(to: Reported[], firm: string, rows: readonly ReportedRow[]): void {
  const byPlace = new Map<string, Map<string, Map<number, Reported>>>();
  for (const row of rows) {
    if ((row.flags & FLAG.secondLeg) !== 0 || row.kind === CLOSING_STATEMENT) continue;
    const day = karachiDay(instantOf(row.at));
    const sums = within(within(byPlace, row.stream), row.asset);
    let sum = sums.get(day * EVENT_KINDS.length + row.kind);
    if (sum === undefined) {
      sum = { firm, stream: row.stream, day, kind: row.kind, asset: row.asset, count: 0, units: 0n };
      sums.set(day * EVENT_KINDS.length + row.kind, sum);
      to.push(sum);
    }
    sum.count += 1;
    sum.units += row.units;
  }
}

function within<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map<L, V>();
  map.set(key, made);
  return made;
}

export async function addReported(tx: Tx, plans: readonly { readonly rows: readonly ReportedRow[]; readonly filing: { readonly firm: string } }[]): Promise<void> {
  const rows: Reported[] = [];
  for (const [firm, own] of Map.groupBy(plans, (plan) => plan.filing.firm)) sumReported(rows, firm, own.flatMap((plan) => plan.rows));
  if (rows.length === 0) return;
  await tx.query({
    name: 'intake-reported',
    text: `insert into intake.reported as r (firm, stream, day, kind, asset, count, units)
           select * from unnest($1::text[], $2::text[], $3::int[], $4::smallint[], $5::text[], $6::bigint[], $7::numeric[])
           on conflict (firm, stream, day, kind, asset) do update set count = r.count + excluded.count, units = r.units + excluded.units`,
    values: [
      rows.map((r) => r.firm), rows.map((r) => r.stream), rows.map((r) => r.day), rows.map((r) => r.kind), rows.map((r) => r.asset),
      rows.map((r) => r.count), rows.map((r) => String(r.units)),
    ],
  });
}
