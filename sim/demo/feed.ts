/**
 * The nation through the door: each firm's own client sends what that firm sends, in order, and what the door
 * answers to each line is compared with what it must be. History goes as fast as the door takes it, in
 * filings of half a day; what follows goes when its instant has come.
 *
 * Firms send side by side; one firm's filings go one after the other, because a correction must not overtake
 * what it corrects.
 */

import type { FilingAnswer, FirmClient } from '../../client/index.ts';
import { HOUR_US } from '../../src/terms/index.ts';
import type { Sending } from '../world/delivery.ts';
import type { World } from '../world/world.ts';

/** Lines of one filing at most. */
const LINES_MAX = 2_000;
/** Firms' filings of history cover this much time at most, so that one person's events at two firms stay close. */
const WINDOW_US = 12 * HOUR_US;
/** A line of progress after so many lines of a feed. */
const TOLD_LINES = 20_000;
/** While live, the clock is looked at so often. */
const TICK_MS = 500;
/** Lines that an earlier run has sent are passed over so many at a time, so that who shares the process is not kept waiting. */
const PASSED_LINES = 2_000;
/** A line is on its way for less than this after it was written down. */
const ON_THEIR_WAY_US = 6 * HOUR_US;
/** Lines whose answer was another than it must be, kept at most; all are counted. */
const SURPRISES_MAX = 50;

/** What a feed stands on. */
export interface FeedGround {
  readonly world: World;
  readonly clientOf: (firm: string) => FirmClient;
  /** Microseconds since the epoch. */
  readonly clock: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Draws a name for this run, so that its filings' keys are new. */
  readonly random: (length: number) => Uint8Array;
  readonly say: (line: string) => void;
  /** Told after each round of filings: all that is sent up to this instant has been answered. What is sent twice is taken once. */
  readonly filed?: (sentAt: number) => void;
  /** Told to stop, a feed ends with the filing under way. */
  readonly signal?: AbortSignal;
}

/** A line that ended otherwise than it must. */
export interface Surprise {
  readonly firm: string;
  readonly event: string;
  readonly expected: string;
  readonly got: string;
}

/** What was sent and how it ended. */
export interface FeedTotals {
  filings: number;
  lines: number;
  accepted: number;
  held: number;
  duplicate: number;
  rejected: number;
  surprises: number;
}

export class NationFeed {
  readonly totals: FeedTotals = { filings: 0, lines: 0, accepted: 0, held: 0, duplicate: 0, rejected: 0, surprises: 0 };
  readonly surprises: Surprise[] = [];
  /** The last answer to each firm. */
  readonly receipts = new Map<string, FilingAnswer>();
  readonly #ground: FeedGround;
  readonly #sendings: Generator<Sending>;
  readonly #waiting = new Map<string, Sending[]>();
  readonly #run: string;
  readonly #resumeAfter: number;
  #next: Sending | undefined;
  #lastPut = 0;
  /** The last number that each firm's stream has sent, in this run or an earlier one. */
  readonly #sentSeq = new Map<string, number>();

  /** Lines that were sent up to `resumeAfter` are passed over by `resume`: an earlier run has sent them. */
  constructor(ground: FeedGround, resumeAfter = 0) {
    this.#ground = ground;
    this.#resumeAfter = resumeAfter;
    this.#sendings = ground.world.sendings();
    this.#run = Buffer.from(ground.random(9)).toString('hex');
    if (resumeAfter === 0) this.#next = this.#read();
  }

