/**
 * The letter that tells a firm what was decided, in English and Urdu, made of the pack and the decision: the step and its
 * clause, from when on it holds, the services and caps that it names, and the reasons where the pack tells them to
 * the firm. Where the pack keeps the reasons with the authority the letter has none. It is a draft: an officer reads and
 * sends it.
 */

import { inForce, type Framework } from '../framework/index.ts';
import { formatKarachiDay, instantOf, karachiDay, type EntryBody, type Instant } from '../terms/index.ts';
import type { Dossier, Said } from './dossier.ts';
import type { Firm } from './firm.ts';

/** A text in both languages. */
interface Worded {
  readonly en: string;
  readonly ur: string;
}
/** A letter as a draft. `reasonsTold`: to whom the pack tells the reasons. */
export interface LetterDraft {
  readonly subject: Worded;
  readonly text: Worded;
  readonly reasonsTold: 'authority' | 'firm' | 'public';
}

type Decision = EntryBody<'stage-changed'>;

/** The draft for the decision of an entry; `undefined` when the firm's dossier has no such decision. */
export function decisionLetter(framework: Framework, firm: Firm, dossier: Dossier, entry: number): LetterDraft | undefined {
  const body = dossier.history.filter(isStep).find((one) => one.entry === entry)?.body;
  if (body === undefined) return undefined;
  const step = framework.steps.find((one) => one.event === body.event && one.fromStage === body.from && one.toStage === body.to);
  const event = framework.events.get(body.event ?? '');
  const stage = framework.stages.get(body.to);
  if (step === undefined || event === undefined || stage === undefined) return undefined;
  const caps = dossier.conditions.filter((one) => one.body.proposal !== undefined && one.body.proposal === body.proposal).flatMap((one) => one.body.caps);
  const parts: Worded[] = [
    { en: `To ${firm.name}`, ur: `بنام ${firm.nameUr ?? firm.name}` },
    {
      en: `${framework.authority.en} has decided: ${event.title.en}. The decision rests on ${step.clause.en} and holds from ${dayOf(body.effectiveFrom)}.`,
      ur: `${framework.authority.ur} نے فیصلہ کیا: ${event.title.ur}۔ فیصلے کی بنیاد ${step.clause.ur} ہے اور یہ ${dayOf(body.effectiveFrom)} سے نافذ ہے۔`,
    },
    { en: `You are now: ${stage.title.en}. ${stage.means.en}`, ur: `اب آپ کا مرحلہ: ${stage.title.ur}۔ ${stage.means.ur}` },
    ...servicesOf(framework, body), ...caps.map((cap) => capWords(framework, cap, instantOf(body.effectiveFrom))),
    // Who is told the reasons is the pack's to say; where it says the authority alone, the letter is silent.
    ...(step.reasons === 'authority' ? [] : [{ en: `Reasons: ${body.reasons}`, ur: `وجوہات: ${body.reasons}` }]),
    { en: `Ledger entry ${entry}.`, ur: `کھاتے کا اندراج ${entry}۔` },
  ];
  const join = (language: 'en' | 'ur'): string => parts.map((part) => part[language]).join('\n\n');
  return { subject: { en: `${event.title.en}: ${firm.name}`, ur: `${event.title.ur}: ${firm.nameUr ?? firm.name}` }, text: { en: join('en'), ur: join('ur') }, reasonsTold: step.reasons };
}

function servicesOf(framework: Framework, body: Decision): Worded[] {
  const services = body.services ?? [];
  if (services.length === 0) return [];
  const titles = (language: 'en' | 'ur'): string => services.map((service) => framework.services.get(service)?.title[language] ?? service).join(language === 'en' ? ', ' : '، ');
  return [{ en: `Services: ${titles('en')}.`, ur: `خدمات: ${titles('ur')}۔` }];
}

function capWords(framework: Framework, cap: EntryBody<'conditions-set'>['caps'][number], at: Instant): Worded {
  const limit = inForce(framework.limits.get(cap.limit), at) ?? framework.limits.get(cap.limit)?.at(-1);
  const value = cap.value === null ? undefined : limit?.unit === 'money' ? `${framework.currency} ${(cap.value / 100).toLocaleString('en', { minimumFractionDigits: 2 })}` : cap.value.toLocaleString('en');
  const title = limit?.title ?? { en: cap.limit, ur: cap.limit };
  return { en: `Condition: ${title.en}: ${value ?? 'lifted'} (${limit?.clause.en ?? ''}).`, ur: `شرط: ${title.ur}: ${value ?? 'ختم'} (${limit?.clause.ur ?? ''})۔` };
}

const dayOf = (at: number): string => formatKarachiDay(karachiDay(instantOf(at)));

function isStep(said: Said): said is Said<'stage-changed'> {
  return said.kind === 'stage-changed';
}
