/**
 * Status lists: one bit a credential, so that asking about one shows nothing of which. Bitstring Status List v1.0
 * (a credential itself, multibase `u` over gzip) and Token Status List (`lst`, zlib) for SD-JWT. The bits are read
 * through a bound: a list that unpacks to more than it may is cut off while it unpacks, and refused. A status that
 * cannot be read is a failed check, never "valid".
 */

import type { Json } from '../terms/index.ts';
import { base64url } from './multibase.ts';
import { isObject, itemsOf, type JsonObject } from './strict-json.ts';

/** Bytes that a list may unpack to: 128 million entries of one bit. The specification asks for at least 16 KiB. */
export const LIST_BYTES_MAX = 16 * 1024 * 1024;
/** Bytes that a list of ours has: 131,072 entries, as the specification asks, so that one entry hides among them. */
export const LIST_BYTES_MIN = 16 * 1024;

/** Packing of the bits. */
type Packing = 'gzip' | 'deflate';

/** Bytes of a list, or in words why not. */
export type ListBytes = { readonly bytes: Uint8Array } | { readonly fault: string };

/** Unpacks, and stops at the bound. */
export async function unpackList(packed: Uint8Array, packing: Packing, bytesMax: number = LIST_BYTES_MAX): Promise<ListBytes> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = new Blob([Uint8Array.from(packed)]).stream().pipeThrough(new DecompressionStream(packing)).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > bytesMax) {
        await reader.cancel();
        return { fault: `the list unpacks to more than ${bytesMax} bytes` };
      }
      parts.push(value);
    }
  } catch {
    return { fault: `the list is no ${packing} of anything` };
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes };
}

/** Packs bits. */
export async function packBits(bytes: Uint8Array, packing: Packing): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new CompressionStream(packing))).arrayBuffer());
}

/** The `encodedList` of bits: multibase `u`, gzip. */
export async function packList(bytes: Uint8Array): Promise<string> {
  return `u${base64url.encode(await packBits(bytes, 'gzip'))}`;
}

/** What a credential's status entry asks of its list. */
export interface StatusEntry {
  /** Address of the list credential, which is its `id`. */
  readonly list: string;
  readonly purpose: string;
  readonly index: number;
  /** Bits of one entry. */
  readonly size: number;
}

/** The status entries of a credential that are known here; a text says what cannot be read. */
export function statusEntries(credential: JsonObject): readonly (StatusEntry | string)[] {
  return itemsOf(credential['credentialStatus']).map((given) => {
    if (!isObject(given) || !itemsOf(given['type']).includes('BitstringStatusListEntry')) return `the status is of the kind ${isObject(given) ? String(given['type']).slice(0, 60) : 'nothing'}, which is not known here`;
    const { statusListCredential: list, statusPurpose: purpose, statusListIndex: index, statusSize: size = 1 } = given;
    const isIndex = typeof index === 'string' ? /^(0|[1-9]\d{0,11})$/.test(index) : Number.isSafeInteger(index) && Number(index) >= 0;
    if (typeof list !== 'string' || typeof purpose !== 'string' || !isIndex || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 1 || size > 8) return 'the status entry is not one of the specification';
    return { list, purpose, index: Number(index), size };
  });
}

/** Value of an entry: big-endian bits from the left. Source: Bitstring Status List, "Bitstring Encoding". `undefined` beyond the end. */
export function entryOf(bytes: Uint8Array, index: number, size: number): number | undefined {
  let value = 0;
  for (let bit = index * size; bit < (index + 1) * size; bit++) {
    const byte = bytes[Math.floor(bit / 8)];
    if (byte === undefined) return undefined;
    value = value * 2 + ((byte >> (7 - (bit % 8))) & 1);
  }
  return value;
}

/** Value of an entry in a Token Status List, whose bits are numbered from the right of each byte. Source: Token Status List, "Status List". */
export function tokenEntryOf(bytes: Uint8Array, index: number, bits: number): number | undefined {
  const byte = bytes[Math.floor((index * bits) / 8)];
  return byte === undefined ? undefined : (byte >> ((index * bits) % 8)) & (2 ** bits - 1);
}

/** Bits of a list credential's subject for a purpose, in which each entry has `size` bits. */
export async function listBits(subject: Json | undefined, purpose: string, size: number): Promise<ListBytes> {
  if (!isObject(subject) || subject['type'] !== 'BitstringStatusList') return { fault: 'the status list credential holds no BitstringStatusList' };
  if (!itemsOf(subject['statusPurpose']).includes(purpose)) return { fault: `the list is for ${String(subject['statusPurpose']).slice(0, 60)}, not for ${purpose.slice(0, 60)}` };
  const encoded = subject['encodedList'];
  const packed = typeof encoded === 'string' && encoded.startsWith('u') ? base64url.decode(encoded.slice(1)) : undefined;
  if (packed === undefined) return { fault: 'the encoded list is no base64url text' };
  const unpacked = await unpackList(packed, 'gzip');
  return 'bytes' in unpacked && unpacked.bytes.length < LIST_BYTES_MIN * size ? { fault: `the list has ${unpacked.bytes.length} bytes, less than the ${LIST_BYTES_MIN * size} that the specification asks for` } : unpacked;
}
