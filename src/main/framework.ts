/** Opens the framework pack of an installation, or refuses to start with the first fault's file, line and remedy. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadPack, type Framework } from '../framework/index.ts';
import { Refusal } from '../log/engine/index.ts';

/** The pack that the demo runs under. */
export const PACK_DIRECTORY = fileURLToPath(new URL('../../frameworks/pk-pvara-2026', import.meta.url));

/** The compiled pack of a directory. */
export function openFramework(directory: string): Framework {
  const loaded = loadPack(directory, readText);
  if (loaded.ok) return loaded.framework;
  const [first] = loaded.errors;
  throw new Refusal(`the framework pack has ${loaded.errors.length} faults, first ${first?.file}:${first?.line} ${first?.code}`, first?.remedy ?? 'run nigran framework check');
}

/** Text of a file, or `undefined` when there is none. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
