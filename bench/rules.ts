/**
 * Thirty rules for the engine's bench: those of the house under the pack's parameters, and further ones in the same language, over every
 * window and most classes, with thresholds that few people reach. They find nothing worth knowing; they cost what rules cost.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPack, ruleParametersAt } from '../src/framework/index.ts';
import { compileRules, planOf } from '../src/monitor/engine/index.ts';
import { parseCondition } from '../src/monitor/language/index.ts';
import { readRules, ruleDocument, type RuleTerm } from '../src/monitor/index.ts';
import { assert, type Instant } from '../src/terms/index.ts';

const RULES_WANTED = 30;
/** What each further rule looks at, and its condition. */
const FURTHER: readonly (readonly [on: RuleTerm['on']['any'], text: string])[] = [
  [['in'], 'count[1h](in) >= 6 and sum[1h](in) >= 40000000 PKR'], [['out'], 'count[1h](out) >= 6 and sum[1h](out) >= 40000000 PKR'], [['trade'], 'count[1h](trade) >= 12 and sum[24h](trade) >= 90000000 PKR'],
  [['in'], 'sum[30d](in) >= 400000000 PKR and count[30d](in) >= 20'], [['out'], 'sum[30d](out) >= 400000000 PKR and count[30d](out) >= 20'], [['out'], 'sum[7d](out with chain) / sum[30d](in) otherwise 0% >= 1200% and sum[30d](in) >= 900000 PKR'],
  [['in'], 'count[7d](in with fiat) >= 25 and sum[24h](in with fiat) >= 9000000 PKR'], [['out'], 'count[7d](out with fiat) >= 25 and sum[24h](out with fiat) >= 9000000 PKR'], [['out'], 'value >= 30000000 PKR and age otherwise 30d <= 2d'],
  [['in'], 'value >= 90000000 PKR or silence otherwise 0s >= 400d'], [['private'], 'count[7d](private) >= 9 and sum[7d](private) >= 30000000 PKR'], [['in'], 'count[24h](high) >= 5 and count[7d](high) >= 8'],
  [['out'], 'count[30d](out with chain) >= 30 and count[30d](in with chain) <= 1'], [['trade'], 'sum[30d](trade) / sum[30d](in) otherwise 0% >= 4000% and sum[30d](in) >= 5000000 PKR'], [['in'], 'count[1h](near) >= 3 and sum[7d](near) >= 9000000 PKR'],
  [['out'], 'not event is (chain) and sum[1h](out) / sum[1h](in) otherwise 0% >= 95% and sum[1h](in) >= 30000000 PKR'],
];

/** Thirty compiled rules on one plan. */
export function thirtyRules(at: Instant) {
  const loaded = loadPack(join(import.meta.dirname, '../frameworks/pk-pvara-2026'), (path) => readFileSync(path, 'utf8'));
  assert(loaded.ok, 'the pack has no faults');
  const parameters = ruleParametersAt(loaded.framework, at);
  const own = readRules(ruleDocument(parameters).bytes).rules.map((rule) => rule.term);
  const terms = [...own, ...FURTHER.map(([any, text], i) => termOf(`bench-${i + 1}`, any, text))].slice(0, RULES_WANTED);
  assert(terms.length === RULES_WANTED, `the bench has ${terms.length} rules`);
  const plan = planOf(terms.map((term) => term.when));
  return { plan, rules: compileRules('bench', terms, parameters, plan) };
}

function termOf(id: string, any: RuleTerm['on']['any'], text: string): RuleTerm {
  const read = parseCondition(text);
  assert('tree' in read, `${text} is a condition`);
  const words = { en: id, ur: id };
  return { id, version: 1, title: words, indicator: null, clause: '', weight: 0, subject: 'person', crossFirm: false, on: { any, all: [], none: [] }, when: read.tree, quiet: 'structuring.quiet', innocent: words };
}
