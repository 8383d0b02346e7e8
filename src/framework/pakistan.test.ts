import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { instantOf, parseInstant, type Instant } from '../terms/index.ts';
import { answerTo, inForce, obligationsAt } from './index.ts';
import { pakistan } from './testing.ts';

const framework = pakistan();
const at = (text: string): Instant => parseInstant(text) ?? instantOf(Number.NaN);
const TODAY = at('2026-11-24T12:00:00Z');
const names = (map: ReadonlyMap<string, unknown>): string[] => [...map.keys()];
const beginning = (map: ReadonlyMap<string, unknown>, start: string): string[] => names(map).filter((name) => name.startsWith(start));

test('the ten services of Schedule I with their carve-outs', () => {
  deepStrictEqual([...framework.services.values()].map((one) => one.number), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  deepStrictEqual([...framework.services].filter(([, one]) => one.carveOut !== undefined).map(([name]) => name), ['advisory', 'broker-dealer', 'custody', 'management', 'transfer', 'mining']);
});

test('a certificate asks for forms A1 to A5, nine parts, eight key individuals and six criteria', () => {
  const [grant] = framework.steps.filter((step) => step.event === 'grant-noc');
  deepStrictEqual(grant?.gates, ['noc.forms', 'noc.documents', 'noc.fee', 'noc.people', 'noc.screening', 'noc.assessment']);
  const gate = (name: string) => inForce(framework.gates.get(name), TODAY);
  deepStrictEqual(gate('noc.forms')?.forms?.map((form) => inForce(framework.forms.get(form), TODAY)?.code), ['A1', 'A2', 'A3', 'A4', 'A5']);
  strictEqual(gate('noc.documents')?.documents?.length, 9);
  strictEqual(gate('noc.people')?.roles?.length, 8);
  strictEqual(gate('noc.assessment')?.criteria?.length, 6);
  deepStrictEqual(gate('noc.people')?.criteria, ['bar.conviction', 'bar.sanction', 'bar.insolvency']);
});

test('forms A1 to A8 have the sections that the sources count, and each field says how it is known', () => {
  const forms = [...framework.forms.values()].flat();
  deepStrictEqual(forms.map((form) => form.code), ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'Form I']);
  const sections = (code: string): number => new Set(forms.find((form) => form.code === code)?.sections.map((one) => one.number.split('.')[0])).size;
  strictEqual(sections('A1'), 10);
  strictEqual(sections('A6'), 8);
  strictEqual(sections('Form I'), 6);
  strictEqual(forms.find((form) => form.code === 'A5')?.sections[0]?.fields.length, 11, 'eleven an arrangement');
  for (const form of forms) for (const section of form.sections) for (const field of section.fields) ok(field.label.en !== '' && /[؀-ۿ]/.test(field.label.ur), `${form.code} ${field.field} has a label in both languages`);
});

test('every row of the table of reporting obligations is there', () => {
  const rows = [
    'str', 'ctr', 'asset-freeze', 'internal-report', 'travel-rule', 'annual-aml-return', 'material-change', 'key-individual-change', 'control-change', 'outsourcing-register',
    'aml-audit', 'periodic-returns', 'proof-of-reserves', 'annual-audit', 'reserve-attestation', 'sandbox-incident-notice', 'sandbox-completion', 'licence-application',
    'incumbent-application', 'blocking-objection', 'appeal', 'parliament-report', 'bank-check', 'retention-aml',
  ];
  strictEqual(rows.length, 24);
  for (const row of rows) ok(framework.obligations.has(row), row);
  const owed = (stage: string) => obligationsAt(framework, stage, TODAY).map((one) => one.obligation.obligation);
  ok(owed('e4-aml-registered').includes('ctr') && !owed('e3-noc-granted').includes('ctr'), 'a holder that is not registered on goAML files nothing yet');
  ok(owed('s3-sandbox-test').includes('sandbox-incident-report'));
  deepStrictEqual(obligationsAt(framework, undefined, TODAY).map((one) => one.obligation.obligation), ['blocking-objection', 'blocking-answer', 'appeal', 'parliament-report', 'bank-check']);
  deepStrictEqual(obligationsAt(framework, 'e2-noc-application', TODAY).filter((one) => one.obligation.owedBy === 'authority').map((one) => [one.obligation.obligation, one.binds]), [['noc-completeness', false], ['noc-decision', true]]);
});

