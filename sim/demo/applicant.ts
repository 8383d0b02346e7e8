/**
 * An invented firm before the authority, from both desks: it files what gates ask for, officers judge, screen and
 * record, and one proposes what another agrees to. Everything goes through the acts of `licensing`, so nothing
 * stands in a dossier that an act would refuse. All of it is synthetic and says so.
 */

import type { Member } from '../../src/access/index.ts';
import { readFirm, type Dossier, type LicensingDesk } from '../../src/licensing/index.ts';
import type { Tx } from '../../src/log/index.ts';
import { formatKarachiDay, karachiDay, type Instant, type Rejection, type Service } from '../../src/terms/index.ts';
import { answersTo, textPdf } from '../world/paper.ts';

/** A compact JWE in form, which opens to nothing: no invented person needs a name. */
const SEALED = 'c3ludGhldGlj.c3ludGhldGlj.c3ludGhldGlj.c3ludGhldGlj.c3ludGhldGlj';
const SYNTHETIC = 'Synthetic: part of the demo nation.';

/** Who sits at the desks of a firm and of the authority. */
export interface Desks {
  readonly firm: Member;
  readonly officer: Member;
  readonly second: Member;
}

export interface ApplicantGround {
  /** Runs an act in a transaction under the house's actor; several may share one. */
  readonly ask: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly desk: LicensingDesk;
  readonly now: Instant;
  readonly desks: Desks;
}

/** A step to take. */
export interface StepTaken {
  readonly event: string;
  readonly to: string;
  readonly effectiveFrom?: Instant;
  readonly services?: readonly Exclude<Service, 'none'>[];
  readonly reasons?: string;
}

/** One firm and what is done about it. */
export class Applicant {
  readonly #ground: ApplicantGround;
  readonly #firm: string;

  constructor(ground: ApplicantGround, firm: string) {
    this.#ground = ground;
    this.#firm = firm;
  }

  /** Meets the gates of the step, proposes it and lets the second officer agree. `at`: when what gates record happened. */
  async take(step: StepTaken, at: Instant): Promise<void> {
    const { framework } = this.#ground.desk;
    const firm = await this.#ask((tx) => readFirm(tx, { firm: this.#firm }));
    const from = firm?.held.at(-1)?.stage ?? '';
    const found = framework.steps.find((one) => one.fromStage === from && one.event === step.event && one.toStage === step.to);
    if (found === undefined) throw new Error(`${this.#firm}: the framework has no step from ${from} by ${step.event} to ${step.to}`);
    for (const gate of found.gates) await this.meet(gate, at);
    await this.decide({
      reasons: step.reasons ?? SYNTHETIC, evidence: [],
      step: { event: step.event, from, to: step.to, ...(step.services === undefined ? {} : { services: [...step.services] }), ...(step.effectiveFrom === undefined ? {} : { effectiveFrom: step.effectiveFrom }) },
    });
  }

  /** Proposes as one officer and agrees as the other; gives the entry of what was decided. */
  async decide(decision: Omit<Parameters<LicensingDesk['propose']>[2], 'firm' | 'seen'>): Promise<number> {
    const { desk, now, desks } = this.#ground;
    const seen = await this.#version();
    const proposed = must(this.#firm, await this.#ask((tx) => desk.propose(tx, now, { ...decision, firm: this.#firm, seen }, desks.officer)));
    if (proposed.state === 'decided') return proposed.entry;
    const agreed = must(this.#firm, await this.#ask((tx) => desk.agree(tx, now, { firm: this.#firm, proposal: proposed.proposal, seen }, desks.second)));
    return agreed.state === 'decided' ? agreed.entry : -1;
  }

  /** Proposes as one officer, and leaves it to wait for another. */
  async propose(decision: Omit<Parameters<LicensingDesk['propose']>[2], 'firm' | 'seen'>): Promise<void> {
    const { desk, now, desks } = this.#ground;
    const seen = await this.#version();
    must(this.#firm, await this.#ask((tx) => desk.propose(tx, now, { ...decision, firm: this.#firm, seen }, desks.officer)));
  }

  /** Asks the firm a question, which stops what the framework stops. */
  async question(subject: string, text: string): Promise<void> {
    const { desk, now, desks } = this.#ground;
    must(this.#firm, await this.#ask((tx) => desk.sendLetter(tx, now, { firm: this.#firm, role: 'question', subject, text, attachments: [] }, desks.officer)));
  }

  /** Does what a gate asks for, the gates before it first. */
  async meet(name: string, at: Instant): Promise<void> {
    const { desk, now, desks } = this.#ground;
    const gate = desk.framework.gates.get(name)?.at(-1);
    if (gate === undefined) throw new Error(`the framework has no gate ${name}`);
    for (const before of gate.gates ?? []) await this.meet(before, at);
    for (const document of gate.documents ?? []) await this.fileDocument(document);
    for (const form of gate.forms ?? []) await this.fileForm(form);
    switch (gate.shown) {
      case 'filed':
        return;
      case 'recorded':
        must(this.#firm, await this.#ask((tx) => desk.recordMoment(tx, now, { firm: this.#firm, event: gate.moment ?? '', at, note: SYNTHETIC, evidence: [] }, desks.officer)));
        return;
      case 'found':
        must(this.#firm, await this.#ask(async (tx) => desk.judgeGate(tx, now, {
          firm: this.#firm, gate: name, outcome: 'met', seen: (await desk.read(tx, this.#firm)).version, reasons: SYNTHETIC, evidence: [], criteria: (gate.criteria ?? []).map((criterion) => ({ criterion, note: SYNTHETIC, score: 4 })),
        }, desks.officer)));
        return;
      case 'screened':
        await this.#screen(gate.forms ?? []);
        return;
    }
  }

  /** Files a document with text, unless it is there; gives its hash. */
  async fileDocument(document: string): Promise<string> {
    const { desk, now, desks } = this.#ground;
    const there = (await this.#dossier()).documents.get(document)?.at(-1);
    if (there !== undefined) return there.body.sha256;
    const title = desk.framework.documents.get(document)?.at(-1)?.title.en ?? document;
    const board = document === 'annex-board' ? undefined : await this.fileDocument('annex-board');
    const filed = must(this.#firm, await this.#ask((tx) => desk.fileDocument(tx, now, {
      firm: this.#firm, document, title, label: '1.0', language: 'en', bytes: textPdf([SYNTHETIC, title]), ...(board === undefined ? {} : { board }),
    }, desks.firm)));
    return filed.body.sha256;
  }

