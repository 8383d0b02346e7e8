/**
 * DER, as far as signatures in documents need it (X.690 §10, §11): definite lengths in their shortest form, tags of one
 * byte. What is read is bounded by the bytes it lies in and by a depth; whatever is not DER gives `undefined`.
 */

import { concat, utf8 } from './bytes.ts';

/** Tags of what is written and read here. */
export const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, none: 0x05, oid: 0x06, utf8: 0x0c, utcTime: 0x17, time: 0x18, sequence: 0x30, set: 0x31, context0: 0xa0, context1: 0xa1, context3: 0xa3 } as const;
/** Bytes of a length field at most: no document here has four gigabytes. */
const LENGTH_BYTES_MAX = 4;

/** An element as it was read. */
export interface Der {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The element with its tag and length. */
  readonly whole: Uint8Array;
}

/** Writes an element. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(...parts);
  if (content.length < 0x80) return concat(Uint8Array.of(tag, content.length), content);
  const length: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  return concat(Uint8Array.of(tag, 0x80 + length.length, ...length), content);
}

/** A SET OF: its elements in the order of their bytes (X.690 §11.6). */
export function derSet(...parts: readonly Uint8Array[]): Uint8Array {
  return der(TAG.set, ...parts.toSorted(compareBytes));
}

/** An object identifier from its dotted text. */
export function derOid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left % 128) + 128);
    return groups;
  });
  return der(TAG.oid, Uint8Array.from(bytes));
}

/** An INTEGER that is not negative, from its bytes, most significant first. */
export function derInteger(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
  const short = bytes.slice(from);
  return der(TAG.integer, (short[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(0), short.length === 0 ? Uint8Array.of(0) : short);
}

/** A text. */
export function derText(text: string): Uint8Array {
  return der(TAG.utf8, utf8(text));
}

/** Reads the element at the start of the bytes; what stands behind it is the reader's to judge. */
export function readDer(bytes: Uint8Array): Der | undefined {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  if (first < 0x80) return within(bytes, tag, 2, first);
  const count = first - 0x80;
  if (count === 0 || count > LENGTH_BYTES_MAX || bytes.length < 2 + count) return undefined;
  let length = 0;
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[2 + i] ?? 0);
  const isShortest = bytes[2] !== 0 && length >= 0x80;
  return isShortest ? within(bytes, tag, 2 + count, length) : undefined;
}

function within(bytes: Uint8Array, tag: number, from: number, length: number): Der | undefined {
  return from + length > bytes.length ? undefined : { tag, content: bytes.slice(from, from + length), whole: bytes.slice(0, from + length) };
}

/** The elements within one, at most `max`; `undefined` where they do not fill it to the byte. */
export function childrenOf(element: Der | undefined, max = 64): readonly Der[] | undefined {
  if (element === undefined) return undefined;
  const children: Der[] = [];
  let rest = element.content;
  while (rest.length > 0) {
    const child = readDer(rest);
    if (child === undefined || children.length >= max) return undefined;
    children.push(child);
    rest = rest.slice(child.whole.length);
  }
  return children;
}

/** The bytes of an INTEGER that is not negative, without what pads them; `undefined` for another. */
export function integerOf(element: Der | undefined): Uint8Array | undefined {
  if (element?.tag !== TAG.integer || element.content.length === 0 || (element.content[0] ?? 0) >= 0x80) return undefined;
  const isPadded = element.content[0] === 0 && element.content.length > 1;
  if (isPadded && (element.content[1] ?? 0) < 0x80) return undefined;
  return isPadded ? element.content.slice(1) : element.content;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
