/**
 * Listed wallets in memory: what an address costs in the table, what its exact confirm costs beside it, and how many
 * lookups one core makes. Addresses are EVM, 20 random bytes; one question in a hundred names a listed one, as in
 * real traffic most name none. Times are CPU times of this process, so that others at work on the machine count less.
 */

import { AddressSet } from '../src/screening/index.ts';
import type { BenchRow } from './monitor.ts';

/** Sizes of a run. */
export interface WalletsSize {
  readonly addresses: number;
  readonly questions: number;
  readonly runs: number;
}

export const WALLETS_SMALL: WalletsSize = { addresses: 200_000, questions: 200_000, runs: 3 };
export const WALLETS_FULL: WalletsSize = { addresses: 20_000_000, questions: 1_000_000, runs: 5 };

const BYTES_MAX = 10;
const LOOKUPS_MIN = 5_000_000;
const LISTED_EVERY = 100;

/** Runs the bench. */
export function benchWallets(size: WalletsSize): BenchRow[] {
  const { set, questions } = filled(size);
  const bytes = Uint8Array.from(Buffer.from(questions.map((address) => address.slice(2)).join(''), 'hex'));
  const rows = new Int32Array(questions.length);
  const many = Array.from({ length: size.runs }, () => questions.length / timed(() => set.findMany(bytes, rows)));
  const found = rows.reduce((sum, row) => sum + (row >= 0 ? 1 : 0), 0);
  if (found !== Math.ceil(questions.length / LISTED_EVERY)) throw new Error(`${found} addresses were found, not every ${LISTED_EVERY}th`);
  const texts = Array.from({ length: size.runs }, () => questions.length / timed(() => { for (const address of questions) set.find('evm', address); }));
  const load = `${size.addresses.toLocaleString('en')} EVM addresses`;
  return [
    row('wallets.bytesEach', [set.bytes.table / set.count], 'bytes', { ceiling: BYTES_MAX }, `${load}: the table of fingerprints and rows; the addresses for the exact confirm lie beside it, next row`),
    row('wallets.confirmBytesEach', [set.bytes.addresses / set.count], 'bytes', {}, `${load}: the addresses themselves and where each begins`),
    row('wallets.lookupsPerSecondCore', many, 'lookups/s', { floor: LOOKUPS_MIN }, `${load}; ${questions.length.toLocaleString('en')} addresses of 20 bytes asked at once, every ${LISTED_EVERY}th listed and confirmed byte by byte; median of ${size.runs}, CPU time`),
    row('wallets.textLookupsPerSecondCore', texts, 'lookups/s', {}, 'the same addresses asked one by one as texts of 42 characters'),
  ];
}

function row(metric: string, runs: readonly number[], unit: string, bound: { readonly floor?: number; readonly ceiling?: number }, method: string): BenchRow {
  const value = runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN;
  return { bench: 'screening', metric, value, unit, ...bound, ok: value >= (bound.floor ?? -Infinity) && value <= (bound.ceiling ?? Infinity), runs, method };
}

/** Seconds of CPU that the work took. */
function timed(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

function filled(size: WalletsSize): { readonly set: AddressSet; readonly questions: string[] } {
  const draw = addresses(0x2545_f491);
  const set = new AddressSet();
  set.reserve(size.addresses);
  const listed: string[] = [];
  const wanted = Math.ceil(size.questions / LISTED_EVERY);
  const step = Math.floor(size.addresses / wanted);
  for (let i = 0; i < size.addresses; i++) {
    const address = draw();
    set.add('evm', address);
    if (i % step === 0 && listed.length < wanted) listed.push(address);
  }
  return { set, questions: Array.from({ length: size.questions }, (_, i) => (i % LISTED_EVERY === 0 ? listed[i / LISTED_EVERY] ?? '' : draw())) };
}

/** Random addresses from a seed (xorshift32). */
function addresses(seed: number): () => string {
  let state = seed;
  const word = (): string => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0).toString(16).padStart(8, '0');
  };
  return () => `0x${word()}${word()}${word()}${word()}${word()}`;
}
