import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import { parseInstant, type Instant } from '../../src/terms/index.ts';
import { areaOf, measureLeaks, type Judged } from './leak.ts';
import { World } from './world.ts';

/** No single field may tell planted events better than this. Source: the issue of the nation and the judge. */
const AUC_MAX = 0.75;

function instant(text: string): Instant {
  const at = parseInstant(text);
  if (at === undefined) throw new Error('no instant');
  return at;
}

function judgedOf(seed: string, people = 3_000): Judged[] {
  const world = new World({ seed, size: { people, perTypology: Math.ceil(people / 400) }, from: instant('2026-10-26T00:00:00+05:00'), days: 30 });
  const sent = [...world.sendings()].filter((one) => one.expect === 'accepted' && one.event.kind !== 'opening-load');
  const planted = new Set(world.labels().flatMap((label) => label.events.map((event) => `${event.firm}/${event.id}`)));
  return sent.map(({ event, firm, sentAt }) => ({ event, firm, sentAt, planted: planted.has(`${firm}/${event.id}`) }));
}

for (const seed of ['leak-1', 'leak-2']) {
  test(`no single field tells planted events from the others (seed ${seed})`, () => {
    const judged = judgedOf(seed);
    ok(judged.filter((one) => one.planted).length > 1_000);
    const [worst] = measureLeaks(judged);
    ok(worst !== undefined && worst.auc <= AUC_MAX, `${worst?.field} tells planted events with an AUC of ${worst?.auc.toFixed(3)}`);
  });
}

test('a field that gives planted events away is found', () => {
  const judged = judgedOf('leak-1', 800);
  const marked = judged.map((one) => ({ ...one, event: { ...one.event, at: one.planted ? one.event.at.replace(/\d\d:\d\d\.\d{6}Z$/, '30:00.000000Z') : one.event.at } }));
  ok(measureLeaks(marked).some((leak) => leak.field === 'microsecond' && leak.auc > 0.9));
  const worded = judged.map((one) => ({ ...one, firm: one.planted ? `${one.firm}-x` : one.firm }));
  ok(measureLeaks(worded).some((leak) => leak.field === 'firm' && leak.auc > 0.9));
});

test('the area under the curve is that of the definition', () => {
  const scored = [[3, true], [2, false], [2, true], [1, false]] as const;
  // Of the four pairs, three are in order and one is tied: 3.5 of 4.
  ok(areaOf(scored.map(([score, planted]) => ({ score, planted }))) === 3.5 / 4);
});
