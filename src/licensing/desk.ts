/**
 * The desk of licensing: every act on a firm's dossier from both sides, and how a dossier stands. One object for the
 * doors, made of the framework and the store of objects. Each act runs in the caller's transaction under the
 * house's actor, asks `access` who may, and gives its entry or a coded refusal that appended nothing. Reads run under
 * the reader's own actor, so that a firm's people see what is theirs.
 */

import type { Member } from '../access/index.ts';
import { frameworkOf, type Cap, type CompiledStep, type Framework, type WorkCalendar } from '../framework/index.ts';
import type { Db, Entry, Objects, Tx } from '../log/index.ts';
import type { Instant, Rejection } from '../terms/index.ts';
import { adoptPack, holdToPack, proposePack, readAdoption, type Adoption, type PackRefused, type WantedPack } from './adoption.ts';
import { announceHoliday, runOut, type WantedHoliday } from './calendar.ts';
import { capsOf, openCaps } from './conditions.ts';
import { clocksOf, type ClockStanding } from './clocks.ts';
import type { Dossier } from './dossier.ts';
import { readCalendar, readDossier, readDossiers } from './dossier-view.ts';
import { fileDocument, fileForm, type FiledForm, type WantedDocument, type WantedForm } from './file.ts';
import type { Firm } from './firm.ts';
import { decisionLetter, type LetterDraft } from './decision-letter.ts';
import { gatesOf, type GateStanding } from './gates.ts';
import { takeOwnStep, type WantedOwnStep } from './own-step.ts';
import { agree, closeProposal, proposeDecision, type Decided, type WantedDecision } from './propose.ts';
import { judgeGate, openQuestions, recordable, recordMoment, recordScreening, sendLetter, type Judgement, type WantedLetter, type WantedMoment, type WantedScreening } from './record.ts';
import { serviceTimes, type ServiceTime } from './service-times.ts';
import { openSteps, type Officers } from './step.ts';
import { applyToViews } from './views.ts';

/** A step that is open to a firm, with how its gates stand. */
export interface OpenStep {
  readonly step: CompiledStep;
  readonly gates: readonly GateStanding[];
}

/** How a dossier stands at an instant. */
export interface DossierStanding {
  readonly steps: readonly OpenStep[];
  readonly clocks: readonly ClockStanding[];
  readonly questions: Dossier['letters'];
}

/** An act's entry, or why nothing was appended. */
type Made<K extends Entry['kind']> = Promise<Entry<K> | Rejection>;

/** The desk: acts and reads on dossiers, of one framework. */
export class LicensingDesk {
  readonly framework: Framework;
  readonly #objects: Objects;

  constructor(framework: Framework, objects: Objects) {
    this.framework = framework;
    this.#objects = objects;
  }

