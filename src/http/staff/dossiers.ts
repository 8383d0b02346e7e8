/**
 * Dossiers for the console's two desks: `licensing` and `obligations` hold and judge, this puts their answers into the
 * contract's shapes. Rows are read under the reader's own actor, so a firm's people see the shared part of their own
 * dossier and no other; acts are written by the house after the room has asked `access` who may.
 */

import type { Session } from '../../access/index.ts';
import type { Answer, LiveEvents } from '../../contract/console.ts';
import { inForce, type Framework } from '../../framework/index.ts';
import { readFirm, readFirms, standingOf, type Dossier, type Firm, type LicensingDesk } from '../../licensing/index.ts';
import { withActor, type Tx } from '../../log/index.ts';
import { dueList, type ObligationBook } from '../../obligations/index.ts';
import { formatKarachiDay, instantOf, reject, type Instant, type Rejection } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { entryTitle } from '../words/entry.ts';
import type { AlertGround } from './alerts.ts';
import type { Directory, FirmCard } from './directory.ts';
import { sourceShape, type Opened } from './dossier-parts.ts';
import { standInNames } from './conflicts.ts';
import { capsOpen, capsShape, headroom } from './headroom.ts';
import { measureShapes, weighedShape } from './dossier-weighed.ts';
import { dueShape, obligationRoutes } from './obligations.ts';
import { skipOf } from './page.ts';

/** What the dossiers' routes need from the house. */
export interface DossierGround extends Pick<AlertGround, 'pool' | 'desk'> {
  readonly directory: Directory;
  readonly licensing: LicensingDesk;
  readonly obligations: ObligationBook;
  /** Tells the authority's consoles that a dossier has changed. */
  readonly tell: (name: 'dossier', change: LiveEvents['dossier']) => void;
  /** The vault's public key; `undefined` while the vault cannot be asked. */
  readonly sealingKey: () => Promise<Answer<'sealingKey'> | undefined>;
}

type Reading = 'dossiers' | 'dossier' | 'dossierObject' | 'forms' | 'sealingKey' | 'headroom' | 'obligations' | 'decisionLetter' | 'serviceTimes';
type Whole = Answer<'dossier'>;
const PAGE = 100;
const LIST_MAX = 1_000;

/** What answers the dossiers' routes that read. */
export function dossierRoutes(ground: DossierGround): Pick<StaffRoutes, Reading> {
  const { licensing } = ground;
  const { framework } = licensing;
  return {
    ...obligationRoutes(ground),
    dossiers: async ({ session, query, now }) => (session === undefined ? reject('SESSION_REQUIRED') : withActor(ground.pool, session.actor, (tx) => queue(tx, ground, query, now))),
    forms: async ({ now }) => formsInForce(framework, now),
    sealingKey: async () => (await ground.sealingKey()) ?? reject('CAPACITY'),
    dossier: async ({ session, params, now }) => (session === undefined ? reject('SESSION_REQUIRED') : readWhole(ground, session, params.code, now)),
    dossierObject: async ({ session, params }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const opened = await withActor(ground.pool, session.actor, (tx) => open(tx, ground, params.code));
      if ('code' in opened || !hashesIn(opened.dossier).has(params.sha256)) return reject('NOT_FOUND');
      return { sha256: params.sha256, base64: Buffer.from(await licensing.object(params.sha256)).toString('base64') };
    },
    decisionLetter: async ({ session, params }) => (session === undefined ? reject('SESSION_REQUIRED') : withActor(ground.pool, session.actor, async (tx) => {
      const opened = await open(tx, ground, params.code);
      return 'code' in opened ? opened : licensing.letterOf(opened.firm, opened.dossier, params.entry) ?? reject('NOT_FOUND');
    })),
    serviceTimes: async ({ session, now }) => (session === undefined ? reject('SESSION_REQUIRED') : withActor(ground.pool, session.actor, async (tx) => {
      const dossiers = await licensing.readAll(tx, (await readFirms(tx)).map((firm) => firm.firm));
      const items = licensing.serviceTimes(await licensing.calendar(tx), dossiers.values());
      return { asOf: now, items: items.slice(0, LIST_MAX / 2).map((one) => ({ ...one, title: eventTitle(framework, one.event), clockTitle: framework.clocks.get(one.clock)?.at(-1)?.title ?? { en: one.clock, ur: one.clock } })) };
    })),
    headroom: async ({ session, params, now }) => (session === undefined ? reject('SESSION_REQUIRED') : withActor(ground.pool, session.actor, async (tx) => {
      const opened = await open(tx, ground, params.code);
      return 'code' in opened ? opened : headroom(tx, licensing, opened, now);
    })),
  };
}

