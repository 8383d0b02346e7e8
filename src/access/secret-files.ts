/**
 * Secrets in files of the home directory, one file a secret, made once and never changed. The directory is
 * 0700 and each file 0600; a file that others may read is refused, as ssh refuses it. With a seal key (from
 * the operator: a credential store, a hardware token) each file is AES-256-GCM under it, so a stolen disk
 * or backup holds no key; without one the file's mode is the only wall, and the README says so.
 *
 * Making is atomic: two processes that make the same secret at once end with the same bytes, and a crash
 * leaves either the whole file or none.
 */

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Draws the secret bytes of a label: by chance, or in a demo from its seed. */
export type Draw = (label: string, length: number) => Uint8Array;

const PLAIN = Buffer.from('NIGRAN-PLAIN-1\n');
const SEALED = Buffer.from('NIGRAN-SEALED-1\n');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OTHERS = 0o077;

/** A secret's file cannot be used. The message says what to do and never holds a byte of it. */
export class SecretRefused extends Error {
  override readonly name = 'SecretRefused';
}

export interface SecretGround {
  readonly directory: string;
  readonly draw: Draw;
  /** 32 bytes under which the files are sealed. */
  readonly sealKey?: Uint8Array;
}

/** The secrets of one directory. */
export class SecretFiles {
  readonly #ground: SecretGround;

  constructor(ground: SecretGround) {
    this.#ground = ground;
    mkdirSync(ground.directory, { recursive: true, mode: 0o700 });
    chmodSync(ground.directory, 0o700);
  }

  /** The secret `name` of `length` bytes; drawn and kept on first use. */
  take(name: string, length: number): Uint8Array {
    const path = join(this.#ground.directory, name);
    const bytes = this.#read(path) ?? this.#make(path, name, length);
    if (bytes.length !== length) throw new SecretRefused(`${path} does not hold ${length} bytes: restore it from the cold copy`);
    return bytes;
  }

  #read(path: string): Uint8Array | undefined {
    let file: Buffer;
    try {
      if ((statSync(path).mode & OTHERS) !== 0) throw new SecretRefused(`${path} can be read by others: chmod 600 it, and think of its keys as known`);
      file = readFileSync(path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
    return this.#open(path, file);
  }

  #make(path: string, name: string, length: number): Uint8Array {
    const bytes = this.#ground.draw(name, length);
    const temporary = `${path}.${Buffer.from(this.#ground.draw(`${name}/file`, 4)).toString('hex')}.${process.pid}`;
    rmSync(temporary, { force: true });
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(file, this.#close(name, bytes));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    try {
      linkSync(temporary, path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
    const kept = this.#read(path);
    if (kept === undefined) throw new SecretRefused(`${path} was removed while it was made`);
    return kept;
  }

  #close(name: string, bytes: Uint8Array): Buffer {
    const { sealKey, draw } = this.#ground;
    if (sealKey === undefined) return Buffer.concat([PLAIN, bytes]);
    const nonce = draw(`${name}/nonce`, NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
    return Buffer.concat([SEALED, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }

  #open(path: string, file: Buffer): Uint8Array {
    const { sealKey } = this.#ground;
    if (file.subarray(0, PLAIN.length).equals(PLAIN)) {
      if (sealKey !== undefined) throw new SecretRefused(`${path} is not sealed, but a seal key was given: start without it, or restore the sealed file`);
      return file.subarray(PLAIN.length);
    }
    if (!file.subarray(0, SEALED.length).equals(SEALED)) throw new SecretRefused(`${path} is no secret of this house: restore it from the cold copy`);
    if (sealKey === undefined) throw new SecretRefused(`${path} is sealed: start with the seal key`);
    const body = file.subarray(SEALED.length);
    const opener = createDecipheriv('aes-256-gcm', sealKey, body.subarray(0, NONCE_BYTES));
    opener.setAuthTag(body.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([opener.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), opener.final()]);
    } catch {
      throw new SecretRefused(`${path} does not open with this seal key`);
    }
  }
}
