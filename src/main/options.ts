/**
 * The words after a verb: `--name value` and `--name=value` are the same, what else stands there are the verb's
 * own words. An option that the verb does not have is refused by its name, so that a slip of the hand never
 * passes for a default.
 */

import { parseArgs } from 'node:util';
import { Refusal } from '../log/engine/index.ts';

const FLAGS = ['json', 'once'] as const;
/** Options that may be given more than once. */
const LISTS = ['key', 'officer', 'vkey', 'witness-vkey', 'earlier', 'did-document', 'status-list'] as const;
const TEXTS = [
  'seeds', 'scenario', 'shards', 'client', 'firm', 'origin', 'code', 'authority', 'framework', 'keys', 'assets', 'entry', 'seed', 'people', 'events', 'labels',
  'leaf-hash', 'quorum', 'at', 'challenge', 'domain', 'audience', 'nonce', 'file', 'pairs', 'lists', 'tree', 'name', 'state', 'port', 'witness',
] as const;

type Flag = (typeof FLAGS)[number];
type List = (typeof LISTS)[number];
type Text = (typeof TEXTS)[number];
/** The name of an option. */
export type OptionName = Flag | List | Text;

/** What was written after a verb. */
export interface Options {
  readonly words: readonly string[];
  has(flag: Flag): boolean;
  all(name: List): readonly string[];
  text(name: Text | List): string | undefined;
  /** The value of an option, or a refusal that names it with an example. */
  need(name: Text | List, example: string): string;
}

/** Reads arguments; refuses an option that is not among `known`, and one without its value. */
export function readOptions(given: readonly string[], known: readonly OptionName[]): Options {
  const table = Object.fromEntries(known.map((name) => [name, { type: isOneOf(FLAGS, name) ? 'boolean' as const : 'string' as const, multiple: isOneOf(LISTS, name) }]));
  const { values, positionals } = parse(given, table, known);
  const listOf = (name: string): readonly string[] => {
    const value = values[name];
    return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
  };
  const text = (name: Text | List): string | undefined => listOf(name)[0];
  return {
    words: positionals, has: (flag) => values[flag] === true, all: listOf, text,
    need: (name, example) => {
      const value = text(name);
      if (value === undefined || value === '') throw new Refusal(`--${name} is missing`, `for example --${name}=${example}`);
      return value;
    },
  };
}

function parse(given: readonly string[], table: Record<string, { type: 'boolean' | 'string'; multiple: boolean }>, known: readonly OptionName[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: [...given], options: table, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const options = known.map((name) => `--${name}`).join(', ');
    throw new Refusal(error.message.split('. ')[0] ?? 'the options cannot be read', `this verb takes ${options === '' ? 'no options' : options}`, error);
  }
}

function isOneOf<Name extends string>(names: readonly Name[], name: string): name is Name {
  return names.some((each) => each === name);
}
