/**
 * Name screening on one core and on two: queries of every class of the quality measure against OFAC with the UN list,
 * or with a stand-in of its size where that list does not lie at hand, and against a million names. Cold means that
 * what was worked out for words of earlier queries is forgotten before each pass; the code is warm. Throughput is CPU
 * time of the process, collection of garbage included. A single query is too short for the CPU clock, so its time is the
 * least of its passes, which on a busy machine comes nearest to the CPU time.
 */

import { join } from 'node:path';
import { Matcher, answerLines, linesOf, readLists, readQuery, type ListEntry, type ScreeningQuery } from '../src/screening/index.ts';
import { qualitySet, randomOf, syntheticPerson } from '../src/screening/quality/index.ts';
import type { BenchRow } from './monitor.ts';

const OWN_LISTS = join(import.meta.dirname, '..', 'data', 'ofac-names');
const SEED = 20_261_124;
const STAND_IN_ENTRIES = 1_003;
const STAND_IN_ALIASES = 3;
const CORE_FLOOR = 2_500;
const P99_MS_MAX = 2;
const MILLION_FLOOR = 600;
const SPEEDUP_FLOOR = 1.7;

/** Sizes of a run. */
export interface ScreeningSize {
  readonly queries: number;
  readonly passes: number;
  readonly names: number;
  readonly batchLines: number;
}

export const SCREENING_SMALL: ScreeningSize = { queries: 1_000, passes: 3, names: 100_000, batchLines: 0 };
export const SCREENING_FULL: ScreeningSize = { queries: 4_000, passes: 5, names: 1_000_000, batchLines: 24_000 };

/** Runs the bench; `seconds` reads a stopwatch, `folder` holds further lists. */
export async function benchScreening(size: ScreeningSize, seconds: () => number, folder: string | undefined): Promise<BenchRow[]> {
  const found = (await Promise.all([OWN_LISTS, ...(folder === undefined ? [] : [folder])].map((each) => readLists(each)))).flatMap((each) => each.lists);
  const lists = new Map(found.map((list) => [list.list, list]));
  const real = [...lists.values()].flatMap((list) => list.entries);
  const entries = lists.has('un') ? real : [...real, ...standIn()];
  const set = qualitySet(real, SEED);
  const queries = shuffled(set.cases.map((each) => each.name)).slice(0, size.queries).map(queryOf);
  const against = lists.has('un') ? 'OFAC and UN' : `OFAC and ${STAND_IN_ENTRIES} invented entries in the UN's stead`;
  const isFull = size === SCREENING_FULL;
  const small = timeMatcher(new Matcher({ entries }), queries, size.passes, seconds);
  const filled = [...entries, ...filler(size.names, entries)];
  const large = timeMatcher(new Matcher({ entries: filled }), queries.slice(0, Math.min(queries.length, 2_000)), Math.min(3, size.passes), seconds);
  const names = (all: readonly ListEntry[]): string => all.reduce((sum, entry) => sum + entry.names.length, 0).toLocaleString('en');
  const bound = (floor: number): { floor?: number } => (isFull ? { floor } : {});
  const rows = [
    row('screen.perSecondCore', small.perSecond, 'queries/s', { floor: CORE_FLOOR }, `cold, ${queries.length} queries of every class, aliases held out and names of nobody among them; ${against}, ${names(entries)} names; CPU time`),
    row('screen.p99Ms', [small.p99Ms], 'ms', { ceiling: P99_MS_MAX }, `the same queries, each by the least of ${size.passes} passes; slowest ${small.maxMs.toFixed(2)} ms`),
    row('screen.perSecondCoreMillionNames', large.perSecond, 'queries/s', bound(MILLION_FLOOR), `the same against ${names(filled)} names: those and invented ones, half of whose words are of the lists; CPU time`),
  ];
  return size.batchLines === 0 ? rows : [...rows, await batchRow(entries, queries.map((query) => query.names[0] ?? ''), size.batchLines, seconds)];
}

function row(metric: string, runs: readonly number[], unit: string, bound: { readonly floor?: number; readonly ceiling?: number }, method: string): BenchRow {
  const value = runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN;
  return { bench: 'screening', metric, value, unit, ...bound, ok: value >= (bound.floor ?? -Infinity) && value <= (bound.ceiling ?? Infinity), runs, method };
}

