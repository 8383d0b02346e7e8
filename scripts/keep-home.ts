/**
 * `node scripts/keep-home.ts VERSION`: runs a small invented nation through today's house, with officers at
 * work, and keeps its home as `src/main/homes/VERSION.zst`. Run once for each version that is published: the
 * test of homes opens every one that is kept.
 */

import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { DAY_US, instantOf } from '../src/terms/index.ts';
import { keepHome } from '../src/main/kept-home.ts';
import { migrations } from '../src/main/migrations.ts';
import { readSettings } from '../src/main/settings.ts';
import { openTrialHouse } from '../src/main/trial-house.ts';
import { openWorld } from '../src/main/world.ts';
import { openPool } from '../src/log/index.ts';
import { World as Nation } from '../sim/index.ts';
import { actAsOfficers, fileHistory } from '../src/main/testing/activity.ts';

const [, , version] = argv;
if (version === undefined) exit(2);
const world = openWorld();
const seed = `home-${version}`;
const nation = new Nation({ seed, size: { people: 200, perTypology: 1 }, from: instantOf(world.clock() - 5 * DAY_US), days: 4 });
const house = await openTrialHouse({ settings: { ...readSettings({}), seed, size: 'small' }, world, nation, say: () => undefined });
try {
  await fileHistory(house, nation, world);
  const pool = openPool(house.connection('nigran_app'), 2);
  await actAsOfficers(pool, world.clock);
  await pool.end();
  await house.rest();
  const owner = openPool(house.connection('nigran_owner'), 2);
  await keepHome(join(import.meta.dirname, '..', 'src', 'main', 'homes', `${version}.zst`), owner, join(house.home, 'objects'), migrations);
  await owner.end();
} finally {
  await house.stop();
}
