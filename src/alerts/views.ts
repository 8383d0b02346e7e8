/**
 * Alerts as people read them, under the reader's own actor. Whether a finding is provisional, settled or
 * withdrawn is asked of the monitor's row at the moment of reading: it confirms without an entry.
 */

import type { Tx } from '../log/index.ts';
import type { Severity } from './score.ts';

/** An alert as lists show it. `findings`: the state of all that stand, `withdrawn` when none does. */
export interface AlertListed {
  readonly id: number; readonly version: number; readonly person: string | null; readonly firm: string | null; readonly state: 'open' | 'dismissed' | 'escalated';
  readonly score: number; readonly severity: Severity; readonly lead_rule: string; readonly firms: readonly string[]; readonly raised_at: number; readonly assignee: string | null;
  readonly findings: 'provisional' | 'settled' | 'withdrawn';
}

/** A decision on an alert. */
export interface DecisionRow {
  readonly id: number; readonly alert: number; readonly outcome: 'dismiss' | 'escalate'; readonly reason: string; readonly note: string;
  readonly state: 'waiting' | 'approved' | 'sent-back' | 'withdrawn' | 'done-alone'; readonly proposed_by: string; readonly proposed_at: number;
  readonly second_by: string | null; readonly second_at: number | null; readonly second_note: string | null; readonly entry: number | null;
  readonly severity: Severity; readonly lead_rule: string; readonly firms: readonly string[];
}

export interface AlertQuery {
  readonly view: 'open' | 'unassigned' | 'mine' | 'second' | 'closed';
  readonly account: string;
  readonly severities?: readonly string[];
  readonly firm?: string;
  readonly rule?: string;
  readonly person?: string;
  /** At least one finding of the alert is in this state, as the monitor has it now. */
  readonly holds?: 'provisional' | 'settled' | 'withdrawn';
  /** Raised within these bounds, microseconds. */
  readonly raisedFrom?: number;
  readonly raisedTo?: number;
  readonly sort: 'score' | 'age' | 'raised';
  readonly skip: number;
  readonly limit: number;
}

const FINDINGS = `coalesce((select case when bool_and(m.state = 'withdrawn') then 'withdrawn' when bool_and(m.state in ('settled', 'corrected', 'withdrawn')) then 'settled' else 'provisional' end
  from alerts.finding f join monitor.finding m on m.id = f.finding where f.alert = a.id), 'provisional')`;
const COLUMNS = `a.id, a.version, a.person, a.firm, a.state, a.score, a.severity, a.lead_rule, a.firms, a.raised_at, a.assignee, ${FINDINGS} as findings`;
const VIEWS: Readonly<Record<AlertQuery['view'], string>> = {
  open: `a.state = 'open'`,
  unassigned: `a.state = 'open' and a.assignee is null`,
  mine: `a.state = 'open' and a.assignee = $1`,
  second: `exists (select from alerts.decision d where d.alert = a.id and d.state = 'waiting' and d.proposed_by <> $1)`,
  closed: `a.state <> 'open'`,
};
const ORDERS: Readonly<Record<AlertQuery['sort'], string>> = { score: 'a.score desc, a.raised_at, a.id', age: 'a.raised_at, a.id', raised: 'a.raised_at desc, a.id desc' };

/** A page of the queue with how many match, and how many each view holds. */
export async function listAlerts(tx: Tx, query: AlertQuery): Promise<{ readonly items: readonly AlertListed[]; readonly total: number; readonly views: Readonly<Record<AlertQuery['view'], number>> }> {
  const where = `($1::text is not null) and ${VIEWS[query.view]} and ($2::text[] is null or a.severity = any($2)) and ($3::text is null or $3 = any(a.firms)) and ($4::text is null or a.person = $4)
    and ($5::bigint is null or a.raised_at >= $5) and ($6::bigint is null or a.raised_at < $6)
    and ($7::text is null or exists (select from alerts.finding f where f.alert = a.id and f.rule = $7 and f.state = 'said'))
    and ($8::text is null or exists (select from alerts.finding f join monitor.finding m on m.id = f.finding where f.alert = a.id and case m.state when 'corrected' then 'settled' else m.state end = $8))`;
  const values = [query.account, query.severities ?? null, query.firm ?? null, query.person ?? null, query.raisedFrom ?? null, query.raisedTo ?? null, query.rule ?? null, query.holds ?? null];
  const items = await tx.query<AlertListed>(`select ${COLUMNS} from alerts.alert a where ${where} order by ${ORDERS[query.sort]} limit $9 offset $10`, [...values, query.limit, query.skip]);
  const total = await tx.query<{ n: number }>(`select count(*) as n from alerts.alert a where ${where}`, values);
  const views = await tx.query<Record<AlertQuery['view'], number>>(
    `select ${Object.entries(VIEWS).map(([view, sql]) => `count(*) filter (where ${sql}) as ${view}`).join(', ')} from alerts.alert a where $1::text is not null`, [query.account]);
  return { items: items.rows, total: total.rows[0]?.n ?? 0, views: views.rows[0] ?? { open: 0, unassigned: 0, mine: 0, second: 0, closed: 0 } };
}

/** A finding of an alert as the monitor has it. */
export interface FindingListed {
  readonly id: string; readonly rule: string; readonly rule_version: number; readonly state: 'provisional' | 'settled' | 'corrected' | 'withdrawn'; readonly weight: number;
  readonly firm: string; readonly firms: readonly string[]; readonly event_id: string; readonly event_at: number; readonly raised_at: number; readonly changed_at: number; readonly entry: number; readonly body: unknown;
}

