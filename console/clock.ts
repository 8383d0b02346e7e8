/**
 * The console's clock follows the server's: every age and every "now" on a screen is counted from the
 * instant that the server last told, never from the machine's own clock, which may be wrong. It is the one
 * place in the console that reads time.
 */
import { instantOf, type Instant } from '../src/terms/index.ts';

let offsetUs = 0;

const localUs = (): number => Math.round((performance.timeOrigin + performance.now()) * 1000);

/** Takes over the server's clock, as told by the session and by each `hello`. */
export function setClock(serverNow: number): void {
  offsetUs = serverNow - localUs();
}

/** Now, by the server's clock. */
export function now(): Instant {
  return instantOf(localUs() + offsetUs);
}

/** `2026-11-24T14:20` of Asia/Karachi, which keeps UTC+5 all year, as an instant; undefined for what is none. */
export function karachiInstant(text: string): Instant | undefined {
  const at = Date.parse(`${text}:00+05:00`);
  return Number.isNaN(at) ? undefined : instantOf(at * 1000);
}
