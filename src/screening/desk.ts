/**
 * Screening for a house that runs: the newest versions of its lists of names, as the ledger has them, indexed by
 * workers that live as long as those versions. A new version starts new workers; the old ones answer what they were
 * given and end. The first question after a start waits for the index, a second or two; until the ledger holds a list
 * of names nothing can be answered, and nothing is called clear.
 */

import type { Db, Objects } from '../log/index.ts';
import { DAY_US, assert, reject, type Rejection } from '../terms/index.ts';
import type { ListEntry } from './entity.ts';
import { BlockWorker, type BatchGround } from './match/batch.ts';
import { PastLists, withPast, type PastState } from './match/past-lists.ts';
import { decodeNames, entryOfLine } from './name-content.ts';
import { subjectsOf } from './subjects.ts';

/** Lines handed to a worker at once. */
const BLOCK_LINES = 100;
/** Questions of one call at most. */
export const SCREEN_LINES_MAX = 10_000;

interface Workers {
  readonly past: PastLists;
  /** Hashes of the versions that they hold. */
  readonly state: string;
  readonly workers: readonly BlockWorker[];
  next: number;
}

interface NewestVersion {
  readonly list: string;
  readonly version: string;
  readonly sha256: string;
  readonly published_at: number;
  readonly admitted_at: number;
}

/** Answers questions by the lists that the house holds. */
export class ScreeningDesk {
  readonly #db: Db;
  readonly #objects: Objects;
  readonly #cores: number;
  #opening: Promise<Workers | undefined> = Promise.resolve(undefined);

  /** `cores`: workers at most, each with an index of its own. */
  constructor(db: Db, objects: Objects, cores: number) {
    this.#db = db;
    this.#objects = objects;
    this.#cores = cores;
  }

  /**
   * Answers lines of JSON, one query each, in their order: a line that cannot be read has its code in its place.
   * LIST_EMPTY while the house holds no list of names; BODY_TOO_MANY beyond `SCREEN_LINES_MAX` lines.
   */
  async answer(lines: readonly string[]): Promise<readonly string[] | Rejection> {
    if (lines.length > SCREEN_LINES_MAX) return reject('BODY_TOO_MANY');
    const opened = await this.#open();
    if (opened === undefined) return reject('LIST_EMPTY');
    const blocks = Array.from({ length: Math.ceil(lines.length / BLOCK_LINES) }, (_, i) => ({ first: i * BLOCK_LINES + 1, lines: lines.slice(i * BLOCK_LINES, (i + 1) * BLOCK_LINES) }));
    const answers = await Promise.all(blocks.map((block) => {
      opened.next += 1;
      const worker = opened.workers[opened.next % opened.workers.length];
      assert(worker !== undefined, 'a desk has a worker');
      return worker.answer(block).then((lines) => withPast(opened.past, lines, block.lines, block.first));
    }));
    return answers.flat();
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    const opened = await this.#opening.catch(() => undefined);
    this.#opening = Promise.resolve(undefined);
    await Promise.all(opened?.workers.map((worker) => worker.end()) ?? []);
  }

  async #open(): Promise<Workers | undefined> {
    const newest = await readNewest(this.#db);
    const state = newest.map((one) => one.sha256).join(' ');
    const opening = this.#opening.then(async (before) => {
      if (before?.state === state) return before;
      const opened = newest.length === 0 ? undefined : { state, workers: await this.#start(newest), next: 0, past: new PastLists(newest.map((one) => one.list), (asOf, knownAt) => this.#past(asOf, knownAt)) };
      if (before !== undefined) void endWhenIdle(before);
      return opened;
    });
    // A start that failed is tried anew by the next question.
    this.#opening = opening.catch(() => undefined);
    return opening;
  }

  /** The lists as they stood at the end of a day, by the versions that the house had learnt of at the end of another. */
  async #past(asOf: string, knownAt: string | undefined): Promise<PastState> {
    const versions = await readNewest(this.#db, endOf(asOf), knownAt === undefined ? undefined : endOf(knownAt));
    return { entries: await this.#read(versions), versions: new Map(versions.map((one) => [one.list, one.version])) };
  }

  async #read(versions: readonly NewestVersion[]): Promise<ListEntry[]> {
    const entries: ListEntry[] = [];
    for (const { list, sha256 } of versions) {
      const { lines } = decodeNames(await this.#objects.get(sha256));
      for (const line of lines.values()) entries.push(entryOfLine(list, line));
    }
    return entries;
  }

  async #start(newest: readonly NewestVersion[]): Promise<BlockWorker[]> {
    const entries = await this.#read(newest);
    const latest = (of: (one: NewestVersion) => number): string => new Date(Math.floor(newest.reduce((last, one) => Math.max(last, of(one)), 0) / 1_000)).toISOString().slice(0, 10);
    const ground: BatchGround = {
      screen: {
        entries, versions: new Map(newest.map((one) => [one.list, one.version])), subjects: subjectsOf(entries).subjectOf,
        known: { codes: newest.map((one) => one.list), since: latest((one) => one.published_at), learnt: latest((one) => one.admitted_at) },
      },
    };
    return Array.from({ length: this.#cores }, () => new BlockWorker(ground));
  }
}

/** The newest version of each list of names, of those published until an instant and learnt of until another. */
async function readNewest(db: Db, until?: number, learntUntil?: number): Promise<NewestVersion[]> {
  const found = await db.query<NewestVersion>(
    `select distinct on (list) list, version, sha256, published_at, admitted_at from screening.list_version
     where holds = 'names' and ($1::bigint is null or published_at <= $1) and ($2::bigint is null or admitted_at <= $2) order by list, published_at desc, entry desc`, [until ?? null, learntUntil ?? null]);
  return found.rows;
}

/** The last instant of a day, UTC as lists give their days. */
function endOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) * 1_000 + DAY_US - 1;
}

/** Old workers answer what they were given; what is asked after it goes to the new ones. */
async function endWhenIdle(workers: Workers): Promise<void> {
  await Promise.all(workers.workers.map((worker) => worker.idle()));
  await Promise.all(workers.workers.map((worker) => worker.end()));
}
