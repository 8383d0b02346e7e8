/**
 * The watch over people, in the vault's process: whoever was stated is screened against the lists as they stand, and on
 * each change of a list the changed names are run against everybody. Rounds follow each other, never two at once, so a
 * statement is screened under one state of the lists, and a change finds everybody who was screened before it. What
 * came of a round is on disk in one transaction with how far the watch has come: a process that is killed does the
 * round again and writes nothing twice.
 *
 * A change of many entries, such as a list's first version, is no run of names against people: everybody is screened
 * again instead, page by page.
 */

import type { Objects } from '../../log/index.ts';
import { withTransaction } from '../../log/index.ts';
import { instantOf, type Instant } from '../../terms/index.ts';
import type { NamedParty, NamedScreening, PeopleWatch, StatedPeople } from '../../vault/index.ts';
import type { ListEntry } from '../entity.ts';
import { decodeNames } from '../name-content.ts';
import { enterHits, type RoundHits } from './enter.ts';
import { hitOf } from './hit.ts';
import { KnownPeople, differing, weighStatements, type FollowedList, type FoundPair } from './known-people.ts';
import { markFollowed, readFollowed, readNewestNames, type NewestNames } from './follow.ts';
import { countScores, forgetScores } from './scores.ts';
import { orderFreezes, releaseErased, reopenExpired } from './upkeep.ts';

/** What the watch stands on. */
export interface WatchGround {
  readonly objects: Objects;
  readonly clock: () => Instant;
  /** Waits so long, or until the signal says that there is work. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: (line: string) => void;
}

/** Lists are looked at so often. */
const LOOK_MS = 2_000;
/** What is stated waits so long for company: one page costs less than its parts. */
const GATHER_MS = 150;
/** Statements screened and written down together: some 100 ms of work, between which the process answers. */
const PAGE_STATEMENTS = 200;
const PAGE_PEOPLE = 2_000;
/** Fresh and changed entries from which on everybody is screened again instead of running names against people. */
const CHANGE_MAX = 3_000;

/** Opens the watch. */
export function watchPeople(ground: WatchGround, people: StatedPeople): PeopleWatch & { round(): Promise<void> } {
  const watch = new Watch(ground, people);
  const ended = watch.run();
  return { stated: () => watch.wake(), erased: () => watch.wake(), close: () => { watch.stop(); return ended; }, round: () => watch.round(), screenNamed: (named) => watch.screenNamed(named) };
}

class Watch {
  readonly #ground: WatchGround;
  readonly #people: StatedPeople;
  readonly #known = new KnownPeople();
  readonly #stopping = new AbortController();
  #sleeping = new AbortController();
  #isLoaded = false;
  #isAwake = true;
  #failing = '';
  /** Whoever was erased until then is in no index. */
  #erasedUntil: Instant = instantOf(0);
  #turn: Promise<void> = Promise.resolve();

  constructor(ground: WatchGround, people: StatedPeople) {
    this.#ground = ground;
    this.#people = people;
  }

  wake(): void {
    this.#isAwake = true;
    this.#sleeping.abort();
  }

  stop(): void {
    this.#stopping.abort();
    this.#sleeping.abort();
  }

