/**
 * What a block says, in a sentence: for the clerk who asks what a pack holds, for the page that is generated from
 * it, and for the difference of two versions. A value that is unset is said to be unset; what the house works with
 * meanwhile says that it is that.
 */

import { DAY_US, HOUR_US, MINUTE_US, formatPaisa } from '../terms/index.ts';
import type { Answer, CompiledClock, CompiledPermission, CompiledStep, Framework, Quantity } from './compiled.ts';

type Of<K extends keyof Framework> = Framework[K] extends ReadonlyMap<string, readonly (infer T)[]> ? T : Framework[K] extends ReadonlyMap<string, infer T> ? T : never;

/** A measured value as people read it. */
export function quantityWords(currency: string, one: Quantity): string {
  if (one.value === undefined) return 'unset';
  const note = one.isWorkingDefault ? ' (what the house works with; unset by law)' : '';
  return `${amountWords(currency, one.unit, one.value)}${note}`;
}

function amountWords(currency: string, unit: Quantity['unit'], value: number | string): string {
  if (typeof value === 'string') return value;
  switch (unit) {
    case 'money':
      return moneyWords(currency, value);
    case 'duration':
      return durationWords(value);
    case 'ratio':
      return `${Number((value * 100).toFixed(2))}%`;
    case 'years':
      return `${value} years`;
    case 'count':
    case 'choice':
    case 'text':
      return value.toLocaleString('en');
  }
}

