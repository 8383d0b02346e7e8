/**
 * Events that were held are admitted when what they waited for is there: the customer was onboarded, a
 * rate was published, the vault answers again. A released event keeps its submission and line, counts as
 * accepted on the day of its release, and carries the flag `wasHeld`. One that turns out unreadable ends
 * as a rejection with its bytes; nothing leaves the table by another way.
 */

import { append, encodeBatch, lockLedger, treeHead, type EventRow, type NewBatch, type Tx } from '../log/index.ts';
import { FLAG, assert, type Instant, type Rejection } from '../terms/index.ts';
import { partitionOf, withinOneDay, type CommitGround } from './commit.ts';
import { firmTree } from './firm-tree.ts';
import { customersMerged, followMerges, rowsMerged } from './merge.ts';
import { parseLine } from './parse-line.ts';
import { knowing, knownFor, type Ground, type Identified } from './plan.ts';
import { rowsOf, type HeldReason } from './row.ts';
import { withoutIdentity } from './sealed.ts';
import { addDaily, addReported, upsertCustomers } from './store.ts';

/** Held events of one release at most. */
export const RELEASE_MAX = 5_000;

/** A held event as the table has it. */
export interface HeldEvent {
  readonly firm: string;
  readonly eventId: string;
  readonly submission: string;
  readonly line: number;
  readonly reason: HeldReason;
  readonly waitsOn: string;
  readonly text: string;
}

/** Held events whose wait may be over: oldest first. `identity` ones are asked for apart, to go by the vault. */
export async function releasable(tx: Tx, reason: 'identity' | 'other'): Promise<HeldEvent[]> {
  const found = await tx.query<{ firm: string; event_id: string; submission: string; line: number; reason: HeldReason; waits_on: string; bytes: Buffer }>(
    `select h.firm, h.event_id, h.submission, h.line, h.reason, h.waits_on, h.bytes from intake.held h
     where case when $1 = 'identity' then h.reason = 'identity'
                else h.reason = 'rate' or (h.reason = 'customer' and exists (select from intake.customer c where c.firm = h.firm and c.reference = h.waits_on)) end
     order by h.at, h.line limit $2`,
    [reason, RELEASE_MAX]);
  return found.rows.map((row) => ({
    firm: row.firm, eventId: row.event_id, submission: row.submission, line: row.line, reason: row.reason, waitsOn: row.waits_on, text: row.bytes.toString('utf8'),
  }));
}

interface Released {
  readonly held: HeldEvent;
  readonly rows: readonly EventRow[];
}

interface Sorted {
  readonly released: Released[];
  readonly rejected: { readonly held: HeldEvent; readonly rejection: Rejection }[];
  readonly waiting: { readonly held: HeldEvent; readonly reason: HeldReason; readonly waitsOn: string }[];
  readonly customers: Map<string, Map<string, string>>;
}

/** What a release stands on, beside a commit's ground. */
export interface ReleaseGround extends Omit<CommitGround, 'signerFor'>, Ground {}

/**
 * Releases what can be released of `held`. `identified` answers for those that waited for the vault, by
 * `firm/event id`. Gives how many events were accepted.
 */
export async function releaseHeld(tx: Tx, held: readonly HeldEvent[], identified: ReadonlyMap<string, Identified>, ground: ReleaseGround): Promise<number> {
  const sorted: Sorted = { released: [], rejected: [], waiting: [], customers: new Map() };
  for (const one of held) sortOne(sorted, one, identified.get(`${one.firm}/${one.eventId}`), ground);
  if (sorted.released.length + sorted.rejected.length + sorted.waiting.length === 0) return 0;
  const head = withinOneDay(await lockLedger(tx, ground.now), held.length);
  const merged = await followMerges(tx, ground.state, head.size, ground.numberOf);
  await upsertCustomers(tx, [...sorted.customers].map(([firm, customers]) => ({ customers: customersMerged(customers, merged, ground.numberOf(firm), ground.state), filing: filingOf(firm) })), head.admittedAt);
  await appendReleased(tx, merged.size === 0 ? sorted.released : sorted.released.map((one) => ({ ...one, rows: rowsMerged(one.rows, merged) })), head, ground);
  await keepRejected(tx, sorted.rejected, head.admittedAt);
  await countEnded(tx, sorted, head.admittedAt);
  for (const one of sorted.waiting) {
    await tx.query('update intake.held set reason = $3, waits_on = $4 where firm = $1 and event_id = $2', [one.held.firm, one.held.eventId, one.reason, one.waitsOn]);
  }
  return sorted.released.length;
}

