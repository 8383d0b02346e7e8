import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { calendarOf } from '../framework/index.ts';
import { pakistan } from '../framework/testing.ts';
import { DAY_US, instantOf, parseInstant, type Instant } from '../terms/index.ts';
import { clocksOf } from './clocks.ts';
import { foldDossier, type Said } from './dossier.ts';

const framework = pakistan();
const calendar = calendarOf(framework);
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const days = (count: number): Instant => instantOf(NOW + count * DAY_US);

const head = (entry: number, day: number) => ({ entry, at: days(day), actor: 'a', second: undefined, basis: '' });
const moment = (entry: number, event: string, day: number): Said => ({ kind: 'moment-recorded', ...head(entry, day), body: { firm: 'sandhill', event, at: days(day), note: 'x', evidence: [] } });
const step = (entry: number, event: string, to: string, day: number): Said => ({ kind: 'stage-changed', ...head(entry, day), body: { firm: 'sandhill', event, from: null, to, effectiveFrom: days(day), reasons: 'x', evidence: [] } });
const filing = (entry: number, form: string, day: number, faults = 0): Said => ({ kind: 'form-filed', ...head(entry, day), body: { firm: 'sandhill', form, about: '', n: 1, answers: 'h', faults, roles: [] } });
const act = (entry: number, kind: 'obligation-discharged' | 'obligation-waived', obligation: string, occurrence: string): Said => (kind === 'obligation-waived'
  ? { kind, ...head(entry, -1), body: { firm: 'sandhill', obligation, occurrence, reason: 'x' } } : { kind, ...head(entry, -1), body: { firm: 'sandhill', obligation, occurrence, note: 'x', evidence: [] } });

/** How a clock of such a dossier stands: state, the entry that started it, the one that answered it. */
function standing(name: string, ...said: Said[]): readonly [string | undefined, number | undefined, number | undefined] {
  const one = clocksOf(framework, calendar, foldDossier('sandhill', said), NOW).find(({ clock }) => clock.clock === name);
  return [one?.state, one?.entry, one?.answer?.entry];
}

test('a decision answers the clock of the decision, however long ago that was', () => {
  const assessed = [step(1, 'apply-noc', 'e2-noc-application', -300), moment(2, 'assessment-complete', -200)];
  deepStrictEqual(standing('noc.decision', ...assessed), ['ran-out', 2, undefined]);
  deepStrictEqual(standing('noc.completeness', ...assessed), ['answered', 1, 2]);
  deepStrictEqual(standing('noc.decision', ...assessed, step(3, 'grant-noc', 'e3-noc-granted', -190)), ['answered', 2, 3]);
  deepStrictEqual(standing('noc.decision', ...assessed, step(3, 'refuse', 'e0-unauthorised', -190), step(4, 'apply-noc', 'e2-noc-application', -20), moment(5, 'assessment-complete', -10)), ['runs', 5, undefined], 'the next application has a clock of its own');
  deepStrictEqual(standing('noc.decision', step(1, 'grant-noc', 'e3-noc-granted', -190), moment(2, 'assessment-complete', -100)), ['ran-out', 2, undefined], 'what came before answers nothing');
});

test('what ticks an obligation off answers its clock: an event, a whole form, an act; and each its own start', () => {
  const two = [moment(1, 'query-sent', -30), moment(2, 'query-sent', -3)];
  deepStrictEqual(standing('query.answer', ...two)[1], 1, 'the oldest question is the first to be late');
  deepStrictEqual(standing('query.answer', ...two, moment(3, 'query-answered', -2)).slice(1), [2, undefined]);
  deepStrictEqual(standing('query.answer', ...two, moment(3, 'query-answered', -2), moment(4, 'query-answered', -1)), ['answered', 2, 4]);
  const changed = moment(1, 'key-individual-change', -50);
  strictEqual(standing('key-individual-change', changed, filing(2, 'a8', -40, 3))[2], undefined, 'a form that lacks something');
  deepStrictEqual(standing('key-individual-change', changed, filing(2, 'a8', -40)), ['answered', 1, 2]);
  const demanded = moment(1, 'information-demanded', -50);
  for (const kind of ['obligation-discharged', 'obligation-waived'] as const) deepStrictEqual(standing('information', demanded, act(2, kind, 'information-answer', '#1')), ['answered', 1, 2]);
  strictEqual(standing('information', demanded, act(2, 'obligation-waived', 'information-answer', '#7'))[2], undefined, 'another demand');
});

test('an emergency freeze that is over runs no more, and an appeal that nobody filed stays open', () => {
  const frozen = step(1, 'freeze', 'q-suspended', -40);
  deepStrictEqual(standing('s60-freeze', frozen)[0], 'ran-out');
  deepStrictEqual(standing('s60-freeze', frozen, step(2, 'freeze-expired', 'l2-licensed', -10)), ['answered', 1, 2]);
  deepStrictEqual(standing('s60-freeze', frozen, step(2, 'reinstate', 'l2-licensed', -30), step(3, 'freeze', 'q-suspended', -5)), ['runs', 3, undefined]);
  deepStrictEqual(standing('appeal.tribunal', moment(1, 'order-communicated', -90), moment(2, 'order-communicated', -5)).slice(0, 2), ['runs', 2]);
  deepStrictEqual(standing('appeal.tribunal', moment(1, 'order-communicated', -20), moment(2, 'appeal-filed', -5)), ['answered', 1, 2]);
});
