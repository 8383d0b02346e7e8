/**
 * What is kept of a filing's bytes: the lines as sent, in zstd, each sealed identity replaced by its hash, because
 * erasing a person must not need this body. A body that came as NDJSON in zstd and can hold no identity is kept as
 * it came. One record is one line: a JSON object that was written over several is kept with spaces for the breaks,
 * which in JSON can only stand between its parts.
 */

import { constants, zstdCompressSync } from 'node:zlib';
import type { Filing } from './plan.ts';
import { mayHoldIdentity, withoutIdentity } from './sealed.ts';

/** The bytes to keep. */
export function keptBody(filing: Filing): Uint8Array {
  const isOpen = filing.lines.some((line) => mayHoldIdentity(line.text));
  if (filing.zstdAsSent !== undefined && !isOpen) return filing.zstdAsSent;
  const text = filing.lines.map((line) => inOneLine(isOpen ? withoutIdentity(line.text) : line.text)).join('\n');
  return zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

const inOneLine = (text: string): string => (text.includes('\n') ? text.replaceAll('\n', ' ') : text);
