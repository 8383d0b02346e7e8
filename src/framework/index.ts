/**
 * Policy as data: reads and checks a framework pack, compiles it to what the house works with, and answers
 * what is in force at an instant.
 */

import { checkMeaning } from './check.ts';
import { compilePack } from './compile.ts';
import type { Framework } from './compiled.ts';
import { inOrder, type PackFault } from './fault.ts';
import { readPack, type ReadFile } from './read.ts';

export type { Cap, CapTimeline } from './cap.ts';
export type { Deadline, Pause, WorkCalendar } from './calendar.ts';
export type { Answer, CompiledClock, CompiledStage, CompiledStep, Framework, Owed, Quantity, Source } from './compiled.ts';
export { diffPacks, type PackChange, type PackDifference } from './diff.ts';
export { explainPack, type Explained } from './explain.ts';
export type { PackFault } from './fault.ts';
export type { Length } from './length.ts';
export { answerTo, calendarOf, obligationsAt } from './owed.ts';
export { numberAt, parameterAt, ruleParametersAt } from './parameter.ts';
export { PermitTimeline, inForce, stageAllows } from './permit.ts';
export type { ReadFile } from './read.ts';
export { packJsonSchema } from './schema.ts';

/** The framework of a directory, or every fault that keeps it from starting. */
export type Loaded = { readonly ok: true; readonly framework: Framework } | { readonly ok: false; readonly errors: readonly PackFault[] };

/**
 * Reads, checks and compiles the pack of a directory. `readFile` gives a file's text by path, or `undefined`;
 * `present`: the names that lie in the directory, where one that no form reads is a fault.
 */
export function loadPack(directory: string, readFile: ReadFile, present: readonly string[] = []): Loaded {
  const source = readPack(directory, readFile, present);
  if (Array.isArray(source)) return { ok: false, errors: inOrder(source) };
  const errors = checkMeaning(source);
  return errors.length > 0 ? { ok: false, errors: inOrder(errors) } : { ok: true, framework: compilePack(source.text) };
}

/** What `nigran framework check DIR` answers. */
export function checkPack(directory: string, readFile: ReadFile, present: readonly string[] = []): { readonly ok: boolean; readonly errors: readonly PackFault[] } {
  const loaded = loadPack(directory, readFile, present);
  return { ok: loaded.ok, errors: loaded.ok ? [] : loaded.errors };
}
