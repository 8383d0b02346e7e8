/**
 * A list file as text: plain or gzip by its first bytes, UTF-8 or UTF-16 by its mark, read in pieces so that 120 MB
 * need no more memory than 64 kB. Refuses what is no text of its encoding, what is cut short inside gzip, and what
 * grows beyond the bound while it is unpacked.
 */

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { ListFault } from './fault.ts';

/** Bytes of one list at most, unpacked. The largest that is published, OFAC's SDN_ADVANCED.XML, has 122 MB. */
const BYTES_MAX = 512 * 1024 * 1024;
/** Characters in which the form of a file must show. */
const HEAD_LENGTH = 65_536;

/** Encodings tried for a table without a mark: OFAC's and others' tables are UTF-8 today and were Windows-1252. */
export type Encoding = 'utf-8' | 'windows-1252';

/** The text of a file in pieces. Throws `ListFault`. */
export async function* textOf(path: string, encoding: Encoding = 'utf-8'): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let size = 0;
  try {
    for await (const bytes of bytesOf(path)) {
      size += bytes.length;
      if (size > BYTES_MAX) throw new ListFault('LIST_FILE_TOO_LARGE', `more than ${BYTES_MAX} bytes`);
      decoder ??= new TextDecoder(markOf(bytes) ?? encoding, { fatal: true });
      yield decoder.decode(bytes, { stream: true });
    }
    if (decoder !== undefined) yield decoder.decode();
  } catch (error) {
    throw faultOf(error, size);
  }
}

/** The first characters of a file, as far as they can be read. */
export async function headOf(path: string): Promise<string> {
  let head = '';
  for await (const piece of textOf(path, 'windows-1252')) {
    head += piece;
    if (head.length >= HEAD_LENGTH) break;
  }
  return head.slice(0, HEAD_LENGTH).replace(/^\u00ef\u00bb\u00bf|^\ufeff/, '');
}

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  const packed = await isGzip(path);
  const source = packed ? file.pipe(createGunzip()) : file;
  if (packed) file.on('error', (error) => source.destroy(error));
  try {
    for await (const chunk of source) if (Buffer.isBuffer(chunk)) yield chunk;
  } finally {
    file.destroy();
    source.destroy();
  }
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

/** Faults of the file become codes; faults of the machine, such as a file that may not be read, stay what they are. */
function faultOf(error: unknown, size: number): unknown {
  if (!(error instanceof Error) || error instanceof ListFault) return error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return new ListFault('LIST_FILE_ENCODING', `near byte ${size}`);
  if (typeof code === 'string' && code.startsWith('Z_')) return new ListFault('LIST_FILE_BROKEN', `gzip after ${size} bytes: ${error.message}`);
  return error;
}
