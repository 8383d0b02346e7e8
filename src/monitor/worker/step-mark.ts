/**
 * Which batch ended the process? A small file says what is being stepped: written before a batch, cleared right
 * after, without waiting for the disk, because the pages of a file outlive a process that is killed. It costs a
 * few microseconds a batch, so it is always on, and it is exact: the time between step and commit, in which most
 * kills from outside fall, is not counted against any batch.
 *
 * A process that ends by a broken invariant says so in the file; one that is gone without a word may also have
 * been killed by somebody, so a batch needs more such deaths before it is set aside. When the machine stops the
 * file may be lost or torn, and then nothing is held against anyone.
 */

import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type pg from 'pg';
import type { StoredBatch, Tx } from '../../log/index.ts';

/** Deaths by a broken invariant inside a batch after which it is set aside. Source: DESIGN §6. */
const BROKEN_MAX = 2;
/** Deaths without a word while a batch was stepped after which it is set aside; two alone may be an operator's. */
const SILENT_MAX = 5;

const BYTES = 24;
const IDLE = 0;
const STEPPING = 1;
const BROKEN = 2;

/** What a worker was doing when it ended. */
export interface LeftBehind {
  readonly partition: number;
  readonly offset: number;
  readonly broken: boolean;
}

export class StepMark {
  readonly #file: number;
  readonly #mark = new Float64Array(BYTES / 8);

  /** Opens or makes the file of a worker; no two processes share one. */
  constructor(path: string) {
    this.#file = openSync(path, 'a+', 0o600);
    closeSync(this.#file);
    this.#file = openSync(path, 'r+');
  }

  /** What the process before was stepping when it ended, if it was. */
  left(): LeftBehind | undefined {
    const found = new Float64Array(BYTES / 8);
    const [state, partition, offset] = readSync(this.#file, found, 0, BYTES, 0) === BYTES ? found : [];
    if ((state !== STEPPING && state !== BROKEN) || !Number.isSafeInteger(partition) || !Number.isSafeInteger(offset)) return undefined;
    return { partition: partition ?? 0, offset: offset ?? 0, broken: state === BROKEN };
  }

  begin(batch: StoredBatch): void {
    this.#mark[1] = batch.partition;
    this.#mark[2] = batch.offset;
    this.#write(STEPPING);
  }

  end(): void {
    this.#write(IDLE);
  }

  /** The batch has just broken an invariant; the process is about to end. */
  broke(): void {
    this.#write(BROKEN);
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(state: number): void {
    this.#mark[0] = state;
    writeSync(this.#file, this.#mark, 0, BYTES, 0);
  }
}

/** Counts a death against the batch that was being stepped. */
export async function countDeath(pool: pg.Pool, left: LeftBehind): Promise<void> {
  await pool.query(
    `insert into monitor.attempt as a (partition, "offset", broken, silent) values ($1, $2, $3, $4)
     on conflict (partition, "offset") do update set broken = a.broken + excluded.broken, silent = a.silent + excluded.silent`,
    [left.partition, left.offset, left.broken ? 1 : 0, left.broken ? 0 : 1]);
}

/** Offsets of a partition in which a process has ended, and whether so often that they are to be set aside. */
export async function suspects(pool: pg.Pool, partition: number): Promise<Map<number, boolean>> {
  const found = await pool.query<{ offset: number; deadly: boolean }>('select "offset", broken >= $2 or silent >= $3 as deadly from monitor.attempt where partition = $1', [partition, BROKEN_MAX, SILENT_MAX]);
  return new Map(found.rows.map((row) => [row.offset, row.deadly]));
}

/** Forgets what was held against batches that are decided or set aside by now. */
export async function forgive(tx: Tx, partition: number, before: number): Promise<void> {
  await tx.query({ name: 'monitor-forgive', text: 'delete from monitor.attempt where partition = $1 and "offset" < $2', values: [partition, before] });
}
