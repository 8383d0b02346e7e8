/**
 * The engine by itself, in one process on one core: columns to decision with all rules of the table, beside bare
 * `JSON.parse` of the same events in the same run, so that the ratio does not depend on the machine. No
 * network, no durability: what those cost is measured where the whole path is.
 *
 * People are drawn uniformly, the hardest case for memory: every event finds its person cold.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPack, ruleParametersAt } from '../src/framework/index.ts';
import { EMPTY_ROW, decodeBatch, encodeBatch, type EventBatch, type EventRow } from '../src/log/index.ts';
import { PLAN, bytesOf, openState, readRules, ruleDocument, step, type Law, type State } from '../src/monitor/index.ts';
import { EVENT_KINDS, FLAG, MINUTE_US, SECOND_US, SERVICES, USUAL_SERVICE, formatInstant, instantOf, type EventKind } from '../src/terms/index.ts';

/** One figure of a bench. */
export interface BenchRow {
  readonly bench: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly ceiling?: number;
  readonly ok: boolean;
  readonly runs: readonly number[];
  readonly method: string;
}

/** Sizes of a run. */
export interface MonitorSize {
  readonly people: number;
  readonly events: number;
  /** Events on the hot account. */
  readonly hot: number;
  readonly runs: number;
}

export const SMALL: MonitorSize = { people: 50_000, events: 200_000, hot: 100_000, runs: 3 };
export const FULL: MonitorSize = { people: 1_000_000, events: 2_000_000, hot: 1_000_000, runs: 3 };

const START = instantOf(1_803_884_400_000_000);
const BATCH = 1_000;
const BYTES_MAX = 12 * 2 ** 30;
const KINDS: readonly EventKind[] = ['fiat-in', 'fiat-in', 'fiat-in', 'asset-deposit', 'asset-withdrawal', 'trade', 'trade', 'fiat-out', 'fiat-out', 'sign-in'];
const INWARD: ReadonlySet<EventKind> = new Set(['fiat-in', 'asset-deposit']);

type Random = () => number;

/** Runs the bench; `seconds` reads a stopwatch. */
export function benchMonitor(size: MonitorSize, seconds: () => number): BenchRow[] {
  const law = benchLaw();
  const row = (metric: string, runs: readonly number[], unit: string, method: string, bound: { floor?: number; ceiling?: number } = {}): BenchRow => {
    const value = median(runs);
    return { bench: 'monitor', metric, value, unit, ...bound, ok: value >= (bound.floor ?? -Infinity) && value <= (bound.ceiling ?? Infinity), runs, method };
  };
  const inOrder = Array.from({ length: size.runs }, (_, i) => timeFold(size, law, seconds, i + 1, 0));
  const late = Array.from({ length: size.runs }, (_, i) => timeFold(size, law, seconds, i + 1, 0.01));
  const parse = Array.from({ length: size.runs }, (_, i) => timeParse(Math.min(size.events, 200_000), seconds, i + 1));
  const hot = Array.from({ length: size.runs }, (_, i) => timeHot(size, law, seconds, i + 1));
  const load = `${size.events.toLocaleString('en')} events of ${size.people.toLocaleString('en')} people, uniform, batches of ${BATCH}`;
  return [
    row('engine.columnsPerSecondCore', inOrder.map((run) => run.perSecond), 'events/s', `decoded columns to decision, all rules of the table, one core; ${load}`),
    row('engine.decodedPerSecondCore', inOrder.map((run) => run.decodedPerSecond), 'events/s', 'the same from stored bytes (zstd)'),
    row('engine.parseRatio', inOrder.map((run, i) => run.perSecond / (parse[i]?.perSecond ?? 1)), 'ratio', `columns to decision over bare JSON.parse of the same kinds of event, ${Math.round(parse[0]?.bytes ?? 0)} bytes in the mean`),
    row('engine.settleShare', late.map((run, i) => Math.max(0, 1 - (inOrder[i]?.seconds ?? 0) / run.seconds)), 'ratio', 'time that 1% late events add, of the whole'),
    row('engine.hotAccountRatio', hot, 'ratio', `an event on an account with up to ${size.hot.toLocaleString('en')} events in its windows over one on a cold account`),
    row('memory.bytesPerPerson', inOrder.map((run) => run.bytesPerPerson), 'bytes', `typed memory over people, ${(size.events / size.people).toFixed(1)} events each within the horizon, doubling included`),
    row('engine.findings', inOrder.map((run) => run.findings), 'findings', 'raised in the run'),
  ];
}

function timeFold(size: MonitorSize, law: Law, seconds: () => number, seed: number, lateShare: number): { perSecond: number; decodedPerSecond: number; seconds: number; bytesPerPerson: number; findings: number } {
  const random = randomOf(seed);
  const state = openState({ plan: PLAN, bytesMax: BYTES_MAX, people: size.people });
  let [spent, decoding, findings] = [0, 0, 0];
  for (let from = 0; from < size.events; from += BATCH) {
    const stored = encodeBatch(Array.from({ length: BATCH }, (_, i) => rowOf(from + i, size, random, lateShare)));
    const begin = seconds();
    const events = decodeBatch(stored);
    const decoded = seconds();
    findings += stepped(state, events, law, START + (from + BATCH) * gapOf(size));
    spent += seconds() - decoded;
    decoding += decoded - begin;
  }
  return { perSecond: size.events / spent, decodedPerSecond: size.events / (spent + decoding), seconds: spent, bytesPerPerson: bytesOf(state) / (state.people.next - 1), findings };
}

