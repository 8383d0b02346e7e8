/**
 * Where a firm stands, in the words of its framework, for every screen that shows a firm: the stage and since
 * when, the way that it came and that lies ahead, each service open or not with its clause, the flags that concern
 * it. Computed from the fold and the pack; nothing is restated here, and an NOC is never called a licence.
 */

import { inForce, stageAllows, type CompiledStage, type Framework, type Source } from '../framework/index.ts';
import type { Instant, Service } from '../terms/index.ts';
import type { Firm, Held } from './firm.ts';

/** A stage on the firm's way. */
export interface WayPoint {
  readonly stage: CompiledStage;
  readonly state: 'done' | 'now' | 'later';
  readonly since: Instant | undefined;
}

/** Where a firm stands at an instant. */
export interface Standing {
  readonly stage: CompiledStage | undefined;
  readonly since: Instant | undefined;
  readonly way: readonly WayPoint[];
  readonly services: readonly { readonly service: Service; readonly title: { readonly en: string; readonly ur: string }; readonly open: boolean; readonly source: Source | undefined }[];
  readonly flags: Framework['flags'];
}

/** Stages ahead that are shown at most; a way forward has no circle, so it ends. */
const AHEAD_MAX = 8;
/** Stages behind that are shown at most, newest ones. */
const BEHIND_MAX = 11;

/** The firm's standing at the instant. */
export function standingOf(framework: Framework, firm: Firm, at: Instant): Standing {
  const held = firm.held.filter((one) => one.from <= at);
  const now = held.at(-1);
  const stage = now === undefined ? undefined : framework.stages.get(now.stage);
  return {
    stage, since: now?.from, way: wayOf(framework, held, at),
    services: [...framework.services].map(([service, { title }]) => ({
      service, title, open: now !== undefined && stageAllows(framework, now.stage, service, at, now.services), source: inForce(stage?.permissions, at),
    })),
    flags: framework.flags.filter((flag) => flag.stages === undefined || (now !== undefined && flag.stages.includes(now.stage))),
  };
}

function wayOf(framework: Framework, held: readonly Held[], at: Instant): WayPoint[] {
  const now = held.at(-1);
  if (now === undefined) return [];
  const behind = held.slice(0, -1).filter((one, i) => one.stage !== held[i + 1]?.stage).slice(-BEHIND_MAX);
  const point = (name: string, state: WayPoint['state'], since: Instant | undefined): WayPoint[] => {
    const stage = framework.stages.get(name);
    return stage === undefined ? [] : [{ stage, state, since }];
  };
  return [
    ...behind.flatMap((one) => point(one.stage, 'done', one.from)),
    ...point(now.stage, 'now', now.from),
    ...ahead(framework, now.stage, at).flatMap((name) => point(name, 'later', undefined)),
  ];
}

/** From a stage on, the first step forward that the pack names at each. */
function ahead(framework: Framework, from: string, at: Instant): string[] {
  const names: string[] = [];
  for (let stage = from; names.length < AHEAD_MAX;) {
    const step = framework.steps.find((one) => one.fromStage === stage && one.way === 'forward' && one.from <= at && at < one.to);
    if (step === undefined) break;
    names.push(step.toStage);
    stage = step.toStage;
  }
  return names;
}
