/**
 * What the authority weighs about a firm, for its own people alone: the last judgement of each gate criterion by
 * criterion, the last screening, what may be recorded next, and whether the reader has a conflict of interest. And the
 * measures taken against the firm, which it is told of.
 */

import type { Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { inForce, type Framework } from '../../framework/index.ts';
import type { Dossier, LicensingDesk } from '../../licensing/index.ts';
import type { Instant } from '../../terms/index.ts';
import { sourceShape } from './dossier-parts.ts';

type Whole = Answer<'dossier'>;
type Weighed = NonNullable<Whole['weighed']>;
const MEASURES_MAX = 200;

/** What the authority weighs, for this reader. */
export function weighedShape(licensing: LicensingDesk, dossier: Dossier, session: Session, about: Pick<Weighed, 'deputies' | 'standsInFor'> & { readonly firm: string }, now: Instant): Weighed {
  const { framework } = licensing;
  return {
    conflict: session.member.conflicts?.includes(about.firm) === true, deputies: about.deputies, standsInFor: about.standsInFor,
    findings: [...dossier.found.values()].map((said): Weighed['findings'][number] => ({
      gate: said.body.gate, title: named(framework.gates.get(said.body.gate)?.at(-1)?.title, said.body.gate), about: [...framework.gates.get(said.body.gate)?.at(-1)?.forms ?? []], outcome: said.body.outcome, entry: said.entry, at: said.at, by: said.actor, seen: said.body.seen, reasons: said.body.reasons,
      criteria: said.body.criteria.map(({ criterion, note, score }) => ({ criterion, title: named(framework.criteria.get(criterion)?.at(-1)?.title, criterion), note, score: score ?? null })),
    })),
    screening: screeningShape(dossier, framework),
    moments: licensing.moments().map((event) => ({ event: event.event, title: event.title, by: event.by, provenance: sourceShape(event) })),
    lists: [...framework.lists].flatMap(([list, dated]) => { const term = inForce(dated, now); return term === undefined ? [] : [{ list, title: term.title }]; }),
  };
}

/** Measures that were taken, newest last. */
export function measureShapes(dossier: Dossier, framework: Framework): Whole['measures'] {
  return dossier.enforcement.slice(-MEASURES_MAX).map(({ entry, at, actor, second, body }) => ({
    entry, at, by: actor, second: second ?? null, rung: body.rung, title: named(framework.ladder.get(body.rung)?.at(-1)?.title, body.rung), target: body.target, terms: body.terms, reasons: body.reasons,
    fineMinor: body.fineMinor ?? null, plan: body.plan ?? null,
  }));
}

function screeningShape(dossier: Dossier, framework: Framework): Weighed['screening'] {
  const said = dossier.screened;
  if (said === undefined) return null;
  return {
    entry: said.entry, at: said.at, by: said.actor, results: said.body.results,
    lists: said.body.lists.map(({ list, version }) => ({ list, title: named(framework.lists.get(list)?.at(-1)?.title, list), version })),
  };
}

function named(title: { readonly en: string; readonly ur: string } | undefined, name: string): { readonly en: string; readonly ur: string } {
  return title ?? { en: name, ur: name };
}
