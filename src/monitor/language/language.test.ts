import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RULES } from '../rules/table.ts';
import { PARAMETERS } from '../engine/testing/cases.ts';
import { checkTree, costOf, isSubsumed } from './check.ts';
import { ATTRIBUTES, DEPTH_MAX, NODES_MAX, readTree, type Condition, type Number_, type Where } from './form.ts';
import type { Facts } from './meaning.ts';
import { parseCondition } from './parse.ts';
import { printCondition } from './print.ts';

const FACTS: Facts = { parameter: (name) => (PARAMETERS[name] === undefined ? (name === 'unset.one' ? { unit: 'count', value: undefined } : undefined) : { unit: PARAMETERS[name].unit, value: PARAMETERS[name].value }) };
const EVERY: Where = { any: [], all: [], none: [] };

function read(text: string): Condition {
  const parsed = parseCondition(text);
  if ('faults' in parsed) throw new Error(`${text}: ${JSON.stringify(parsed.faults)}`);
  return parsed.tree;
}
const codes = (text: string, on = EVERY): string[] => checkTree(on, read(text), FACTS).map((fault) => `${fault.code} ${fault.place}`.trim());

const attributes = fc.uniqueArray(fc.constantFrom(...ATTRIBUTES), { maxLength: 3 });
const where = fc.record({ any: attributes, all: attributes, none: attributes });
const windows = fc.constantFrom('1h', '24h', '7d', '30d' as const);
const literal = fc.oneof(
  fc.record({ is: fc.constant('number' as const), value: fc.integer({ min: 0, max: 1e12 }), unit: fc.constantFrom('count', 'paisa', 'duration' as const) }),
  fc.integer({ min: 0, max: 100_000 }).map((n) => ({ is: 'number' as const, value: n / 10_000, unit: 'ratio' as const })));
/** Without the prototypes of the generator. */
const plain = (tree: Condition): unknown => JSON.parse(JSON.stringify(tree));
const { condition } = fc.letrec<{ number: Number_; condition: Condition }>((tie) => ({
  number: fc.oneof({ maxDepth: 4 },
    literal, fc.record({ is: fc.constant('feature' as const), what: fc.constantFrom('count', 'sum' as const), where, window: windows }),
    fc.record({ is: fc.constant('walk' as const), what: fc.constantFrom('senders', 'elsewhere', 'left-here' as const), window: windows }),
    fc.record({ is: fc.constant('event' as const), what: fc.constantFrom('value', 'silence', 'age' as const) }),
    fc.record({ is: fc.constant('parameter' as const), name: fc.constantFrom('structuring.count', 'a.b-c', 'x1.y2.z3') }),
    fc.record({ is: fc.constantFrom('plus', 'minus', 'times', 'per' as const), left: tie('number'), right: tie('number') }),
    fc.record({ is: fc.constant('otherwise' as const), value: tie('number'), instead: tie('number') })),
  condition: fc.oneof({ maxDepth: 4 },
    fc.record({ is: fc.constant('compare' as const), how: fc.constantFrom('at-least', 'at-most' as const), left: tie('number'), right: tie('number') }),
    fc.record({ is: fc.constant('event-is' as const), where }), fc.record({ is: fc.constant('not' as const), of: tie('condition') }),
    fc.record({ is: fc.constantFrom('all', 'any' as const), of: fc.array(tie('condition'), { minLength: 1, maxLength: 4 }) })),
}));

test('what is printed is read again as the same tree', () => {
  fc.assert(fc.property(condition, (tree) => {
    const again = parseCondition(printCondition(tree));
    // A tree may be deeper than a rule may be; then it is refused, and nothing else.
    if ('faults' in again) return deepStrictEqual(again.faults.map((fault) => fault.code === 'TREE_TOO_DEEP' || fault.detail.includes('levels')), [true]);
    deepStrictEqual(again.tree, plain(tree));
  }), { numRuns: 1_000 });
});

test('any text is a tree or a fault with its place, and never more', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[()a-z0-9>=\s.%+|*/-]{0,60}$/)), (text) => {
    const parsed = parseCondition(text);
    if ('faults' in parsed) ok(parsed.faults.every((fault) => fault.code === 'TREE_TOO_DEEP' || (fault.code === 'TEXT_SYNTAX' && Number(fault.place) >= 1 && Number(fault.place) <= text.length + 1)));
  }), { numRuns: 2_000 });
});

test('JSON of a tree is read as it stands, and other JSON is refused by place', () => {
  fc.assert(fc.property(condition, (tree) => {
    const again = readTree(JSON.parse(JSON.stringify(tree)));
    if ('tree' in again) deepStrictEqual(again.tree, plain(tree));
    else ok(again.faults.every((fault) => fault.code === 'TREE_TOO_DEEP' || fault.code === 'TREE_TOO_LARGE'));
  }));
  const wrong = readTree({ is: 'compare', how: 'at-least', left: { is: 'event', what: 'colour' }, right: { is: 'number', value: 1, unit: 'count' } });
  ok('faults' in wrong && wrong.faults[0]?.code === 'FORM_WRONG' && wrong.faults[0].place.startsWith('left'));
});

