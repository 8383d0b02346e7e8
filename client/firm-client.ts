/**
 * A firm's client: everything between an event and its receipt. It seals identities, gets tokens with
 * private_key_jwt and DPoP, signs each filing by RFC 9421, sends it compressed, retries under the same key,
 * and verifies the receipt before it believes that something was taken. It uses the API and nothing else of
 * the house. Clock and chance are handed in.
 */

import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { zstdCompressSync, constants } from 'node:zlib';
import { CompactEncrypt, importJWK, type JWK } from 'jose';
import { signRequest, type RequestSigner } from '../src/proof/index.ts';
import type { EventInput } from '../src/contract/index.ts';

/** A P-256 private key as JWK. */
export interface ClientKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly d: string;
}

export interface ClientGround {
  readonly origin: string;
  readonly client: string;
  readonly key: ClientKey;
  /** Microseconds since the epoch. */
  readonly clock: () => number;
  readonly random: (length: number) => Uint8Array;
  readonly fetch: typeof fetch;
}

/** How a filing ended, as the house answered. */
export interface FilingResult {
  readonly submission: string;
  readonly counts: { readonly accepted: number; readonly held: number; readonly rejected: number; readonly duplicate: number };
  readonly rejections: readonly { readonly line: number; readonly id?: string; readonly code: string; readonly detail?: string }[];
  readonly receipt: unknown;
}

/** The house refused a request, with its code. */
export class FilingRefused extends Error {
  override readonly name = 'FilingRefused';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(`${code}: ${message}`);
    this.status = status;
    this.code = code;
  }
}

/** Tries of one filing at most, and the pause before the second; it doubles. */
const TRIES_MAX = 12;
const FIRST_PAUSE_MS = 100;
const PAUSE_MAX_MS = 5_000;
/** A token is renewed when less than this is left of it. */
const TOKEN_MARGIN_US = 60_000_000;

interface Token {
  readonly text: string;
  readonly ends: number;
}

export class FirmClient {
  readonly #ground: ClientGround;
  readonly #private: KeyObject;
  readonly #public: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string };
  readonly #keyId: string;
  #token: Promise<Token> | undefined;
  #sealing: Promise<{ key: CryptoKey | Uint8Array; kid: string }> | undefined;

  constructor(ground: ClientGround) {
    this.#ground = ground;
    this.#private = createPrivateKey({ key: { ...ground.key }, format: 'jwk' });
    const { kty, crv, x, y } = ground.key;
    this.#public = { kty, crv, x, y };
    this.#keyId = thumbprint(ground.key);
  }

