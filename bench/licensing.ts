/**
 * What it costs to stand on a framework: reading, judging and compiling Pakistan's pack from its files, as every
 * process of the house does when it starts; folding steps of firms from the bytes of the ledger; the list of what
 * is due. The median of the runs counts; the first of them is cold.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { calendarOf, loadPack, type Framework } from '../src/framework/index.ts';
import { FirmDirectory, foldDossier, type Firm, type Said } from '../src/licensing/index.ts';
import type { Entry } from '../src/log/index.ts';
import { dueList, dutiesOf, occurrencesOf } from '../src/obligations/index.ts';
import { DAY_US, ENTRY_KINDS, canonicalJson, instantOf, type EntryBody, type Instant } from '../src/terms/index.ts';
import type { BenchRow } from './monitor.ts';

const PACK = join(import.meta.dirname, '..', 'frameworks', 'pk-pvara-2026');
const RUNS = 5;
const COMPILE_MS_MAX = 1_000;

const REBUILD_FLOOR = 50_000;
const DUE_MS_MAX = 100;
/** 2026-11-24T10:00:00Z, and ten years before. */
const NOW = instantOf(1_795_514_400_000_000);
const BEGIN = instantOf(NOW - 3_652 * DAY_US);
const FIRMS_FOLDED = 10_000;
const FIRMS_DUE = 200;
const ROAD = ['e2-noc-application', 'e3-noc-granted', 'e4-aml-registered', 'q-suspended', 'e4-aml-registered', 'e5-licence-application', 'q-suspended', 'e5-licence-application', 'r-revoked', 'e0-unauthorised'];

/** Runs the bench; `seconds` reads a stopwatch. */
export function benchLicensing(seconds: () => number): BenchRow[] {
  const load = (): Framework => {
    const loaded = loadPack(PACK, (path) => readFileSync(path), readdirSync(PACK));
    if (!loaded.ok) throw new Error(`the pack has ${loaded.errors.length} faults`);
    return loaded.framework;
  };
  const compile = Array.from({ length: RUNS }, () => timed(seconds, load) * 1_000);
  const framework = load();
  const lines = ledgerLines();
  const rebuild = Array.from({ length: RUNS }, () => lines.length / timed(seconds, () => foldLines(framework, lines)));
  const firms = owingFirms();
  const calendar = calendarOf(framework);
  const duties = dutiesOf(framework);
  const due = Array.from({ length: RUNS }, () => timed(seconds, () => firms.map(({ firm, said }) => dueList(occurrencesOf(duties, calendar, firm, foldDossier(firm.firm, said), [], NOW)).length)) * 1_000);
  const listed = firms.reduce((sum, { firm, said }) => sum + occurrencesOf(duties, calendar, firm, foldDossier(firm.firm, said), [], NOW).length, 0);
  return [
    row('framework.compileMs', compile, 'ms', { ceiling: COMPILE_MS_MAX }, `frameworks/pk-pvara-2026 from its files to the compiled form, every check included; median of ${RUNS}, the first cold`),
    row('licensing.rebuildPerSecond', rebuild, 'steps/s', { floor: REBUILD_FLOOR }, `${lines.length} steps of ${FIRMS_FOLDED} firms, from the ledger's bytes (parsed by their schema) to firms, stages and permits, in memory; median of ${RUNS}`),
    row('obligations.dueListMs', due, 'ms', { ceiling: DUE_MS_MAX }, `${FIRMS_DUE} firms with ten years of months, incidents and changes: dossiers folded, ${listed} occurrences, what is due by day; median of ${RUNS}`),
  ];
}

function row(metric: string, runs: readonly number[], unit: string, bound: { readonly floor?: number; readonly ceiling?: number }, method: string): BenchRow {
  const value = runs.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
  return { bench: 'licensing', metric, value, unit, ...bound, ok: value >= (bound.floor ?? -Infinity) && value <= (bound.ceiling ?? Infinity), runs, method };
}

function timed(seconds: () => number, work: () => unknown): number {
  const begin = seconds();
  work();
  return seconds() - begin;
}

/** Bodies of steps as the ledger holds them, firm by firm and step by step. */
function ledgerLines(): Uint8Array[] {
  const encoder = new TextEncoder();
  return ROAD.flatMap((to, i) => Array.from({ length: FIRMS_FOLDED }, (_, n): Uint8Array => {
    const body: EntryBody<'stage-changed'> = {
      firm: `firm-${n}`, from: ROAD[i - 1] ?? null, to, effectiveFrom: BEGIN + (i + 1) * 90 * DAY_US, reasons: 'A reason as officers give it, in a sentence or two of their own.', evidence: ['a'.repeat(64)], proposal: i,
      clocks: [{ clock: 'noc.completeness', startedAt: BEGIN, state: 'runs', day: 20_000 }, { clock: 'noc.decision', startedAt: BEGIN, state: 'ran-out', day: 20_060 }],
    };
    return encoder.encode(canonicalJson(JSON.parse(JSON.stringify(body))));
  }));
}

function foldLines(framework: Framework, lines: readonly Uint8Array[]): void {
  const directory = new FirmDirectory(framework);
  const decoder = new TextDecoder();
  for (let n = 0; n < FIRMS_FOLDED; n++) directory.apply(entryOf(n, 'firm-registered', { firm: `firm-${n}`, number: n + 1, code: `F${n}`, name: `Firm ${n}`, synthetic: true }));
  for (const [i, line] of lines.entries()) directory.apply(entryOf(FIRMS_FOLDED + i, 'stage-changed', ENTRY_KINDS['stage-changed'].body.parse(JSON.parse(decoder.decode(line)))));
}

function entryOf<K extends 'firm-registered' | 'stage-changed'>(index: number, kind: K, body: EntryBody<K>): Entry<K> {
  return { index, kind, version: ENTRY_KINDS[kind].version, actor: 'bench', basis: 'bench', admittedAt: instantOf(BEGIN + index), body, leaf: new Uint8Array(), bytes: new Uint8Array() };
}

/** Firms that were licensed ten years ago, each with an incident, a change and a question every quarter. */
function owingFirms(): { readonly firm: Firm; readonly said: readonly Said[] }[] {
  return Array.from({ length: FIRMS_DUE }, (_, n) => {
    const firm = `firm-${n}`;
    const held = [{ stage: 'l2-licensed', from: instantOf(NOW - 3_652 * DAY_US), event: undefined, services: undefined, entry: 0 }];
    const said = Array.from({ length: 40 }, (_each, quarter) => ['incident-occurred', 'key-individual-change', 'information-demanded'].map((event, i) => happened(firm, event, quarter * 3 + i + 1, instantOf(BEGIN + (quarter * 91 + i) * DAY_US)))).flat();
    return { firm: { firm, number: n + 1, code: `F${n}`, name: firm, nameUr: undefined, synthetic: true, facts: [], registeredAt: BEGIN, entry: 0, held }, said };
  });
}

function happened(firm: string, event: string, entry: number, at: Instant): Said {
  return { kind: 'moment-recorded', entry, at, actor: 'bench', second: undefined, basis: 'bench', body: { firm, event, at, note: 'bench', evidence: [] } };
}
