/**
 * What a turn leaves in the database, in one transaction under the lease's epoch: findings, counts,
 * position, and the ledger's entries about the findings. Either all of it is there or none, and a worker
 * that was fenced off, or whose shard another process has moved on, leaves nothing.
 */

import { StaleLease, append, commitPosition, type NewEntry, type Tx } from '../../log/index.ts';
import type { Instant } from '../../terms/index.ts';
import { ENGINE_VERSION } from '../engine/limits.ts';
import { bytesOf } from '../engine/state.ts';
import { ACTOR, BASIS, writeFindings } from './findings.ts';
import type { Progress } from './shard.ts';

/** Name of the monitor's readers of the event log. */
export const GROUP = 'monitor';

/** Writes what the turns of several shards did. `member` is the worker. */
export async function commitProgress(tx: Tx, now: Instant, member: string, progress: readonly Progress[]): Promise<void> {
  for (const one of progress) await moveShard(tx, now, member, one);
  await addDecided(tx, progress);
  await setAside(tx, now, progress);
  for (const { shard, from, decided, changes } of progress) {
    if (changes.length === 0) continue;
    await writeFindings(tx, now, { partition: shard.partition, from, to: shard.next, decided, watermark: shard.state.watermark, changes }, (number) => shard.law.firmOf(number));
  }
}

/** A batch that was set aside is told to the ledger; its events stay undecided until it is released. */
async function setAside(tx: Tx, now: Instant, progress: readonly Progress[]): Promise<void> {
  const batches = progress.flatMap((one) => one.setAside);
  await append(tx, now, batches.map((batch): NewEntry => ({
    kind: 'batch-quarantined', actor: ACTOR, basis: BASIS,
    body: { partition: batch.partition, offset: batch.offset, firm: batch.firm, count: batch.count, reason: `deciding it ended the process again and again under ${ENGINE_VERSION}` },
  })));
}

async function moveShard(tx: Tx, now: Instant, member: string, progress: Progress): Promise<void> {
  const { shard } = progress;
  await commitPosition(tx, { group: GROUP, partition: shard.partition, epoch: shard.epoch, offset: shard.next });
  const moved = await tx.query({
    name: 'monitor-shard-move',
    text: `update monitor.shard set next_offset = $3, next_entry = $4, watermark = $5, people = $6, records = $7, bytes = $8, unsettled = $9, beyond_reach = $10, updated_at = $11
           where partition = $1 and next_offset = $2 and member = $12`,
    values: [shard.partition, progress.from, shard.next, shard.law.next, shard.state.watermark, shard.state.people.next - 1, shard.state.records.live, bytesOf(shard.state),
      shard.state.unsettled.size + shard.state.dirty.size, shard.state.beyondReach, now, member],
  });
  if (moved.rowCount !== 1) throw new StaleLease(`partition ${shard.partition} was moved on by another worker`);
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
