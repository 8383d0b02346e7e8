import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../../log/index.ts';
import { SERVICES, instantOf, type EntryKind } from '../../terms/index.ts';
import { readRules, ruleDocument } from '../rules/rule-set.ts';
import { ControlState } from './control.ts';
import { applyEntry } from './entries.ts';
import { hashBytes } from './hash.ts';
import { Board, LAKH, PACK, PARAMETERS, START, feed, hours, listedWallet, min, open, type Told } from './testing/cases.ts';

const near = (id: string, at: number, over: Partial<Told> = {}): Told => ({ kind: 'fiat-in', id, at, paisa: 9 * LAKH, party: 'acc-1', ...over });
const EXCHANGE = SERVICES.indexOf('exchange');

function law(): ControlState {
  return new ControlState({ framework: PACK, wallets: { lookup: (_family, address) => listedWallet(address), add: () => undefined } });
}

function entry(index: number, kind: EntryKind, body: unknown): Entry {
  return { index, kind, version: 1, actor: 'test', basis: 'test', admittedAt: instantOf(START + index), body: body as never, leaf: new Uint8Array(), bytes: new Uint8Array() };
}

const register = (index: number, firm: string, number: number) => entry(index, 'firm-registered', { firm, number, code: firm, name: firm, synthetic: true });
const stage = (index: number, firm: string, to: string, from: number) => entry(index, 'stage-changed', { firm, from: null, to, effectiveFrom: START + from, reasons: '', evidence: [] });

test('a stage is law of its day, whatever the order in which the ledger learned of it', () => {
  const control = law();
  control.apply(register(0, 'aurora', 1), {});
  strictEqual(control.permits(1, EXCHANGE, START), false, 'a firm without a stage may do nothing');
  control.apply(stage(1, 'aurora', 'q-suspended', hours(5)), {});
  control.apply(stage(2, 'aurora', 'e4-aml-registered', 0), {});
  deepStrictEqual([-1, 0, hours(5) - 1, hours(5)].map((at) => control.permits(1, EXCHANGE, START + at)), [false, true, true, false]);
});

test('an unknown stage, an unregistered firm and an entry out of order are refused', () => {
  const control = law();
  control.apply(register(0, 'aurora', 1), {});
  throws(() => control.apply(stage(1, 'aurora', 'no-such-stage', 0), {}), /has the stage/);
  throws(() => control.apply(stage(2, 'borak', 'e4-aml-registered', 0), {}), /is registered/);
  throws(() => control.apply(register(0, 'chenab', 3), {}), /order of the ledger/);
});

test('without rules in force nothing is judged', () => {
  throws(() => law().rulesAt(START), /rules are in force/);
});

function activation(index: number, from: number, count: number): { one: Entry; fetched: { ruleSet: ReturnType<typeof readRules> } } {
  const { bytes, hash, rules } = ruleDocument({ ...PARAMETERS, 'structuring.count': { value: count, unit: 'count', status: 'assumption', clause: '' } });
  return { one: entry(index, 'rule-set-activated', { hash, effectiveFrom: START + from, rules }), fetched: { ruleSet: readRules(bytes) } };
}

test('an event is judged by the rules of its time, and rules that take effect in the past judge again', () => {
  const control = law();
  const state = open();
  const board = new Board();
  const say = (one: Entry, fetched = {}): void => {
    const outcome = applyEntry(state, control, one, fetched, () => true);
    if (!outcome.full) board.take(outcome.changes);
  };
  say(register(0, 'aurora', 1));
  say(stage(1, 'aurora', 'e4-aml-registered', -hours(1)));
  const first = activation(2, 0, 3);
  say(first.one, first.fetched);
  const told = (base: number, name: string) => [0, 1, 2].map((i) => near(`${name}${i}`, base + min(i), { person: name === 'a' ? 1 : 2 }));
  feed(state, control, board, [...told(0, 'a'), ...told(hours(10), 'b')], hours(11));
  deepStrictEqual(board.standing(), ['structuring 1/a2', 'structuring 1/b2']);
  const stricter = activation(3, hours(5), 2);
  say(stricter.one, stricter.fetched);
  deepStrictEqual(board.standing(), ['structuring 1/a2', 'structuring 1/b1'], 'from five hours on two are enough');
});

test('a rule set is what its hash says', () => {
  const control = law();
  const { one, fetched } = activation(0, 0, 3);
  throws(() => control.apply({ ...one, body: { ...one.body, hash: 'other' } as never }, fetched), /were fetched/);
});

test('the order of events of one instant is frozen', () => {
  const golden = ['a', 'TX-0000000001', 'e1', 'ی'].map((id) => {
    const bytes = Buffer.from(id);
    const hash = { hi: 0, lo: 0 };
    hashBytes(bytes, 0, bytes.length, 0, hash);
    return `${hash.hi.toString(16)} ${hash.lo.toString(16)}`;
  });
  deepStrictEqual(golden, ['501c2ba7 82c97901', '4ea6dafe 59ae8cbe', '479b760d 4ff584e9', '1916fd1d a273a6d4']);
});
