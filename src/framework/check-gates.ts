/**
 * Gates that can be met. A gate is part of a decision only if a firm can get through it: something shows that it is
 * met, what it asks for can be had in the stage that the step leaves or on the way there, and it does not wait for
 * itself. A gate that can never be met would close a stage for ever, without anyone having decided so.
 */

import { stagesBefore } from './check-table.ts';
import type { Report } from './fault.ts';
import type { Gate } from './form-entry.ts';
import type { PackText } from './schema.ts';

/** Reports gates that can never be met, at the gate, or at the step that asks for one too early. */
export function gateFaults(text: PackText, report: Report): void {
  const gates = text['gates.yaml'];
  for (const [at, one] of gates.entries()) {
    for (const lack of lacks(one)) report('gates.yaml', at, 'shown', 'PACK_GATE_UNMEETABLE', `${one.gate}: ${lack}`);
    const circle = circleFrom(gates, one.gate);
    if (circle !== undefined) report('gates.yaml', at, 'gates', 'PACK_GATE_UNMEETABLE', `it waits for itself: ${circle.join(' → ')}`);
    if (!isAsked(text, one.gate)) report('gates.yaml', at, 'gate', 'PACK_EVENT_NOWHERE', `no step asks for the gate ${one.gate}`);
  }
  for (const [at, step] of text['steps.yaml'].entries()) {
    const before = stagesBefore(text['steps.yaml'], step.from);
    for (const name of withPrerequisites(gates, step.gates ?? [])) {
      const late = tooLate(text, name, before);
      if (late !== undefined) report('steps.yaml', at, 'gates', 'PACK_GATE_UNMEETABLE', `${name}, for the step from ${step.from} by ${step.event}: ${late}`);
    }
  }
}

/** What a gate lacks to ever be shown as met, and keys that its way of being shown does not read. */
function lacks(gate: Gate): string[] {
  switch (gate.shown) {
    case 'filed':
      return gate.forms === undefined && gate.documents === undefined ? ['filed, and neither form nor document is asked for'] : extra(gate, ['moment', 'criteria']);
    case 'recorded':
      return gate.moment === undefined ? ['recorded, and no moment is named'] : extra(gate, ['forms', 'criteria']);
    case 'screened':
      return gate.forms === undefined ? ['screened, and no form names anyone'] : extra(gate, ['moment', 'criteria']);
    case 'found':
      return gate.criteria === undefined ? ['found by an officer, and no criterion is named'] : extra(gate, ['moment']);
  }
}

function extra(gate: Gate, keys: readonly ('moment' | 'criteria' | 'forms')[]): string[] {
  return keys.filter((key) => gate[key] !== undefined).map((key) => `${gate.shown} does not read ${key}`);
}

function circleFrom(gates: readonly Gate[], start: string): string[] | undefined {
  const walk = (name: string, path: readonly string[]): string[] | undefined => {
    for (const next of gates.filter((one) => one.gate === name).flatMap((one) => one.gates ?? [])) {
      if (next === start) return [...path, next];
      // A circle further on is reported where it begins.
      if (path.includes(next)) continue;
      const found = walk(next, [...path, next]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(start, [start]);
}

function withPrerequisites(gates: readonly Gate[], asked: readonly string[]): Set<string> {
  const all = new Set(asked);
  for (const name of all) for (const one of gates) if (one.gate === name) for (const next of one.gates ?? []) all.add(next);
  return all;
}

/** Why nothing that the gate asks for can be had on the way to a step; `undefined` when it can. */
function tooLate(text: PackText, name: string, before: ReadonlySet<string>): string | undefined {
  const gate = text['gates.yaml'].find((one) => one.gate === name);
  if (gate === undefined) return undefined;
  if (gate.stages !== undefined && !gate.stages.some((stage) => before.has(stage))) return `it is met in ${gate.stages.join(', ')}, which no forward step leads from`;
  const form = (gate.forms ?? []).find((asked) => {
    const stages = text['forms.yaml'].filter((one) => one.form === asked).flatMap((one) => one.stages);
    return stages.length > 0 && !stages.some((stage) => before.has(stage));
  });
  return form === undefined ? undefined : `the form ${form} cannot be filed by then`;
}

function isAsked(text: PackText, gate: string): boolean {
  return text['steps.yaml'].some((step) => step.gates?.includes(gate)) || text['gates.yaml'].some((one) => one.gates?.includes(gate));
}
