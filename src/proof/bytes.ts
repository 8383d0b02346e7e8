/**
 * Bytes as text and back, strictly: one value has one text, so a line cannot be rewritten without being
 * noticed. What is not the one canonical text of any bytes is refused with `undefined`. The same in a
 * browser as on the server.
 */

/** The last group of four: padded where it must be, and no bit set that stands for no byte (RFC 4648 §3.5). */
const BASE64_END = /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

/** Standard base64 with padding (RFC 4648 §4). */
export const base64 = {
  /** Text of bytes, padded. */
  encode(bytes: Uint8Array): string {
    // At once where it is short, which hashes and keys are: a call takes only so many arguments.
    if (bytes.length <= 1_024) return btoa(String.fromCharCode(...bytes));
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  },

  /** Bytes of a text, or `undefined` when it is not the one canonical encoding of any. */
  decode(text: string): Uint8Array | undefined {
    if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || !BASE64_END.test(text.slice(-4))) return undefined;
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  },
} as const;

/** Hexadecimal in lower case. */
export const hex = {
  /** Text of bytes, two digits each. */
  encode(bytes: Uint8Array): string {
    let text = '';
    for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
    return text;
  },

  /** Bytes of a text, or `undefined` when it holds anything but pairs of lower-case digits. */
  decode(text: string): Uint8Array | undefined {
    if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined;
    return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
  },
} as const;

/** UTF-8 of a text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Text of bytes, or `undefined` when they are not UTF-8. A byte order mark is kept: it is part of what was signed. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** All parts in one. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Equal length and bytes. Not for secrets: it may end early. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
