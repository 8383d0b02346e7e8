import { deepStrictEqual, notStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY_US, SERVICES, instantOf, parseInstant, type Instant, type Service } from '../terms/index.ts';
import { PermitTimeline, inForce, numberAt, parameterAt, ruleParametersAt, stageAllows } from './index.ts';
import { NEEDED_PARAMETERS } from './needed.ts';
import { readQuantity } from './quantity.ts';
import { bent, pakistan } from './testing.ts';

const framework = pakistan();
const at = (text: string): Instant => parseInstant(text) ?? instantOf(Number.NaN);
const TODAY = at('2026-11-24T12:00:00Z');
const OFFERED = SERVICES.slice(1);

test('Pakistan\'s pack has every stage, the ten services in the order of Schedule I, and what the house needs', () => {
  deepStrictEqual([...framework.stages.keys()], [
    'e0-unauthorised', 'e1-engagement', 't-transitional', 'e2-noc-application', 'e3-noc-granted', 'e4-aml-registered', 'e5-licence-application',
    'l1-limited-licence', 'l2-licensed', 's1-sandbox-application', 's2-sandbox-evaluation', 's3-sandbox-test', 's4-sandbox-completion',
    'n-no-action', 'q-suspended', 'r-revoked',
  ]);
  deepStrictEqual([...framework.services.keys()], OFFERED);
  deepStrictEqual([...framework.parameters].filter(([, dated]) => dated[0]?.use !== 'shown').map(([name]) => name).sort(), Object.keys(NEEDED_PARAMETERS).sort());
  deepStrictEqual([...framework.stages.values()].filter((stage) => stage.isLicence).map((stage) => stage.stage), ['l1-limited-licence', 'l2-licensed']);
});

test('an NOC opens four services once goAML registration is complete, and none before', () => {
  const open = (stage: string): Service[] => OFFERED.filter((service) => stageAllows(framework, stage, service, TODAY));
  deepStrictEqual(open('e3-noc-granted'), []);
  deepStrictEqual(open('e4-aml-registered'), ['broker-dealer', 'custody', 'exchange', 'derivatives']);
  deepStrictEqual(open('e5-licence-application'), open('e4-aml-registered'));
  for (const stage of ['e0-unauthorised', 'e1-engagement', 'e2-noc-application', 'q-suspended', 'r-revoked', 's4-sandbox-completion']) deepStrictEqual(open(stage), [], stage);
});

test('a licence opens what it names and nothing else', () => {
  strictEqual(stageAllows(framework, 'l2-licensed', 'exchange', TODAY), false);
  strictEqual(stageAllows(framework, 'l2-licensed', 'exchange', TODAY, ['exchange']), true);
  strictEqual(stageAllows(framework, 'l2-licensed', 'lending', TODAY, ['exchange']), false);
  strictEqual(stageAllows(framework, 'e4-aml-registered', 'lending', TODAY, ['lending']), false, 'a grant widens no listed stage');
  strictEqual(stageAllows(framework, 'no-such-stage', 'exchange', TODAY, ['exchange']), false);
});

test('law holds from the first instant of its day in Karachi, and the clause is that of the day', () => {
  const before = at('2026-03-06T18:59:59.999999Z');
  const after = at('2026-03-06T19:00:00Z');
  const clauseAt = (instant: Instant) => inForce(framework.stages.get('e0-unauthorised')?.permissions, instant)?.clause.en;
  strictEqual(clauseAt(before), 'Virtual Assets Ordinance 2025, s.17');
  strictEqual(clauseAt(after), 'Virtual Assets Act 2026, s.50(1)');
  strictEqual(stageAllows(framework, 'l2-licensed', 'exchange', before, ['exchange']), false, 'no licence before the Act');
  strictEqual(stageAllows(framework, 'l2-licensed', 'exchange', after, ['exchange']), true);
});

test('what is unset shows no number and says what is off; a working default is told apart', () => {
  const threshold = parameterAt(framework, 'travel-rule.threshold', TODAY);
  strictEqual(threshold?.status, 'unset');
  strictEqual(threshold?.value, undefined);
  deepStrictEqual(framework.off.map((one) => one.parameter), ['travel-rule.threshold']);
  const unset = { file: 'parameters.yaml', from: 'value: 5 min\n  status: assumption\n  instrument: nigran-assumptions\n  version: "2026-11-24"\n  section: A-4' };
  const source = 'status: unset\n  instrument: va-act-2026\n  version: as passed\n  section: s.48';
  const without = bent({ ...unset, to: source }).framework;
  deepStrictEqual(without?.off.map((one) => one.what), ['refusal of events from the future', NEEDED_PARAMETERS['travel-rule.threshold']?.off]);
  const working = bent({ ...unset, to: `workingDefault: 6 min\n  ${source}` }).framework;
  const skew = working === undefined ? undefined : parameterAt(working, 'clock.skew', TODAY);
  deepStrictEqual([skew?.value, skew?.isWorkingDefault, skew?.status], [360_000_000, true, 'unset']);
});

