/**
 * From the files of a pack to its checked form. Every file is read and its form judged, so that one run names
 * every fault of form in every file; what blocks mean to each other is judged afterwards, in `check.ts`.
 */

import type { z } from 'zod';
import { assert } from '../terms/index.ts';
import { faultAt, type PackFault } from './fault.ts';
import { NO_BLOCKS, PACK_FILES, type PackFileName, type PackText } from './schema.ts';
import { readPackFile, type PackFile } from './yaml-file.ts';

/** Gives a file's text or bytes by its path, or `undefined` when there is none. */
export type ReadFile = (path: string) => string | Uint8Array | undefined;

/** A pack whose form is right, with the files that know the lines of its values. */
export interface PackSource {
  readonly text: PackText;
  readonly files: ReadonlyMap<PackFileName, PackFile>;
}

/** Bytes of one file at most: Urdu takes two for a character. */
const FILE_BYTES_MAX = 4_000_000;

type Issue = z.core.$ZodIssue;

const NAMES = Object.keys(PACK_FILES).filter(isPackFile);
/** Keys without which a value does not say where it comes from. */
const SOURCE_KEYS: readonly string[] = ['instrument', 'version', 'section'];

/** Reads the files of `directory`; gives the pack, or every fault of their form. `present`: names that lie in it; one that no form reads is a fault. `readText` reads one file. */
export function readPack(directory: string, readFile: ReadFile, present: readonly string[] = [], readText = readPackFile): PackSource | PackFault[] {
  const faults: PackFault[] = present.filter((name) => !isPackFile(name)).map((name) => faultAt(name, 1, 'PACK_FILE_UNKNOWN', name));
  const files = new Map<PackFileName, PackFile>();
  for (const name of NAMES) {
    const file = fileOf(name, readFile(`${directory}/${name}`), readText);
    if (Array.isArray(file)) faults.push(...file);
    else files.set(name, file);
  }
  const parsed = Object.fromEntries([...files].map(([name, file]) => {
    const result = PACK_FILES[name].safeParse(name !== 'pack.yaml' && file.value === NO_BLOCKS ? [] : file.value);
    if (!result.success) faults.push(...result.error.issues.flatMap((issue) => faultsOf(file, issue)));
    return [name, result.data];
  }));
  if (faults.length > 0) return faults;
  assert(isWhole(parsed), 'a pack without faults has all its files');
  return { text: parsed, files };
}

/** The checked form that a content holds; `undefined` when it is none of this form. */
export function textFrom(content: string): PackText | undefined {
  const held: unknown = JSON.parse(content);
  if (typeof held !== 'object' || held === null) return undefined;
  const parsed = Object.fromEntries(NAMES.map((name) => [name, PACK_FILES[name].safeParse(Object.getOwnPropertyDescriptor(held, name)?.value).data]));
  return isWhole(parsed) ? parsed : undefined;
}

function fileOf(name: PackFileName, read: string | Uint8Array | undefined, readText: typeof readPackFile): PackFile | PackFault[] {
  if (read === undefined) return [faultAt(name, 1, 'PACK_FILE_MISSING', name)];
  if (typeof read === 'string') return readText(name, read);
  if (read.length > FILE_BYTES_MAX) return [faultAt(name, 1, 'PACK_YAML', `more than ${FILE_BYTES_MAX} bytes`)];
  try {
    return readText(name, new TextDecoder('utf-8', { fatal: true }).decode(read));
  } catch {
    return [faultAt(name, 1, 'PACK_YAML', 'not UTF-8')];
  }
}

function faultsOf(file: PackFile, issue: Issue): PackFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => faultAt(file.name, file.lineOfKey(issue.path, key), 'PACK_KEY_UNKNOWN', placeOf([...issue.path, key])));
  }
  const line = file.lineOf(issue.path);
  const last = String(issue.path.at(-1) ?? '');
  if (!isThere(file.value, issue.path)) {
    const isClockStart = file.name === 'clocks.yaml' && last === 'start';
    const code = isClockStart ? 'PACK_CLOCK_NO_START' : SOURCE_KEYS.includes(last) ? 'PACK_SOURCE_MISSING' : 'PACK_KEY_MISSING';
    return [faultAt(file.name, line, code, placeOf(issue.path))];
  }
  return [faultAt(file.name, line, 'PACK_FIELD_INVALID', `${placeOf(issue.path)}: ${issue.message}`)];
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the file' : path.map((key) => (typeof key === 'number' ? `block ${key + 1}` : String(key))).join('.');
}

function isThere(value: unknown, path: readonly PropertyKey[]): boolean {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return false;
    at = Object.getOwnPropertyDescriptor(at, key)?.value;
  }
  return at !== undefined;
}

function isPackFile(name: string): name is PackFileName {
  return Object.hasOwn(PACK_FILES, name);
}

function isWhole(parsed: Partial<Record<PackFileName, unknown>>): parsed is PackText {
  return NAMES.every((name) => parsed[name] !== undefined);
}
