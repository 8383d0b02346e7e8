/**
 * What the public face costs: entries of the register log that are durable with a proof for each, credentials that are
 * judged, certificates that are issued. PostgreSQL stands on the same machine with fsync on. Every proof and every
 * credential is made whole, as it is handed out; nothing is left to a later moment.
 */

import type { Published, PublicLog } from '../src/log/index.ts';
import type { Certificate, CertificateDesk } from '../src/register/index.ts';
import { isObject, readStrictJson, verifyCredential, type PublicKey } from '../src/proof/credentials.ts';
import { tlogProofWriter } from '../src/proof/published.ts';
import { instantOf } from '../src/terms/index.ts';
import type { BenchRow } from './monitor.ts';

const APPENDS_FLOOR = 20_000;
const VERIFIES_FLOOR = 1_000;
const ISSUE_MS_MAX = 200;
/** 2026-11-24T10:00:00Z. */
const NOW = instantOf(1_795_514_400_000_000);

/** Sizes of a run. */
export interface RegisterSize {
  readonly entries: number;
  readonly batch: number;
  readonly runs: number;
  readonly firms: number;
}
export const REGISTER_SMALL: RegisterSize = { entries: 20_000, batch: 4_000, runs: 1, firms: 100 };
export const REGISTER_FULL: RegisterSize = { entries: 200_000, batch: 4_000, runs: 3, firms: 1_000 };

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
  const write = tlogProofWriter(checkpoint);
  return taken.filter((_entry, i) => write(first + i, grown?.prove(first + i) ?? []).length > checkpoint.length).length;
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
  const method = `${size.entries} statements of 300 bytes in batches of ${size.batch}, each committed with fsync on, its head signed, and a .tlog-proof text made for every entry; one process beside PostgreSQL; median of ${size.runs}`;
  return row('log.appendsPerSecond', runs, 'entries/s', { floor: APPENDS_FLOOR }, method);
}

/** Certificates that are issued in every form at most: a PDF takes some 50 ms. */
const PRINTED_MAX = 100;

/** Issues a certificate for each code, the first of them printed and sealed too, then judges each from its text. `print` sets one; `verify`: the platform's crypto. */
export async function benchCertificates(desk: CertificateDesk, codes: readonly string[], print: (certificate: Certificate) => Promise<Uint8Array | undefined>, verify: (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean, seconds: () => number, rounds: number): Promise<BenchRow[]> {
  const issued: number[] = [];
  const texts: string[] = [];
  for (const code of codes) {
    const begin = seconds();
    const certificate = await desk.certificate(code, NOW);
    if (certificate === undefined) throw new Error(`${code} has no certificate`);
    texts.push(JSON.stringify(certificate.credential));
    if (issued.length >= PRINTED_MAX) continue;
    const pdf = await print(certificate);
    if (pdf === undefined) throw new Error(`${code} was not printed`);
    await desk.seal(pdf, certificate);
    issued.push((seconds() - begin) * 1_000);
  }
  const [list, document] = [await desk.statusList(0, NOW), desk.didDocument()];
  const runs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = seconds();
    for (const text of texts) {
      const read = readStrictJson(text);
      const verdict = 'value' in read && isObject(read.value) ? await verifyCredential(read.value, { nowMs: NOW / 1_000, documents: [document], statusLists: [], verify }) : undefined;
      if (verdict?.verified !== true) throw new Error('a certificate of ours does not verify');
    }
    runs.push(texts.length / (seconds() - begin));
  }
  if (list === undefined) throw new Error('there is no status list');
  return [
    row('credential.verifiesPerSecond', runs, 'credentials/s', { floor: VERIFIES_FLOOR }, `${texts.length} certificates from their text: JSON read strictly, form, dates, key of a did:web document, eddsa-jcs-2022 by the platform's crypto, status told as unknown; one process, median of ${rounds}`),
    row('certificate.issueMs', issued, 'ms', { ceiling: ISSUE_MS_MAX }, `all forms of a firm's certificate: credential (Ed25519), SD-JWT and code (P-256), PDF/A-3b in English and Urdu set by the thread that is running and sealed as PAdES B-B (P-256); median of ${issued.length} firms, one after another`),
  ];
}

function row(metric: string, runs: readonly number[], unit: string, bound: { readonly floor?: number; readonly ceiling?: number }, method: string): BenchRow {
  const value = runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN;
  return { bench: 'register', metric, value, unit, ...bound, ok: value >= (bound.floor ?? -Infinity) && value <= (bound.ceiling ?? Infinity), runs, method };
}
