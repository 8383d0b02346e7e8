import { deepStrictEqual, ok } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { demoTotp, DEMO_PASSWORD } from '../../src/main/demo-accounts.ts';
import { tryOnce } from '../../src/main/faults.ts';
import { readSettings } from '../../src/main/settings.ts';
import { openWorld } from '../../src/main/world.ts';
import { Officer } from '../demo/officer.ts';
import { PARTS } from './house.ts';
import { fuzzDoor } from './fuzz.ts';

const BODIES = 1_000;
const world = openWorld();
const settings = readSettings({});

describe('the whole house', () => {
  for (const seed of ['one', 'two']) {
    test(`loses, doubles and misjudges nothing when every part is killed in mid-stream, feeds are out of order, a firm falls silent and a clock runs ahead (seed ${seed})`, async () => {
      const report = await tryOnce(settings, world, seed, 'storm', async (house, nation) => {
        if (seed !== 'one') return;
        const before = house.pids()['server'];
        const firm = nation.people.firm(0).id;
        const fuzzed = await fuzzDoor({ url: house.url, key: nation.key, client: house.clientOf(firm), customer: 'c-nobody', fetch }, BODIES);
        deepStrictEqual(fuzzed.faults, []);
        ok(Object.keys(fuzzed.codes).length >= 15, `many codes were met: ${Object.keys(fuzzed.codes).join(', ')}`);
        deepStrictEqual(house.pids()['server'], before, 'the server lived through all of it');
        const officer = new Officer({ origin: house.url, account: 'analyst', password: DEMO_PASSWORD, secret: demoTotp(seed, 'analyst'), clock: world.clock, fetch });
        await officer.signIn();
        ok((await officer.get('alerts', { limit: 5 })).total > 0, 'alerts stand after it all');
      });
      deepStrictEqual(report.faults, []);
      deepStrictEqual(report.kills.length, PARTS.length);
      ok(report.findings >= 10 && report.taken > 2_000, JSON.stringify(report));
    });
  }

  test('goes on when a batch ends its worker again and again: that batch is set aside, and everyone else is decided', async () => {
    deepStrictEqual((await tryOnce(settings, world, 'three', 'poison')).faults, []);
  });

  test('runs no instant back and refuses nothing when its own clock is an hour ahead, then an hour behind', async () => {
    const report = await tryOnce(settings, world, 'four', 'jump');
    deepStrictEqual([report.faults, report.kills.length], [[], 6]);
  });
});
