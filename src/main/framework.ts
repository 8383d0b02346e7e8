/**
 * The framework pack of an installation, opened or refused with the first fault's file, line and remedy; and what
 * a clerk asks of packs without any server: check one, compare two, explain one.
 */

import { closeSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diffPacks, explainPack, loadPack, type Explained, type Framework, type PackChange } from '../framework/index.ts';
import { Refusal } from '../log/engine/index.ts';

/** The pack that the demo runs under. */
export const PACK_DIRECTORY = fileURLToPath(new URL('../../frameworks/pk-pvara-2026', import.meta.url));
/** Read of one file at most; the room refuses a file that is this long. */
const FILE_BYTES_MAX = 4_000_001;
/** Names in a directory that a form may know; others (a README) are no part of a pack. */
const PACK_NAME = /\.(ya?ml|json)$/i;
const EXAMPLE = 'for example: npm run nigran -- framework check frameworks/pk-pvara-2026';

/** The compiled pack of a directory. */
export function openFramework(directory: string): Framework {
  const loaded = loadPack(directory, readBytes, presentIn(directory));
  if (loaded.ok) return loaded.framework;
  const [first] = loaded.errors;
  throw new Refusal(`the framework pack ${directory} has ${loaded.errors.length} faults, first ${first?.file}:${first?.line} ${first?.code} (${first?.detail})`, first?.remedy.replace(/\.$/, '') ?? 'run nigran framework check');
}

/** Runs `nigran framework …`; gives the exit code. */
export function runFramework(words: readonly string[], json: boolean): number {
  const [act, first, second, ...more] = words;
  if (first === undefined || more.length > 0) throw new Refusal('framework needs one of check DIR, diff DIR DIR, explain DIR [ID]', EXAMPLE);
  switch (act) {
    case 'check':
      if (second !== undefined) throw new Refusal('framework check takes one directory', EXAMPLE);
      return checkDirectory(first, json);
    case 'diff':
      if (second === undefined) throw new Refusal('framework diff takes two directories', 'name the older version first');
      return compare(first, second, json);
    case 'explain':
      return explain(first, second, json);
    default:
      throw new Refusal(`framework knows no "${act ?? ''}"`, 'it takes check DIR, diff DIR DIR, or explain DIR [ID]');
  }
}

function checkDirectory(directory: string, json: boolean): number {
  const loaded = loadPack(directory, readBytes, presentIn(directory));
  const { ok } = loaded;
  const errors = loaded.ok ? [] : loaded.errors;
  if (json) print(JSON.stringify({ ok, errors }));
  else if (ok) print('the pack has no fault');
  else for (const fault of errors) print(`${join(directory, fault.file)}:${fault.line} ${fault.code} ${fault.detail}. ${fault.remedy}`);
  return ok ? 0 : 1;
}

function compare(before: string, after: string, json: boolean): number {
  const difference = diffPacks(openFramework(before), openFramework(after));
  if (json) {
    print(JSON.stringify(difference));
    return 0;
  }
  const { from, to, identical, changes } = difference;
  print(`${from.pack} revision ${from.revision} (${from.hash.slice(0, 12)}) → ${to.pack} revision ${to.revision} (${to.hash.slice(0, 12)})`);
  if (changes.length === 0) print(identical ? 'the two are the same' : 'they say the same, in another order');
  for (const change of changes) print(changeWords(change));
  return 0;
}

const SIGN = { added: '+', removed: '-', changed: '~' } as const;

function changeWords(one: PackChange): string {
  const clause = one.clause === null ? '' : ` [${one.clause}]`;
  const stages = one.stages.length === 0 ? 'no firm by its stage' : `firms in ${one.stages.join(', ')}`;
  const services = one.services.length === 0 ? '' : `; services ${one.services.join(', ')}`;
  return `${SIGN[one.change]} ${one.kind} ${one.id}: ${one.words}${clause}\n    concerns ${stages}${services}`;
}

function explain(directory: string, id: string | undefined, json: boolean): number {
  const items = explainPack(openFramework(directory), id);
  if (id !== undefined && items.length === 0) throw new Refusal(`the pack has nothing called "${id}"`, `npm run nigran -- framework explain ${directory} lists what it has`);
  if (json) print(JSON.stringify(items));
  else for (const one of items) print(itemWords(one));
  return 0;
}

function itemWords(one: Explained): string {
  const until = one.to === undefined ? '' : ` to ${one.to}`;
  return `${one.kind} ${one.id}: ${one.title.en}\n    ${one.says}\n    ${one.status}: ${one.clause.en} (${one.about}; ${one.evidence}), from ${one.from}${until}. ${one.note}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Names in the directory that a form may know. Refuses what is no directory, or cannot be read. */
function presentIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => PACK_NAME.test(name)).sort();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const what = code === 'ENOENT' ? 'does not exist' : code === 'ENOTDIR' ? 'is no directory' : `cannot be read (${code})`;
    throw new Refusal(`${directory === '' ? 'a directory without a name' : directory} ${what}`, 'name the directory that holds pack.yaml', error);
  }
}

/** Bytes of a file, as many as a pack's file may have; `undefined` when there is no file that can be read. */
function readBytes(path: string): Uint8Array | undefined {
  try {
    if (!statSync(path).isFile()) return undefined;
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(Math.min(statSync(path).size, FILE_BYTES_MAX));
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Text of a file, or `undefined` when there is none. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
