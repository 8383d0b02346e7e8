/** For tests: a house at rest is given a pack that was changed under its revision, and one that nobody adopted; it starts under neither. */

import { deepStrictEqual } from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACK_DIRECTORY } from '../framework.ts';
import type { Ended } from './program.ts';

/** `pack`: where the bent pack may lie. `serve` runs the program. The home is left as it was. */
export async function refuseOtherPack(home: string, pack: string, serve: () => Promise<Ended>): Promise<void> {
  const file = join(home, 'installation.json');
  const before = readFileSync(file, 'utf8');
  cpSync(PACK_DIRECTORY, pack, { recursive: true });
  writeFileSync(file, JSON.stringify({ ...JSON.parse(before), framework: pack }));
  const bend = (name: string, from: string | RegExp, to: string): void => writeFileSync(join(pack, name), readFileSync(join(pack, name), 'utf8').replace(from, to));
  bend('limits.yaml', 'Customers at most', 'Customers, at most');
  const changed = await serve();
  deepStrictEqual([changed.code, /revision \d+ \([0-9a-f]{12}\) was changed under its revision.*two officers adopt it/.test(changed.err)], [2, true], changed.err);
  bend('pack.yaml', /revision: (\d+)/, 'revision: 99');
  const unknown = await serve();
  deepStrictEqual([unknown.code, /revision 99 .* is not adopted/.test(unknown.err)], [2, true], unknown.err);
  writeFileSync(file, before);
}
