/**
 * How often one network address may ask: a bucket that fills with time. An IPv6 reader is counted by the /64 that a
 * line gets whole. The table of addresses is bounded: when it is full, those who have waited longest are forgotten,
 * which lets them begin anew with a full bucket and lets nobody else ask more.
 */

import { isIPv6 } from 'node:net';
import { SECOND_US, type Instant } from '../../terms/index.ts';

/** Addresses remembered at most. */
const ADDRESSES_MAX = 50_000;

/** Requests: `perSecond` in the long run, `burst` at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  left: number;
  at: Instant;
}

/** Counts the requests of addresses. */
export class RateLimit {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** May this address ask now? Its bucket is one poorer when it may. */
  allows(address: string, now: Instant): boolean {
    const key = lineOf(address);
    const bucket = this.#buckets.get(key) ?? { left: this.#rate.burst, at: now };
    bucket.left = Math.min(this.#rate.burst, bucket.left + (Math.max(0, now - bucket.at) / SECOND_US) * this.#rate.perSecond);
    bucket.at = now;
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > ADDRESSES_MAX) for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      break;
    }
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }
}

/** The whole address of IPv4, the first four groups of IPv6. */
function lineOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const after = tail === undefined ? [] : tail.split(':').filter((group) => group !== '');
  const filled = tail === undefined ? groups : [...groups, ...Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0'), ...after];
  return filled.slice(0, 4).join(':');
}
