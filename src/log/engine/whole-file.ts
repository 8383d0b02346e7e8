/**
 * A small file of the home, written whole or not at all, also when the machine stops in between. Readable by its owner
 * alone.
 */

import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { refusalOf } from './refusal.ts';

/** Writes the file. Throws a `Refusal` where the disk is full or the place may not be written. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.new`;
  try {
    const file = openSync(draft, 'w', 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}
