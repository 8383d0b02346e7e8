/**
 * What the program takes from the world, read in one place and passed on: the clock, chance, the
 * environment, its arguments. Everything else is given what it needs of it.
 */

import { randomBytes } from 'node:crypto';
import { instantOfMilliseconds, type Instant } from '../terms/index.ts';

export interface World {
  readonly clock: () => Instant;
  readonly random: (length: number) => Uint8Array;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly arguments: readonly string[];
}

/** The world of this process. Its clock has microseconds and never runs back while the process lives. */
export function openWorld(): World {
  return {
    clock: () => instantOfMilliseconds(performance.timeOrigin + performance.now()),
    random: (length) => new Uint8Array(randomBytes(length)),
    environment: process.env,
    arguments: process.argv.slice(2),
  };
}