function stepped(state: State, events: EventBatch, law: Law, admittedAt: number): number {
  const outcome = step(state, { events, admittedAt }, law);
  if (outcome.full) throw new Error('the bench needs more memory than it was given');
  return outcome.changes.filter((change) => change.change === 'raised').length;
}

/** Events on one account, all within its longest window, against the same number spread over many. */
function timeHot(size: MonitorSize, law: Law, seconds: () => number, seed: number): number {
  const perEvent = (people: number): number => {
    const random = randomOf(seed);
    const state = openState({ plan: PLAN, bytesMax: BYTES_MAX, people });
    let spent = 0;
    for (let from = 0; from < size.hot; from += BATCH) {
      const rows = Array.from({ length: BATCH }, (_, i): EventRow => ({ ...rowOf(from + i, { ...size, people }, random, 0), at: START + (from + i) * SECOND_US * 0.3, paisa: 1_000 }));
      const events = decodeBatch(encodeBatch(rows));
      const begin = seconds();
      stepped(state, events, law, START + (from + BATCH) * SECOND_US);
      if (from >= size.hot / 2) spent += seconds() - begin;
    }
    return spent;
  };
  return perEvent(1) / perEvent(size.hot);
}

function timeParse(count: number, seconds: () => number, seed: number): { perSecond: number; bytes: number } {
  const random = randomOf(seed);
  const texts = Array.from({ length: count }, (_, i) => jsonOf(rowOf(i, FULL, random, 0), random));
  const begin = seconds();
  let sum = 0;
  for (const text of texts) sum += parsedSize(text);
  const spent = seconds() - begin;
  if (sum === 0) throw new Error('nothing was parsed');
  return { perSecond: count / spent, bytes: texts.reduce((total, text) => total + text.length, 0) / count };
}

function parsedSize(text: string): number {
  const parsed: unknown = JSON.parse(text);
  return parsed === null ? 0 : 1;
}

/** Time between events, so that the run lies within the horizon. */
function gapOf(size: MonitorSize): number {
  return Math.floor((20 * 24 * 60 * MINUTE_US) / size.events);
}

function rowOf(i: number, size: MonitorSize, random: Random, lateShare: number): EventRow {
  const kind = KINDS[Math.floor(random() * KINDS.length)] ?? 'trade';
  const person = Math.floor(random() * size.people);
  const isChain = kind === 'asset-deposit' || kind === 'asset-withdrawal';
  const isLate = random() < lateShare;
  return {
    ...EMPTY_ROW, kind: EVENT_KINDS.indexOf(kind), at: START + i * gapOf(size) - (isLate ? Math.floor(random() * 9 * MINUTE_US) : 0), id: `TX-${seedText(i)}`, seq: i + 1,
    firm: 1 + Math.floor(random() * 6), paisa: Math.floor(Math.exp(11 + random() * 8)), person: personOf(person), customer: `C-${person}`, stream: 'main', asset: 'iso4217:PKR',
    flags: kind === 'sign-in' ? 0 : FLAG.moves | (INWARD.has(kind) ? FLAG.inward : 0) | (kind === 'asset-withdrawal' && random() < 0.3 ? FLAG.unhosted : 0),
    service: SERVICES.indexOf(USUAL_SERVICE[kind]), ...(isChain ? { chain: 'eip155:1', address: `0x${personOf(Math.floor(random() * 1e6))}00000000` } : { accountToken: `acct-${person % 9973}` }),
  };
}

const seedText = (i: number): string => i.toString(36).padStart(10, '0');
const personOf = (n: number): string => (Math.imul(n + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0') + (Math.imul(n + 7, 0x85ebca6b) >>> 0).toString(16).padStart(8, '0') + n.toString(16).padStart(16, '0');

function jsonOf(row: EventRow, random: Random): string {
  return JSON.stringify({
    v: 1, id: row.id, stream: 'main', seq: row.seq, at: formatInstant(instantOf(row.at)), kind: EVENT_KINDS[row.kind], customer: row.customer,
    amount: { asset: 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7', value: (row.paisa / 100).toFixed(2) }, pkr: (row.paisa / 100).toFixed(2), chain: 'eip155:1',
    txHash: Math.floor(random() * 2 ** 52).toString(16).padStart(64, '0'), from: `0x${row.person}00000000`, counterparty: { kind: 'unhosted', country: 'PK' },
    travelRule: { status: 'complete', protocol: 'trp', message: row.id }, access: { ipToken: 'ip-12345678', country: 'PK', network: 'AS17557' },
  });
}

function benchLaw(): Law {
  const loaded = loadPack(join(import.meta.dirname, '../frameworks/pk-pvara-2026'), (path) => readFileSync(path, 'utf8'));
  if (!loaded.ok) throw new Error('the pack has faults');
  const rules = readRules(ruleDocument(ruleParametersAt(loaded.framework, START)).bytes);
  return { rulesAt: () => rules, permits: () => true, wallets: { lookup: () => undefined } };
}

/** Mulberry32: a seeded stream of numbers in [0, 1). */
function randomOf(seed: number): Random {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function median(runs: readonly number[]): number {
  const sorted = [...runs].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

if (import.meta.main) {
  const rows = benchMonitor(process.argv.includes('--full') ? FULL : SMALL, () => performance.now() / 1000);
  process.stdout.write(`${JSON.stringify(rows, undefined, 1)}\n`);
}
