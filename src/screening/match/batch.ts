/**
 * A stream of lines answered by every core: lines go out in blocks, workers hold the lists by themselves, answers come
 * back in the order of the lines. What is in flight is bounded, so a file of any length takes the same memory. A
 * stream that is short is answered here, without starting anything. A worker that dies ends the whole run with its
 * error: a batch with a hole in it would pass for a clear one.
 */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ListEntry } from '../entity.ts';
import { keyOfEntry } from '../subjects.ts';
import { pairLine, screenLine, LINE_LENGTH_MAX, type KnownLists } from './answer.ts';
import { Matcher } from './matcher.ts';
import { withPast, type PastLists } from './past-lists.ts';

/** Lines in a block: some 50 ms of work, so that handing over costs nothing. */
const BLOCK_LINES = 250;
/** Blocks handed to a worker before its first answer is awaited. */
const BLOCKS_EACH = 3;
/** Lines under which starting workers, each of which indexes the lists, costs more than it brings. */
const WORKERS_FROM_LINES = 3_000;

/** What the workers answer with: lists to screen against, or pairs alone. */
export interface BatchGround {
  readonly screen: {
    readonly entries: readonly ListEntry[];
    readonly versions: ReadonlyMap<string, string>;
    readonly known: KnownLists;
    /** Subject of `list:entry`, for entries that are one with others. */
    readonly subjects?: ReadonlyMap<string, string>;
  } | undefined;
}

/** A block on its way to a worker, and on its way back. */
export interface Block {
  readonly first: number;
  readonly lines: readonly string[];
}

/** Answers lines by the ground; the same answers as a worker gives. */
export function answererOf({ screen }: BatchGround): (line: string, number: number) => string {
  if (screen === undefined) return pairLine;
  const { entries, versions, subjects } = screen;
  const matcher = new Matcher({ entries, versions, subjectOf: (entry) => subjects?.get(keyOfEntry(entry)) });
  return (line, number) => screenLine(matcher, screen.known, line, number);
}

/** Answers each line of a stream, in order. `cores` is the number of workers at most; all cores when left out. `past` answers what is asked as of an earlier day. */
export async function* answerLines(lines: AsyncIterable<string>, ground: BatchGround, cores = availableParallelism(), past?: PastLists): AsyncGenerator<string> {
  const blocks = blocksOf(lines);
  const held: Block[] = [];
  let count = 0;
  let ended = false;
  while (count < WORKERS_FROM_LINES && !ended) {
    const { value, done } = await blocks.next();
    if (done === true) ended = true;
    else {
      held.push(value);
      count += value.lines.length;
    }
  }
  if (ended || cores < 2) {
    const answer = answererOf(ground);
    const answered = (block: Block): Promise<readonly string[]> => withPast(past, block.lines.map((line, at) => answer(line, block.first + at)), block.lines, block.first);
    for (const block of held) yield* await answered(block);
    if (!ended) for await (const block of blocks) yield* await answered(block);
    return;
  }
  yield* answerByWorkers(held, blocks, ground, cores, past);
}

async function* answerByWorkers(held: readonly Block[], blocks: AsyncGenerator<Block>, ground: BatchGround, cores: number, past: PastLists | undefined): AsyncGenerator<string> {
  const workers = Array.from({ length: cores }, () => new BlockWorker(ground));
  const pending: { readonly block: Block; readonly answer: Promise<readonly string[]> }[] = [];
  let next = 0;
  const hand = (block: Block): void => {
    const answer = workers[next % cores]?.answer(block) ?? Promise.reject(new Error('there is no worker'));
    // Awaited in its turn; a rejection before that is not unhandled.
    answer.catch(() => undefined);
    pending.push({ block, answer });
    next += 1;
  };
  const settled = async ({ block, answer }: (typeof pending)[number]): Promise<readonly string[]> => withPast(past, await answer, block.lines, block.first);
  try {
    for (const block of held) hand(block);
    for await (const block of blocks) {
      hand(block);
      while (pending.length > cores * BLOCKS_EACH) {
        const eldest = pending.shift();
        if (eldest !== undefined) yield* await settled(eldest);
      }
    }
    for (const one of pending) yield* await settled(one);
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
  }
}

/** One worker and the blocks that it was given, first in, first out. */
export class BlockWorker {
  readonly #worker: Worker;
  readonly #waiting: { resolve: (lines: readonly string[]) => void; reject: (error: Error) => void }[] = [];

  constructor(ground: BatchGround) {
    this.#worker = new Worker(new URL('./batch-worker.ts', import.meta.url), { workerData: ground });
    this.#worker.on('message', (lines: readonly string[]) => this.#waiting.shift()?.resolve(lines));
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('a screening worker ended before its work')));
  }

  answer(block: Block): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(block, []);
    });
  }

  /** Resolves when everything that was handed over is answered. */
  async idle(): Promise<void> {
    while (this.#waiting.length > 0) await new Promise<void>((done) => { this.#worker.once('message', () => done()); this.#worker.once('exit', () => done()); });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

async function* blocksOf(lines: AsyncIterable<string>): AsyncGenerator<Block> {
  let block: string[] = [];
  let first = 1;
  for await (const line of lines) {
    block.push(line);
    if (block.length < BLOCK_LINES) continue;
    yield { first, lines: block };
    first += block.length;
    block = [];
  }
  if (block.length > 0) yield { first, lines: block };
}

/** Lines of UTF-8 bytes. A line over the limit comes cut one sign past it, which is how its answer knows. The last line need not end. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  const cut = (text: string): string => (text.length > LINE_LENGTH_MAX ? text.slice(0, LINE_LENGTH_MAX + 1) : text);
  const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
  for await (const chunk of bytes) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n');
    parts[0] = rest + (parts[0] ?? '');
    rest = cut(parts.pop() ?? '');
    for (const part of parts) yield withoutReturn(cut(part));
  }
  rest += decoder.decode();
  if (rest !== '') yield withoutReturn(rest);
}
