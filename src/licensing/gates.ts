/**
 * How the gates of a framework stand for a firm: what is filed, found, recorded and screened since the firm came into
 * the stages in which a gate can be met. What was filed for an application that was refused opens no gate of the
 * next one. A finding that was made before the last filing it stands on is stale; a screening that was not run, or
 * does not cover every filing, leaves its gate unmet and says so. Nothing here has a default that is "met".
 */

import { inForce, type Framework } from '../framework/index.ts';
import type { Instant } from '../terms/index.ts';
import { filingsOf, formKey, type Dossier } from './dossier.ts';
import type { Held } from './firm.ts';

/** Why something that a gate asks for does not do. */
export type LackReason = 'missing' | 'incomplete' | 'not-searchable' | 'no-board-approval' | 'stale' | 'unmet' | 'not-run' | 'review' | 'match';

/** Something that a gate asks for and does not have. */
export interface Lack {
  readonly what: 'form' | 'document' | 'role' | 'moment' | 'finding' | 'gate' | 'screening';
  readonly name: string;
  readonly why: LackReason;
}

/** How a gate stands. `entry`: the newest entry that it stands on. */
export interface GateStanding {
  readonly gate: string;
  readonly state: 'met' | 'unmet' | 'not-run';
  readonly lacks: readonly Lack[];
  readonly entry: number | undefined;
}

type Gate = Framework['gates'] extends ReadonlyMap<string, readonly (infer G)[]> ? G : never;

/** What a gate is judged on. */
interface Ground {
  readonly framework: Framework;
  readonly held: readonly Held[];
  readonly dossier: Dossier;
  readonly at: Instant;
}

/** How a gate stands at an instant; `undefined` for a gate that is not in force then. */
export function gateStanding(framework: Framework, held: readonly Held[], dossier: Dossier, name: string, at: Instant): GateStanding | undefined {
  const gate = inForce(framework.gates.get(name), at);
  return gate === undefined ? undefined : standingOf({ framework, held, dossier, at }, gate);
}

/** How each of the gates of a step stands. */
export function gatesOf(framework: Framework, held: readonly Held[], dossier: Dossier, gates: readonly string[], at: Instant): GateStanding[] {
  return gates.map((name) => gateStanding(framework, held, dossier, name, at) ?? { gate: name, state: 'unmet', lacks: [{ what: 'gate', name, why: 'missing' }], entry: undefined });
}

function standingOf(ground: Ground, gate: Gate): GateStanding {
  const since = sinceOf(ground.held, gate.stages);
  const own = lacksOf(ground, gate, since);
  const before = (gate.gates ?? []).flatMap((name): Lack[] => {
    const standing = gateStanding(ground.framework, ground.held, ground.dossier, name, ground.at);
    return standing?.state === 'met' ? [] : [{ what: 'gate', name, why: 'unmet' }];
  });
  const lacks = [...own.lacks, ...before];
  return { gate: gate.gate, state: lacks.length === 0 ? 'met' : lacks.some((lack) => lack.why === 'not-run') ? 'not-run' : 'unmet', lacks, entry: own.entry };
}

/** The entry after which something counts for a gate: the one that brought the firm into the gate's stages; for a gate of any stage, into its stage. */
function sinceOf(held: readonly Held[], stages: readonly string[] | undefined): number {
  let since = Number.MAX_SAFE_INTEGER;
  const last = held.at(-1)?.stage;
  for (const one of held.toReversed()) {
    if (stages === undefined ? one.stage !== last : !stages.includes(one.stage)) break;
    since = one.entry;
  }
  return since;
}

function lacksOf(ground: Ground, gate: Gate, since: number): { readonly lacks: Lack[]; readonly entry: number | undefined } {
  switch (gate.shown) {
    case 'filed':
      return filed(ground, gate, since);
    case 'recorded':
      return recorded(ground.dossier, gate.moment ?? '', since);
    case 'found':
      return found(ground, gate, since);
    case 'screened':
      return screened(ground.dossier, gate, since);
  }
}

