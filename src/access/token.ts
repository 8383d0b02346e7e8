/**
 * Access tokens: `client_credentials` with `private_key_jwt` (RFC 7523) in, a signed JWT (RFC 9068) bound
 * to the client's DPoP key out, good for ten minutes. A token is verified without a database read; what
 * the database says of a client (revoked or not) comes from the client book.
 *
 * Answers of the token endpoint are OAuth's (RFC 6749 §5.2) with our code beside them, so that a firm
 * finds meaning and remedy in the one list.
 */

import { createHash } from 'node:crypto';
import { decodeJwt, jwtVerify } from 'jose';
import { z } from 'zod';
import { MINUTE_US, REJECTIONS, SECOND_US, assert, instantOf, reject, type Instant, type Rejection } from '../terms/index.ts';
import { importKey, type ClientBook } from './client.ts';
import { judgeProof } from './dpop.ts';
import type { Signer } from './keys.ts';
import type { ReplayGuard } from './replay-guard.ts';

/** A token is good for so long. */
export const TOKEN_US = 10 * MINUTE_US;
/** An assertion may end at most so far ahead (FAPI 2.0 §5.3.2.1 keeps it short). */
export const ASSERTION_US = 5 * MINUTE_US;
/** Clocks of firms may be off by so much. */
const SKEW_US = 30 * SECOND_US;
const ASSERTION_LENGTH_MAX = 8_192;
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Verified tokens that are remembered until they end; a client uses one for some hundred requests. */
const TOKENS_MAX = 2_000;

const assertionSchema = z.object({
  iss: z.string(), sub: z.string(), aud: z.string(), exp: z.number().int(), jti: z.string().min(8).max(128), iat: z.number().int().optional(),
});
const tokenSchema = z.object({ sub: z.string(), exp: z.number().int(), cnf: z.object({ jkt: z.string() }) });

/** What a token says, once it has been verified. */
export interface TokenClaims {
  readonly client: string;
  readonly jkt: string;
  readonly ends: Instant;
  /** What a proof that goes with it must say of it (RFC 9449 §4.2): its SHA-256 in base64url. */
  readonly ath: string;
}

/** An answer of the token endpoint. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string | number>>;
}

export interface TokenGround {
  /** Issuer and audience: the address under which firms call. */
  readonly origin: string;
  /** Signs tokens: ES256, its key id becomes `kid`. */
  readonly signer: Signer;
  readonly random: (length: number) => Uint8Array;
  readonly book: ClientBook;
  /** Assertions are not bound to a key of the bearer, so their guard waits for the disk. */
  readonly guard: ReplayGuard;
}

/** Issues and verifies access tokens. */
export class TokenDesk {
  readonly #ground: TokenGround;
  readonly #verifying: Promise<CryptoKey>;
  readonly #verified = new Map<string, TokenClaims>();

  constructor(ground: TokenGround) {
    this.#ground = ground;
    assert(ground.signer.algorithm === 'ES256' && ground.signer.publicKey.length === 65, 'tokens are signed by ES256');
    const point = Buffer.from(ground.signer.publicKey);
    this.#verifying = importKey({ kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') });
  }