function sortOne(sorted: Sorted, held: HeldEvent, identified: Identified | undefined, ground: ReleaseGround): void {
  if (held.reason === 'identity') {
    if (identified === undefined || identified === 'down') return;
    if ('rejection' in identified) return void sorted.rejected.push({ held, rejection: identified.rejection });
  }
  const parsed = parseLine(held.text);
  if ('rejection' in parsed) return void sorted.rejected.push({ held, rejection: parsed.rejection });
  const firm = ground.numberOf(held.firm);
  const named = held.reason === 'identity' && typeof identified === 'object' && 'person' in identified ? { customer: held.waitsOn, person: identified.person } : undefined;
  const outcome = rowsOf(parsed.event, held.submission, held.line, named === undefined ? knownFor(firm, ground) : knowing(knownFor(firm, ground), named));
  if ('rejection' in outcome) return void sorted.rejected.push({ held, rejection: outcome.rejection });
  if (named !== undefined) {
    const known = sorted.customers.get(held.firm) ?? new Map<string, string>();
    sorted.customers.set(held.firm, known.set(named.customer, named.person));
    ground.state.setPerson(firm, named.customer, named.person);
  }
  if ('heldFor' in outcome) {
    if (outcome.heldFor !== held.reason || outcome.waitsOn !== held.waitsOn) sorted.waiting.push({ held, reason: outcome.heldFor, waitsOn: outcome.waitsOn });
    return;
  }
  sorted.released.push({ held, rows: outcome.rows.map((row) => ({ ...row, flags: row.flags | FLAG.wasHeld })) });
}

async function appendReleased(tx: Tx, released: readonly Released[], head: { size: number; admittedAt: Instant }, ground: ReleaseGround): Promise<void> {
  if (released.length === 0) return;
  const groups = new Map<string, { firm: string; partition: number; rows: EventRow[] }>();
  const byFirm = new Map<string, Released[]>();
  for (const one of released) {
    byFirm.set(one.held.firm, [...(byFirm.get(one.held.firm) ?? []), one]);
    for (const row of one.rows) {
      const partition = partitionOf(row.person, ground.partitions);
      const group = groups.get(`${one.held.firm}/${partition}`) ?? { firm: one.held.firm, partition, rows: [] };
      groups.set(`${one.held.firm}/${partition}`, group);
      group.rows.push(row);
    }
  }
  const batches: NewBatch[] = [...groups.values()].map(({ firm, partition, rows }) => ({
    partition, producer: `intake:${firm}`, seq: head.size, firm, count: rows.length, admittedAt: head.admittedAt, controlEpoch: head.size, bytes: encodeBatch(rows),
  }));
  await ground.events.append(tx, batches);
  await deleteHeld(tx, released.map((one) => one.held));
  await addReported(tx, [...byFirm].map(([firm, own]) => ({ filing: filingOf(firm), rows: own.flatMap((one) => one.rows) })));
}

async function keepRejected(tx: Tx, rejected: Sorted['rejected'], at: Instant): Promise<void> {
  if (rejected.length === 0) return;
  await tx.query(
    `insert into intake.rejection (submission, line, firm, code, detail, event_id, bytes, at)
     select *, $8::bigint from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])`,
    [
      rejected.map((r) => r.held.submission), rejected.map((r) => r.held.line), rejected.map((r) => r.held.firm), rejected.map((r) => r.rejection.code),
      rejected.map((r) => r.rejection.detail ?? null), rejected.map((r) => r.held.eventId), rejected.map((r) => Buffer.from(withoutIdentity(r.held.text))), at,
    ]);
  await deleteHeld(tx, rejected.map((one) => one.held));
}

/** What was held and is no more: an entry for each firm, and its day's counts. */
async function countEnded(tx: Tx, { released, rejected }: Sorted, at: Instant): Promise<void> {
  const firms = new Set([...released, ...rejected].map((one) => one.held.firm));
  for (const firm of [...firms].sort()) {
    const isOwn = (one: { readonly held: HeldEvent }): boolean => one.held.firm === firm;
    const counts = { accepted: released.filter(isOwn).length, rejected: rejected.filter(isOwn).length, duplicate: 0 };
    const body = { firm, ...counts, held: -(counts.accepted + counts.rejected) };
    const tree = await treeHead(tx, firmTree(firm));
    await append(tx, at, [{ kind: 'batch-admitted', actor: 'intake', basis: 'held events released', body: { ...body, treeSize: tree.size, treeRoot: Buffer.from(tree.root).toString('hex'), submissions: [] } }]);
    await addDaily(tx, [body], at);
  }
}

async function deleteHeld(tx: Tx, held: readonly HeldEvent[]): Promise<void> {
  const gone = await tx.query('delete from intake.held h using unnest($1::text[], $2::text[]) as g(firm, id) where h.firm = g.firm and h.event_id = g.id',
    [held.map((h) => h.firm), held.map((h) => h.eventId)]);
  assert(gone.rowCount === held.length, 'a held event is released once');
}

const filingOf = (firm: string): { readonly firm: string } => ({ firm });
