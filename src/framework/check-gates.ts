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
  const asked = askedGates(text);
  const waits = waitsOf(gates);
  const closed = circles(waits);
  for (const [at, one] of gates.entries()) {
    for (const lack of [...lacks(one), ...unfillable(one, text)]) report('gates.yaml', at, 'shown', 'PACK_GATE_UNMEETABLE', `${one.gate}: ${lack}`);
    const circle = closed.get(one.gate);
    if (circle !== undefined) report('gates.yaml', at, 'gates', 'PACK_GATE_UNMEETABLE', `it waits for itself: ${circle}`);
    if (!asked.has(one.gate)) report('gates.yaml', at, 'gate', 'PACK_EVENT_NOWHERE', `no step asks for the gate ${one.gate}`);
  }
  const beforeOf = stagesBefore(text['steps.yaml']);
  for (const [at, step] of text['steps.yaml'].entries()) {
    const before = beforeOf.get(step.from) ?? new Set([step.from]);
    for (const name of withPrerequisites(waits, step.gates ?? [])) {
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

/** Positions that no form of the gate can name, and forms that never reach the authority. */
function unfillable(gate: Gate, text: PackText): string[] {
  const forms = text['forms.yaml'].filter((form) => gate.forms?.includes(form.form) === true);
  const internal = forms.find((form) => form.filedTo === 'internal');
  const namesRoles = forms.some((form) => form.sections.some((section) => section.fields.some((field) => field.type === 'role')));
  return [...(internal === undefined ? [] : [`${internal.form} is kept by the firm and never filed`]), ...(gate.roles !== undefined && !namesRoles ? ['it asks for positions, and no form of it names one'] : [])];
}

function extra(gate: Gate, keys: readonly ('moment' | 'criteria' | 'forms')[]): string[] {
  return keys.filter((key) => gate[key] !== undefined).map((key) => `${gate.shown} does not read ${key}`);
}

/** What each gate waits for. */
type Waits = ReadonlyMap<string, readonly string[]>;

function waitsOf(gates: readonly Gate[]): Waits {
  const waits = new Map<string, string[]>();
  for (const one of gates) waits.set(one.gate, [...(waits.get(one.gate) ?? []), ...(one.gates ?? [])]);
  return waits;
}

/** Names of a circle that are told; the rest of a long one tells nobody more. */
const TOLD_MAX = 10;

/** Gates that wait for themselves, each circle where it closes. */
function circles(waits: Waits): Map<string, string> {
  const found = new Map<string, string>();
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (name: string): void => {
    if (done.has(name)) return;
    path.push(name);
    for (const next of waits.get(name) ?? []) {
      const from = path.indexOf(next);
      if (from < 0) walk(next);
      else if (!found.has(name)) found.set(name, [...path.slice(from).slice(0, TOLD_MAX), next].join(' → '));
    }
    path.pop();
    done.add(name);
  };
  for (const name of waits.keys()) walk(name);
  return found;
}

function withPrerequisites(waits: Waits, asked: readonly string[]): Set<string> {
  const all = new Set(asked);
  for (const name of all) for (const next of waits.get(name) ?? []) all.add(next);
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

function askedGates(text: PackText): Set<string> {
  return new Set([...text['steps.yaml'], ...text['gates.yaml']].flatMap((one) => one.gates ?? []));
}