  /** Passes over what an earlier run has sent, in slices; called once, before anything is sent. */
  async resume(): Promise<void> {
    if (this.#resumeAfter === 0) return;
    for (let passed = 1; ; passed++) {
      this.#next = this.#read();
      if (this.#next === undefined || this.#next.sentAt > this.#resumeAfter || this.#isStopped()) return;
      this.#hasSent(this.#next);
      if (passed % PASSED_LINES === 0) await this.#ground.wait(0);
    }
  }

  /** Sends everything up to an instant; the world's history when none is given. */
  async history(until: number = this.#ground.world.until): Promise<void> {
    let windowEnd = 0;
    let told = 0;
    for (let one = this.#next; one !== undefined && one.sentAt < until && !this.#isStopped(); one = this.#advance()) {
      if (one.sentAt >= windowEnd) {
        await this.#flush();
        windowEnd = one.sentAt + WINDOW_US;
      }
      if (this.totals.lines >= told + TOLD_LINES) {
        told = this.totals.lines;
        this.#ground.say(`${told.toLocaleString('en')} lines filed`);
      }
      if (this.#put(one) >= LINES_MAX) await this.#flush();
    }
    await this.#flush();
  }

  /**
   * Sends what was written down before and is still on its way, so that a feed that stops here leaves no gap. The next
   * run sends it again in its own place, where it is seen as sent before.
   */
  async stragglers(): Promise<void> {
    const until = (this.#next?.sentAt ?? 0) + ON_THEIR_WAY_US;
    for (let one = this.#next; one !== undefined && one.sentAt < until && !this.#isStopped(); one = this.#advance()) {
      if (one.event.seq < (this.#sentSeq.get(one.firm) ?? 0)) this.#put(one);
    }
    await this.#flush(false);
  }

  /** Sends what follows, each line when its instant has come, until it is told to stop or the world ends. */
  async live(): Promise<void> {
    while (!this.#isStopped() && this.#next !== undefined) {
      const now = this.#ground.clock();
      for (let one: Sending | undefined = this.#next; one !== undefined && one.sentAt <= now; one = this.#advance()) this.#put(one);
      await this.#flush();
      await this.#ground.wait(TICK_MS);
    }
  }

  /** What has not been sent, for a driver that sends it by itself. */
  *rest(): Generator<Sending> {
    for (let one = this.#next; one !== undefined; one = this.#advance()) yield one;
  }

  #isStopped(): boolean {
    return this.#ground.signal?.aborted === true;
  }

  #read(): Sending | undefined {
    const read: IteratorResult<Sending, undefined> = this.#sendings.next();
    return read.done === true ? undefined : read.value;
  }

  #advance(): Sending | undefined {
    this.#next = this.#read();
    return this.#next;
  }

  #put(one: Sending): number {
    const own = this.#waiting.get(one.firm) ?? [];
    this.#waiting.set(one.firm, own);
    this.#lastPut = one.sentAt;
    this.#hasSent(one);
    return own.push(one);
  }

  /** Remembers a firm's last number, by this run or an earlier one. */
  #hasSent(one: Sending): void {
    this.#sentSeq.set(one.firm, Math.max(this.#sentSeq.get(one.firm) ?? 0, one.event.seq));
  }

  async #flush(counts = true): Promise<void> {
    const all = [...this.#waiting];
    this.#waiting.clear();
    if (all.length === 0) return;
    await Promise.all(all.map(([firm, lines]) => this.#file(firm, lines)));
    if (counts) this.#ground.filed?.(this.#lastPut - 1);
  }

  async #file(firm: string, sendings: readonly Sending[]): Promise<void> {
    const client = this.#ground.clientOf(firm);
    const lines = await Promise.all(sendings.map(async (one) => lineOf(client, one)));
    this.totals.filings += 1;
    const answer = await client.file(lines, `${this.#run}-${this.totals.filings}`);
    this.receipts.set(firm, answer);
    this.#take(sendings, answer);
  }

  #take(sendings: readonly Sending[], answer: FilingAnswer): void {
    const { counts } = answer;
    this.totals.lines += sendings.length;
    this.totals.accepted += counts.accepted;
    this.totals.held += counts.held;
    this.totals.duplicate += counts.duplicate;
    this.totals.rejected += counts.rejected;
    const found = surprisesIn(sendings, answer, this.#resumeAfter > 0);
    this.totals.surprises += found.length;
    this.surprises.push(...found.slice(0, SURPRISES_MAX - this.surprises.length));
  }
}

/** The text of a line, its identity sealed. */
export async function lineOf(client: Pick<FirmClient, 'seal'>, one: Sending): Promise<string> {
  if (one.line !== undefined) return one.line;
  return JSON.stringify(one.identity === undefined ? one.event : { ...one.event, identity: await client.seal(one.identity) });
}

/** Lines of a filing that ended otherwise than they must; `isRepeated`: an earlier run may have sent some of them. */
export function surprisesIn(sendings: readonly Sending[], answer: FilingAnswer, isRepeated = false): Surprise[] {
  const codes = new Map(answer.rejections.map((rejection) => [rejection.line, rejection.code]));
  const found: Surprise[] = [];
  for (const [i, one] of sendings.entries()) {
    const got = codes.get(i + 1);
    const isTaken = one.expect === 'accepted' || one.expect === 'duplicate';
    if (isTaken ? got !== undefined : got !== one.expect) found.push({ firm: one.firm, event: one.event.id, expected: one.expect, got: got ?? 'taken' });
  }
  const repeated = sendings.filter((one) => one.expect === 'duplicate').length;
  if (!isRepeated && answer.counts.duplicate !== repeated) found.push({ firm: sendings[0]?.firm ?? '', event: answer.submission, expected: `${repeated} duplicates`, got: String(answer.counts.duplicate) });
  return found;
}
