/**
 * The table of stages and events, and the ways through it. Total: every stage has an answer to every event that
 * moves firms, a step or a refusal that is written down. Every stage is reached, and left unless it says that it
 * is final; every event leads somewhere; steps forward never lead in a circle, because a firm that could advance
 * for ever would never be decided on. Sanction, restoration and end may lead back.
 */

import type { Report } from './fault.ts';
import type { Event, Step } from './form-entry.ts';
import { wordsAt } from './naming.ts';
import type { PackText } from './schema.ts';

/** Reports pairs of stage and event without an answer or with two, dead ends, and circles of forward steps. */
export function tableFaults(text: PackText, report: Report): void {
  const steps = text['steps.yaml'];
  const known = knownEvents(text);
  for (const [at, one] of text['events.yaml'].entries()) {
    if (one.kind === 'step') answers(text, at, report);
    else momentFaults(one, at, known, report);
    if ((one.by === 'clock') !== (one.clock !== undefined)) report('events.yaml', at, 'by', one.by === 'clock' ? 'PACK_KEY_MISSING' : 'PACK_FIELD_INVALID', 'clock stands with `by: clock`, and only then');
  }
  for (const at of steps.keys()) for (const wrong of wrongWay(text, at)) report('steps.yaml', at, 'way', 'PACK_WAY_WRONG', wrong);
  for (const { at, circle } of circles(steps)) report('steps.yaml', at, 'to', 'PACK_CYCLE', circle.join(' → '));
  stageFaults(text, report);
}

/** In what a step does not go the way that it says, so that no circle hides behind another word than forward. */
function wrongWay(text: PackText, at: number): string[] {
  const step = text['steps.yaml'][at];
  if (step === undefined) return [];
  const to = text['stages.yaml'].find((one) => one.stage === step.to);
  const event = text['events.yaml'].find((one) => one.event === step.event);
  const wrong: string[] = [];
  if (step.way === 'vary' && step.from !== step.to) wrong.push(`vary stays in a stage, and this leads from ${step.from} to ${step.to}`);
  const isUndone = text['steps.yaml'].some((one) => one.way === 'sanction' && one.from === step.to && one.to === step.from);
  if (step.way === 'restore' && !isUndone) wrong.push(`restore undoes a sanction, and none leads from ${step.to} to ${step.from}`);
  if (step.way === 'sanction' && to !== undefined && to.standing !== 'suspended' && to.standing !== 'revoked') wrong.push(`sanction leads to a suspended or revoked stage, and ${step.to} is neither`);
  if (step.way === 'end' && to !== undefined && !to.initial && !to.final && to.standing !== 'revoked') wrong.push(`end leads to where firms begin or finish, and ${step.to} is neither`);
  if (event?.by !== 'clock') return wrong;
  if (step.way === 'forward' || step.way === 'sanction') wrong.push('nobody is approved or punished by a clock');
  if (step.second || step.gates !== undefined) wrong.push('what happens by itself waits for no person and no gate');
  return wrong;
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

function momentFaults(event: Event, at: number, known: ReadonlySet<string>, report: Report): void {
  if (event.closed !== undefined) report('events.yaml', at, 'closed', 'PACK_FIELD_INVALID', 'a moment moves no firm, so no stage refuses it');
  if (!known.has(event.event)) report('events.yaml', at, 'event', 'PACK_EVENT_NOWHERE', `no clock, gate or obligation knows ${event.event}`);
}

/** Events that a clock, a stop, a gate or an obligation names. */
function knownEvents(text: PackText): Set<string> {
  const blocks: object[] = [...text['clocks.yaml'], ...text['stops.yaml'], ...text['gates.yaml'], ...text['obligations.yaml']];
  return new Set(blocks.flatMap((block) => ['start', 'event', 'answered', 'stop', 'resume', 'moment'].flatMap((key) => wordsAt(block, key))));
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
  const forward = Map.groupBy([...steps.entries()].filter(([, step]) => step.way === 'forward'), ([, step]) => step.from);
  const walk = (stage: string, path: readonly string[]): void => {
    if (done.has(stage)) return;
    for (const [at, step] of forward.get(stage) ?? []) {
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
  const leaving = Map.groupBy(text['steps.yaml'], (step) => step.from);
  for (const stage of reached) for (const step of leaving.get(stage) ?? []) reached.add(step.to);
  return reached;
}

/** For each stage that a step leaves: the stages from which forward steps lead to it, with itself. */
export function stagesBefore(steps: readonly Step[]): Map<string, ReadonlySet<string>> {
  const into = Map.groupBy(steps.filter((step) => step.way === 'forward'), (step) => step.to);
  return new Map([...new Set(steps.map((step) => step.from))].map((stage) => {
    const before = new Set([stage]);
    for (const one of before) for (const step of into.get(one) ?? []) before.add(step.from);
    return [stage, before];
  }));
}
