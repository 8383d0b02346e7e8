/** The packs as texts by path, for tests that bend them. Refuses a bend that changes nothing. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '../terms/index.ts';
import { checkMeaning } from './check.ts';
import { compilePack } from './compile.ts';
import { inOrder, type PackFault } from './fault.ts';
import type { Framework } from './index.ts';
import { readPack } from './read.ts';
import { readPackFile } from './yaml-file.ts';

/** A pack of the repository. */
export type PackName = 'pk-pvara-2026' | 'ae-vara-2026';

const textsOf = (pack: PackName): Map<string, string> => {
  const folder = join(import.meta.dirname, '..', '..', 'frameworks', pack);
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
};
const TEXTS: Readonly<Record<PackName, ReadonlyMap<string, string>>> = { 'pk-pvara-2026': textsOf('pk-pvara-2026'), 'ae-vara-2026': textsOf('ae-vara-2026') };

/** One change of a file: the first place of `from` becomes `to`. `from` absent: `to` is added at the end. */
export interface Bend {
  readonly file: string;
  readonly from?: string | RegExp;
  readonly to: string;
}

type Bent = { errors: readonly PackFault[]; framework: Framework | undefined };

/** Faults of Pakistan's pack after some changes, and the pack when it has none. */
export function bent(...bends: readonly Bend[]): Bent {
  const changed = new Map(TEXTS['pk-pvara-2026']);
  for (const { file, from, to } of bends) {
    const before = changed.get(file) ?? '';
    const after = from === undefined ? `${before}${to}` : before.replace(from, () => to);
    assert(after !== before, `the bend of ${file} changes something`);
    changed.set(file, after);
  }
  return load(changed);
}

/** What a pack of these files comes to: what `loadPack` says of it. */
export function load(files: ReadonlyMap<string, string | Uint8Array>): Bent {
  const source = readPack('pack', (path) => files.get(path.slice('pack/'.length)), [...files.keys()], readOnce);
  if (Array.isArray(source)) return { errors: inOrder(source), framework: undefined };
  const errors = checkMeaning(source);
  return errors.length > 0 ? { errors: inOrder(errors), framework: undefined } : { errors, framework: compilePack(source.text) };
}

const known = new Map<string, ReturnType<typeof readPackFile>>();

/** A file that is as it stands in the repository is read once for all tests: reading is nine tenths of a load. */
function readOnce(name: string, text: string): ReturnType<typeof readPackFile> {
  if (!Object.values(TEXTS).some((texts) => texts.get(name) === text)) return readPackFile(name, text);
  const read = known.get(text) ?? readPackFile(name, text);
  known.set(text, read);
  return read;
}

/** The files of a pack as they are. */
export function filesOf(pack: PackName): Map<string, string> {
  return new Map(TEXTS[pack]);
}

/** Pakistan's pack as it is. */
export function pakistan(): Framework {
  return asItIs('pk-pvara-2026');
}

/** A pack as it is. */
export function asItIs(pack: PackName): Framework {
  const { framework, errors } = load(TEXTS[pack]);
  assert(framework !== undefined, `${pack} has no fault: ${JSON.stringify(errors[0])}`);
  return framework;
}

/** Line on which a text first stands in a file of Pakistan's pack. */
export function lineOf(file: string, text: string): number {
  return (TEXTS['pk-pvara-2026'].get(file) ?? '').split('\n').findIndex((line) => line.includes(text)) + 1;
}
