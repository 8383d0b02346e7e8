/**
 * The engine by itself, on one core and on two: columns to decision, and JSON lines to decision, with all rules of the table, beside bare
 * `JSON.parse` of the same bytes in the same run, so that the ratio does not depend on the machine. No
 * network, no durability: what those cost is measured where the whole path is. Rates are per second of processor time, which
 * other programs on the machine cannot make look better or much worse.
 */

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bytesOf, openState, readSnapshot, step, takeSnapshot, type Law, type State } from '../src/monitor/engine/index.ts';
import { DAY_US, MINUTE_US, SECOND_US, instantOf } from '../src/terms/index.ts';
import { ActivityBatch, Deeds, lineOf, onboarding, readLine, type Deed } from './activity.ts';
import { thirtyRules } from './rules.ts';
import { PaymentJudge, documentedVerdicts, inventPayments, verdictsOf } from './payments.ts';

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

/** Sizes of a run. `people`: known to the engine, a quarter of them active. `restart`: people of the shard that is restarted. */
export interface MonitorSize {
  readonly people: number;
  readonly events: number;
  readonly lines: number;
  /** Events on the hot account. */
  readonly hot: number;
  readonly memory: number;
  readonly restart: number;
  readonly payments: number;
  readonly runs: number;
}

export const SMALL: MonitorSize = { people: 100_000, events: 100_000, lines: 30_000, hot: 60_000, memory: 20_000, restart: 20_000, payments: 10_000, runs: 3 };
export const FULL: MonitorSize = { people: 40_000_000, events: 2_000_000, lines: 300_000, hot: 1_000_000, memory: 1_000_000, restart: 1_000_000, payments: 200_000, runs: 3 };

const START = instantOf(1_803_884_400_000_000);
const BATCH = 1_000;
const BYTES_MAX = 14 * 2 ** 30;
const NATION = 40_000_000;
/** Events of an active person in the month that the engine keeps. */
const EVENTS_EACH = 20;
const ACTIVE_SHARE = 4;
/** Events between two snapshots at the rate of a busy hour: five minutes at 10,000 a second. */
const REPLAY_EVENTS = 3_000_000;

const { plan: PLAN, rules } = thirtyRules(START);

const median = (runs: readonly number[]): number => [...runs].sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;

/** Seconds of processor time that this process has taken. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Runs the bench. */
export async function benchMonitor(size: MonitorSize): Promise<BenchRow[]> {
  const row = (metric: string, runs: readonly number[], unit: string, method: string, bound: { floor?: number; ceiling?: number } = {}): BenchRow => {
    const value = median(runs);
    return { bench: 'monitor', metric, value, unit, ...bound, ok: value >= (bound.floor ?? -Infinity) && value <= (bound.ceiling ?? Infinity), runs, method };
  };
  const load = `${size.people.toLocaleString('en')} people known and onboarded, events of a quarter of them drawn uniformly, batches of ${BATCH}, ${rules.rules.length} rules on ${PLAN.features.length} shared columns; per second of processor time`;
  const core = benchCore(size, size.people, 1);
  const two = await benchTwoCores(size);
  const restart = benchRestart(size);
  return [
    row('engine.columnsPerSecondCore', core.columns, 'events/s', `${size.events.toLocaleString('en')} events as columns to decision; ${load}`, { floor: 500_000 }),
    row('engine.jsonPerSecondCore', core.json, 'events/s', `${size.lines.toLocaleString('en')} JSON lines of ${core.bytes} bytes in the mean, parsed, read into columns and decided; ${load}`, { floor: 200_000 }),
    row('engine.jsonPerSecondTwoCores', [two], 'events/s', `the same in two processes at once, each with half of the people and a shard of its own; sum of both`, { floor: 400_000 }),
    row('engine.parseRatio', core.ratio, 'ratio', 'JSON lines to decision over bare JSON.parse of the same lines, in turns in the same run', { floor: 0.3 }),
    row('engine.parsePerSecondCore', core.parse, 'lines/s', 'bare JSON.parse of those lines in the same run: what this machine did at the time; alone on it, 690,000 a second were measured'),
    row('engine.settleShare', [benchSettle(size)], 'ratio', 'processor time that 1% of events, late by up to nine minutes, add to a batch, of the whole; medians of batches of two runs in turns', { ceiling: 0.15 }),
    row('engine.hotAccountRatio', Array.from({ length: size.runs }, (_, i) => benchHot(size, i + 1)), 'ratio', `an event on an account with up to ${size.hot.toLocaleString('en')} events in its windows, at six firms, over one of the same kinds on cold accounts; medians of batches in turns`, { ceiling: 1.2 }),
    row('memory.bytesPerPerson', [benchMemory(size)], 'bytes', `typed memory over people, room for growth included: everyone onboarded, a quarter active with ${EVENTS_EACH} events in the month that is kept; the engine alone`, { ceiling: 300 }),
    row('engine.restartSeconds', [restart.seconds], 's', `a shard of ${size.restart.toLocaleString('en')} people read back from its snapshot of ${(restart.bytes / 2 ** 20).toFixed(0)} MiB, times ${NATION.toLocaleString('en')} people, and ${REPLAY_EVENTS.toLocaleString('en')} events replayed (five minutes at 10,000 a second), over two cores`, { ceiling: 60 }),
    row('engine.snapshotSeconds', [restart.takeSeconds], 's', 'the same shard written as a snapshot, once; processor time'),
    ...paymentRows(size, row),
    row('engine.findings', [core.findings], 'findings', 'raised in the runs over columns'),
  ];
}

