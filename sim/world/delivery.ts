/**
 * From a firm's books to the authority's door: most events within two seconds, a few out of order by
 * minutes, a few written down hours later, a few sent twice, a few spoilt first and mended. What the door
 * must answer to each line is known and travels beside it.
 */

import { HOUR_US, MINUTE_US, SECOND_US, type RejectionCode } from '../../src/terms/index.ts';
import type { Chance } from './chance.ts';
import type { WorldIdentity } from './identity.ts';
import type { Unsealed } from './planned.ts';
import { conflict, spoil } from './spoil.ts';

/** One line that a firm sends at an instant. */
export interface Sending {
  /** The firm's id. */
  readonly firm: string;
  readonly sentAt: number;
  /** The event; a sealed identity is to be added where `identity` stands. */
  readonly event: Unsealed;
  readonly identity?: WorldIdentity;
  /** Sent in the event's place: a spoilt line. */
  readonly line?: string;
  /** How the line must end. `accepted` includes held and released. */
  readonly expect: 'accepted' | 'duplicate' | RejectionCode;
}

const SHARES = { lateByHours: 0.003, byMinutes: 0.02, twice: 0.001, spoilt: 0.0008, conflict: 0.0003, onboardedLater: 0.03 } as const;
/** The latest that a firm writes something down: before it closes the day. */
export const WRITTEN_WITHIN_US = 4 * HOUR_US;

/** How much later than it happened a firm writes an event down. */
export function writingDelay(chance: Chance): number {
  return chance.happens(SHARES.lateByHours) ? Math.floor(HOUR_US + chance.real() * (WRITTEN_WITHIN_US - HOUR_US)) : 0;
}

/** The lines by which one event reaches the door. */
export function deliveries(chance: Chance, firm: string, event: Unsealed, writtenAt: number, identity: WorldIdentity | undefined): Sending[] {
  const isOnboarding = event.kind === 'customer-onboarded';
  const away = chance.happens(SHARES.byMinutes) ? chance.exponential(50 * SECOND_US) : 0;
  const held = isOnboarding && chance.happens(SHARES.onboardedLater) ? chance.between(5, 30) * MINUTE_US : 0;
  const sentAt = Math.floor(writtenAt + 0.1 * SECOND_US + chance.real() * 2 * SECOND_US + Math.min(away, 4 * MINUTE_US) + held);
  const whole: Sending = { firm, sentAt, event, expect: 'accepted', ...(identity === undefined ? {} : { identity }) };
  if (chance.happens(SHARES.twice)) return [whole, { ...whole, sentAt: Math.floor(sentAt + 5 * SECOND_US + chance.exponential(20 * MINUTE_US)), expect: 'duplicate' }];
  if (chance.happens(SHARES.conflict) && identity === undefined) return [whole, { ...conflicting(chance, event), firm, event, sentAt: sentAt + chance.between(1, 60) * MINUTE_US }];
  if (!chance.happens(SHARES.spoilt)) return [whole];
  const spoilt = spoil(chance, event);
  if (spoilt === undefined) return [whole];
  return [{ firm, sentAt, event, line: spoilt.line, expect: spoilt.code }, { ...whole, sentAt: sentAt + chance.between(5, 40) * MINUTE_US }];
}

function conflicting(chance: Chance, event: Unsealed): { readonly line: string; readonly expect: RejectionCode } {
  const { line, code } = conflict(chance, event);
  return { line, expect: code };
}
