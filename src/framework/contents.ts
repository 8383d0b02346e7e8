/**
 * Everything that a compiled pack holds, one item a block: what it is called, what it says in a sentence, where it
 * comes from, and whom it concerns. Explaining a pack, comparing two, and the generated page all read this list.
 */

import type { Service } from '../terms/index.ts';
import { FOREVER } from './compile.ts';
import type { Framework, Source } from './compiled.ts';
import { dayAt } from './day.ts';
import type { Worded } from './form-parts.ts';
import { NEEDED_PARAMETERS } from './needed.ts';
import {
  clockWords, eventWords, formWords, gateWords, holidayWords, limitWords, obligationWords, offenceWords, permissionWords, quantityWords, rungWords, stepWords,
} from './words.ts';

/** Kinds of item, in the order in which a pack is read. */
export type ItemKind =
  | 'service' | 'stage' | 'permission' | 'step' | 'event' | 'gate' | 'form' | 'document' | 'role' | 'criterion' | 'condition' | 'limit' | 'obligation' | 'clock'
  | 'holiday' | 'fee' | 'capital' | 'rung' | 'offence' | 'warning' | 'parameter' | 'retention' | 'list';

/** One block of a pack. */
export interface Item {
  readonly kind: ItemKind;
  readonly id: string;
  readonly title: Worded;
  readonly says: string;
  readonly source: Source;
  /** The compiled block. */
  readonly block: object;
  /** Stages whose firms it concerns. */
  readonly stages: readonly string[];
}

const CRITERION_USES = {
  assessment: 'A criterion of assessment for', bar: 'Who falls under it holds no role at an applicant for', revocation: 'A ground to revoke', document: 'What every document must be, of an application for',
} as const;

type Add = (kind: ItemKind, id: string, title: Worded, says: string, source: Source, stages: readonly string[]) => void;

/** Every block of a framework. */
export function itemsOf(framework: Framework): Item[] {
  const items: Item[] = [];
  const add: Add = (kind, id, title, says, source, stages) => void items.push({ kind, id, title, says, source, block: source, stages });
  entryItems(framework, add);
  askedItems(framework, add);
  dutyItems(framework, add);
  figureItems(framework, add);
  return items;
}

function entryItems(framework: Framework, add: Add): void {
  for (const [id, one] of framework.services) {
    const carved = one.carveOut === undefined ? '' : ` Not: ${one.carveOut.en.toLowerCase()}.`;
    add('service', id, one.title, `Number ${one.number}.${carved}`, one, stagesWith(framework, id));
  }
  for (const [id, one] of framework.stages) {
    add('stage', id, one.title, one.means.en, one, [id]);
    for (const permission of one.permissions) add('permission', id, one.title, permissionWords(permission), permission, [id]);
  }
  for (const one of framework.steps) {
    const title = framework.events.get(one.event)?.title ?? { en: one.event, ur: one.event };
    add('step', `${one.fromStage}/${one.event}/${one.toStage}`, title, stepWords(one), one, [one.fromStage]);
  }
  for (const [id, one] of framework.events) add('event', id, one.title, eventWords(framework, one), one, stagesBy(framework, id));
}

function askedItems(framework: Framework, add: Add): void {
  for (const [id, dated] of framework.gates) for (const one of dated) add('gate', id, one.title, gateWords(one), one, stagesAsking(framework, [id]));
  for (const [id, dated] of framework.forms) for (const one of dated) add('form', id, one.title, formWords(one), one, one.stages);
  const asking = (key: 'documents' | 'roles' | 'criteria', id: string): string[] =>
    stagesAsking(framework, [...framework.gates].filter(([, dated]) => dated.some((gate) => gate[key]?.includes(id))).map(([gate]) => gate));
  for (const [id, dated] of framework.documents) for (const one of dated) add('document', id, one.title, `${one.part ? 'A part of the AML framework' : 'An attachment'}${one.boardApproved ? ', approved by the board' : ''}.`, one, asking('documents', id));
  for (const [id, dated] of framework.roles) {
    for (const one of dated) add('role', id, one.title, `Fitness is judged first by the ${one.fitBy}. ${one.needed === 'named' ? 'Named, and asked for by no gate.' : `Needed from the ${one.needed} on.`}${one.combines === undefined ? '' : ` May be one person with: ${one.combines.join(', ')}.`}`, one, asking('roles', id));
  }
  for (const [id, dated] of framework.criteria) for (const one of dated) add('criterion', id, one.title, `${CRITERION_USES[one.use]} a ${one.of}.`, one, asking('criteria', id));
}

