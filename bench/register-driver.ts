/**
 * The readers of the register bench: a process of its own on the same machine, which asks a server for public pages at a
 * steady rate whatever the answers take (an open loop: a late answer delays no question), and for signed answers as fast
 * as they come. The questions come from many addresses of the loopback, as they would from many readers.
 */

import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/** What the driver is asked to do. */
export interface ReaderPlan {
  readonly port: number;
  readonly paths: readonly string[];
  /** Questions a second; 0: as fast as they come. */
  readonly perSecond: number;
  readonly seconds: number;
  readonly connections: number;
}
/** What it saw. Milliseconds from the instant at which a question was due to the whole answer. */
export interface ReaderWord {
  readonly answered: number;
  readonly failed: number;
  readonly millis: readonly number[];
  readonly seconds: number;
}

const ADDRESSES = 100;
const agents = Array.from({ length: ADDRESSES }, (_, i) => new Agent({ keepAlive: true, maxSockets: 4, localAddress: `127.0.0.${i + 2}` }));

function ask(port: number, path: string, n: number): Promise<boolean> {
  return new Promise((done) => {
    const asking = request({ host: '127.0.0.1', port, path, agent: agents[n % ADDRESSES], headers: { 'accept-encoding': 'gzip' } }, (response) => {
      response.resume();
      response.on('end', () => done(response.statusCode === 200));
      response.on('error', () => done(false));
    });
    asking.on('error', () => done(false));
    asking.end();
  });
}

async function steady(plan: ReaderPlan): Promise<ReaderWord> {
  const millis: number[] = [];
  const waiting: Promise<void>[] = [];
  let failed = 0;
  const begin = performance.now();
  const total = plan.perSecond * plan.seconds;
  for (let n = 0; n < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - begin) * plan.perSecond) / 1_000));
    for (; n < due; n += 1) {
      const at = begin + (n * 1_000) / plan.perSecond;
      waiting.push(ask(plan.port, plan.paths[n % plan.paths.length] ?? '/register', n).then((ok) => {
        if (!ok) failed += 1;
        else millis.push(performance.now() - at);
      }));
    }
    await new Promise((done) => setTimeout(done, 1));
  }
  await Promise.all(waiting);
  return { answered: millis.length, failed, millis, seconds: (performance.now() - begin) / 1_000 };
}

async function fast(plan: ReaderPlan): Promise<ReaderWord> {
  let [answered, failed] = [0, 0];
  const begin = performance.now();
  await Promise.all(Array.from({ length: plan.connections }, async (_, lane) => {
    for (let n = lane; performance.now() - begin < plan.seconds * 1_000; n += plan.connections) {
      if (await ask(plan.port, plan.paths[n % plan.paths.length] ?? '/register', n)) answered += 1;
      else failed += 1;
    }
  }));
  return { answered, failed, millis: [], seconds: (performance.now() - begin) / 1_000 };
}

process.on('message', (plan: ReaderPlan) => {
  void (plan.perSecond > 0 ? steady(plan) : fast(plan)).then((word) => process.send?.(word));
});
process.on('disconnect', () => process.exit(0));
