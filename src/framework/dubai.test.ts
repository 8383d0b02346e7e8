import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { instantOf, parseInstant } from '../terms/index.ts';
import { PermitTimeline, answerTo, calendarOf, inForce, obligationsAt, ruleParametersAt, stageAllows } from './index.ts';
import { asItIs } from './testing.ts';

const dubai = asItIs('ae-vara-2026');
const TODAY = parseInstant('2026-12-24T12:00:00Z') ?? instantOf(0);

test('Dubai\'s route has two stages, no activity in the first, and a licence per activity', () => {
  deepStrictEqual([...dubai.stages.values()].map((one) => [one.stage, one.isLicence]), [
    ['v0-none', false], ['v1-initial-application', false], ['v2-approved-to-incorporate', false], ['v3-licence-application', false], ['v4-licensed-with-conditions', true], ['v5-licensed', true],
  ]);
  for (const stage of dubai.stages.keys()) strictEqual(stageAllows(dubai, stage, 'exchange', TODAY, ['exchange']), stage === 'v5-licensed', stage);
  strictEqual(answerTo(dubai, 'v2-approved-to-incorporate', 'grant-licence', TODAY)?.kind, 'closed');
  strictEqual(answerTo(dubai, 'v3-licence-application', 'grant-licence', TODAY)?.kind, 'steps');
});

test('its activities are its own: seven of the ten that Pakistan knows, and caps only as a decision sets them', () => {
  deepStrictEqual([...dubai.services.keys()], ['advisory', 'broker-dealer', 'custody', 'exchange', 'lending', 'management', 'transfer']);
  const { caps } = new PermitTimeline(dubai);
  deepStrictEqual(caps.openIn('v5-licensed', TODAY).map((limit) => [limit.limit, limit.status, limit.value]), [['v5.customers', 'unset', undefined], ['v5.traded-30d', 'unset', undefined]]);
  caps.enter(1, 'v5-licensed', TODAY);
  strictEqual(caps.capAt(1, 'v5.customers', TODAY), undefined);
  caps.set(1, { limit: 'v5.customers', value: 50 }, TODAY, 7);
  deepStrictEqual([caps.capAt(1, 'v5.customers', TODAY)?.value, caps.capAt(1, 'v5.customers', TODAY)?.entry], [50, 7]);
});

test('its days begin at midnight in Dubai, an hour after Karachi\'s', () => {
  strictEqual(dubai.effectiveFrom, parseInstant('2026-11-23T20:00:00Z'));
  const clock = inForce(dubai.clocks.get('policy-change'), TODAY);
  const due = clock?.span === undefined ? undefined : calendarOf(dubai).deadline(clock.span, parseInstant('2026-12-01T21:00:00Z') ?? instantOf(0));
  strictEqual(due?.kind === 'due' && due.lateFrom, parseInstant('2026-12-23T20:00:00Z'), '21 days after 2 December');
});

test('what was read of it binds, and what was not is unset', () => {
  const binds = new Map(obligationsAt(dubai, 'v5-licensed', TODAY).map((one) => [one.obligation.obligation, one.binds]));
  deepStrictEqual([...binds], [['monthly-return', false], ['quarterly-return', false], ['annual-return', false], ['policy-change', true], ['fiu-answer', true], ['records', true], ['travel-rule', false]]);
  deepStrictEqual([...dubai.retention.values()].flat().map((one) => one.value), [8, 8, 8, 8, 8, 8]);
  strictEqual(dubai.parameters.get('travel-rule.threshold')?.[0]?.value, 350_000, 'AED 3,500 in fils');
  deepStrictEqual([...dubai.fees.values()].flat().map((one) => one.value), [0.5, undefined, undefined]);
});

test('rules whose figures nobody gave in its currency are off, visibly; the others run', () => {
  ok(dubai.off.some((one) => one.parameter === 'burst.sum'));
  const rules = ruleParametersAt(dubai, TODAY);
  strictEqual(rules['burst.sum'], undefined);
  strictEqual(rules['burst.count']?.value, 3);
});
