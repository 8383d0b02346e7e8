/**
 * Machine clients of firms, as the gate sees them: a public key and the firm it files for. The
 * `ClientBook` holds all clients in memory (a nation has hundreds), so that a filing is judged without a
 * read; it looks again every five seconds, and that is how long a revoked client may still be heard. When
 * it cannot look, nobody is known.
 */

import { KeyObject, verify } from 'node:crypto';
import { importJWK } from 'jose';
import type pg from 'pg';
import { z } from 'zod';
import { SYSTEM, withActor } from '../log/index.ts';
import { SECOND_US, type Instant } from '../terms/index.ts';

/** Revocation and registration are seen by every server within this time. */
export const REFRESH_US = 5 * SECOND_US;
/** Clients that are kept in memory at most; a house that outgrows it is told so, and nothing is left out in silence. */
const CLIENTS_MAX = 100_000;

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const jwkSchema = z.discriminatedUnion('kty', [
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate, d: z.never().optional() }),
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate, d: z.never().optional() }),
]);
/** A client's public key: P-256 for ES256, or Ed25519. */
export type ClientJwk = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string } | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string };

/** A key that judges message signatures, as RFC 9421 names its algorithm. */
export interface KeyVerifier {
  readonly algorithm: 'ecdsa-p256-sha256' | 'ed25519';
  verify(base: Uint8Array, signature: Uint8Array): boolean;
}

/** A registered client. `keyId` is the key's thumbprint; a signature names it, or the client's id, as `keyid`. */
export interface Client {
  readonly id: string;
  readonly firm: string;
  readonly keyId: string;
  readonly algorithm: 'ES256' | 'Ed25519';
  readonly jwk: ClientJwk;
  readonly key: CryptoKey;
  readonly verifier: KeyVerifier;
}

/** All clients that are not revoked, in memory. */
export class ClientBook {
  readonly #pool: pg.Pool;
  #byId = new Map<string, Client>();
  #byKeyId = new Map<string, Client>();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** The client of an id. A book that is older than five seconds is read again first; when that fails, nobody is known. */
  async client(id: string, now: Instant): Promise<Client | undefined> {
    await this.#fresh(now);
    return this.#byId.get(id);
  }

  /** The client of a key's thumbprint. */
  async clientOfKey(keyId: string, now: Instant): Promise<Client | undefined> {
    await this.#fresh(now);
    return this.#byKeyId.get(keyId);
  }

  async #fresh(now: Instant): Promise<void> {
    if (now - this.#readAt < REFRESH_US) return;
    this.#reading ??= this.#read(now).finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #read(now: Instant): Promise<void> {
    const found = await withActor(this.#pool, SYSTEM, (tx) =>
      tx.query('select id, firm, key_id, algorithm, jwk from access.client where revoked_at is null order by id limit $1', [CLIENTS_MAX + 1]));
    if (found.rows.length > CLIENTS_MAX) throw new Error(`more than ${CLIENTS_MAX} clients: raise CLIENTS_MAX`);
    const byId = new Map<string, Client>();
    for (const row of found.rows) {
      const { id, firm, key_id: keyId, algorithm, jwk } = clientRow.parse(row);
      const known = this.#byKeyId.get(keyId);
      const key = known?.id === id ? known.key : await importKey(jwk);
      byId.set(id, known?.id === id ? known : { id, firm, keyId, algorithm, jwk, key, verifier: verifierOf(key, algorithm) });
    }
    this.#byId = byId;
    this.#byKeyId = new Map([...byId.values()].map((client) => [client.keyId, client]));
    this.#readAt = now;
  }
}

const clientRow = z.object({ id: z.string(), firm: z.string(), key_id: z.string(), algorithm: z.enum(['ES256', 'Ed25519']), jwk: jwkSchema });

/**
 * By the platform's own crypto, at once: 0.06 ms on the thread that asks. Handing it to another thread and back took
 * that thread twice as long under load, and the other thread's time beside it. The key alone and a signature in DER,
 * because to be told of the other encoding takes the platform another 0.025 ms.
 */
export function verifierOf(key: CryptoKey, algorithm: Client['algorithm']): KeyVerifier {
  const own = KeyObject.from(key);
  if (algorithm === 'Ed25519') return { algorithm: 'ed25519', verify: (base, signature) => verify(null, base, own, signature) };
  return { algorithm: 'ecdsa-p256-sha256', verify: (base, signature) => signature.length === 64 && verify('sha256', base, own, derOf(signature)) };
}

/** r ‖ s of P-256 as the sequence of two integers that X9.62 has (RFC 3279 §2.2.3). */
export function derOf(signature: Uint8Array): Uint8Array {
  const out = new Uint8Array(72);
  let end = 2;
  for (const half of [signature.subarray(0, 32), signature.subarray(32, 64)]) {
    const first = Math.min(31, half.findIndex((byte) => byte !== 0) >>> 0);
    const isPadded = (half[first] ?? 0) >= 0x80;
    out[end++] = 0x02;
    out[end++] = 32 - first + (isPadded ? 1 : 0);
    if (isPadded) out[end++] = 0;
    out.set(half.subarray(first), end);
    end += 32 - first;
  }
  out[0] = 0x30;
  out[1] = end - 2;
  return out.subarray(0, end);
}

/** A public key of a kind that clients may have; members that are none of it are dropped, a private one refuses it. */
export function parseJwk(jwk: unknown): ClientJwk | undefined {
  const parsed = jwkSchema.safeParse(jwk);
  if (!parsed.success) return undefined;
  const { kty, crv, x } = parsed.data;
  return kty === 'EC' ? { kty, crv, x, y: parsed.data.y } : { kty, crv, x };
}

/** The JOSE algorithm that goes with a key. */
export function algorithmOf(jwk: ClientJwk): 'ES256' | 'Ed25519' {
  return jwk.kty === 'EC' ? 'ES256' : 'Ed25519';
}

/** The key for verification. Throws where the point is not on its curve. */
export async function importKey(jwk: ClientJwk): Promise<CryptoKey> {
  const key = await importJWK({ ...jwk }, algorithmOf(jwk));
  if (key instanceof Uint8Array) throw new Error('a public key is no shared secret');
  return key;
}

/** The key, or `undefined` where it is none. */
export async function importOrUndefined(jwk: ClientJwk): Promise<CryptoKey | undefined> {
  try {
    return await importKey(jwk);
  } catch {
    return undefined;
  }
}
