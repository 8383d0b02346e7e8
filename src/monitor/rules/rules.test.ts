import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { FindingChange } from '../engine/finding.ts';
import { ENGINE_VERSION } from '../engine/limits.ts';
import { settle } from '../engine/settle.ts';
import { readSnapshot, takeSnapshot } from '../engine/snapshot.ts';
import { hashLines, hashStates } from '../engine/state-hash.ts';
import type { State } from '../engine/state.ts';
import { Board, LAKH, PARAMETERS, START, days, feed, hours, min, open, plainLaw, type Told } from '../engine/testing/cases.ts';
import { measuresOf, parametersOf } from '../engine/rule.ts';
import { PLAN, readRules, ruleDocument } from './rule-set.ts';
import { MEASURE_NAMES, RULES } from './table.ts';

const fiatIn = (id: string, at: number, lakh: number, over: Partial<Told> = {}): Told => ({ kind: 'fiat-in', id, at, paisa: lakh * LAKH, party: 'acc-1', ...over });
const fiatOut = (id: string, at: number, lakh: number, over: Partial<Told> = {}): Told => ({ kind: 'fiat-out', id, at, paisa: lakh * LAKH, party: 'acc-1', ...over });
const deposit = (id: string, at: number, lakh: number, over: Partial<Told> = {}): Told => ({ kind: 'asset-deposit', id, at, paisa: lakh * LAKH, party: '0xfee1', ...over });
const withdrawal = (id: string, at: number, lakh: number, over: Partial<Told> = {}): Told => ({ kind: 'asset-withdrawal', id, at, paisa: lakh * LAKH, party: '0xfee2', ...over });
const transferIn = (id: string, at: number, lakh: number): Told => ({ kind: 'internal-transfer', id, at, paisa: lakh * LAKH, other: 8 });
const transferOut = (id: string, at: number, lakh: number): Told => ({ kind: 'internal-transfer', id, at, paisa: lakh * LAKH, outward: true, other: 9 });
const trade = (id: string, at: number, lakh: number): Told => ({ kind: 'trade', id, at, paisa: lakh * LAKH });
const onboarded = (at: number): Told => ({ kind: 'customer-onboarded', id: 'hello', at });
const coin = (id: string, at: number, lakh: number): Told => ({ ...trade(id, at, lakh), marks: ['privacy'] });
const hidden = (id: string, at: number, lakh: number): Told => fiatIn(id, at, lakh, { marks: ['hidden'] });
const untold = (id: string, at: number): Told => withdrawal(id, at, 1, { hosted: true, marks: ['travelRulePartial'] });
const senders = (n: number): Told[] => Array.from({ length: n }, (_, i) => deposit(`s${i}`, hours(i), 0.5, { party: `0xfee${i}` }));

interface Case {
  readonly rule: string;
  /** Events in their order; the rule fires on `on` and nowhere else. */
  readonly fires: readonly Told[];
  readonly on: string;
  /** One thing short of it. */
  readonly misses: readonly Told[];
  readonly short: string;
}

