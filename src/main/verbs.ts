/**
 * The verbs of the program. Each prints for people, or with `--json` one document on stdout and nothing else
 * there; it gives the exit code.
 */

import { Refusal } from '../log/engine/index.ts';
import { runDemo } from './demo.ts';
import { readSettings } from './settings.ts';
import type { World } from './world.ts';

/** Runs a verb; gives the exit code. */
export function runVerb(verb: string, world: World): Promise<number> {
  const settings = readSettings(world.environment);
  const flags = new Set(world.arguments.slice(1));
  switch (verb) {
    case 'demo':
      return runDemo(settings, world, { once: flags.has('--once'), json: flags.has('--json') });
    default:
      throw new Refusal(`there is no verb "${verb}"`, 'try demo');
  }
}
