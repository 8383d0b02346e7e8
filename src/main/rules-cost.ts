/**
 * `rules cost`: what the rules of the pack cost, told before any of them is published. Columns and bytes follow from the rules; nanoseconds are
 * measured here and now, over invented activity of a small nation.
 */

import { Refusal } from '../log/engine/index.ts';
import { ruleParametersAt } from '../framework/index.ts';
import { costPlan, measureRules, openState, step, type MeasuredCost, type PlanCost } from '../monitor/engine/index.ts';
import { PLAN, readRules, ruleDocument } from '../monitor/index.ts';
import { DAY_US, instantOf } from '../terms/index.ts';
import { ActivityBatch, Deeds } from '../../bench/activity.ts';
import { openFramework } from './framework.ts';
import type { World } from './world.ts';

const START = instantOf(1_803_884_400_000_000);
const PEOPLE = 2_000;
const EVENTS = 20_000;
const BATCH = 1_000;
const ROUNDS = 10;
const BYTES_MAX = 2 ** 28;

/** The costs of a pack's rules in force. */
export interface RulesCost extends PlanCost {
  readonly measured: MeasuredCost;
}

/** Columns, bytes and nanoseconds of the pack's rules. */
export function costRules(directory: string, seconds: () => number): RulesCost {
  const set = readRules(ruleDocument(ruleParametersAt(openFramework(directory), START)).bytes);
  const state = openState({ plan: PLAN, bytesMax: BYTES_MAX });
  const law = { rulesAt: () => set, permits: () => true, wallets: { lookup: () => undefined } };
  const deeds = new Deeds(1, { active: PEOPLE, gapUs: (6 * DAY_US) / EVENTS, startUs: START, lateShare: 0 });
  const batch = new ActivityBatch(BATCH);
  for (let from = 0; from < EVENTS; from += BATCH) {
    batch.clear();
    for (let i = 0; i < BATCH; i++) batch.add(deeds.next());
    step(state, { events: batch, admittedAt: deeds.now }, law);
  }
  measureRules(state, set, 2, seconds);
  return { ...costPlan(set.rules.map((rule) => rule.term)), measured: measureRules(state, set, ROUNDS, seconds) };
}

/** Prints the costs; gives the exit code. */
export function runRulesCost(world: World, words: readonly string[], directory: string, json: boolean): number {
  if (words[0] !== 'cost') throw new Refusal(`rules has no "${words[0] ?? ''}"`, 'npm run nigran -- rules cost');
  const cost = costRules(directory, () => world.clock() / 1e6);
  if (json) {
    process.stdout.write(`${JSON.stringify(cost)}\n`);
    return 0;
  }
  process.stdout.write(`${cost.columns.length} columns, ${cost.bytesPerBlock} bytes of a person with many events, none of others; ${Math.round(cost.measured.figures)} ns to have the figures at hand\n\n`);
  for (const rule of cost.rules) {
    const measured = cost.measured.rules.find((one) => one.rule === rule.rule);
    process.stdout.write(`${`${rule.rule} ${rule.version}`.padEnd(22)} ${String(Math.round(measured?.nanoseconds ?? 0)).padStart(6)} ns  asked of ${((measured?.asked ?? 0) * 100).toFixed(0).padStart(3)}%  ${rule.ownColumns} columns of its own (${rule.ownBytes} bytes), ${rule.sharedColumns} shared${rule.walks.length === 0 ? '' : `, walks ${rule.walks.join(' ')}`}\n`);
  }
  process.stdout.write('\n');
  for (const { column, rules } of cost.columns) process.stdout.write(`${column.padEnd(34)} ${rules.join(' ')}\n`);
  return 0;
}
