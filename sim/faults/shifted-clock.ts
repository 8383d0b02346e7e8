/**
 * Preloaded into the processes of a house under trial, as `shifted-clock.ts?file=PATH`: a process that starts finds
 * its clock set by as many microseconds as the file says. One that runs already is not touched: the clocks of the
 * house are steady, so a jump is met by the next process alone.
 */

import { readFileSync } from 'node:fs';

const file = new URL(import.meta.url).searchParams.get('file');
if (file !== null) {
  const shiftMs = Number(readFileSync(file, 'utf8')) / 1000;
  Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + shiftMs });
  const now = Date.now.bind(Date);
  Date.now = () => now() + shiftMs;
}
