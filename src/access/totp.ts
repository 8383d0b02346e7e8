/**
 * One-time codes by the clock: RFC 6238 over HOTP of RFC 4226, SHA-1, six digits, 30 seconds, as every
 * authenticator app reads them. A code is good for its own step and one to each side, and only once: the
 * caller keeps the step that was used and gives it with the next check.
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { SECOND_US, type Instant } from '../terms/index.ts';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** Steps to each side whose code is taken: a clock may be 30 s off. */
const DRIFT_STEPS_MAX = 1;
/** RFC 4226 §4, R6: at least 128 bits, 160 recommended. */
export const SECRET_BYTES = 20;

/** The code of a step. */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = mac.readUInt8(19) & 0x0f;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step in which an instant lies. */
export function totpStep(now: Instant): number {
  return Math.floor(now / (STEP_SECONDS * SECOND_US));
}

/** The step whose code this is, or `undefined`; never one at or before `usedStep`. All steps are compared whichever matches. */
export function totpMatch(secret: Uint8Array, code: string, now: Instant, usedStep: number): number | undefined {
  const given = Buffer.from(code.padEnd(DIGITS).slice(0, DIGITS));
  let found: number | undefined;
  for (let step = totpStep(now) - DRIFT_STEPS_MAX; step <= totpStep(now) + DRIFT_STEPS_MAX; step += 1) {
    const same = timingSafeEqual(given, Buffer.from(totpCode(secret, step)));
    if (same && step > usedStep && code.length === DIGITS) found = step;
  }
  return found;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `otpauth://` text for an authenticator app (the key-URI format that they share). */
export function totpUri(secret: Uint8Array, issuer: string, account: string): string {
  let bits = '';
  for (const byte of secret) bits += byte.toString(2).padStart(8, '0');
  const base32 = (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?secret=${base32}&issuer=${encodeURIComponent(issuer)}`;
}
