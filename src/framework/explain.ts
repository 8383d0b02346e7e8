/**
 * A pack explained: every stage, duty and parameter with what it says and its clause, how well the clause is
 * known, and whom it concerns; or one of them by its name.
 */

import { FOREVER } from './compile.ts';
import type { Framework, Source } from './compiled.ts';
import { daysOf, itemsOf, type ItemKind } from './contents.ts';
import { toldOf, type Fact } from './facts.ts';
import type { Worded } from './form-parts.ts';

/** One block, explained. `to` is the day on which it is no longer in force; absent while there is none. */
export interface Explained {
  readonly kind: ItemKind | 'flag';
  readonly id: string;
  readonly title: Worded;
  readonly says: string;
  /** conflict: clauses that contradict each other; they are shown and resolved by nobody here. */
  readonly status: Source['status'] | 'conflict';
  readonly clause: Worded;
  /** What the clause is about, and how it is known: quoted, reported, recalled, ours. */
  readonly about: string;
  readonly evidence: string;
  readonly note: string;
  readonly from: string;
  readonly to?: string;
  readonly stages: readonly string[];
  /** What it says in both languages, as a table shows it, and the facts behind it. */
  readonly line: Worded;
  readonly facts: readonly Fact[];
  /** Only of a duty: it and its time are law, so being late is a breach; otherwise it only reminds. */
  readonly binds?: boolean;
}

/** Everything in the pack, in its order; with `id`, the blocks of that name, of that name and kind as `kind:name`, or that cite that section. */
export function explainPack(framework: Framework, id?: string): Explained[] {
  const isWanted = (one: Explained): boolean => id === undefined || one.id === id || `${one.kind}:${one.id}` === id || one.clause.en.endsWith(`, ${id}`);
  return [...explainItems(framework), ...explainFlags(framework)].filter(isWanted);
}

function explainItems(framework: Framework): Explained[] {
  const sections = new Map(framework.instruments.flatMap((one) => one.sections.map((each) => [`${one.instrument} ${one.version} ${each.section}`, each] as const)));
  const told = toldOf(framework);
  return itemsOf(framework).map(({ kind, id, title, says, source, block, stages }) => {
    const section = sections.get(`${source.instrument} ${source.version} ${source.section}`);
    const { from, to } = daysOf(framework, source);
    return {
      kind, id, title, says, status: source.status, clause: source.clause, about: section?.about ?? '', evidence: section?.evidence ?? '', note: source.note,
      from, ...(to === undefined ? {} : { to }), stages, ...(told.get(block) ?? { line: { en: '', ur: '' }, facts: [] }),
    };
  });
}

function explainFlags(framework: Framework): Explained[] {
  return framework.flags.map((one) => ({
    kind: 'flag', id: one.flag, title: one.title, says: one.text.en, status: 'conflict', about: 'a conflict in the law', evidence: 'see each clause', note: '',
    clause: { en: one.clauses.map((clause) => clause.en).join('; '), ur: one.clauses.map((clause) => clause.ur).join('؛ ') },
    from: daysOf(framework, { from: framework.effectiveFrom, to: FOREVER }).from, stages: one.stages ?? [...framework.stages.keys()], line: one.text, facts: [],
  }));
}
