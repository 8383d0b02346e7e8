import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeBatch, type Entry, type StoredBatch } from '../../log/index.ts';
import { MINUTE_US, instantOf, type EntryBody } from '../../terms/index.ts';
import { Board, PACK, START, days, hours, min, rowOf, type Told } from '../engine/testing/cases.ts';
import { LimitFold } from './fold.ts';

const FIRM = 'quarry';

/** A fold with a certificate holder, and what it said. */
class Case {
  readonly fold = new LimitFold(PACK);
  readonly board = new Board();
  #index = 0;

  constructor(stage = 'e4-aml-registered') {
    this.say('firm-registered', { firm: FIRM, number: 1, code: 'QRY', name: 'Quarry (invented)', synthetic: true }, -days(90));
    this.say('stage-changed', { firm: FIRM, from: null, to: stage, effectiveFrom: START - days(90), reasons: 'as found', evidence: [] }, -days(90));
  }

  say<K extends 'firm-registered' | 'stage-changed' | 'conditions-set'>(kind: K, body: EntryBody<K>, at: number, history: readonly StoredBatch[] = []): void {
    const entry: Entry = { index: this.#index++, kind, version: 1, actor: 'test', basis: 'test', admittedAt: instantOf(START + at), leaf: new Uint8Array(), bytes: new Uint8Array(), body };
    const concerned = this.fold.learn(entry);
    if (concerned?.begins === true) this.fold.follow(FIRM, history, concerned.from);
    this.board.take(this.fold.apply(entry, concerned));
  }

  cap(limit: string, value: number | null, at: number, from = at, history: readonly StoredBatch[] = []): void {
    this.say('conditions-set', { firm: FIRM, caps: [{ limit, value }], effectiveFrom: START + from, reasons: 'test', evidence: [] }, at, history);
  }

  /** One commit of intake. */
  admit(told: readonly Told[], at: number): void {
    this.board.take(this.fold.take([batchOf(told, at)]));
  }

  /** Rule and event of what stands. */
  standing(): string[] {
    return this.board.standing();
  }
}

function batchOf(told: readonly Told[], at: number, partition = 0): StoredBatch {
  const rows = told.map((one) => rowOf({ asset: 'eip155:1/slip44:60', ...one }));
  return { partition, producer: 'intake', seq: 1, firm: FIRM, count: rows.length, admittedAt: instantOf(START + at), controlEpoch: 5, bytes: encodeBatch(rows), offset: 1 };
}

const customer = (n: number, at: number): Told => ({ kind: 'customer-onboarded', id: `c${n}`, at, person: n, customer: `ref-${n}` });
const trade = (id: string, at: number, paisa: number, more: Partial<Told> = {}): Told => ({ kind: 'trade', id, at, paisa, customer: 'ref-1', ...more });

test('the customer by which a cap is passed raises the finding at once, with clause, decision, figures and events', () => {
  const one = new Case();
  one.admit([customer(1, 0), customer(2, 1)], 2);
  one.cap('e4.customers', 3, min(1), min(1), [batchOf([customer(1, 0), customer(2, 1)], 2)]);
  one.admit([customer(3, min(2))], min(2));
  deepStrictEqual(one.standing(), [], 'as many as the cap');
  one.admit([customer(4, min(3)), customer(3, min(4))], min(4));
  deepStrictEqual(one.standing(), ['cap-customers 1/c4'], 'the same customer again is no other one');
  const [said] = [...one.board.all.values()];
  deepStrictEqual(said?.finding.measures, [{ code: 'capCustomers', unit: 'count', value: 4, comparison: 'at-most', threshold: 3, margin: 1, status: 'decided', clause: 'NOC Regulations 2025, reg. 17.1; decision of entry 2' }]);
  deepStrictEqual([said?.finding.subject, said?.finding.evidence.map((ref) => ref.id), said?.state], ['firm', ['c1', 'c2', 'c3', 'c4'], 'provisional']);
  one.cap('e4.assets', 9, min(30));
  deepStrictEqual([...one.board.all.values()].map((each) => each.state), ['settled'], 'the watermark passed');
});

test('a near miss, a cap that is lifted, and one that is not in force yet raise nothing', () => {
  const one = new Case();
  one.cap('e4.customers', 2, 0);
  one.admit([customer(1, 1), customer(2, 2)], min(1));
  one.cap('e4.customers', null, min(2));
  one.admit([customer(3, min(3))], min(3));
  one.cap('e4.customers', 1, min(4), days(2));
  one.admit([customer(4, min(5))], min(5));
  deepStrictEqual(one.standing(), []);
  one.admit([customer(5, days(2) + 1)], days(2) + 1);
  deepStrictEqual(one.standing(), ['cap-customers 1/c5']);
});

test('volume over a window leaves it again, and a cap that stays passed is told again after a day', () => {
  const one = new Case();
  one.cap('e4.traded-30d', 1_000, 0);
  one.admit([trade('a', 1, 600)], min(1));
  one.admit([trade('b', days(10), 400)], days(10));
  deepStrictEqual(one.standing(), [], 'exactly the cap');
  one.admit([trade('c', days(29), 1)], days(29));
  one.admit([trade('d', days(29) + hours(2), 1)], days(29) + hours(2));
  deepStrictEqual(one.standing(), ['cap-traded 1/c'], 'quiet for a day');
  one.admit([trade('e', days(30) + hours(3), 1)], days(30) + hours(3));
  deepStrictEqual(one.standing(), ['cap-traded 1/c'], 'the first trade has left the window');
  one.admit([trade('f', days(31), 700)], days(31));
  deepStrictEqual(one.standing(), ['cap-traded 1/c', 'cap-traded 1/f']);
});

test('what one customer was paid out is counted apart from the others', () => {
  const one = new Case();
  one.cap('e4.paid-out-24h', 500, 0);
  const paid = (id: string, at: number, ref: string, paisa: number): Told => ({ kind: 'fiat-out', id, at, paisa, customer: ref });
  one.admit([paid('a', 1, 'x', 400), paid('b', 2, 'y', 400), paid('c', hours(20), 'x', 101)], hours(20));
  one.admit([paid('d', hours(25), 'y', 400)], hours(25));
  deepStrictEqual(one.standing(), ['cap-paid-out 1/c']);
});

test('different assets are counted, fiat is none', () => {
  const one = new Case();
  one.cap('e4.assets', 1, 0);
  one.admit([trade('a', 1, 1, { asset: 'eip155:1/slip44:60' }), trade('b', 2, 1, { asset: 'eip155:1/slip44:60' }), { kind: 'fiat-in', id: 'f', at: 3, asset: 'iso4217:PKR' }], min(1));
  deepStrictEqual(one.standing(), []);
  one.admit([trade('c', min(2), 1, { asset: 'bip122:000000000019d6689c085ae165831e93/slip44:0' })], min(2));
  deepStrictEqual(one.standing(), ['cap-assets 1/c']);
});

test('a cancelled or corrected event clears what it raised, whichever arrives first', () => {
  for (const order of [[0, 1], [1, 0]]) {
    const one = new Case();
    one.cap('e4.traded-30d', 1_000, 0);
    const parts = [[trade('big', min(1), 5_000)], [{ kind: 'correct', id: 'fix', at: min(1), target: 'big', replacement: 'trade', paisa: 50, seq: 9, customer: 'ref-1' } satisfies Told]];
    for (const place of order) one.admit(parts[place] ?? [], min(2));
    deepStrictEqual(one.standing(), [], `order ${order.join(' ')}`);
    one.admit([{ kind: 'cancel', id: 'undo', at: min(3), target: 'fix', seq: 10 }], min(3));
    deepStrictEqual(one.standing(), ['cap-traded 1/big'], 'a correction that was cancelled is none');
  }
});

test('an assumption, a draft and an unset limit bind nobody, and a stage that took effect in the past is applied to what was reported', () => {
  const one = new Case();
  one.admit(Array.from({ length: 50 }, (_, i) => customer(i, i)), min(1));
  ok(one.fold.isIdle, 'no cap binds: nothing is counted');
  one.cap('e4.customers', 0, min(2), min(2));
  one.admit([customer(60, min(3))], min(3));
  deepStrictEqual(one.standing(), ['cap-customers 1/c60']);
  one.say('stage-changed', { firm: FIRM, from: 'e4-aml-registered', to: 'q-suspended', event: 'suspend', effectiveFrom: START + min(2) + 1, reasons: 'test', evidence: [] }, min(4));
  deepStrictEqual(one.standing(), [], 'a suspended firm is bound by its suspension, and not by the cap');
});

/** What should stand, by looking at every pair of events. */
function modelOf(events: readonly Told[], caps: readonly { readonly from: number; readonly value: number | null }[]): string[] {
  const edge = (at: number): number => Math.min(Math.floor((START + at - days(30)) / MINUTE_US), Math.floor((START + at) / MINUTE_US) - 1);
  const standing: { at: number; value: number; id: string }[] = [];
  const trades = [...events].filter((one) => one.kind === 'trade').sort((a, b) => a.at - b.at);
  for (const [i, one] of trades.entries()) {
    const cap = [...caps].reverse().find((each) => each.from <= one.at)?.value ?? null;
    const value = trades.slice(0, i + 1).filter((other) => Math.floor((START + other.at) / MINUTE_US) > edge(one.at)).reduce((sum, other) => sum + (other.paisa ?? 0), 0);
    const last = standing.at(-1);
    if (cap === null || value <= cap || (last !== undefined && one.at - last.at < days(1) && value < 2 * last.value)) continue;
    standing.push({ at: one.at, value, id: one.id });
  }
  return standing.map((one) => `cap-traded 1/${one.id} ${one.value}`).sort();
}

test('whatever the order within the watermark and however commits are cut, the findings are those of a model that looks at every pair', () => {
  const event = fc.record({ minute: fc.integer({ min: 0, max: 45 * 1440 }), us: fc.integer({ min: 0, max: 59_999_999 }), paisa: fc.integer({ min: 1, max: 1_000 }), late: fc.integer({ min: 0, max: 9 * 60 }) });
  fc.assert(fc.property(fc.uniqueArray(event, { minLength: 1, maxLength: 60, selector: (one) => one.minute * 60_000_000 + one.us }), fc.array(fc.record({ from: fc.integer({ min: 0, max: 45 * 1440 }), value: fc.option(fc.integer({ min: 0, max: 6_000 })) }), { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 5 }), (drawn, capsDrawn, cut) => {
    const told = drawn.map((one, i) => ({ ...trade(`t${i}`, min(one.minute) + one.us, one.paisa), arrives: min(one.minute) + one.us + one.late * 1_000_000 })).sort((a, b) => a.arrives - b.arrives);
    const caps = capsDrawn.map((one) => ({ from: min(one.from), value: one.value })).sort((a, b) => a.from - b.from).filter((one, i, all) => all[i + 1]?.from !== one.from);
    const one = new Case();
    for (const cap of caps) one.cap('e4.traded-30d', cap.value ?? null, -1, cap.from);
    for (let i = 0; i < told.length; i += cut) {
      const part = told.slice(i, i + cut);
      one.admit(part, part.at(-1)?.arrives ?? 0);
    }
    one.admit([{ kind: 'sign-in', id: 'z', at: days(80) }], days(80));
    deepStrictEqual([...one.board.all.values()].filter((each) => each.state === 'settled' || each.state === 'corrected').map(({ finding }) => `${finding.rule} 1/${finding.event.id} ${finding.measures[0]?.value}`).sort(), modelOf(told, caps));
    ok([...one.board.all.values()].every((each) => each.state !== 'provisional'));
  }), { numRuns: 60 });
});

test('a firm that reported very much is counted exactly on, though its events are no longer known one by one', () => {
  const one = new Case();
  one.cap('e4.traded-30d', 10_000, 0);
  for (let day = 0; day < 40; day++) one.admit(Array.from({ length: 20 }, (_, i) => trade(`d${day}-${i}`, days(day) + hours(i), 10)), days(day) + hours(20));
  deepStrictEqual(one.standing(), [], '30 days of 200 are 6,000');
  one.admit([trade('last', days(40), 4_011)], days(40));
  const [said] = [...one.board.all.values()];
  strictEqual(said?.finding.measures[0]?.value, 10_001);
  strictEqual(said?.finding.evidenceTotal, 600);
  ok(said.finding.evidence.length > 0 && said.finding.evidence.length <= 25, 'those of the last day are named');
});

test('sums that no number of the engine holds pass a cap and stop nothing', () => {
  const one = new Case();
  one.cap('e4.traded-30d', 1_000, 0);
  one.admit([trade('a', 1, 9_000_000_000_000_000), trade('b', days(2), 9_000_000_000_000_000)], days(2));
  one.admit([{ kind: 'cancel', id: 'u1', at: days(2), target: 'a', seq: 8 }, { kind: 'cancel', id: 'u2', at: days(2), target: 'b', seq: 9 }, trade('c', days(2) + 1, 1_001)], days(2) + 1);
  deepStrictEqual(one.standing(), ['cap-traded 1/a', 'cap-traded 1/c']);
});
