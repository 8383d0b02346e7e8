/**
 * Registering and revoking machine clients, each with an entry. The public key itself lies in
 * `access.client`; the entry commits to its RFC 7638 thumbprint, which is also the key id that signatures
 * name. A key belongs to one client for ever: a new key is a new client, and the old one is revoked.
 * Refused: a private key, another curve, a point off its curve, an id or key that was used before.
 *
 * A firm's program registers its own key with a one-time code that an officer issued for one client of one firm: the
 * act is the officer's, the key never passes through other hands, and the program proves that it holds it.
 */

import { calculateJwkThumbprint, jwtVerify } from 'jose';
import type pg from 'pg';
import { SYSTEM, append, withActor, type Actor, type Tx } from '../log/index.ts';
import { z } from 'zod';
import { MINUTE_US, SECOND_US, instantOf, reject, type Instant, type Rejection } from '../terms/index.ts';
import { algorithmOf, importOrUndefined, parseJwk, type ClientJwk } from './client.ts';
import type { Registrar } from './officer.ts';
import { issueTicket, takeTicket, type Issued } from './ticket.ts';

const ID_FORM = /^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$/;
/** A proof of holding the key is good for so long to each side of now. */
const PROOF_AGE_US = 5 * MINUTE_US;
const invitationShape = z.strictObject({ firm: z.string(), client: z.string(), basis: z.string(), second: z.string().optional() });
const proofShape = z.object({ sub: z.string(), aud: z.string(), iat: z.number().int() });

/** What a program sends to register: the code, its public key, and a JWT by that key (`sub` the client, `aud` the house, `iat`). */
export interface Enrolment {
  readonly code: string;
  readonly client: string;
  readonly jwk: unknown;
  readonly proof: string;
}

/** A client as it was registered. */
export interface Registered {
  readonly client: string;
  readonly firm: string;
  readonly keyId: string;
}

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
    return withActor(this.#pool, SYSTEM, (tx) => enter(tx, now, { ...wanted, jwk }, by));
  }

  /** Issues the one-time code by which a program registers its key as this client of this firm. The officer's act becomes an entry when the code is used. */
  async invite(now: Instant, random: (length: number) => Uint8Array, wanted: { readonly client: string; readonly firm: string }, by: Registrar): Promise<Issued | Rejection> {
    if (!ID_FORM.test(wanted.client)) return reject('REQUEST_INVALID', 'client');
    return withActor(this.#pool, SYSTEM, async (tx) => {
      const taken = await tx.query('select from access.client where id = $1', [wanted.client]);
      if (taken.rowCount !== 0) return reject('REQUEST_INVALID', 'client');
      const { actor, basis, second } = by;
      return issueTicket(tx, now, random, { purpose: 'invitation', account: actor, challenge: JSON.stringify({ ...wanted, basis, ...(second === undefined ? {} : { second }) }) });
    });
  }

  /** Registers a program's key by its code. Asked again by the same key, when the answer was lost, it gives the same answer. */
  async enrol(now: Instant, origin: string, wanted: Enrolment): Promise<Registered | Rejection> {
    const jwk = parseJwk(wanted.jwk);
    const key = jwk === undefined ? undefined : await importOrUndefined(jwk);
    if (jwk === undefined || key === undefined) return reject('REQUEST_INVALID', 'jwk');
    if (!(await isProven(now, origin, wanted, key, algorithmOf(jwk)))) return reject('CLIENT_ASSERTION_INVALID', 'proof');
    const keyId = await calculateJwkThumbprint(jwk);
    return withActor(this.#pool, SYSTEM, async (tx): Promise<Registered | Rejection> => {
      const known = await tx.query<{ firm: string }>('select firm from access.client where id = $1 and key_id = $2 and revoked_at is null', [wanted.client, keyId]);
      if (known.rows[0] !== undefined) return { client: wanted.client, firm: known.rows[0].firm, keyId };
      const held = await takeTicket(tx, now, 'invitation', wanted.code);
      const invitation = held === undefined ? undefined : invitationShape.parse(JSON.parse(held.challenge));
      if (held?.account === undefined || invitation === undefined || invitation.client !== wanted.client) return reject('INVITATION_UNKNOWN');
      const { firm, basis, second } = invitation;
      const made = await enter(tx, now, { id: wanted.client, firm, jwk }, { actor: held.account, basis, ...(second === undefined ? {} : { second }) });
      return 'code' in made ? made : { client: wanted.client, firm, keyId };
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

async function enter(tx: Tx, now: Instant, wanted: { readonly id: string; readonly firm: string; readonly jwk: ClientJwk }, by: Registrar): Promise<{ readonly keyId: string } | Rejection> {
  const keyId = await calculateJwkThumbprint(wanted.jwk);
  const algorithm = algorithmOf(wanted.jwk);
  const made = await tx.query('insert into access.client (id, firm, key_id, algorithm, jwk, registered_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [wanted.id, wanted.firm, keyId, algorithm, JSON.stringify(wanted.jwk), now]);
  if (made.rowCount === 0) return reject('REQUEST_INVALID', 'client');
  await append(tx, now, [{
    kind: 'client-registered', actor: by.actor, basis: by.basis, ...(by.second === undefined ? {} : { second: by.second }),
    body: { client: wanted.id, firm: wanted.firm, key: keyId, algorithm },
  }]);
  return { keyId };
}

/** Does the JWT come from the key, for this house and this client, just now? */
async function isProven(now: Instant, origin: string, wanted: Enrolment, key: CryptoKey, algorithm: 'ES256' | 'Ed25519'): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(wanted.proof, key, { algorithms: algorithm === 'ES256' ? ['ES256'] : ['Ed25519', 'EdDSA'], currentDate: new Date(now / 1_000), audience: origin, subject: wanted.client });
    const { iat } = proofShape.parse(payload);
    return Math.abs(now - iat * SECOND_US) <= PROOF_AGE_US;
  } catch {
    return false;
  }
}
