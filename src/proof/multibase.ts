/**
 * Multibase texts as Verifiable Credentials use them: base58btc (`z…`) for keys and signatures, base64url without
 * padding (`u…`) for status lists; and base64url by itself for JOSE (RFC 7515). Strict: one value has one text.
 * Source: Controlled Identifiers 1.0, "Multibase". Base58 costs the square of its length, so it is bounded.
 */

import { base64 } from './bytes.ts';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const VALUES = new Map(Array.from(ALPHABET, (character, value) => [character, value]));
/** Characters of a base58 text at most: an RSA key of 4,096 bits takes 740. */
const BASE58_LENGTH_MAX = 1_024;

/** Base58 with Bitcoin's alphabet. */
export const base58 = {
  /** Text of bytes. */
  encode(bytes: Uint8Array): string {
    const digits: number[] = [];
    for (const byte of bytes) {
      let carry = byte;
      for (let i = 0; i < digits.length; i++) {
        carry += (digits[i] ?? 0) * 256;
        digits[i] = carry % 58;
        carry = Math.floor(carry / 58);
      }
      for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
    }
    const zeros = bytes.findIndex((byte) => byte !== 0);
    return '1'.repeat(zeros < 0 ? bytes.length : zeros) + digits.reverse().map((digit) => ALPHABET[digit]).join('');
  },

  /** Bytes of a text, or `undefined` when it is none or too long. */
  decode(text: string): Uint8Array | undefined {
    if (text.length > BASE58_LENGTH_MAX) return undefined;
    const bytes: number[] = [];
    for (const character of text) {
      let carry = VALUES.get(character);
      if (carry === undefined) return undefined;
      for (let i = 0; i < bytes.length; i++) {
        carry += (bytes[i] ?? 0) * 58;
        bytes[i] = carry & 0xff;
        carry >>= 8;
      }
      for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
    }
    const zeros = /^1*/.exec(text)?.[0].length ?? 0;
    return Uint8Array.from([...Array<number>(zeros).fill(0), ...bytes.reverse()]);
  },
} as const;

/** Base64url without padding (RFC 4648 §5). */
export const base64url = {
  /** Text of bytes. */
  encode(bytes: Uint8Array): string {
    return base64.encode(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  },

  /** Bytes of a text, or `undefined` when it is not the one text of any. */
  decode(text: string): Uint8Array | undefined {
    if (/[+/=]/.test(text)) return undefined;
    return base64.decode(text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4));
  },
} as const;

/** Bytes of a multibase text of the two bases that are used, or `undefined`. */
export function decodeMultibase(text: string): Uint8Array | undefined {
  if (text.startsWith('z')) return base58.decode(text.slice(1));
  return text.startsWith('u') ? base64url.decode(text.slice(1)) : undefined;
}
