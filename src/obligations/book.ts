/**
 * The book of obligations: what each firm owes now, and what is done about it. Reminders and breaches are entries that
 * the house makes by itself, each once; a breach is only of what is law and late. A firm discharges what no form or
 * event ticks off, an officer waives with a reason. Every act is judged on the list as it stands under the ledger's lock.
 */

import { StaffDesk, decide, type Member } from '../access/index.ts';
import { parameterAt, type Framework } from '../framework/index.ts';
import { readFirms, type Firm, type LicensingDesk } from '../licensing/index.ts';
import { append, lockLedger, type Db, type Entry, type NewEntry, type Tx } from '../log/index.ts';
import { assert, reject, type Instant, type Rejection } from '../terms/index.ts';
import { dutiesOf, occurrencesOf, type Act, type Duties, type Occurrence } from './due.ts';
import { applyActs, readActs } from './views.ts';

/** Days before the last one on which a firm is reminded. The house's own choice: no instrument asks for a reminder. */
export const REMIND_DAYS = 7;
const ACTOR = 'obligations';

/** Which occurrence an act is about. */
export interface WantedAct {
  readonly firm: string;
  readonly obligation: string;
  readonly occurrence: string;
}

/** What was done about a waiver: its entry, and whether it waits for a second person. */
export interface Waived {
  readonly entry: Entry;
  readonly waits: boolean;
}

/** The book, over the dossiers of `licensing`. */
export class ObligationBook {
  readonly #desk: LicensingDesk;
  readonly #duties: Duties;

  constructor(desk: LicensingDesk) {
    this.#desk = desk;
    this.#duties = dutiesOf(desk.framework);
  }

  /** Occurrences by firm, of the firms that the actor may see. */
  async occurrences(db: Db, now: Instant): Promise<ReadonlyMap<string, readonly Occurrence[]>> {
    const firms = await readFirms(db);
    const [dossiers, acts, calendar] = [await this.#desk.readAll(db, firms.map((firm) => firm.firm)), await readActs(db), await this.#desk.calendar(db)];
    return new Map(firms.map((firm) => {
      const dossier = dossiers.get(firm.firm);
      assert(dossier !== undefined, 'each firm has a dossier');
      return [firm.firm, this.#owed(firm) ? occurrencesOf(this.#duties, calendar, firm, dossier, acts.get(firm.firm) ?? [], now) : []];
    }));
  }

  /** Nothing is said of a real firm but what was published, so nothing is found late of one. */
  #owed(firm: Firm): boolean {
    return firm.facts.length === 0;
  }

  /** Reminds and finds breaches, each once; gives the entries. */
  async notice(tx: Tx, now: Instant): Promise<Entry<'obligation-noticed'>[]> {
    if (this.#wanted(await this.occurrences(tx, now), await readActs(tx), await this.#today(tx, now)).length === 0) return [];
    await lockLedger(tx, now);
    const wanted = this.#wanted(await this.occurrences(tx, now), await readActs(tx), await this.#today(tx, now));
    const made = await append(tx, now, wanted);
    await applyActs(tx, made);
    return made;
  }

  /** A firm says that it did what it owes, and shows it. */
  async discharge(tx: Tx, now: Instant, wanted: WantedAct & { readonly note: string; readonly evidence: readonly string[] }, by: Member): Promise<Entry<'obligation-discharged'> | Rejection> {
    const may = decide(by, 'dossier.file', { firm: wanted.firm });
    if (!may.allowed) return may.rejection;
    const found = await this.#open(tx, now, wanted);
    if ('code' in found) return found;
    if (found.owed.obligation.doneBy === 'form' || found.owed.obligation.doneBy === 'event') return reject('OBLIGATION_UNKNOWN', found.owed.obligation.doneBy);
    if (wanted.note.trim() === '' || wanted.evidence.length === 0) return reject('DECISION_INVALID', 'evidence');
    const filed = new Set([...(await this.#desk.read(tx, wanted.firm)).documents.values()].flat().map((said) => said.body.sha256));
    if (wanted.evidence.some((hash) => !filed.has(hash))) return reject('DECISION_INVALID', 'evidence');
    return this.#entered(tx, await append(tx, now, [{ kind: 'obligation-discharged', actor: by.account, basis: found.owed.obligation.clause.en, body: { ...wanted, evidence: [...wanted.evidence] } }]));
  }

  /** An officer waives one occurrence; where the framework asks for two persons it waits for the second. */
  async waive(tx: Tx, now: Instant, wanted: WantedAct & { readonly reason: string }, by: Member): Promise<Waived | Rejection> {
    const may = decide(by, 'obligation.waive', { firm: wanted.firm });
    if (!may.allowed) return may.rejection;
    if (wanted.reason.trim() === '') return reject('DECISION_INVALID', 'reason');
    const found = await this.#open(tx, now, wanted);
    if ('code' in found) return found;
    if (found.waiver !== undefined) return reject('DECISION_STALE', 'a waiver waits');
    const said = { actor: by.account, basis: found.owed.obligation.clause.en };
    if (!needsTwo(this.#desk.framework, found, now)) return { waits: false, entry: await this.#entered(tx, await append(tx, now, [{ kind: 'obligation-waived', ...said, body: wanted }])) };
    return { waits: true, entry: await this.#entered(tx, await append(tx, now, [{ kind: 'waiver-proposed', ...said, body: wanted }])) };
  }

  /** Agrees to a proposed waiver, as another person than its proposer. */
  async agreeWaiver(tx: Tx, now: Instant, act: { readonly firm: string; readonly proposal: number }, by: Member): Promise<Waived | Rejection> {
    const waiting = await this.#waiting(tx, now, act);
    if ('code' in waiting) return waiting;
    const { occurrence, waiver } = waiting;
    const may = decide(by, 'obligation.second', { firm: act.firm, proposer: waiver.actor });
    if (!may.allowed) return may.rejection;
    if ((await StaffDesk.conflictsOf(tx, waiver.actor)).includes(act.firm)) return reject('CONFLICT_OF_INTEREST', 'proposer');
    const { obligation, clause } = occurrence.owed.obligation;
    return { waits: false, entry: await this.#entered(tx, await append(tx, now, [{
      kind: 'obligation-waived', actor: waiver.actor, second: by.account, basis: clause.en, body: { firm: act.firm, obligation, occurrence: occurrence.occurrence, reason: waiver.words, proposal: act.proposal },
    }])) };
  }

  /** Ends a proposed waiver without effect: its proposer withdraws it, another person sends it back with a note. */
  async closeWaiver(tx: Tx, now: Instant, act: { readonly firm: string; readonly proposal: number; readonly note: string }, by: Member): Promise<Waived | Rejection> {
    const waiting = await this.#waiting(tx, now, act);
    if ('code' in waiting) return waiting;
    const { occurrence, waiver } = waiting;
    const own = waiver.actor === by.account;
    const may = decide(by, own ? 'obligation.waive' : 'obligation.second', { firm: act.firm, proposer: waiver.actor });
    if (!may.allowed) return may.rejection;
    if (!own && act.note.trim() === '') return reject('DECISION_INVALID', 'note');
    const { obligation, clause } = occurrence.owed.obligation;
    return { waits: false, entry: await this.#entered(tx, await append(tx, now, [{
      kind: 'waiver-closed', actor: by.account, basis: clause.en, body: { firm: act.firm, obligation, occurrence: occurrence.occurrence, proposal: act.proposal, verdict: own ? 'withdrawn' : 'sent-back', note: act.note },
    }])) };
  }