test('only law binds: what is assumed, or has no time set, reminds', () => {
  const binds = new Map([...framework.stages.keys()].flatMap((stage) => obligationsAt(framework, stage, TODAY)).map((one) => [one.obligation.obligation, one.binds]));
  deepStrictEqual(['ctr', 'str', 'licence-application', 'sandbox-completion'].map((name) => binds.get(name)), [true, true, true, true]);
  const owed = new Map(obligationsAt(framework, 'l2-licensed', TODAY).map((one) => [one.obligation.obligation, one]));
  deepStrictEqual(['periodic-returns', 'proof-of-reserves', 'annual-audit', 'reserve-attestation'].map((name) => [owed.get(name)?.obligation.repeats, owed.get(name)?.rhythm]), [['unset', 'monthly'], ['unset', 'monthly'], ['yearly', 'yearly'], ['unset', undefined]], 'a rhythm that nobody prescribed is not shown as prescribed');
  deepStrictEqual(['periodic-returns', 'proof-of-reserves', 'annual-aml-return', 'incident-notice', 'goaml-reminder'].map((name) => binds.get(name)), [false, false, false, false, false]);
});

test('clocks run as the phase model says, and those whose outcome the law leaves open say so', () => {
  const clock = (name: string) => inForce(framework.clocks.get(name), TODAY);
  const written = (name: string): string => `${clock(name)?.length ?? clock(name)?.workingDefault ?? 'unset'}, ${clock(name)?.status}, ${clock(name)?.ends}`;
  deepStrictEqual(['engagement', 'noc.completeness', 'noc.decision', 'noc.nudge', 'query.answer', 'ctr', 'str', 'licence.application', 'incumbent.application'].map(written), [
    '180 calendar days, assumption, open', '10 working days, assumption, overdue', '60 calendar days, prescribed, open', '90 calendar days, assumption, overdue', '15 working days, assumption, overdue',
    '7 working days, prescribed, overdue', 'promptly, prescribed, overdue', '3 months, prescribed, overdue', '6 months, prescribed, overdue',
  ]);
  deepStrictEqual(['sandbox.evaluation', 'sandbox.test', 'sandbox.completion', 'sandbox.termination', 'incident.notice', 'incident.report', 'hearing-notice', 's60-freeze'].map(written), [
    '60 working days, prescribed, open', '18 months, prescribed, open', '14 calendar days, prescribed, overdue', '15 calendar days, prescribed, open', '1 hour, prescribed, overdue', '48 hours, prescribed, overdue',
    '14 calendar days, unset, open', '30 calendar days, prescribed, event',
  ]);
  deepStrictEqual(['blocking.objection', 'blocking.answer', 'appeal.tribunal', 'appeal.decision', 'appeal.supreme', 'parliament-report', 'retention.reports', 'retention.aml'].map(written), [
    '10 calendar days, prescribed, open', '15 calendar days, prescribed, overdue', '30 calendar days, prescribed, open', '3 months, prescribed, open', '30 calendar days, prescribed, open', '90 calendar days, prescribed, overdue',
    '10 years, prescribed, open', '7 years, prescribed, open',
  ]);
  strictEqual(framework.events.get('freeze-expired')?.clock, 's60-freeze');
  for (const stop of [...framework.clocks.values()].flat().flatMap((one) => one.stops)) strictEqual(stop.status, 'assumption', 'no instrument has a clock-stop rule');
});

test('the two retention clocks, the penalties and the ladder', () => {
  deepStrictEqual([...framework.retention.values()].flat().filter((one) => one.status === 'prescribed').map((one) => [one.name, one.value]), [['suspicion-report', 10], ['cash-report', 10], ['aml-record', 7]]);
  deepStrictEqual([...framework.offences.values()].flat().map((one) => [one.section, one.imprisonmentYears, one.fineMinor === undefined ? undefined : one.fineMinor / 100]), [
    ['s.54(1)', 5, 50_000_000], ['s.54(2)', 3, 25_000_000], ['s.54(3)', 3, 25_000_000], ['s.54(3)', undefined, undefined], ['s.54(4)', 3, 20_000_000],
    ['s.54(5)', 2, 10_000_000], ['s.54(6)', 1, 25_000_000], ['s.57(3)', 1, 1_000_000],
  ]);
  const fine = inForce(framework.ladder.get('fine'), TODAY);
  strictEqual(fine?.capMinor, 2_500_000_000);
  const freeze = inForce(framework.ladder.get('emergency-freeze'), TODAY);
  deepStrictEqual([freeze?.hearing, freeze?.expires, freeze?.event], [false, 's60-freeze', 'freeze']);
  deepStrictEqual(['variation', 'suspension', 'revocation'].map((name) => inForce(framework.ladder.get(name), TODAY)?.hearing), [true, true, true]);
  const blocking = inForce(framework.ladder.get('blocking'), TODAY);
  deepStrictEqual([blocking?.objection, blocking?.answer], ['blocking.objection', 'blocking.answer']);
});

