/**
 * `nigran serve`: the house of an authority that was opened by `nigran init`, without demo data, accounts or keys. A
 * demo's home is refused: what its ledger was opened as is asked there, not in a file.
 */

import { fileURLToPath } from 'node:url';
import { openPool } from '../log/index.ts';
import { Refusal } from '../log/engine/index.ts';
import type { Instant } from '../terms/index.ts';
import { beginConsole } from './console-process.ts';
import { openFramework } from './framework.ts';
import { startEngines, startHouse, stopHouse, type Engines } from './house.ts';
import { needInstallation, openedAsDemo, type Installation } from './installation.ts';
import { freePort, stopSignal, takeHome } from './instance.ts';
import { holdToPack } from './hold-pack.ts';
import { originOf } from './origin.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** Serves until it is told to stop; gives the exit code. */
export async function serveHouse(settings: Settings, world: World): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const installation = needInstallation(settings.home);
  if (installation.demo !== undefined) throw demoRefusal(settings.home);
  openFramework(installation.framework);
  const giveBack = await takeHome(settings.home);
  const consoleDirectory = fileURLToPath(new URL('../../console/dist', import.meta.url));
  let building: ReturnType<typeof beginConsole> | undefined;
  let engines: Engines | undefined;
  try {
    await freePort(settings.host, settings.port);
    building = beginConsole(consoleDirectory);
    engines = await startEngines(settings, world, say);
    await needAuthority(engines, settings.home, installation.framework, world.clock());
    await building.built;
    const house = await startHouse(groundOf(settings, world, installation, engines, consoleDirectory, say));
    say(`${installation.authority} serves at ${house.url}`);
    await stopSignal();
    return 0;
  } finally {
    building?.stop();
    if (engines !== undefined) await stopHouse(engines);
    giveBack();
    if (engines !== undefined) say('stopped');
  }
}

function groundOf(settings: Settings, world: World, installation: Installation, engines: Engines, consoleDirectory: string, say: (line: string) => void): Parameters<typeof startHouse>[0] {
  return {
    settings, world, engines, framework: installation.framework, consoleDirectory, authority: installation.authority, keys: installation.keys,
    host: settings.host, origin: originOf(installation.origin, settings.port), seed: undefined, say,
  };
}

/** Refuses a ledger that was opened as a demo, or not at all, and a pack that it did not adopt. */
async function needAuthority(engines: Engines, home: string, framework: string, now: Instant): Promise<void> {
  const pool = openPool(engines.connection('nigran_app'), 1);
  try {
    const opened = await openedAsDemo(pool);
    if (opened === undefined) throw new Refusal('the ledger of this installation is empty', 'restore the database from its copy: nigran init wrote the first entries');
    if (opened) throw demoRefusal(home);
    await holdToPack(pool, { home, framework, now });
  } finally {
    await pool.end();
  }
}

function demoRefusal(home: string): Refusal {
  return new Refusal(`${home} holds a demo: its accounts and keys are known to everyone, and an authority does not serve with them`, 'make an installation of your own with nigran init in another NIGRAN_HOME');
}
