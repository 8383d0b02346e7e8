/**
 * A name that one process of this machine holds at a time. On Linux the kernel keeps it (an abstract
 * socket) and frees it when the process ends, however it ends: there is no stale lock to judge, and two
 * that ask at once cannot both have it. Elsewhere it is a socket file, dropped when nobody answers on it.
 * It is of this machine (network namespace): it does not guard a directory shared between machines.
 */

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from './wait.ts';

/** Gives a name back. */
export type Release = () => void;

/** What the other side says about itself, at most. */
const WORDS_LENGTH_MAX = 500;

/** Between two tries for a name that another has. */
const TURN_MS = 50;

/** Takes a name, or gives `undefined` when another has it. Who asks meanwhile is told `words`. */
export async function tryHold(name: string, words = `process ${process.pid}`): Promise<Release | undefined> {
  const address = addressOf(name);
  const first = await listen(address, words);
  if (first !== undefined || address.startsWith('\0') || (await holderOf(name)) !== undefined) return first;
  rmSync(address, { force: true });
  return listen(address, words);
}

function listen(address: string, words: string): Promise<Release | undefined> {
  return new Promise((done, failed) => {
    const server = createServer((peer) => {
      peer.on('error', () => undefined);
      peer.end(words);
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') done(undefined);
      else failed(error);
    });
    server.listen(address, () => {
      server.unref();
      done(() => void server.close());
    });
  });
}

/** Runs `fn` while holding a name, waiting for its turn first. */
export async function whileHolding<T>(name: string, fn: () => Promise<T>): Promise<T> {
  for (;;) {
    const release = await tryHold(name);
    if (release === undefined) {
      await sleep(TURN_MS);
      continue;
    }
    try {
      return await fn();
    } finally {
      release();
    }
  }
}

/** What the holder of a name says about itself; `undefined` when nobody holds it. */
export function holderOf(name: string): Promise<string | undefined> {
  return new Promise((done) => {
    let words = '';
    const peer = connect(addressOf(name));
    peer.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(0, WORDS_LENGTH_MAX);
    });
    peer.once('error', () => done(undefined));
    peer.once('end', () => done(words));
  });
}

function addressOf(name: string): string {
  const short = `nigran-${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
  return process.platform === 'linux' ? `\0${short}` : join(tmpdir(), `${short}.sock`);
}
