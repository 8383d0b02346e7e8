/**
 * What is kept of a filing's bytes: the lines as sent, in zstd, each sealed identity replaced by its hash, because
 * erasing a person must not need this body. A body that came as NDJSON in zstd and can hold no identity is kept as
 * it came. One record is one line: a JSON object that was written over several is kept with spaces for the breaks,
 * which in JSON can only stand between its parts.
 */

import { constants, zstdCompressSync } from 'node:zlib';
import type { Filing } from './plan.ts';
import { mayHoldIdentity, withoutIdentity } from './sealed.ts';

/** Bytes below which lines are kept as they are: to compress one event takes 0.04 ms and saves some tens of bytes. A block holds at most 128 KiB. */
const STORED_BYTES_MAX = 1_024;
const FRAME_HEAD_BYTES = 12;

/** The bytes to keep. */
export function keptBody(filing: Filing): Uint8Array {
  const isOpen = filing.lines.some((line) => mayHoldIdentity(line.text));
  if (filing.zstdAsSent !== undefined && !isOpen) return filing.zstdAsSent;
  const text = Buffer.from(filing.lines.map((line) => inOneLine(isOpen ? withoutIdentity(line.text) : line.text)).join('\n'));
  return text.length < STORED_BYTES_MAX ? storedFrame(text) : zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/** A zstd frame that holds bytes as they are, in one raw block (RFC 8878 §3.1.1): a single segment, its size in four bytes. */
export function storedFrame(bytes: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(FRAME_HEAD_BYTES + bytes.length);
  frame.writeUInt32LE(0xfd2fb528, 0);
  frame[4] = 0b1010_0000;
  frame.writeUInt32LE(bytes.length, 5);
  frame.writeUIntLE(bytes.length * 8 + 1, 9, 3);
  frame.set(bytes, FRAME_HEAD_BYTES);
  return frame;
}

const inOneLine = (text: string): string => (text.includes('\n') ? text.replaceAll('\n', ' ') : text);