/** Opens a firm's dossier under the transaction's actor. */
export async function open(tx: Tx, ground: DossierGround, code: string): Promise<Opened | Rejection> {
  const card = ground.directory.byCode(code);
  const firm = card === undefined ? undefined : await readFirm(tx, { firm: card.id });
  return card === undefined || firm === undefined ? reject('NOT_FOUND') : { card, firm, dossier: await ground.licensing.read(tx, firm.firm) };
}

async function queue(tx: Tx, ground: DossierGround, query: { readonly stage?: string | undefined; readonly waiting?: 'true' | undefined; readonly cursor?: string | undefined; readonly limit?: number | undefined }, now: Instant): Promise<Answer<'dossiers'>> {
  const firms = await readFirms(tx);
  const [dossiers, calendar, owed] = [await ground.licensing.readAll(tx, firms.map((firm) => firm.firm)), await ground.licensing.calendar(tx), await ground.obligations.occurrences(tx, now)];
  const rows = firms.flatMap((firm) => {
    const card = ground.directory.byId(firm.firm);
    const dossier = dossiers.get(firm.firm);
    if (card === undefined || dossier === undefined || (query.stage !== undefined && card.stage.id !== query.stage)) return [];
    const { steps, clocks, questions } = ground.licensing.standing(calendar, firm, dossier, now);
    const forward = steps.find(({ step }) => step.way === 'forward');
    const [deadline] = clocks.flatMap(({ clock, state, deadline: due }) => (state === 'runs' && due?.kind === 'due' ? [{ title: clock.title, day: formatKarachiDay(due.day) }] : [])).toSorted((a, b) => (a.day < b.day ? -1 : 1));
    const waiting = dossier.proposals.filter((one) => one.state === 'waits').length;
    if (query.waiting === 'true' && waiting === 0) return [];
    return [{
      firm: card.ref, stage: card.stage, version: dossier.version, waiting, questions: questions.length, breaches: owed.get(firm.firm)?.filter((one) => one.state === 'breach').length ?? 0, deadline: deadline ?? null,
      forward: forward === undefined ? null : { title: eventTitle(ground.licensing.framework, forward.step.event), met: forward.gates.filter((gate) => gate.state === 'met').length, gates: forward.gates.length },
    }];
  });
  const skip = skipOf(query.cursor);
  const limit = query.limit ?? PAGE;
  return { asOf: now, items: rows.slice(skip, skip + limit), total: rows.length, next: skip + limit < rows.length ? String(skip + limit) : null };
}

async function readWhole(ground: DossierGround, session: Session, code: string, now: Instant): Promise<Whole | Rejection> {
  const { licensing } = ground;
  const { framework } = licensing;
  return withActor(ground.pool, session.actor, async (tx) => {
    const opened = await open(tx, ground, code);
    if ('code' in opened) return opened;
    const { card, firm, dossier } = opened;
    const { steps, clocks, questions } = licensing.standing(await licensing.calendar(tx), firm, dossier, now);
    const due = dueList((await ground.obligations.occurrences(tx, now)).get(firm.firm) ?? []);
    // How far gates stand by the authority's judgement is the authority's: a firm sees its clocks, not its chances.
    const isFirm = session.member.organisation === 'firm';
    return {
      // As the transaction reads it: the directory follows a moment later, and a decision would name the stage before.
      asOf: now, firm: card.ref, stage: stageNow(framework, firm, card, now), version: dossier.version, way: [...card.steps],
      steps: steps.map((one) => stepShape(one, ground, isFirm, now)), clocks: clocks.map(clockShape), due: due.slice(0, 500).map((one) => dueShape(one, card, session)),
      ...filed(dossier, framework), letters: letterShapes(dossier, new Set(questions.map((one) => one.entry))),
      caps: capsShape(licensing, opened, now), capsOpen: isFirm ? [] : capsOpen(licensing, card.stage.id, now),
      proposals: dossier.proposals.slice(-200).map((one) => proposalShape(one, ground, session)),
      ladder: isFirm ? [] : [...framework.ladder.values()].flatMap((dated) => inForce(dated, now) ?? []).map((one) => ({
        rung: one.rung, title: one.title, means: one.means, event: one.event ?? null, capMinor: one.capMinor ?? null, hearing: one.hearing, second: one.second, clocks: [one.notice, one.objection, one.answer, one.appeal, one.expires].filter((clock) => clock !== undefined), provenance: sourceShape(one),
      })),
      measures: measureShapes(dossier, framework), weighed: isFirm ? null : weighedShape(licensing, dossier, session, { firm: firm.firm, ...await standInNames(ground.desk, session, firm.firm, now) }, now),
      history: dossier.history.slice(-LIST_MAX).toReversed().map((said) => ({ entry: said.entry, at: said.at, title: entryTitle(said.kind), about: aboutOf(said.body), actor: said.actor, second: said.second ?? null, basis: said.basis })),
    };
  });
}

