/**
 * What the public face costs: entries of the register log that are durable with a proof for each, credentials that are
 * judged, certificates that are issued. PostgreSQL stands on the same machine with fsync on. Every proof and every
 * credential is made whole, as it is handed out; nothing is left to a later moment.
 */

import type { Published, PublicLog } from '../src/log/index.ts';
import { encodeTlogProof } from '../src/proof/published.ts';
import { instantOf } from '../src/terms/index.ts';
import type { BenchRow } from './monitor.ts';

const APPENDS_FLOOR = 20_000;
/** 2026-11-24T10:00:00Z. */
const NOW = instantOf(1_795_514_400_000_000);

/** Sizes of a run. */
export interface RegisterSize {
  readonly entries: number;
  readonly batch: number;
  readonly runs: number;
}
export const REGISTER_SMALL: RegisterSize = { entries: 20_000, batch: 4_000, runs: 1 };
export const REGISTER_FULL: RegisterSize = { entries: 200_000, batch: 4_000, runs: 3 };

/** A statement as the register tells it, of about 300 bytes. */
function statement(n: number): string {
  return `{"class":"licensed","clause":"Virtual Assets Act 2026, s. 24","firm":"SDX-${n}","from":"2026-11-24T05:00:00.000000Z","kind":"status","licence":true,"n":${n},"name":"Synthetic Digital Exchange ${n}","published":"2026-11-24T05:00:00.000001Z","services":["exchange","custody"],"stage":"e6-licensed","synthetic":true,"v":1}`;
}

/** A batch that is on disk under a signed head. */
interface Committed extends Published {
  readonly checkpoint: string;
}

async function commit(log: PublicLog, run: number, from: number, count: number): Promise<Committed> {
  const entries = Array.from({ length: count }, (_none, i) => ({ source: `bench:${run}:${from + i}`, bytes: new TextEncoder().encode(statement(from + i)) }));
  return { ...await log.append(entries), checkpoint: await log.sign(NOW) };
}

/** Writes the proof of every entry; gives how many. */
function prove({ first, taken, grown, checkpoint }: Committed): number {
  return taken.filter((_entry, i) => encodeTlogProof({ index: first + i, path: grown?.prove(first + i) ?? [], checkpoint }) !== '').length;
}

/** Appends to the register log; a proof text for each entry under a signed head. `seconds` reads a stopwatch. */
export async function benchRegisterLog(log: PublicLog, seconds: () => number, size: RegisterSize): Promise<BenchRow> {
  const runs: number[] = [];
  for (let run = 0; run < size.runs; run++) {
    const begin = seconds();
    let proven = 0;
    let behind = Promise.resolve<Committed | undefined>(undefined);
    // While PostgreSQL commits a batch, the proofs of the batch before it are written.
    for (let from = 0; from < size.entries + size.batch; from += size.batch) {
      const ready = await behind;
      if (from < size.entries) behind = commit(log, run, from, size.batch);
      if (ready !== undefined) proven += prove(ready);
    }
    if (proven !== size.entries) throw new Error(`${proven} of ${size.entries} entries were proven`);
    runs.push(size.entries / (seconds() - begin));
  }
  const value = runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN;
  const method = `${size.entries} statements of 300 bytes in batches of ${size.batch}, each committed with fsync on, its head signed, and a .tlog-proof text made for every entry; one process beside PostgreSQL; median of ${size.runs}`;
  return { bench: 'register', metric: 'log.appendsPerSecond', value, unit: 'entries/s', floor: APPENDS_FLOOR, ok: value >= APPENDS_FLOOR, runs, method };
}
