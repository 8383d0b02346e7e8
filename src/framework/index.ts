/**
 * Policy as data: reads and checks a framework pack, compiles it to what the house works with, and answers
 * what is in force at an instant.
 */

import { checkMeaning } from './check.ts';
import { compilePack, contentOf } from './compile.ts';
import type { Framework } from './compiled.ts';
import { inOrder, type PackFault } from './fault.ts';
import { readPack, textFrom, type ReadFile } from './read.ts';

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

/** The framework of a directory with the content that its hash is over, or every fault that keeps it from starting. */
export type Loaded = { readonly ok: true; readonly framework: Framework; readonly content: string } | { readonly ok: false; readonly errors: readonly PackFault[] };

/**
 * Reads, checks and compiles the pack of a directory. `readFile` gives a file's text by path, or `undefined`;
 * `present`: the names that lie in the directory, where one that no form reads is a fault.
 */
export function loadPack(directory: string, readFile: ReadFile, present: readonly string[] = []): Loaded {
  const source = readPack(directory, readFile, present);
  if (Array.isArray(source)) return { ok: false, errors: inOrder(source) };
  const errors = checkMeaning(source);
  return errors.length > 0 ? { ok: false, errors: inOrder(errors) } : { ok: true, framework: compilePack(source.text), content: contentOf(source.text) };
}

/** The framework of a content that `loadPack` gave: kept by its hash, so that an officer can look at what is proposed. `undefined` for what is none. */
export function frameworkOf(content: string): Framework | undefined {
  const text = textFrom(content);
  return text === undefined ? undefined : compilePack(text);
}
