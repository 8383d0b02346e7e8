/**
 * The public door under readers: the server's own doors over a register of invented firms, in this process; the readers
 * in a process of their own (`bench/register-driver.ts`) on the same machine. Pages are asked for at 1,000 a second in
 * both languages: lists, searches, firms, their data; signed answers as fast as they come, one for each firm and minute.
 */

import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { benchLookalike } from '../../bench/lookalike.ts';
import type { BenchRow } from '../../bench/monitor.ts';
import type { ReaderPlan, ReaderWord } from '../../bench/register-driver.ts';
import { SecretFiles, openKeys } from '../access/index.ts';
import type { Framework } from '../framework/index.ts';
import { createServer, openRegister, openStatus } from '../http/index.ts';
import { verifierKey } from '../proof/index.ts';
import { RegisterDesk, StatusDesk } from '../register/index.ts';
import { DAY_US, instantOf, type EntryBody, type EntryKind, type Instant } from '../terms/index.ts';
import type { World } from './world.ts';

/** Firms of the register: as many as all of Europe has in ESMA's. */
const FIRMS = 324;
const PAGES_A_SECOND = 1_000;
const P99_MS_MAX = 20;
const ANSWERS_FLOOR = 5_000;
const CONNECTIONS = 64;
const RATE = { perSecond: 1_000_000, burst: 1_000_000 };

/** Runs the bench. `full`: for so long that its tail means something. */
export async function benchRegisterDoor(world: World, framework: Framework, full: boolean): Promise<BenchRow[]> {
  const seconds = full ? 20 : 4;
  const desk = new RegisterDesk(framework);
  enterInvented(desk, world.clock());
  const home = mkdtempSync(join(tmpdir(), 'nigran-bench-'));
  const signer = openKeys(new SecretFiles({ directory: home, draw: (_label, length) => world.random(length) })).status('bench.example/status');
  const server = createServer(pino({ level: 'silent' }));
  openRegister(server, { book: desk.book, clock: world.clock, origin: 'https://bench.example', synthetic: true, rate: RATE });
  openStatus(server, { desk: new StatusDesk(desk.book, signer, true), clock: world.clock, verifier: verifierKey(signer.keyId, signer.publicKey), rate: RATE });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    await ask({ port, paths: PAGES, perSecond: PAGES_A_SECOND, seconds: 2, connections: CONNECTIONS });
    const read = await ask({ port, paths: PAGES, perSecond: PAGES_A_SECOND, seconds, connections: CONNECTIONS });
    const statuses = { port, paths: Array.from({ length: FIRMS }, (_, i) => `/register/status/F${i}`), perSecond: 0, connections: CONNECTIONS };
    await ask({ ...statuses, seconds: 1 });
    const answers = await ask({ ...statuses, seconds });
    return [...rowsOf(read, answers, seconds), ...benchLookalike(() => world.clock() / 1e6, full)];
  } finally {
    server.server.closeAllConnections();
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function rowsOf(read: ReaderWord, answers: ReaderWord, seconds: number): BenchRow[] {
  const sorted = read.millis.toSorted((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
  const perSecond = answers.answered / answers.seconds;
  return [
    { bench: 'register', metric: 'register.pageP99Ms', value: p99, unit: 'ms', ceiling: P99_MS_MAX, ok: p99 <= P99_MS_MAX && read.failed === 0, runs: [sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, p99],
      method: `${read.answered} pages at ${PAGES_A_SECOND}/s for ${seconds} s (${PAGES.length} addresses, ${FIRMS} firms, both languages, searches too), from when each was due to its last byte; ${read.failed} failed; runs: median, p99` },
    { bench: 'register', metric: 'register.statusAnswersPerSecond', value: perSecond, unit: 'answers/s', floor: ANSWERS_FLOOR, ok: perSecond >= ANSWERS_FLOOR && answers.failed === 0, runs: [perSecond],
      method: `${answers.answered} signed answers for ${FIRMS} firms over ${CONNECTIONS} connections in ${answers.seconds.toFixed(1)} s, signed once a minute for a firm and kept; ${answers.failed} failed` },
  ];
}

const PAGES = [
  ...['/register', '/register/ur', '/register.json', '/register.csv', '/register/feed.atom', '/register/warnings', '/register?q=invented+exchange+7', '/register/ur?q=firm+12', '/register?service=custody', '/register/message?text=firm+33'],
  ...Array.from({ length: 40 }, (_, i) => [`/register/firms/F${i * 7}`, `/register/ur/firms/F${i * 5}`, `/register/firms/F${i * 3}.json`]).flat(),
];

function ask(plan: ReaderPlan): Promise<ReaderWord> {
  const child = fork(fileURLToPath(new URL('../../bench/register-driver.ts', import.meta.url)), [], { serialization: 'advanced' });
  return new Promise<ReaderWord>((done, failed) => {
    child.once('exit', (code) => failed(new Error(`the readers ended (${code})`)));
    child.once('message', (word: ReaderWord) => done(word));
    child.send(plan);
  }).finally(() => child.kill('SIGKILL'));
}

/** Firms that nobody has, in every class. */
function enterInvented(desk: RegisterDesk, now: Instant): void {
  const roads = [['e3-noc-granted'], ['e3-noc-granted', 'e4-aml-registered'], ['e4-aml-registered', 'q-suspended'], ['e4-aml-registered', 'r-revoked']] as const;
  let index = 0;
  const add = <K extends EntryKind>(kind: K, body: EntryBody<K>): void => {
    desk.book.apply({ kind, body, index, version: 1, actor: 'bench', basis: 'bench', admittedAt: instantOf(now - 400 * DAY_US + index), leaf: new Uint8Array(), bytes: new Uint8Array() });
    index += 1;
  };
  for (let i = 0; i < FIRMS; i += 1) {
    add('firm-registered', { firm: `firm-${i}`, number: i + 1, code: `F${i}`, name: `Invented Exchange ${i}`, nameUr: `فرضی ایکسچینج ${i}`, synthetic: true });
    let from: string | null = null;
    for (const [n, to] of (roads[i % roads.length] ?? roads[0]).entries()) {
      add('stage-changed', { firm: `firm-${i}`, from, to, effectiveFrom: now - (300 - n * 100) * DAY_US, reasons: 'bench', evidence: [] });
      from = to;
    }
  }
}
