import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { calendarOf } from '../framework/index.ts';
import { pakistan } from '../framework/testing.ts';
import { foldDossier, type Dossier, type Firm, type Said } from '../licensing/index.ts';
import { DAY_US, instantOf, parseInstant, type Instant } from '../terms/index.ts';
import { dueList, dutiesOf, occurrencesOf, type Act } from './due.ts';

const framework = pakistan();
const calendar = calendarOf(framework);
const duties = dutiesOf(framework);
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);

const days = (count: number): Instant => instantOf(NOW + count * DAY_US);
const firmIn = (...held: (readonly [string, number])[]): Firm => ({
  firm: 'sandhill', number: 7, code: 'SDX', name: 'Sandhill', nameUr: undefined, synthetic: true, facts: [], registeredAt: days(-900), entry: 0,
  held: held.map(([stage, day], i) => ({ stage, from: days(day), event: undefined, services: undefined, entry: i })),
});
const moment = (entry: number, event: string, day: number): Said => ({ kind: 'moment-recorded', entry, at: days(day), actor: 'a', second: undefined, basis: '', body: { firm: 'sandhill', event, at: days(day), note: 'x', evidence: [] } });
const filing = (entry: number, form: string, day: number, faults = 0): Said => ({ kind: 'form-filed', entry, at: days(day), actor: 'a', second: undefined, basis: '', body: { firm: 'sandhill', form, about: '', n: 1, answers: 'h', faults, roles: [] } });
const dossier = (...said: Said[]): Dossier => foldDossier('sandhill', said);
const occurrences = (firm: Firm, about: Dossier, now: Instant = NOW, acts: readonly Act[] = []) => occurrencesOf(duties, calendar, firm, about, acts, now);
const statesOf = (name: string, ...rest: Parameters<typeof occurrences>) => occurrences(...rest).filter((one) => one.owed.obligation.obligation === name).map((one) => `${one.occurrence} ${one.state}`);

test('a licensee owes a return for each month that ended while it was licensed; what nobody prescribed only reminds', () => {
  const firm = firmIn(['e5-licence-application', -100], ['l2-licensed', -70]);
  deepStrictEqual(statesOf('periodic-returns', firm, dossier()), ['2026-09-30 reminds', '2026-10-31 reminds']);
  for (const one of occurrences(firm, dossier())) if (!one.owed.binds) ok(one.state !== 'overdue' && one.state !== 'breach', one.owed.obligation.obligation);
});

test('what is law and late is overdue, a breach once it was found, and done when the form came', () => {
  const firm = firmIn(['l2-licensed', -200]);
  const audit = dossier(moment(10, 'information-demanded', -100));
  const [demanded] = occurrences(firm, audit).filter((one) => one.owed.obligation.obligation === 'information-answer');
  ok(demanded !== undefined);
  const incident = firmIn(['s3-sandbox-test', -200]);
  const happened = dossier(moment(11, 'incident-occurred', -10), moment(12, 'incident-occurred', -1));
  deepStrictEqual(statesOf('sandbox-incident-report', incident, happened), ['#11 overdue', '#12 due']);
  const act = (what: Act['what']): Act => ({ obligation: 'sandbox-incident-report', occurrence: '#11', what, entry: 20, actor: 'a', at: NOW, words: 'x' });
  deepStrictEqual(statesOf('sandbox-incident-report', incident, happened, NOW, [act('breach')]), ['#11 breach', '#12 due']);
  deepStrictEqual(statesOf('sandbox-incident-report', incident, happened, NOW, [act('breach'), act('discharged')]), ['#11 done', '#12 due']);
  deepStrictEqual(statesOf('sandbox-incident-report', incident, happened, NOW, [act('waived')]), ['#11 waived', '#12 due']);
});

test('what is late by a day that undeclared holidays may still move is no breach yet', () => {
  // The pack has no list in which working days bind; bent so, its last declared holiday lies between the two incidents.
  const clocks = new Map([...framework.clocks].map(([name, dated]) => [name, dated.map((clock) => (clock.start === 'incident-occurred' ? { ...clock, span: { kind: 'span' as const, count: 2, unit: 'working-days' as const } } : clock))]));
  const firm = firmIn(['s3-sandbox-test', -200]);
  const told = dossier(moment(11, 'incident-occurred', -10), moment(12, 'incident-occurred', 60));
  const found = occurrencesOf(dutiesOf({ ...framework, clocks }), calendar, firm, told, [], days(100)).filter((one) => one.owed.obligation.obligation === 'sandbox-incident-report');
  deepStrictEqual(found.map((one) => [one.provisional, one.state]), [[false, 'overdue'], [true, 'reminds']]);
});

