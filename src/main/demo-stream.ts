/**
 * Files the nation through the firms' door: the simulator's feed with the demo's keys. What the door must answer
 * to each line is known beforehand and is compared. How far the feed has come is kept in the home, so that the next
 * start goes on from there; what was sent in between and not yet kept is sent again, and is taken once.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { NationFeed, type World as Nation } from '../../sim/index.ts';
import { FirmClient } from '../../client/index.ts';
import { clientKeyOf } from './demo-keys.ts';
import { writeWhole } from '../log/engine/index.ts';
import type { World } from './world.ts';

/** What a stream stands on. */
export interface StreamGround {
  readonly nation: Nation;
  readonly home: string;
  readonly url: string;
  readonly seed: string;
  readonly world: World;
  readonly say: (line: string) => void;
  /** Goes on in real time after what has happened by now; otherwise what lies after the nation's `liveFrom` is left out. */
  readonly live: boolean;
  readonly signal: AbortSignal;
}

const progressShape = z.strictObject({ sentUntil: z.number().int().min(0) });

/** Streams the history, then what happens; resolves when the last filing was answered. */
export async function streamNation(ground: StreamGround): Promise<NationFeed> {
  const { nation, url, seed, world, say, signal } = ground;
  const clients = new Map(nation.firms.map(({ id }) => [id, new FirmClient({ origin: url, client: `${id}-feed`, key: clientKeyOf(seed, id), clock: world.clock, random: world.random, fetch })]));
  const clientOf = (firm: string): FirmClient => {
    const client = clients.get(firm);
    if (client === undefined) throw new Error(`the nation has no firm ${firm}`);
    return client;
  };
  const file = join(ground.home, 'feed.json');
  const from = sentUntil(file);
  const feed = new NationFeed({
    world: nation, clientOf, clock: world.clock, random: world.random, say, signal, wait: (ms) => new Promise((done) => setTimeout(done, ms)),
    filed: (sentAt) => writeWhole(file, JSON.stringify({ sentUntil: sentAt })),
  }, from);
  await feed.resume();
  if (from > 0) say('the feed goes on where it was stopped');
  await feed.history(ground.live ? world.clock() : nation.liveFrom);
  say(`${feed.totals.lines.toLocaleString('en')} lines filed in ${feed.totals.filings} filings${ground.live ? '; from here on it is live' : ''}`);
  await (ground.live ? feed.live() : feed.stragglers());
  return feed;
}

/** How far an earlier run has come; 0 when there was none. A file that cannot be read means: from the beginning, which costs time and changes nothing. */
function sentUntil(file: string): number {
  try {
    return progressShape.parse(JSON.parse(readFileSync(file, 'utf8'))).sentUntil;
  } catch {
    return 0;
  }
}
