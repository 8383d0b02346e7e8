/**
 * What happens in a trial house beside kills: a nation's history filed in peace, officers at work on its alerts.
 * Acts go through the rooms, as the doors do.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { assignAlert, proposeDecision, secondDecision, withdrawDecision, type Officer } from '../../alerts/index.ts';
import { SYSTEM, withActor } from '../../log/index.ts';
import { formatInstant, instantOf, type Instant } from '../../terms/index.ts';
import { NationFeed, type World as Nation } from '../../../sim/index.ts';
import type { TrialHouse } from '../trial-house.ts';
import type { World } from '../world.ts';

const REST_TRIES = 600;

/** Files a nation's history and waits until the house is at rest. */
export async function fileHistory(house: TrialHouse, nation: Nation, world: World): Promise<void> {
  const feed = new NationFeed({ world: nation, clientOf: (firm) => house.clientOf(firm), clock: world.clock, wait: (ms) => sleep(ms), random: world.random, say: () => undefined });
  await feed.history();
  await untilRest(house);
}

/** Waits until nothing is held or undecided, and the alerts have followed. */
export async function untilRest(house: TrialHouse): Promise<void> {
  let last: string | undefined = 'not asked';
  for (let n = 0; n < REST_TRIES && last !== undefined; n++) {
    await sleep(100);
    last = await house.probe.unrest();
  }
  if (last !== undefined) throw new Error(`the house does not come to rest: ${last}`);
  // A round of the server, which follows the findings.
  await sleep(1_500);
}

const officer = (account: string): Officer => ({ account, actor: { role: 'surveillance-analyst', account, organisation: 'authority' } });

/** Assigns, proposes, seconds, sends back, withdraws: each on alerts of their own, as many as there are. Gives how many acts were taken. */
export async function actAsOfficers(pool: pg.Pool, clock: () => Instant): Promise<number> {
  const alerts = (await withActor(pool, SYSTEM, (tx) => tx.query<{ id: number; version: number; severity: string }>(`select id, version, severity from alerts.alert where state = 'open' order by score desc, id limit 24`))).rows;
  let [acts, grave] = [0, 0];
  for (const [i, alert] of alerts.entries()) {
    const [analyst, senior] = [officer('analyst'), officer('senior')];
    if (await assignAlert(pool, clock(), analyst, alert.id, { to: 'analyst', version: alert.version }) === undefined) acts += 1;
    const outcome = i % 2 === 0 ? 'dismiss' : 'escalate';
    const proposed = await proposeDecision(pool, clock(), analyst, alert.id, { outcome, reason: outcome === 'dismiss' ? 'evidence-explains' : 'unexplained-flow', note: `${i}: looked at, and noted: ${'n'.repeat(i * 80)}`, version: alert.version + 1 });
    if ('code' in proposed) continue;
    acts += 1;
    if (alert.severity !== 'high' && alert.severity !== 'critical') continue;
    const way = grave % 4;
    if (way === 0) await withdrawDecision(pool, clock(), analyst, proposed.decision);
    else if (way < 3) await secondDecision(pool, clock(), senior, proposed.decision, { verdict: way === 1 ? 'approve' : 'send-back', note: way === 1 ? '' : 'ask the firm first' });
    [acts, grave] = [acts + 1, grave + 1];
  }
  return acts;
}

/** Events that no nation draws: one person known by two identities until a third says that they are one, with activity under each; and two sums that no worker can add up. */
export class OddFirm {
  readonly #house: TrialHouse;
  readonly #world: World;
  readonly firm: string;
  readonly #stream: string;
  #seq = 0;

  constructor(house: TrialHouse, world: World, firm: string, stream = `odd-${firm}`) {
    this.#house = house;
    this.#world = world;
    this.firm = firm;
    this.#stream = stream;
  }

  /** Customer `customer` of the identity `of`; citizen numbers beginning with 00 belong to nobody. */
  async onboard(customer: string, of: { readonly cnic?: string; readonly passport?: string }): Promise<void> {
    const identity = await this.#house.clientOf(this.firm).seal({
      v: 1, type: 'person', name: 'Invented Person', birthDate: '1990-01-01', nationality: 'PK', ...(of.cnic === undefined ? {} : { cnic: of.cnic }),
      ...(of.passport === undefined ? {} : { passport: { country: 'PK', number: of.passport } }),
    });
    await this.#file([{ kind: 'customer-onboarded', customer, identity, profile: { type: 'person' } }]);
  }

  /** Payments of `rupees` each by bank transfer, some seconds apart; gives their counts. */
  pay(customer: string, rupees: readonly string[]): Promise<{ readonly accepted: number; readonly rejected: number }> {
    return this.#file(rupees.map((value) => ({ kind: 'fiat-in', customer, amount: { asset: 'iso4217:PKR', value }, channel: { method: 'ibft' } })));
  }

  /** A small withdrawal to an address; the sanctioned ones raise what needs a second person. */
  withdraw(customer: string, to: string): Promise<{ readonly accepted: number; readonly rejected: number }> {
    const asset = 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7';
    return this.#file([{ kind: 'asset-withdrawal', customer, amount: { asset, value: '10' }, chain: 'eip155:1', to, counterparty: { kind: 'unhosted' } }]);
  }

  async #file(events: readonly object[]): Promise<{ readonly accepted: number; readonly rejected: number }> {
    const at = this.#world.clock() - 2_000_000 * events.length;
    const lines = events.map((event, i) => {
      this.#seq += 1;
      return JSON.stringify({ v: 1, id: `${this.#stream}-${this.#seq}`, stream: this.#stream, seq: this.#seq, at: formatInstant(instantOf(Math.floor(at + i * 2_000_000))), ...event });
    });
    const answer = await this.#house.clientOf(this.firm).file(lines, `${this.#stream}-filing-${this.#seq}`);
    return answer.counts;
  }
}