function filed(ground: Ground, gate: Gate, since: number): { lacks: Lack[]; entry: number | undefined } {
  const { dossier, framework, at } = ground;
  const forms = (gate.forms ?? []).flatMap((name): Lack[] => {
    const filings = filingsOf(dossier, name, since);
    if (filings.length === 0) return [{ what: 'form', name, why: 'missing' }];
    return filings.filter((filing) => filing.body.faults > 0).map((filing) => ({ what: 'form', name: filing.body.about === '' ? name : formKey(name, filing.body.about), why: 'incomplete' }));
  });
  const documents = (gate.documents ?? []).flatMap((name): Lack[] => {
    const last = dossier.documents.get(name)?.at(-1);
    if (last === undefined || last.entry <= since) return [{ what: 'document', name, why: 'missing' }];
    if (!last.body.searchable) return [{ what: 'document', name, why: 'not-searchable' }];
    return inForce(framework.documents.get(name), at)?.boardApproved === true && last.body.board === undefined ? [{ what: 'document', name, why: 'no-board-approval' }] : [];
  });
  return { lacks: [...forms, ...documents], entry: newestFiling(ground, gate, since) };
}

function recorded(dossier: Dossier, moment: string, since: number): { lacks: Lack[]; entry: number | undefined } {
  const entry = dossier.happenings.get(moment)?.findLast((one) => one.entry > since)?.entry;
  return { lacks: entry === undefined ? [{ what: 'moment', name: moment, why: 'missing' }] : [], entry };
}

function found(ground: Ground, gate: Gate, since: number): { lacks: Lack[]; entry: number | undefined } {
  const last = ground.dossier.found.get(gate.gate);
  const named = new Set(gate.forms?.flatMap((form) => filingsOf(ground.dossier, form, since)).flatMap((filing) => filing.body.roles));
  const roles = (gate.roles ?? []).filter((role) => !named.has(role)).map((name): Lack => ({ what: 'role', name, why: 'missing' }));
  const why: LackReason | undefined = last === undefined || last.entry <= since ? 'missing' : last.body.outcome === 'unmet' ? 'unmet' : last.body.seen < newestGround(ground, gate, since) ? 'stale' : undefined;
  return { lacks: why === undefined ? roles : [{ what: 'finding', name: gate.gate, why }, ...roles], entry: last?.entry };
}

/** Every filing of the forms is clear, by a screening that came after it. */
function screened(dossier: Dossier, gate: Gate, since: number): { lacks: Lack[]; entry: number | undefined } {
  const { screened: last } = dossier;
  const filings = (gate.forms ?? []).flatMap((form) => filingsOf(dossier, form, since));
  if (filings.length === 0) return { lacks: [{ what: 'screening', name: gate.gate, why: 'not-run' }], entry: undefined };
  const lacks = filings.flatMap((filing): Lack[] => {
    const { form, about } = filing.body;
    const result = last !== undefined && last.entry > filing.entry ? last.body.results.find((one) => one.form === form && one.about === about)?.result : undefined;
    return result === 'clear' ? [] : [{ what: 'screening', name: about === '' ? form : formKey(form, about), why: result ?? 'not-run' }];
  });
  return { lacks, entry: last?.entry };
}

/** The newest filing that a finding stands on: of the gate's own forms and documents, and of the gates before it. */
function newestGround(ground: Ground, gate: Gate, since: number): number {
  const before = (gate.gates ?? []).map((name) => inForce(ground.framework.gates.get(name), ground.at)).map((one) => (one === undefined ? -1 : newestFiling(ground, one, since)));
  return Math.max(-1, newestFiling(ground, gate, since) ?? -1, ...before.map((entry) => entry ?? -1));
}

function newestFiling({ dossier }: Ground, gate: Gate, since: number): number | undefined {
  const forms = (gate.forms ?? []).flatMap((form) => filingsOf(dossier, form, since)).map((filing) => filing.entry);
  const documents = (gate.documents ?? []).flatMap((name) => dossier.documents.get(name)?.at(-1)?.entry ?? []).filter((entry) => entry > since);
  const all = [...forms, ...documents];
  return all.length === 0 ? undefined : Math.max(...all);
}
