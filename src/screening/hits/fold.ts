/**
 * The views of hits and freezes, folded from their entries: written with each entry, and again by `rebuildScreening`.
 * Every state that a hit can have is reached by one of these entries, and an entry that finds its hit in another state
 * than it may be in is a broken invariant: whoever appends has judged it under the ledger's lock.
 */

import { isKind, type Entry, type Tx } from '../../log/index.ts';
import { assert, type EntryKind } from '../../terms/index.ts';

/** Kinds that these views are folded from. */
export const HIT_KINDS = ['screening-hit', 'screening-released', 'screening-decided', 'asset-freeze-ordered', 'asset-freeze-moved'] as const satisfies readonly EntryKind[];

/** Folds one entry; other kinds pass by. */
export async function applyToHits(tx: Tx, entry: Entry): Promise<void> {
  if (isKind(entry, 'screening-hit')) await open(tx, entry);
  else if (isKind(entry, 'screening-released')) await release(tx, entry);
  else if (isKind(entry, 'screening-decided')) await decide(tx, entry);
  else if (isKind(entry, 'asset-freeze-ordered')) await order(tx, entry);
  else if (isKind(entry, 'asset-freeze-moved')) await move(tx, entry);
}

async function open(tx: Tx, { index, admittedAt, actor, body }: Entry<'screening-hit'>): Promise<void> {
  if (body.replaces !== undefined) await change(tx, `state = 'replaced', changed_at = $2, proposed = null, proposed_by = null, proposed_until = null`, body.replaces, [admittedAt]);
  // An equal number on a list of that force decides by itself (DESIGN: only a confirmed match is frozen).
  const isConfirmed = body.ground === 'number' && body.force === 'freeze';
  await tx.query(
    `insert into screening.hit (hit, person, list, entry, subject, version, force, decision, ground, score, strength, body, state, seen, opened_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $14)`,
    [index, body.person, body.list, body.entry, body.subject, body.version, body.force, body.decision, body.ground, body.score, body.strength, JSON.stringify(body), isConfirmed ? 'confirmed' : 'open', admittedAt]);
  await step(tx, index, { entry: index, what: isConfirmed ? 'confirmed-by-number' : 'opened', actor, second: null, reason: null, at: admittedAt });
}

async function release(tx: Tx, { index, admittedAt, actor, body }: Entry<'screening-released'>): Promise<void> {
  await change(tx, `state = 'released', changed_at = $2, proposed = null, proposed_by = null, proposed_until = null`, body.hit, [admittedAt]);
  await step(tx, body.hit, { entry: index, what: body.reason, actor, second: null, reason: body.version ?? null, at: admittedAt });
  // What is frozen stays so until the authority orders the release: it must look at each.
  await tx.query(`update screening.asset_freeze set state = 'to-release', changed_at = $2 where hit = $1 and state in ('ordered', 'acknowledged')`, [body.hit, admittedAt]);
}

async function decide(tx: Tx, { index, admittedAt, actor, second, body }: Entry<'screening-decided'>): Promise<void> {
  const { hit, act, until } = body;
  if (act === 'propose-confirm' || act === 'propose-clear') {
    await change(tx, 'proposed = $2, proposed_by = $3, proposed_until = $4, changed_at = $5', hit, [act === 'propose-confirm' ? 'confirm' : 'clear', actor, until ?? null, admittedAt]);
  } else if (act === 'send-back' || act === 'reopen') {
    await change(tx, `${act === 'reopen' ? `state = 'open', until = null, ` : ''}proposed = null, proposed_by = null, proposed_until = null, changed_at = $2`, hit, [admittedAt]);
  } else {
    await change(tx, `state = $2, decided_by = $3, second_by = $4, reason = $5, until = $6, changed_at = $7, proposed = null, proposed_by = null, proposed_until = null`,
      hit, [act === 'confirm' ? 'confirmed' : 'cleared', actor, second ?? null, body.reason, until ?? null, admittedAt]);
    // Another person after all: the authority looks at what is frozen.
    if (act === 'clear') await tx.query(`update screening.asset_freeze set state = 'to-release', changed_at = $2 where hit = $1 and state in ('ordered', 'acknowledged')`, [hit, admittedAt]);
  }
  await step(tx, hit, { entry: index, what: act, actor, second: second ?? null, reason: body.reason, at: admittedAt });
}

async function order(tx: Tx, { index, admittedAt, actor, body }: Entry<'asset-freeze-ordered'>): Promise<void> {
  await tx.query(
    `insert into screening.asset_freeze (id, hit, person, list, entry, firm, customers, ground, state, ordered_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, 'ordered', $9, $9)`,
    [index, body.hit, body.person, body.list, body.entry, body.firm, body.customers, body.ground, admittedAt]);
  await tx.query(`insert into screening.asset_freeze_step (asset_freeze, firm, entry, act, actor, note, at) values ($1, $2, $1, 'order', $3, '', $4)`, [index, body.firm, actor, admittedAt]);
}

const MOVES = {
  acknowledge: `state = 'acknowledged', acknowledged_at = $2`,
  complain: `contested = true, complaint = $3`,
  refuse: `contested = false`,
  'order-release': `state = 'release-ordered', contested = false`,
  release: `state = 'released', released_at = $2`,
} as const;

async function move(tx: Tx, { index, admittedAt, actor, body }: Entry<'asset-freeze-moved'>): Promise<void> {
  const done = await tx.query<{ firm: string }>(`update screening.asset_freeze set ${MOVES[body.act]}, changed_at = $2 where id = $1 and ($3::text is null or true) returning firm`, [body.freeze, admittedAt, body.complaint ?? null]);
  const firm = done.rows[0]?.firm;
  assert(firm !== undefined, 'a freeze that is moved was ordered');
  await tx.query('insert into screening.asset_freeze_step (asset_freeze, firm, entry, act, actor, note, at) values ($1, $2, $3, $4, $5, $6, $7)', [body.freeze, firm, index, body.act, actor, body.note, admittedAt]);
}

async function change(tx: Tx, sets: string, hit: number, values: readonly unknown[]): Promise<void> {
  const done = await tx.query(`update screening.hit set ${sets}, seen = seen + 1 where hit = $1`, [hit, ...values]);
  assert(done.rowCount === 1, 'an act on a hit has its hit');
}

interface Step {
  readonly entry: number; readonly what: string; readonly actor: string; readonly second: string | null; readonly reason: string | null; readonly at: number;
}

async function step(tx: Tx, hit: number, { entry, what, actor, second, reason, at }: Step): Promise<void> {
  await tx.query('insert into screening.hit_step (hit, entry, what, actor, second, reason, at) values ($1, $2, $3, $4, $5, $6, $7)', [hit, entry, what, actor, second, reason, at]);
}
