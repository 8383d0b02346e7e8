/**
 * `npm run faults`: trials of the whole house under faults, each in a home of its own. `--seeds=N` (20),
 * `--scenario=NAME` (all at once), `--json`. The answer is no when any trial found a fault.
 */

import { DAY_US, instantOf } from '../terms/index.ts';
import { ruleParametersAt } from '../framework/index.ts';
import { Refusal } from '../log/engine/index.ts';
import { SCENARIOS, World as Nation, runTrial, type Scenario, type TrialReport, type TrialTools } from '../../sim/index.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import type { Settings } from './settings.ts';
import { openTrialHouse, type TrialHouse } from './trial-house.ts';
import type { World } from './world.ts';

const SEEDS = 20;
/** A nation that is filed in some seconds and has every typology once. */
const NATION = { people: 400, perTypology: 1, days: 7 } as const;
/** A case that begins on the last day goes on for two days at most: it too lies in the past. */
const CASE_DAYS = 3;

/** Runs the verb. */
export async function runFaults(settings: Settings, world: World): Promise<number> {
  const option = (name: string): string | undefined => world.arguments.find((word) => word.startsWith(`--${name}=`))?.split('=')[1];
  const scenario = option('scenario') ?? 'storm';
  if (!isScenario(scenario)) throw new Refusal(`there is no scenario "${scenario}"`, `take one of ${SCENARIOS.join(', ')}`);
  const seeds = Number(option('seeds') ?? SEEDS);
  const json = world.arguments.includes('--json');
  const reports: TrialReport[] = [];
  for (let n = 1; n <= seeds; n++) {
    const report = await tryOnce(settings, world, `fault-${n}`, scenario);
    reports.push(report);
    if (!json) process.stdout.write(lineOf(report));
  }
  if (json) process.stdout.write(`${JSON.stringify(reports)}\n`);
  return reports.every((report) => report.faults.length === 0) ? 0 : 1;
}

function isScenario(text: string): text is Scenario {
  return SCENARIOS.some((one) => one === text);
}

function lineOf(report: TrialReport): string {
  const head = `${report.faults.length === 0 ? 'ok  ' : 'FAIL'} ${report.seed} ${report.scenario}: ${report.taken} of ${report.lines} lines taken, ${report.findings} findings, ${report.kills.length} kills, ${report.seconds} s\n`;
  return head + report.faults.map((fault) => `       ${fault}\n`).join('');
}

/** One trial in a fresh house. `after` may look at the house before it is taken down. */
export async function tryOnce(settings: Settings, world: World, seed: string, scenario: Scenario, after?: (house: TrialHouse, nation: Nation) => Promise<void>): Promise<TrialReport> {
  const tools: TrialTools = {
    clock: world.clock, wait: (ms) => new Promise((done) => setTimeout(done, ms)), kill: (pid) => void process.kill(pid, 'SIGKILL'), say: (line) => void process.stderr.write(`  ${line}\n`),
  };
  const nation = new Nation({ seed, size: { people: NATION.people, perTypology: NATION.perTypology }, from: instantOf(world.clock() - (NATION.days + CASE_DAYS) * DAY_US), days: NATION.days });
  const house = await openTrialHouse({ settings: { ...settings, seed, size: 'small' }, world, nation, say: tools.say });
  try {
    const parameters = ruleParametersAt(openFramework(PACK_DIRECTORY), world.clock());
    const report = await runTrial(house, { world: nation, scenario, partitions: house.partitions, parameters: Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value])) }, tools);
    await after?.(house, nation);
    return report;
  } finally {
    await house.stop();
  }
}
