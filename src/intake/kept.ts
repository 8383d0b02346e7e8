/**
 * What is kept of a filing's bytes: the lines as sent, in zstd, each sealed identity replaced by its hash, because
 * erasing a person must not need this body. A body that came as NDJSON in zstd and can hold no identity is kept as
 * it came.
 */

import { constants, zstdCompressSync } from 'node:zlib';
import type { Filing } from './plan.ts';
import { mayHoldIdentity, withoutIdentity } from './sealed.ts';

/** The bytes to keep. */
export function keptBody(filing: Filing): Uint8Array {
  const isOpen = filing.lines.some((line) => mayHoldIdentity(line.text));
  if (filing.zstdAsSent !== undefined && !isOpen) return filing.zstdAsSent;
  const text = filing.lines.map((line) => (isOpen ? withoutIdentity(line.text) : line.text)).join('\n');
  return zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}
