/**
 * Passwords, for a demo only: scrypt of node:crypto with named costs, compared in constant time. Hashes
 * are made one after the other with a bounded queue, so that guessing cannot take the threads and the
 * memory that verify firms' signatures.
 */

import { scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt costs: 32 MiB and three passes, one of OWASP's equivalent settings (Password Storage Cheat Sheet). */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const HASH_BYTES = 32;
const SALT_BYTES = 16;
/** 128 · N · r bytes is what the algorithm takes; the rest is room for its own bookkeeping. */
const MEMORY_BYTES_MAX = 128 * COST.N * COST.r + 16 * 1024 * 1024;
/** Hashes that may wait; at about 0.15 s each the last waits 5 s. One more is refused. */
export const QUEUE_LENGTH_MAX = 32;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/** `scrypt$15$8$3$salt$hash`, base64url: costs ride with the hash, so they can be raised later. */
export async function hashPassword(password: string, random: (length: number) => Uint8Array): Promise<string> {
  const salt = random(SALT_BYTES);
  const hash = await derive(password, salt);
  return ['scrypt', Math.log2(COST.N), COST.r, COST.p, Buffer.from(salt).toString('base64url'), hash.toString('base64url')].join('$');
}

/** A hash that no password has: checked when the account is unknown, so that the answer takes as long. */
export const NOBODY = `scrypt$15$8$3$${Buffer.alloc(SALT_BYTES).toString('base64url')}$${Buffer.alloc(HASH_BYTES).toString('base64url')}`;

/** Is this the password? `'busy'` when too many wait. A hash of other costs is not known and never matches. */
export async function passwordMatches(password: string, kept: string): Promise<boolean | 'busy'> {
  const [name, n, r, p, salt = '', hash = ''] = kept.split('$');
  const known = name === 'scrypt' && Number(n) === Math.log2(COST.N) && Number(r) === COST.r && Number(p) === COST.p;
  const expected = Buffer.from(hash, 'base64url');
  if (waiting >= QUEUE_LENGTH_MAX) return 'busy';
  waiting += 1;
  const turn = last.then(() => derive(password, Buffer.from(salt, 'base64url')));
  last = turn.catch(() => undefined);
  try {
    const found = await turn;
    return known && expected.length === HASH_BYTES && timingSafeEqual(found, expected);
  } finally {
    waiting -= 1;
  }
}

/** NFKC, so that one password typed on two keyboards is one password (NIST SP 800-63B §5.1.1.2). */
function derive(password: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, refuse) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { ...COST, maxmem: MEMORY_BYTES_MAX }, (error, hash) => (error === null ? resolve(hash) : refuse(error)));
  });
}
