/**
 * Files the nation through the firms' door: each firm with its own client, in the order in which it would have
 * sent, in filings of some hundred lines. What the door must answer to each line is known beforehand and is
 * compared.
 */

import type { EventInput } from '../contract/index.ts';
import type { Sending, World as Nation } from '../../sim/index.ts';
import { FirmClient, type FilingAnswer } from '../../client/index.ts';
import { clientKeyOf } from './demo-keys.ts';
import type { World } from './world.ts';

const LINES_MAX = 1_000;
/** Live lines are gathered for at least this long. */
const LIVE_PAUSE_MS = 1_000;

/** What was filed and how it ended, beside what was expected. */
export interface Streamed {
  readonly filings: number;
  readonly counts: { accepted: number; held: number; rejected: number; duplicate: number };
  readonly expected: { rejected: number; duplicate: number };
  /** Lines that ended otherwise than they must have, by code, at most twenty. */
  readonly surprises: string[];
  /** One receipt of each firm: its last. */
  readonly receipts: Map<string, FilingAnswer>;
}

export interface StreamGround {
  readonly nation: Nation;
  readonly url: string;
  readonly seed: string;
  readonly world: World;
  readonly say: (line: string) => void;
  /** Goes on in real time after what has happened by now; otherwise what lies ahead is left out. */
  readonly live: boolean;
}

/** Streams the whole history; resolves when the last filing was answered. */
export async function streamNation(ground: StreamGround): Promise<Streamed> {
  const streamed: Streamed = { filings: 0, counts: { accepted: 0, held: 0, rejected: 0, duplicate: 0 }, expected: { rejected: 0, duplicate: 0 }, surprises: [], receipts: new Map() };
  const firms = new Map(ground.nation.firms.filter((firm) => firm.share > 0).map((firm) => [firm.id, new FirmStream(firm.id, ground, streamed)]));
  let lines = 0;
  let isLive = false;
  for (const sending of ground.nation.sendings()) {
    if (sending.sentAt > ground.world.clock()) {
      if (!ground.live) break;
      if (!isLive) ground.say('the history is filed; from here on it is live');
      isLive = true;
      for (const firm of firms.values()) await firm.flush();
      await new Promise((done) => setTimeout(done, Math.max(LIVE_PAUSE_MS, (sending.sentAt - ground.world.clock()) / 1000)));
    }
    await firms.get(sending.firm)?.add(sending);
    lines += 1;
    if (lines % 20_000 === 0) ground.say(`${lines.toLocaleString('en')} lines filed`);
  }
  for (const firm of firms.values()) await firm.flush();
  ground.say(`${lines.toLocaleString('en')} lines filed in ${streamed.filings} filings`);
  return streamed;
}

class FirmStream {
  readonly #firm: string;
  readonly #client: FirmClient;
  readonly #streamed: Streamed;
  #waiting: Sending[] = [];
  #sent = 0;
  #inFlight: Promise<void> = Promise.resolve();

  constructor(firm: string, ground: StreamGround, streamed: Streamed) {
    this.#firm = firm;
    this.#client = new FirmClient({ origin: ground.url, client: `${firm}-feed`, key: clientKeyOf(ground.seed, firm), clock: ground.world.clock, random: ground.world.random, fetch });
    this.#streamed = streamed;
  }

  async add(sending: Sending): Promise<void> {
    this.#waiting.push(sending);
    if (this.#waiting.length >= LINES_MAX) await this.#send();
  }

  async flush(): Promise<void> {
    if (this.#waiting.length > 0) await this.#send();
    await this.#inFlight;
  }

  /** Sends what waits once the filing before is answered: a firm's filings keep their order. */
  async #send(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    await this.#inFlight;
    this.#inFlight = this.#file(lines);
    // Awaited before the next filing; until then a failure must not end the process by itself.
    this.#inFlight.catch(() => undefined);
  }

  async #file(lines: readonly Sending[]): Promise<void> {
    const texts = await Promise.all(lines.map(async (one) => one.line ?? JSON.stringify(await this.#whole(one))));
    const result = await this.#client.fileBytes(Buffer.from(texts.join('\n')), 'application/x-ndjson', `${this.#firm}-${String(this.#sent++).padStart(8, '0')}`);
    const streamed = this.#streamed;
    (streamed as { filings: number }).filings += 1;
    for (const key of ['accepted', 'held', 'rejected', 'duplicate'] as const) streamed.counts[key] += result.counts[key];
    const codes = new Map(result.rejections.map((one) => [one.line, one.code]));
    for (const [i, one] of lines.entries()) {
      const code = codes.get(i + 1);
      if (one.expect === 'duplicate') streamed.expected.duplicate += 1;
      else if (one.expect !== 'accepted') streamed.expected.rejected += 1;
      const wanted = one.expect === 'accepted' || one.expect === 'duplicate' ? undefined : one.expect;
      if (code !== wanted && streamed.surprises.length < 20) streamed.surprises.push(`${one.event.kind} ${one.event.id}: ${code ?? 'taken'} instead of ${wanted ?? 'taken'} (${result.rejections.find((each) => each.line === i + 1)?.detail ?? ''})`);
    }
    streamed.receipts.set(this.#firm, result);
  }

  async #whole(one: Sending): Promise<EventInput> {
    return (one.identity === undefined ? one.event : { ...one.event, identity: await this.#client.seal(one.identity) }) as EventInput;
  }
}
