import { match, strictEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { tryHold } from '../log/engine/index.ts';

const run = promisify(execFile);
const MAIN = join(import.meta.dirname, '..', 'main.ts');
const BOOT = join(import.meta.dirname, '..', '..', 'scripts', 'boot.mjs');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the demo in a fresh home. */
async function demo(home: string, environment: Record<string, string> = {}, args: readonly string[] = [MAIN, 'demo']): Promise<Ended> {
  const failed: unknown = await run(process.execPath, [...args], { env: { PATH: process.env['PATH'], NIGRAN_HOME: home, NIGRAN_PORT: '0', ...environment }, timeout: 120_000 }).then((ended) => ({ code: 0, ...ended }), (error: unknown) => error);
  const { code, stdout, stderr } = Object(failed);
  return { code: Number(code), stdout: String(stdout), stderr: String(stderr) };
}

/** One line beside progress, nothing on stdout, exit 2. */
function refused(ended: Ended, says: RegExp): void {
  const lines = ended.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('['));
  strictEqual(lines.length, 1, ended.stderr);
  match(lines[0] ?? '', /^nigran: .+\. .+\.$/);
  match(lines[0] ?? '', says);
  strictEqual(ended.stdout, '');
  strictEqual(ended.code, 2);
}

function freshHome(t: TestContext): string {
  const home = mkdtempSync(join(tmpdir(), 'nigran-refused-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

test('a demo on a port that is taken says which, and what to do', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.after(() => taken.close());
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  refused(await demo(freshHome(t), { NIGRAN_PORT: String(port) }), new RegExp(`port ${port} is taken.*NIGRAN_PORT`));
});

test('a second demo on one home says who runs there', async (t) => {
  const home = freshHome(t);
  const release = await tryHold(`home ${home}`, String(process.pid));
  t.after(() => release?.());
  refused(await demo(home), new RegExp(`another Nigran \\(process ${process.pid}\\).*NIGRAN_HOME`));
});

test('an engine of the operator that does not answer is named', async (t) => {
  const home = freshHome(t);
  refused(await demo(home, { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/nigran' }), /DATABASE_URL|127\.0\.0\.1:1/);
  refused(await demo(home, { CLICKHOUSE_URL: 'http://127.0.0.1:1' }), /CLICKHOUSE_URL|127\.0\.0\.1:1/);
});

test('a disk that is full is said to be', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'nigran-refused-'));
  t.after(() => run('umount', ['-l', home]).catch(() => undefined).then(() => rmSync(home, { recursive: true, force: true })));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=0711', 'tmpfs', home]).then(() => true, () => false);
  if (!mounted) return t.skip('nobody here may mount a small disk');
  refused(await demo(home), /disk|space/);
});

test('a platform for which npm carries no engine is told what it needs', async (t) => {
  const arm = `data:text/javascript,${encodeURIComponent('Object.defineProperty(process, "arch", { value: "arm64" })')}`;
  refused(await demo(freshHome(t), {}, ['--import', arm, BOOT, 'demo']), /Linux x64.*DATABASE_URL and CLICKHOUSE_URL/);
});
