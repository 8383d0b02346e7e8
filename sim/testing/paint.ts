/**
 * How soon each screen of a real house is there: `node sim/testing/paint.ts`. A small nation is filed, then each
 * screen is opened by its address in a fresh browser context (nothing cached) and once more in the same one (files
 * cached), five times each; medians are printed. `paint` is the browser's first contentful paint, `ready` when the
 * screen's own figures stand. The first line is what the entrance transfers, fonts apart.
 */
import { JourneyHouse } from './journey-house.ts';
import { realScreens } from './real-screens.ts';

const ROUNDS = 5;
const MEASURED = ['overview', 'alerts', 'firms', 'firm', 'submissions', 'rejections', 'events', 'ledger', 'engine'];
const median = (all: readonly number[]): number => Math.round(all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0);

const house = await JourneyHouse.open();
if (!(house instanceof JourneyHouse)) throw new Error(house.absent);
try {
  process.stdout.write(`first load ${await house.firstLoadBytes()} bytes gzipped, fonts apart\n`);
  process.stdout.write('screen        paint  ready | again: paint  ready   (ms)\n');
  for (const screen of realScreens(house.found).filter((one) => MEASURED.includes(one.name))) {
    const rounds: Awaited<ReturnType<typeof house.time>>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await house.time('senior', screen.path, screen.ready));
    const of = (pick: (one: (typeof rounds)[number]) => number): string => String(median(rounds.map(pick))).padStart(6);
    process.stdout.write(`${screen.name.padEnd(12)} ${of((one) => one.cold.paint)} ${of((one) => one.cold.ready)} | ${' '.repeat(6)} ${of((one) => one.warm.paint)} ${of((one) => one.warm.ready)}\n`);
  }
} finally {
  await house.close();
}
