/**
 * The table of stages and events, and the ways through it. Total: every stage has an answer to every event that
 * moves firms, a step or a refusal that is written down. Every stage is reached, and left unless it says that it
 * is final; every event leads somewhere; steps forward never lead in a circle, because a firm that could advance
 * for ever would never be decided on. Sanction, restoration and end may lead back.
 */

import type { Report } from './fault.ts';
import type { Step } from './form-entry.ts';
import { wordsAt } from './naming.ts';
import type { PackText } from './schema.ts';

/** Reports pairs of stage and event without an answer or with two, dead ends, and circles of forward steps. */
export function tableFaults(text: PackText, report: Report): void {
  const steps = text['steps.yaml'];
  for (const [at, one] of text['events.yaml'].entries()) {
    if (one.kind === 'step') answers(text, at, report);
    else momentFaults(text, at, report);
    if ((one.by === 'clock') !== (one.clock !== undefined)) report('events.yaml', at, 'by', one.by === 'clock' ? 'PACK_KEY_MISSING' : 'PACK_FIELD_INVALID', 'clock stands with `by: clock`, and only then');
  }
  for (const { at, circle } of circles(steps)) report('steps.yaml', at, 'to', 'PACK_CYCLE', circle.join(' → '));
  stageFaults(text, report);
}

function answers(text: PackText, at: number, report: Report): void {
  const event = text['events.yaml'][at];
  if (event === undefined) return;
  const from = new Set(text['steps.yaml'].filter((step) => step.event === event.event).map((step) => step.from));
  const closed = new Set(event.closed);
  if (from.size === 0) report('events.yaml', at, 'event', 'PACK_EVENT_NOWHERE', `no step is taken by ${event.event}`);
  for (const { stage } of text['stages.yaml']) {
    if (from.has(stage) && closed.has(stage)) report('events.yaml', at, 'closed', 'PACK_TABLE_TWICE', `${event.event} in ${stage}`);
    if (!from.has(stage) && !closed.has(stage) && from.size > 0) report('events.yaml', at, 'closed', 'PACK_TABLE_HOLE', `${event.event} in ${stage}`);
  }
}

function momentFaults(text: PackText, at: number, report: Report): void {
  const event = text['events.yaml'][at];
  if (event === undefined) return;
  if (event.closed !== undefined) report('events.yaml', at, 'closed', 'PACK_FIELD_INVALID', 'a moment moves no firm, so no stage refuses it');
  const isUsed = (['clocks.yaml', 'stops.yaml', 'gates.yaml', 'obligations.yaml'] as const).some((file) =>
    text[file].some((block) => ['start', 'event', 'stop', 'resume', 'moment'].some((key) => wordsAt(block, key).includes(event.event))));
  if (!isUsed) report('events.yaml', at, 'event', 'PACK_EVENT_NOWHERE', `no clock, gate or obligation knows ${event.event}`);
}

function stageFaults(text: PackText, report: Report): void {
  const reached = reachable(text);
  if (!text['stages.yaml'].some((one) => one.initial)) report('stages.yaml', undefined, undefined, 'PACK_STAGE_UNREACHABLE', 'no stage is initial');
  for (const [at, one] of text['stages.yaml'].entries()) {
    if (!reached.has(one.stage)) report('stages.yaml', at, 'stage', 'PACK_STAGE_UNREACHABLE', one.stage);
    const isLeft = text['steps.yaml'].some((step) => step.from === one.stage && step.to !== one.stage);
    if (isLeft === one.final) report('stages.yaml', at, 'final', 'PACK_STAGE_DEAD_END', isLeft ? `a step leads out of ${one.stage}, which is final` : `no step leads out of ${one.stage}, which is not final`);
  }
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

/** Stages from which forward steps lead to `stage`, with itself. */
export function stagesBefore(steps: readonly Step[], stage: string): Set<string> {
  const before = new Set([stage]);
  for (const one of before) for (const step of steps) if (step.to === one && step.way === 'forward') before.add(step.from);
  return before;
}
