/**
 * The framework in force, as the console and the public page read it: one answer a day, since values change by
 * days. It adds nothing to the pack: values that nobody has set stay unset, and assumptions say that they are.
 */

import { frameworkParts, type Answer, type FrameworkInstrument, type FrameworkRow } from '../../contract/console.ts';
import { explainPack, type Explained, type Framework } from '../../framework/index.ts';
import { assert, type Instant } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { PART_TITLES } from '../words/framework.ts';

type FrameworkAnswer = Answer<'framework'>;

/** What answers the framework's route. */
export function frameworkRoutes(page: FrameworkPage): Pick<StaffRoutes, 'framework'> {
  return { framework: async ({ now }) => page.at(now) };
}

/** The framework as people read it, made once for each day. */
export class FrameworkPage {
  readonly #framework: Framework;
  readonly #explained: readonly Explained[];
  #made: FrameworkAnswer | undefined;

  constructor(framework: Framework) {
    this.#framework = framework;
    this.#explained = explainPack(framework);
  }

  /** The answer for the instant's day; the same object while the day lasts. */
  at(now: Instant): FrameworkAnswer {
    const day = dayIn(this.#framework.zone, now);
    if (this.#made?.day !== day) this.#made = answerOf(this.#framework, this.#explained, day, now);
    return this.#made;
  }
}

/** The day of the zone, as packs write days. */
function dayIn(zone: Framework['zone'], at: Instant): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at / 1000);
}

function answerOf(framework: Framework, explained: readonly Explained[], day: string, asOf: Instant): FrameworkAnswer {
  const { id, revision, hash, title, authority, evidence } = framework;
  const titles = (stages: readonly string[]) => stages.map((stage) => framework.stages.get(stage)?.title ?? { en: stage, ur: stage });
  return {
    asOf, day, id, revision, hash, title, authority, evidence, effectiveFrom: dayIn(framework.zone, framework.effectiveFrom),
    flags: framework.flags.map((one) => ({ id: one.flag, title: one.title, text: one.text, clauses: [...one.clauses], stages: one.stages === undefined ? null : titles(one.stages) })),
    parts: frameworkParts.map((kind) => ({ kind, title: PART_TITLES[kind], rows: explained.filter((one) => one.kind === kind).map((one) => rowOf(one, day)) })).filter((part) => part.rows.length > 0),
    crosswalk: framework.crosswalk.map((one) => ({ id: one.crosswalk, from: [...one.from], to: [...one.to], about: one.about })),
    instruments: framework.instruments.map((one) => instrumentOf(one, day)),
  };
}

const EVIDENCE = ['quoted', 'reported', 'recalled', 'ours'] as const;

function rowOf(one: Explained, day: string): FrameworkRow {
  const evidence = EVIDENCE.find((each) => each === one.evidence);
  assert(evidence !== undefined, `${one.kind} ${one.id} says how its clause is known`);
  assert(one.status !== 'conflict', `${one.kind} ${one.id} is a value of the pack`);
  return {
    id: one.id, title: one.title, line: one.line, facts: [...one.facts], status: one.status, clause: one.clause, about: one.about, evidence, note: one.note,
    from: one.from, to: one.to ?? null, when: day < one.from ? 'coming' : one.to !== undefined && one.to <= day ? 'past' : 'now', binds: one.binds ?? null,
  };
}

function instrumentOf(one: Framework['instruments'][number], day: string): FrameworkInstrument {
  return {
    id: one.instrument, version: one.version, title: one.title, short: one.short, kind: one.kind, state: stateOf(one, day),
    from: one.inForceFrom ?? null, to: one.inForceTo ?? null, citation: one.citation ?? null, source: one.source, sections: one.sections.length,
  };
}

/** Only law is in force; a draft is a draft whatever its day. */
function stateOf(one: Framework['instruments'][number], day: string): FrameworkInstrument['state'] {
  if (one.kind === 'draft') return 'draft';
  if (one.kind !== 'law') return 'none';
  if (one.inForceFrom === undefined || day < one.inForceFrom) return 'coming';
  return one.inForceTo !== undefined && one.inForceTo <= day ? 'lapsed' : 'in-force';
}
