/**
 * How changes to findings become rows: `monitor.change` has each under the entry that commits to it,
 * `monitor.finding` what stands by now. A worker folds the changes of one commit onto what is there, `rebuild`
 * folds all of them onto nothing; both give the same rows.
 *
 * An entry's changes are taken in the order of their finding's id, and of one finding in the order in which they
 * happened: so neither rows nor hash depend on how people were spread over shards.
 */

import { createHash } from 'node:crypto';
import type { Tx } from '../../log/index.ts';
import { assert, type Instant } from '../../terms/index.ts';
import type { Finding, FindingChange, FindingState } from '../engine/finding.ts';
import { ENGINE_VERSION } from '../engine/limits.ts';
import { EVERY_RULE } from '../limits/table.ts';

/** A change with the instant of admission of what caused it. */
export type Dated = FindingChange & { readonly admittedAt: Instant };

/** A change with its entry; a confirmation has none. */
export type Recorded = Dated & { readonly entry: number | undefined };

/** Ids of firms by their numbers. */
export type FirmOf = (number: number) => string;

/** Is it one that `findings-recorded` commits to? */
export const isRaised = (change: FindingChange): boolean => change.change === 'raised';
/** Is it one that `findings-settled` commits to? */
export const isAmended = (change: FindingChange): boolean => change.change !== 'raised' && change.change !== 'confirmed';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In the order in which an entry commits to them. */
export function inOrder<C extends FindingChange>(changes: readonly C[]): C[] {
  return [...changes].sort((a, b) => compare(a.id, b.id));
}

/** What an entry commits to: SHA-256 over its changes in order, hex. */
export function hashOf(changes: readonly FindingChange[]): string {
  return createHash('sha256').update(inOrder(changes).map((change) => `${change.change} ${change.id} ${'digest' in change ? change.digest : ''}\n`).join('')).digest('hex');
}

/** Writes the changes of one entry. `at`: the entry's instant. */
export async function insertChanges(tx: Tx, entry: number, at: Instant, changes: readonly FindingChange[], firmOf: FirmOf): Promise<void> {
  if (changes.length === 0) return;
  const rows = inOrder(changes).map((change, n) => ({ n, finding: change.id, change: change.change, said: 'finding' in change ? saying(change.finding, firmOf) : null }));
  await tx.query({
    name: 'monitor-change',
    text: `insert into monitor.change (entry, n, engine, finding, change, at, said)
           select $1, n, $2, finding, change, $3, nullif(said, 'null'::jsonb) from jsonb_to_recordset($4::jsonb) as r(n int, finding text, change text, said jsonb)`,
    values: [entry, ENGINE_VERSION, at, JSON.stringify(rows)],
  });
}

/** What a finding says to those who follow it: whom it is about, and the events behind it, its own first. */
function saying(finding: Finding, firmOf: FirmOf) {
  const own = firmOf(finding.event.firm);
  const evidence = new Map([[`${own}/${finding.event.id}`, [own, finding.event.id]], ...finding.evidence.map(({ firm, id }): [string, string[]] => [`${firmOf(firm)}/${id}`, [firmOf(firm), id]])]);
  return {
    rule: finding.rule, weight: weightOf(finding), subject: finding.subject, person: finding.person,
    firms: [own, ...finding.firms.map(firmOf).filter((firm) => firm !== own)], evidence: [...evidence.values()],
  };
}

/** What stands of a finding after some changes. `said`: absent when they only change its state. */
export interface Standing {
  readonly id: string;
  readonly said: { readonly finding: Finding; readonly digest: string; readonly raisedAt: Instant } | undefined;
  /** How often it was said among the changes. */
  readonly times: number;
  readonly state: FindingState;
  readonly at: Instant;
  readonly entry: number | undefined;
}