const CASES: readonly Case[] = [
  {
    rule: 'structuring', on: 'c', fires: [fiatIn('a', 0, 9), fiatIn('b', hours(2), 8, { firm: 2 }), fiatIn('c', hours(23), 7)],
    short: 'the third is at the threshold, not below it', misses: [fiatIn('a', 0, 9), fiatIn('b', hours(2), 8), fiatIn('c', hours(23), 10)],
  },
  {
    rule: 'burst', on: 'c', fires: [fiatIn('a', 0, 30), fiatIn('b', hours(5), 30), fiatIn('c', hours(23), 20)],
    short: 'the first left the window', misses: [fiatIn('a', 0, 30), fiatIn('b', hours(5), 30), fiatIn('c', hours(24), 20)],
  },
  {
    rule: 'dormant', on: 'b', fires: [fiatIn('a', 0, 1), fiatIn('b', days(90), 20)],
    short: 'a day less of silence', misses: [fiatIn('a', 0, 1), fiatIn('b', days(89), 20)],
  },
  {
    rule: 'untraded', on: 'b', fires: [fiatIn('a', 0, 6), fiatOut('b', hours(5), 5.5)],
    short: 'a trade between', misses: [fiatIn('a', 0, 6), trade('t', hours(1), 1), fiatOut('b', hours(5), 5.5)],
  },
  {
    rule: 'private', on: 'b', fires: [fiatIn('a', 0, 6), trade('t', min(5), 6), withdrawal('b', min(50), 5, { unhosted: true })],
    short: 'an hour later', misses: [fiatIn('a', 0, 6), trade('t', min(5), 6), withdrawal('b', hours(1), 5, { unhosted: true })],
  },
  {
    rule: 'drain', on: 'b', fires: [onboarded(0), fiatIn('a', hours(1), 6), trade('t', hours(2), 6), fiatOut('b', hours(40), 6)],
    short: 'a customer of three days', misses: [onboarded(0), fiatIn('a', hours(1), 6), trade('t', hours(2), 6), fiatOut('b', days(3), 6)],
  },
  {
    rule: 'funnel', on: 'z', fires: [...senders(8), trade('t', hours(9), 3), withdrawal('z', hours(10), 3.5)],
    short: 'seven senders', misses: [...senders(7), trade('t', hours(9), 3), withdrawal('z', hours(10), 3.5)],
  },
  {
    rule: 'pass-through', on: 'b', fires: [fiatIn('a', 0, 9, { firm: 1 }), trade('t', min(5), 9), fiatOut('b', hours(3), 8, { firm: 2 })],
    short: 'the same firm', misses: [fiatIn('a', 0, 9, { firm: 1 }), trade('t', min(5), 9), fiatOut('b', hours(3), 8, { firm: 1 })],
  },
  {
    rule: 'handed-on', on: 'b', fires: [transferIn('a', 0, 1), transferOut('b', hours(5), 0.97)],
    short: 'more goes on than came', misses: [transferIn('a', 0, 1), transferOut('b', hours(5), 1.02)],
  },
  {
    rule: 'fan-out', on: 'w5', fires: Array.from({ length: 6 }, (_, i) => withdrawal(`w${i}`, hours(i), 0.1, { party: `0xfee${i}` })),
    short: 'five receivers', misses: Array.from({ length: 6 }, (_, i) => withdrawal(`w${i}`, hours(i), 0.1, { party: `0xfee${i % 5}` })),
  },
  {
    rule: 'hops', on: 'h', fires: [deposit('a', 0, 1), trade('b', hours(1), 1), trade('c', hours(2), 1), withdrawal('d', hours(3), 0.9), deposit('e', hours(5), 1), trade('f', hours(6), 1), trade('g', hours(7), 1), withdrawal('h', hours(8), 0.95)],
    short: 'one trade less', misses: [deposit('a', 0, 1), trade('b', hours(1), 1), withdrawal('d', hours(3), 0.9), deposit('e', hours(5), 1), trade('f', hours(6), 1), trade('g', hours(7), 1), withdrawal('h', hours(8), 0.95)],
  },
  {
    rule: 'through', on: 'b', fires: [fiatIn('a', 0, 3), trade('t', min(5), 3), withdrawal('b', min(50), 2.9, { hosted: true })],
    short: 'an hour later', misses: [fiatIn('a', 0, 3), trade('t', min(5), 3), withdrawal('b', hours(1), 2.9, { hosted: true })],
  },
  {
    rule: 'sanctioned-wallet', on: 'a', fires: [withdrawal('a', 0, 0.01, { party: '0xbad7' })],
    short: 'another wallet', misses: [withdrawal('a', 0, 0.01, { party: '0xbed7' })],
  },
  {
    rule: 'service-barred', on: 'a', fires: [deposit('a', 0, 1, { service: 'lending' })],
    short: 'a service of the stage', misses: [deposit('a', 0, 1, { service: 'custody' })],
  },
  {
    rule: 'first-high', on: 'a', fires: [onboarded(0), fiatIn('a', hours(20), 25)],
    short: 'a small payment came before', misses: [onboarded(0), fiatIn('s', hours(2), 0.1), fiatIn('a', hours(20), 25)],
  },
  { rule: 'big-swap', on: 'a', fires: [trade('a', 0, 200)], short: 'a paisa less', misses: [{ ...trade('a', 0, 200), paisa: 200 * LAKH - 1 }] },
  {
    rule: 'coin-swap', on: 'b', fires: [deposit('a', 0, 6), coin('b', min(40), 5)],
    short: 'an hour later', misses: [deposit('a', 0, 6), coin('b', hours(1), 5)],
  },
  { rule: 'coins', on: 'c9', fires: Array.from({ length: 10 }, (_, i) => coin(`c${i}`, hours(i * 16), 0.1)), short: 'nine within the week', misses: Array.from({ length: 10 }, (_, i) => coin(`c${i}`, hours(i * 19), 0.1)) },
  {
    rule: 'hidden', on: 'c', fires: [hidden('a', 0, 1), hidden('b', hours(2), 1), hidden('c', hours(23), 5)],
    short: 'the third is open', misses: [hidden('a', 0, 1), hidden('b', hours(2), 1), fiatIn('c', hours(23), 5)],
  },
  {
    rule: 'untold', on: 'u4', fires: Array.from({ length: 5 }, (_, i) => untold(`u${i}`, days(i))),
    short: 'one says who pays', misses: [...Array.from({ length: 4 }, (_, i) => untold(`u${i}`, days(i))), withdrawal('u4', days(4), 1, { hosted: true })],
  },
  {
    rule: 'cash-card', on: 'b', fires: [fiatIn('a', 0, 6, { marks: ['cash'] }), fiatOut('b', days(5), 5, { marks: ['card'] })],
    short: 'a transfer and no card', misses: [fiatIn('a', 0, 6, { marks: ['cash'] }), fiatOut('b', days(5), 5)],
  },
  {
    rule: 'collected', on: 't4', fires: Array.from({ length: 5 }, (_, i) => ({ ...transferIn(`t${i}`, hours(i), 4), other: 20 + i })),
    short: 'two of five are the same', misses: Array.from({ length: 5 }, (_, i) => ({ ...transferIn(`t${i}`, hours(i), 4), other: 20 + Math.min(i, 3) })),
  },
  {
    rule: 'spread', on: 's2', fires: [0, 1, 2].map((i) => withdrawal(`s${i}`, min(i * 20), 1, { hosted: true, party: `0xfe${i}` })),
    short: 'the first left the hour', misses: [0, 1, 2].map((i) => withdrawal(`s${i}`, min(i * 30), 1, { hosted: true, party: `0xfe${i}` })),
  },
];

