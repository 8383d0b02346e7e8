/**
 * What the engine's tests share: events written shortly, batches made of them by the real codec, and a law
 * with two firms whose stages and lists can be set. No engine code is stood in for.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPack, ruleParametersAt, type Framework } from '../../../framework/index.ts';
import { decodeBatch, encodeBatch, EMPTY_ROW, type EventRow } from '../../../log/index.ts';
import { DAY_US, EVENT_KINDS, FLAG, HOUR_US, MINUTE_US, SERVICES, USUAL_SERVICE, instantOf, type EventKind, type Instant } from '../../../terms/index.ts';
import { PLAN, readRules, ruleDocument } from '../../rules/rule-set.ts';
import type { Finding, FindingChange, FindingState } from '../finding.ts';
import type { Law, ListedWallet } from '../law.ts';
import type { Parameters } from '../rule.ts';
import { openState, type State } from '../state.ts';
import { step, type Owns } from '../step.ts';

/** 1 March 2027, noon in Karachi: where the cases begin. */
export const START: Instant = instantOf(1_803_884_400_000_000);
export const LAKH = 100_000 * 100;

/** An event of a case. Times are microseconds after `START`, amounts paisa. */
export interface Told {
  readonly kind: EventKind;
  readonly at: number;
  readonly id: string;
  readonly person?: number;
  readonly firm?: number;
  readonly paisa?: number;
  /** Of an opening load: since when the customer is known, microseconds after `START`. */
  readonly since?: number;
  readonly party?: string;
  readonly unhosted?: boolean;
  readonly hosted?: boolean;
  readonly service?: string;
  readonly target?: string;
  readonly replacement?: EventKind;
  readonly seq?: number;
  readonly outward?: boolean;
  readonly other?: number;
  readonly second?: boolean;
  /** The firm's own reference of its customer. */
  readonly customer?: string;
  readonly asset?: string;
  /** Further flags of the row, by name. */
  readonly marks?: readonly (keyof typeof FLAG)[];
  /** Places in the lists of `terms`. */
  readonly province?: number;
  readonly incomeClass?: number;
}

export const min = (n: number): number => n * MINUTE_US;
export const hours = (n: number): number => n * HOUR_US;
export const days = (n: number): number => n * DAY_US;
export const personHex = (n: number): string => (n * 0x01000193 >>> 0).toString(16).padStart(8, '0') + n.toString(16).padStart(8, '0').repeat(3);

const MOVING: ReadonlySet<EventKind> = new Set(['fiat-in', 'fiat-out', 'asset-deposit', 'asset-withdrawal', 'trade', 'internal-transfer', 'p2p-trade']);
const INWARD: ReadonlySet<EventKind> = new Set(['fiat-in', 'asset-deposit']);

export function rowOf(told: Told): EventRow {
  const kind = told.replacement ?? told.kind;
  const flags = (MOVING.has(kind) ? FLAG.moves : 0) | (INWARD.has(kind) || (kind === 'internal-transfer' && told.outward !== true) ? FLAG.inward : 0)
    | (told.unhosted === true ? FLAG.unhosted : 0) | (told.hosted === true ? FLAG.hosted : 0) | (told.second === true ? FLAG.secondLeg : 0)
    | (told.marks ?? []).reduce((bits, mark) => bits | FLAG[mark], 0);
  const isChain = kind === 'asset-deposit' || kind === 'asset-withdrawal';
  return {
    ...EMPTY_ROW, kind: EVENT_KINDS.indexOf(told.kind), replacementKind: told.replacement === undefined ? 0 : EVENT_KINDS.indexOf(told.replacement), at: START + told.at, id: told.id,
    firm: told.firm ?? 1, paisa: told.paisa ?? 0, since: told.since === undefined ? 0 : START + told.since, person: personHex(told.person ?? 1), other: told.other === undefined ? '' : personHex(told.other), seq: told.seq ?? 1, flags,
    service: SERVICES.findIndex((service) => service === (told.service ?? USUAL_SERVICE[kind])), target: told.target ?? '', customer: told.customer ?? '', asset: told.asset ?? '', province: told.province ?? 0, incomeClass: told.incomeClass ?? 0,
    ...(isChain ? { chain: 'eip155:1', address: told.party ?? '' } : { accountToken: told.party ?? '' }),
  };
}

/** The first pack, as it stands in the checkout. */
export function pack(): Framework {
  const loaded = loadPack(join(import.meta.dirname, '../../../../frameworks/pk-pvara-2026'), (path) => readFileSync(path, 'utf8'));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return loaded.framework;
}

export const PACK = pack();
/** The pack's rule parameters at `START`. */
export const PARAMETERS: Parameters = ruleParametersAt(PACK, START);

/** A law of one rule set: firms 1 to 4 may do everything but lending; wallets that start with `0xbad` are listed. */
export function plainLaw(parameters: Parameters = PARAMETERS): Law {
  const set = readRules(ruleDocument(parameters).bytes);
  return { rulesAt: () => set, permits: (firm, service) => firm <= 4 && SERVICES[service] !== 'lending', wallets: { lookup: (_family, address) => listedWallet(address) } };
}

export function listedWallet(address: string): ListedWallet | undefined {
  return address.startsWith('0xbad') ? { list: 'ofac-sdn', entry: '4711', version: '2026-11-01', force: 'review' } : undefined;
}

export function open(): State {
  return openState({ plan: PLAN, bytesMax: 2 ** 30 });
}

/** Findings as a reader of the changes knows them. */
export class Board {
  readonly all = new Map<string, { state: FindingState; finding: Finding; digest: string }>();

  take(changes: readonly FindingChange[]): void {
    for (const change of changes) {
      if ('finding' in change) {
        this.all.set(change.id, { state: change.state, finding: change.finding, digest: change.digest });
        continue;
      }
      const known = this.all.get(change.id);
      if (known === undefined) throw new Error(`a finding is ${change.change} that was never raised`);
      known.state = change.state;
    }
  }

  /** Rule and event of every finding that stands, sorted. */
  standing(): string[] {
    return [...this.all.values()].filter((one) => one.state !== 'withdrawn').map(({ finding }) => `${finding.rule} ${finding.event.firm}/${finding.event.id}`).sort();
  }

  /** Id and digest of every finding that stands and is settled, sorted. */
  settled(): string[] {
    return [...this.all].filter(([, one]) => one.state === 'settled' || one.state === 'corrected').map(([id, one]) => `${id} ${one.digest}`).sort();
  }
}

/** Steps rows as one batch admitted at `admittedAt` after `START`. */
export function feed(state: State, law: Law, board: Board, told: readonly Told[], admittedAt: number, owns?: Owns): void {
  if (told.length === 0) return;
  const outcome = step(state, { events: decodeBatch(encodeBatch(told.map(rowOf))), admittedAt: START + admittedAt }, law, owns);
  if (outcome.full) throw new Error('the state is full');
  board.take(outcome.changes);
}