interface Timed {
  readonly perSecond: readonly number[];
  readonly p99Ms: number;
  readonly maxMs: number;
}

function timeMatcher(matcher: Matcher, queries: readonly ScreeningQuery[], passes: number, seconds: () => number): Timed {
  const least = new Float64Array(queries.length).fill(Infinity);
  const perSecond: number[] = [];
  // The first pass warms the code and is not counted.
  for (let pass = 0; pass <= passes; pass += 1) {
    matcher.forget();
    const begin = process.cpuUsage();
    queries.forEach((query, at) => {
      const start = seconds();
      matcher.screen(query);
      if (pass > 0) least[at] = Math.min(least[at] ?? Infinity, seconds() - start);
    });
    const spent = process.cpuUsage(begin);
    if (pass > 0) perSecond.push(queries.length / ((spent.user + spent.system) / 1e6));
  }
  const sorted = least.toSorted();
  return { perSecond, p99Ms: (sorted[Math.floor(sorted.length * 0.99)] ?? 0) * 1_000, maxMs: (sorted.at(-1) ?? 0) * 1_000 };
}

/** A file's lines by one core against two; wall time, the start of the workers and their indexes included. */
async function batchRow(entries: readonly ListEntry[], names: readonly string[], count: number, seconds: () => number): Promise<BenchRow> {
  const lines = Buffer.from(Array.from({ length: count }, (_, at) => JSON.stringify({ name: names[at % names.length] ?? '' })).join('\n'));
  const ground = { screen: { entries, versions: new Map<string, string>(), known: { codes: [...new Set(entries.map((entry) => entry.list))], since: '2000-01-01' } } };
  const time = async (cores: number): Promise<number> => {
    const begin = seconds();
    let answers = 0;
    for await (const answer of answerLines(linesOf(bytesOf(lines)), ground, cores)) answers += answer.length > 0 ? 1 : 0;
    if (answers !== count) throw new Error(`${answers} of ${count} lines were answered`);
    return seconds() - begin;
  };
  const runs: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const alone = await time(1);
    runs.push(alone / await time(2));
  }
  return row('screen.batchSpeedup', runs, 'ratio', { floor: SPEEDUP_FLOOR }, `${count.toLocaleString('en')} lines of nigran screen --file by one core over two, wall time, indexing included in both`);
}

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function queryOf(name: string): ScreeningQuery {
  const query = readQuery({ name });
  if ('code' in query) throw new Error(`the bench asks for a name that cannot be read: ${query.code}`);
  return query;
}

function shuffled(all: readonly string[]): string[] {
  const random = randomOf(SEED);
  return all.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

function entryOf(number: string, names: readonly string[]): ListEntry {
  return {
    list: 'un', entry: number, schema: 'Person', names: names.map((text, at) => ({ text, kind: at === 0 ? 'primary' : 'alias', quality: 'strong' })),
    fatherNames: [], birthDates: [], nationalities: [], gender: null, identifiers: [], places: [], programs: [], wallets: [],
  };
}

function standIn(): ListEntry[] {
  const random = randomOf(SEED + 1);
  return Array.from({ length: STAND_IN_ENTRIES }, (_, at) => entryOf(`stand-in-${at}`, Array.from({ length: STAND_IN_ALIASES }, () => syntheticPerson(random))));
}

const SYLLABLES = 'ba be bo da di du fa fi ga gu ha hi ja ka ki ku la li lo ma mi mo na ni no pa qa ra ri ro sa si su sha ta ti to va wa ya yu za zi zu an ar el in ur esh im'.split(' ');

/** Invented names up to `count`: half of the words are of the lists, as often as there, half are made of syllables. */
function filler(count: number, entries: readonly ListEntry[]): ListEntry[] {
  const random = randomOf(SEED + 2);
  const words = entries.flatMap((entry) => entry.names.flatMap((name) => name.text.split(/[^A-Za-z]+/).filter((word) => word.length > 1)));
  const made = entries.reduce((sum, entry) => sum + entry.names.length, 0);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const word = (): string => (random() < 0.5 ? pick(words) : Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(SYLLABLES)).join(''));
  return Array.from({ length: Math.max(0, count - made) }, (_, at) => entryOf(`filler-${at}`, [Array.from({ length: 2 + Math.floor(random() * 3) }, word).join(' ')]));
}
