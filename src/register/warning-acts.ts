/**
 * Acts on warnings by officers, under four eyes: one proposes, another agrees or sends back. What is proposed is made
 * canonical before it is written (domains in ASCII, wallets by family), and the name of a natural person is hashed
 * here, under fresh salts, so that no entry holds it. The second person is another than the first.
 */

import { decide, type Member } from '../access/index.ts';
import { inForce, type Framework } from '../framework/index.ts';
import { append, lockLedger, type Entry, type Tx } from '../log/index.ts';
import { canonicalAddress, reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import { canonicalDomain } from './domain.ts';
import { foldName } from './sound.ts';
import { hashName, isInForce, type WarningBook, type WarningContent, type WarningProposal } from './warning.ts';

/** What an officer writes: as the content, but a natural person's names stand in `name` and `aliases` and are hashed. */
export type WantedContent = Omit<WarningContent, 'hashes'>;

/** A proposal as an officer makes it. */
export interface WantedWarning {
  readonly act: 'issue' | 'amend' | 'lift';
  readonly warning: string | undefined;
  readonly content: WantedContent | undefined;
  readonly reasons: string;
}

/** What acts stand on: the book as the ledger has it within this transaction. */
export interface WarningGround {
  readonly framework: Framework;
  readonly warnings: WarningBook;
  readonly isFirm: (firm: string) => boolean;
  /** Bytes by chance. */
  readonly random: (count: number) => Uint8Array;
  /** Brings the book along; the ledger is locked. */
  readonly follow: (tx: Tx) => Promise<void>;
}

/** Proposals that wait at most: what nobody seconds is closed before more is proposed. */
const WAITING_MAX = 200;
const BASIS = 'public warning';

/** Proposes; gives the entry. */
export async function proposeWarning(tx: Tx, now: Instant, ground: WarningGround, wanted: WantedWarning, by: Member): Promise<Entry<'warning-proposed'> | Rejection> {
  const may = decide(by, 'warning.decide', wanted.content?.imitates === undefined ? {} : { firm: wanted.content.imitates });
  if (!may.allowed) return may.rejection;
  if (wanted.reasons.trim() === '') return reject('DECISION_INVALID', 'reasons');
  const { admittedAt } = await lockLedger(tx, now);
  await ground.follow(tx);
  const content = wanted.content === undefined ? undefined : canonicalContent(ground, wanted.content, now);
  if (content !== undefined && 'code' in content) return content;
  const refused = judge(ground.warnings, wanted, content, admittedAt);
  if (refused !== undefined) return refused;
  return one(await append(tx, now, [{
    kind: 'warning-proposed', actor: by.account, basis: basisOf(ground, content, wanted.warning, now), body: { act: wanted.act, ...(wanted.warning === undefined ? {} : { warning: wanted.warning }), ...(content === undefined ? {} : { content }), reasons: wanted.reasons },
  }]));
}

function judge(warnings: WarningBook, wanted: WantedWarning, content: WarningContent | undefined, now: Instant): Rejection | undefined {
  if ((wanted.act === 'lift') !== (content === undefined)) return reject('DECISION_INVALID', 'content');
  if ((wanted.act === 'issue') !== (wanted.warning === undefined)) return reject('DECISION_INVALID', 'warning');
  if (warnings.waiting().length >= WAITING_MAX) return reject('CAPACITY', 'proposals wait');
  if (wanted.warning === undefined) return undefined;
  const known = warnings.byId(wanted.warning);
  if (known === undefined) return reject('NOT_FOUND', 'warning');
  if (wanted.act === 'lift' && !isInForce(known, now)) return reject('DECISION_STALE', 'warning');
  return warnings.waiting().some((waits) => waits.body.warning === wanted.warning) ? reject('DECISION_STALE', 'a proposal waits') : undefined;
}

/** Agrees to a proposal, as another person: it takes effect. */
export async function agreeWarning(tx: Tx, now: Instant, ground: WarningGround, proposal: number, by: Member): Promise<Entry<'warning-issued'> | Rejection> {
  const waits = await waitingOf(tx, now, ground, proposal);
  if ('code' in waits) return waits;
  const may = decide(by, 'warning.second', { proposer: waits.actor, ...(waits.body.content?.imitates === undefined ? {} : { firm: waits.body.content.imitates }) });
  if (!may.allowed) return may.rejection;
  const { act, warning, content } = waits.body;
  if (content?.expires !== undefined && content.expires <= now) return reject('DECISION_STALE', 'expires');
  const body: EntryBody<'warning-issued'> = { act, warning: warning ?? ground.warnings.next, ...(content === undefined ? {} : { content }), proposal };
  return one(await append(tx, now, [{ kind: 'warning-issued', actor: waits.actor, second: by.account, basis: basisOf(ground, content, warning, now), body }]));
}

/** Ends a proposal without effect: its proposer withdraws it, another sends it back with a note. */
export async function closeWarning(tx: Tx, now: Instant, ground: WarningGround, act: { readonly proposal: number; readonly note: string }, by: Member): Promise<Entry<'warning-closed'> | Rejection> {
  const may = decide(by, 'warning.decide');
  if (!may.allowed) return may.rejection;
  const waits = await waitingOf(tx, now, ground, act.proposal);
  if ('code' in waits) return waits;
  const own = waits.actor === by.account;
  if (!own && act.note.trim() === '') return reject('DECISION_INVALID', 'note');
  return one(await append(tx, now, [{ kind: 'warning-closed', actor: by.account, basis: BASIS, body: { proposal: act.proposal, verdict: own ? 'withdrawn' : 'sent-back', note: act.note } }]));
}

/** Publishes what the warned party replies. */
export async function replyToWarning(tx: Tx, now: Instant, ground: WarningGround, reply: EntryBody<'warning-replied'>, by: Member): Promise<Entry<'warning-replied'> | Rejection> {
  const may = decide(by, 'warning.decide');
  if (!may.allowed) return may.rejection;
  if (reply.words.trim() === '') return reject('DECISION_INVALID', 'words');
  await lockLedger(tx, now);
  await ground.follow(tx);
  if (ground.warnings.byId(reply.warning) === undefined) return reject('NOT_FOUND', 'warning');
  return one(await append(tx, now, [{ kind: 'warning-replied', actor: by.account, basis: 'right of reply', body: reply }]));
}

async function waitingOf(tx: Tx, now: Instant, ground: WarningGround, proposal: number): Promise<WarningProposal | Rejection> {
  await lockLedger(tx, now);
  await ground.follow(tx);
  return ground.warnings.waiting().find((waits) => waits.entry === proposal) ?? reject('PROPOSAL_UNKNOWN', 'proposal');
}

/** The content as it is written down; or the place that is wrong. */
function canonicalContent(ground: WarningGround, wanted: WantedContent, now: Instant): WarningContent | Rejection {
  const { name, aliases, ...rest } = wanted;
  if (inForce(ground.framework.warnings.get(wanted.class), now) === undefined) return reject('DECISION_INVALID', 'class');
  if (wanted.imitates !== undefined && !ground.isFirm(wanted.imitates)) return reject('FIRM_UNKNOWN', 'imitates');
  if (wanted.expires !== undefined && wanted.expires <= now) return reject('DECISION_INVALID', 'expires');
  const domains = wanted.domains.map(canonicalDomain);
  const wallets = wanted.wallets.map((wallet) => ({ family: wallet.family, address: canonicalAddress(wallet.family, wallet.address.trim()) }));
  const names = [...(name === undefined ? [] : [name]), ...aliases];
  if (names.some((one) => foldName(one) === '')) return reject('DECISION_INVALID', 'name');
  if (names.length + domains.length + wallets.length + wanted.apps.length === 0) return reject('DECISION_INVALID', 'content');
  if (wanted.text.en.trim() === '' || wanted.text.ur.trim() === '') return reject('DECISION_INVALID', 'text');
  const [clean, held] = [domains.flatMap((one) => one ?? []), wallets.flatMap(({ family, address }) => (address === undefined ? [] : { family, address }))];
  if (clean.length < domains.length) return reject('DECISION_INVALID', 'domains');
  if (held.length < wallets.length) return reject('DECISION_INVALID', 'wallets');
  const own = { ...rest, domains: [...new Set(clean)].sort(), wallets: held };
  if (wanted.subject === 'entity') return { ...own, ...(name === undefined ? {} : { name }), aliases, hashes: [] };
  return {
    ...own, aliases: [], hashes: names.map((each) => {
      const salt = Buffer.from(ground.random(16)).toString('hex');
      return { salt, hash: hashName(salt, each) };
    }),
  };
}

/** The clause of the warning's class, and whether it is law. */
function basisOf(ground: WarningGround, content: WarningContent | undefined, warning: string | undefined, now: Instant): string {
  const found = inForce(ground.framework.warnings.get(content?.class ?? ground.warnings.byId(warning ?? '')?.content.class ?? ''), now);
  return found === undefined ? BASIS : `${found.clause.en} (${found.status}): ${found.title.en}`;
}

function one<T>([entry]: readonly T[]): T {
  if (entry === undefined) throw new Error('an append gives its entries back');
  return entry;
}
