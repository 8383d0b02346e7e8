import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { Board, LAKH, days, feed, hours, min, open, plainLaw, type Told } from './testing/cases.ts';

const near = (id: string, at: number, over: Partial<Told> = {}): Told => ({ kind: 'fiat-in', id, at, paisa: 9 * LAKH, party: 'acc-1', ...over });

test('three amounts below the threshold in a day are structuring, once', () => {
  const board = new Board();
  const state = open();
  feed(state, plainLaw(), board, [near('a', 0), near('b', min(5)), near('c', min(9), { firm: 2 }), near('d', min(12))], min(13));
  deepStrictEqual(board.standing(), ['structuring 2/c']);
  const [found] = [...board.all.values()];
  deepStrictEqual(found?.finding.measures.map((m) => [m.code, m.value, m.margin]), [['nearCount', 3, 0], ['nearSum', 27 * LAKH, 17 * LAKH]]);
  deepStrictEqual(found?.finding.seenAlone, [{ firm: 1, values: [2, 18 * LAKH], fires: false }, { firm: 2, values: [1, 9 * LAKH], fires: false }]);
  deepStrictEqual(found?.finding.evidence.map((e) => e.id), ['a', 'b', 'c']);
  deepStrictEqual(found?.finding.smallestChange, { code: 'nearCount', unit: 'count', change: -1 });
});

test('a late event moves the finding when it is settled', () => {
  const board = new Board();
  const state = open();
  const law = plainLaw();
  feed(state, law, board, [near('a', 0), near('b', min(5)), near('d', min(9))], min(9));
  deepStrictEqual(board.standing(), ['structuring 1/d']);
  feed(state, law, board, [near('c', min(7))], min(10));
  deepStrictEqual(board.standing(), ['structuring 1/c', 'structuring 1/d'], 'decided at once, where it lies');
  feed(state, law, board, [{ kind: 'sign-in', id: 'x', at: min(30), person: 2 }], min(30));
  deepStrictEqual(board.standing(), ['structuring 1/c']);
  strictEqual(board.settled().length, 1);
});

test('a listed wallet is a finding each time, and says what the list said', () => {
  const board = new Board();
  feed(open(), plainLaw(), board, [
    { kind: 'asset-deposit', id: 'a', at: 0, paisa: 100, party: '0xbad1' }, { kind: 'asset-withdrawal', id: 'b', at: 1, paisa: 100, party: '0xbad1' },
    { kind: 'asset-deposit', id: 'c', at: 2, paisa: 100, party: '0xfee1' },
  ], 5);
  deepStrictEqual(board.standing(), ['sanctioned-wallet 1/a', 'sanctioned-wallet 1/b']);
  ok([...board.all.values()].every((one) => one.finding.listed?.entry === '4711'));
});

test('a cancelled event no longer counts, and counts again when the cancellation is cancelled', () => {
  const board = new Board();
  const state = open();
  const law = plainLaw();
  feed(state, law, board, [near('a', 0), near('b', min(1)), near('c', min(2))], hours(1));
  deepStrictEqual(board.standing(), ['structuring 1/c']);
  feed(state, law, board, [{ kind: 'cancel', id: 'k', at: hours(1), target: 'b', seq: 9 }], hours(1) + 1);
  deepStrictEqual(board.standing(), []);
  feed(state, law, board, [{ kind: 'cancel', id: 'k2', at: hours(1), target: 'k', seq: 10 }], hours(1) + 2);
  deepStrictEqual(board.standing(), ['structuring 1/c']);
});

test('a customer is known since the firm says so, whenever it says it', () => {
  const drained = (opening: Told): readonly Told[] => [
    { kind: 'fiat-in', id: 'a', at: 0, paisa: 6 * LAKH }, { kind: 'trade', id: 't', at: hours(1), paisa: LAKH }, { kind: 'fiat-out', id: 'b', at: hours(30), paisa: 6 * LAKH }, opening,
  ];
  const openings: readonly (readonly [since: number, at: number, found: readonly string[]])[] = [
    [-hours(1), -min(1), ['drain 1/b']], [-days(300), -min(1), []], [-hours(1), hours(31), ['drain 1/b']], [-days(300), hours(31), []], [hours(31), hours(31), []],
  ];
  for (const [since, at, expected] of openings) {
    for (const told of [drained({ kind: 'opening-load', id: 'o', at, since }), drained({ kind: 'opening-load', id: 'o', at, since }).toReversed(), drained({ kind: 'opening-load', id: 'o', at, since }).toSorted((x, y) => x.at - y.at)]) {
      const board = new Board();
      const state = open();
      for (const one of told) feed(state, plainLaw(), board, [one], hours(31) + min(1));
      feed(state, plainLaw(), board, [{ kind: 'sign-in', id: 'later', at: days(40), person: 2 }], days(40));
      deepStrictEqual(board.standing().filter((line) => line.startsWith('drain')), expected, `known since ${since / hours(1)} h, said at ${at / hours(1)} h`);
    }
  }
});

test('an event that comes months late keeps its finding, also when a newer one comes in the same batch', () => {
  const late: Told = { kind: 'trade', id: 'late', at: -days(100), paisa: LAKH, service: 'lending' };
  const newer: Told = { kind: 'trade', id: 'newer', at: min(1), paisa: LAKH };
  for (const batches of [[[late, newer]], [[late], [newer]]]) {
    const board = new Board();
    const state = open();
    feed(state, plainLaw(), board, [{ kind: 'customer-onboarded', id: 'known', at: -days(3) }], 0);
    for (const [i, batch] of batches.entries()) feed(state, plainLaw(), board, batch, min(20 + i));
    deepStrictEqual(board.standing(), ['service-barred 1/late']);
    strictEqual(board.settled().length, 1);
  }
});