function filed(dossier: Dossier, framework: Framework): Pick<Whole, 'forms' | 'documents'> {
  return {
    forms: [...dossier.forms.values()].flat().slice(-LIST_MAX).map(({ body, at }) => {
      const form = framework.forms.get(body.form)?.at(-1);
      return { form: body.form, code: form?.code ?? body.form, title: form?.title ?? { en: body.form, ur: body.form }, about: body.about, n: body.n, at, faults: body.faults, answers: body.answers, sealed: body.sealed !== undefined, filedFor: form?.filedFor ?? '', roles: body.roles.map((role) => ({ role, title: titleOf(framework, 'role', role) })) };
    }),
    documents: [...dossier.documents.values()].flat().slice(-LIST_MAX).map(({ body, at }) => ({
      document: body.document, title: body.title, label: body.label, n: body.n, at, sha256: body.sha256, pages: body.pages, searchable: body.searchable, board: body.board !== undefined,
    })),
  };
}

function letterShapes(dossier: Dossier, unanswered: ReadonlySet<number>): Whole['letters'] {
  return dossier.letters.slice(-LIST_MAX).map(({ entry, at, body }) => ({ entry, at, from: body.from, role: body.role, subject: body.subject, text: body.text, answers: body.answers ?? null, open: unanswered.has(entry), attachments: body.attachments }));
}

/** Hashes that a dossier shows to its reader. A sealed answer is nobody's to fetch. */
function hashesIn(dossier: Dossier): ReadonlySet<string> {
  return new Set([
    ...[...dossier.forms.values()].flat().map((said) => said.body.answers), ...[...dossier.documents.values()].flat().map((said) => said.body.sha256), ...dossier.letters.map((said) => said.body.text),
  ]);
}

function stepShape({ step, gates }: ReturnType<LicensingDesk['standing']>['steps'][number], ground: DossierGround, isFirm: boolean, now: Instant): Whole['steps'][number] {
  const { framework } = ground.licensing;
  return {
    event: step.event, title: eventTitle(framework, step.event), from: step.fromStage, to: stageShape(framework, step.toStage), second: step.second, way: step.way, provenance: sourceShape(step), caps: isFirm ? [] : capsOpen(ground.licensing, step.toStage, now),
    own: framework.events.get(step.event)?.by === 'firm' && !step.second, namesServices: framework.stages.get(step.toStage)?.permissions.at(-1)?.scope === 'granted',
    gates: gates.flatMap((gate) => {
      const term = framework.gates.get(gate.gate)?.at(-1);
      if (term === undefined || (isFirm && (term.shown === 'found' || term.shown === 'screened'))) return [];
      return [{
        gate: gate.gate, title: term.title, state: gate.state, shown: term.shown, about: [...term.forms ?? []], entry: gate.entry ?? null, provenance: sourceShape(term),
        criteria: (term.criteria ?? []).map((criterion) => ({ criterion, title: framework.criteria.get(criterion)?.at(-1)?.title ?? { en: criterion, ur: criterion } })),
        lacks: gate.lacks.slice(0, 200).map((lack) => ({ ...lack, title: titleOf(framework, lack.what, lack.name) })),
      }];
    }),
  };
}

function clockShape({ clock, startedAt, state, deadline, answer }: ReturnType<LicensingDesk['standing']>['clocks'][number]): Whole['clocks'][number] {
  return {
    clock: clock.clock, title: clock.title, startedAt, state, ends: clock.ends, day: deadline?.kind === 'due' ? formatKarachiDay(deadline.day) : null, provisional: deadline?.kind === 'due' && deadline.provisional,
    word: deadline?.kind === 'word' ? deadline.word : null, provenance: sourceShape(clock), answer: answer === undefined ? null : { at: answer.at, entry: answer.entry },
  };
}

function proposalShape({ entry, at, actor, basis, state, body }: Dossier['proposals'][number], ground: DossierGround, session: Session): Whole['proposals'][number] {
  const { framework } = ground.licensing;
  const mine = actor === session.member.account;
  const { step, rung, caps = [] } = body;
  return {
    entry, at, by: actor, state, seen: body.seen, reasons: body.reasons, basis, evidence: body.evidence, mine, maySecond: state === 'waits' && !mine,
    step: step === undefined ? null : { event: step.event, title: eventTitle(framework, step.event), to: stageShape(framework, step.to), services: step.services ?? null, effectiveFrom: step.effectiveFrom === undefined ? null : instantOf(step.effectiveFrom) },
    rung: rung === undefined ? null : { rung: rung.rung, title: framework.ladder.get(rung.rung)?.at(-1)?.title ?? { en: rung.rung, ur: rung.rung }, target: rung.target, terms: rung.terms, fineMinor: rung.fineMinor ?? null, plan: rung.plan ?? null },
    caps: caps.map(({ limit, value }) => ({ limit, value, title: framework.limits.get(limit)?.at(-1)?.title ?? { en: limit, ur: limit }, unit: framework.limits.get(limit)?.at(-1)?.unit ?? '' })),
  };
}