interface Core {
  readonly columns: number[];
  readonly json: number[];
  readonly parse: number[];
  readonly ratio: number[];
  readonly findings: number;
  readonly bytes: number;
}

/** Columns and lines to decision over one state. */
export function benchCore(size: MonitorSize, people: number, seed: number): Core {
  const law = benchLaw();
  const state = populated(people, law);
  const deeds = new Deeds(seed, { active: Math.max(1, Math.floor(people / ACTIVE_SHARE)), gapUs: Math.floor((20 * DAY_US) / (size.runs * (size.events + size.lines))), startUs: START, lateShare: 0 });
  const result: Core & { findings: number; bytes: number } = { columns: [], json: [], parse: [], ratio: [], findings: 0, bytes: 0 };
  for (let run = 0; run < size.runs; run++) {
    const columns = foldDeeds(state, law, deeds, size.events);
    result.columns.push(size.events / columns.seconds);
    result.findings += columns.findings;
    const lines = foldLines(state, law, deeds, size.lines);
    result.json.push(size.lines / lines.seconds);
    result.parse.push(size.lines / lines.parseSeconds);
    result.ratio.push(lines.parseSeconds / lines.seconds);
    result.bytes = Math.round(lines.bytes / size.lines);
  }
  return result;
}

/** A state in which everyone was onboarded in the month before. */
function populated(people: number, law: Law): State {
  const state = openState({ plan: PLAN, bytesMax: BYTES_MAX, people: people + 2 * BATCH, records: people + 2 * BATCH });
  const batch = new ActivityBatch(BATCH);
  for (let person = 0; person < people;) {
    batch.clear();
    const at = START - 2 * DAY_US;
    for (let i = 0; i < BATCH && person < people; i++) batch.add(onboarding(person++, at));
    stepped(state, batch, law, at);
  }
  return state;
}

function stepped(state: State, events: ActivityBatch, law: Law, admittedAt: number): number {
  const outcome = step(state, { events, admittedAt }, law);
  if (outcome.full) throw new Error('the bench needs more memory than it was given');
  return outcome.changes.reduce((sum, { change }) => (change === 'raised' ? sum + 1 : sum), 0);
}