  /** An occurrence that is still open, with its waiver that waits; one that was done meanwhile needs none. */
  async #waiting(tx: Tx, now: Instant, act: { readonly firm: string; readonly proposal: number }): Promise<{ readonly occurrence: Occurrence; readonly waiver: Act } | Rejection> {
    await lockLedger(tx, now);
    const occurrence = (await this.occurrences(tx, now)).get(act.firm)?.find((one) => one.waiver?.entry === act.proposal);
    if (occurrence?.waiver === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
    return occurrence.state === 'done' ? reject('OBLIGATION_UNKNOWN', 'occurrence') : { occurrence, waiver: occurrence.waiver };
  }

  /** Brings both views along: what was done about an obligation stands in the dossier too, where it answers a clock. */
  async #entered<K extends Entry['kind']>(tx: Tx, made: readonly Entry<K>[]): Promise<Entry<K>> {
    await applyActs(tx, made);
    await this.#desk.enter(tx, made);
    const [entry] = made;
    assert(entry !== undefined, 'an append gives its entries back');
    return entry;
  }

  async #open(tx: Tx, now: Instant, wanted: WantedAct): Promise<Occurrence | Rejection> {
    await lockLedger(tx, now);
    const found = (await this.occurrences(tx, now)).get(wanted.firm)?.find((one) => one.owed.obligation.obligation === wanted.obligation && one.occurrence === wanted.occurrence);
    return found === undefined || found.state === 'done' || found.state === 'waived' ? reject('OBLIGATION_UNKNOWN', 'occurrence') : found;
  }

  async #today(tx: Tx, now: Instant): Promise<number> {
    return (await this.#desk.calendar(tx)).dayOf(now);
  }

  #wanted(occurrences: ReadonlyMap<string, readonly Occurrence[]>, acts: Awaited<ReturnType<typeof readActs>>, today: number): NewEntry<'obligation-noticed'>[] {
    return [...occurrences].flatMap(([firm, list]) => {
      const said = new Set((acts.get(firm) ?? []).map((act) => `${act.obligation}/${act.occurrence}/${act.what}`));
      return list.flatMap((one): NewEntry<'obligation-noticed'>[] => {
        const notice = noticeOf(one, today);
        const { obligation, clause } = one.owed.obligation;
        if (notice === undefined || one.day === undefined || said.has(`${obligation}/${one.occurrence}/${notice}`)) return [];
        return [{ kind: 'obligation-noticed', actor: ACTOR, basis: clause.en, body: { firm, obligation, occurrence: one.occurrence, notice, day: one.day } }];
      });
    });
  }
}

/** Does a waiver take two persons? Where the framework has not said, it does. */
function needsTwo(framework: Framework, { owed }: Occurrence, now: Instant): boolean {
  const asked = parameterAt(framework, 'waiver.two-people', now)?.value;
  return asked === 'binding' ? owed.binds : asked !== 'none';
}

function noticeOf(one: Occurrence, today: number): 'reminder' | 'breach' | undefined {
  switch (one.state) {
    case 'overdue':
      return 'breach';
    case 'reminds':
      return 'reminder';
    case 'due':
      return one.day !== undefined && one.day - today <= REMIND_DAYS ? 'reminder' : undefined;
    default:
      return undefined;
  }
}

