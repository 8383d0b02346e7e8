/**
 * `npm run demo`: a working authority over an invented nation. History is filed through the firms' door like
 * anyone's, then a live trickle goes on. `--once` files the history, checks itself end to end, and stops. The home
 * remembers the nation and how far it was fed: the next start answers at once and goes on from there.
 */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { SecretFiles, StaffDesk, openKeys } from '../access/index.ts';
import { Refusal } from '../log/engine/index.ts';
import { LocalObjects, openPool } from '../log/index.ts';
import { verifierKey } from '../proof/index.ts';
import { DAY_US, formatInstant, instantOf, type Instant } from '../terms/index.ts';
import { World as Nation } from '../../sim/index.ts';
import { beginConsole } from './console-process.ts';
import { checkDemo } from './demo-check.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, demoTotp } from './demo-accounts.ts';
import { drawOf } from './demo-keys.ts';
import { publishDueRates } from './demo-rates.ts';
import { streamNation } from './demo-stream.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import { openDemo } from './genesis.ts';
import { holdToPack } from './hold-pack.ts';
import { startEngines, startHouse, stopHouse, type Engines } from './house.ts';
import { openedAsDemo, readInstallation, whole, writeInstallation, type DemoNation, type Installation } from './installation.ts';
import { freePort, needLoopback, stopSignal, takeHome } from './instance.ts';
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
/** A filing that is under way when the demo is stopped may end within so long. */
const FEED_ENDS_MS = 5_000;

/** The rates that are due are looked after so often. */
const RATES_MS = 60_000;

/** Runs the demo; gives the exit code. */
export async function runDemo(settings: Settings, world: World, options: { readonly once: boolean; readonly json: boolean }): Promise<number> {
  const from = world.clock();
  const seconds = (): number => (world.clock() - from) / 1e6;
  const say = (line: string): void => void process.stderr.write(`[${seconds().toFixed(1).padStart(6)} s] ${line}\n`);
  needLoopback(settings.host);
  // Nobody opens a demo that stops by itself, so any free port will do.
  const used: Settings = options.once ? { ...settings, port: 0 } : settings;
  const giveBack = await takeHome(used.home);
  const consoleDirectory = fileURLToPath(new URL('../../console/dist', import.meta.url));
  let building: ReturnType<typeof beginConsole> | undefined;
  let engines: Engines | undefined;
  try {
    await freePort(used.host, used.port);
    const kept = demoOf(used, world.clock());
    building = beginConsole(consoleDirectory);
    engines = await startEngines(used, world, say);
    const pool = openPool(engines.connection('nigran_app'), 3);
    try {
      return await runNation({ settings: used, world, engines, pool, nation: nationOf(kept), installation: installationOf(used, world, kept), built: building.built, consoleDirectory, seconds, say, ...options });
    } finally {
      await pool.end();
    }
  } finally {
    building?.stop();
    if (engines !== undefined) await stopHouse(engines);
    giveBack();
    if (engines !== undefined) say('stopped');
  }
}

interface DemoGround {
  readonly settings: Settings;
  readonly world: World;
  readonly engines: Engines;
  /** As `nigran_app`. */
  readonly pool: pg.Pool;
  readonly nation: Nation;
  readonly installation: Installation;
  readonly consoleDirectory: string;
  /** Whether the console had to be built. */
  readonly built: Promise<boolean>;
  readonly once: boolean;
  readonly json: boolean;
  readonly seconds: () => number;
  readonly say: (line: string) => void;
}

async function runNation(ground: DemoGround): Promise<number> {
  const { settings, world, engines, nation, once, say } = ground;
  const { seed } = settings;
  await enterNation(ground);
  say((await ground.built) ? 'the console is built' : 'the console stands');
  const house = await startHouse({
    settings, world, engines, framework: PACK_DIRECTORY, consoleDirectory: ground.consoleDirectory, authority: AUTHORITY, keys: ground.installation.keys, host: settings.host, origin: undefined, seed, say,
  });
  say(`open ${house.url}`);
  const stream = { nation, home: settings.home, url: house.url, seed, world, say };
  if (once) {
    const streamed = await streamNation({ ...stream, live: false, signal: new AbortController().signal });
    const report = await checkDemo({ settings, world, engines, nation, url: house.url, streamed, seconds: ground.seconds, say });
    process.stdout.write(ground.json ? `${JSON.stringify(report)}\n` : describe(report));
    return report.checks.every((check) => check.ok) ? 0 : 1;
  }
  printAccounts(seed, world, say);
  const rates = setInterval(() => void publishDueRates(ground.pool, nation, world.clock()).catch((error: unknown) => say(`rates wait: ${error instanceof Error ? error.message : String(error)}`)), RATES_MS);
  const stopping = new AbortController();
  const stopped = stopSignal().then(() => stopping.abort());
  const fed = streamNation({ ...stream, live: true, signal: stopping.signal }).catch((error: unknown) => say(`the feed stands still: ${error instanceof Error ? error.message : String(error)}`));
  await stopped;
  clearInterval(rates);
  await Promise.race([fed, new Promise((done) => setTimeout(done, FEED_ENDS_MS))]);
  return 0;
}