/** Folds `count` events; processor time of the fold alone. */
function foldDeeds(state: State, law: Law, deeds: Deeds, count: number): { seconds: number; findings: number } {
  const batch = new ActivityBatch(BATCH);
  let [seconds, findings] = [0, 0];
  for (let from = 0; from < count; from += BATCH) {
    batch.clear();
    for (let i = 0; i < BATCH; i++) batch.add(deeds.next());
    const begin = cpuSeconds();
    findings += stepped(state, batch, law, deeds.now);
    seconds += cpuSeconds() - begin;
  }
  return { seconds, findings };
}

/** Folds `count` events that come as lines; beside it, the same lines parsed and thrown away. */
function foldLines(state: State, law: Law, deeds: Deeds, count: number): { seconds: number; parseSeconds: number; bytes: number } {
  const batch = new ActivityBatch(BATCH);
  let [seconds, parseSeconds, bytes] = [0, 0, 0];
  for (let from = 0; from < count; from += BATCH) {
    const lines = Array.from({ length: BATCH }, () => Buffer.from(lineOf(deeds.next())).toString('latin1'));
    for (const line of lines) bytes += line.length;
    const begin = cpuSeconds();
    let parsed = 0;
    for (const line of lines) parsed += isObject(line);
    const between = cpuSeconds();
    if (parsed !== BATCH) throw new Error('a line was not parsed');
    batch.clear();
    for (const line of lines) batch.add(readLine(line));
    stepped(state, batch, law, deeds.now);
    seconds += cpuSeconds() - between;
    parseSeconds += between - begin;
  }
  return { seconds, parseSeconds, bytes };
}

function isObject(line: string): number {
  const parsed: unknown = JSON.parse(line);
  return typeof parsed === 'object' ? 1 : 0;
}

/** What 1% late events add: two runs of the same size side by side, a batch of each in turn. */
function benchSettle(size: MonitorSize): number {
  const law = benchLaw();
  const people = Math.min(size.people, 1_000_000);
  const side = (lateShare: number) => ({ state: populated(people, law), deeds: new Deeds(7, { active: people / ACTIVE_SHARE, gapUs: (20 * DAY_US) / size.events, startUs: START, lateShare }), seconds: [] as number[] });
  const [inOrder, late] = [side(0), side(0.01)];
  for (let from = 0; from < size.events; from += BATCH) for (const one of [inOrder, late]) one.seconds.push(foldDeeds(one.state, law, one.deeds, BATCH).seconds);
  return Math.max(0, 1 - median(inOrder.seconds) / median(late.seconds));
}

/** Events on one account, all within its longest window, against the same events on as many accounts as there are events. */
function benchHot(size: MonitorSize, seed: number): number {
  const law = benchLaw();
  const side = (active: number) => {
    const deeds = new Deeds(seed, { active, gapUs: SECOND_US * 0.3, startUs: START, lateShare: 0 });
    const small = { next: (): Deed => ({ ...deeds.next(), paisa: 1_000 }), get now() { return deeds.now; } };
    return { state: populated(Math.min(active, size.hot), law), deeds: small, seconds: [] as number[] };
  };
  const [hot, cold] = [side(1), side(size.hot)];
  const batch = new ActivityBatch(BATCH);
  for (let from = 0; from < size.hot; from += BATCH) {
    for (const one of [hot, cold]) {
      batch.clear();
      for (let i = 0; i < BATCH; i++) batch.add(one.deeds.next());
      const begin = cpuSeconds();
      stepped(one.state, batch, law, one.deeds.now);
      if (from >= size.hot / 2) one.seconds.push(cpuSeconds() - begin);
    }
  }
  return median(hot.seconds) / median(cold.seconds);
}

/** Bytes a person of a nation at rest: grown from empty, so that what growth leaves unused is counted. */
function benchMemory(size: MonitorSize): number {
  return bytesOf(atRest(size.memory, benchLaw())) / size.memory;
}