  /** The public key to register with the authority, and its thumbprint, which signatures name. */
  get publicKey(): { readonly jwk: JWK; readonly keyId: string } {
    return { jwk: { ...this.#public }, keyId: this.#keyId };
  }

  /** Seals an identity for the vault. */
  async seal(identity: Readonly<Record<string, unknown>>): Promise<string> {
    this.#sealing ??= this.#fetchSealingKey();
    const { key, kid } = await this.#sealing;
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(identity))).setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid }).encrypt(key);
  }

  /** Files events as NDJSON; retries until there is an answer or the tries are used up. */
  async file(events: readonly EventInput[], idempotencyKey: string): Promise<FilingResult> {
    return this.fileBytes(Buffer.from(events.map((event) => JSON.stringify(event)).join('\n')), 'application/x-ndjson', idempotencyKey);
  }

  /** Files a body as it is. */
  async fileBytes(plain: Uint8Array, contentType: string, idempotencyKey: string): Promise<FilingResult> {
    const body = zstdCompressSync(plain, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
    const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
    return this.#withRetries(async () => {
      const headers = { 'content-type': contentType, 'content-encoding': 'zstd', 'content-digest': digest, 'idempotency-key': idempotencyKey };
      const response = await this.#send('POST', '/v1/events', headers, body);
      return readAnswer<FilingResult>(response);
    });
  }

  /** A filing as it stands: whether everything accepted of it is decided. */
  async submission(id: string): Promise<{ readonly answer: FilingResult; readonly decided: boolean; readonly stillHeld: number }> {
    return this.#withRetries(async () => readAnswer(await this.#send('GET', `/v1/submissions/${id}`, {}, undefined)));
  }

  /** Headers of a signed filing, for a driver that sends by itself. */
  async headersFor(contentType: string, body: Uint8Array, idempotencyKey: string, encoding: string): Promise<Record<string, string>> {
    const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
    return this.#headers('POST', '/v1/events', { 'content-type': contentType, 'content-encoding': encoding, 'content-digest': digest, 'idempotency-key': idempotencyKey }, true);
  }

  async #send(method: string, path: string, headers: Record<string, string>, body: Uint8Array | undefined): Promise<Response> {
    const all = await this.#headers(method, path, headers, body !== undefined);
    return this.#ground.fetch(`${this.#ground.origin}${path}`, body === undefined ? { method, headers: all } : { method, headers: all, body: new Uint8Array(body) });
  }

  async #headers(method: string, path: string, headers: Record<string, string>, signed: boolean): Promise<Record<string, string>> {
    const target = `${this.#ground.origin}${path}`;
    const token = await this.#validToken();
    const proof = this.#jws({ typ: 'dpop+jwt', alg: 'ES256', jwk: this.#public }, {
      htm: method, htu: target, iat: this.#seconds(), jti: this.#nonce(), ath: createHash('sha256').update(token.text).digest('base64url'),
    });
    const signature = signed ? await signRequest({ method, target, headers }, this.#signer(), this.#seconds(), this.#nonce()) : {};
    return { ...headers, ...signature, authorization: `DPoP ${token.text}`, dpop: proof };
  }

  async #validToken(): Promise<Token> {
    const known = await this.#token?.catch(() => undefined);
    if (known !== undefined && known.ends - TOKEN_MARGIN_US > this.#ground.clock()) return known;
    this.#token = this.#fetchToken();
    return this.#token;
  }

  async #fetchToken(): Promise<Token> {
    const endpoint = `${this.#ground.origin}/oauth/token`;
    const now = this.#seconds();
    const assertion = this.#jws({ typ: 'JWT', alg: 'ES256', kid: this.#keyId }, {
      iss: this.#ground.client, sub: this.#ground.client, aud: this.#ground.origin, iat: now, exp: now + 120, jti: this.#nonce(),
    });
    const proof = this.#jws({ typ: 'dpop+jwt', alg: 'ES256', jwk: this.#public }, { htm: 'POST', htu: endpoint, iat: now, jti: this.#nonce() });
    const form = new URLSearchParams({
      grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion,
    });
    const response = await this.#ground.fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', dpop: proof }, body: form.toString() });
    const answer = await readAnswer<{ access_token: string; expires_in: number }>(response);
    return { text: answer.access_token, ends: this.#ground.clock() + answer.expires_in * 1_000_000 };
  }

  async #fetchSealingKey(): Promise<{ key: CryptoKey | Uint8Array; kid: string }> {
    const jwk = await readAnswer<JWK>(await this.#ground.fetch(`${this.#ground.origin}/v1/identity-key`));
    return { key: await importJWK(jwk, 'ECDH-ES+A256KW'), kid: jwk.kid ?? '' };
  }

  async #withRetries<T>(attempt: () => Promise<T>): Promise<T> {
    let pause = FIRST_PAUSE_MS;
    for (let n = 1; ; n++) {
      try {
        return await attempt();
      } catch (error) {
        const final = error instanceof FilingRefused && error.status < 500 && error.status !== 429 && error.status !== 401;
        if (final || n >= TRIES_MAX) throw error;
        if (error instanceof FilingRefused && error.status === 401) this.#token = undefined;
      }
      await new Promise((done) => setTimeout(done, pause));
      pause = Math.min(pause * 2, PAUSE_MAX_MS);
    }
  }

  #signer(): RequestSigner {
    return { keyId: this.#keyId, algorithm: 'ecdsa-p256-sha256', sign: async (base) => sign('sha256', base, { key: this.#private, dsaEncoding: 'ieee-p1363' }) };
  }

  #jws(head: object, claims: object): string {
    const input = `${Buffer.from(JSON.stringify(head)).toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    return `${input}.${sign('sha256', Buffer.from(input), { key: this.#private, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  #seconds(): number {
    return Math.floor(this.#ground.clock() / 1_000_000);
  }

  #nonce(): string {
    return Buffer.from(this.#ground.random(16)).toString('base64url');
  }
}

/** The JWK thumbprint of a P-256 key. Source: RFC 7638. */
export function thumbprint(key: { readonly crv: string; readonly kty: string; readonly x: string; readonly y: string }): string {
  return createHash('sha256').update(JSON.stringify({ crv: key.crv, kty: key.kty, x: key.x, y: key.y })).digest('base64url');
}


async function readAnswer<T>(response: Response): Promise<T> {
  const text = await response.text();
  const answer: unknown = text === '' ? {} : JSON.parse(text);
  if (response.ok) return answer as T;
  const code = typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string' ? answer.code : 'UNKNOWN';
  throw new FilingRefused(response.status, code, text.slice(0, 300));
}
