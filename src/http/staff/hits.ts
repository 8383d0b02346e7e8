/**
 * Hits of people against lists at the staff door: the queue, one hit with the listed one beside it and its reasons word
 * by word, and what officers decide. The words are the list's own; no answer here carries a letter of a customer's name.
 */

import { decide, type Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { readPersonFirms } from '../../intake/index.ts';
import { SYSTEM, withActor } from '../../log/index.ts';
import { countHits, decideHit, listHits, readHit, secondHit, takesTwo, wordsOfHit, type HitRow as Row } from '../../screening/hits/index.ts';
import { instantOf, reject, type Json, type Rejection } from '../../terms/index.ts';
import type { Refused } from '../problem.ts';
import type { Call, StaffRoutes } from '../staff.ts';
import { given } from './filings.ts';
import { freezeRows } from './freezes.ts';
import { entryShape, titleOf, type HitsGround } from './listed.ts';
import { skipOf } from './page.ts';
import { unlessProven } from './presence.ts';
import { staffRef } from './session.ts';

type HitShape = Answer<'hits'>['items'][number];
type StaffRef = HitShape extends { readonly proposed: { readonly by: infer Ref } | null } ? Ref : never;
type Named = (account: string) => StaffRef;

const PAGE = 50;
/** Who the house itself is, where an act is its own. */
const HOUSE = { en: 'The house', ur: 'نظام' };

/** What answers the routes of hits. */
export function hitRoutes(ground: HitsGround): Pick<StaffRoutes, 'hits' | 'hit' | 'decideHit' | 'secondHit'> {
  return {
    hits: async ({ session, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const named = await namesOf(ground, session);
      const skip = skipOf(query.cursor);
      const limit = query.limit ?? PAGE;
      const { found, counts } = await withActor(ground.pool, session.actor, async (tx) => ({ found: await listHits(tx, { ...query, waiting: query.waiting === 'yes', skip, limit }), counts: await countHits(tx) }));
      const items = await Promise.all(found.items.map((row) => hitShape(ground, session, named, row)));
      return { asOf: now, items, total: found.total, next: skip + items.length < found.total && items.length > 0 ? String(skip + items.length) : null, counts };
    },
    hit: (call) => oneHit(ground, call),
    decideHit: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { stepUp, until, ...wanted } = body;
      const ready = await judged(ground, session, numberOf(params.id), body.seen);
      if ('code' in ready) return ready;
      const absent = ready.two ? await unlessProven(ground, session, now, said({ act: 'screening.decide', by: session.member.account, hit: params.id, outcome: body.act, reason: body.reason, seen: body.seen, until: until ?? null }), stepUp) : undefined;
      return absent ?? withActor(ground.pool, SYSTEM, (tx) => decideHit(tx, now, { hit: numberOf(params.id), ...wanted, ...given('until', until) }, session.member.account));
    },
    secondHit: (call) => second(ground, call),
  };
}

async function second(ground: HitsGround, { session, params, body, now }: Call<'secondHit'>): Promise<Answer<'secondHit'> | Refused> {
  if (session === undefined) return reject('SESSION_REQUIRED');
  const { stepUp, ...verdict } = body;
  const found = await withActor(ground.pool, session.actor, (tx) => readHit(tx, numberOf(params.id)));
  if (found === undefined) return reject('NOT_FOUND');
  const proposer = found.row.proposed_by;
  if (proposer === null) return reject('DECISION_STALE');
  const takesBack = proposer === session.member.account && body.verdict === 'send-back';
  for (const firm of takesBack ? [] : [undefined, ...await firmsOf(ground, session, found.row.person)]) {
    const may = decide(session.member, 'screening.second', { proposer, ...(firm === undefined ? {} : { firm }) });
    if (!may.allowed) return may.rejection;
  }
  const absent = body.verdict === 'approve' ? await unlessProven(ground, session, now, said({ act: 'screening.second', by: session.member.account, hit: params.id, proposed: found.row.proposed, ...verdict }), stepUp) : undefined;
  return absent ?? withActor(ground.pool, SYSTEM, (tx) => secondHit(tx, now, { hit: numberOf(params.id), ...verdict }, session.member.account));
}

/** May this officer decide on the hit as they saw it, and does it take two? A conflict of interest in a firm of the person bars. */
async function judged(ground: HitsGround, session: Session, id: number, seen: number): Promise<{ readonly two: boolean } | Rejection> {
  const found = await withActor(ground.pool, session.actor, (tx) => readHit(tx, id));
  if (found === undefined) return reject('NOT_FOUND');
  // Before a proof of presence is spent on it: a code is good once.
  if (found.row.seen !== seen || found.row.proposed !== null) return reject('DECISION_STALE');
  for (const firm of await firmsOf(ground, session, found.row.person)) {
    const may = decide(session.member, 'screening.decide', { firm });
    if (!may.allowed) return may.rejection;
  }
  return { two: takesTwo([found.row, ...found.beside.filter((one) => one.subject === found.row.subject && one.state === 'open')]) };
}

async function oneHit(ground: HitsGround, { session, params, now }: Call<'hit'>): Promise<Answer<'hit'> | Rejection> {
  if (session === undefined) return reject('SESSION_REQUIRED');
  const found = await withActor(ground.pool, session.actor, (tx) => readHit(tx, numberOf(params.id)));
  if (found === undefined) return reject('NOT_FOUND');
  const { row, steps, beside, freezes } = found;
  const named = await namesOf(ground, session);
  const listed = await ground.books.entry(row.list, row.body.sha256, row.entry).catch(() => undefined);
  const words = listed === undefined ? { name: '', met: [], left: [] } : wordsOfHit(listed, row.body);
  const two = takesTwo([row, ...beside.filter((one) => one.subject === row.subject && one.state === 'open')]);
  const firms = await firmsOf(ground, session, row.person);
  const mayDecide = (row.state === 'open' || row.state === 'confirmed') && row.proposed === null && [undefined, ...firms].every((firm) => decide(session.member, 'screening.decide', firm === undefined ? {} : { firm }).allowed);
  return {
    asOf: now, hit: await hitShape(ground, session, named, row), listed: listed === undefined ? null : entryShape(listed),
    words: { name: words.name, met: words.met.map((one) => ({ ...one })), left: [...words.left], ownLeft: row.body.ownLeft, byLetters: row.body.byLetters, acrossScripts: row.body.acrossScripts },
    features: row.body.features.map((one) => ({ ...one })), missing: [...row.body.missing], matcher: row.body.matcher, because: row.body.because, takesTwo: two, mayDecide,
    maySecond: row.proposed_by !== null && decide(session.member, 'screening.second', { proposer: row.proposed_by }).allowed,
    steps: steps.map((step) => ({ entry: step.entry, what: step.what, by: named(step.actor), second: step.second === null ? null : named(step.second), reason: step.reason, at: instantOf(step.at) })),
    beside: await Promise.all(beside.map(async (one) => ({ ...(await hitShape(ground, session, named, one)), sameBearer: one.subject === row.subject }))),
    freezes: await freezeRows(ground, session, freezes, now), firms: firms.flatMap((firm) => ground.directory.byId(firm)?.ref.code ?? []),
  };
}

/** A hit as screens show it: the listed name comes from the list. */
async function hitShape({ framework, books }: HitsGround, session: Session, named: Named, row: Row): Promise<HitShape> {
  const entry = await books.entry(row.list, row.body.sha256, row.entry).catch(() => undefined);
  return {
    id: `SH-${row.hit}`, person: row.person, list: row.list, title: titleOf(framework, row.list), entry: row.entry, name: entry?.names[row.body.name]?.text ?? row.entry, version: row.version, force: row.force,
    decision: row.decision, ground: row.ground, score: row.score, strength: row.strength, state: row.state, seen: row.seen, openedAt: instantOf(row.opened_at), changedAt: instantOf(row.changed_at),
    proposed: row.proposed === null || row.proposed_by === null ? null : { act: row.proposed, by: named(row.proposed_by), until: row.proposed_until === null ? null : instantOf(row.proposed_until) },
    until: row.until === null ? null : instantOf(row.until), isOwnProposal: row.proposed_by === session.member.account,
  };
}

async function namesOf({ desk }: Pick<HitsGround, 'desk'>, session: Session): Promise<Named> {
  const people = new Map((await desk.colleagues(session)).map((each) => [each.account, staffRef({ account: each.account, name: each.name, roles: each.member.roles })]));
  return (account) => people.get(account) ?? (account === 'screening' ? { id: account, name: 'Nigran', role: HOUSE } : { id: account, name: account, role: { en: 'former colleague', ur: 'سابق ساتھی' } });
}

async function firmsOf(ground: Pick<HitsGround, 'pool'>, session: Session, person: string): Promise<string[]> {
  return (await withActor(ground.pool, session.actor, (tx) => readPersonFirms(tx, person))).map((one) => one.firm);
}

const numberOf = (id: string): number => Number(id.slice(3));
const said = (act: object): Json => JSON.parse(JSON.stringify(act));
