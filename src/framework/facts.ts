/**
 * What a block of a pack says, as a page shows it in two languages: a line that can stand in a table, and the
 * facts behind it, each with a label. Names of other blocks are told by their titles. What binds and what only
 * reminds is told apart; nothing that is unset gets a number without being called unset.
 */

import type { CompiledClock, CompiledStep, Framework, Quantity, Source } from './compiled.ts';
import { UNSET, joined, lengthWords, meanwhile, measuredWords, moneyIn, wordOf } from './fact-words.ts';
import type { Worded } from './form-parts.ts';
import { NEEDED_PARAMETERS } from './needed.ts';

/** One fact of a block. */
export interface Fact {
  readonly label: Worded;
  readonly value: Worded;
}

/** What a block says. `binds`: only of a duty; both it and its time are law. */
export interface Told {
  readonly line: Worded;
  readonly facts: readonly Fact[];
  readonly binds?: boolean;
}

type Of<K extends keyof Framework> = Framework[K] extends ReadonlyMap<string, readonly (infer T)[]> ? T : Framework[K] extends ReadonlyMap<string, infer T> ? T : never;
type Titled = 'stages' | 'events' | 'gates' | 'forms' | 'documents' | 'roles' | 'criteria' | 'clocks' | 'parameters' | 'services';

const NOTHING: Worded = { en: '', ur: '' };

/** What each block of the framework says, by the block itself. Blocks that are told by their title alone are not in it. */
export function toldOf(framework: Framework): ReadonlyMap<object, Told> {
  const told = new Map<object, Told>();
  const put = (block: object, line: Worded, facts: readonly Fact[], binds?: boolean): void => void told.set(block, binds === undefined ? { line, facts } : { line, facts, binds });
  const each = <T extends object>(dated: ReadonlyMap<string, readonly T[]>, tell: (one: T) => void): void => { for (const list of dated.values()) list.forEach(tell); };
  for (const one of framework.services.values()) put(one, one.carveOut ?? NOTHING, [fact('number', same(String(one.number))), ...some('not', one.carveOut)]);
  for (const one of framework.stages.values()) put(one, one.means, stageFacts(framework, one));
  for (const one of framework.steps) put(one, stepLine(framework, one), stepFacts(framework, one));
  each(framework.gates, (one) => put(one, wordOf('shown', one.shown), gateFacts(framework, one)));
  each(framework.conditions, (one) => put(one, one.text, [fact('shown', wordOf('judged', one.judged)), fact('stages', named(framework, 'stages', one.stages))]));
  each(framework.limits, (one) => put(one, measured(framework, one), limitFacts(framework, one)));
  each(framework.obligations, (one) => dutyTold(framework, one, put));
  each(framework.clocks, (one) => put(one, lengthWords(one.span, one.isWorkingDefault), clockFacts(framework, one)));
  each(framework.fees, (one) => put(one, measured(framework, one), [fact('due', named(framework, 'events', [one.event])), fact('refund', yesNo('refund', one.refundable))]));
  each(framework.capital, (one) => put(one, measured(framework, one), one.service === undefined ? [] : [fact('service', named(framework, 'services', [one.service]))]));
  each(framework.ladder, (one) => put(one, one.means, rungFacts(framework, one)));
  each(framework.offences, (one) => put(one, wordOf('against', one.of), offenceFacts(framework, one)));
  each(framework.warnings, (one) => put(one, one.means, []));
  each(framework.parameters, (one) => put(one, measured(framework, one), parameterFacts(one)));
  each(framework.retention, (one) => put(one, measured(framework, one), []));
  each(framework.lists, (one) => put(one, wordOf('force', one.force), [fact('publisher', same(one.publisher))]));
  return told;
}

