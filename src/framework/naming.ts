/**
 * What each file's blocks are called, and how often a name may stand: once, or in one block for each time in which
 * it was in force. One table, so that every judge of a pack speaks of the same names.
 */

import type { PackFileName, PackText } from './schema.ts';

/** Files that are lists of blocks. */
export type ListFile = Exclude<PackFileName, 'pack.yaml'>;
/** A block of a file. */
export type BlockOf<F extends ListFile> = PackText[F][number];
/** How often a name stands: once, or dated: on each day from its first on in exactly one block. */
export type Standing = 'once' | 'dated';

interface Naming<F extends ListFile> {
  readonly nameOf: (block: BlockOf<F>) => string;
  readonly standing: Standing;
  /** Kind of thing, as people say it. */
  readonly kind: string;
}

const once = <F extends ListFile>(kind: string, nameOf: (block: BlockOf<F>) => string): Naming<F> => ({ kind, nameOf, standing: 'once' });
const dated = <F extends ListFile>(kind: string, nameOf: (block: BlockOf<F>) => string): Naming<F> => ({ kind, nameOf, standing: 'dated' });

/** Every list file with the name of its blocks. */
export const NAMING: { readonly [F in ListFile]: Naming<F> } = {
  'instruments.yaml': once('instrument', (one) => `${one.instrument} ${one.version}`),
  'services.yaml': once('service', (one) => one.service),
  'stages.yaml': once('stage', (one) => one.stage),
  'permissions.yaml': dated('permission', (one) => one.stage),
  'events.yaml': once('event', (one) => one.event),
  'steps.yaml': dated('step', (one) => `${one.from} to ${one.to} by ${one.event}`),
  'gates.yaml': dated('gate', (one) => one.gate),
  'forms.yaml': dated('form', (one) => one.form),
  'documents.yaml': dated('document', (one) => one.document),
  'roles.yaml': dated('role', (one) => one.role),
  'criteria.yaml': dated('criterion', (one) => one.criterion),
  'limits.yaml': dated('limit', (one) => one.limit),
  'conditions.yaml': dated('condition', (one) => one.condition),
  'clocks.yaml': dated('clock', (one) => one.clock),
  'stops.yaml': dated('stop', (one) => `${one.clock} by ${one.stop}`),
  'obligations.yaml': dated('obligation', (one) => one.obligation),
  'holidays.yaml': once('holiday', (one) => one.holiday),
  'fees.yaml': dated('fee', (one) => one.fee),
  'capital.yaml': dated('capital', (one) => one.capital),
  'ladder.yaml': dated('rung', (one) => one.rung),
  'offences.yaml': dated('offence', (one) => one.offence),
  'warnings.yaml': dated('warning', (one) => one.warning),
  'parameters.yaml': dated('parameter', (one) => one.parameter),
  'retention.yaml': dated('retention', (one) => one.record),
  'lists.yaml': dated('list', (one) => one.list),
  'flags.yaml': once('flag', (one) => one.flag),
  'crosswalk.yaml': once('crosswalk', (one) => one.crosswalk),
};

/** The list files, in the order of the form. */
export const LIST_FILES = Object.keys(NAMING).filter((name): name is ListFile => Object.hasOwn(NAMING, name));

/** The names of a file's blocks, in its order. */
export function namesIn(text: PackText, file: ListFile): string[] {
  return named(text, file).map((one) => one.name);
}

/** A block with its name and its place in the file. */
export interface Named {
  readonly name: string;
  readonly at: number;
  readonly block: object;
}

/** The blocks of a file with their names, in its order. */
export function named<F extends ListFile>(text: PackText, file: F): (Named & { readonly block: BlockOf<F> })[] {
  const blocks: readonly BlockOf<F>[] = text[file];
  return blocks.map((block, at) => ({ name: NAMING[file].nameOf(block), at, block }));
}

/** What a key of a block says: its words, one or many, or none. */
export function wordsAt(block: object, key: string): string[] {
  const value: unknown = Object.getOwnPropertyDescriptor(block, key)?.value;
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
