/**
 * A Unix socket's address holds 107 bytes; a home directory may be deeper than that. Its directory is then
 * held open, and the socket is reached through it by `/proc/self/fd`, which Linux resolves like any path.
 */

import { openSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const ADDRESS_BYTES_MAX = 100;
const held = new Map<string, number>();

/** The path as it fits into an address. The directory must exist; it is held open for the life of the process. */
export function socketPath(path: string): string {
  if (Buffer.byteLength(path) <= ADDRESS_BYTES_MAX) return path;
  const directory = dirname(path);
  const open = held.get(directory) ?? openSync(directory, 'r');
  held.set(directory, open);
  return `/proc/self/fd/${open}/${basename(path)}`;
}
