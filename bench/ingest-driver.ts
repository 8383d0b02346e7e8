/**
 * The load driver of the ingest bench: a process of its own that behaves like the firms' programs. It builds
 * and compresses every body before the clock starts; while it runs, a closed loop of connections signs and
 * sends the next one as soon as the last was answered. A signature is made as its request is sent, because a
 * proof lasts a minute; that costs the driver about 0.2 ms a request, and the driver shares the machine.
 *
 * It tells its parent when each request was sent and answered; when its events were decided, the parent sees.
 */

import { Agent, request } from 'node:http';
import { FirmClient, sealBody, type ClientKey, type SealedBody } from '../client/index.ts';
import { NationFeed, World, type Sending, type WorldOptions } from '../sim/index.ts';
import { SECOND_US, formatInstant, instantOfMilliseconds } from '../src/terms/index.ts';

/** What the driver is told first. Keys by firm. */
export interface DriverPlan {
  readonly url: string;
  readonly nation: WorldOptions;
  readonly keys: Readonly<Record<string, { readonly client: string; readonly key: ClientKey }>>;
  /** Events of a filing, filings that may be needed, connections. */
  readonly batch: number;
  readonly lines: number;
  readonly connections: number;
}

/** What the parent asks for, one after the other. */
export type DriverOrder =
  | { readonly order: 'prepare'; readonly plan: DriverPlan }
  | { readonly order: 'load'; readonly seconds: number }
  | { readonly order: 'singles'; readonly perSecond: number; readonly seconds: number };

/** A request as it went. Instants are microseconds of the machine's clock. */
export interface SentFiling {
  readonly submission: string;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly events: number;
}

/** What the driver answers. `failed`: requests that got no 200, with what they got. */
export type DriverWord =
  | { readonly word: 'prepared'; readonly events: number; readonly bytesPerEvent: number; readonly kinds: number; readonly parsedPerSecond: number }
  | { readonly word: 'done'; readonly filings: readonly SentFiling[]; readonly failed: readonly string[] };

interface Built {
  readonly firm: string;
  readonly body: SealedBody;
  readonly events: number;
}

const now = (): number => Math.round((performance.timeOrigin + performance.now()) * 1_000);
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
/** Bodies on which bare `JSON.parse` is measured: some megabytes, so that the figure is steady. */
const PARSED_BODIES = 60;

class Driver {
  readonly #plan: DriverPlan;
  readonly #clients: ReadonlyMap<string, FirmClient>;
  readonly #agent: Agent;
  readonly #built: Built[] = [];
  #next = 0;

  constructor(plan: DriverPlan) {
    this.#plan = plan;
    this.#clients = new Map(Object.entries(plan.keys).map(([firm, { client, key }]) => [firm, new FirmClient({ origin: plan.url, client, key, clock: now, random, fetch })]));
    this.#agent = new Agent({ keepAlive: true, maxSockets: 256 });
  }

