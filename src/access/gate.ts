/**
 * The gate for firms: who is it that calls? A reader shows an access token and a DPoP proof; a filer shows
 * both and signs the request itself (RFC 9421), so that years later the firm cannot say it never sent it.
 * Token, proof and signature are judged first, without a database; then all that may be used once is used,
 * in one statement. How a message signature is verified is passed in: `proof` knows, `access` may not.
 */

import type pg from 'pg';
import { SECOND_US, instantOf, reject, type Instant, type Rejection } from '../terms/index.ts';
import { ClientBook, type Client, type KeyVerifier } from './client.ts';
import { judgeProof, type Proven } from './dpop.ts';
import type { Signer } from './keys.ts';
import { ReplayGuard, type Single } from './replay-guard.ts';
import { TokenDesk, type TokenAnswer } from './token.ts';

/** Seconds after its making in which a signature is taken, and in which its nonce is remembered. */
export const SIGNATURE_AGE_US = 300 * SECOND_US;
/** Clocks of firms may be ahead by so much. */
const SIGNATURE_AHEAD_US = 30 * SECOND_US;

/** A request as the gate judges it. `target` is the full address that was called; header names are lower case. */
export interface GateRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly now: Instant;
}

/** A message signature that verifies: what it says of itself, and the SHA-256 of its base, hex. */
export interface VerifiedSignature {
  readonly keyId: string;
  readonly nonce: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly signatureBase: string;
}

/**
 * Verifies a request's message signature with the key that `keyOf` gives for its `keyid`: `verifyRequest`
 * of `proof`. It sees to the covered components (method, target, content-digest, idempotency-key) and that
 * nonce and creation time are signed; age and replay are judged here.
 */
export type SignatureVerifier = (request: GateRequest, keyOf: (keyId: string) => KeyVerifier | undefined) => Promise<VerifiedSignature | Rejection>;

/** Who calls: the firm, its number in event rows, and the client. */
export interface Caller {
  readonly firm: string;
  readonly firmNumber: number;
  readonly client: string;
}

export interface GateGround {
  /** As `nigran_app`. */
  readonly pool: pg.Pool;
  /** Signs access tokens. */
  readonly signer: Signer;
  readonly random: (length: number) => Uint8Array;
  /** Scheme and authority under which firms call. */
  readonly origin: string;
  readonly verifySignature: SignatureVerifier;
  /** The number of a firm, or `undefined` for a firm that `licensing` does not know. */
  readonly numberOf: (firm: string) => number | undefined;
  /** A moment in which requests that come one by one are gathered for the replay guard's next statement. */
  readonly gather?: () => Promise<void>;
}

/** The gate. */
export class FirmGate {
  readonly #ground: GateGround;
  readonly #book: ClientBook;
  readonly #tokens: TokenDesk;
  readonly #guard: ReplayGuard;

  constructor(ground: GateGround) {
    this.#ground = ground;
    this.#book = new ClientBook(ground.pool);
    this.#tokens = new TokenDesk({ ...ground, book: this.#book, guard: new ReplayGuard(ground.pool, { flushed: true }) });
    this.#guard = new ReplayGuard(ground.pool, { flushed: false, gather: ground.gather });
  }

  /** The token endpoint: form fields in, OAuth answer out. */
  token(form: Readonly<Record<string, string>>, request: GateRequest): Promise<TokenAnswer> {
    return this.#tokens.issue(form, request.headers['dpop'], request.now);
  }

  /** Token and proof: for reading. */
  async reader(request: GateRequest): Promise<Caller | Rejection> {
    const judged = await this.#judge(request);
    if ('code' in judged) return judged;
    return (await this.#use([[judged.proven.single, 'TOKEN_PROOF_INVALID']], request.now)) ?? judged.caller;
  }

  /** Token, proof and message signature: for filing. */
  async filer(request: GateRequest): Promise<{ readonly filer: Caller; readonly signatureBase: string } | Rejection> {
    const judged = await this.#judge(request);
    if ('code' in judged) return judged;
    const { client, proven, caller } = judged;
    const signed = await this.#ground.verifySignature(request, (keyId) => (keyId === client.keyId || keyId === client.id ? client.verifier : undefined));
    if ('code' in signed) return signed;
    if (!Number.isSafeInteger(signed.created)) return reject('SIGNATURE_INVALID', 'created');
    const age = request.now - signed.created * SECOND_US;
    if (age > SIGNATURE_AGE_US || age < -SIGNATURE_AHEAD_US) return reject('SIGNATURE_EXPIRED');
    if (signed.nonce.length < 8 || signed.nonce.length > 128) return reject('SIGNATURE_INVALID', 'nonce');
    const nonce: Single = { kind: 'signature', of: client.id, value: signed.nonce, until: instantOf(signed.created * SECOND_US + SIGNATURE_AGE_US) };
    const used = await this.#use([[proven.single, 'TOKEN_PROOF_INVALID'], [nonce, 'SIGNATURE_REPLAYED']], request.now);
    return used ?? { filer: caller, signatureBase: signed.signatureBase };
  }

  async #judge(request: GateRequest): Promise<{ client: Client; proven: Proven; caller: Caller } | Rejection> {
    const token = /^DPoP ([A-Za-z0-9._~+/=-]{20,4096})$/i.exec(request.headers['authorization'] ?? '')?.[1];
    if (token === undefined) return reject('TOKEN_INVALID', 'authorization');
    const claims = await this.#tokens.verify(token, request.now);
    if ('code' in claims) return claims;
    const proven = await judgeProof(request.headers['dpop'], { method: request.method, target: request.target, ath: claims.ath, now: request.now });
    if ('code' in proven) return proven;
    if (proven.jkt !== claims.jkt) return reject('TOKEN_PROOF_INVALID', 'jkt');
    const client = await this.#book.client(claims.client, request.now);
    const firmNumber = client === undefined ? undefined : this.#ground.numberOf(client.firm);
    if (client === undefined || firmNumber === undefined) return reject('CLIENT_UNKNOWN');
    return { client, proven, caller: { firm: client.firm, firmNumber, client: client.id } };
  }

  async #use(singles: readonly (readonly [Single, 'TOKEN_PROOF_INVALID' | 'SIGNATURE_REPLAYED'])[], now: Instant): Promise<Rejection | undefined> {
    const fresh = await this.#guard.take(singles.map(([single]) => single), now);
    const replayed = singles.find((_single, i) => fresh[i] !== true);
    return replayed === undefined ? undefined : reject(replayed[1], replayed[1] === 'TOKEN_PROOF_INVALID' ? 'jti' : 'nonce');
  }
}