export interface StepRow {
  readonly at: number; readonly by_account: string | null; readonly what: string; readonly note: string | null; readonly entry: number | null;
}

/** One alert whole. */
export async function readAlert(tx: Tx, id: number): Promise<{ readonly alert: AlertListed; readonly findings: readonly FindingListed[]; readonly steps: readonly StepRow[] } | undefined> {
  const found = await tx.query<AlertListed>(`select ${COLUMNS} from alerts.alert a where a.id = $1`, [id]);
  const alert = found.rows[0];
  if (alert === undefined) return undefined;
  const findings = await tx.query<FindingListed>(
    `select m.id, m.rule, m.rule_version, m.state, m.weight, m.firm, m.firms, m.event_id, m.event_at, m.raised_at, m.changed_at, m.entry, m.body
     from alerts.finding f join monitor.finding m on m.id = f.finding where f.alert = $1 order by (m.state = 'withdrawn'), m.weight desc, m.raised_at desc limit 20`, [id]);
  const steps = await tx.query<StepRow>('select at, by_account, what, note, entry from alerts.step where alert = $1 order by n desc limit 200', [id]);
  return { alert, findings: findings.rows, steps: steps.rows.reverse() };
}

/** Decisions: those that wait, or all, newest first; or those of some alerts. */
export async function listDecisions(tx: Tx, query: { readonly waitingOnly: boolean; readonly alerts?: readonly number[]; readonly id?: number; readonly skip: number; readonly limit: number }): Promise<readonly DecisionRow[]> {
  const rows = await tx.query<DecisionRow>(
    `select d.id, d.alert, d.outcome, d.reason, d.note, d.state, d.proposed_by, d.proposed_at, d.second_by, d.second_at, d.second_note, d.entry, a.severity, a.lead_rule, a.firms
     from alerts.decision d join alerts.alert a on a.id = d.alert
     where (not $1 or d.state = 'waiting') and ($2::bigint[] is null or d.alert = any($2)) and ($3::bigint is null or d.id = $3) order by d.proposed_at desc, d.id desc limit $4 offset $5`,
    [query.waitingOnly, query.alerts ?? null, query.id ?? null, query.limit, query.skip]);
  return rows.rows;
}

/** Events behind an alert or a finding: firm id and event id, at most 2,000. */
export async function readEvidence(tx: Tx, of: { readonly alert?: number; readonly finding?: string }): Promise<readonly (readonly [string, string])[]> {
  const rows = await tx.query<{ firm: string; event_id: string }>(
    'select distinct firm, event_id from alerts.evidence where ($1::bigint is null or alert = $1) and ($2::text is null or finding = $2) limit 2000', [of.alert ?? null, of.finding ?? null]);
  return rows.rows.map((row) => [row.firm, row.event_id] as const);
}

/** Alerts in whose findings events stand, by `firm/event id`. */
export async function readAlertsOf(tx: Tx, events: readonly (readonly [string, string])[]): Promise<ReadonlyMap<string, readonly number[]>> {
  const rows = await tx.query<{ firm: string; event_id: string; alerts: number[] }>(
    `select e.firm, e.event_id, array_agg(distinct e.alert)::int[] as alerts from alerts.evidence e join unnest($1::text[], $2::text[]) w(firm, id) on e.firm = w.firm and e.event_id = w.id group by e.firm, e.event_id`,
    [events.map(([firm]) => firm), events.map(([, id]) => id)]);
  return new Map(rows.rows.map((row) => [`${row.firm}/${row.event_id}`, row.alerts]));
}

/** Open alerts counted for the overview. `byRule`: alerts in which the rule stands, so an alert may count for several, as the queue's filter does. */
export async function countAlerts(tx: Tx): Promise<{ readonly cells: readonly { readonly severity: Severity; readonly raised_at: number }[]; readonly byRule: readonly { readonly rule: string; readonly open: number }[]; readonly byFirm: ReadonlyMap<string, readonly Severity[]> }> {
  const cells = await tx.query<{ severity: Severity; raised_at: number; firms: string[] }>(`select severity, raised_at, firms from alerts.alert where state = 'open'`);
  const rules = await tx.query<{ rule: string; open: number }>(
    `select f.rule, count(distinct f.alert) as open from alerts.finding f join alerts.alert a on a.id = f.alert where a.state = 'open' and f.state = 'said' group by f.rule order by open desc, f.rule`);
  const firms = new Map<string, Severity[]>();
  for (const row of cells.rows) {
    for (const firm of row.firms) firms.set(firm, [...(firms.get(firm) ?? []), row.severity]);
  }
  return { cells: cells.rows, byRule: rules.rows, byFirm: firms };
}

/** Persons whose outcomes one answer holds at most: more closed alerts than an authority decides in a decade. */
const OUTCOMES_MAX = 1_000_000;

/** What officers made of the alerts about persons that are closed; one that was escalated outweighs those that were dismissed. */
export async function readOutcomes(tx: Tx): Promise<ReadonlyMap<string, 'escalated' | 'dismissed'>> {
  const found = await tx.query<{ person: string; escalated: boolean }>(
    `select person, bool_or(state = 'escalated') as escalated from alerts.alert where state in ('dismissed', 'escalated') and person is not null group by person order by person limit $1`, [OUTCOMES_MAX]);
  return new Map(found.rows.map((row) => [row.person, row.escalated ? 'escalated' : 'dismissed']));
}