test('grounds, bars and the way from the Ordinance to the Act', () => {
  deepStrictEqual([beginning(framework.criteria, 'noc-ground.').length, beginning(framework.criteria, 'licence-ground.').length, beginning(framework.criteria, 'bar.').length, beginning(framework.criteria, 'document.').length], [5, 5, 3, 5]);
  deepStrictEqual(framework.crosswalk.map((one) => [one.from.length, one.to.map((clause) => clause.en.split(', ')[1])]), [[1, ['s.19']], [1, ['s.20']], [1, ['s.19(4)', 's.21']], [4, ['s.35']]]);
  deepStrictEqual(framework.flags.map((flag) => flag.flag), ['noc-before-licence', 'travel-rule-threshold', 'cash-or-fiat']);
});

test('what the law has not set is unset: no figure stands in its place', () => {
  const unset = (map: ReadonlyMap<string, readonly { readonly status: string; readonly value: unknown }[]>, name: string): void => {
    const [one] = map.get(name) ?? [];
    deepStrictEqual([one?.status, one?.value], ['unset', undefined], name);
  };
  for (const name of names(framework.capital).filter((each) => each !== 'capital.deposit')) unset(framework.capital, name);
  strictEqual(names(framework.capital).length, 11);
  for (const name of names(framework.fees)) unset(framework.fees, name);
  for (const name of [
    'travel-rule.threshold', 'reserves.interval', 'return.calendar', 'return.format', 'reserves.liquid-assets', 'significant-issuer', 'dispute-scheme.limit',
    'control-increase.threshold', 'offshore.deemed-offered', 'manipulation.list', 'hearing.notice', 'annual-return.due',
  ]) unset(framework.parameters, name);
  for (const name of ['e4.customers', 'e4.traded-30d', 'e4.assets', 'e4.leverage', 'e4.paid-out-24h', 's3.customers', 's3.traded-30d', 's3.held']) unset(framework.limits, name);
  deepStrictEqual([framework.capital.get('capital.deposit')?.[0]?.status, framework.parameters.get('record.threshold')?.[0]?.status], ['draft', 'draft']);
});

test('every stage has an answer to every event, and the answer is that of the day', () => {
  const moving = [...framework.events.values()].filter((one) => one.kind === 'step').map((one) => one.event);
  strictEqual(moving.length, 27);
  for (const stage of framework.stages.keys()) deepStrictEqual(names(framework.table.get(stage) ?? new Map()), moving, stage);
  strictEqual(answerTo(framework, 'e2-noc-application', 'grant-noc', TODAY)?.kind, 'steps');
  strictEqual(answerTo(framework, 'e2-noc-application', 'grant-licence', TODAY)?.kind, 'closed', 'no licence before a certificate');
  strictEqual(answerTo(framework, 'e3-noc-granted', 'freeze', TODAY)?.kind, 'closed');
  strictEqual(answerTo(framework, 'e5-licence-application', 'grant-licence', at('2026-03-06T00:00:00Z'))?.kind, 'closed', 'no licence before the Act');
  strictEqual(answerTo(framework, 'e5-licence-application', 'no-such-event', TODAY), undefined);
  strictEqual(answerTo(framework, 'no-such-stage', 'grant-noc', TODAY), undefined);
});

test('nothing that is called law stands on what is ours, and nothing of ours looks like law', () => {
  const kinds = new Map(framework.instruments.map((one) => [`${one.instrument} ${one.version}`, one.kind]));
  const all = [framework.gates, framework.forms, framework.roles, framework.documents, framework.criteria, framework.conditions, framework.clocks, framework.obligations, framework.ladder, framework.offences, framework.warnings].flatMap((map) => [...map.values()].flat());
  ok(all.length > 200);
  for (const one of all) strictEqual(one.status === 'assumption', kinds.get(`${one.instrument} ${one.version}`) === 'assumption', one.note);
});
