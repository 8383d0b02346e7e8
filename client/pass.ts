/**
 * How a client shows who it is: an access token by `private_key_jwt` (RFC 7523), bound to its key by DPoP
 * (RFC 9449), and the message signature of a filing (RFC 9421). A token is kept until a minute before it ends.
 */

import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { signRequest } from '../src/proof/http-signature.ts';
import { readAnswer, tokenShape } from './answers.ts';
import { publicHalf, thumbprint, type ClientKey, type PublicKey } from './keys.ts';

/** What a client stands on. Clock in microseconds, chance and network are handed in. */
export interface ClientGround {
  /** Scheme and authority of the house, for example `https://filing.pvara.example`. */
  readonly origin: string;
  readonly client: string;
  readonly key: ClientKey;
  readonly clock: () => number;
  readonly random: (length: number) => Uint8Array;
  readonly fetch: typeof fetch;
}

/** A token is renewed when less than this is left of it. */
const TOKEN_MARGIN_US = 60_000_000;
const ASSERTION_SECONDS = 120;

interface Token {
  readonly text: string;
  readonly ends: number;
}

export class Pass {
  readonly #ground: ClientGround;
  readonly #private: KeyObject;
  readonly #public: PublicKey;
  readonly keyId: string;
  #token: Promise<Token> | undefined;

  constructor(ground: ClientGround) {
    this.#ground = ground;
    this.#private = createPrivateKey({ key: { ...ground.key }, format: 'jwk' });
    this.#public = publicHalf(ground.key);
    this.keyId = thumbprint(ground.key);
  }

  /** Headers by which a request is admitted; with `isFiling` it is signed too. */
  async headers(method: string, path: string, headers: Readonly<Record<string, string>>, isFiling: boolean): Promise<Record<string, string>> {
    const target = `${this.#ground.origin}${path}`;
    const { text } = await this.#validToken();
    const dpop = this.#proof(method, target, { ath: createHash('sha256').update(text).digest('base64url') });
    const signature = isFiling ? await signRequest({ method, target, headers }, { keyId: this.keyId, algorithm: 'ES256', sign: async (base) => this.#sign(base) }, this.#seconds(), this.#nonce()) : {};
    return { ...headers, ...signature, authorization: `DPoP ${text}`, dpop };
  }

  /** Forgets the token: the house did not take it. */
  renew(): void {
    this.#token = undefined;
  }

  async #validToken(): Promise<Token> {
    const known = await this.#token?.catch(() => undefined);
    if (known !== undefined && known.ends - TOKEN_MARGIN_US > this.#ground.clock()) return known;
    this.#token = this.#fetchToken();
    return this.#token;
  }

  async #fetchToken(): Promise<Token> {
    const { origin, client, clock } = this.#ground;
    const endpoint = `${origin}/oauth/token`;
    const now = this.#seconds();
    const assertion = this.#jws({ typ: 'JWT', alg: 'ES256', kid: this.keyId }, { iss: client, sub: client, aud: origin, iat: now, exp: now + ASSERTION_SECONDS, jti: this.#nonce() });
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion });
    const response = await this.#ground.fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', dpop: this.#proof('POST', endpoint, {}) }, body: form.toString() });
    const answer = await readAnswer(response, tokenShape);
    return { text: answer.access_token, ends: clock() + answer.expires_in * 1_000_000 };
  }

  #proof(method: string, target: string, more: Readonly<Record<string, string>>): string {
    return this.#jws({ typ: 'dpop+jwt', alg: 'ES256', jwk: this.#public }, { htm: method, htu: target, iat: this.#seconds(), jti: this.#nonce(), ...more });
  }

  #jws(head: object, claims: object): string {
    const input = `${base64url(head)}.${base64url(claims)}`;
    return `${input}.${this.#sign(Buffer.from(input)).toString('base64url')}`;
  }

  #sign(bytes: Uint8Array): Buffer {
    return pairOf(sign('sha256', bytes, this.#private));
  }

  #seconds(): number {
    return Math.floor(this.#ground.clock() / 1_000_000);
  }

  #nonce(): string {
    return Buffer.from(this.#ground.random(16)).toString('base64url');
  }
}

/**
 * r ‖ s of a P-256 signature in DER, 64 bytes as JWS and RFC 9421 want them. The platform gives them so too when it is
 * asked, and then takes twice as long for the whole.
 */
export function pairOf(der: Uint8Array): Buffer {
  const pair = Buffer.alloc(64);
  const s = 4 + (der[3] ?? 0);
  for (const [at, start] of [[2, 0], [s, 32]] as const) {
    const integer = der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0)).subarray(-32);
    pair.set(integer, start + 32 - integer.length);
  }
  return pair;
}

function base64url(json: object): string {
  return Buffer.from(JSON.stringify(json)).toString('base64url');
}
