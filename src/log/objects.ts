/**
 * Objects: immutable bytes addressed by their SHA-256, in a local directory. A put is on disk when it
 * returns: written beside, synced, renamed. A get proves the bytes against their name, so a rotten disk
 * is noticed and never believed.
 */

import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../terms/index.ts';

/** Bytes of one object at most; larger things are cut into several. */
export const OBJECT_BYTES_MAX = 512 * 1024 * 1024;

/** The boundary: a local directory here, an S3-compatible store when outgrown. */
export interface Objects {
  /** Stores bytes; gives their SHA-256 in hex. Storing the same bytes again changes nothing. */
  put(bytes: Uint8Array): Promise<string>;
  /** Bytes of a name. Throws when they are absent or do not match it. */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
}

let written = 0;

/** Objects in `directory`, spread over 256 folders by the first byte of the name. */
export class LocalObjects implements Objects {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async put(bytes: Uint8Array): Promise<string> {
    assert(bytes.length <= OBJECT_BYTES_MAX, 'an object stays within its bound');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (await this.has(sha256)) return sha256;
    const path = this.#path(sha256);
    await mkdir(join(this.#directory, sha256.slice(0, 2)), { recursive: true, mode: 0o700 });
    const beside = `${path}.${process.pid}.${written++}.part`;
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    return sha256;
  }

  async get(sha256: string): Promise<Uint8Array> {
    const bytes = await readFile(this.#path(sha256));
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`object ${sha256} does not match its name: restore it from a copy`);
    return bytes;
  }

  async has(sha256: string): Promise<boolean> {
    try {
      return (await stat(this.#path(sha256))).isFile();
    } catch {
      return false;
    }
  }

  #path(sha256: string): string {
    assert(/^[0-9a-f]{64}$/.test(sha256), 'an object is named by 64 hex digits');
    return join(this.#directory, sha256.slice(0, 2), sha256);
  }
}
