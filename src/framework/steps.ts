/**
 * Steps between stages: every stage is reached, and steps forward never lead in a circle, because a firm that
 * could advance for ever would never be decided on. Sanction, restoration and end may lead back.
 */

import type { Report } from './fault.ts';
import type { PackText, Step } from './schema.ts';

/** Reports circles of forward steps, at the step that closes each, and stages that nothing leads to. */
export function stepFaults(text: PackText, report: Report): void {
  const steps = text['steps.yaml'];
  for (const { at, circle } of circles(steps)) report('steps.yaml', at, 'to', 'PACK_CYCLE', circle.join(' → '));
  const reached = reachable(text);
  for (const [at, one] of text['stages.yaml'].entries()) if (!reached.has(one.stage)) report('stages.yaml', at, 'stage', 'PACK_STAGE_UNREACHABLE', one.stage);
}

/** Depth-first with the path in hand: a forward step onto the path closes a circle. */
function circles(steps: readonly Step[]): { at: number; circle: string[] }[] {
  const found: { at: number; circle: string[] }[] = [];
  const done = new Set<string>();
  const walk = (stage: string, path: readonly string[]): void => {
    if (done.has(stage)) return;
    for (const [at, step] of steps.entries()) {
      if (step.from !== stage || step.way !== 'forward') continue;
      const from = path.indexOf(step.to);
      if (from >= 0) found.push({ at, circle: [...path.slice(from), step.to] });
      else walk(step.to, [...path, step.to]);
    }
    done.add(stage);
  };
  for (const { from } of steps) walk(from, [from]);
  return found;
}

function reachable(text: PackText): Set<string> {
  const reached = new Set(text['stages.yaml'].filter((one) => one.initial).map((one) => one.stage));
  // A set that grows while it is walked is walked to its end.
  for (const stage of reached) for (const step of text['steps.yaml']) if (step.from === stage) reached.add(step.to);
  return reached;
}
