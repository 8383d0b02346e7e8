/**
 * One change of a list against all known people: the entries of a median change of OFAC's list (nine, of 307 between
 * 2021 and 2024) run against the index of people's names, everybody near is opened and weighed. People are made up
 * from parts of names of several cultures, half of them of this country's, so that frequent names are as frequent as
 * they are here. Times are CPU times of this process; making the index is told beside it and is no part of a change.
 */

import { join } from 'node:path';
import { PeopleIndex, readLists, screenInReverse, type ListEntry, type ScreeningQuery } from '../src/screening/index.ts';
import type { BenchRow } from './monitor.ts';

/** Sizes of a run. */
export interface ReverseSize {
  readonly people: number;
  readonly runs: number;
}

export const REVERSE_SMALL: ReverseSize = { people: 20_000, runs: 3 };
export const REVERSE_FULL: ReverseSize = { people: 1_000_000, runs: 5 };

const SECONDS_MAX = 3;
const CHANGED = 9;
const LISTS = join(import.meta.dirname, '..', 'data', 'ofac-names');

const LOCAL_GIVEN = 'Muhammad Ahmed Ali Hassan Hussain Usman Umar Bilal Imran Asif Tariq Khalid Nadeem Shahid Rashid Fatima Ayesha Zainab Maryam Sadia Nasreen Rubina Abdul Syed Ghulam Sajid Waqas Faisal Kamran Adnan Junaid Saad Hamza Yasir Iqbal Zafar Naveed Amir Irfan Sana'.split(' ');
const LOCAL_FAMILY = 'Khan Malik Butt Chaudhry Qureshi Siddiqui Sheikh Mirza Baig Bhatti Awan Rajput Abbasi Hashmi Ansari Memon Soomro Bhutto Jatoi Khosa Mengal Bugti Marri Yousafzai Afridi Khattak Durrani Wazir Mehsud Shinwari Rehman Akhtar Javed Aslam Anwar Akram Bashir Nawaz Raza Shah'.split(' ');
const OTHER_GIVEN = 'Ivan Sergei Maria Jose Carlos Wei Li Kim Anna Olga John David Sarah Pierre Luc Hans Karl Yuki Hiro Nguyen Tran Ahmad Mehdi Reza Leila Omar Yusuf Amina Chidi Ngozi'.split(' ');
const OTHER_FAMILY = 'Petrov Ivanov Garcia Lopez Wang Zhang Chen Park Choi Smith Brown Wilson Martin Dubois Muller Schmidt Sato Tanaka Pham Hosseini Karimi Rahimi Hassan Abdi Okafor Adeyemi Silva Santos Rossi Novak'.split(' ');

/** Runs the bench. */
export async function benchReverse(size: ReverseSize): Promise<BenchRow[]> {
  const changes = await changesOf(size.runs);
  // Two bearers of each changed name, its parts turned round, so that there is somebody to find.
  const planted = changes.flat().flatMap((entry) => { const name = entry.names[0]?.text.split(', ').reverse().join(' ').toLowerCase() ?? ''; return [name, name]; });
  const names = [...people(size.people - planted.length), ...planted];
  const index = new PeopleIndex();
  const built = await timed(() => {
    for (const [ref, name] of names.entries()) index.put(ref, [name], true);
    index.settle();
  });
  const open = (ref: number): ScreeningQuery | undefined => {
    const name = names[ref];
    return name === undefined ? undefined : { names: [name], fatherName: undefined, birthDates: [], nationalities: ['pk'], gender: undefined, identifiers: [], schema: 'Person', lists: undefined, asOf: undefined, knownAt: undefined, ignored: [], warnings: [] };
  };
  const found: number[] = [];
  const runs: number[] = [];
  for (const added of changes) runs.push(await timed(() => { found.push(screenInReverse({ added, changed: [] }, index, { open, withNumbers: () => [] }).length); }));
  if (found.some((count) => count < 2 * CHANGED)) throw new Error(`a change found ${found.join(', ')} people, fewer than bear its names`);
  const load = `${size.people.toLocaleString('en')} made-up people`;
  return [
    row('screen.deltaSeconds', runs, 's', { ceiling: SECONDS_MAX }, `${CHANGED} changed people of OFAC's list, four of them of this region, against ${load}, all names of each; ${found.join(', ')} found; median of ${size.runs}, CPU time`),
    row('screen.peopleIndexSeconds', [built], 's', {}, `${load}: the index of their names made, CPU time`),
  ];
}

/** Changes of nine people each: five of the whole list, four of those from here and around, whose names are the frequent ones. */
async function changesOf(count: number): Promise<ListEntry[][]> {
  const entries = (await readLists(LISTS)).lists.flatMap((list) => list.entries).filter((one) => one.schema === 'Person');
  const near = entries.filter((one) => one.nationalities.some((code) => code === 'pk' || code === 'af'));
  const drawn = (from: readonly ListEntry[], run: number, each: number): ListEntry[] => Array.from({ length: each }, (_, i) => from[((run * each + i) * 733 + 17) % from.length]).filter((one) => one !== undefined);
  return Array.from({ length: count }, (_, run) => [...drawn(entries, run, CHANGED - 4), ...drawn(near, run, 4)]);
}

function row(metric: string, runs: readonly number[], unit: string, bound: { readonly ceiling?: number }, method: string): BenchRow {
  const value = runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN;
  return { bench: 'screening', metric, value, unit, ...bound, ok: value <= (bound.ceiling ?? Infinity), runs, method };
}

/** Seconds of CPU that the work took. */
async function timed(work: () => void | Promise<void>): Promise<number> {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

/** Names from a seed (xorshift32): two in three with a middle part, one family name in eight spelt in a way of its own. */
function people(count: number): string[] {
  let state = 0x1d87_2b41;
  const draw = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const of = (words: readonly string[]): string => words[draw(words.length)] ?? '';
  const letters = 'aeiourntlsmkhdbz';
  const odd = (word: string): string => { const at = 1 + draw(Math.max(1, word.length - 1)); return `${word.slice(0, at)}${letters[draw(letters.length)] ?? ''}${word.slice(at)}`; };
  return Array.from({ length: count }, () => {
    const [given, family] = draw(2) === 0 ? [LOCAL_GIVEN, LOCAL_FAMILY] : [OTHER_GIVEN, OTHER_FAMILY];
    const last = of(family);
    return [of(given), ...(draw(3) < 2 ? [of(given)] : []), draw(8) === 0 ? odd(last) : last].join(' ');
  });
}