test('a question to a firm that withdrew is owed no more', () => {
  const firm = firmIn(['e2-noc-application', -60], ['e0-unauthorised', -20]);
  const asked = moment(10, 'query-sent', -50);
  const withdrew: Said = { kind: 'stage-changed', entry: 11, at: days(-20), actor: 'a', second: undefined, basis: '', body: { firm: 'sandhill', from: 'e2-noc-application', to: 'e0-unauthorised', event: 'withdraw', effectiveFrom: days(-20), reasons: 'x', evidence: [] } };
  deepStrictEqual([statesOf('query-answer', firm, dossier(asked)), statesOf('query-answer', firm, dossier(asked, withdrew))], [['#10 reminds'], ['#10 done']]);
});

test('a form ticks off the first occurrence that began before it, and one with faults ticks off none', () => {
  const firm = firmIn(['l2-licensed', -200]);
  const changes = [moment(10, 'key-individual-change', -50), moment(11, 'key-individual-change', -40)];
  deepStrictEqual(statesOf('key-individual-change', firm, dossier(...changes)).length, 2);
  deepStrictEqual(statesOf('key-individual-change', firm, dossier(...changes, filing(12, 'a8', -45))), ['#10 done', '#11 open']);
  deepStrictEqual(statesOf('key-individual-change', firm, dossier(...changes, filing(12, 'a8', -30), filing(13, 'a8', -20))), ['#10 done', '#11 done']);
  deepStrictEqual(statesOf('key-individual-change', firm, dossier(...changes, filing(12, 'a8', -45, 3))), ['#10 open', '#11 open']);
  deepStrictEqual(statesOf('key-individual-change', firm, dossier(...changes, filing(9, 'a8', -60))), ['#10 open', '#11 open'], 'a filing before the change');
});

test('a question stops its clock for the answer, and an event ticks off', () => {
  const firm = firmIn(['e2-noc-application', -60]);
  deepStrictEqual(statesOf('query-answer', firm, dossier(moment(10, 'query-sent', -50))), ['#10 reminds']);
  deepStrictEqual(statesOf('query-answer', firm, dossier(moment(10, 'query-sent', -50), moment(11, 'query-answered', -45))), ['#10 done']);
});

test('an obligation holds only where the stage of that day owes it', () => {
  deepStrictEqual(statesOf('periodic-returns', firmIn(['e4-aml-registered', -200]), dossier()), []);
  deepStrictEqual(statesOf('sandbox-incident-report', firmIn(['l2-licensed', -200]), dossier(moment(11, 'incident-occurred', -10))), []);
});

test('no report to the FIU is in any list', () => {
  const all = [...framework.obligations.values()].flat().filter((one) => one.doneBy === 'report').map((one) => one.obligation);
  ok(all.includes('str'));
  const firm = firmIn(['l2-licensed', -200]);
  const told = dossier(moment(10, 'suspicion-formed', -5), moment(11, 'cash-threshold-met', -5), moment(12, 'list-matched', -5));
  for (const one of occurrences(firm, told)) ok(!all.includes(one.owed.obligation.obligation), one.owed.obligation.obligation);
});

test('the list of what is due has no day that is later before an earlier one, and nothing done', () => {
  fc.assert(fc.property(fc.array(fc.record({ event: fc.constantFrom('incident-occurred', 'material-change', 'key-individual-change', 'information-demanded'), day: fc.integer({ min: -400, max: -1 }) }), { maxLength: 20 }), (events) => {
    const firm = firmIn(['e4-aml-registered', -500], ['l2-licensed', -250]);
    const list = dueList(occurrences(firm, dossier(...events.map(({ event, day }, i) => moment(i + 10, event, day)))));
    for (const [i, one] of list.entries()) {
      ok(one.state !== 'done' && one.state !== 'waived');
      ok((list[i - 1]?.day ?? -Infinity) <= (one.day ?? Infinity));
      strictEqual(new Set(list.map((each) => `${each.owed.obligation.obligation}/${each.occurrence}`)).size, list.length, 'each once');
    }
  }));
});

test('a late holiday moves what is open', () => {
  const firm = firmIn(['e2-noc-application', -60]);
  const told = dossier(moment(10, 'query-sent', -5));
  const [before] = occurrences(firm, told);
  const [after] = occurrencesOf(duties, calendarOf(framework, [calendar.dayOf(days(2))]), firm, told, [], NOW);
  ok(before?.day !== undefined && after?.day !== undefined && after.day > before.day);
});
