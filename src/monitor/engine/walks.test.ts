import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { PLAN } from '../rules/rule-set.ts';
import { HOUR_US } from '../../terms/index.ts';
import { openState } from './state.ts';
import { Board, LAKH, feed, min, personHex, plainLaw, type Told } from './testing/cases.ts';
import { idWords } from './people.ts';
import { Walked, partyOf } from './walks.ts';

/** A busy account: 2,600 movements in about a day, at three firms, with pauses longer than the window. */
function busy(): readonly Told[] {
  let [state, at] = [3, 0];
  const random = (below: number): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) % below;
  return Array.from({ length: 2_600 }, (_, i): Told => {
    at += random(400) === 0 ? min(90) : random(min(0.1));
    return { kind: random(2) === 0 ? 'fiat-in' : 'fiat-out', id: `b${i}`, at, firm: 1 + random(3), paisa: (1 + random(9)) * LAKH, party: random(5) === 0 ? `new${i}` : `a${random(40)}` };
  });
}

test('a walk that is kept up to date says what a walk over the chain says, at every event', () => {
  const state = openState({ plan: PLAN, bytesMax: 2 ** 26 });
  const [told, board] = [busy(), new Board()];
  for (let from = 0; from < told.length; from += 100) feed(state, plainLaw(), board, told.slice(from, from + 100), told[from]?.at ?? 0);
  const { records, people } = state;
  const person = people.find(idWords(personHex(1)), 0);
  ok(person !== 0);
  const first = people.head(person);
  const kept = new Walked(records, first, HOUR_US);
  let longest = 0;
  for (let r = records.after(first); r !== 0; r = records.after(r)) {
    kept.advance(r);
    const plain = new Walked(records, r, HOUR_US);
    longest = Math.max(longest, plain.receivers);
    for (const firm of [1, 2, 3]) deepStrictEqual([kept.elsewhere(firm), kept.leftAt(firm), kept.senders, kept.receivers], [plain.elsewhere(firm), plain.leftAt(firm), plain.senders, plain.receivers]);
  }
  ok(longest > 100, 'the walk met its bound of movements');
});

test('parties are told apart by 53 bits, and nobody is none of them', () => {
  const state = openState({ plan: PLAN, bytesMax: 2 ** 26 });
  feed(state, plainLaw(), new Board(), [{ kind: 'fiat-in', id: 'a', at: 0, paisa: LAKH, party: 'x' }, { kind: 'fiat-in', id: 'b', at: 1, paisa: LAKH, party: 'y' }, { kind: 'fiat-in', id: 'c', at: 2, paisa: LAKH }], 3);
  const tail = state.people.tail(state.people.find(idWords(personHex(1)), 0));
  const [c, b, a] = [tail, state.records.before(tail), state.records.before(state.records.before(tail))];
  strictEqual(partyOf(state.records, c), 0);
  ok(partyOf(state.records, a) !== partyOf(state.records, b));
});