/** Folds changes, in the order in which they happened, by finding. */
export function foldChanges(changes: Iterable<Recorded>): Standing[] {
  const standing = new Map<string, Standing>();
  for (const change of changes) {
    const before = standing.get(change.id);
    const isSaid = 'finding' in change;
    standing.set(change.id, {
      id: change.id, state: change.state, at: change.admittedAt, entry: change.entry ?? before?.entry, times: (before?.times ?? 0) + (isSaid ? 1 : 0),
      said: isSaid ? { finding: change.finding, digest: change.digest, raisedAt: before?.said?.raisedAt ?? change.admittedAt } : before?.said,
    });
  }
  return [...standing.values()];
}

/** Brings `monitor.finding` to what stands. */
export async function writeStanding(tx: Tx, partition: number, standing: readonly Standing[], firmOf: FirmOf): Promise<void> {
  await upsertSaid(tx, partition, standing.flatMap((one) => (one.said === undefined ? [] : [{ ...one, said: one.said }])), firmOf);
  await updateState(tx, standing.filter((one) => one.said === undefined));
}

async function upsertSaid(tx: Tx, partition: number, rows: readonly (Standing & { readonly said: NonNullable<Standing['said']> })[], firmOf: FirmOf): Promise<void> {
  if (rows.length === 0) return;
  const list = rows.map(({ id, said, times, state, at, entry }) => {
    const { finding } = said;
    assert(entry !== undefined, 'what a finding says is committed to by an entry');
    return {
      engine: ENGINE_VERSION, id, rule: finding.rule, rule_version: finding.ruleVersion, rule_set: finding.ruleSet, person: finding.person, subject: finding.subject,
      firm: firmOf(finding.event.firm), firms: finding.firms.map(firmOf), event_id: finding.event.id, event_at: finding.event.at, weight: weightOf(finding), body: finding,
      sha256: said.digest, state, revision: times - 1, partition, raised_at: said.raisedAt, changed_at: at, entry,
    };
  });
  await tx.query({
    name: 'monitor-finding-say',
    text: `insert into monitor.finding as f (engine, id, rule, rule_version, rule_set, person, subject, firm, firms, event_id, event_at, weight, body, sha256, state, revision, partition, raised_at, changed_at, entry)
           select engine, id, rule, rule_version, rule_set, person, subject, firm, firms, event_id, event_at, weight, body, sha256, state, revision, partition, raised_at, changed_at, entry
           from jsonb_to_recordset($1::jsonb) as r(engine text, id text, rule text, rule_version int, rule_set text, person text, subject text, firm text, firms text[], event_id text,
             event_at bigint, weight int, body jsonb, sha256 text, state text, revision int, partition smallint, raised_at bigint, changed_at bigint, entry bigint)
           on conflict (engine, id) do update set firms = excluded.firms, rule_set = excluded.rule_set, body = excluded.body, sha256 = excluded.sha256, state = excluded.state,
             changed_at = excluded.changed_at, entry = excluded.entry, revision = f.revision + 1 + excluded.revision`,
    values: [JSON.stringify(list)],
  });
}

function weightOf(finding: Finding): number {
  const rule = EVERY_RULE.find((term) => term.id === finding.rule && term.version === finding.ruleVersion);
  assert(rule !== undefined, 'a finding is of a rule in the table');
  return rule.weight;
}

async function updateState(tx: Tx, rows: readonly Standing[]): Promise<void> {
  if (rows.length === 0) return;
  const done = await tx.query({
    name: 'monitor-finding-state',
    text: `update monitor.finding f set state = r.state, changed_at = r.at, entry = coalesce(r.entry, f.entry)
           from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[]) as r(id, state, at, entry) where f.engine = $1 and f.id = r.id`,
    values: [ENGINE_VERSION, rows.map((r) => r.id), rows.map((r) => r.state), rows.map((r) => r.at), rows.map((r) => r.entry ?? null)],
  });
  assert(done.rowCount === rows.length, 'a finding that changes its state was recorded');
}