  /** Files the opening loads, untimed, and builds the bodies of the load. */
  async prepare(): Promise<DriverWord> {
    const world = new World(this.#plan.nation);
    const clientOf = (firm: string): FirmClient => this.#clientOf(firm);
    const feed = new NationFeed({ world, clientOf, clock: now, random, say: () => undefined, wait: (ms) => new Promise((done) => setTimeout(done, ms)) });
    await feed.history(world.from);
    const parsed = await this.#build(feed);
    const events = this.#built.reduce((sum, one) => sum + one.events, 0);
    return { word: 'prepared', events, ...parsed };
  }

  async #build(feed: NationFeed): Promise<{ bytesPerEvent: number; kinds: number; parsedPerSecond: number }> {
    const waiting = new Map<string, Sending[]>();
    const plain: string[] = [];
    const kinds = new Set<string>();
    let [taken, bytes] = [0, 0];
    for (const one of feed.rest()) {
      // A spoilt line cannot be parsed, so it has no place in the base figure; a repeated one is no event.
      if (one.line !== undefined || one.expect !== 'accepted') continue;
      kinds.add(one.event.kind);
      const own = waiting.get(one.firm) ?? [];
      waiting.set(one.firm, own);
      if (own.push(one) < this.#plan.batch) continue;
      waiting.delete(one.firm);
      const lines = await Promise.all(own.map(async (each) => (each.identity === undefined ? JSON.stringify(each.event) : JSON.stringify({ ...each.event, identity: await this.#clientOf(each.firm).seal(each.identity) }))));
      const text = lines.join('\n');
      bytes += Buffer.byteLength(text);
      if (plain.length < PARSED_BODIES) plain.push(text);
      this.#built.push({ firm: one.firm, body: sealBody(Buffer.from(text), 'application/x-ndjson'), events: own.length });
      taken += own.length;
      if (taken >= this.#plan.lines) break;
    }
    return { bytesPerEvent: bytes / taken, kinds: kinds.size, parsedPerSecond: parseAlone(plain) };
  }

  /** The closed loop, for so many seconds or until nothing is left. */
  async load(seconds: number): Promise<DriverWord> {
    const end = now() + seconds * SECOND_US;
    const filings: SentFiling[] = [];
    const failed: string[] = [];
    await Promise.all(Array.from({ length: this.#plan.connections }, async () => {
      while (now() < end) {
        const n = this.#next++;
        const one = this.#built[n];
        if (one === undefined) return;
        await this.#send(one, `load-${String(n).padStart(8, '0')}`, filings, failed);
      }
    }));
    return { word: 'done', filings, failed };
  }

  /** One event a request, at a fixed rate whether or not the last was answered. */
  async singles(perSecond: number, seconds: number): Promise<DriverWord> {
    const filings: SentFiling[] = [];
    const failed: string[] = [];
    const bodies = this.#singleBodies(perSecond * seconds);
    const begin = now();
    const under: Promise<void>[] = [];
    for (const [n, one] of bodies.entries()) {
      const due = begin + (n * SECOND_US) / perSecond;
      const early = (due - now()) / 1_000;
      if (early > 1) await new Promise((done) => setTimeout(done, early));
      under.push(this.#send(one, `single-${String(n).padStart(8, '0')}`, filings, failed));
    }
    await Promise.all(under);
    return { word: 'done', filings, failed };
  }

  /** Sign-ins of customers whom the load has met, in a stream of their own. */
  #singleBodies(count: number): Built[] {
    const world = new World(this.#plan.nation);
    const at = formatInstant(instantOfMilliseconds(now() / 1_000));
    const last = new Map<string, number>();
    return Array.from({ length: count }, (_, n) => {
      const person = world.people.person(n % world.people.settled);
      const place = person.firms[0] ?? 0;
      const firm = world.people.firm(place).id;
      const seq = (last.get(firm) ?? 0) + 1;
      last.set(firm, seq);
      const event = { v: 1, id: `single-${n}`, stream: 'single', seq, at, kind: 'sign-in', customer: world.people.customer(place, person.index), access: { country: 'PK', network: 'AS64496', anonymiser: 'none' }, outcome: 'success' };
      return { firm, body: sealBody(Buffer.from(JSON.stringify(event)), 'application/json'), events: 1 };
    });
  }

  async #send(one: Built, key: string, filings: SentFiling[], failed: string[]): Promise<void> {
    const sentAt = now();
    const headers = await this.#clientOf(one.firm).headersFor(one.body, key);
    const { status, text } = await post(`${this.#plan.url}/v1/events`, headers, one.body.bytes, this.#agent);
    const submission = /"submission":"([^"]+)"/.exec(text)?.[1];
    if (status !== 200 || submission === undefined) failed.push(`${status} ${text.slice(0, 120)}`);
    else filings.push({ submission, sentAt, answeredAt: now(), events: one.events });
  }

  #clientOf(firm: string): FirmClient {
    const client = this.#clients.get(firm);
    if (client === undefined) throw new Error(`the driver has no key of ${firm}`);
    return client;
  }
}

/** Events a second of bare `JSON.parse`, of lines as they are sent: the best of five. */
function parseAlone(bodies: readonly string[]): number {
  const lines = bodies.flatMap((body) => body.split('\n'));
  let best = 0;
  for (let run = 0; run < 5; run++) {
    const from = now();
    for (const line of lines) JSON.parse(line);
    best = Math.max(best, lines.length / ((now() - from) / SECOND_US));
  }
  return best;
}

function post(url: string, headers: Readonly<Record<string, string>>, body: Uint8Array, agent: Agent): Promise<{ status: number; text: string }> {
  return new Promise((done, failed) => {
    const sent = request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': String(body.length) } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }));
      response.on('error', failed);
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

let driver: Driver | undefined;

async function obey(order: DriverOrder): Promise<DriverWord> {
  if (order.order === 'prepare') {
    driver = new Driver(order.plan);
    return driver.prepare();
  }
  if (driver === undefined) throw new Error('the driver was not prepared');
  return order.order === 'load' ? driver.load(order.seconds) : driver.singles(order.perSecond, order.seconds);
}

process.on('message', (order: DriverOrder) => {
  obey(order).then((word) => process.send?.(word), (error: unknown) => process.send?.({ word: 'done', filings: [], failed: [error instanceof Error ? (error.stack ?? error.message) : String(error)] }));
});
process.once('disconnect', () => process.exit(0));
