/**
 * One trial: a small nation is filed through the door while the scenario does its worst; then the house comes
 * to rest, and the auditor, who shares no code with it, says whether anything was lost, doubled or wrongly
 * found. Firms send side by side and try again until they are answered.
 */

import type { Patience } from '../../client/index.ts';
import { canonicalAddress } from '../../src/terms/index.ts';
import { auditCounts, compareFindings, expectedFindings, type AuditFacts, type AuditFinding, type ReceiptCounts } from '../auditor/index.ts';
import { lineOf, surprisesIn, type Surprise } from '../demo/feed.ts';
import { readListed } from '../world/listed.ts';
import type { Sending } from '../world/delivery.ts';
import type { World } from '../world/world.ts';
import type { House, TrialTools } from './house.ts';
import { JUMP_US, POISONED, planScenario, type Kill, type PlannedFiling, type Scenario } from './scenario.ts';

/** Everything that a trial found out. */
export interface TrialReport {
  readonly scenario: Scenario;
  readonly seed: string;
  readonly lines: number;
  readonly filings: number;
  readonly taken: number;
  readonly findings: number;
  readonly kills: readonly string[];
  readonly seconds: number;
  /** What is wrong, in words; empty when nothing is. */
  readonly faults: readonly string[];
}

/** What a trial is made of. `parameters`: values by the names of the rule table. */
export interface TrialPlan {
  readonly world: World;
  readonly scenario: Scenario;
  readonly parameters: Readonly<Record<string, number>>;
  readonly partitions: number;
}

/** A killed house may take a while: two minutes of tries. */
const PATIENCE: Patience = { triesMax: 60, pauseMs: 100, pauseMaxMs: 2_000 };
const REST_MS = 120_000;
const REST_PAUSE_MS = 200;
const FAULTS_SHOWN = 20;

/** Runs a trial. Throws only when a filing never got an answer. */
export async function runTrial(house: House, plan: TrialPlan, tools: TrialTools): Promise<TrialReport> {
  const from = tools.clock();
  const sent = [...plan.world.sendings()];
  const filings = planScenario(plan.world.key, plan.scenario, sent, from);
  const filed = await fileAll(house, filings, tools);
  const restless = await comeToRest(house, tools);
  const faults = restless === undefined ? await audit(house, plan, filings, filed) : [`the house does not come to rest: ${restless}`];
  return {
    scenario: plan.scenario, seed: plan.world.options.seed, lines: filings.reduce((sum, one) => sum + one.sendings.length, 0), filings: filings.length,
    taken: filed.receipts.reduce((sum, receipt) => sum + receipt.accepted + receipt.held, 0), findings: restless === undefined ? (await house.probe.findings()).length : 0,
    kills: filed.kills, seconds: Math.round((tools.clock() - from) / 1e5) / 10, faults: faults.slice(0, FAULTS_SHOWN),
  };
}

interface Filed {
  readonly receipts: ReceiptCounts[];
  readonly surprises: Surprise[];
  readonly kills: string[];
}

async function fileAll(house: House, filings: readonly PlannedFiling[], tools: TrialTools): Promise<Filed> {
  const filed: Filed = { receipts: [], surprises: [], kills: [] };
  const lines = new Map<string, Promise<void>>();
  for (const [n, filing] of filings.entries()) {
    const before = lines.get(filing.firm) ?? Promise.resolve();
    const own = before.then(() => fileOne(house, filing, n, filed));
    lines.set(filing.firm, own);
    for (const kill of filing.kills) await killOne(house, kill, filed, tools);
    // A handful of firms at once: the house is busy, and what is killed is killed in mid-stream.
    if (n % 6 === 5) await Promise.all(lines.values());
  }
  await Promise.all(lines.values());
  return filed;
}

async function fileOne(house: House, filing: PlannedFiling, n: number, filed: Filed): Promise<void> {
  const client = house.clientOf(filing.firm, PATIENCE);
  const texts = await Promise.all(filing.sendings.map((one) => lineOf(client, one)));
  const answer = await client.file(texts, `trial-${String(n).padStart(6, '0')}`);
  filed.receipts.push({ firm: filing.firm, lines: filing.sendings.length, ...answer.counts });
  filed.surprises.push(...surprisesIn(filing.sendings, answer));
}

async function killOne(house: House, kill: Kill, filed: Filed, tools: TrialTools): Promise<void> {
  await tools.wait(kill.afterMs);
  const [name, pid] = Object.entries(house.pids()).find(([name, pid]) => name.startsWith(kill.part) && pid !== undefined) ?? [];
  if (name === undefined || pid === undefined) {
    filed.kills.push(`${kill.part}: not there`);
    return;
  }
  tools.kill(pid);
  if (kill.shiftUs !== undefined) house.shiftClock(kill.shiftUs);
  filed.kills.push(`${name} ${pid}`);
  tools.say(`killed ${name} (${pid})`);
}

