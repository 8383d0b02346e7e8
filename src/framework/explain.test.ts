import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { assert } from '../terms/index.ts';
import { diffPacks, explainPack, type Framework, type PackChange } from './index.ts';
import { asItIs, bent, pakistan, type Bend } from './testing.ts';

const framework = pakistan();
const changed = (...bends: Bend[]): Framework => {
  const { framework: other, errors } = bent(...bends);
  assert(other !== undefined, `the bent pack starts: ${JSON.stringify(errors[0])}`);
  return other;
};
const changesOf = (...bends: Bend[]): readonly PackChange[] => diffPacks(framework, changed(...bends)).changes;

test('everything in a pack is explained with its clause, and how the clause is known', () => {
  const all = explainPack(framework);
  const kinds = Map.groupBy(all, (one) => one.kind);
  deepStrictEqual(['service', 'stage', 'step', 'event', 'form', 'role', 'offence', 'flag'].map((kind) => all.filter((one) => one.kind === kind).length), [10, 16, framework.steps.length, framework.events.size, 9, 10, 8, 3]);
  strictEqual(kinds.get('obligation')?.length, framework.obligations.size);
  strictEqual(kinds.get('parameter')?.length, framework.parameters.size);
  for (const one of all) ok(one.clause.en.length > 3 && one.clause.ur.length > 3 && one.evidence !== '' && one.says.length > 3 && !/undefined|\[object|NaN/.test(one.says), `${one.kind} ${one.id}: ${one.says}`);
});

test('one name is explained by itself, and by its kind where several have it', () => {
  deepStrictEqual(explainPack(framework, 'ctr').map((one) => one.kind), ['obligation', 'clock']);
  const [clock] = explainPack(framework, 'clock:ctr');
  strictEqual(clock?.says, '7 working days, from cash-threshold-met; then it is late.');
  deepStrictEqual([clock?.clause.en, clock?.status, clock?.evidence], ['AMLA 2010, s.7(3)', 'prescribed', 'reported']);
  deepStrictEqual(explainPack(framework, 's.60').map((one) => `${one.kind} ${one.id}`), ['step l1-limited-licence/freeze/q-suspended', 'step l2-licensed/freeze/q-suspended', 'step q-suspended/freeze-expired/l1-limited-licence', 'step q-suspended/freeze-expired/l2-licensed', 'event freeze', 'event freeze-expired', 'clock s60-freeze', 'rung emergency-freeze'], 'all that a section is cited for');
  deepStrictEqual(explainPack(framework, 'no-such-thing'), []);
});

test('a block says whom it concerns, through whatever names it', () => {
  const stages = (id: string) => explainPack(framework, id)[0]?.stages;
  deepStrictEqual(stages('clock:engagement'), ['e1-engagement'], 'the stage that its start leads into');
  deepStrictEqual(stages('part.policy'), ['e2-noc-application'], 'the stage whose step asks for the gate that asks for it');
  deepStrictEqual(stages('gate:sanction.heard'), ['l1-limited-licence', 'l2-licensed', 'q-suspended']);
  deepStrictEqual(stages('service:lending')?.includes('e4-aml-registered'), false);
});

test('what is unset is said to be unset; what the house works with meanwhile says that it is that', () => {
  strictEqual(explainPack(framework, 'capital.exchange')[0]?.says, 'unset.');
  ok(explainPack(framework, 'parameter:travel-rule.threshold')[0]?.says.startsWith('unset.'));
  strictEqual(explainPack(framework, 'clock:proof-of-reserves')[0]?.says, '15 calendar days (what the house works with; unset by law), from month-ended; then it is late.');
  ok(explainPack(framework, 'noc.decision')[0]?.says.includes('what follows is left open'));
});

test('a pack does not differ from itself', () => {
  deepStrictEqual(diffPacks(framework, pakistan()), { from: { pack: 'pk-pvara-2026', revision: framework.revision, hash: framework.hash }, to: { pack: 'pk-pvara-2026', revision: framework.revision, hash: framework.hash }, identical: true, changes: [] });
});

test('a service that is shut is told in words, with the stage and the services alone that it concerns', () => {
  const [change, ...more] = changesOf({ file: 'permissions.yaml', from: '    - derivatives\n', to: '' });
  deepStrictEqual(more, []);
  strictEqual(change?.words, 'May no longer offer derivatives. It now says: Open: exchange, broker-dealer, custody.');
  deepStrictEqual([change?.kind, change?.stages, change?.services, change?.clause], ['permission', ['e4-aml-registered'], ['derivatives'], 'NOC Regulations 2025, reg. 2.3']);
});

test('a figure that moves is told in its unit, with the firms that it concerns', () => {
  const [change] = changesOf({ file: 'parameters.yaml', from: 'PKR 2,000,000', to: 'PKR 1,500,000' });
  ok(change?.words.startsWith('PKR 2,000,000.00 becomes PKR 1,500,000.00.'), change?.words);
  deepStrictEqual(change?.stages, ['e4-aml-registered', 'e5-licence-application', 'l1-limited-licence', 'l2-licensed', 'q-suspended']);
});

test('a value that replaces another from a day on is told as that', () => {
  const later = `
- clock: ctr
  title:
    en: Currency transaction report
    ur: کرنسی لین دین رپورٹ
  start: cash-threshold-met
  length: 3 working days
  ends: overdue
  status: prescribed
  instrument: amla-2010
  version: as amended
  section: s.7(3)
  effectiveFrom: "2027-01-01"
  note: Invented by a test.
`;
  const changes = changesOf({ file: 'clocks.yaml', to: later }, { file: 'clocks.yaml', from: /(clock: ctr[\s\S]*?effectiveFrom: "2025-12-02"\n)/, to: 'clock: ctr\n  title:\n    en: Currency transaction report\n    ur: کرنسی لین دین رپورٹ\n  start: cash-threshold-met\n  length: "7 working days"\n  ends: overdue\n  status: prescribed\n  instrument: amla-2010\n  version: as amended\n  section: s.7(3)\n  effectiveFrom: "2025-12-02"\n  effectiveTo: "2027-01-01"\n' });
  deepStrictEqual(changes.map((one) => `${one.change} ${one.kind}`), ['changed clock', 'added clock']);
  strictEqual(changes[0]?.words.split('.')[0], 'It ends on 2027-01-01');
  ok(changes[1]?.words.startsWith('From 2027-01-01: 3 working days'), changes[1]?.words);
  ok(changes[1]?.words.includes('Before: 7 working days'));
});

test('law that becomes a draft, an instrument and a conflict are told too', () => {
  const changes = changesOf(
    { file: 'instruments.yaml', from: 'about: commencement at once', to: 'about: commencement' },
    { file: 'flags.yaml', from: 'reading is a parameter', to: 'reading is open' },
    { file: 'pack.yaml', from: 'holidaysTo: 2026-12-31', to: 'holidaysTo: 2027-06-30' },
    { file: 'stages.yaml', from: 'standing: applicant', to: 'standing: none' },
  );
  deepStrictEqual(changes.map((one) => `${one.kind} ${one.id}`), ['pack holidaysTo', 'instrument va-act-2026 as passed', 'flag cash-or-fiat', 'stage t-transitional']);
  strictEqual(changes.at(-1)?.words, 'standing: applicant becomes none.');
});

test('two frameworks that share nothing but the form are compared', () => {
  const { changes, identical } = diffPacks(framework, asItIs('ae-vara-2026'));
  strictEqual(identical, false);
  ok(changes.some((one) => one.kind === 'pack' && one.id === 'currency') && changes.some((one) => one.change === 'added' && one.id === 'v5-licensed') && changes.some((one) => one.change === 'removed' && one.id === 'l2-licensed'));
});
