import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBatch, encodeBatch } from '../../log/index.ts';
import { PLAN } from '../rules/rule-set.ts';
import { readSnapshot, takeSnapshot } from './snapshot.ts';
import { hashStates } from './state-hash.ts';
import { bytesOf, openState, type State } from './state.ts';
import { step, type Outcome } from './step.ts';
import { Board, LAKH, START, hours, min, plainLaw, rowOf, type Told } from './testing/cases.ts';

const law = plainLaw();
const BYTES_MAX = 400_000;

/** A batch of eight people of whom each comes again and again; some of it is structuring. */
function batchOf(n: number): readonly Told[] {
  return Array.from({ length: 50 }, (_, i): Told => ({ kind: i % 5 === 4 ? 'fiat-out' : 'fiat-in', id: `event-${n}-${i}`, at: n * min(20) + i, person: 1 + ((n * 50 + i * 7) % (8 + n * 10)), paisa: (i % 3 === 0 ? 9 : 30) * LAKH, party: `a${i % 9}` }));
}

function stepBatch(state: State, n: number): Outcome {
  return step(state, { events: decodeBatch(encodeBatch(batchOf(n).map(rowOf))), admittedAt: START + n * min(20) + hours(1) }, law);
}

/** Steps batches from `from` on until one is refused; gives its number. */
function fillUp(state: State, board: Board, from: number, to: number): number {
  for (let n = from; n < to; n++) {
    const outcome = stepBatch(state, n);
    if (outcome.full) return n;
    board.take(outcome.changes);
  }
  return to;
}

test('a shard at its ceiling refuses the batch whole, again and again, and what it knew stays as it was', () => {
  const state = openState({ plan: PLAN, bytesMax: BYTES_MAX });
  const refused = fillUp(state, new Board(), 0, 1_000);
  ok(refused > 10 && refused < 1_000, `batch ${refused} is the first that is refused`);
  ok(bytesOf(state) <= BYTES_MAX, 'the ceiling holds');
  ok(bytesOf(state) > 0.8 * BYTES_MAX, 'and what is below it is used');
  const before = hashStates([state]);
  for (let again = 0; again < 3; again++) deepStrictEqual(stepBatch(state, refused), { full: true });
  strictEqual(hashStates([state]), before);
});

test('a shard that was full goes on from its bytes where it has more room, and has lost nothing', () => {
  const small = openState({ plan: PLAN, bytesMax: BYTES_MAX });
  const [board, whole] = [new Board(), new Board()];
  const refused = fillUp(small, board, 0, 1_000);
  const large = readSnapshot(takeSnapshot(small), { plan: PLAN, bytesMax: 2 ** 28 });
  ok(large !== undefined);
  fillUp(large, board, refused, refused + 30);
  const never = openState({ plan: PLAN, bytesMax: 2 ** 28 });
  fillUp(never, whole, 0, refused + 30);
  strictEqual(hashStates([large]), hashStates([never]));
  deepStrictEqual(board.standing(), whole.standing());
  ok(whole.standing().length > 10);
});
