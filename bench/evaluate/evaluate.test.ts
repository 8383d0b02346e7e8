import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert';
import { test } from 'node:test';
import { formatInstant, instantOf, parseInstant } from '../../src/terms/index.ts';
import { World } from '../../sim/index.ts';
import { evaluateMaterial } from './evaluate.ts';
import { givenMaterial, readLabels } from './given.ts';
import { Verdicts, alerted, rowsOf, type Suspect } from './judge.ts';
import type { Case } from './material.ts';
import { nationOf } from './nation.ts';

const HOUR = 3_600_000_000;
const oneCase = (id: string, person: string, over: Partial<Case> = {}): Case => ({ id, typology: 'x', tuned: true, crossFirm: false, firms: [1], people: new Set([person]), from: 100 * HOUR, to: 110 * HOUR, ...over });
const suspect = (person: string, score: number, at: number, rule = 'r'): Suspect => ({ person, score, strength: 0, findings: [{ rule, at: at * HOUR }] });

test('the budget is spent on the highest scores, and ties go to the earlier finding', () => {
  const list = alerted([suspect('late', 50, 9), suspect('low', 10, 1), suspect('early', 50, 3), suspect('high', 90, 8)], 3);
  deepStrictEqual(list.map((one) => one.person), ['high', 'early', 'late']);
});

test('a person alerted for something outside a case finds nothing of it', () => {
  const cases = [oneCase('a', 'p'), oneCase('b', 'q'), oneCase('c', 'z')];
  const verdicts = new Verdicts(cases, [suspect('p', 50, 105), suspect('q', 50, 99), suspect('stranger', 50, 105)]);
  const [row] = rowsOf(verdicts, cases, 'joined', 3);
  deepStrictEqual(row, { typology: 'x', tuned: true, crossFirm: false, view: 'joined', cases: 3, recall: 0.333, precision: 0.333, budget: 3, timeToDetectionHours: 5 });
});

test('a day after its end a case can still be found, and no later', () => {
  const at = (hour: number): number => new Verdicts([oneCase('a', 'p')], [suspect('p', 50, hour)]).recall(() => true);
  deepStrictEqual([at(100), at(134), at(134.1), at(99.9)], [1, 1, 0, 0]);
});

test('with all firms joined a case across firms is found that no firm finds', () => {
  const { rows, unread, active } = evaluateMaterial(nationOf('judge', { people: 2_000, perTypology: 3 }));
  const across = (view: string): number => rows.find((row) => row.typology === 'cross-firm, tuned' && row.view === view)?.recall ?? 0;
  strictEqual(unread.length, 0);
  strictEqual(rows[0]?.budget, Math.ceil(active * 0.005));
  ok(across('joined') > across('firm'), `${across('joined')} joined, ${across('firm')} at the best firm`);
});

/** The nation's own lines as a file of others would have them: the firm beside the event, the identity in the clear. */
function asFiles(seed: string): { events: string[]; labels: string } {
  const world = new World({ seed, size: { people: 1_200, perTypology: 2 }, from: parseInstant('2027-02-01T00:00:00+05:00') ?? instantOf(0), days: 30 });
  const events = [...world.sendings()].filter((sending) => sending.expect === 'accepted').map(({ firm, event, identity }) => JSON.stringify({ firm, ...event, ...(identity === undefined ? {} : { identity }) }));
  return { events, labels: world.labels().map((label) => JSON.stringify(label)).join('\n') };
}

test('files of events and labels are judged as the nation that they came from', () => {
  const files = asFiles('files');
  const given = evaluateMaterial(givenMaterial(files));
  const made = evaluateMaterial(nationOf('files', { people: 1_200, perTypology: 2 }));
  strictEqual(given.unread.length, 0);
  deepStrictEqual([given.events, given.active], [made.events, made.active]);
  // Rupee amounts are the same to the paisa; what is worth rupees only by a rate may fall to the other side of a threshold.
  const recall = (of: typeof given, typology: string): number | undefined => of.rows.find((row) => row.view === 'joined' && row.typology === typology)?.recall;
  for (const typology of ['structuring', 'structuring_two_firms', 'sanctioned_wallet']) strictEqual(recall(given, typology), recall(made, typology), typology);
});

test('a line that cannot be judged is told by number and code, and stops nothing', () => {
  const event = { v: 1, id: 'e1', seq: 1, at: formatInstant(instantOf(1_803_884_400_000_000)), kind: 'fiat-in', customer: 'c1', amount: { asset: 'iso4217:PKR', value: '5.00' }, channel: { method: 'raast' } };
  const lines = ['{', JSON.stringify(event), JSON.stringify({ firm: 'a', ...event, amount: { asset: 'iso4217:PKR', value: '-1' } }), JSON.stringify({ firm: 'a', ...event })];
  const { unread, strangers, events } = evaluateMaterial(givenMaterial({ events: lines, labels: '' }));
  deepStrictEqual(unread.map(({ line, code }) => `${line} ${code}`), ['1 EVENT_NOT_JSON', '2 EVENT_FIELD_MISSING', '3 EVENT_AMOUNT_INVALID']);
  deepStrictEqual({ strangers, events }, { strangers: 1, events: 1 });
});

test('labels come as one list or one a line, and need their events', () => {
  const label = { case: 7, typology: 'mine', events: [{ firm: 'a', id: 'e1' }] };
  deepStrictEqual(readLabels(JSON.stringify([label])), readLabels(JSON.stringify(label)));
  throws(() => readLabels('{"case": "x", "typology": "y"}'));
});
