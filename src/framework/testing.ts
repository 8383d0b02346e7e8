/** The pack of Pakistan as texts by path, for tests that bend it. Refuses a bend that changes nothing. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '../terms/index.ts';
import { loadPack, type Framework, type PackFault } from './index.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'frameworks', 'pk-pvara-2026');
const texts = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]));

/** One change of a file: the first place of `from` becomes `to`. `from` absent: `to` is added at the end. */
export interface Bend {
  readonly file: string;
  readonly from?: string | RegExp;
  readonly to: string;
}

/** Faults of the pack after some changes, and the pack when it has none. */
export function bent(...bends: readonly Bend[]): { errors: readonly PackFault[]; framework: Framework | undefined } {
  const changed = new Map(texts);
  for (const { file, from, to } of bends) {
    const before = changed.get(file) ?? '';
    const after = from === undefined ? `${before}${to}` : before.replace(from, () => to);
    assert(after !== before, `the bend of ${file} changes something`);
    changed.set(file, after);
  }
  const loaded = loadPack('pack', (path) => changed.get(path.slice('pack/'.length)));
  return loaded.ok ? { errors: [], framework: loaded.framework } : { errors: loaded.errors, framework: undefined };
}

/** The pack as it is. */
export function pakistan(): Framework {
  const { framework, errors } = bent({ file: 'pack.yaml', to: '\n# read by a test\n' });
  assert(framework !== undefined, `Pakistan's pack has no fault: ${JSON.stringify(errors[0])}`);
  return framework;
}

/** Line on which a text first stands in a file of the pack. */
export function lineOf(file: string, text: string): number {
  return (texts.get(file) ?? '').split('\n').findIndex((line) => line.includes(text)) + 1;
}
