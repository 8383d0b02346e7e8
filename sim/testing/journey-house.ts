/**
 * A real house for browser journeys: the console is built, a small nation has filed its days through the door,
 * everything is decided, settled or waiting to be, and copied. Pages are real browsers' pages; each tells what
 * its console complained about and which of its requests failed, because a screen that does either is not done.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { buildConsole } from '../../console/build.ts';
import { openBrowser, openPage, type Look } from '../../console/testing/browser.ts';
import { StaffDesk } from '../../src/access/index.ts';
import { DEMO_PASSWORD, demoTotp } from '../../src/main/demo-accounts.ts';
import { readSettings } from '../../src/main/settings.ts';
import { openTrialHouse, type TrialHouse } from '../../src/main/trial-house.ts';
import { openWorld, type World } from '../../src/main/world.ts';
import { DAY_US, MINUTE_US, formatInstant, formatKarachiDay, instantOf, karachiDay } from '../../src/terms/index.ts';
import type { FirmClient } from '../../client/index.ts';
import { NationFeed } from '../demo/feed.ts';
import { Officer } from '../demo/officer.ts';
import { readListed } from '../world/listed.ts';
import { World as Nation } from '../world/world.ts';
import { findOn, type Found } from './real-screens.ts';

export const SEED = 'journeys';
/** The account that reads beside the browser, and the firm that files while it is open: licensed, and a stream of its own. */
const READER = 'supervisor';
const FIRM = 'dsm';
const CHAIN = 'eip155:1';
/** Addresses that nobody holds. */
const OWN_WALLET = '0x00000000000000000000000000000000000a11ce';
const FAR_WALLET = '0x0000000000000000000000000000000000000b0b';
/** Filed in some seconds, with every typology once and alerts of every severity. */
const NATION = { people: 400, perTypology: 1, days: 6 } as const;
/** Codes change every half minute (RFC 6238). */
const STEP_US = 30_000_000;
const REST_MS = 90_000;
const PAUSE_MS = 200;

/** A page with what went wrong on it. */
export interface Visit {
  readonly page: Page;
  /** Complaints since the last call. `allowed`: those that the journey itself provokes. */
  complaints(allowed?: RegExp): string[];
}

/** Milliseconds from a request to the first contentful paint, and until what was asked for stands. */
export interface Timed {
  readonly paint: number;
  readonly ready: number;
}

/** An open house and a browser before it. */
export class JourneyHouse {
  readonly nation: Nation;
  readonly house: TrialHouse;
  readonly #world: World;
  readonly #browser: Browser;
  readonly #directory: string;
  readonly #usedSteps = new Map<string, number>();
  readonly #cookies = new Map<string, Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>>();
  readonly #listed = readListed().evm[0] ?? '';
  #found: Found | undefined;
  #officer: Officer | undefined;
  #filer: FirmClient | undefined;
  #filed = 0;

  private constructor(parts: { nation: Nation; house: TrialHouse; world: World; browser: Browser; directory: string }) {
    this.nation = parts.nation;
    this.house = parts.house;
    this.#world = parts.world;
    this.#browser = parts.browser;
    this.#directory = parts.directory;
  }

  /** Opens everything, or gives why no browser starts on this machine. */
  static async open(): Promise<JourneyHouse | { readonly absent: string }> {
    const browser = await openBrowser().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (browser instanceof Error) return { absent: `no browser starts here (${browser.message.split('\n')[0] ?? ''})` };
    const directory = mkdtempSync(join(tmpdir(), 'nigran-journeys-'));
    const world = openWorld();
    const nation = new Nation({ seed: SEED, size: { people: NATION.people, perTypology: NATION.perTypology }, from: instantOf(world.clock() - (NATION.days + 1) * DAY_US), days: NATION.days });
    const say = (): void => undefined;
    await buildConsole({ out: join(directory, 'dist') });
    const house = await openTrialHouse({ settings: { ...readSettings({}), seed: SEED, size: 'small' }, world, nation, say, consoleDirectory: join(directory, 'dist') });
    const feed = new NationFeed({ world: nation, clientOf: (firm) => house.clientOf(firm), clock: world.clock, random: world.random, say, wait });
    await feed.history(world.clock());
    const opened = new JourneyHouse({ nation, house, world, browser, directory });
    await opened.rest();
    opened.#found = await opened.look();
    return opened;
  }