/** Feeds events one batch each, every batch ten minutes after its event, then lets everything settle. */
function fold(told: readonly Told[], restartAfter?: number, law = plainLaw()): { board: Board; state: State } {
  const board = new Board();
  let state = open();
  let clock = 0;
  for (const [i, one] of told.entries()) {
    clock = Math.max(clock, one.at + min(1));
    feed(state, law, board, [one], clock);
    if (i === restartAfter) state = readSnapshot(takeSnapshot(state), { plan: PLAN, bytesMax: 2 ** 30 }) ?? state;
  }
  const changes: FindingChange[] = [];
  settle(state, law, START + days(400), changes);
  board.take(changes);
  return { board, state };
}

const found = (board: Board, rule: string): string[] =>
  [...board.all.values()].filter((one) => one.state !== 'withdrawn' && one.finding.rule === rule).map((one) => one.finding.event.id);

test('every rule of the table has its cases', () => {
  deepStrictEqual(CASES.map((one) => one.rule).sort(), [...new Set(RULES.map((rule) => rule.id))].sort());
});

for (const { rule, fires, on, misses, short } of CASES) {
  test(`${rule} fires on its case`, () => {
    const { board } = fold(fires);
    deepStrictEqual(found(board, rule), [on]);
    const [one] = [...board.all.values()].filter((each) => each.finding.rule === rule);
    ok(one?.finding.evidence.some((event) => event.id === on), 'its event is among the evidence');
    ok(one?.finding.measures.every((measure) => measure.margin === null || (measure.comparison === 'at-most' ? measure.margin <= 0 : measure.margin >= 0)));
  });

  test(`${rule} is silent on the near miss: ${short}`, () => {
    deepStrictEqual(found(fold(misses).board, rule), []);
  });

  test(`${rule} settles the same when its events come out of order`, () => {
    const inOrder = fold(fires);
    const reversed = fold([...fires].reverse());
    deepStrictEqual(reversed.board.settled(), inOrder.board.settled());
    strictEqual(hashStates([reversed.state]), hashStates([inOrder.state]));
  });

  test(`${rule} says the same on replay and after a restart`, () => {
    const once = fold(fires);
    deepStrictEqual(fold(fires).board.settled(), once.board.settled());
    deepStrictEqual(fold(fires, 0).board.settled(), once.board.settled());
  });
}

