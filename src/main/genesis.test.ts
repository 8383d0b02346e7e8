import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { StaffDesk } from '../access/index.ts';
import { LicensingDesk, readFirms } from '../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { LocalObjects, SYSTEM, withActor } from '../log/index.ts';
import { instantOf, DAY_US } from '../terms/index.ts';
import { World as Nation } from '../../sim/index.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import { openDemo } from './genesis.ts';
import { migrations } from './migrations.ts';
import { openWorld } from './world.ts';

const world = openWorld();
let database: TestDatabase;
let folder: string;

before(async () => {
  database = await openTestDatabase(migrations);
  folder = mkdtempSync(join(tmpdir(), 'nigran-genesis-'));
});
after(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('the demo has an invented firm in every stage of the framework, and says nothing of a real one but what was published', async () => {
  const pool = database.pool('nigran_app');
  const framework = openFramework(PACK_DIRECTORY);
  const now = world.clock();
  const nation = new Nation({ seed: 'genesis', size: { people: 50, perTypology: 1 }, from: instantOf(now - 6 * DAY_US), days: 5 });
  const staff = new StaffDesk({ pool, random: world.random, synthetic: true, party: { name: 'test', origin: 'http://localhost' } });
  ok(await openDemo({ pool, objects: new LocalObjects(folder), framework, nation, staff, seed: 'genesis', partitions: 4, now }));
  const [firms, dossiers] = await withActor(pool, SYSTEM, async (tx) => {
    const all = await readFirms(tx);
    return [all, await new LicensingDesk(framework, new LocalObjects(folder)).readAll(tx, all.map((firm) => firm.firm))] as const;
  });
  const stages = new Set(firms.filter((firm) => firm.synthetic).map((firm) => firm.held.at(-1)?.stage));
  deepStrictEqual([...framework.stages.keys()].filter((stage) => !stages.has(stage)), []);
  for (const firm of firms.filter((one) => !one.synthetic)) {
    strictEqual(firm.held.length, 1);
    deepStrictEqual(dossiers.get(firm.firm)?.history.map((said) => said.kind), ['stage-changed'], firm.firm);
  }
  deepStrictEqual(dossiers.get('grk')?.proposals.map((one) => one.state), ['waits'], 'a decision waits for a second person');
  deepStrictEqual([dossiers.get('bln')?.letters.map((one) => one.body.role), dossiers.get('mkb')?.enforcement.map((one) => one.body.rung), dossiers.get('sdx')?.conditions.length], [['question'], ['information-demand'], 1]);
  for (const said of [...dossiers.values()].flatMap((dossier) => dossier.history)) {
    if (said.kind === 'stage-changed' && 'proposal' in said.body) ok(said.second !== undefined && said.second !== said.actor);
  }
});
