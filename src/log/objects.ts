/**
 * Objects: immutable bytes addressed by their SHA-256, in a local directory. A put is on disk when it
 * returns: written beside, synced, renamed, and so is its name. A get proves the bytes against their name, so a rotten disk
 * is noticed and never believed.
 */

import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
    const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const { beside, file } = await openBeside(path);
    try {
      await writeAndClose(file, bytes);
      await rename(beside, path);
    } catch (error) {
      await unlink(beside).catch(() => undefined);
      throw error;
    }
    await syncDirectory(dirname(path));
    if (made !== undefined) await syncDirectory(this.#directory);
    return sha256;
  }

  async get(sha256: string): Promise<Uint8Array> {
    const bytes = await readFile(this.#path(sha256));
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`object ${sha256} does not match its name: restore it from a copy`);
    return bytes;
  }

  async has(sha256: string): Promise<boolean> {
    const path = this.#path(sha256);
    try {
      return (await stat(path)).isFile();
    } catch (error) {
      if (isCode(error, 'ENOENT')) return false;
      throw error;
    }
  }

  #path(sha256: string): string {
    assert(/^[0-9a-f]{64}$/.test(sha256), 'an object is named by 64 hex digits');
    return join(this.#directory, sha256.slice(0, 2), sha256);
  }
}

/** A new file beside `path`. A name may be left of a process that was killed and had our id: in a container all have. */
async function openBeside(path: string): Promise<{ readonly beside: string; readonly file: FileHandle }> {
  for (;;) {
    const beside = `${path}.${process.pid}.${written++}.part`;
    try {
      return { beside, file: await open(beside, 'wx', 0o600) };
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
  }
}

async function writeAndClose(file: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name is on disk when its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