  /** Files a form, unless it is there since the firm's last step: once, or for each key individual that the gates ask for. */
  async fileForm(form: string): Promise<void> {
    const { framework } = this.#ground.desk;
    const term = framework.forms.get(form)?.at(-1);
    if (term === undefined) throw new Error(`the framework has no form ${form}`);
    const hasRole = term.sections.some((section) => section.fields.some((field) => field.type === 'role'));
    const roles = [...framework.gates.values()].flat().filter((gate) => gate.forms?.includes(form) === true).flatMap((gate) => gate.roles ?? []);
    if (term.filedFor === 'person' && hasRole) for (const role of new Set(roles)) await this.#fileOne(form, role, role);
    else await this.#fileOne(form, term.filedFor === 'person' ? 'owner-1' : '', undefined);
  }

  async #fileOne(form: string, about: string, role: string | undefined): Promise<void> {
    const { desk, now, desks } = this.#ground;
    const entered = (await this.#ask((tx) => readFirm(tx, { firm: this.#firm })))?.held.at(-1)?.entry ?? -1;
    if (((await this.#dossier()).forms.get(`${form}/${about}`)?.at(-1)?.entry ?? -1) > entered) return;
    const term = desk.framework.forms.get(form)?.at(-1);
    if (term === undefined) return;
    const document = await this.fileDocument('annex-papers');
    const { answers, sealedFields } = answersTo(term, { document, day: formatKarachiDay(karachiDay(now) - 400), ...(role === undefined ? {} : { role }) });
    must(this.#firm, await this.#ask((tx) => desk.fileForm(tx, now, { firm: this.#firm, form, about, answers, sealed: SEALED, sealedFields }, desks.firm)));
  }

  async #screen(forms: readonly string[]): Promise<void> {
    const { desk, now, desks } = this.#ground;
    const dossier = await this.#dossier();
    const results = [...dossier.forms.values()].flatMap((versions) => versions.slice(-1)).filter((filing) => forms.includes(filing.body.form))
      .map((filing) => ({ form: filing.body.form, about: filing.body.about, result: 'clear' as const }));
    const lists = [...desk.framework.lists.keys()].slice(0, 2).map((list) => ({ list, version: 'synthetic' }));
    const evidence = [await this.fileDocument('annex-papers')];
    must(this.#firm, await this.#ask((tx) => desk.recordScreening(tx, now, { firm: this.#firm, lists, evidence, results }, desks.officer)));
  }

  async #version(): Promise<number> {
    return (await this.#dossier()).version;
  }

  #dossier(): Promise<Dossier> {
    return this.#ask((tx) => this.#ground.desk.read(tx, this.#firm));
  }

  #ask<T>(act: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#ground.ask(act);
  }
}

function must<T extends object>(firm: string, answer: T | Rejection): T {
  if ('code' in answer) throw new Error(`${firm} is refused: ${answer.code} ${answer.detail ?? ''}`);
  return answer;
}
