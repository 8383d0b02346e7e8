/**
 * Lists at the staff door: which versions the house holds and how stale each is, what a version changed and whom it
 * concerns, a newer state taken in, a held one confirmed by a second person, one question or many asked of the lists
 * as they stand, and what another threshold would have asked officers to look at.
 */

import { createHash } from 'node:crypto';
import type { Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { inForce } from '../../framework/index.ts';
import { SYSTEM, withActor, type Db, type Objects, type Tx } from '../../log/index.ts';
import { confirmHeld, listStates, readHeld, readVersions, takeSentLists, type ScreeningDesk } from '../../screening/index.ts';
import { countByEntry, listHits, readApplied, readDecided, readScores } from '../../screening/hits/index.ts';
import { instantOf, reject, type Instant, type Json, type Rejection } from '../../terms/index.ts';
import type { Refused } from '../problem.ts';
import type { Call, StaffRoutes } from '../staff.ts';
import { titleOf, type HitsGround } from './listed.ts';
import { unlessProven } from './presence.ts';

/** What the routes of lists stand on. */
export interface ListsGround extends HitsGround {
  readonly objects: Objects;
  readonly screening: ScreeningDesk;
}

type Named = 'lists' | 'listChange' | 'takeList' | 'confirmHeld' | 'askLists' | 'tuning';
type ListShape = Answer<'lists'>['lists'][number];
const VERSIONS_MAX = 100;
const HELD_MAX = 20;
/** Where officers are asked to look: the matcher's own policy. */
const REVIEW_FROM = 0.8;

/** What answers the routes of lists. */
export function listRoutes(ground: ListsGround): Pick<StaffRoutes, Named> {
  return {
    lists: async ({ session, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      return withActor(ground.pool, session.actor, (tx) => allLists(ground, tx, session, now));
    },
    listChange: async ({ session, params }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      return withActor(ground.pool, session.actor, (tx) => changeOf(ground, tx, params.list, params.version));
    },
    takeList: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const files = body.files.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }));
      const absent = await unlessProven(ground, session, now, said({ act: 'list.take', by: session.member.account, reason: body.reason, files: files.map(({ name, bytes }) => ({ name, sha256: createHash('sha256').update(bytes).digest('hex') })) }), body.stepUp);
      if (absent !== undefined) return absent;
      return { taken: (await takeSentLists(ground, now, files, `sent by an officer: ${files.map((file) => file.name).join(', ')}`.slice(0, 2_000), { actor: session.member.account, basis: body.reason })).map((one) => ({ ...one, files: [...one.files] })) };
    },
    confirmHeld: (call) => confirm(ground, call),
    askLists: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const answers = await ground.screening.answer(body.lines.map((line) => line.replace(/\s*\n\s*/g, ' ')));
      return 'code' in answers ? answers : { asOf: now, answers: [...answers] };
    },
    tuning: async ({ session, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      return withActor(ground.pool, session.actor, (tx) => tuningOf(tx, query.list ?? 'ofac', now));
    },
  };
}

async function allLists(ground: ListsGround, tx: Tx, session: Session, now: Instant): Promise<Answer<'lists'>> {
  const { framework } = ground;
  const [states, held, applied] = [await listStates(tx, framework, now), await readHeld(tx), await readApplied(tx)];
  const lists: ListShape[] = [];
  for (const state of states) {
    const versions = await readVersions(tx, state.list, state.holds);
    const open = state.holds === 'names' ? (await listHits(tx, { list: state.list, state: 'open', skip: 0, limit: 1 })).total : 0;
    const { heldSince: _, ...rest } = state;
    lists.push({
      ...rest, title: titleOf(framework, state.list), publisher: inForce(framework.lists.get(state.list), now)?.publisher ?? '', openHits: open, appliedAt: applied.get(state.entry) ?? null,
      held: held.filter((one) => one.list === state.list && one.holds === state.holds).slice(0, HELD_MAX).map((one) => ({ entry: one.entry, version: one.version, count: one.count, lastGoodCount: one.last_good_count, at: instantOf(one.admitted_at), isOwn: one.actor === session.member.account })),
      versions: versions.slice(0, VERSIONS_MAX).map(({ version, publishedAt, admittedAt, entry, count, quarantined }) => ({ version, publishedAt, admittedAt, entry, count, quarantined })),
    });
  }
  const missing = [...framework.lists].flatMap(([list, dated]) => {
    const force = inForce(dated, now)?.force;
    return force === undefined || states.some((state) => state.list === list) ? [] : [{ list, title: titleOf(framework, list), force }];
  });
  return { asOf: now, lists, missing };
}

async function changeOf({ books }: ListsGround, tx: Tx, list: string, version: string): Promise<Answer<'listChange'> | Rejection> {
  const change = await books.change(tx, list, version);
  if (change === undefined) return reject('NOT_FOUND');
  const all = [...change.added, ...change.changed.map(({ entry }) => entry), ...change.removed];
  const hits = await countByEntry(tx, list, all.map((entry) => entry.entry));
  const shape = (entry: (typeof all)[number]) => ({ entry: entry.entry, name: entry.names[0]?.text ?? entry.entry, hits: hits.get(entry.entry) ?? 0 });
  return {
    list, version, before: change.before?.version ?? null, counts: { ...change.counts }, added: change.added.map(shape), removed: change.removed.map(shape),
    changed: change.changed.map(({ entry, fields }) => ({ ...shape(entry), fields: [...fields] })),
  };
}

async function confirm(ground: ListsGround, { session, params, body, now }: Call<'confirmHeld'>): Promise<Answer<'confirmHeld'> | Refused> {
  if (session === undefined) return reject('SESSION_REQUIRED');
  const absent = await unlessProven(ground, session, now, said({ act: 'list.confirm', by: session.member.account, held: params.entry, reason: body.reason }), body.stepUp);
  if (absent !== undefined) return absent;
  const done = await withActor(ground.pool, SYSTEM, (tx) => confirmHeld(tx, now, { objects: ground.objects, force: (list) => inForce(ground.framework.lists.get(list), now)?.force }, params.entry, { account: session.member.account, reason: body.reason }));
  return 'code' in done ? done : { entry: done.index, waits: false };
}

/** People at or above each threshold, counted down from the highest score, beside what officers said at it. */
async function tuningOf(db: Db, list: string, now: Instant): Promise<Answer<'tuning'>> {
  const [scores, decided] = [await readScores(db, list), await readDecided(db, list)];
  const from = (bucket: number) => <T extends { readonly bucket: number }>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((sum, row) => (row.bucket >= bucket ? sum + of(row) : sum), 0);
  const steps = Array.from({ length: 41 }, (_, i) => 100 - i).map((bucket) => ({ at: bucket / 100, people: from(bucket)(scores, (row) => row.people), confirmed: from(bucket)(decided, (row) => row.confirmed), cleared: from(bucket)(decided, (row) => row.cleared) }));
  return { asOf: now, people: scores.reduce((sum, row) => sum + row.people, 0), threshold: REVIEW_FROM, steps };
}

const said = (act: object): Json => JSON.parse(JSON.stringify(act));
