/**
 * A firm's people, for the officers who judge their fitness: who fills each position that the framework knows, and who owns
 * how much, from the newest filing about each. Names stay sealed; a person is the firm's own reference. A share from which
 * an owner controls the firm is the framework's; where it has set none, nobody is told apart.
 */

import { z } from 'zod';
import type { Answer } from '../../contract/console.ts';
import { inForce, parameterAt, type Framework } from '../../framework/index.ts';
import type { Dossier } from '../../licensing/index.ts';
import { withActor } from '../../log/index.ts';
import { reject, type Instant, type Rejection } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { sourceShape } from './dossier-parts.ts';
import { open, type DossierGround } from './dossiers.ts';

type Said = Answer<'firmPeople'>;
type Filing = Dossier['forms'] extends ReadonlyMap<string, readonly (infer F)[]> ? F : never;
type Form = Framework['forms'] extends ReadonlyMap<string, readonly (infer F)[]> ? F : never;

const PEOPLE_MAX = 300;
const filedShape = z.object({ answers: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))) });

/** What answers the route of a firm's people. */
export function firmPeopleRoutes(ground: DossierGround): Pick<StaffRoutes, 'firmPeople'> {
  return {
    firmPeople: async ({ session, params, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const opened = await withActor(ground.pool, session.actor, (tx) => open(tx, ground, params.code));
      return 'code' in opened ? opened : peopleOf(ground, opened.dossier, opened.card.ref, now);
    },
  };
}

async function peopleOf({ licensing }: DossierGround, dossier: Dossier, firm: Said['firm'], now: Instant): Promise<Said | Rejection> {
  const { framework } = licensing;
  const filings = personFilings(framework, dossier, now).slice(0, PEOPLE_MAX);
  const threshold = parameterAt(framework, 'control.share', now);
  const owners = await Promise.all(filings.filter(({ form }) => shareField(form) !== undefined).map(async ({ form, filing }) => {
    const { answers } = filedShape.parse(JSON.parse(Buffer.from(await licensing.object(filing.body.answers)).toString('utf8')));
    return { ...personShape(dossier, form, filing), ...ownership(form, answers, threshold?.value) };
  }));
  return {
    asOf: now, firm, controlFrom: threshold === undefined ? null : { share: typeof threshold.value === 'number' ? threshold.value : null, provenance: sourceShape(threshold) },
    owners: owners.toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1) || (a.about < b.about ? -1 : 1)),
    positions: [...framework.roles.values()].flatMap((dated) => inForce(dated, now) ?? []).map((role) => ({
      role: role.role, title: role.title, needed: role.needed, fitBy: role.fitBy, provenance: sourceShape(role),
      filledBy: filings.filter(({ filing }) => filing.body.roles.includes(role.role)).map(({ form, filing }) => personShape(dossier, form, filing)),
    })),
  };
}

/** The newest filing about each person, of the forms that are filed for one. */
function personFilings(framework: Framework, dossier: Dossier, now: Instant): { readonly form: Form; readonly filing: Filing }[] {
  return [...dossier.forms.values()].flatMap((versions) => {
    const filing = versions.at(-1);
    const form = filing === undefined ? undefined : inForce(framework.forms.get(filing.body.form), now) ?? framework.forms.get(filing.body.form)?.at(-1);
    return filing === undefined || form?.filedFor !== 'person' ? [] : [{ form, filing }];
  });
}

function shareField(form: Form): { readonly section: string; readonly field: string } | undefined {
  return form.sections.flatMap((section) => section.fields.filter((field) => field.type === 'share').map(({ field }) => ({ section: section.section, field })))[0];
}

/** How much an owner holds, as a share of the whole, and whether that controls the firm: null where nothing was said or set. */
function ownership(form: Form, answers: z.infer<typeof filedShape>['answers'], threshold: number | string | undefined): { readonly share: number | null; readonly controls: boolean | null } {
  const at = shareField(form);
  const written = at === undefined ? undefined : answers[at.section]?.[0]?.[at.field];
  const share = typeof written === 'string' && written.trim() !== '' && Number.isFinite(Number(written)) ? Number(written) / 100 : null;
  return { share, controls: share === null || typeof threshold !== 'number' ? null : share >= threshold };
}

function personShape(dossier: Dossier, form: Form, filing: Filing): Said['positions'][number]['filledBy'][number] {
  const { screened } = dossier;
  const result = screened !== undefined && screened.entry > filing.entry ? screened.body.results.find((one) => one.form === filing.body.form && one.about === filing.body.about)?.result : undefined;
  // What was judged on an older version of the filing was judged about another.
  const judged = [...dossier.found.values()].filter((said) => said.body.seen >= filing.entry && (said.body.reasons.includes(`${form.code} ${filing.body.about}: `))).toSorted((a, b) => b.entry - a.entry)[0];
  const isUnfit = judged?.body.reasons.includes(`${form.code} ${filing.body.about}: not fit and proper`) === true;
  return {
    about: filing.body.about, form: form.form, code: form.code, n: filing.body.n, at: filing.at, entry: filing.entry, answers: filing.body.answers, sealed: filing.body.sealed !== undefined, faults: filing.body.faults,
    screening: result ?? 'not-run', fitness: judged === undefined ? null : { fit: !isUnfit, entry: judged.entry, by: judged.actor },
  };
}
