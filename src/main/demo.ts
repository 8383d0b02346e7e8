/**
 * `npm run demo`: a working authority over an invented nation. History is filed through the firms' door like
 * anyone's, then a live trickle goes on. `--once` files the history, checks itself end to end, and stops.
 */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StaffDesk } from '../access/index.ts';
import { LocalObjects, openPool } from '../log/index.ts';
import { DAY_US, formatInstant, instantOf } from '../terms/index.ts';
import { World as Nation } from '../../sim/index.ts';
import { beginConsole } from './console-process.ts';
import { checkDemo } from './demo-check.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, demoTotp } from './demo-accounts.ts';
import { streamNation } from './demo-stream.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import { openDemo } from './genesis.ts';
import { startEngines, startHouse, stopHouse, type Engines } from './house.ts';
import { takeHome } from './instance.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** Days of history, and days before now on which it ends: what began on its last day has come to its end by then. */
const DAYS = 30;
const ENDED_DAYS = 2;
/** A demo that goes on is fed for as long. */
const LIVE_DAYS = 30;
/** Live activity beside the history's: of a small nation somebody should do something every few seconds. What is filed at the start as
 * history keeps the usual pace up to now, or its last day would stand out from all others. */
const LIVE_PACE = 10;
const AUTHORITY = 'nigran.example';

/** Runs the demo; gives the exit code. */
export async function runDemo(settings: Settings, world: World, options: { readonly once: boolean; readonly json: boolean }): Promise<number> {
  const from = world.clock();
  const seconds = (): number => (world.clock() - from) / 1e6;
  const say = (line: string): void => void process.stderr.write(`[${seconds().toFixed(1).padStart(6)} s] ${line}\n`);
  const giveBack = await takeHome(settings.home);
  const consoleDirectory = fileURLToPath(new URL('../../console/dist', import.meta.url));
  const building = beginConsole(consoleDirectory);
  let engines: Engines | undefined;
  try {
    engines = await startEngines(settings, world, say);
    const nation = new Nation({ seed: settings.seed, size: settings.size, from: instantOf(world.clock() - (DAYS + ENDED_DAYS - 1) * DAY_US), days: DAYS, ...(options.once ? {} : { live: { days: LIVE_DAYS, pace: LIVE_PACE, from: world.clock() } }) });
    const isNew = await enterNation(settings, world, engines, nation);
    say((await building.built) ? 'the console is built' : 'the console stands');
    // Nobody opens a demo that stops by itself, so any free port will do.
    const house = await startHouse({ settings: options.once ? { ...settings, port: 0 } : settings, world, engines, framework: PACK_DIRECTORY, consoleDirectory, authority: AUTHORITY, synthetic: true, say });
    say(`open ${house.url}`);
    if (!options.once) printAccounts(settings.seed, world, say);
    if (options.once) {
      const streamed = isNew ? await streamNation({ nation, url: house.url, seed: settings.seed, world, say, live: false, signal: new AbortController().signal }) : undefined;
      const report = await checkDemo({ settings, world, engines, nation, url: house.url, streamed, seconds, say });
      process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describe(report));
      return report.checks.every((check) => check.ok) ? 0 : 1;
    }
    const stopping = new AbortController();
    const stopped = stopSignal().then(() => stopping.abort());
    if (isNew) await Promise.race([stopped, streamNation({ nation, url: house.url, seed: settings.seed, world, say, live: true, signal: stopping.signal })]);
    await stopped;
    return 0;
  } finally {
    building.stop();
    if (engines !== undefined) await stopHouse(engines);
    giveBack();
    say('stopped');
  }
}

async function enterNation(settings: Settings, world: World, engines: Engines, nation: Nation): Promise<boolean> {
  const pool = openPool(engines.connection('nigran_app'), 3);
  try {
    const framework = openFramework(PACK_DIRECTORY);
    const staff = new StaffDesk({ pool, random: world.random, synthetic: true, party: { name: framework.authority.en, origin: `http://localhost:${settings.port}` } });
    return await openDemo({ pool, objects: new LocalObjects(join(settings.home, 'objects')), framework, nation, staff, seed: settings.seed, now: world.clock() });
  } finally {
    await pool.end();
  }
}

function printAccounts(seed: string, world: World, say: (line: string) => void): void {
  say(`sign in with password "${DEMO_PASSWORD}" and the code of the moment (npm run nigran -- demo-code ACCOUNT):`);
  for (const each of DEMO_ACCOUNTS) say(`  ${each.account.padEnd(10)} ${each.title.en.padEnd(34)} code now ${StaffDesk.demoCode(demoTotp(seed, each.account), world.clock())}`);
  say(`codes of ${formatInstant(world.clock())}`);
}

function describe(report: Awaited<ReturnType<typeof checkDemo>>): string {
  const counts = `accepted ${report.accepted}, rejected ${report.rejected}, decided ${report.decided}, undecided ${report.undecided}, findings ${report.findings}, alerts ${report.alerts}, people ${report.people}, firms ${report.firms}, ${report.seconds.toFixed(1)} s\n`;
  return counts + report.checks.map((check) => `${check.ok ? 'ok  ' : 'FAIL'} ${check.name}: ${check.detail}\n`).join('');
}

function stopSignal(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}