/** Everyone onboarded, a quarter active through the month. */
function atRest(people: number, law: Law): State {
  const state = openState({ plan: PLAN, bytesMax: BYTES_MAX });
  const batch = new ActivityBatch(BATCH);
  for (let person = 0; person < people;) {
    batch.clear();
    for (let i = 0; i < BATCH && person < people; i++) batch.add(onboarding(person++, START - MINUTE_US));
    stepped(state, batch, law, START);
  }
  const events = (people / ACTIVE_SHARE) * EVENTS_EACH;
  foldDeeds(state, law, new Deeds(3, { active: people / ACTIVE_SHARE, gapUs: (30 * DAY_US) / events, startUs: START, lateShare: 0 }), events);
  return state;
}

function benchRestart(size: MonitorSize): { seconds: number; takeSeconds: number; bytes: number } {
  const law = benchLaw();
  const state = atRest(size.restart, law);
  const begin = cpuSeconds();
  const bytes = takeSnapshot(state);
  const taken = cpuSeconds();
  const again = readSnapshot(bytes, { plan: PLAN, bytesMax: BYTES_MAX });
  const read = cpuSeconds() - taken;
  if (again === undefined) throw new Error('a snapshot is not read back');
  const replayed = Math.min(size.events, REPLAY_EVENTS);
  const { seconds } = foldDeeds(again, law, new Deeds(9, { active: size.restart / ACTIVE_SHARE, gapUs: (10 * MINUTE_US) / replayed, startUs: START + 30 * DAY_US, lateShare: 0 }), replayed);
  return { seconds: ((read * NATION) / size.restart + (seconds * REPLAY_EVENTS) / replayed) / 2, takeSeconds: taken - begin, bytes: bytes.length };
}

/** What the same two rules do a second in the peer itself, end to end with its database and its queue, on two such cores: median of five runs. */
const PEER_PAYMENTS_PER_SECOND = 110;

/** Two rules of a peer on its own messages: how fast, and whether the verdicts are those that it documents. */
function paymentRows(size: MonitorSize, row: (metric: string, runs: readonly number[], unit: string, method: string, bound?: { floor?: number }) => BenchRow): BenchRow[] {
  const { payments, conditions } = inventPayments(1, size.payments, Math.ceil(size.payments / 8));
  const judge = new PaymentJudge(conditions);
  let [seconds, same] = [0, 0];
  const expected = documentedVerdicts(payments, conditions);
  for (let from = 0; from < payments.length; from += BATCH) {
    const begin = cpuSeconds();
    const judged = judge.judge(payments.slice(from, from + BATCH));
    seconds += cpuSeconds() - begin;
    for (const [id, verdict] of verdictsOf(judged)) if (expected.get(id)?.velocity === verdict.velocity && expected.get(id)?.flow === verdict.flow) same += 1;
  }
  return [
    row('tazama.paymentsPerSecond', [payments.length / seconds], 'payments/s', `${payments.length.toLocaleString('en')} payments, each a pacs.008 and a pacs.002 parsed from JSON, judged by two rules, every verdict a finding that explains itself; one core, without network and disk. Tazama itself, end to end with both, was measured at ${PEER_PAYMENTS_PER_SECOND} on two such cores`, { floor: 200 * PEER_PAYMENTS_PER_SECOND }),
    row('tazama.verdictsEqual', [same / payments.length], 'ratio', 'verdicts that are those which the peer documents, of all', { floor: 1 }),
  ];
}

/** Two processes at once, each with half of the people. */
async function benchTwoCores(size: MonitorSize): Promise<number> {
  const rates = await Promise.all([1, 2].map((seed) => new Promise<number>((done, failed) => {
    const child = fork(fileURLToPath(new URL('./monitor-child.ts', import.meta.url)), [], { serialization: 'advanced' });
    child.once('message', (rate) => done(Number(rate)));
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`a process of the bench ended with ${code}`)));
    child.send({ size, seed });
  })));
  return rates.reduce((sum, rate) => sum + rate, 0);
}

function benchLaw(): Law {
  return { rulesAt: () => rules, permits: () => true, wallets: { lookup: () => undefined } };
}

if (import.meta.main) {
  const rows = await benchMonitor(process.argv.includes('--full') ? FULL : SMALL);
  process.stdout.write(`${JSON.stringify(rows, undefined, 1)}\n`);
}