test('a tree of ten thousand nodes, or of a thousand levels, is refused at once', () => {
  const leaf = { is: 'event-is', where: EVERY };
  const wide = readTree({ is: 'all', of: Array.from({ length: 10_000 }, () => leaf) });
  ok('faults' in wide && wide.faults[0]?.code === 'TREE_TOO_LARGE', `at most ${NODES_MAX}`);
  let deep: unknown = leaf;
  for (let i = 0; i < 100_000; i++) deep = { is: 'not', of: deep };
  const read = readTree(deep);
  ok('faults' in read && (read.faults[0]?.code === 'TREE_TOO_DEEP' || read.faults[0]?.code === 'TREE_TOO_LARGE'), `at most ${DEPTH_MAX}`);
  ok('faults' in parseCondition(`${'('.repeat(5_000)}value >= 1 PKR${')'.repeat(5_000)}`));
  ok('faults' in parseCondition(`value >= ${Array.from({ length: 500 }, () => '1 PKR').join(' + ')}`), 'a long sum is a deep tree');
});

test('the rules of the table have no fault', () => {
  for (const rule of RULES) deepStrictEqual(checkTree(rule.on, rule.when, FACTS), [], rule.id);
});

const FAULTY: readonly (readonly [string, string, string])[] = [
  ['money against a count', 'sum[24h](in) >= 3', 'UNIT_MISMATCH'],
  ['money and time added', 'value + silence otherwise 0s >= 1 PKR', 'UNIT_MISMATCH left.value'],
  ['two amounts multiplied', 'value * value >= 1 PKR', 'UNIT_MISMATCH left'],
  ['a parameter that nobody knows', 'count[24h](in) >= no.such', 'PARAMETER_UNKNOWN right'],
  ['a parameter without a value', 'count[24h](in) >= unset.one', 'PARAMETER_UNSET right'],
  ['a share of what may be nothing', 'sum[24h](out) / sum[24h](in) >= 90%', 'MISSING_UNHANDLED left'],
  ['silence before a first movement', 'silence >= 90d', 'MISSING_UNHANDLED left'],
  ['a divisor that is zero', 'value / 0 PKR otherwise 0% >= 1%', 'DIVISOR_ZERO left.value'],
  ['a sum that passes whole numbers', 'sum[30d](in) * 1000% >= 1 PKR', 'OVERFLOW left'],
  ['a count below zero', 'count[24h](in) - 5 >= 5 and count[24h](in) <= 0 - 1', 'THRESHOLD_OUT_OF_RANGE of.1'],
  ['more senders than a walk can see', 'senders[7d] >= 5000', 'THRESHOLD_OUT_OF_RANGE'],
  ['what always holds', 'count[24h](in) >= 0', 'ALWAYS_TRUE'],
  ['two conditions that exclude each other', 'count[24h](in) >= 5 and value >= 1 PKR and count[24h](in) <= 4', 'UNREACHABLE of.2'],
  ['events that are two things at once', 'count[24h](* with in, out) >= 5', 'EVENTS_NEVER left'],
  ['events that are and are not', 'event is (in with near without near)', 'EVENTS_NEVER'],
  ['three walks', 'senders[7d] >= 5 and senders[24h] >= 5 and elsewhere[24h] >= 5 PKR', 'TOO_COSTLY'],
];
for (const [what, text, code] of FAULTY) {
  test(`refused with code and place: ${what}`, () => {
    ok(codes(text).includes(code), `${text}: ${codes(text).join('; ')}`);
  });
}

test('near misses of what is refused pass', () => {
  for (const text of ['sum[24h](in) >= 3 PKR', 'sum[24h](out) / sum[24h](in) otherwise 0% >= 90%', 'silence otherwise 0s >= 90d', 'count[24h](in) >= 5 and count[24h](in) <= 5', 'value / count[24h](in) otherwise 0 PKR >= 10 PKR', 'sum[24h](in) + sum[24h](out) >= 5 PKR', 'senders[7d] >= 1000', 'not value >= 5 PKR or event is (near)']) deepStrictEqual(codes(text), [], text);
});

test('a stricter rule on fewer events is subsumed, and no other', () => {
  const rule = (on: Where, text: string) => ({ on, when: read(text) });
  const loose = rule({ ...EVERY, any: ['in', 'out'] }, 'count[24h](in) >= 3');
  const strict = rule({ ...EVERY, any: ['out'] }, 'count[24h](in) >= 5 and value >= 10 PKR');
  strictEqual(isSubsumed(strict, loose, FACTS), true);
  strictEqual(isSubsumed(loose, strict, FACTS), false);
  strictEqual(isSubsumed(rule(EVERY, 'count[24h](in) >= 5'), loose, FACTS), false, 'it looks at more events');
  for (const one of RULES) for (const other of RULES) if (one.id !== other.id) strictEqual(isSubsumed(one, other, FACTS), false, `${one.id} within ${other.id}`);
});

test('equal nodes are paid once, and a feature that the plan has costs no memory', () => {
  const twice = read('sum[24h](in) >= 5 PKR and sum[24h](in) / sum[7d](in) otherwise 0% >= 5%');
  strictEqual(costOf(twice, new Set()).bytes, 16);
  const known = new Set(['sum[24h](in)']);
  strictEqual(costOf(twice, known).bytes, 8);
});
