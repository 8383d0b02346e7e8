/**
 * The statutory annual AML return beside the raw feed: each answer that a firm files is computed from its events, a number
 * that differs is shown with the events behind it, and what the feed cannot hold is marked as the firm's word. A firm
 * sees the same before it files: the computed numbers are its draft.
 */

import { z } from 'zod';
import type { Answer } from '../../contract/console.ts';
import { inForce, type Framework } from '../../framework/index.ts';
import { readFirm } from '../../licensing/index.ts';
import { withActor, type Analytics } from '../../log/index.ts';
import { formatKarachiDay, parseKarachiDay, reject, type Instant } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import type { DossierGround } from './dossiers.ts';
import { figureOf, type FeedFigure, type FigureScope } from './feed-figures.ts';

const filedShape = z.object({ answers: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))) });

/** What the return needs beside the dossiers. */
export interface ReturnGround extends DossierGround {
  readonly analytics: Pick<Analytics, 'ask'>;
}

type Form = Framework['forms'] extends ReadonlyMap<string, readonly (infer F)[]> ? F : never;
type Row = Answer<'amlReturn'>['fields'][number];

/** What answers the return's route. */
export function returnRoutes(ground: ReturnGround): Pick<StaffRoutes, 'amlReturn'> {
  const { licensing, directory, pool } = ground;
  return {
    amlReturn: async ({ session, params, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const card = directory.byCode(params.code);
      const form = returnForm(licensing.framework, now);
      const [from, to] = [parseKarachiDay(`${query.year}-01-01`), parseKarachiDay(`${query.year}-12-31`)];
      if (card === undefined || form === undefined || from === undefined || to === undefined) return reject('NOT_FOUND');
      const read = await withActor(pool, session.actor, async (tx) => ({ firm: await readFirm(tx, { firm: card.id }), dossier: await licensing.read(tx, card.id) }));
      if (read.firm === undefined) return reject('NOT_FOUND');
      // A firm files a return about a year by its number; without one the newest filing is meant.
      const filing = read.dossier.forms.get(`${form.form}/${query.year}`)?.at(-1) ?? read.dossier.forms.get(`${form.form}/`)?.at(-1);
      const answers = filing === undefined ? {} : filedShape.parse(JSON.parse(Buffer.from(await licensing.object(filing.body.answers)).toString('utf8'))).answers;
      const scope: FigureScope = { firm: read.firm.number, from, to, framework: licensing.framework, at: now };
      const fields = await Promise.all(form.sections.flatMap((section) => section.fields.map((field) => rowOf(ground, scope, card.ref.code, { section: section.section, field, answer: answers[section.section]?.[0]?.[field.field] }))));
      return {
        asOf: now, firm: card.ref, year: query.year, form: form.form, title: form.title, fields,
        filed: filing === undefined ? null : { entry: filing.entry, at: filing.at, n: filing.body.n, about: filing.body.about },
      };
    },
  };
}

function returnForm(framework: Framework, now: Instant): Form | undefined {
  const forms = [...framework.forms.values()].flatMap((dated) => inForce(dated, now) ?? []).filter((form) => form.filedFor === 'return');
  // The annual one is that whose answers the feed can fill.
  return forms.find((form) => form.sections.some((section) => section.fields.some((field) => field.figure !== undefined)));
}

async function rowOf(ground: ReturnGround, scope: FigureScope, code: string, of: { readonly section: string; readonly field: Form['sections'][number]['fields'][number]; readonly answer: unknown }): Promise<Row> {
  const { field, section, answer } = of;
  const figure: FeedFigure | undefined = field.figure === undefined ? undefined : await figureOf(ground.analytics, field.figure, scope);
  const filed = typeof answer === 'string' || typeof answer === 'number' || typeof answer === 'boolean' ? answer : null;
  return {
    section, field: field.field, label: field.label, figure: field.figure ?? null, word: figure === undefined, means: figure?.means ?? null, computed: figure?.value ?? null, filed,
    differs: figure !== undefined && filed !== null && Number(filed) !== figure.value, events: [...(figure?.events ?? [])], eventsTotal: figure?.value ?? 0,
    filter: figure === undefined ? null : { firm: code, kind: figure.kinds.join(','), from: formatKarachiDay(scope.from), to: formatKarachiDay(scope.to) },
  };
}