test('a rule is quiet until its period is over, unless its first measure doubles', () => {
  const day = (n: number): Told[] => Array.from({ length: n }, (_, i) => fiatIn(`e${i}`, min(i), 9));
  deepStrictEqual(found(fold(day(5)).board, 'structuring'), ['e2'], 'the third; the fifth is no doubling');
  deepStrictEqual(found(fold(day(7)).board, 'structuring'), ['e2', 'e5'], 'six are twice three');
  deepStrictEqual(found(fold([...day(3), fiatIn('n1', days(1) + min(1), 9), fiatIn('n2', days(1) + min(2), 9), fiatIn('n3', days(1) + min(3), 9)]).board, 'structuring'), ['e2', 'n3'], 'the next day is the next episode');
});

test('every measure has a name in both languages, and every rule an innocent explanation', () => {
  for (const measure of RULES.flatMap((rule) => measuresOf(rule))) ok((MEASURE_NAMES[measure.code]?.en.length ?? 0) > 0 && (MEASURE_NAMES[measure.code]?.ur.length ?? 0) > 0, measure.code);
  for (const rule of RULES) ok(rule.innocent.en.length > 20 && rule.innocent.ur.length > 20, rule.id);
});

test('a rule that lacks a parameter is off, and the others run', () => {
  const { 'high.value': _unset, ...given } = PARAMETERS;
  const set = readRules(ruleDocument(given).bytes);
  deepStrictEqual(RULES.map((rule) => rule.id).filter((id) => !set.rules.some((rule) => rule.term.id === id)), ['burst', 'dormant', 'first-high']);
  strictEqual(set.highFrom, Infinity);
});

test('the pack gives every parameter that the rules need', () => {
  for (const name of RULES.flatMap(parametersOf)) ok(PARAMETERS[name] !== undefined, name);
});

test('what the engine finds is frozen under its version', () => {
  const bare = Object.fromEntries(Object.entries(PARAMETERS).map(([name, one]) => [name, { ...one, status: 'assumption' as const, clause: '' }]));
  const lines = CASES.flatMap((one) => fold(one.fires, undefined, plainLaw(bare)).board.settled());
  deepStrictEqual([ENGINE_VERSION, hashLines(lines)], ['engine-1', 'e38226ac8c13bec61f4f1f580a1d969dba9ec705dc5a595736a3497a5b355dcd'], 'other findings need another ENGINE_VERSION');
});
