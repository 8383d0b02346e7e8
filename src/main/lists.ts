/**
 * `nigran lists take FILE|DIR`: newer states of lists of names, taken in by the operator while the house stands still; at
 * a running house an officer does it at the console. What each list came to is printed line by line: one that fails, or
 * has lost too much, leaves its last good version in use and stops no other.
 */

import { existsSync, statSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { LocalObjects, openPool } from '../log/index.ts';
import { Refusal } from '../log/engine/index.ts';
import { takeLists, type TakenList } from '../screening/index.ts';
import { REJECTIONS } from '../terms/index.ts';
import { openFramework } from './framework.ts';
import { startRecord } from './house.ts';
import { frameworkOf } from './installation.ts';
import { isHeld, takeHome } from './instance.ts';
import type { Options } from './options.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** Runs the verb; exit 0 when every list is a new version or was known, 1 when one was not taken. */
export async function runLists(settings: Settings, world: World, options: Options): Promise<number> {
  const [act, path] = options.words;
  if (act !== 'take' || path === undefined || !existsSync(path)) throw new Refusal('lists take needs a file or a folder of list files', 'for example: npm run nigran -- lists take ./lists');
  if (await isHeld(settings.home)) throw new Refusal('the house runs', 'an officer takes lists in at the console; the operator does it while the house stands still');
  const giveBack = await takeHome(settings.home);
  try {
    const { postgres } = await startRecord(settings, world, () => undefined);
    const pool = openPool(postgres.connection('nigran_app'), 2);
    try {
      const ground = { pool, objects: new LocalObjects(join(settings.home, 'objects')), framework: openFramework(frameworkOf(settings.home)) };
      const taken = await inFolder(path, (folder) => takeLists(ground, world.clock(), folder, path.slice(0, 2_000), { actor: 'operator', basis: 'lists taken in by the operator' }));
      for (const one of taken) process.stdout.write(`${options.has('json') ? JSON.stringify(one) : sentenceOf(one)}\n`);
      return taken.length > 0 && taken.every((one) => one.code === undefined || one.code === 'LIST_VERSION_KNOWN') ? 0 : 1;
    } finally {
      await pool.end();
      await postgres.stop();
    }
  } finally {
    giveBack();
  }
}

/** A single file is read in a folder of its own, so that its neighbours are not taken with it. */
async function inFolder<T>(path: string, work: (folder: string) => Promise<T>): Promise<T> {
  if (statSync(path).isDirectory()) return work(path);
  const folder = await mkdtemp(join(tmpdir(), 'nigran-lists-'));
  try {
    await cp(path, join(folder, basename(path)), { preserveTimestamps: true });
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sentenceOf({ list, files, version, entries, quarantined, entry, code, detail }: TakenList): string {
  const what = list === null ? files.join(', ') : `${list} of ${version ?? 'no day'}: ${entries} entries, ${quarantined} rows set aside`;
  return code === undefined ? `${what}: entry ${entry ?? '?'}` : `${what}: ${code}${detail === undefined ? '' : ` (${detail})`}. ${REJECTIONS[code].meaning} ${REJECTIONS[code].remedy}`;
}
