/**
 * What it costs to stand on a framework: reading, judging and compiling Pakistan's pack from its files, as every
 * process of the house does when it starts. The median of the runs counts; the first of them is cold.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadPack } from '../src/framework/index.ts';
import type { BenchRow } from './monitor.ts';

const PACK = join(import.meta.dirname, '..', 'frameworks', 'pk-pvara-2026');
const RUNS = 5;
const COMPILE_MS_MAX = 1_000;

/** Runs the bench; `seconds` reads a stopwatch. */
export function benchLicensing(seconds: () => number): BenchRow[] {
  const runs = Array.from({ length: RUNS }, () => {
    const begin = seconds();
    const loaded = loadPack(PACK, (path) => readFileSync(path), readdirSync(PACK));
    if (!loaded.ok) throw new Error(`the pack has ${loaded.errors.length} faults`);
    return (seconds() - begin) * 1_000;
  });
  const value = runs.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.POSITIVE_INFINITY;
  return [{
    bench: 'licensing', metric: 'framework.compileMs', value, unit: 'ms', ceiling: COMPILE_MS_MAX, ok: value <= COMPILE_MS_MAX, runs,
    method: `frameworks/pk-pvara-2026 from its files to the compiled form, every check included; median of ${RUNS}, the first cold`,
  }];
}