  /** What the house held when it was opened. */
  get found(): Found {
    if (this.#found === undefined) throw new Error('the house is not open yet');
    return this.#found;
  }

  /** What the house holds now, read by an officer with a session of its own. */
  async look(): Promise<Found> {
    return findOn(await this.officer());
  }

  /** An officer who reads beside the browser. */
  async officer(): Promise<Officer> {
    if (this.#officer === undefined) {
      const step = await this.#nextStep(READER);
      const officer = new Officer({ origin: this.url, account: READER, password: DEMO_PASSWORD, secret: demoTotp(SEED, READER), clock: () => step * STEP_US, fetch });
      await officer.signIn();
      this.#officer = officer;
    }
    return this.#officer;
  }

  get url(): string {
    return this.house.url;
  }

  /** Now, in microseconds. */
  now(): number {
    return this.#world.clock();
  }

  /** Waits until everything that was filed is decided and copied. */
  async rest(): Promise<void> {
    let unrest: string | undefined = 'not asked';
    for (let waited = 0; waited < REST_MS; waited += PAUSE_MS) {
      unrest = await this.house.probe.unrest();
      if (unrest === undefined && (await this.house.probe.analyticsLagSeconds()) === 0) return;
      await wait(PAUSE_MS);
    }
    throw new Error(`the house does not come to rest: ${unrest}`);
  }

  /** A page of somebody who has not signed in. */
  async visit(look: Look = { language: 'en', theme: 'light' }): Promise<Visit> {
    const { page, complaints } = await openPage(this.#browser, look);
    // A page that is left takes its own requests back; anything else that fails is a fault.
    page.on('requestfailed', (request) => { if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`); });
    page.on('response', (response) => { if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`); });
    return { page, complaints: (allowed) => complaints.splice(0).filter((line) => allowed?.test(line) !== true) };
  }

  /** A page of a demo account, signed in through the form the first time and by its kept session afterwards. */
  async enter(account: string, path: string, look?: Look): Promise<Visit> {
    const visit = await this.visit(look);
    const kept = this.#cookies.get(account);
    if (kept !== undefined) {
      await visit.page.context().addCookies(kept);
      await visit.page.goto(`${this.url}${path}`);
    } else {
      await visit.page.goto(`${this.url}${path}`);
      await this.signIn(visit.page, account);
      this.#cookies.set(account, await visit.page.context().cookies());
    }
    await visit.page.locator('.shell').waitFor();
    return visit;
  }

  /** Gzipped bytes that the entrance needs before a person can sign in, fonts apart. */
  async firstLoadBytes(): Promise<number> {
    const { page } = await this.visit();
    await page.goto(this.url);
    await page.locator('.sign-in h1').waitFor();
    const bytes: number = await page.evaluate("[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter((one) => !one.name.endsWith('.woff2') && !one.name.includes('/api/')).reduce((sum, one) => sum + one.encodedBodySize, 0)");
    await page.context().close();
    return bytes;
  }

  /** Opens an address with nothing cached and once more with the files cached; milliseconds from the request to the first paint, and until `ready` stands. */
  async time(account: string, path: string, ready: string): Promise<{ readonly cold: Timed; readonly warm: Timed }> {
    if (!this.#cookies.has(account)) await (await this.enter(account, '/')).page.context().close();
    const { page } = await this.visit();
    await page.context().addCookies(this.#cookies.get(account) ?? []);
    const once = async (): Promise<Timed> => {
      await page.goto(`${this.url}${path}`);
      await page.locator(ready).first().waitFor();
      return page.evaluate("({ ready: performance.now(), paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0 })");
    };
    const timed = { cold: await once(), warm: await once() };
    await page.context().close();
    return timed;
  }

  /** Forgets an account's session here, so that the next entrance signs in anew. */
  forget(account: string): void {
    this.#cookies.delete(account);
  }

  /** Signs in on a page that shows the form. */
  async signIn(page: Page, account: string, password: string = DEMO_PASSWORD): Promise<void> {
    await page.locator('input[name="username"]').fill(account);
    await page.locator('input[name="password"]').fill(password);
    await page.locator('form button[type="submit"]').click();
    await page.locator('input[name="code"]').fill(await this.code(account));
    await page.locator('form button[type="submit"]').click();
    await page.locator('.shell').waitFor();
  }

  /** A code of an account that was not used yet: each is good once, for its own half minute and one to each side. */
  async code(account: string): Promise<string> {
    return StaffDesk.demoCode(demoTotp(SEED, account), instantOf((await this.#nextStep(account)) * STEP_US));
  }

  async #nextStep(account: string): Promise<number> {
    for (;;) {
      // The half minute before this one is still good, unless it is two before by the time the house looks.
      const [present, part] = [Math.floor(this.now() / STEP_US), this.now() % STEP_US];
      const step = Math.max((this.#usedSteps.get(account) ?? 0) + 1, part < STEP_US / 3 ? present - 1 : present);
      if (step <= present + 1) {
        this.#usedSteps.set(account, step);
        return step;
      }
      await wait(PAUSE_MS);
    }
  }

  /** A new customer of Deosai Markets gets value from a wallet on OFAC's list; gives their reference. */
  async fileListedDeposit(): Promise<string> {
    const customer = await this.#newcomer();
    await this.#file([{ kind: 'asset-deposit', at: this.now() - 1_000_000, customer, amount: { asset: `${CHAIN}/slip44:60`, value: '0.5' }, chain: CHAIN, from: this.#listed, to: OWN_WALLET }]);
    return customer;
  }

  /** A customer of old gets and sends on without a trade, half an hour ago or just now; gives the alert, and a way to report the trade that was between. */
  async fileUntraded(when: { readonly justNow?: true } = {}): Promise<{ readonly alert: string; tradeAfterAll(): Promise<void> }> {
    const customer = await this.#newcomer();
    const amount = (value: string) => ({ asset: `${CHAIN}/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7`, value });
    const from = this.now() - (when.justNow === true ? 0 : 40 * MINUTE_US);
    const abroad = { counterparty: { kind: 'hosted', firm: 'ALBION', country: 'GB' }, travelRule: { status: 'complete' } };
    await this.#file([
      { kind: 'asset-deposit', at: from, customer, amount: amount('3000.00'), chain: CHAIN, from: FAR_WALLET, to: OWN_WALLET, ...abroad },
      { kind: 'asset-withdrawal', at: from + 2_000, customer, amount: amount('2900.00'), chain: CHAIN, to: FAR_WALLET, ...abroad },
    ]);
    const person = (await this.house.probe.customers()).find((one) => one.firm === FIRM && one.reference === customer)?.person ?? '';
    const alert = await this.#until(async () => (await (await this.officer()).get('alerts', { person })).items[0]?.id);
    return {
      alert,
      tradeAfterAll: () => this.#file([{ kind: 'trade', at: from + 1_000, customer, side: 'sell', amount: amount('100.00'), quote: { asset: 'iso4217:PKR', value: '28000.00' } }]),
    };
  }

  /** A customer of whom the house has not heard; onboarded long ago, as an opening load says. */
  async #newcomer(): Promise<string> {
    const customer = `c-journey-${this.#filed + 1}`;
    const number = String(this.#filed + 1).padStart(5, '0');
    const identity = await this.#client().seal({
      v: 1, type: 'person', name: `Journey ${number}`, nameUr: 'سفر', fatherName: 'Journey', cnic: `00999-99${number}-9`, birthDate: '1980-01-01', nationality: 'PK',
      address: 'House 1, Street 1, Lahore (synthetic)', contact: { email: `journey${number}@example.com` },
    });
    const now = this.now();
    await this.#file([{ kind: 'opening-load', at: now - 60 * MINUTE_US, customer, day: formatKarachiDay(karachiDay(instantOf(now - DAY_US))), identity, profile: { type: 'person' }, onboardedAt: formatInstant(instantOf(now - 300 * DAY_US)), balances: [] }]);
    return customer;
  }

  async #file(events: readonly (Readonly<Record<string, unknown>> & { readonly at: number })[]): Promise<void> {
    const lines = events.map((event) => {
      this.#filed += 1;
      return JSON.stringify({ ...event, v: 1, id: `journey-${this.#filed}`, stream: 'journeys', seq: this.#filed, at: formatInstant(instantOf(event.at)) });
    });
    const answer = await this.#client().file(lines, `journey-${String(this.#filed).padStart(8, '0')}`);
    const [refusal] = answer.rejections;
    if (refusal !== undefined) throw new Error(`a journey's event is refused: ${refusal.code} ${JSON.stringify(refusal)}`);
  }

  #client(): FirmClient {
    this.#filer ??= this.house.clientOf(FIRM);
    return this.#filer;
  }

  async #until<T>(read: () => Promise<T | undefined>): Promise<T> {
    for (let waited = 0; waited < REST_MS; waited += PAUSE_MS) {
      const value = await read();
      if (value !== undefined) return value;
      await wait(PAUSE_MS);
    }
    throw new Error('the house did not come to it');
  }

  /** Kills the server; its parent starts it again at the same address. */
  killServer(): void {
    const pid = this.house.pids()['server'];
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  }

  /** Closes every page: a journey leaves nothing open for the next. */
  async leave(): Promise<void> {
    for (const context of this.#browser.contexts()) await context.close();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.house.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
