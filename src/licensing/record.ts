/**
 * What is recorded in a dossier beside filings and decisions: moments, judgements of gates, the screening of those whom
 * forms name, letters. Each says who, on what ground and with what evidence. A judgement names the version of the
 * dossier that was judged; one on an older version is refused. A question stops the clocks that the framework stops
 * meanwhile, its answer lets them go on.
 */

import { decide, type Member } from '../access/index.ts';
import { inForce, type Framework } from '../framework/index.ts';
import { append, lockLedger, type Entry, type NewEntry, type Objects, type Tx } from '../log/index.ts';
import { reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import { entered } from './acts.ts';
import type { Dossier } from './dossier.ts';
import { readDossier } from './dossier-view.ts';
import { hashesOf } from './file.ts';
import type { Firm } from './firm.ts';
import { readFirm } from './views.ts';

/** Events by which a question and its answer are known to the clocks. */
const QUESTION = 'query-sent';
const ANSWER = 'query-answered';
const LETTER_LENGTH_MAX = 50_000;
const HASH_FORM = /^[0-9a-f]{64}$/;

/** A judgement of a gate. `seen`: the version of the dossier that was judged. */
export type Judgement = EntryBody<'gate-found'>;
/** An event of the framework. */
type Recordable = Framework['events'] extends ReadonlyMap<string, infer E> ? E : never;
export type WantedMoment = EntryBody<'moment-recorded'>;
export type WantedScreening = EntryBody<'applicant-screened'>;

/** A letter to send. `text` and attachments are kept as objects; attachments are hashes of documents that the firm filed. */
export interface WantedLetter {
  readonly firm: string;
  readonly role: 'letter' | 'question' | 'answer' | 'decision';
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly string[];
  readonly answers?: number;
}

/** Records that something happened. Officers record what the authority or the world did, a firm what it did itself; for the nation (`firm` null) officers do. */
export async function recordMoment(tx: Tx, now: Instant, framework: Framework, wanted: WantedMoment, by: Member): Promise<Entry<'moment-recorded'> | Rejection> {
  const event = framework.events.get(wanted.event);
  const may = decide(by, by.organisation === 'firm' ? 'dossier.file' : 'dossier.assess', wanted.firm === null ? {} : { firm: wanted.firm });
  if (!may.allowed) return may.rejection;
  if (event === undefined || event.kind !== 'moment' || (by.organisation === 'firm' && (event.by !== 'firm' || wanted.firm === null))) return reject('EVENT_NOT_IN_STAGE', 'event');
  if (startsReport(framework, wanted.event)) return reject('EVENT_NOT_IN_STAGE', 'it is reported to the FIU alone');
  if (wanted.at > now) return reject('DECISION_INVALID', 'at');
  if (wanted.note.trim() === '' || wanted.evidence.some((hash) => !HASH_FORM.test(hash))) return reject('DECISION_INVALID', 'note');
  await lockLedger(tx, now);
  if (wanted.firm !== null && (await readFirm(tx, { firm: wanted.firm })) === undefined) return reject('FIRM_UNKNOWN', 'firm');
  return entered(tx, await append(tx, now, [{ kind: 'moment-recorded', actor: by.account, basis: event.clause.en, body: wanted }]));
}

/** A suspicion, or what else is reported to the FIU, stands in no dossier: it would tell whoever reads it. */
function startsReport(framework: Framework, event: string): boolean {
  const reported = [...framework.obligations.values()].flat().filter((one) => one.doneBy === 'report' && one.owedTo.includes('fiu'));
  return reported.some((one) => framework.clocks.get(one.clock)?.some((clock) => clock.start === event) === true);
}

/** The moments that a dossier may hold, in the pack's order: officers record any of them, a firm those that are its own. */
export function recordable(framework: Framework): Recordable[] {
  return [...framework.events.values()].filter((event) => event.kind === 'moment' && !startsReport(framework, event.event));
}

/** Judges a gate that an officer judges, criterion by criterion, on the dossier as it was seen. */
export async function judgeGate(tx: Tx, now: Instant, framework: Framework, wanted: Judgement, by: Member): Promise<Entry<'gate-found'> | Rejection> {
  const gate = inForce(framework.gates.get(wanted.gate), now);
  if (gate?.shown !== 'found') return reject('GATE_UNKNOWN', 'gate');
  const ground = await openForOfficer(tx, now, wanted.firm, by);
  if ('code' in ground) return ground;
  if (ground.dossier.version !== wanted.seen) return reject('DECISION_STALE', 'seen');
  const stage = ground.firm.held.at(-1)?.stage ?? '';
  if (gate.stages !== undefined && !gate.stages.includes(stage)) return reject('EVENT_NOT_IN_STAGE', gate.clause.en);
  if (wanted.reasons.trim() === '') return reject('DECISION_INVALID', 'reasons');
  const judged = wanted.criteria.filter((one) => one.note.trim() !== '').map((one) => one.criterion);
  const asked = gate.criteria ?? [];
  const missing = asked.find((one) => !judged.includes(one));
  if (missing !== undefined) return reject('DECISION_INVALID', `criteria.${missing}`);
  if (judged.length !== asked.length || new Set(judged).size !== judged.length) return reject('DECISION_INVALID', 'criteria');
  return entered(tx, await append(tx, now, [{ kind: 'gate-found', actor: by.account, basis: gate.clause.en, body: wanted }]));
}

/** Records that those whom forms name were searched for in lists. Every filing that is judged is named; a list that is not the framework's is refused. */
export async function recordScreening(tx: Tx, now: Instant, framework: Framework, wanted: WantedScreening, by: Member): Promise<Entry<'applicant-screened'> | Rejection> {
  const ground = await openForOfficer(tx, now, wanted.firm, by);
  if ('code' in ground) return ground;
  const stranger = wanted.lists.find((one) => inForce(framework.lists.get(one.list), now) === undefined);
  if (stranger !== undefined) return reject('LIST_UNKNOWN', stranger.list);
  if (wanted.results.some((one) => !ground.dossier.forms.has(`${one.form}/${one.about}`))) return reject('DECISION_INVALID', 'results');
  if (wanted.evidence.some((hash) => !HASH_FORM.test(hash))) return reject('DECISION_INVALID', 'evidence');
  const gate = [...framework.gates.values()].flat().find((one) => one.shown === 'screened');
  return entered(tx, await append(tx, now, [{ kind: 'applicant-screened', actor: by.account, basis: gate?.clause.en ?? '', body: wanted }]));
}

/** Sends a letter, from the side that its sender is on. */
export async function sendLetter(tx: Tx, now: Instant, framework: Framework, objects: Objects, wanted: WantedLetter, by: Member): Promise<Entry<'letter-sent'> | Rejection> {
  const from = by.organisation === 'firm' ? 'firm' : 'authority';
  const may = decide(by, from === 'firm' ? 'dossier.file' : 'dossier.assess', { firm: wanted.firm });
  if (!may.allowed) return may.rejection;
  if ((from === 'firm') !== (wanted.role === 'answer') && wanted.role !== 'letter') return reject('DECISION_INVALID', 'role');
  if (wanted.subject.trim() === '' || wanted.text.trim() === '' || wanted.text.length > LETTER_LENGTH_MAX) return reject('DECISION_INVALID', 'text');
  await lockLedger(tx, now);
  if ((await readFirm(tx, { firm: wanted.firm })) === undefined) return reject('FIRM_UNKNOWN', 'firm');
  const dossier = await readDossier(tx, wanted.firm);
  if (wanted.attachments.some((hash) => !hashesOf(dossier).has(hash))) return reject('DECISION_INVALID', 'attachments');
  if (wanted.role === 'answer' && !openQuestions(dossier).some((one) => one.entry === wanted.answers)) return reject('DECISION_INVALID', 'answers');
  const text = await objects.put(Buffer.from(wanted.text, 'utf8'));
  const event = wanted.role === 'question' ? QUESTION : wanted.role === 'answer' ? ANSWER : undefined;
  const clause = event === undefined ? undefined : framework.events.get(event)?.clause.en;
  const letter: NewEntry<'letter-sent'> = {
    kind: 'letter-sent', actor: by.account, basis: clause ?? 'correspondence',
    body: { firm: wanted.firm, from, role: wanted.role, subject: wanted.subject, text, attachments: [...wanted.attachments], ...(wanted.answers === undefined ? {} : { answers: wanted.answers }) },
  };
  const moment: NewEntry<'moment-recorded'>[] = event === undefined || clause === undefined ? []
    : [{ kind: 'moment-recorded', actor: by.account, basis: clause, body: { firm: wanted.firm, event, at: now, note: wanted.subject, evidence: [] } }];
  const sent = await entered(tx, await append(tx, now, [letter]));
  if (moment.length > 0) await entered(tx, await append(tx, now, moment));
  return sent;
}

/** Questions of the authority that no answer names. */
export function openQuestions(dossier: Dossier): Dossier['letters'] {
  const answered = new Set(dossier.letters.flatMap((one) => one.body.answers ?? []));
  return dossier.letters.filter((one) => one.body.role === 'question' && !answered.has(one.entry));
}

async function openForOfficer(tx: Tx, now: Instant, id: string, by: Member): Promise<{ firm: Firm; dossier: Dossier } | Rejection> {
  const may = decide(by, 'dossier.assess', { firm: id });
  if (!may.allowed) return may.rejection;
  await lockLedger(tx, now);
  const firm = await readFirm(tx, { firm: id });
  return firm === undefined ? reject('FIRM_UNKNOWN', 'firm') : { firm, dossier: await readDossier(tx, id) };
}
