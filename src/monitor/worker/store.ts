/**
 * What a turn leaves in the database, in one transaction under the lease's epoch: findings, counts,
 * position, and the ledger's entries about the findings. Either all of it is there or none, and a worker
 * that was fenced off, or whose shard another process has moved on, leaves nothing.
 */

import { createHash } from 'node:crypto';
import { StaleLease, append, commitPosition, type NewEntry, type Tx } from '../../log/index.ts';
import { assert, type Instant } from '../../terms/index.ts';
import type { Finding, FindingState } from '../engine/finding.ts';
import { ENGINE_VERSION } from '../engine/limits.ts';
import { bytesOf } from '../engine/state.ts';
import { RULES } from '../rules/table.ts';
import type { Dated, Progress, Shard } from './shard.ts';

/** Name of the monitor's readers of the event log. */
export const GROUP = 'monitor';
const ACTOR = 'monitor';
const BASIS = 'Virtual Assets Act 2026, s.48';

/** Writes what the turns of several shards did. `member` is the worker. */
export async function commitProgress(tx: Tx, now: Instant, member: string, progress: readonly Progress[]): Promise<void> {
  for (const one of progress) await moveShard(tx, now, member, one);
  await addDecided(tx, progress);
  await setAside(tx, now, progress);
  for (const one of progress) if (one.changes.length > 0) await writeFindings(tx, now, one);
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

/** Appends the entries, then writes rows that name them. Confirmations are no news and have no entry. */
async function writeFindings(tx: Tx, now: Instant, progress: Progress): Promise<void> {
  const recorded = progress.changes.filter((change) => change.change === 'raised');
  const settled = progress.changes.filter((change) => change.change !== 'raised' && change.change !== 'confirmed');
  const entries = await append(tx, now, [...recordedEntry(progress, recorded), ...settledEntry(progress, settled)]);
  const entryOf = (change: Dated): number | undefined => entries.find((entry) => entry.kind === (change.change === 'raised' ? 'findings-recorded' : 'findings-settled'))?.index;
  const final = new Map<string, { said: Said | undefined; state: FindingState; at: Instant; entry: number | undefined }>();
  for (const change of progress.changes) {
    const before = final.get(change.id);
    const said = 'finding' in change ? { finding: change.finding, digest: change.digest, raisedAt: before?.said?.raisedAt ?? change.admittedAt } : before?.said;
    final.set(change.id, { said, state: change.state, at: change.admittedAt, entry: change.change === 'confirmed' ? before?.entry : entryOf(change) });
  }
  const all = [...final].map(([id, one]) => ({ id, ...one }));
  await upsertSaid(tx, progress.shard, all.flatMap((one) => (one.said === undefined ? [] : [{ ...one, said: one.said }])));
  await updateState(tx, all.filter((one) => one.said === undefined));
}

interface Said {
  readonly finding: Finding;
  readonly digest: string;
  readonly raisedAt: Instant;
}

function hashOf(changes: readonly Dated[]): string {
  return createHash('sha256').update(changes.map((change) => `${change.change} ${change.id} ${'digest' in change ? change.digest : ''}\n`).join('')).digest('hex');
}

function recordedEntry({ shard, from, decided }: Progress, changes: readonly Dated[]): NewEntry[] {
  if (changes.length === 0) return [];
  return [{
    kind: 'findings-recorded', actor: ACTOR, basis: BASIS,
    body: { partition: shard.partition, from, to: shard.next, decided, findings: changes.length, sha256: hashOf(changes), engine: ENGINE_VERSION },
  }];
}

function settledEntry({ shard }: Progress, changes: readonly Dated[]): NewEntry[] {
  if (changes.length === 0) return [];
  const withdrawn = changes.filter((change) => change.change === 'withdrawn').length;
  return [{
    kind: 'findings-settled', actor: ACTOR, basis: BASIS,
    body: { partition: shard.partition, watermark: shard.state.watermark, added: changes.length - withdrawn, withdrawn, sha256: hashOf(changes) },
  }];
}

interface SaidRow {
  readonly id: string;
  readonly said: Said;
  readonly state: FindingState;
  readonly at: Instant;
  readonly entry: number | undefined;
}

async function upsertSaid(tx: Tx, shard: Shard, rows: readonly SaidRow[]): Promise<void> {
  if (rows.length === 0) return;
  const list = rows.map(({ id, said, state, at, entry }) => {
    const { finding } = said;
    assert(entry !== undefined, 'what a finding says is committed to by an entry');
    return {
      engine: ENGINE_VERSION, id, rule: finding.rule, rule_version: finding.ruleVersion, rule_set: finding.ruleSet, person: finding.person, subject: finding.subject,
      firm: shard.law.firmOf(finding.event.firm), firms: finding.firms.map((firm) => shard.law.firmOf(firm)), event_id: finding.event.id, event_at: finding.event.at,
      weight: weightOf(finding), body: finding, sha256: said.digest, state, partition: shard.partition, raised_at: said.raisedAt, changed_at: at, entry,
    };
  });
  await tx.query({
    name: 'monitor-finding-say',
    text: `insert into monitor.finding as f (engine, id, rule, rule_version, rule_set, person, subject, firm, firms, event_id, event_at, weight, body, sha256, state, partition, raised_at, changed_at, entry)
           select engine, id, rule, rule_version, rule_set, person, subject, firm, firms, event_id, event_at, weight, body, sha256, state, partition, raised_at, changed_at, entry
           from jsonb_to_recordset($1::jsonb) as r(engine text, id text, rule text, rule_version int, rule_set text, person text, subject text, firm text, firms text[], event_id text,
             event_at bigint, weight int, body jsonb, sha256 text, state text, partition smallint, raised_at bigint, changed_at bigint, entry bigint)
           on conflict (engine, id) do update set firms = excluded.firms, rule_set = excluded.rule_set, body = excluded.body, sha256 = excluded.sha256, state = excluded.state,
             changed_at = excluded.changed_at, entry = excluded.entry, revision = f.revision + 1`,
    values: [JSON.stringify(list)],
  });
}

function weightOf(finding: Finding): number {
  const rule = RULES.find((term) => term.id === finding.rule && term.version === finding.ruleVersion);
  assert(rule !== undefined, 'a finding is of a rule in the table');
  return rule.weight;
}

async function updateState(tx: Tx, rows: readonly { id: string; state: FindingState; at: Instant; entry: number | undefined }[]): Promise<void> {
  if (rows.length === 0) return;
  const done = await tx.query({
    name: 'monitor-finding-state',
    text: `update monitor.finding f set state = r.state, changed_at = r.at, entry = coalesce(r.entry, f.entry)
           from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[]) as r(id, state, at, entry) where f.engine = $1 and f.id = r.id`,
    values: [ENGINE_VERSION, rows.map((r) => r.id), rows.map((r) => r.state), rows.map((r) => r.at), rows.map((r) => r.entry ?? null)],
  });
  assert(done.rowCount === rows.length, 'a finding that changes its state was recorded');
}
