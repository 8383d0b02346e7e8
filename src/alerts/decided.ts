/**
 * What an act of an officer does to an alert, folded from its entry alone: when the act is taken, and again by
 * `rebuildAlerts`. Whether it may be taken was judged before it became an entry.
 */

import type { Entry, Tx } from '../log/index.ts';
import { assert, type Instant } from '../terms/index.ts';
import { addStep, nextNumber } from './fold.ts';

const NOTE_SINCE = 2;
/** Instead of a note, on the entry of a proposal that its proposer takes back. */
export const TAKEN_BACK = 'withdrawn by the proposer';

type Decided = Entry<'alert-decided'>;
type Outcome = 'dismiss' | 'escalate';

/** The alert that a name stands for. */
export function numberOfName(name: string): number {
  const number = Number(name.slice('AL-'.length));
  assert(name.startsWith('AL-') && Number.isSafeInteger(number), 'an alert is named AL- and its number');
  return number;
}

/** Applies an act. Gives the decision that it made or ended; undefined for an assignment. Throws nothing: an act without its alert or decision gives `'adrift'`. */
export async function applyDecided(tx: Tx, entry: Decided): Promise<number | undefined | 'adrift'> {
  const alert = numberOfName(entry.body.alert);
  const known = await tx.query('select from alerts.alert where id = $1', [alert]);
  if (known.rowCount === 0) return 'adrift';
  switch (entry.body.act) {
    case 'assign':
    case 'unassign':
      return assigned(tx, alert, entry);
    case 'proposeDismiss':
      return proposed(tx, alert, entry, 'dismiss', 'waiting');
    case 'proposeEscalate':
      return proposed(tx, alert, entry, 'escalate', 'waiting');
    case 'dismiss':
    case 'escalate':
      return entry.second === undefined ? proposed(tx, alert, entry, entry.body.act, 'done-alone') : ended(tx, alert, entry, 'approved');
    case 'sendBack':
      return ended(tx, alert, entry, entry.second === undefined ? 'withdrawn' : 'sent-back');
    case 'reopen':
      return 'adrift';
  }
}

async function assigned(tx: Tx, alert: number, { actor, admittedAt, index, body }: Decided): Promise<undefined> {
  const to = body.assignee ?? null;
  await tx.query('update alerts.alert set assignee = $2 where id = $1', [alert, to]);
  await addStep(tx, alert, { at: admittedAt, by: actor, what: to === null ? 'unassigned' : 'assigned', note: to, entry: index });
  await touch(tx, alert, admittedAt, undefined);
  return undefined;
}

async function proposed(tx: Tx, alert: number, entry: Decided, outcome: Outcome, state: 'waiting' | 'done-alone'): Promise<number> {
  const { actor, admittedAt, index } = entry;
  const { reason, note } = wordsOf(entry);
  const id = await nextNumber(tx, 'alerts.decision');
  await tx.query(
    'insert into alerts.decision (id, alert, outcome, reason, note, state, proposed_by, proposed_at, entry) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [id, alert, outcome, reason, note, state, actor, admittedAt, index]);
  const closed = state === 'done-alone' ? pastOf(outcome) : undefined;
  await addStep(tx, alert, { at: admittedAt, by: actor, what: closed ?? 'proposed', note, entry: index });
  await touch(tx, alert, admittedAt, closed);
  return id;
}

/** Reason and words of a proposal. Version 1 wrote them as one text. */
function wordsOf({ version, body }: Decided): { readonly reason: string; readonly note: string } {
  if (version >= NOTE_SINCE) return { reason: body.reason ?? '', note: body.note ?? '' };
  const [reason = '', ...rest] = (body.reason ?? '').split(': ');
  return { reason, note: rest.join(': ') };
}

async function ended(tx: Tx, alert: number, entry: Decided, state: 'approved' | 'sent-back' | 'withdrawn'): Promise<number | 'adrift'> {
  const { admittedAt, index, body } = entry;
  const found = await tx.query<{ id: number; outcome: Outcome }>(`select id, outcome from alerts.decision where alert = $1 and state = 'waiting'`, [alert]);
  const decision = found.rows[0];
  if (decision === undefined) return 'adrift';
  const note = body.note ?? (entry.version < NOTE_SINCE && state !== 'withdrawn' ? body.reason : undefined) ?? '';
  if (state === 'withdrawn') await tx.query('update alerts.decision set state = $2, entry = $3 where id = $1', [decision.id, state, index]);
  else await tx.query('update alerts.decision set state = $2, second_by = $3, second_at = $4, second_note = $5, entry = $6 where id = $1', [decision.id, state, entry.second, admittedAt, note, index]);
  await addStep(tx, alert, { at: admittedAt, by: entry.second ?? entry.actor, what: state, note: note === '' ? null : note, entry: index });
  await touch(tx, alert, admittedAt, state === 'approved' ? pastOf(decision.outcome) : undefined);
  return decision.id;
}

async function touch(tx: Tx, alert: number, at: Instant, state: 'dismissed' | 'escalated' | undefined): Promise<void> {
  await tx.query('update alerts.alert set state = coalesce($2, state), version = version + 1, changed_at = $3 where id = $1', [alert, state ?? null, at]);
}

function pastOf(outcome: Outcome): 'dismissed' | 'escalated' {
  return outcome === 'dismiss' ? 'dismissed' : 'escalated';
}
