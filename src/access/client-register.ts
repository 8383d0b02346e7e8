/**
 * Registering and revoking machine clients, each with an entry. The public key itself lies in
 * `access.client`; the entry commits to its RFC 7638 thumbprint, which is also the key id that signatures
 * name. A key belongs to one client for ever: a new key is a new client, and the old one is revoked.
 * Refused: a private key, another curve, a point off its curve, an id or key that was used before.
 */

import { calculateJwkThumbprint } from 'jose';
import type pg from 'pg';
import { SYSTEM, append, withActor, type Actor } from '../log/index.ts';
import { instantOf, reject, type Instant, type Rejection } from '../terms/index.ts';
import { algorithmOf, importOrUndefined, parseJwk } from './client.ts';
import type { Registrar } from './officer.ts';

const ID_FORM = /^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$/;
/** Clients of one page. */
const PAGE_MAX = 500;

/** A client as people see it. */
export interface ListedClient {
  readonly id: string;
  readonly firm: string;
  readonly keyId: string;
  readonly algorithm: string;
  readonly registeredAt: Instant;
  readonly revokedAt: Instant | undefined;
}

/** The register of machine clients. Who may use it is asked of `decide` before. */
export class ClientRegister {
  readonly #pool: pg.Pool;

  /** `pool`: as `nigran_app`. */
  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Registers a client and its public key (P-256 or Ed25519, as JWK). */
  async register(now: Instant, wanted: { readonly id: string; readonly firm: string; readonly jwk: unknown }, by: Registrar): Promise<{ readonly keyId: string } | Rejection> {
    if (!ID_FORM.test(wanted.id)) return reject('REQUEST_INVALID', 'client');
    const jwk = parseJwk(wanted.jwk);
    if (jwk === undefined || (await importOrUndefined(jwk)) === undefined) return reject('REQUEST_INVALID', 'jwk');
    const keyId = await calculateJwkThumbprint(jwk);
    const algorithm = algorithmOf(jwk);
    return withActor(this.#pool, SYSTEM, async (tx) => {
      const made = await tx.query('insert into access.client (id, firm, key_id, algorithm, jwk, registered_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
        [wanted.id, wanted.firm, keyId, algorithm, JSON.stringify(jwk), now]);
      if (made.rowCount === 0) return reject('REQUEST_INVALID', 'client');
      await append(tx, now, [{
        kind: 'client-registered', actor: by.actor, basis: by.basis, ...(by.second === undefined ? {} : { second: by.second }),
        body: { client: wanted.id, firm: wanted.firm, key: keyId, algorithm },
      }]);
      return { keyId };
    });
  }

  /** Revokes a client. With `firm`, only a client of that firm: a firm revokes its own. */
  async revoke(now: Instant, client: { readonly id: string; readonly firm?: string }, by: Registrar): Promise<Rejection | undefined> {
    return withActor(this.#pool, SYSTEM, async (tx) => {
      const ended = await tx.query<{ firm: string }>('update access.client set revoked_at = $3 where id = $1 and ($2::text is null or firm = $2) and revoked_at is null returning firm',
        [client.id, client.firm ?? null, now]);
      const firm = ended.rows[0]?.firm;
      if (firm === undefined) return reject('NOT_FOUND');
      await append(tx, now, [{
        kind: 'client-revoked', actor: by.actor, basis: by.basis, ...(by.second === undefined ? {} : { second: by.second }), body: { client: client.id, firm, reason: by.basis },
      }]);
      return undefined;
    });
  }

  /** Clients that the actor's row-level security shows, by id, from `after` on; at most 500. */
  async list(actor: Actor, after = ''): Promise<ListedClient[]> {
    const found = await withActor(this.#pool, actor, (tx) => tx.query<{ id: string; firm: string; key_id: string; algorithm: string; registered_at: number; revoked_at: number | null }>(
      'select id, firm, key_id, algorithm, registered_at, revoked_at from access.client where id > $1 order by id limit $2', [after, PAGE_MAX]));
    return found.rows.map((row) => ({
      id: row.id, firm: row.firm, keyId: row.key_id, algorithm: row.algorithm, registeredAt: instantOf(row.registered_at),
      revokedAt: row.revoked_at === null ? undefined : instantOf(row.revoked_at),
    }));
  }
}
