/**
 * Waiting for a process: the only timers and stopwatch of the engines. No instant read here enters the
 * log, and each wait for something has a limit.
 */

import { setTimeout as delay } from 'node:timers/promises';

/** Waits. */
export function sleep(milliseconds: number): Promise<void> {
  return delay(milliseconds);
}

/** Waits without keeping the program alive: a watch over something ends with what it serves. */
export function idle(milliseconds: number): Promise<void> {
  return delay(milliseconds, undefined, { ref: false });
}

/** Gives the milliseconds since it was made. */
export function stopwatch(): () => number {
  const from = performance.now();
  return () => performance.now() - from;
}

/** Asks every `everyMs` until the answer is yes; gives whether it was within `limitMs`. */
export async function until(isSo: () => boolean, limitMs: number, everyMs = 20): Promise<boolean> {
  const elapsed = stopwatch();
  while (!isSo()) {
    if (elapsed() > limitMs) return false;
    await sleep(everyMs);
  }
  return true;
}