async function comeToRest(house: House, tools: TrialTools): Promise<string | undefined> {
  let last: string | undefined = 'not asked';
  for (let waited = 0; waited < REST_MS; waited += REST_PAUSE_MS) {
    last = await house.probe.unrest().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (last === undefined) return undefined;
    await tools.wait(REST_PAUSE_MS);
  }
  return last;
}

async function audit(house: House, plan: TrialPlan, filings: readonly PlannedFiling[], filed: Filed): Promise<string[]> {
  const { world } = plan;
  const taken = filings.flatMap((filing) => filing.sendings).filter((one) => one.expect === 'accepted');
  const numbers = new Map(world.firms.map((firm) => [firm.number, firm.id]));
  const admitted = (await house.probe.admitted(plan.partitions)).map((one) => ({ ...one, firm: numbers.get(one.firm) ?? String(one.firm) }));
  const faults = [
    ...filed.surprises.map((one) => `${one.firm} ${one.event}: expected ${one.expected}, got ${one.got}`),
    ...filed.kills.filter((kill) => kill.endsWith('not there')),
    ...(await auditHouse(house, plan, taken)),
    ...auditCounts(filed.receipts, new Set(taken.map((one) => `${one.firm}/${one.event.id}`)), admitted),
  ];
  const people = await readPeople(house, world);
  const expected = expectedFindings(taken.filter((one) => !isPoisoned(one)).map(({ firm, event }) => ({ firm, event })), factsOf(plan));
  const found = (await house.probe.findings()).map((one): AuditFinding => ({ rule: one.rule, firm: one.firm, event: one.event, person: people.nameOf(one.person) }));
  const { missing, unfounded } = compareFindings(expected.findings, found);
  if (expected.ties > 0) faults.push(`${expected.ties} acts of one person at one instant: the nation is to be drawn anew`);
  if (expected.findings.length === 0) faults.push('the auditor expects no finding at all, so the comparison says nothing');
  return [...faults, ...people.faults, ...missing.map((name) => `missing: ${name}`), ...unfounded.map((name) => `unfounded: ${name}`)];
}

const isPoisoned = ({ event }: Sending): boolean => 'customer' in event && event.customer === POISONED;

/** What the house must show whatever was sent: instants that never run back, and set aside exactly what no worker survives. */
async function auditHouse(house: House, plan: TrialPlan, taken: readonly Sending[]): Promise<string[]> {
  const { backwards, spanUs } = await house.probe.admissions();
  const aside = (await house.probe.setAside()).map((one) => `${one.firm} ${one.count}`).join(', ');
  const poisoned = taken.filter(isPoisoned);
  const expected = plan.scenario === 'poison' ? `${poisoned[0]?.firm} ${poisoned.length - 1}` : '';
  const hasJumped = plan.scenario !== 'jump' || spanUs > JUMP_US * 0.95;
  return [...(hasJumped ? [] : ['the clock was to jump, and the ledger does not show it']), ...(backwards === 0 ? [] : [`${backwards} entries or batches were admitted before the one before them`]), ...(aside === expected ? [] : [`set aside were (${aside}), and not (${expected})`])];
}

/** The house's ids of people against the nation's: one to one, or identities were mixed up. */
async function readPeople(house: House, world: World): Promise<{ readonly faults: string[]; nameOf(id: string): string }> {
  const truth = truthOf(world);
  const [ids, persons] = [new Map<string, string>(), new Map<string, string>()];
  const faults: string[] = [];
  for (const { firm, reference, person } of await house.probe.customers()) {
    if (reference === POISONED) continue;
    const name = truth.get(`${firm}/${reference}`);
    if (name === undefined) faults.push(`${firm} never had a customer ${reference}`);
    else if ((ids.get(person) ?? name) !== name) faults.push(`one id for two people: ${ids.get(person)} and ${name}`);
    else if ((persons.get(name) ?? person) !== person) faults.push(`two ids for person ${name}`);
    ids.set(person, name ?? '');
    persons.set(name ?? '', person);
  }
  return { faults, nameOf: (id) => ids.get(id) ?? id };
}

function truthOf(world: World): Map<string, string> {
  const truth = new Map<string, string>();
  for (let index = 0; index < world.people.count; index++) {
    for (const place of world.people.person(index).firms) truth.set(`${world.people.firm(place).id}/${world.people.customer(place, index)}`, String(index));
  }
  return truth;
}

function factsOf(plan: TrialPlan): AuditFacts {
  const { world, parameters } = plan;
  const truth = truthOf(world);
  const { evm, tron, bitcoin } = readListed();
  const listed = [['evm', evm], ['tron', tron], ['bitcoin', bitcoin]] as const;
  return {
    firms: world.firms.map(({ id, number, steps }) => ({ id, number, steps })), assets: world.assets, rates: [...world.rates(world.until)], parameters,
    listed: new Set(listed.flatMap(([family, addresses]) => addresses.map((address) => `${family}:${canonicalAddress(family, address)}`))),
    personOf: (firm, customer) => truth.get(`${firm}/${customer}`) ?? `${firm}/${customer}`,
  };
}