const same = (text: string): Worded => ({ en: text, ur: text });
const fact = (label: string, value: Worded): Fact => ({ label: wordOf('label', label), value });
const some = (label: string, value: Worded | undefined): Fact[] => (value === undefined ? [] : [fact(label, value)]);
const yesNo = (table: string, is: boolean): Worded => wordOf(table, is ? 'yes' : 'no');
const measured = (framework: Framework, one: Quantity): Worded => measuredWords(framework.currency, one);
const money = (framework: Framework, minor: number | undefined): Worded | undefined => (minor === undefined ? undefined : moneyIn(framework.currency, minor));

function sourceWords(one: Source): Worded {
  const status = wordOf('status', one.status);
  return { en: `${one.clause.en} (${status.en})`, ur: `${one.clause.ur} (${status.ur})` };
}

/** Blocks by their titles. */
function named(framework: Framework, kind: Titled, names: readonly string[]): Worded {
  return joined(names.map((name) => titleOf(framework, kind, name)));
}

function titleOf(framework: Framework, kind: Titled, name: string): Worded {
  const blocks: ReadonlyMap<string, { readonly title: Worded } | readonly { readonly title: Worded }[]> = framework[kind];
  const found = blocks.get(name);
  if (found === undefined) return same(name);
  return 'title' in found ? found.title : found.at(-1)?.title ?? same(name);
}

const someNamed = (framework: Framework, label: string, kind: Titled, names: readonly string[] | undefined): Fact[] =>
  (names === undefined || names.length === 0 ? [] : [fact(label, named(framework, kind, names))]);

function stageFacts(framework: Framework, stage: Of<'stages'>): Fact[] {
  const allows = stage.permissions.map((law): Fact => {
    const what = law.scope === 'listed' ? named(framework, 'services', law.services) : wordOf('scope', law.scope);
    return fact('allows', joined([what, sourceWords(law)], { en: ' — ', ur: ' — ' }));
  });
  return [...allows, fact('standing', wordOf('standing', stage.standing))];
}

function stepLine(framework: Framework, step: CompiledStep): Worded {
  const [from, to] = [titleOf(framework, 'stages', step.fromStage), titleOf(framework, 'stages', step.toStage)];
  return { en: `${from.en} → ${to.en}`, ur: `${from.ur} ← ${to.ur}` };
}

function stepFacts(framework: Framework, step: CompiledStep): Fact[] {
  const by = framework.events.get(step.event)?.by;
  return [
    fact('way', wordOf('way', step.way)), ...(by === undefined ? [] : [fact('by', wordOf('by', by))]), ...someNamed(framework, 'after', 'events', step.after === undefined ? [] : [step.after]),
    ...someNamed(framework, 'gates', 'gates', step.gates), fact('approval', yesNo('second', step.second)), fact('reasons', wordOf('told', step.reasons)),
  ];
}

function gateFacts(framework: Framework, gate: Of<'gates'>): Fact[] {
  return [
    ...someNamed(framework, 'forms', 'forms', gate.forms), ...someNamed(framework, 'documents', 'documents', gate.documents), ...someNamed(framework, 'roles', 'roles', gate.roles),
    ...someNamed(framework, 'criteria', 'criteria', gate.criteria), ...someNamed(framework, 'moment', 'events', gate.moment === undefined ? [] : [gate.moment]),
    ...someNamed(framework, 'before', 'gates', gate.gates), ...someNamed(framework, 'stages', 'stages', gate.stages),
  ];
}

function limitFacts(framework: Framework, limit: Of<'limits'>): Fact[] {
  const what = joined([wordOf('measure', limit.measure), wordOf('per', limit.per), wordOf('bound', limit.bound)]);
  return [fact('measure', what), ...(limit.window === undefined ? [] : [fact('window', same(limit.window))]), fact('stages', named(framework, 'stages', [limit.stage]))];
}

