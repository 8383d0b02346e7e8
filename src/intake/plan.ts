/**
 * A filing becomes a plan: each line ends as exactly one of accepted, held, duplicate or rejected, and
 * the counts add up to the lines, asserted. Planning changes the state in memory at once, so that the
 * next filing of the same commit sees it; a commit that fails throws that state away.
 */

import type { Event } from '../contract/index.ts';
import { assert, reject, type Instant, type Rejection } from '../terms/index.ts';
import type { EventRow } from '../log/index.ts';
import type { ParsedLine } from './parse-line.ts';
import type { AssetBook } from './rates.ts';
import { contentHash } from './content-hash.ts';
import { rowsOf, type HeldReason, type Known } from './row.ts';
import { hashText } from './hash-table.ts';
import { hash32, type IntakeState } from './state.ts';

/** What the vault said of a sealed identity. `down`: it could not be asked. */
export type Identified = { readonly person: string } | { readonly rejection: Rejection } | 'down';

/** One line of a filing, parsed, with the vault's answer when it carries an identity. */
export interface FilingLine {
  readonly line: number;
  readonly text: string;
  readonly parsed: ParsedLine;
  readonly identified?: Identified;
}

/** What a firm sent in one request. */
export interface Filing {
  readonly submission: string;
  readonly firm: string;
  readonly firmNumber: number;
  readonly client: string;
  readonly idempotencyKey: string;
  readonly contentDigest: string;
  /** SHA-256 of the signature base, hex; empty for an unsigned upload by a signed-in person. */
  readonly signatureBase: string;
  readonly receivedAt: Instant;
  /** Bytes of the body as sent, and how it was written. */
  readonly bytes: number;
  readonly format: 'json' | 'ndjson' | 'csv';
  /** The body as sent, when it is NDJSON in zstd. */
  readonly zstdAsSent?: Uint8Array;
  readonly lines: readonly FilingLine[];
}

export interface RejectedLine {
  readonly line: number;
  readonly id?: string;
  readonly rejection: Rejection;
  readonly text: string;
}

export interface HeldLine {
  readonly line: number;
  readonly id: string;
  readonly reason: HeldReason;
  readonly waitsOn: string;
  readonly text: string;
}

export interface KnownRecord {
  readonly key: Uint32Array;
  readonly content: number;
  readonly customer: number;
  readonly other: number;
}

/** What a commit has to write for one filing. */
export interface Plan {
  readonly filing: Filing;
  readonly rows: readonly EventRow[];
  readonly accepted: number;
  readonly duplicate: number;
  readonly held: readonly HeldLine[];
  readonly rejected: readonly RejectedLine[];
  readonly customers: ReadonlyMap<string, string>;
  readonly known: readonly KnownRecord[];
  readonly streams: ReadonlySet<string>;
  /** Customers onboarded here for whom events were waiting. */
  readonly released: ReadonlySet<string>;
  readonly statements: readonly Extract<Event, { kind: 'closing-statement' }>[];
}

/** What every plan of a commit shares. */
export interface Ground {
  readonly state: IntakeState;
  readonly book: AssetBook;
  readonly now: Instant;
  /** The latest that it can be: what a report is compared with. */
  readonly latest: Instant;
  readonly latenessMaxUs: number;
  readonly claimGapShare: number;
}

type Draft = { -readonly [K in 'accepted' | 'duplicate']: number } & {
  readonly rows: EventRow[];
  readonly held: HeldLine[];
  readonly rejected: RejectedLine[];
  readonly customers: Map<string, string>;
  readonly known: KnownRecord[];
  readonly streams: Set<string>;
  readonly released: Set<string>;
  readonly statements: Extract<Event, { kind: 'closing-statement' }>[];
};

/** Plans a filing against the state, line by line in order. */
export function planFiling(filing: Filing, ground: Ground): Plan {
  const draft: Draft = {
    rows: [], accepted: 0, duplicate: 0, held: [], rejected: [], customers: new Map(), known: [], streams: new Set(), released: new Set(), statements: [],
  };
  const known = knownFor(filing.firmNumber, ground);
  for (const line of filing.lines) planLine(draft, filing, line, ground, known);
  const ended = draft.accepted + draft.duplicate + draft.held.length + draft.rejected.length;
  assert(ended === filing.lines.length, `each of ${filing.lines.length} lines ends as one thing, not ${ended}`);
  return { filing, ...draft };
}

/** What rows of a firm need to know, over the state of the moment. */
export function knownFor(firm: number, ground: Ground): Known {
  return {
    firm, book: ground.book, now: ground.now, latest: ground.latest, latenessMaxUs: ground.latenessMaxUs, claimGapShare: ground.claimGapShare,
    person: (customer) => ground.state.person(firm, customer),
  };
}