/** Events by which an answer and a filing are known: they are recorded with what they are about, never by hand. */
const BY_ACT: ReadonlySet<string> = new Set(['query-answered']);

/** What a firm files: forms, documents, and the moments that it may record itself. A moment of which only the FIU may hear is none of them. */
function formsInForce(framework: Framework, now: Instant): Answer<'forms'> {
  const forms = [...framework.forms.values()].flatMap((dated) => inForce(dated, now) ?? []).filter((form) => form.filedTo === 'authority');
  const suspicious = new Set([...framework.obligations.values()].flat().filter((one) => one.doneBy === 'report' && one.owedTo.includes('fiu')).flatMap((one) => framework.clocks.get(one.clock)?.map((clock) => clock.start) ?? []));
  return {
    forms: forms.map((form) => formShape(form, framework, now)),
    documents: [...framework.documents.values()].flatMap((dated) => inForce(dated, now) ?? []).map((one) => ({ document: one.document, title: one.title, boardApproved: one.boardApproved, provenance: sourceShape(one) })),
    moments: [...framework.events.values()].filter((one) => one.kind === 'moment' && one.by === 'firm' && !BY_ACT.has(one.event) && !suspicious.has(one.event)).map((one) => ({ event: one.event, title: one.title, provenance: sourceShape(one) })),
  };
}

type Form = Framework['forms'] extends ReadonlyMap<string, readonly (infer F)[]> ? F : never;
type Choices = Answer<'forms'>['forms'][number]['sections'][number]['fields'][number]['choices'];

/** What may be chosen in a field: its own choices, the framework's roles, or its services. */
function choicesOf(field: Form['sections'][number]['fields'][number], framework: Framework, now: Instant): Choices {
  if (field.type === 'role') return [...framework.roles.values()].flatMap((dated) => inForce(dated, now) ?? []).map((one) => ({ choice: one.role, label: one.title }));
  if (field.type === 'services') return [...framework.services].map(([service, { title }]) => ({ choice: service, label: title }));
  return field.choices ?? null;
}

function formShape(form: Form, framework: Framework, now: Instant): Answer<'forms'>['forms'][number] {
  return {
    form: form.form, code: form.code, title: form.title, means: form.means, filedFor: form.filedFor, stages: [...form.stages], note: form.sectionsNote, provenance: sourceShape(form),
    sections: form.sections.map((section) => ({
      section: section.section, number: section.number, title: section.title, repeats: section.repeats,
      fields: section.fields.map((one) => ({ field: one.field, label: one.label, type: one.type, required: one.required, identity: one.identity, choices: choicesOf(one, framework, now) })),
    })),
  };
}

function stageNow(framework: Framework, firm: Firm, card: FirmCard, now: Instant): Whole['stage'] {
  const { stage } = standingOf(framework, firm, now);
  return stage === undefined ? card.stage : stageShape(framework, stage.stage);
}

function stageShape(framework: Framework, id: string): Whole['stage'] {
  const stage = framework.stages.get(id);
  return { id, title: stage?.title ?? { en: id, ur: id }, isLicence: stage?.isLicence === true, isStopped: stage?.standing === 'suspended' || stage?.standing === 'revoked' };
}

function eventTitle(framework: Framework, event: string): { readonly en: string; readonly ur: string } {
  return framework.events.get(event)?.title ?? { en: event, ur: event };
}

function titleOf(framework: Framework, what: string, name: string): { en: string; ur: string } {
  const [first = name, about] = name.split('/');
  const found = {
    form: framework.forms.get(first)?.at(-1)?.title, screening: framework.forms.get(first)?.at(-1)?.title ?? framework.gates.get(first)?.at(-1)?.title, document: framework.documents.get(name)?.at(-1)?.title,
    role: framework.roles.get(name)?.at(-1)?.title, moment: framework.events.get(name)?.title, finding: framework.gates.get(name)?.at(-1)?.title, gate: framework.gates.get(name)?.at(-1)?.title,
  }[what] ?? { en: name, ur: name };
  return about === undefined ? found : { en: `${found.en}: ${about}`, ur: `${found.ur}: ${about}` };
}

/** What an entry is about, in one line: a stage, a form, a gate, a moment. */
function aboutOf(body: Dossier['history'][number]['body']): string {
  const named = ['to', 'gate', 'form', 'document', 'event', 'rung', 'subject', 'verdict'].flatMap((key) => (key in body ? [String(Object.entries(body).find(([name]) => name === key)?.[1])] : []));
  return named.join(', ').slice(0, 300);
}
