/**
 * Public warnings: the fold of what two people agreed on. A warning is issued, corrected as a whole, replied to by whom
 * it is about, ends by its day or is lifted; nothing of it is ever taken away. Proposals wait for their second person
 * and are seen by officers alone.
 *
 * A natural person stands in a warning by salted hashes of names. Whoever types the name is told that it is meant.
 */

import { createHash } from 'node:crypto';
import { isKind, type Entry } from '../log/index.ts';
import { assert, type EntryBody, type EntryKind, type Instant } from '../terms/index.ts';
import { canonicalDomain, isWithin } from './domain.ts';
import { foldName } from './sound.ts';

/** Kinds of entry of warnings. */
export const WARNING_KINDS = ['warning-proposed', 'warning-issued', 'warning-closed', 'warning-replied'] as const satisfies readonly EntryKind[];
type WarningKind = (typeof WARNING_KINDS)[number];

/** What a warning says. */
export type WarningContent = NonNullable<EntryBody<'warning-issued'>['content']>;

/** A public warning as it stands. */
export interface Warning {
  /** `W-1`, `W-2`, …: given once. */
  readonly id: string;
  readonly content: WarningContent;
  readonly issuedAt: Instant;
  /** When the content was last corrected. */
  readonly amendedAt: Instant | undefined;
  readonly liftedAt: Instant | undefined;
  readonly replies: readonly { readonly words: string; readonly at: Instant }[];
  /** Ledger index of the entry that issued it. */
  readonly entry: number;
}

/** A proposal that waits for its second person. */
export interface WarningProposal {
  readonly entry: number;
  readonly at: Instant;
  readonly actor: string;
  readonly body: EntryBody<'warning-proposed'>;
}

/** The warnings of the ledger, and what waits. */
export class WarningBook {
  readonly #warnings = new Map<string, Warning>();
  readonly #waiting = new Map<number, WarningProposal>();

  /** Takes an entry in; gives the warning that it changed. */
  apply(entry: Entry): Warning | undefined {
    if (!isWarningEntry(entry)) return undefined;
    if (isKind(entry, 'warning-proposed')) this.#waiting.set(entry.index, { entry: entry.index, at: entry.admittedAt, actor: entry.actor, body: entry.body });
    else if (isKind(entry, 'warning-closed')) this.#waiting.delete(entry.body.proposal);
    else if (isKind(entry, 'warning-issued')) return this.#issued(entry);
    else if (isKind(entry, 'warning-replied')) return this.#changed(entry.body.warning, (before) => ({ ...before, replies: [...before.replies, { words: entry.body.words, at: entry.admittedAt }] }));
    return undefined;
  }

  #issued(entry: Entry<'warning-issued'>): Warning {
    const { act, warning, content, proposal } = entry.body;
    this.#waiting.delete(proposal);
    if (act === 'lift') return this.#changed(warning, (before) => ({ ...before, liftedAt: entry.admittedAt }));
    assert(content !== undefined, `entry ${entry.index} says what the warning is`);
    if (act === 'amend') return this.#changed(warning, (before) => ({ ...before, content, amendedAt: entry.admittedAt }));
    assert(!this.#warnings.has(warning), `the number ${warning} is given once`);
    const made: Warning = { id: warning, content, issuedAt: entry.admittedAt, amendedAt: undefined, liftedAt: undefined, replies: [], entry: entry.index };
    this.#warnings.set(warning, made);
    return made;
  }

  #changed(id: string, to: (before: Warning) => Warning): Warning {
    const before = this.#warnings.get(id);
    assert(before !== undefined, `the warning ${id} was issued`);
    const after = to(before);
    this.#warnings.set(id, after);
    return after;
  }

  /** The number of the next warning. */
  get next(): string {
    return `W-${this.#warnings.size + 1}`;
  }

  /** Every warning, oldest first. */
  all(): readonly Warning[] {
    return [...this.#warnings.values()];
  }

  byId(id: string): Warning | undefined {
    return this.#warnings.get(id.toUpperCase());
  }

  /** Proposals that wait, oldest first. */
  waiting(): readonly WarningProposal[] {
    return [...this.#waiting.values()];
  }
}

/** Whether the entry is one of a warning. */
export function isWarningEntry(entry: Entry): entry is Entry<WarningKind> {
  return WARNING_KINDS.some((kind) => kind === entry.kind);
}

/** In force: issued, not lifted, and its day has not come. */
export function isInForce(warning: Warning, at: Instant): boolean {
  return warning.issuedAt <= at && (warning.liftedAt === undefined || warning.liftedAt > at) && (warning.content.expires === undefined || warning.content.expires > at);
}

/** Hash of a natural person's name under a salt, both hex: of its folded words in the order of the alphabet, so that their order says nothing. */
export function hashName(salt: string, name: string): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(foldName(name).split(' ').sort().join(' ')).digest('hex');
}

/** Why a warning answers a question. */
export type WarningMatch = 'name' | 'domain' | 'app' | 'wallet' | 'person';

/** Whether a question, pasted as it is, names what a warning is about: a name or alias, a domain or one below it, an app, a wallet, a person's name. */
export function matchOf(question: string, warning: Warning): WarningMatch | undefined {
  const asked = question.trim();
  const { content } = warning;
  const folded = foldName(asked);
  if (folded === '') return undefined;
  const domain = canonicalDomain(asked);
  if (domain !== undefined && content.domains.some((one) => isWithin(domain, one))) return 'domain';
  if (content.wallets.some((one) => one.address === asked || (one.family === 'evm' && one.address === asked.toLowerCase()))) return 'wallet';
  if (content.apps.some((one) => one.id === asked || (one.name !== undefined && foldName(one.name) === folded))) return 'app';
  if (content.hashes.some(({ salt, hash }) => hashName(salt, asked) === hash)) return 'person';
  const names = [...(content.name === undefined ? [] : [content.name]), ...content.aliases].map(foldName);
  return names.some((name) => name === folded || (folded.length >= 4 && ` ${name} `.includes(` ${folded} `))) ? 'name' : undefined;
}
