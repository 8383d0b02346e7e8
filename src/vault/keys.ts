/**
 * The vault's own keys, from files that only its process reads: the private key that sealed identities are
 * opened with (ECDH-ES+A256KW, P-256), the key of the blind index (HMAC-SHA-256), and the storage key under
 * which each person's data key is wrapped (AES-256-GCM). They are in no database and in no backup of one:
 * an index of 13-digit numbers can be tried out by whoever holds its key.
 */

import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { calculateJwkThumbprint, compactDecrypt, importJWK } from 'jose';
import { p256Jwk, type SecretFiles } from '../access/index.ts';
import { assert, reject, type Rejection } from '../terms/index.ts';
import type { Identifier } from './identity.ts';

/** The public key for sealed identities, as `/v1/identity-key` shows it. */
export interface IdentityKey {
  readonly kid: string;
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly alg: 'ECDH-ES+A256KW';
  readonly use: 'enc';
}

/** `typ` of a sealed letter: words of a person to the authority, such as a complaint. */
export const LETTER_TYPE = 'letter+jwe';

const DATA_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Opens, hashes and seals; knows nothing of tables. */
export class VaultKeys {
  readonly publicKey: IdentityKey;
  readonly #opening: CryptoKey;
  readonly #index: Uint8Array;
  readonly #storage: Uint8Array;
  readonly #random: (length: number) => Uint8Array;

  private constructor(publicKey: IdentityKey, opening: CryptoKey, secrets: SecretFiles, random: (length: number) => Uint8Array) {
    this.publicKey = publicKey;
    this.#opening = opening;
    this.#index = secrets.take('blind-index-hmac', 32);
    this.#storage = secrets.take('storage-aes256', 32);
    this.#random = random;
  }

  /** The keys of a directory; made on first use. */
  static async open(secrets: SecretFiles, random: (length: number) => Uint8Array): Promise<VaultKeys> {
    const jwk = p256Jwk(secrets.take('identity-p256', 48));
    const opening = await importJWK(jwk, 'ECDH-ES+A256KW');
    assert(!(opening instanceof Uint8Array), 'a private key is no shared secret');
    const { kty, crv, x, y } = jwk;
    const kid = await calculateJwkThumbprint({ kty, crv, x, y });
    return new VaultKeys({ kid, kty, crv, x, y, alg: 'ECDH-ES+A256KW', use: 'enc' }, opening, secrets, random);
  }

  /** Opens a compact JWE for the present key. */
  async open(jwe: string): Promise<Uint8Array | Rejection> {
    try {
      const { plaintext, protectedHeader } = await compactDecrypt(jwe, this.#opening, {
        keyManagementAlgorithms: ['ECDH-ES+A256KW'], contentEncryptionAlgorithms: ['A256GCM'],
      });
      return protectedHeader.kid === this.publicKey.kid && protectedHeader.zip === undefined ? plaintext : reject('EVENT_IDENTITY_INVALID', 'kid');
    } catch {
      return reject('EVENT_IDENTITY_INVALID', 'identity');
    }
  }

  /** Opens a letter that was sealed as one: what was sealed as an identity is none, so reading letters opens no identity. */
  async openLetter(jwe: string): Promise<Uint8Array | undefined> {
    try {
      const { plaintext, protectedHeader } = await compactDecrypt(jwe, this.#opening, { keyManagementAlgorithms: ['ECDH-ES+A256KW'], contentEncryptionAlgorithms: ['A256GCM'] });
      return protectedHeader.kid === this.publicKey.kid && protectedHeader.zip === undefined && protectedHeader.typ === LETTER_TYPE ? plaintext : undefined;
    } catch {
      return undefined;
    }
  }

  /** An identifier's place in the blind index. */
  blind(identifier: Identifier): Buffer {
    return createHmac('sha256', this.#index).update(`${identifier.kind}\0${identifier.form}`).digest();
  }

  /** A new data key, and the same wrapped for the table; `person` is bound to it. */
  newDataKey(person: string): { readonly key: Uint8Array; readonly wrapped: Buffer } {
    const key = this.#random(DATA_KEY_BYTES);
    return { key, wrapped: seal(this.#storage, key, person, this.#random(NONCE_BYTES)) };
  }

  /** The data key in a table's bytes. */
  unwrap(person: string, wrapped: Uint8Array): Uint8Array {
    return unseal(this.#storage, wrapped, person);
  }

  /** Seals under a data key; `about` is bound to the bytes, so that they cannot be moved to another row. */
  seal(dataKey: Uint8Array, bytes: Uint8Array, about: string): Buffer {
    return seal(dataKey, bytes, about, this.#random(NONCE_BYTES));
  }

  /** Opens what `seal` made. Throws when the bytes or what they are about were changed. */
  unseal(dataKey: Uint8Array, sealed: Uint8Array, about: string): Uint8Array {
    return unseal(dataKey, sealed, about);
  }
}

function seal(key: Uint8Array, bytes: Uint8Array, about: string, nonce: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Uint8Array, sealed: Uint8Array, about: string): Uint8Array {
  const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  opener.setAAD(Buffer.from(about));
  opener.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([opener.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), opener.final()]);
}