  /** A firm files a form of the framework. */
  fileForm(tx: Tx, now: Instant, wanted: WantedForm, by: Member): Promise<FiledForm | Rejection> {
    return fileForm(tx, now, this.framework, this.#objects, wanted, by);
  }

  /** A firm files a document or its next version. */
  fileDocument(tx: Tx, now: Instant, wanted: WantedDocument, by: Member): Made<'document-filed'> {
    return fileDocument(tx, now, this.framework, this.#objects, wanted, by);
  }

  /** Records that something happened to a firm, or to the nation. */
  recordMoment(tx: Tx, now: Instant, wanted: WantedMoment, by: Member): Made<'moment-recorded'> {
    return recordMoment(tx, now, this.framework, wanted, by);
  }

  /** The moments that may be recorded, in the pack's order. */
  moments(): ReturnType<typeof recordable> {
    return recordable(this.framework);
  }

  /** Judges a gate by its criteria. */
  judgeGate(tx: Tx, now: Instant, wanted: Judgement, by: Member): Made<'gate-found'> {
    return judgeGate(tx, now, this.framework, wanted, by);
  }

  /** Records the screening of those whom forms name. */
  recordScreening(tx: Tx, now: Instant, wanted: WantedScreening, by: Member): Made<'applicant-screened'> {
    return recordScreening(tx, now, this.framework, wanted, by);
  }

  /** Sends a letter, a question or an answer. */
  sendLetter(tx: Tx, now: Instant, wanted: WantedLetter, by: Member): Made<'letter-sent'> {
    return sendLetter(tx, now, this.framework, this.#objects, wanted, by);
  }

  /** A firm takes a step of its own: it applies, it withdraws. */
  takeOwnStep(tx: Tx, now: Instant, wanted: WantedOwnStep, by: Member): Made<'stage-changed'> {
    return takeOwnStep(tx, now, this.framework, wanted, by);
  }

  /** The letter that tells a firm of a decision, as a draft. */
  letterOf(firm: Firm, dossier: Dossier, entry: number): LetterDraft | undefined {
    return decisionLetter(this.framework, firm, dossier, entry);
  }

  /** How long decisions took, in aggregates. */
  serviceTimes(calendar: WorkCalendar, dossiers: Iterable<Dossier>): ServiceTime[] {
    return serviceTimes(this.framework, calendar, dossiers);
  }

  /** Proposes a step or a rung; one that needs no second person is decided at once. */
  propose(tx: Tx, now: Instant, wanted: WantedDecision, by: Member): Promise<Decided | Rejection> {
    return proposeDecision(tx, now, this.framework, wanted, by);
  }

  /** Agrees to a proposal, as another person. */
  agree(tx: Tx, now: Instant, act: { readonly firm: string; readonly proposal: number; readonly seen: number }, by: Member): Promise<Decided | Rejection> {
    return agree(tx, now, this.framework, act, by);
  }

  /** Withdraws one's own proposal, or sends back another's. */
  close(tx: Tx, now: Instant, act: { readonly firm: string; readonly proposal: number; readonly note: string }, by: Member): Made<'decision-closed'> {
    return closeProposal(tx, now, act, by);
  }

  /** Announces a holiday; its entry lists the deadlines that it moves. */
  announceHoliday(tx: Tx, now: Instant, wanted: WantedHoliday, by: Member): Made<'holiday-announced'> {
    return announceHoliday(tx, now, this.framework, wanted, by);
  }

  /** Lets happen what clocks end in by themselves. */
  runOut(tx: Tx, now: Instant): Promise<Entry<'stage-changed'>[]> {
    return runOut(tx, now, this.framework);
  }

  /** What the ledger says of packs: the one in force, and what is proposed. */
  adoption(db: Db, now: Instant): Promise<Adoption> {
    return readAdoption(db, now);
  }

  /** Keeps the content of a pack that is weighed, by its hash. */
  async keepPack(content: string): Promise<string> {
    return this.#objects.put(Buffer.from(content, 'utf8'));
  }

  /** Was the content of a pack with this hash kept? */
  knowsPack(hash: string): Promise<boolean> {
    return this.#objects.has(hash);
  }

  /** The framework of a content that was kept; `undefined` when there is none of this hash. */
  async packOf(hash: string): Promise<Framework | undefined> {
    return (await this.knowsPack(hash)) ? frameworkOf(Buffer.from(await this.#objects.get(hash)).toString('utf8')) : undefined;
  }

  /** Holds the house to the pack that was adopted; says why it may not start under this one. */
  holdToPack(tx: Tx, now: Instant, by: Officers, successor?: Officers): Promise<PackRefused | undefined> {
    return holdToPack(tx, now, this.framework, by, successor);
  }

  /** Proposes a later revision of the pack by its hash. */
  proposePack(tx: Tx, now: Instant, wanted: WantedPack, by: Member): Made<'framework-proposed'> {
    return proposePack(tx, now, wanted, by);
  }

  /** Agrees to a proposed revision, as another person: it is adopted. */
  adoptPack(tx: Tx, now: Instant, proposal: number, by: Member): Made<'framework-adopted'> {
    return adoptPack(tx, now, proposal, by);
  }

  /** Takes what another room did about an obligation into the dossier, in the transaction of its entries. */
  enter(tx: Tx, entries: readonly Entry[]): Promise<void> {
    return applyToViews(tx, entries);
  }

  /** A firm's dossier, from what the actor may see. */
  read(db: Db, firm: string): Promise<Dossier> {
    return readDossier(db, firm);
  }

  /** The dossiers of firms, by firm. */
  readAll(db: Db, firms: readonly string[]): Promise<ReadonlyMap<string, Dossier>> {
    return readDossiers(db, firms);
  }

  /** The office calendar with the holidays announced so far. */
  calendar(db: Db): Promise<WorkCalendar> {
    return readCalendar(db, this.framework);
  }

  /** Bytes of a document, answers or letter by hash, for who was shown the hash in a dossier. */
  object(sha256: string): Promise<Uint8Array> {
    return this.#objects.get(sha256);
  }

  /** The caps that bind a firm at an instant. */
  caps(firm: Firm, dossier: Dossier, at: Instant): readonly Cap[] {
    return capsOf(this.framework, firm, dossier, at);
  }

  /** Limits on which a decision may set a cap for a firm in the stage. */
  openCaps(stage: string, at: Instant): ReturnType<typeof openCaps> {
    return openCaps(this.framework, stage, at);
  }

  /** How a dossier stands: the steps that are open with their gates, the clocks, the questions without an answer. */
  standing(calendar: WorkCalendar, firm: Firm, dossier: Dossier, now: Instant): DossierStanding {
    return {
      steps: openSteps(this.framework, firm, now).map((step) => ({ step, gates: gatesOf(this.framework, firm.held, dossier, step.gates, now) })),
      clocks: clocksOf(this.framework, calendar, dossier, now), questions: openQuestions(dossier),
    };
  }
}
