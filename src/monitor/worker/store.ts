/**
 * What a turn leaves in the database, in one transaction under the lease's epoch: findings, counts,
 * position, and the ledger's entries about the findings. Either all of it is there or none, and a worker
 * that was fenced off, or whose shard another process has moved on, leaves nothing.
 */

import { StaleLease, commitPositions, type NewEntry, type StoredBatch, type Tx } from '../../log/index.ts';
import type { Instant } from '../../terms/index.ts';
import { ENGINE_VERSION } from '../engine/limits.ts';
import { bytesOf } from '../engine/state.ts';
import { ACTOR, BASIS, writeFindings, type Found } from './findings.ts';
import type { Progress } from './shard.ts';

/** Name of the monitor's readers of the event log. */
export const GROUP = 'monitor';

/** Writes what the turns of several shards did, in one go where there is no news. `member` is the worker. */
export async function commitProgress(tx: Tx, now: Instant, member: string, progress: readonly Progress[]): Promise<void> {
  await Promise.all([
    commitPositions(tx, GROUP, progress.map(({ shard }) => ({ partition: shard.partition, epoch: shard.epoch, offset: shard.next }))), moveShards(tx, now, member, progress), addDecided(tx, progress),
  ]);
  const found = progress.filter(({ changes }) => changes.length > 0).map(({ shard, from, decided, changes }): Found => ({
    partition: shard.partition, from, to: shard.next, decided, watermark: shard.state.watermark, changes, firmOf: (number) => shard.law.firmOf(number),
  }));
  await writeFindings(tx, now, found, progress.flatMap((one) => one.setAside).map(quarantinedEntry));
}

async function moveShards(tx: Tx, now: Instant, member: string, progress: readonly Progress[]): Promise<void> {
  const of = (pick: (one: Progress) => number): number[] => progress.map(pick);
  const moved = await tx.query({
    name: 'monitor-shard-move',
    text: `update monitor.shard s set next_offset = w.next, next_entry = w.entry, watermark = w.watermark, people = w.people, records = w.records, bytes = w.bytes, unsettled = w.unsettled, beyond_reach = w.beyond, updated_at = $1
           from unnest($3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[])
             as w(partition, came, next, entry, watermark, people, records, bytes, unsettled, beyond)
           where s.partition = w.partition and s.next_offset = w.came and s.member = $2`,
    values: [
      now, member, of(({ shard }) => shard.partition), of(({ from }) => from), of(({ shard }) => shard.next), of(({ shard }) => shard.law.next), of(({ shard }) => shard.state.watermark), of(({ shard }) => shard.state.people.next - 1),
      of(({ shard }) => shard.state.records.live), of(({ shard }) => bytesOf(shard.state)), of(({ shard }) => shard.state.unsettled.size + shard.state.dirty.size), of(({ shard }) => shard.state.beyondReach),
    ],
  });
  if (moved.rowCount !== progress.length) throw new StaleLease(`of partitions ${progress.map(({ shard }) => shard.partition).join(', ')} one was moved on by another worker`);
}

async function addDecided(tx: Tx, progress: readonly Progress[]): Promise<void> {
  const rows = progress.flatMap(({ shard, counts }) => [...counts.values()].map((count) => ({ ...count, partition: shard.partition })));
  if (rows.length === 0) return;
  await tx.query({
    name: 'monitor-decided',
    text: `insert into monitor.decided as d (firm, day, partition, decided) select * from unnest($1::text[], $2::int[], $3::smallint[], $4::bigint[])
           on conflict (firm, day, partition) do update set decided = d.decided + excluded.decided`,
    values: [rows.map((r) => r.firm), rows.map((r) => r.day), rows.map((r) => r.partition), rows.map((r) => r.decided)],
  });
}

/** A batch that was set aside is told to the ledger; its events stay undecided until it is released. */
function quarantinedEntry(batch: StoredBatch): NewEntry {
  return {
    kind: 'batch-quarantined', actor: ACTOR, basis: BASIS,
    body: { partition: batch.partition, offset: batch.offset, firm: batch.firm, count: batch.count, reason: `deciding it ended the process again and again under ${ENGINE_VERSION}` },
  };
}