function dutyTold(framework: Framework, duty: Of<'obligations'>, put: (block: object, line: Worded, facts: readonly Fact[], binds: boolean) => void): void {
  const clock = framework.clocks.get(duty.clock)?.findLast((one) => one.from < duty.to && duty.from < one.to);
  const done = duty.form !== undefined ? named(framework, 'forms', [duty.form]) : duty.event !== undefined ? named(framework, 'events', [duty.event]) : undefined;
  const rhythm = duty.workingRepeats === undefined ? wordOf('rhythm', duty.repeats) : meanwhile(wordOf('rhythm', duty.workingRepeats));
  put(duty, duty.means, [
    fact('owedBy', wordOf('owedBy', duty.owedBy)), ...someNamed(framework, 'role', 'roles', duty.role === undefined ? [] : [duty.role]),
    fact('owedTo', joined(duty.owedTo.map((one) => wordOf('owedTo', one)))),
    fact('time', clock === undefined ? UNSET : joined([lengthWords(clock.span, clock.isWorkingDefault), clock.title], { en: ' — ', ur: ' — ' })),
    ...(clock === undefined ? [] : [fact('timeSource', sourceWords(clock))]), fact('rhythm', rhythm),
    fact('done', joined([wordOf('doneBy', duty.doneBy), ...(done === undefined ? [] : [done])], { en: ': ', ur: ': ' })),
    ...someNamed(framework, 'threshold', 'parameters', duty.threshold === undefined ? [] : [duty.threshold]), ...someNamed(framework, 'stages', 'stages', duty.stages),
  ], duty.status === 'prescribed' && duty.repeats !== 'unset' && clock?.status === 'prescribed');
}

function clockFacts(framework: Framework, clock: CompiledClock): Fact[] {
  const then = joined([wordOf('ends', clock.ends), ...(clock.event === undefined ? [] : [titleOf(framework, 'events', clock.event)])], { en: ': ', ur: ': ' });
  return [
    fact('start', titleOf(framework, 'events', clock.start)), fact('ends', then), ...someNamed(framework, 'answered', 'events', clock.answered),
    ...clock.stops.map((stop) => fact('stop', joined([titleOf(framework, 'events', stop.stop), titleOf(framework, 'events', stop.resume), sourceWords(stop)], { en: ' — ', ur: ' — ' }))),
  ];
}

function rungFacts(framework: Framework, rung: Of<'ladder'>): Fact[] {
  const clock = (label: string, name: string | undefined): Fact[] => {
    const found = name === undefined ? undefined : framework.clocks.get(name)?.at(-1);
    return found === undefined ? [] : [fact(label, joined([lengthWords(found.span, found.isWorkingDefault), sourceWords(found)], { en: ' — ', ur: ' — ' }))];
  };
  return [
    fact('against', wordOf('against', rung.against)), ...someNamed(framework, 'event', 'events', rung.event === undefined ? [] : [rung.event]), ...some('cap', money(framework, rung.capMinor)),
    fact('hearing', yesNo('hearing', rung.hearing)), fact('approval', yesNo('second', rung.second)), ...clock('notice', rung.notice), ...clock('expires', rung.expires),
    ...clock('objection', rung.objection), ...clock('answer', rung.answer), ...clock('appeal', rung.appeal),
  ];
}

function offenceFacts(framework: Framework, one: Of<'offences'>): Fact[] {
  return [
    ...(one.imprisonmentYears === undefined ? [] : [fact('prison', lengthWords({ kind: 'span', count: one.imprisonmentYears, unit: 'years' }, false))]), ...some('fine', money(framework, one.fineMinor)),
    ...(one.profitTimes === undefined ? [] : [fact('profit', same(`${one.profitTimes}×`))]), ...(one.turnoverShare === undefined ? [] : [fact('turnover', same(`${one.turnoverShare * 100}%`))]),
  ];
}

function parameterFacts(one: Of<'parameters'>): Fact[] {
  const off = NEEDED_PARAMETERS[one.name]?.off;
  return [fact('use', wordOf('use', one.use)), ...(one.value === undefined && off !== undefined ? [fact('off', same(off))] : [])];
}
