/**
 * Which framework pack the house stands under: read by whoever reads the ledger, proposed by its hash, and adopted by a
 * second person. A pack's files are judged here and compared with the running pack, in words and with the firms that each
 * difference concerns; what has no fault is kept by its hash, so that the second person sees what the first one saw. The
 * running house goes on under its own pack; the next start is held to what was adopted.
 */

import { decide, type Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { diffPacks, loadPack, type Framework } from '../../framework/index.ts';
import { SYSTEM, withActor } from '../../log/index.ts';
import { instantOf, reject, type Instant, type Rejection } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import type { DossierGround } from './dossiers.ts';
import { unlessProven } from './presence.ts';

type AdoptionRoute = 'adoption' | 'weighPack' | 'packDifference' | 'proposePack' | 'adoptPack';
/** Faults and differences that an answer lists at most. */
const FAULTS_MAX = 500;
const CHANGES_MAX = 5_000;
const FIRMS_MAX = 500;

/** What answers the routes of adoption. */
export function adoptionRoutes(ground: DossierGround): Pick<StaffRoutes, AdoptionRoute> {
  const { licensing, pool } = ground;
  return {
    adoption: async ({ session, now }) => (session === undefined ? reject('SESSION_REQUIRED') : standing(ground, session, now)),
    weighPack: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const files = new Map(body.files.map(({ name, text }) => [`pack/${name}`, text]));
      const loaded = loadPack('pack', (path) => files.get(path), body.files.map(({ name }) => name));
      if (!loaded.ok) return { faults: loaded.errors.slice(0, FAULTS_MAX).map((fault) => ({ ...fault, detail: fault.detail.slice(0, 2_000) })), faultsTotal: loaded.errors.length, difference: null };
      await licensing.keepPack(loaded.content);
      return { faults: [], faultsTotal: 0, difference: differenceOf(ground, loaded.framework, now) };
    },
    packDifference: async ({ session, params, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const pack = await isNamed(ground, params.hash, now) ? await licensing.packOf(params.hash) : undefined;
      return pack === undefined ? reject('NOT_FOUND') : differenceOf(ground, pack, now);
    },
    proposePack: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { stepUp, effectiveFrom, ...rest } = body;
      const wanted = { ...rest, ...(effectiveFrom === undefined ? {} : { effectiveFrom }) };
      const absent = await unlessProven(ground, session, now, { act: 'framework.adopt', by: session.member.account, ...wanted }, stepUp);
      return absent ?? withActor(pool, SYSTEM, async (tx) => acted(await licensing.proposePack(tx, now, wanted, session.member), true));
    },
    adoptPack: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { proposal } = params;
      const waiting = (await withActor(pool, SYSTEM, (tx) => licensing.adoption(tx, now))).waits.find((one) => one.entry === proposal);
      if (waiting === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
      const may = decide(session.member, 'framework.second', { proposer: waiting.actor });
      if (!may.allowed) return may.rejection;
      const absent = await unlessProven(ground, session, now, { act: 'framework.second', by: session.member.account, proposal, hash: waiting.hash }, body.stepUp);
      return absent ?? withActor(pool, SYSTEM, async (tx) => acted(await licensing.adoptPack(tx, now, proposal, session.member), false));
    },
  };
}

/** Does the ledger name the hash as a pack? Other objects are nobody's to read here. */
async function isNamed({ licensing, pool }: DossierGround, hash: string, now: Instant): Promise<boolean> {
  const { adopted, coming, waits } = await withActor(pool, SYSTEM, (tx) => licensing.adoption(tx, now));
  return [adopted, coming, ...waits].some((one) => one?.hash === hash);
}

async function standing({ licensing, pool }: DossierGround, session: Session, now: Instant): Promise<Answer<'adoption'>> {
  const { adopted, coming, waits } = await withActor(pool, SYSTEM, (tx) => licensing.adoption(tx, now));
  const { id, revision, hash } = licensing.framework;
  const shape = (one: typeof adopted): Answer<'adoption'>['adopted'] => (one === undefined ? null : { ...one, second: one.second ?? null });
  return {
    asOf: now, running: { framework: id, revision, hash }, adopted: shape(adopted), coming: shape(coming),
    waits: await Promise.all(waits.map(async ({ effectiveFrom, ...one }) => ({
      ...one, effectiveFrom: effectiveFrom === undefined ? null : instantOf(effectiveFrom), known: await licensing.knowsPack(one.hash), maySecond: decide(session.member, 'framework.second', { proposer: one.actor }).allowed,
    }))),
  };
}

/** What another pack changes of the running one, with the firms that stand in a stage that a change concerns. */
function differenceOf({ licensing, directory }: DossierGround, pack: Framework, now: Instant): Answer<'packDifference'> {
  const { framework } = licensing;
  const { from, to, identical, changes } = diffPacks(framework, pack);
  const named = ({ pack: id, revision, hash }: typeof from): Answer<'packDifference'>['from'] => ({ framework: id, revision, hash });
  const cards = directory.all();
  const titleOf = (stage: string) => (pack.stages.get(stage) ?? framework.stages.get(stage))?.title ?? { en: stage, ur: stage };
  const concerned = new Set(changes.flatMap((one) => one.stages));
  return {
    asOf: now, from: named(from), to: named(to), identical, firms: cards.filter((card) => concerned.has(card.stage.id)).map((card) => card.ref).slice(0, FIRMS_MAX),
    changes: changes.slice(0, CHANGES_MAX).map((one) => ({
      change: one.change, kind: one.kind, id: one.id, words: one.words.slice(0, 20_000), clause: one.clause, stages: one.stages.map(titleOf), services: [...one.services],
      firms: cards.filter((card) => one.stages.includes(card.stage.id)).map((card) => card.ref).slice(0, FIRMS_MAX),
    })),
  };
}

function acted(entry: { readonly index: number } | Rejection, waits: boolean): Answer<'proposePack'> | Rejection {
  return 'code' in entry ? entry : { entry: entry.index, waits };
}
