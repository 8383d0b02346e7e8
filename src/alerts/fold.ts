/**
 * Findings become alerts. A finding joins the open alert of its subject (a person, or a firm where the rule
 * is about the firm), or opens one; what the monitor later revises or withdraws changes the alert and is a step
 * on it. A withdrawn finding stays and says so. The fold follows the ledger's order, takes its instants from the
 * ledger's entries and its numbers from itself, so the same log gives the same alerts.
 */

import type { Tx } from '../log/index.ts';
import { assert, type Instant } from '../terms/index.ts';
import { scoreOf, severityOf, type Severity } from './score.ts';

/** What a finding says, as the monitor tells those who follow it. */
export interface Said {
  readonly rule: string;
  readonly weight: number;
  readonly subject: 'person' | 'firm';
  readonly person: string;
  /** Firm ids whose events are behind it; the event's own firm first. */
  readonly firms: readonly string[];
  /** Events behind it: firm id and event id. */
  readonly evidence: readonly (readonly [string, string])[];
}

/** A change to a finding as the monitor recorded it: by which entry, at the entry's instant. `said` is null when it was withdrawn. */
export interface FindingFact {
  readonly finding: string;
  readonly entry: number;
  readonly at: Instant;
  readonly said: Said | null;
}

/** Gives a new alert its number, and sees to its entry. */
export type Opener = (tx: Tx, subject: string, finding: string) => Promise<number>;

/** `AL-20418`: an alert as people name it. */
export function alertName(id: number): string {
  return `AL-${id}`;
}

/** What happened to which alert, for those who watch. */
export interface AlertChange {
  readonly alert: number;
  readonly version: number;
  readonly severity: Severity;
  readonly change: 'raised' | 'grew' | 'changed';
}

/** Folds one fact. Runs under the house's actor, or that of an officer of the authority. */
export async function foldFinding(tx: Tx, fact: FindingFact, open: Opener): Promise<AlertChange | undefined> {
  const { said, entry, at } = fact;
  const known = await tx.query<{ alert: number }>('select alert from alerts.finding where finding = $1', [fact.finding]);
  const alert = known.rows[0]?.alert;
  if (alert === undefined) return said === null ? undefined : raise(tx, fact, said, open);
  if (said === null) {
    await tx.query(`update alerts.finding set state = 'withdrawn' where finding = $1`, [fact.finding]);
    await addStep(tx, alert, { at, by: null, what: 'finding-withdrawn', note: null, entry });
  } else {
    await tx.query(`update alerts.finding set state = 'said', weight = $2 where finding = $1`, [fact.finding, said.weight]);
    await addEvidence(tx, alert, fact.finding, said.evidence);
  }
  return { ...(await refresh(tx, alert, at)), change: 'changed' };
}

async function raise(tx: Tx, fact: FindingFact, said: Said, open: Opener): Promise<AlertChange> {
  const firm = said.subject === 'firm' ? said.firms[0] ?? '' : null;
  const subject = firm === null ? `person:${said.person}` : `firm:${firm}`;
  const standing = await tx.query<{ id: number }>(`select id from alerts.alert where subject = $1 and state = 'open'`, [subject]);
  const joined = standing.rows[0]?.id;
  const alert = joined ?? await open(tx, subject, fact.finding);
  if (joined === undefined) await insertAlert(tx, alert, { subject, person: firm === null ? said.person : null, firm, said, at: fact.at });
  await tx.query('insert into alerts.finding (finding, alert, rule, weight, state) values ($1, $2, $3, $4, $5)', [fact.finding, alert, said.rule, said.weight, 'said']);
  await addEvidence(tx, alert, fact.finding, said.evidence);
  await addStep(tx, alert, { at: fact.at, by: null, what: joined === undefined ? 'raised' : 'grew', note: said.rule, entry: fact.entry });
  await tx.query('update alerts.alert set firms = (select array_agg(distinct f order by f) from unnest(firms || $2::text[]) f) where id = $1', [alert, said.firms]);
  return { ...(await refresh(tx, alert, fact.at)), change: joined === undefined ? 'raised' : 'grew' };
}

async function insertAlert(tx: Tx, id: number, of: { readonly subject: string; readonly person: string | null; readonly firm: string | null; readonly said: Said; readonly at: Instant }): Promise<void> {
  await tx.query(
    `insert into alerts.alert (id, subject, person, firm, state, version, score, severity, lead_rule, firms, raised_at, changed_at)
     values ($1, $2, $3, $4, 'open', 0, 0, 'low', $5, $6, $7, $7)`,
    [id, of.subject, of.person, of.firm, of.said.rule, of.said.firms, of.at]);
}

/** The number after the highest. The fold's lock keeps others from taking it. */
export async function nextNumber(tx: Tx, table: 'alerts.alert' | 'alerts.decision'): Promise<number> {
  const found = await tx.query<{ next: number }>(`select coalesce(max(id), 0) + 1 as next from ${table}`);
  const next = found.rows[0]?.next;
  assert(next !== undefined, 'there is always a next number');
  return next;
}

async function addEvidence(tx: Tx, alert: number, finding: string, evidence: Said['evidence']): Promise<void> {
  if (evidence.length === 0) return;
  await tx.query('insert into alerts.evidence (firm, event_id, finding, alert) select f, e, $3, $4 from unnest($1::text[], $2::text[]) t(f, e) on conflict do nothing',
    [evidence.map(([firm]) => firm), evidence.map(([, id]) => id), finding, alert]);
}

/** A step on an alert's history. */
export interface Step {
  readonly at: Instant;
  readonly by: string | null;
  readonly what: string;
  readonly note: string | null;
  readonly entry: number | null;
}

/** Adds a step at the end of an alert's history. */
export async function addStep(tx: Tx, alert: number, step: Step): Promise<void> {
  await tx.query('insert into alerts.step (alert, n, at, by_account, what, note, entry) select $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5, $6 from alerts.step where alert = $1',
    [alert, step.at, step.by, step.what, step.note, step.entry]);
}

/** Computes score, severity, lead and state of the findings again, and raises the version. */
async function refresh(tx: Tx, alert: number, at: Instant): Promise<Omit<AlertChange, 'change'>> {
  const findings = await tx.query<{ rule: string; weight: number; state: string }>('select rule, weight, state from alerts.finding where alert = $1 order by finding', [alert]);
  const standing = findings.rows.filter((finding) => finding.state !== 'withdrawn');
  const weights = new Map<string, number>();
  for (const finding of standing) weights.set(finding.rule, Math.max(weights.get(finding.rule) ?? 0, finding.weight));
  const score = scoreOf(weights);
  const lead = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? null;
  const severity = severityOf(score);
  const changed = await tx.query<{ version: number }>(
    `update alerts.alert set score = $2, severity = $3, lead_rule = coalesce($4, lead_rule), changed_at = $5, version = version + 1 where id = $1 returning version`,
    [alert, score, severity, lead, at]);
  return { alert, version: changed.rows[0]?.version ?? 0, severity };
}