/** The nation that the home holds, or the one that it will hold. Refuses to mix two. */
function demoOf(settings: Settings, now: Instant): DemoNation {
  const found = readInstallation(settings.home);
  if (found === undefined) {
    if (typeof settings.size !== 'string') throw new Refusal('a demo has a size by its name', 'set NIGRAN_SIZE to small, city or nation');
    return { seed: settings.seed, size: settings.size, from: now - (DAYS + ENDED_DAYS - 1) * DAY_US, liveFrom: now };
  }
  const { demo } = whole(settings.home, found);
  if (demo === undefined) throw new Refusal(`${settings.home} holds the installation of ${found.authority}, and no demo enters it`, 'set NIGRAN_HOME to another directory');
  if (demo.seed !== settings.seed || demo.size !== settings.size) {
    throw new Refusal(`${settings.home} holds the nation of seed ${demo.seed} and size ${demo.size}`, `set NIGRAN_SEED=${demo.seed} and NIGRAN_SIZE=${demo.size}, or NIGRAN_HOME to another directory`);
  }
  return demo;
}

function nationOf(kept: DemoNation): Nation {
  return new Nation({ seed: kept.seed, size: kept.size, from: instantOf(kept.from), days: DAYS, live: { from: instantOf(kept.liveFrom), days: LIVE_DAYS, pace: LIVE_PACE } });
}

function installationOf(settings: Settings, world: World, demo: DemoNation): Installation {
  const keys = join(settings.home, 'keys');
  const ring = openKeys(new SecretFiles({ directory: keys, draw: drawOf(settings.seed, world.random) }));
  const [ledger, firms, status] = [ring.checkpoint(`${AUTHORITY}/ledger`), ring.receipt(`${AUTHORITY}/firm`), ring.status(`${AUTHORITY}/status`)];
  return {
    v: 1, state: 'opening', authority: AUTHORITY, framework: PACK_DIRECTORY, keys,
    verifiers: { ledger: verifierKey(ledger.keyId, ledger.publicKey), firms: verifierKey(firms.keyId, firms.publicKey) }, published: { status: verifierKey(status.keyId, status.publicKey) }, demo,
  };
}

/** Writes the first entries of a new home; a home that has them is brought up to the hour. */
async function enterNation({ pool, settings, world, engines, nation, installation }: DemoGround): Promise<void> {
  const opened = await openedAsDemo(pool);
  if (opened === false) throw new Refusal('the ledger of this home is an authority\'s own, and no demo enters it', 'set NIGRAN_HOME to another directory');
  if (opened === true && readInstallation(settings.home) === undefined) throw new Refusal(`${settings.home} was filled by a version that did not keep its nation`, 'remove it, or set NIGRAN_HOME to another directory');
  if (opened === undefined) {
    writeInstallation(settings.home, installation);
    const framework = openFramework(PACK_DIRECTORY);
    const staff = new StaffDesk({ pool, random: world.random, synthetic: true, party: { name: framework.authority.en, origin: `http://localhost:${settings.port}` } });
    await openDemo({ pool, objects: new LocalObjects(join(settings.home, 'objects')), framework, nation, staff, seed: settings.seed, partitions: engines.partitions, now: world.clock() });
  }
  await holdToPack(pool, { home: settings.home, framework: PACK_DIRECTORY, now: world.clock() }, { actor: 'policy', second: 'supervisor', basis: 'synthetic: the demo takes the pack of its program' });
  writeInstallation(settings.home, { ...installation, state: 'open' });
  await publishDueRates(pool, nation, world.clock());
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
