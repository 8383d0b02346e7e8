/**
 * Policy as data: reads and checks a framework pack, compiles it to what the house works with, and answers
 * what is in force at an instant.
 */

import { checkMeaning } from './check.ts';
import { compilePack, type Framework } from './compile.ts';
import type { PackFault } from './fault.ts';
import { readPack, type ReadFile } from './read.ts';

export type { CompiledStage, Framework, Quantity, Source } from './compile.ts';
export type { PackFault } from './fault.ts';
export { numberAt, parameterAt, ruleParametersAt } from './parameter.ts';
export { PermitTimeline, inForce, stageAllows } from './permit.ts';
export type { ReadFile } from './read.ts';
export { packJsonSchema } from './schema.ts';

/** The framework of a directory, or every fault that keeps it from starting. */
export type Loaded = { readonly ok: true; readonly framework: Framework } | { readonly ok: false; readonly errors: readonly PackFault[] };

/** Reads, checks and compiles the pack of a directory. `readFile` gives a file's text by path, or `undefined`. */
export function loadPack(directory: string, readFile: ReadFile): Loaded {
  const source = readPack(directory, readFile);
  if (Array.isArray(source)) return { ok: false, errors: inOrder(source) };
  const errors = checkMeaning(source);
  return errors.length > 0 ? { ok: false, errors: inOrder(errors) } : { ok: true, framework: compilePack(source.text) };
}

/** What `nigran framework check DIR` answers. */
export function checkPack(directory: string, readFile: ReadFile): { readonly ok: boolean; readonly errors: readonly PackFault[] } {
  const loaded = loadPack(directory, readFile);
  return { ok: loaded.ok, errors: loaded.ok ? [] : loaded.errors };
}

function inOrder(faults: readonly PackFault[]): PackFault[] {
  return faults.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
