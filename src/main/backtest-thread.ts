/**
 * The thread in which a back-test folds: it has connections of its own and nothing that decides. It ends with its fold. A message `stop`
 * cancels it after the slice that it is at; what it kept comes back, so that another goes on from there.
 */

import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import type pg from 'pg';
import { foldBacktest, type FoldOrder, type Folded, type TellFold } from '../insight/index.ts';
import { Analytics, LocalObjects, openPool, type AnalyticsAddress } from '../log/index.ts';
import { WalletTable } from '../screening/index.ts';
import { openFramework } from './framework.ts';

/** Typed memory of a fold; people that do not fit are read in passes. */
const BYTES_MAX = 1024 * 1024 * 1024;

/** What a thread is given. */
export interface FoldSettings {
  readonly database: pg.PoolConfig;
  readonly analytics: AnalyticsAddress;
  readonly objects: string;
  readonly framework: string;
  readonly order: FoldOrder;
  readonly checkpoint: Uint8Array | undefined;
}

type Said = { readonly rows: number; readonly total: number } | { readonly ended: Folded };

/** Folds in a thread; throws what broke it. */
export function foldInThread(settings: FoldSettings, tell: TellFold, signal: AbortSignal): Promise<Folded> {
  return new Promise((done, fail) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: settings });
    const stop = (): void => thread.postMessage('stop', []);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    thread.on('message', (said: Said) => {
      if ('ended' in said) done(said.ended);
      else tell(said.rows, said.total);
    });
    thread.once('error', fail);
    thread.once('exit', (code) => {
      signal.removeEventListener('abort', stop);
      fail(new Error(`the thread ended with ${code} and said nothing`));
    });
  });
}

async function fold(settings: FoldSettings, say: (said: Said) => void, signal: AbortSignal): Promise<void> {
  const pool = openPool(settings.database, 2);
  const analytics = new Analytics(settings.analytics);
  try {
    const framework = openFramework(settings.framework);
    const ground = { pool, analytics, objects: new LocalObjects(settings.objects), bytesMax: BYTES_MAX, control: () => ({ framework, wallets: new WalletTable() }) };
    say({ ended: await foldBacktest(ground, settings.order, settings.checkpoint, (rows, total) => say({ rows, total }), signal) });
  } finally {
    await Promise.all([pool.end(), analytics.close()]);
  }
}

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const stop = new AbortController();
  port.once('message', () => stop.abort());
  // What breaks the fold ends the thread, and its owner hears it.
  await fold(workerData, (said) => port.postMessage(said), stop.signal);
  port.close();
}
