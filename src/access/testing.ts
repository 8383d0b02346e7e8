/**
 * For tests: an authenticator and a firm's machine client in software, each built from the standards and
 * sharing no code with what judges them.
 */

import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { Instant } from '../terms/index.ts';

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();
const b64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');

/** A passkey's authenticator (WebAuthn §6): one ES256 key, user verified unless told otherwise. */
export class SoftAuthenticator {
  readonly #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id = randomBytes(24);
  readonly #origin: string;
  counter = 0;
  verifiesUser = true;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Answers registration options. */
  attest(options: Record<string, unknown>): Record<string, unknown> {
    const { x = '', y = '' } = this.#key.publicKey.export({ format: 'jwk' });
    const cose = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]), Buffer.from(x, 'base64url'), Buffer.from([0x22, 0x58, 0x20]), Buffer.from(y, 'base64url'),
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.#id.length);
    const authData = Buffer.concat([this.#authData(0x40), Buffer.alloc(16), length, this.#id, cose]);
    const size = Buffer.alloc(2);
    size.writeUInt16BE(authData.length);
    const object = Buffer.concat([
      Buffer.from([0xa3]), Buffer.from([0x63]), Buffer.from('fmt'), Buffer.from([0x64]), Buffer.from('none'), Buffer.from([0x67]), Buffer.from('attStmt'), Buffer.from([0xa0]),
      Buffer.from([0x68]), Buffer.from('authData'), Buffer.from([0x59]), size, authData,
    ]);
    return this.#answer({ clientDataJSON: b64(this.#clientData('webauthn.create', String(options['challenge']))), attestationObject: b64(object), transports: ['internal'] });
  }

  /** Answers a challenge (base64url). */
  assert(challenge: string): Record<string, unknown> {
    this.counter += 1;
    const authData = this.#authData(0);
    const clientData = this.#clientData('webauthn.get', challenge);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), this.#key.privateKey);
    return this.#answer({ clientDataJSON: b64(clientData), authenticatorData: b64(authData), signature: b64(signature) });
  }

  #answer(response: Record<string, unknown>): Record<string, unknown> {
    return { id: b64(this.#id), rawId: b64(this.#id), type: 'public-key', response, clientExtensionResults: {} };
  }

  #authData(flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(new URL(this.#origin).hostname), Buffer.from([flags | 0x01 | (this.verifiesUser ? 0x04 : 0)]), counter]);
  }

  #clientData(type: string, challenge: string): string {
    return JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false });
  }
}

/** A compact JWS by ES256. */
export function jws(header: object, claims: object, key: KeyObject): string {
  const text = `${b64(JSON.stringify(header))}.${b64(JSON.stringify(claims))}`;
  return `${text}.${b64(sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }))}`;
}

/** A firm's client: a registered key, a DPoP key, and the requests it makes. */
export class SoftClient {
  readonly key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly proofKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly id: string;
  readonly origin: string;

  constructor(id: string, origin: string) {
    this.id = id;
    this.origin = origin;
  }

  get jwk(): object {
    return this.key.publicKey.export({ format: 'jwk' });
  }

  /** The private key as a file would hold it. */
  get privateKey(): KeyObject {
    return createPrivateKey({ key: this.key.privateKey.export({ format: 'jwk' }), format: 'jwk' });
  }

  assertion(now: Instant, change: object = {}): string {
    const seconds = Math.floor(now / 1e6);
    return jws({ alg: 'ES256' }, { iss: this.id, sub: this.id, aud: this.origin, jti: randomBytes(12).toString('hex'), iat: seconds, exp: seconds + 120, ...change }, this.key.privateKey);
  }

  form(now: Instant, change: object = {}): Record<string, string> {
    return {
      grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: this.assertion(now, change),
    };
  }

  proof(now: Instant, method: string, target: string, accessToken?: string, change: object = {}): string {
    const jwk = this.proofKey.publicKey.export({ format: 'jwk' });
    const ath = accessToken === undefined ? {} : { ath: b64(sha256(accessToken)) };
    return jws({ typ: 'dpop+jwt', alg: 'ES256', jwk }, { htm: method, htu: target, iat: Math.floor(now / 1e6), jti: randomBytes(12).toString('hex'), ...ath, ...change }, this.proofKey.privateKey);
  }
}
