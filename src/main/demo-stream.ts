/**
 * Files the nation through the firms' door: the simulator's feed with the demo's keys. What the door must answer
 * to each line is known beforehand and is compared.
 */

import { NationFeed, type World as Nation } from '../../sim/index.ts';
import { FirmClient } from '../../client/index.ts';
import { clientKeyOf } from './demo-keys.ts';
import type { World } from './world.ts';

/** What a stream stands on. */
export interface StreamGround {
  readonly nation: Nation;
  readonly url: string;
  readonly seed: string;
  readonly world: World;
  readonly say: (line: string) => void;
  /** Goes on in real time after what has happened by now; otherwise what lies ahead is left out. */
  readonly live: boolean;
  readonly signal: AbortSignal;
}

/** Streams the history, then what happens; resolves when the last filing was answered. */
export async function streamNation(ground: StreamGround): Promise<NationFeed> {
  const { nation, url, seed, world, say, signal } = ground;
  const clients = new Map(nation.firms.map(({ id }) => [id, new FirmClient({ origin: url, client: `${id}-feed`, key: clientKeyOf(seed, id), clock: world.clock, random: world.random, fetch })]));
  const clientOf = (firm: string): FirmClient => {
    const client = clients.get(firm);
    if (client === undefined) throw new Error(`the nation has no firm ${firm}`);
    return client;
  };
  const feed = new NationFeed({ world: nation, clientOf, clock: world.clock, random: world.random, say, signal, wait: (ms) => new Promise((done) => setTimeout(done, ms)) });
  await feed.history(world.clock());
  say(`${feed.totals.lines.toLocaleString('en')} lines filed in ${feed.totals.filings} filings${ground.live ? '; from here on it is live' : ''}`);
  if (ground.live) await feed.live();
  return feed;
}