test('the rules get their figures in the units they measure in, with status and clause', () => {
  const rules = ruleParametersAt(framework, TODAY);
  deepStrictEqual(rules['record.threshold'], { value: 100_000_000, unit: 'paisa', status: 'draft', clause: 'Draft Governance Regulations 2025, travel rule' });
  deepStrictEqual(rules['drain.age'], { value: 2 * DAY_US, unit: 'duration', status: 'assumption', clause: 'Assumption of this system, A-6' });
  strictEqual(rules['clock.skew'], undefined, 'a feed parameter is none of the rules\'');
  strictEqual(Object.keys(rules).length, Object.values(NEEDED_PARAMETERS).filter((one) => one.use === 'rules').length);
  strictEqual(numberAt(framework, 'clock.skew', TODAY), 300_000_000);
});

test('every figure that prescribes cites law, and none of the house\'s own does', () => {
  const kinds = new Map(framework.instruments.map((one) => [`${one.instrument} ${one.version}`, one.kind]));
  for (const value of [...framework.parameters.values(), ...framework.limits.values(), ...framework.retention.values()].flat()) {
    strictEqual(value.status === 'prescribed', kinds.get(`${value.instrument} ${value.version}`) === 'law' && value.value !== undefined, value.name);
  }
});

test('the hash is over the law: comments and spacing leave it, a figure changes it', () => {
  strictEqual(bent({ file: 'lists.yaml', from: '\n\n', to: '\n\n\n# another comment\n\n' }).framework?.hash, framework.hash);
  notStrictEqual(bent({ file: 'parameters.yaml', from: 'value: 5 min', to: 'value: 6 min' }).framework?.hash, framework.hash);
});

test('a timeline permits what a plain search of the steps permits', () => {
  const stages = [...framework.stages.keys()];
  const step = fc.record({
    firm: fc.integer({ min: 1, max: 3 }), stage: fc.constantFrom(...stages), day: fc.integer({ min: 20_400, max: 20_800 }),
    services: fc.option(fc.uniqueArray(fc.constantFrom(...OFFERED), { maxLength: 4 }), { nil: undefined }),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 12 }), fc.integer({ min: 20_390, max: 20_810 }), fc.constantFrom(...OFFERED), (steps, day, service) => {
    const timeline = new PermitTimeline(framework);
    for (const one of steps) timeline.enter(one.firm, one.stage, instantOf(one.day * DAY_US), one.services);
    const instant = instantOf(day * DAY_US);
    for (const firm of [1, 2, 3]) {
      let held: (typeof steps)[number] | undefined;
      for (const one of steps) if (one.firm === firm && one.day <= day && (held === undefined || one.day >= held.day)) held = one;
      strictEqual(timeline.stageAt(firm, instant), held?.stage);
      const expected = held !== undefined && stageAllows(framework, held.stage, service, instant, held.services);
      strictEqual(timeline.permits(firm, SERVICES.indexOf(service), instant), expected);
    }
  }), { numRuns: 300 });
});

test('money and durations are read exactly as written, or not at all', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 90_000_000_000_000 }), fc.integer({ min: 0, max: 99 }), (rupees, paisa) => {
    const written = `PKR ${rupees.toLocaleString('en')}.${String(paisa).padStart(2, '0')}`;
    strictEqual(readQuantity('money', written, 'iso4217:PKR'), rupees * 100 + paisa);
  }));
  for (const wrong of ['PKR 1,00,000', 'PKR1000', 'pkr 5', 'PKR -5', 'PKR 1.005', 'PKR', 'PKR 99999999999999999', 5, true]) strictEqual(readQuantity('money', wrong, 'iso4217:PKR'), undefined, String(wrong));
  for (const wrong of ['10min', '10 m', '1.5 h', '-1 d', '9999999999 d', 600]) strictEqual(readQuantity('duration', wrong, 'iso4217:PKR'), undefined, String(wrong));
  for (const wrong of [-1, 1.5, '3', Number.POSITIVE_INFINITY]) strictEqual(readQuantity('count', wrong, 'iso4217:PKR'), undefined);
  ok(readQuantity('ratio', 0.7, 'iso4217:PKR') === 0.7 && readQuantity('ratio', 1_001, 'iso4217:PKR') === undefined);
});
