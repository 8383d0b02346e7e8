import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { EventKind } from '../../terms/index.ts';
import { PLAN } from '../rules/rule-set.ts';
import type { FindingChange } from './finding.ts';
import { readSnapshot, takeSnapshot } from './snapshot.ts';
import { hashLines, hashStates } from './state-hash.ts';
import { settle } from './settle.ts';
import { openState, type State } from './state.ts';
import { Board, LAKH, START, days, feed, hours, min, personHex, plainLaw, type Told } from './testing/cases.ts';
import { modelFindings } from './testing/model.ts';

/** Runs of the property; `npm run faults` raises it. */
const RUNS = 200;

const BASES = [0, 0, min(20), hours(1), hours(1), hours(2), hours(9), hours(23), hours(24), hours(25), days(3), days(6.9), days(7), days(7.1), days(20), days(97), days(130)];
const OFFSETS = [0, 0, 1, min(2), min(10), min(20), min(59), min(60)];
const AMOUNTS = [LAKH, 3 * LAKH, 5 * LAKH, 7 * LAKH, 9 * LAKH, 10 * LAKH - 1, 10 * LAKH, 20 * LAKH, 40 * LAKH, 81 * LAKH];
/** What a case is mostly made of: kinds and amounts that let rules come near to firing. */
const THEMES: readonly { readonly kinds: readonly EventKind[]; readonly amounts: readonly number[] }[] = [
  { kinds: ['fiat-in', 'fiat-in', 'fiat-out', 'customer-onboarded', 'opening-load'], amounts: [4, 4, 5, 6] },
  { kinds: ['fiat-in', 'fiat-out', 'asset-withdrawal'], amounts: [7, 8, 9] },
  { kinds: ['asset-deposit', 'asset-withdrawal', 'asset-withdrawal', 'trade'], amounts: [1, 2, 2, 3] },
  { kinds: ['asset-deposit', 'asset-deposit', 'asset-deposit', 'asset-deposit', 'asset-withdrawal'], amounts: [0, 0, 0, 0, 6] },
  { kinds: ['fiat-in', 'asset-deposit', 'fiat-out', 'asset-withdrawal', 'trade', 'internal-transfer', 'p2p-trade', 'customer-onboarded', 'opening-load', 'sign-in'], amounts: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
];

const seed = fc.record({
  kind: fc.nat(99), base: fc.nat(BASES.length - 1), offset: fc.nat(OFFSETS.length - 1), amount: fc.nat(99), person: fc.constantFrom(0, 0, 0, 1, 2), firm: fc.constantFrom(0, 0, 1),
  party: fc.nat(12), bits: fc.nat(15), amend: fc.nat(14), delays: fc.tuple(fc.nat(99), fc.nat(99)),
});
type Seed = typeof seed extends fc.Arbitrary<infer T> ? T : never;

interface Sent {
  readonly told: Told;
  /** Two ways in which it may have been delayed: instants of admission. */
  readonly admitted: readonly [number, number];
}

/** Mostly within the watermark, sometimes a day late, sometimes twenty. */
function delayOf(n: number): number {
  if (n < 70) return n * min(0.125);
  return n < 92 ? (n - 69) * hours(1) : (n - 90) * days(2);
}

function sentOf(seeds: readonly Seed[], themeNumber: number, spread: number): Sent[] {
  const theme = THEMES[themeNumber] ?? { kinds: [], amounts: [] };
  return seeds.flatMap((s, i): Sent[] => {
    const at = (BASES[s.base % spread] ?? 0) + (OFFSETS[s.offset] ?? 0);
    const kind = theme.kinds[s.kind % theme.kinds.length] ?? 'trade';
    const isChain = kind === 'asset-deposit' || kind === 'asset-withdrawal';
    const told: Told = {
      kind, at, id: `e${i}`, person: s.person + 1, firm: s.firm + 1, paisa: AMOUNTS[theme.amounts[s.amount % theme.amounts.length] ?? 0] ?? 0, party: isChain && s.party === 0 ? '0xbad1' : `0xa${s.party}`, seq: i + 1,
      ...(kind === 'opening-load' ? { since: at - days(s.party / 2) - (s.bits & 1) } : {}), unhosted: (s.bits & 1) === 1, ...((s.bits & 6) === 6 ? { service: 'lending' } : {}),
    };
    const admitted = (t: Told): Sent['admitted'] => [t.at + delayOf(s.delays[0]), t.at + delayOf(s.delays[1])];
    const pair = kind === 'internal-transfer' ? legsOf({ ...told, other: ((s.person + 1) % 3) + 1 }) : [told];
    return [...pair.map((t) => ({ told: t, admitted: admitted(t) })), ...amendmentsOf(s, pair, i).map((t) => ({ told: t, admitted: [at + days(3) + s.delays[0], at + days(3) + s.delays[1]] as const }))];
  });
}

function legsOf(told: Told): Told[] {
  const { party: _party, ...rest } = told;
  return [{ ...rest, outward: true }, { ...rest, person: told.other ?? 1, other: told.person ?? 1, second: true }];
}

/** A few events are cancelled, corrected, corrected and that cancelled, or cancelled and then corrected after all. */
function amendmentsOf(s: Seed, legs: readonly Told[], i: number): Told[] {
  if (s.amend > 3 || (legs[0]?.kind !== 'internal-transfer' && legs[0]?.kind !== 'fiat-in' && legs[0]?.kind !== 'asset-withdrawal')) return [];
  return legs.flatMap((leg): Told[] => {
    const cancel = (id: string, target: string, seq: number): Told => ({ ...leg, kind: 'cancel', at: leg.at + hours(2), id, target, seq });
    const correct: Told = { ...leg, kind: 'correct', replacement: leg.kind, at: leg.at + min(s.bits), paisa: 9 * LAKH, id: `r${i}`, target: leg.id, seq: 1000 + i };
    if (s.amend === 0) return [cancel(`c${i}`, leg.id, 1000 + i)];
    if (s.amend === 3) return [correct, cancel(`c${i}`, leg.id, 900 + i)];
    return s.amend === 1 ? [correct] : [correct, cancel(`c${i}`, `r${i}`, 2000 + i)];
  });
}

interface Run {
  readonly states: State[];
  readonly board: Board;
}

/** How a run is cut: rows of a batch, shards, places (in hundredths of the run) where every shard is restarted from its bytes, and from how many records on a person has a window block and a walk is kept. */
interface Cut {
  readonly rows: number;
  readonly shards: number;
  readonly restarts: readonly number[];
  readonly blockFrom: number;
  readonly walkFrom: number;
}

/** Feeds events in the order of their admission. */
function run(sent: readonly Sent[], way: 0 | 1, { rows: cut, shards, restarts, blockFrom, walkFrom }: Cut): Run {
  const law = plainLaw();
  const board = new Board();
  const order = [...sent].sort((a, b) => a.admitted[way] - b.admitted[way]);
  const options = { plan: PLAN, bytesMax: 2 ** 30, blockFrom, walkFrom };
  let states = Array.from({ length: shards }, () => openState(options));
  const places = restarts.map((place) => Math.floor((order.length * place) / 100));
  for (let from = 0; from < order.length; from += cut) {
    const batch = order.slice(from, from + cut);
    const admittedAt = batch.at(-1)?.admitted[way] ?? 0;
    for (const [i, state] of states.entries()) feed(state, law, board, batch.map(({ told }) => told), admittedAt, (byte) => byte % shards === i);
    if (places.some((place) => place >= from && place < from + cut)) states = states.map((state) => restored(state, options));
  }
  for (const state of states) {
    const changes: FindingChange[] = [];
    settle(state, law, START + days(400), changes);
    board.take(changes);
  }
  return { states, board };
}

/** The state that a process has after a restart. */
function restored(state: State, options: Parameters<typeof openState>[0]): State {
  const read = readSnapshot(takeSnapshot(state), options);
  ok(read !== undefined, 'a snapshot is read back by the engine that took it');
  return read;
}

function linesOf(board: Board): string[] {
  const numbers = new Map([1, 2, 3].map((n) => [personHex(n), n]));
  return [...board.all.values()].filter((one) => one.state !== 'withdrawn').map(({ finding }) => {
    return `${finding.rule} ${numbers.get(finding.person)} ${finding.event.firm}/${finding.event.id} ${finding.measures.map((m) => m.value).join(',')}`;
  }).sort();
}

test('settled findings equal the model, whatever the order, the batches, the shards and the restarts', () => {
  fc.assert(fc.property(fc.array(seed, { minLength: 1, maxLength: 50, size: 'max' }), fc.nat(4), fc.constantFrom(4, 10, 17), fc.record<Cut>({ rows: fc.integer({ min: 1, max: 7 }), shards: fc.integer({ min: 1, max: 3 }), restarts: fc.array(fc.nat(99), { maxLength: 3 }), blockFrom: fc.constantFrom(0, 3, 12), walkFrom: fc.constantFrom(1, 3, 48) }), (seeds, theme, spread, cut) => {
    const sent = sentOf(seeds, theme, spread);
    const whole = run(sent, 0, { rows: 1000, shards: 1, restarts: [], blockFrom: 12, walkFrom: 48 });
    const other = run(sent, 1, cut);
    deepStrictEqual(linesOf(whole.board), modelFindings(sent.map(({ told }) => told)));
    deepStrictEqual(other.board.settled(), whole.board.settled());
    strictEqual(hashLines(other.board.settled()), hashLines(whole.board.settled()));
    strictEqual(hashStates(other.states), hashStates(whole.states));
  }), { numRuns: RUNS });
});