function dutyItems(framework: Framework, add: Add): void {
  const { currency } = framework;
  for (const [id, dated] of framework.conditions) for (const one of dated) add('condition', id, one.title, `${one.text.en} Shown by: ${one.judged}. In: ${one.stages.join(', ')}.`, one, one.stages);
  for (const [id, dated] of framework.limits) for (const one of dated) add('limit', id, one.title, limitWords(currency, one), one, [one.stage]);
  for (const [id, dated] of framework.obligations) for (const one of dated) add('obligation', id, one.title, obligationWords(one), one, one.stages ?? []);
  for (const [id, dated] of framework.clocks) for (const one of dated) add('clock', id, one.title, clockWords(one), one, stagesOfClocks(framework, [id]));
  const inWorkingDays = [...framework.clocks].filter(([, dated]) => dated.some((one) => one.span?.kind === 'span' && one.span.unit === 'working-days')).map(([id]) => id);
  for (const one of framework.holidays) add('holiday', one.holiday, one.title, holidayWords(one), one, stagesOfClocks(framework, inWorkingDays));
  for (const [id, dated] of framework.ladder) for (const one of dated) add('rung', id, one.title, rungWords(currency, one), one, one.event === undefined ? every(framework) : stagesBy(framework, one.event));
  for (const [id, dated] of framework.offences) for (const one of dated) add('offence', id, one.title, offenceWords(currency, one), one, every(framework));
  for (const [id, dated] of framework.warnings) for (const one of dated) add('warning', id, one.title, one.means.en, one, []);
}

function figureItems(framework: Framework, add: Add): void {
  const { currency } = framework;
  for (const [id, dated] of framework.fees) {
    for (const one of dated) add('fee', id, one.title, `Due with ${one.event}: ${quantityWords(currency, one)}. ${one.refundable ? 'Refundable.' : 'Not refundable.'}`, one, stagesBy(framework, one.event));
  }
  for (const [id, dated] of framework.capital) for (const one of dated) add('capital', id, one.title, `${quantityWords(currency, one)}.`, one, licences(framework));
  for (const [id, dated] of framework.parameters) {
    for (const one of dated) add('parameter', id, one.title, `${quantityWords(currency, one)}. ${usedWords(id, one.use)}`, one, stagesOfParameter(framework, id));
  }
  for (const [id, dated] of framework.retention) for (const one of dated) add('retention', id, one.title, `${quantityWords(currency, one)}.`, one, every(framework));
  for (const [id, dated] of framework.lists) for (const one of dated) add('list', id, one.title, `${one.publisher}. Force: ${one.force}.`, one, every(framework));
}

function usedWords(id: string, use: string): string {
  return use === 'shown' ? 'Shown only.' : `Used for ${use}; without it off: ${NEEDED_PARAMETERS[id]?.off ?? ''}.`;
}

function every(framework: Framework): string[] {
  return [...framework.stages.keys()];
}

function licences(framework: Framework): string[] {
  return [...framework.stages.values()].filter((one) => one.isLicence).map((one) => one.stage);
}

function stagesWith(framework: Framework, service: Service): string[] {
  return [...framework.stages.values()].filter((one) => one.permissions.some((law) => law.scope === 'granted' || law.services.includes(service))).map((one) => one.stage);
}

function stagesBy(framework: Framework, event: string): string[] {
  return every(framework).filter((stage) => framework.steps.some((step) => step.fromStage === stage && step.event === event));
}

/** Stages from which a step asks for one of the gates, also through another gate. */
function stagesAsking(framework: Framework, gates: readonly string[]): string[] {
  const wanted = new Set(gates);
  for (const name of wanted) for (const [id, dated] of framework.gates) if (dated.some((one) => one.gates?.includes(name))) wanted.add(id);
  return every(framework).filter((stage) => framework.steps.some((step) => step.fromStage === stage && step.gates.some((gate) => wanted.has(gate))));
}

function stagesOfClocks(framework: Framework, clocks: readonly string[]): string[] {
  const owed = [...framework.obligations.values()].flat().filter((one) => clocks.includes(one.clock)).flatMap((one) => one.stages ?? []);
  const moved = [...framework.events.values()].filter((one) => one.clock !== undefined && clocks.includes(one.clock)).flatMap((one) => stagesBy(framework, one.event));
  const started = [...framework.clocks.values()].flat().filter((one) => clocks.includes(one.clock)).flatMap((one) => framework.steps.filter((step) => step.event === one.start).map((step) => step.toStage));
  const found = new Set([...owed, ...moved, ...started]);
  return every(framework).filter((stage) => found.has(stage));
}

function stagesOfParameter(framework: Framework, parameter: string): string[] {
  const owed = [...framework.obligations.values()].flat().filter((one) => one.threshold === parameter).flatMap((one) => one.stages ?? []);
  return owed.length === 0 ? every(framework) : every(framework).filter((stage) => owed.includes(stage));
}

/** Services that firms in these stages may offer by some law of the pack. */
export function servicesOf(framework: Framework, stages: readonly string[]): Service[] {
  const laws = stages.flatMap((stage) => framework.stages.get(stage)?.permissions ?? []);
  return [...framework.services.keys()].filter((service) => laws.some((law) => law.scope === 'granted' || law.services.includes(service)));
}

/** The days from and to which an item is in force, as a pack writes them. */
export function daysOf(framework: Framework, source: Pick<Source, 'from' | 'to'>): { readonly from: string; readonly to: string | undefined } {
  const written = (instant: Source['from']): string => new Date(dayAt(instant, framework.zone) * 86_400_000).toISOString().slice(0, 10);
  return { from: written(source.from), to: source.to === FOREVER ? undefined : written(source.to) };
}
