/**
 * A firm's dossier: everything that was filed, found, asked, answered, proposed and decided about it, folded from the
 * ledger. Pure and in memory. Its version is the last entry on which a decision stands: whoever decides names the
 * version that they saw, and anything newer makes the decision stale. Letters and proposals are no such ground.
 *
 * A firm's own people see a part of the entries; the fold of a part is sound, it holds what the part holds.
 */

import type { EntryBody, Instant } from '../terms/index.ts';
import { instantOf } from '../terms/index.ts';

/** Kinds of entry that make a dossier. */
export const DOSSIER_KINDS = [
  'applicant-screened', 'conditions-set', 'decision-closed', 'decision-proposed', 'document-filed', 'enforcement-acted', 'form-filed', 'gate-found', 'holiday-announced', 'letter-sent', 'moment-recorded', 'obligation-discharged', 'obligation-waived', 'stage-changed',
] as const;
export type DossierKind = (typeof DOSSIER_KINDS)[number];

/** What a firm's own people see of its dossier: how the authority weighs and proposes is not theirs. */
export const SHARED_KINDS: ReadonlySet<DossierKind> = new Set(['conditions-set', 'document-filed', 'enforcement-acted', 'form-filed', 'holiday-announced', 'letter-sent', 'moment-recorded', 'obligation-discharged', 'obligation-waived', 'stage-changed']);
/** What a decision does not stand on. */
const NO_GROUND: ReadonlySet<DossierKind> = new Set(['decision-closed', 'decision-proposed', 'holiday-announced', 'letter-sent', 'obligation-discharged', 'obligation-waived']);

/** An entry as a dossier holds it. */
export interface Said<K extends DossierKind = DossierKind> {
  readonly kind: K;
  readonly entry: number;
  readonly at: Instant;
  readonly actor: string;
  readonly second: string | undefined;
  readonly basis: string;
  readonly body: EntryBody<K>;
}
type AnySaid = { [K in DossierKind]: Said<K> }[DossierKind];

/** A proposal that waits, or how it ended. */
export interface Proposal extends Said<'decision-proposed'> {
  readonly state: 'waits' | 'agreed' | 'sent-back' | 'withdrawn';
}

/** Something that happened, by its event: a moment, or a step of the firm. */
export interface Happening {
  readonly event: string;
  readonly at: Instant;
  readonly entry: number;
}

/** A firm's dossier. Lists are in the order of the ledger. */
export interface Dossier {
  readonly firm: string;
  /** Ledger index of the last entry that a decision stands on; -1 before the first. */
  readonly version: number;
  /** Filings of a form by `form/about`, all versions. */
  readonly forms: ReadonlyMap<string, readonly Said<'form-filed'>[]>;
  /** Versions of a document by its name. */
  readonly documents: ReadonlyMap<string, readonly Said<'document-filed'>[]>;
  readonly moments: readonly Said<'moment-recorded'>[];
  /** Moments and steps together, by event. */
  readonly happenings: ReadonlyMap<string, readonly Happening[]>;
  /** The last judgement of each gate. */
  readonly found: ReadonlyMap<string, Said<'gate-found'>>;
  readonly screened: Said<'applicant-screened'> | undefined;
  readonly proposals: readonly Proposal[];
  readonly enforcement: readonly Said<'enforcement-acted'>[];
  /** Caps that decisions set or lifted. */
  readonly conditions: readonly Said<'conditions-set'>[];
  readonly letters: readonly Said<'letter-sent'>[];
  /** Acts by which an obligation was discharged or waived. */
  readonly released: readonly Said<'obligation-discharged' | 'obligation-waived'>[];
  /** Holidays announced so far, as days. */
  readonly holidays: readonly number[];
  /** Every entry, newest last. */
  readonly history: readonly Said[];
}

/** Folds the entries of one firm and of the nation, in the order of the ledger. */
export function foldDossier(firm: string, entries: readonly Said[]): Dossier {
  const forms = new Map<string, Said<'form-filed'>[]>();
  const documents = new Map<string, Said<'document-filed'>[]>();
  const happenings = new Map<string, Happening[]>();
  const found = new Map<string, Said<'gate-found'>>();
  const proposals = new Map<number, Proposal>();
  const lists = { moments: [] as Said<'moment-recorded'>[], enforcement: [] as Said<'enforcement-acted'>[], conditions: [] as Said<'conditions-set'>[], letters: [] as Said<'letter-sent'>[], released: [] as Said<'obligation-discharged' | 'obligation-waived'>[], holidays: [] as number[] };
  let screened: Said<'applicant-screened'> | undefined;
  let version = -1;
  const end = (proposal: number | undefined, state: Proposal['state']): void => {
    const known = proposal === undefined ? undefined : proposals.get(proposal);
    if (known !== undefined) proposals.set(known.entry, { ...known, state });
  };
  for (const said of entries as readonly AnySaid[]) {
    if (!NO_GROUND.has(said.kind)) version = said.entry;
    switch (said.kind) {
      case 'form-filed': push(forms, formKey(said.body.form, said.body.about), said); break;
      case 'document-filed': push(documents, said.body.document, said); break;
      case 'gate-found': found.set(said.body.gate, said); break;
      case 'applicant-screened': screened = said; break;
      case 'letter-sent': lists.letters.push(said); break;
      case 'obligation-discharged':
      case 'obligation-waived': lists.released.push(said); break;
      case 'holiday-announced': lists.holidays.push(said.body.day); break;
      case 'decision-proposed': proposals.set(said.entry, { ...said, state: 'waits' }); break;
      case 'decision-closed': end(said.body.proposal, said.body.verdict); break;
      case 'moment-recorded':
        lists.moments.push(said);
        push(happenings, said.body.event, { event: said.body.event, at: instantOf(said.body.at), entry: said.entry });
        break;
      case 'enforcement-acted':
        lists.enforcement.push(said);
        end(said.body.proposal, 'agreed');
        break;
      case 'conditions-set':
        lists.conditions.push(said);
        end(said.body.proposal, 'agreed');
        break;
      case 'stage-changed':
        end(said.body.proposal, 'agreed');
        if (said.body.event !== undefined) push(happenings, said.body.event, { event: said.body.event, at: instantOf(said.body.effectiveFrom), entry: said.entry });
        break;
    }
  }
  return { firm, version, forms, documents, happenings, found, screened, proposals: [...proposals.values()], ...lists, history: entries };
}

/** Key of a form's filings about one thing. */
export function formKey(form: string, about: string): string {
  return `${form}/${about}`;
}

/** The newest filing of a form about each thing, of those after an entry. */
export function filingsOf(dossier: Dossier, form: string, after: number): Said<'form-filed'>[] {
  return [...dossier.forms.values()].flatMap((versions) => {
    const last = versions.at(-1);
    return last !== undefined && last.body.form === form && last.entry > after ? [last] : [];
  });
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
