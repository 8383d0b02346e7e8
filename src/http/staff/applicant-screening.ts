/**
 * Screening of those whom an application names, by the house: the vault opens what was sealed, within its own process,
 * and answers what each name comes near; the run is kept as an object and recorded as the gate asks, filing by filing.
 * A filing that cannot be opened, or names nobody, is not recorded: it stays not run, with its code.
 */

import type { Answer } from '../../contract/console.ts';
import { inForce, type Framework } from '../../framework/index.ts';
import { SYSTEM, withActor, type Objects } from '../../log/index.ts';
import type { Dossier } from '../../licensing/index.ts';
import type { ListBooks } from '../../screening/hits/index.ts';
import { newestNames } from '../../screening/hits/index.ts';
import { canonicalBytes, reject, type Json, type Rejection } from '../../terms/index.ts';
import { VaultDown, type NamedScreening, type VaultClient } from '../../vault/index.ts';
import type { Call } from '../staff.ts';
import { dossierToAssess } from './assessor.ts';
import type { DossierGround } from './dossiers.ts';

/** What the screening of applicants stands on. */
export interface ApplicantGround extends DossierGround {
  readonly vault: Pick<VaultClient, 'screenAnswers'>;
  readonly objects: Objects;
  readonly framework: Framework;
  readonly books: ListBooks;
}

type Filing = Answer<'screenApplicant'>['filings'][number];

/** Screens the newest filing of each form that the gates of screening name, and records what came of it. */
export async function screenApplicant(ground: ApplicantGround, call: Call<'screenApplicant'>): Promise<Answer<'screenApplicant'> | Rejection> {
  const assessing = await dossierToAssess(ground, call);
  if ('code' in assessing) return assessing;
  const { session, card, dossier } = assessing;
  const { now } = call;
  const forms = new Set([...ground.framework.gates.values()].flatMap((dated) => { const gate = inForce(dated, now); return gate?.shown === 'screened' ? gate.forms ?? [] : []; }));
  const runs: { readonly filing: Filing; readonly found: NamedScreening | undefined }[] = [];
  for (const filing of newestOf(dossier, forms)) {
    const found = await screenFiling(ground, filing, card.ref.name);
    runs.push('code' in found ? { filing: { form: filing.form, about: filing.about, result: null, code: found.code, near: [] }, found: undefined } : { filing: { form: filing.form, about: filing.about, result: gravest(found), near: await nearOf(ground, found) }, found });
  }
  const lists = runs.find((run) => run.found !== undefined)?.found?.lists;
  const results = runs.flatMap(({ filing }) => (filing.result === null ? [] : [{ form: filing.form, about: filing.about, result: filing.result }]));
  if (lists === undefined || results.length === 0) return { entry: null, lists: [], filings: runs.map((run) => run.filing) };
  const evidence = await ground.objects.put(canonicalBytes({ is: 'applicant-screening', v: 1, at: now, firm: card.id, runs: runs.flatMap(({ filing, found }) => (found === undefined ? [] : [said({ form: filing.form, about: filing.about, ...found })])) }));
  const known = lists.filter(({ list }) => inForce(ground.framework.lists.get(list), now) !== undefined);
  const made = await withActor(ground.pool, SYSTEM, (tx) => ground.licensing.recordScreening(tx, now, { firm: card.id, lists: known, evidence: [evidence], results }, session.member));
  if ('code' in made) return made;
  ground.tell('dossier', { firm: card.ref.code });
  return { entry: made.index, lists: known, filings: runs.map((run) => run.filing) };
}

interface Sealed {
  readonly form: string;
  readonly about: string;
  readonly sealed: string | undefined;
}

function newestOf(dossier: Dossier, forms: ReadonlySet<string>): Sealed[] {
  return [...dossier.forms.values()].flatMap((filings) => {
    const body = filings.at(-1)?.body;
    return body === undefined || !forms.has(body.form) ? [] : [{ form: body.form, about: body.about, sealed: body.sealed }];
  });
}

/** The firm itself is named by what it files once. */
async function screenFiling(ground: ApplicantGround, { form, about, sealed }: Sealed, firm: { readonly en: string; readonly ur: string }): Promise<NamedScreening | Rejection> {
  const names = about === '' ? [...new Set([firm.en, firm.ur])].map((name) => ({ name, schema: 'Organization' as const })) : [];
  try {
    const jwe = sealed === undefined ? undefined : Buffer.from(await ground.licensing.object(sealed)).toString('utf8');
    return await ground.vault.screenAnswers({ form, about, open: names, ...(jwe === undefined ? {} : { jwe }) });
  } catch (error) {
    if (!(error instanceof VaultDown)) throw error;
    return reject('CAPACITY', 'vault');
  }
}

function gravest({ parties }: NamedScreening): 'clear' | 'review' | 'match' {
  return parties.some((one) => one.decision === 'match') ? 'match' : parties.some((one) => one.decision === 'review') ? 'review' : 'clear';
}

/** The listed names, which are public, put beside what was found. */
async function nearOf(ground: ApplicantGround, { parties }: NamedScreening): Promise<Filing['near']> {
  const versions = new Map((await newestNames(ground.pool)).map((one) => [one.list, one.sha256]));
  return Promise.all(parties.flatMap((party) => party.near).slice(0, 50).map(async ({ list, entry, name, ...weighed }) => {
    const sha256 = versions.get(list);
    const listed = sha256 === undefined ? undefined : await ground.books.entry(list, sha256, entry).catch(() => undefined);
    return { list, entry, name: listed?.names[name]?.text ?? entry, decision: weighed.decision, ground: weighed.ground, score: weighed.score, strength: weighed.strength };
  }));
}

const said = (value: object): Json => JSON.parse(JSON.stringify(value));