/** Hundredths of a currency, for example PKR 1,000,000.00. */
export function moneyWords(currency: string, minor: number): string {
  return `${currency.replace('iso4217:', '')} ${formatPaisa(minor).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
}

function durationWords(microseconds: number): string {
  if (microseconds % DAY_US === 0) return `${microseconds / DAY_US} d`;
  return microseconds % HOUR_US === 0 ? `${microseconds / HOUR_US} h` : `${microseconds / MINUTE_US} min`;
}

/** That two people decide is not in the instruments that were read. */
const SECOND = 'a second person (rule of the house)';

const list = (words: readonly string[] | undefined): string => (words === undefined || words.length === 0 ? 'none' : words.join(', '));
const where = (stages: readonly string[] | undefined): string => (stages === undefined ? '' : ` In: ${stages.join(', ')}.`);

export function permissionWords(one: CompiledPermission): string {
  if (one.scope === 'listed') return `Open: ${one.services.join(', ')}.`;
  return one.scope === 'granted' ? 'Open: the services that the firm\'s own grant names.' : 'No service is open.';
}

export function stepWords(one: CompiledStep): string {
  const needs = [...(one.gates.length > 0 ? [`gates ${one.gates.join(', ')}`] : []), ...(one.second ? [SECOND] : [])];
  const after = one.after === undefined ? '' : `, after ${one.after}`;
  return `From ${one.fromStage} to ${one.toStage} by ${one.event}${after} (${one.way}). Needs ${needs.length === 0 ? 'nothing more' : needs.join(' and ')}. Reasons are told to the ${one.reasons}.`;
}

export function eventWords(framework: Framework, one: Of<'events'>): string {
  const by = one.by === 'clock' ? `by itself, when ${one.clock ?? ''} runs out` : one.by === 'outside' ? 'from outside' : `by the ${one.by}`;
  if (one.kind === 'moment') return `Happens ${by}. Moves no firm.`;
  const open = [...framework.table].filter(([, answers]) => isOpen(answers.get(one.event))).map(([stage]) => stage);
  return `Happens ${by}. Taken in: ${list(open)}. Refused everywhere else.`;
}

function isOpen(answer: Answer | undefined): boolean {
  return answer?.kind === 'steps';
}

const SHOWN = { filed: 'when these are in and complete', found: 'when an officer finds so, with reasons', recorded: 'when the moment is recorded with its evidence', screened: 'when everyone named is clear' } as const;

export function gateWords(one: Of<'gates'>): string {
  const asks = [
    ...(one.forms === undefined ? [] : [`forms ${list(one.forms)}`]), ...(one.documents === undefined ? [] : [`documents ${list(one.documents)}`]),
    ...(one.roles === undefined ? [] : [`key individuals ${list(one.roles)}`]), ...(one.criteria === undefined ? [] : [`criteria ${list(one.criteria)}`]),
    ...(one.moment === undefined ? [] : [`moment ${one.moment}`]), ...(one.gates === undefined ? [] : [`first the gates ${list(one.gates)}`]),
  ];
  return `Met ${SHOWN[one.shown]}: ${asks.join('; ')}.${where(one.stages)}`;
}

export function limitWords(currency: string, one: Of<'limits'>): string {
  const over = one.window === undefined ? '' : ` within ${one.window}`;
  return `${one.measure} of one ${one.per}${over}, ${one.bound === 'ceiling' ? 'at most' : 'at least'}: ${quantityWords(currency, one)}. In: ${one.stage}.`;
}

export function clockWords(one: CompiledClock): string {
  const length = one.length ?? (one.workingDefault === undefined ? 'unset' : `${one.workingDefault} (what the house works with; unset by law)`);
  const ends = one.ends === 'overdue' ? 'then it is late' : one.ends === 'event' ? `then ${one.event ?? ''} happens by itself` : 'what follows is left open';
  const stops = one.stops.map((stop) => ` Stopped by ${stop.stop} until ${stop.resume} (${stop.status}: ${stop.clause.en}).`).join('');
  return `${length}, from ${one.start}; ${ends}.${stops}`;
}

export function obligationWords(one: Of<'obligations'>): string {
  const through = one.role === undefined ? '' : ` through the ${one.role}`;
  const done = one.form ?? one.event;
  const repeats = one.workingRepeats === undefined ? one.repeats : `${one.workingRepeats} (what the house works with; unset by law)`;
  const threshold = one.threshold === undefined ? '' : ` From ${one.threshold} on.`;
  return `${one.means.en} Owed by the ${one.owedBy}${through} to ${list(one.owedTo)}, ${repeats}; clock ${one.clock}; done by ${one.doneBy}${done === undefined ? '' : ` ${done}`}.${threshold}${where(one.stages)}`;
}

export function formWords(one: Of<'forms'>): string {
  const fields = one.sections.flatMap((section) => section.fields);
  const ours = fields.filter((field) => field.evidence === 'ours').length;
  const asked = [...(one.serves ?? []), ...(one.obligation === undefined ? [] : [one.obligation])];
  return `${one.means.en} ${one.sections.length} sections, ${fields.length} fields, ${ours} of them ours. Asked for by ${list(asked)}. ${one.sectionsNote}${where(one.stages)}`;
}

export function rungWords(currency: string, one: Of<'ladder'>): string {
  const parts = [
    ...(one.capMinor === undefined ? [] : [`at most ${moneyWords(currency, one.capMinor)}`]), one.hearing ? 'after a hearing' : 'without a hearing',
    ...(one.notice === undefined ? [] : [`notice by ${one.notice}`]), one.second ? SECOND : 'one person', ...(one.expires === undefined ? [] : [`ends by ${one.expires}`]),
    ...(one.objection === undefined ? [] : [`objection by ${one.objection}`]), ...(one.answer === undefined ? [] : [`answer by ${one.answer}`]), ...(one.appeal === undefined ? [] : [`appeal by ${one.appeal}`]),
  ];
  return `${one.means.en} Against ${one.against === 'anyone' ? 'anyone' : `a ${one.against}`}${one.event === undefined ? '' : `, by the step ${one.event}`}: ${parts.join(', ')}.`;
}

export function offenceWords(currency: string, one: Of<'offences'>): string {
  const parts = [
    ...(one.imprisonmentYears === undefined ? [] : [`${one.imprisonmentYears} years`]), ...(one.fineMinor === undefined ? [] : [moneyWords(currency, one.fineMinor)]),
    ...(one.profitTimes === undefined ? [] : [`${one.profitTimes} times the profit`]), ...(one.turnoverShare === undefined ? [] : [`${one.turnoverShare * 100}% of turnover`]),
  ];
  return `Of ${one.of === 'anyone' ? 'anyone' : `a ${one.of}`}, at most: ${parts.length === 0 ? 'unset' : parts.join(' or ')}.`;
}

export function holidayWords(one: Framework['holidays'][number]): string {
  return `${one.day ?? `Every ${one.weekday ?? ''}`} (${one.announced}).`;
}