  /** `POST /oauth/token`. */
  async issue(form: Readonly<Record<string, string>>, proof: string | undefined, now: Instant): Promise<TokenAnswer> {
    if (form['grant_type'] !== 'client_credentials') return refused('unsupported_grant_type', reject('REQUEST_INVALID', 'grant_type'));
    if (form['client_assertion_type'] !== ASSERTION_TYPE) return refused('invalid_client', reject('CLIENT_ASSERTION_INVALID', 'client_assertion_type'));
    const asserted = await this.#judgeAssertion(form['client_assertion'] ?? '', form['client_id'], now);
    if ('code' in asserted) return refused('invalid_client', asserted);
    const proven = await judgeProof(proof, { method: 'POST', target: this.#endpoint, now });
    if ('code' in proven) return refused('invalid_dpop_proof', proven);
    const [assertionIsFresh, proofIsFresh] = await this.#ground.guard.take(
      [{ kind: 'assertion', of: asserted.client, value: asserted.jti, until: instantOf(asserted.ends + SKEW_US) }, proven.single], now);
    if (assertionIsFresh !== true) return refused('invalid_client', reject('CLIENT_ASSERTION_INVALID', 'jti'));
    if (proofIsFresh !== true) return refused('invalid_dpop_proof', reject('TOKEN_PROOF_INVALID', 'jti'));
    return { status: 200, body: { access_token: await this.#sign(asserted.client, proven.jkt, now), token_type: 'DPoP', expires_in: TOKEN_US / SECOND_US } };
  }

  /** Reads a token's claims; remembered ones cost a look-up. */
  async verify(token: string, now: Instant): Promise<TokenClaims | Rejection> {
    const known = this.#verified.get(token);
    if (known !== undefined) {
      if (known.ends > now) return known;
      this.#verified.delete(token);
      return reject('TOKEN_INVALID', 'exp');
    }
    try {
      const { payload } = await jwtVerify(token, await this.#verifying, {
        issuer: this.#ground.origin, audience: this.#ground.origin, typ: 'at+jwt', algorithms: ['ES256'], currentDate: new Date(now / 1_000),
      });
      const claims = tokenSchema.parse(payload);
      const read: TokenClaims = { client: claims.sub, jkt: claims.cnf.jkt, ends: instantOf(claims.exp * SECOND_US), ath: createHash('sha256').update(token).digest('base64url') };
      if (this.#verified.size >= TOKENS_MAX) this.#verified.delete(this.#verified.keys().next().value ?? '');
      this.#verified.set(token, read);
      return read;
    } catch {
      return reject('TOKEN_INVALID');
    }
  }

  get #endpoint(): string {
    return `${this.#ground.origin}/oauth/token`;
  }

  async #judgeAssertion(assertion: string, clientId: string | undefined, now: Instant): Promise<{ client: string; jti: string; ends: Instant } | Rejection> {
    const wrong = (place: string): Rejection => reject('CLIENT_ASSERTION_INVALID', place);
    if (assertion === '' || assertion.length > ASSERTION_LENGTH_MAX) return wrong('client_assertion');
    try {
      const named = assertionSchema.parse(decodeJwt(assertion));
      if (named.iss !== named.sub || (clientId !== undefined && clientId !== named.sub)) return wrong('iss');
      const client = await this.#ground.book.client(named.sub, now);
      if (client === undefined) return reject('CLIENT_UNKNOWN');
      await jwtVerify(assertion, client.key, {
        algorithms: client.algorithm === 'ES256' ? ['ES256'] : ['Ed25519', 'EdDSA'], clockTolerance: SKEW_US / SECOND_US, currentDate: new Date(now / 1_000),
      });
      if (named.aud !== this.#ground.origin && named.aud !== this.#endpoint) return wrong('aud');
      const ends = instantOf(named.exp * SECOND_US);
      if (ends > now + ASSERTION_US + SKEW_US) return wrong('exp');
      return { client: client.id, jti: named.jti, ends };
    } catch (error) {
      if (isOperating(error)) throw error;
      return wrong('client_assertion');
    }
  }

  /** A compact JWS by the signer, wherever its key lies. */
  async #sign(client: string, jkt: string, now: Instant): Promise<string> {
    const { origin, signer, random } = this.#ground;
    const iat = Math.floor(now / SECOND_US);
    const head = base64url({ alg: 'ES256', typ: 'at+jwt', kid: signer.keyId });
    const claims = base64url({
      iss: origin, aud: origin, sub: client, client_id: client, iat, exp: iat + TOKEN_US / SECOND_US, jti: Buffer.from(random(16)).toString('base64url'), cnf: { jkt },
    });
    const signature = await signer.sign(Buffer.from(`${head}.${claims}`));
    return `${head}.${claims}.${Buffer.from(signature).toString('base64url')}`;
  }
}

const base64url = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');

/** An error that is no fault of the assertion: the database could not be asked. */
function isOperating(error: unknown): boolean {
  return !(error instanceof z.ZodError) && !(error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_J'));
}

function refused(error: string, rejection: Rejection): TokenAnswer {
  const term = REJECTIONS[rejection.code];
  const body = { error, error_description: term.meaning, code: rejection.code, remedy: term.remedy, ...(rejection.detail === undefined ? {} : { detail: rejection.detail }) };
  return { status: error === 'invalid_client' ? 401 : 400, body };
}