  async run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#isAwake = false;
      await this.round().then(() => { this.#failing = ''; }, (error: unknown) => this.#say(error));
      if (this.#isAwake) await this.#ground.wait(GATHER_MS, this.#stopping.signal);
      else {
        this.#sleeping = new AbortController();
        await this.#ground.wait(LOOK_MS, this.#sleeping.signal);
        if (this.#isAwake) await this.#ground.wait(GATHER_MS, this.#stopping.signal);
      }
    }
  }

  /** Follows the lists, screens who was stated, and does what a day brings; resolves when nothing is left to do. */
  round(): Promise<void> {
    // What is held in memory may be ahead of what is on disk when a round fails: it is read anew.
    const turn = this.#turn.then(() => this.#round()).catch((error: unknown) => { this.#isLoaded = false; throw error; });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Screens parties whom a form names, between two rounds, under the lists as they are followed. */
  screenNamed(named: readonly NamedParty[]): Promise<NamedScreening | undefined> {
    const asked = this.#turn.then(async () => {
      if (!this.#isLoaded) await this.#load();
      await this.#followLists();
      return this.#known.lists.size === 0 ? undefined : this.#known.screenNamed(named);
    });
    this.#turn = asked.then(() => undefined, () => undefined);
    return asked;
  }

  async #round(): Promise<void> {
    if (!this.#isLoaded) await this.#load();
    await this.#followLists();
    while (!this.#stopping.signal.aborted && await this.#screenPage());
    const gone = await this.#people.erasedSince(this.#erasedUntil);
    if (gone.people.size > 0) this.#known.drop(gone.people);
    this.#erasedUntil = gone.last;
    await withTransaction(this.#people.pool, async (tx) => {
      await releaseErased(tx, this.#ground.clock());
      await reopenExpired(tx, this.#ground.clock());
      await orderFreezes(tx, this.#ground.clock());
    });
  }

  /** What went wrong, once: a message could hold what was opened, so its name alone is said. */
  #say(error: unknown): void {
    const name = error instanceof Error ? `${error.name}${'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''}` : 'an error without a name';
    if (name !== this.#failing) this.#ground.log(`screening of people: ${name}`);
    this.#failing = name;
  }

  /** Takes the lists in as far as they were followed, and everybody who was screened. */
  async #load(): Promise<void> {
    this.#known.forgetAll();
    for (const one of await readFollowed(this.#people.pool)) this.#known.setList(await this.#open(one));
    for await (const page of this.#people.screened(PAGE_PEOPLE)) {
      for (const one of page) this.#known.put(one);
      await this.#breathe();
    }
    this.#known.settle();
    this.#isLoaded = true;
  }

  async #open(of: NewestNames): Promise<FollowedList> {
    const { lines } = decodeNames(await this.#ground.objects.get(of.sha256));
    return { ...of, lines };
  }

  async #followLists(): Promise<void> {
    for (const newest of await readNewestNames(this.#people.pool)) {
      const before = this.#known.lists.get(newest.list);
      if (before?.entry !== newest.entry) await this.#follow(before, await this.#open(newest));
    }
  }

  async #follow(before: FollowedList | undefined, now: FollowedList): Promise<void> {
    const { fresh, changed, removed } = differing(now.list, before?.lines ?? new Map(), now.lines);
    const isLarge = fresh.length + changed.length > CHANGE_MAX;
    this.#known.settle();
    const near = isLarge ? new Map<string, ListEntry[]>() : this.#known.near([...fresh, ...changed]);
    this.#known.setList(now);
    const pairs: FoundPair[] = [];
    const people = [...near.keys()];
    for (let from = 0; from < people.length; from += PAGE_PEOPLE) {
      pairs.push(...await this.#weigh(near, people.slice(from, from + PAGE_PEOPLE)));
      await this.#breathe();
    }
    const round: RoundHits = {
      hits: pairs.map((pair) => hitOf(pair, now, this.#known.subjectOf(pair.entry), 'list-changed')), weighed: this.#weighAgain(changed), list: now, removed,
    };
    await withTransaction(this.#people.pool, async (tx) => {
      await enterHits(tx, this.#ground.clock(), this.#people, round);
      if (isLarge) await Promise.all([this.#people.screenAllAgain(tx), forgetScores(tx)]);
      await markFollowed(tx, now, this.#ground.clock());
    });
    if (isLarge) this.#known.forget();
  }

  async #weigh(near: ReadonlyMap<string, readonly ListEntry[]>, people: readonly string[]): Promise<FoundPair[]> {
    const present = await this.#people.present(this.#people.pool, people);
    const opened = await this.#people.open(people);
    const pairs = new Map<string, FoundPair>();
    for (const asked of people) {
      const person = present.get(asked);
      const statements = person === undefined ? undefined : opened.get(person);
      if (person === undefined || statements === undefined) continue;
      for (const entry of near.get(asked) ?? []) {
        const pair = weighStatements(statements, entry);
        if (pair !== undefined) pairs.set(`${person} ${entry.entry}`, { person, entry, ...pair });
      }
    }
    return [...pairs.values()];
  }

  /** Weighs who has a hit by a changed entry: somebody whom it no longer concerns is released. */
  #weighAgain(changed: readonly ListEntry[]): NonNullable<RoundHits['weighed']> {
    const entries = new Map(changed.map((entry) => [entry.entry, entry]));
    return { entries: new Set(entries.keys()), holds: (number, statements) => {
      const entry = entries.get(number);
      return entry !== undefined && weighStatements(statements, entry) !== undefined;
    } };
  }

  /** Screens a page of those who were stated; false when nobody waits. Without a list nobody is screened, and nobody is called clear. */
  async #screenPage(): Promise<boolean> {
    if (this.#known.lists.size === 0) return false;
    const page = await this.#people.unscreened(PAGE_STATEMENTS);
    if (page.length === 0) return false;
    const screened = page.map((one) => this.#known.screen(one));
    const hits = screened.flatMap(({ pairs }) => pairs).flatMap((pair) => {
      const list = this.#known.lists.get(pair.entry.list);
      return list === undefined ? [] : [hitOf(pair, list, this.#known.subjectOf(pair.entry), 'stated')];
    });
    await withTransaction(this.#people.pool, async (tx) => {
      await enterHits(tx, this.#ground.clock(), this.#people, { hits });
      await countScores(tx, [...this.#known.lists.keys()], screened.map(({ best }) => best));
      await this.#people.markScreened(tx, page);
    });
    for (const one of page) this.#known.put(one);
    return true;
  }

  #breathe(): Promise<void> {
    return this.#ground.wait(0, this.#stopping.signal);
  }
}