function planLine(draft: Draft, filing: Filing, line: FilingLine, ground: Ground, known: Known): void {
  if ('rejection' in line.parsed) return void draft.rejected.push(rejectedLine(line, line.parsed.rejection, line.parsed.id));
  const event = line.parsed.event;
  const key = hashText(filing.firmNumber, event.id, new Uint32Array(4));
  const verdict = judge(event, key, filing.firmNumber, ground.state);
  if (verdict === 'duplicate') return void (draft.duplicate += 1);
  if (verdict !== 'new') return void draft.rejected.push(rejectedLine(line, verdict, event.id));
  if (line.identified !== undefined && line.identified !== 'down' && 'rejection' in line.identified) {
    return void draft.rejected.push(rejectedLine(line, line.identified.rejection, event.id));
  }
  const person = line.identified !== undefined && line.identified !== 'down' ? line.identified.person : undefined;
  const named = person !== undefined && 'customer' in event ? { customer: event.customer, person } : undefined;
  const outcome = line.identified === 'down' ? waitForVault(event) : rowsOf(event, filing.submission, line.line, named === undefined ? known : knowing(known, named));
  if ('rejection' in outcome) return void draft.rejected.push(rejectedLine(line, outcome.rejection, event.id));
  if (named !== undefined) onboard(draft, filing.firmNumber, named.customer, named.person, ground.state);
  remember(draft, event, key, filing.firmNumber, ground.state);
  if ('heldFor' in outcome) {
    ground.state.waitFor(filing.firmNumber, outcome.waitsOn);
    return void draft.held.push({ line: line.line, id: event.id, reason: outcome.heldFor, waitsOn: outcome.waitsOn, text: line.text });
  }
  draft.accepted += 1;
  draft.rows.push(...outcome.rows);
  if (event.kind === 'closing-statement') draft.statements.push(event);
}

/** What is known once a customer is who the vault says. The event that says so may still be refused, and then nobody knows it. */
export function knowing(known: Known, named: { readonly customer: string; readonly person: string }): Known {
  return { ...known, person: (customer) => (customer === named.customer ? named.person : known.person(customer)) };
}

function waitForVault(event: Event): { readonly heldFor: HeldReason; readonly waitsOn: string } {
  return { heldFor: 'identity', waitsOn: 'customer' in event ? event.customer : '' };
}

function rejectedLine(line: FilingLine, rejection: Rejection, id: string | undefined): RejectedLine {
  return id === undefined ? { line: line.line, rejection, text: line.text } : { line: line.line, id, rejection, text: line.text };
}

/** Is this event new, sent before, or in conflict with what was admitted? */
function judge(event: Event, key: Uint32Array, firm: number, state: IntakeState): 'new' | 'duplicate' | Rejection {
  const before = state.knownEvent(key);
  if (before !== undefined) return before.content === contentHash(event) ? 'duplicate' : reject('EVENT_ID_CONFLICT', 'id');
  if (state.stream(firm, event.stream).has(event.seq)) return reject('EVENT_SEQUENCE_CONFLICT', 'seq');
  if (event.kind !== 'cancel' && event.kind !== 'correct') return 'new';
  const target = state.knownEvent(hashText(firm, event.target, new Uint32Array(4)));
  if (target === undefined) return reject('EVENT_TARGET_UNKNOWN', 'target');
  const [customer, other] = customersOf(event.kind === 'cancel' ? event : event.replacement);
  if (hash32(customer) !== target.customer) return reject('EVENT_TARGET_UNKNOWN', event.kind === 'cancel' ? 'customer' : 'replacement.customer');
  if (target.other !== 0 && other === '') return reject('EVENT_FIELD_MISSING', 'otherCustomer');
  if (target.other !== (other === '' ? 0 : hash32(other))) return reject('EVENT_TARGET_UNKNOWN', event.kind === 'cancel' ? 'otherCustomer' : 'replacement');
  return 'new';
}

function remember(draft: Draft, event: Event, key: Uint32Array, firm: number, state: IntakeState): void {
  const [customer, other] = customersOf(event);
  const record = { key, content: contentHash(event), customer: customer === '' ? 0 : hash32(customer), other: other === '' ? 0 : hash32(other) };
  state.remember(key, record);
  draft.known.push(record);
  state.stream(firm, event.stream).add(event.seq);
  draft.streams.add(event.stream);
}

function onboard(draft: Draft, firm: number, customer: string, person: string, state: IntakeState): void {
  if (state.isWaitedFor(firm, customer)) {
    draft.released.add(customer);
    state.stopWaiting(firm, customer);
  }
  if (state.person(firm, customer) === person) return;
  state.setPerson(firm, customer, person);
  draft.customers.set(customer, person);
}

/** Customer and second customer of an event, empty when it has none. */
function customersOf(event: Event | { readonly customer: string; readonly otherCustomer?: string | undefined }): readonly [string, string] {
  const customer = 'customer' in event ? event.customer : '';
  if ('toCustomer' in event) return [customer, event.toCustomer];
  if ('otherCustomer' in event) return [customer, event.otherCustomer ?? ''];
  if ('kind' in event && event.kind === 'p2p-trade') return [customer, event.counterpartyCustomer];
  return [customer, ''];
}
