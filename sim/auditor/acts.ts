/**
 * Events become acts of people, in the order in which they happened: a transfer between two customers is an
 * act of each, a correction takes the place of what it corrects, what was cancelled is no act. Read from the
 * text that firms sent, with nothing of the house but the vocabulary.
 */

import { z } from 'zod';
import { PKR, USUAL_SERVICE, canonicalAddress, chainFamily, paisaOf, parseInstant, parseUnits, type EventKind } from '../../src/terms/index.ts';
import { RateBook, maySell, type AuditFacts, type TakenEvent } from './facts.ts';

/** What somebody did or what was done to them. */
export interface Act {
  readonly firm: string;
  readonly firmNumber: number;
  /** Id of the event; of the correction, when one stands in its place. */
  readonly id: string;
  /** 2 for the other customer of an event of two. */
  readonly leg: 1 | 2;
  readonly person: string;
  readonly at: number;
  /** Of an onboarding: since when the firm knows its customer. An opening load may say that it is for long. */
  readonly since: number;
  readonly way: 'in' | 'out' | 'trade' | 'onboard';
  readonly paisa: number;
  readonly toPrivateWallet: boolean;
  /** An asset left for a wallet that another provider holds. */
  readonly toProvider: boolean;
  /** By what it moved: rupees, a chain, the firm's own books. */
  readonly means: 'fiat' | 'chain' | 'internal' | 'other';
  /** The other wallet is held by another provider, whichever way value goes. */
  readonly isHosted: boolean;
  /** Travel-rule data of a movement on a chain is missing or partial. */
  readonly isUntold: boolean;
  /** Through Tor, a VPN or a proxy; in cash; by a card; of a privacy coin. */
  readonly isHidden: boolean;
  readonly isCash: boolean;
  readonly isCard: boolean;
  readonly isPrivacy: boolean;
  readonly isListed: boolean;
  readonly isBarred: boolean;
  /** Who sent or received: an address, an account, another person. */
  readonly party: string;
}

const shape = z.looseObject({
  kind: z.string(), id: z.string(), seq: z.number(), at: z.string(), customer: z.string().optional(), onboardedAt: z.string().optional(), target: z.string().optional(), replacement: z.unknown().optional(),
  amount: z.object({ asset: z.string(), value: z.string() }).optional(), side: z.enum(['buy', 'sell']).optional(), service: z.string().optional(),
  toCustomer: z.string().optional(), counterpartyCustomer: z.string().optional(), chain: z.string().optional(), from: z.string().optional(), to: z.string().optional(),
  counterparty: z.looseObject({ kind: z.string() }).optional(), channel: z.looseObject({ accountToken: z.string().optional(), method: z.string().optional() }).optional(),
  travelRule: z.looseObject({ status: z.string() }).optional(), access: z.looseObject({ anonymiser: z.string().optional() }).optional(),
});
type Read = z.infer<typeof shape>;

interface Standing {
  readonly firm: string;
  readonly id: string;
  readonly event: Read;
}

/** Acts by person, each list in the order of events. `ties` counts acts of one person at one firm and instant, whose order nobody can tell. */
export function actsOf(taken: readonly TakenEvent[], facts: AuditFacts): { readonly byPerson: ReadonlyMap<string, readonly Act[]>; readonly ties: number } {
  const makeActs = actMaker(facts);
  const byPerson = new Map<string, Act[]>();
  for (const standing of standingEvents(taken)) {
    for (const act of makeActs(standing)) byPerson.set(act.person, [...(byPerson.get(act.person) ?? []), act]);
  }
  let ties = 0;
  for (const acts of byPerson.values()) {
    acts.sort((a, b) => a.at - b.at || a.firmNumber - b.firmNumber || a.leg - b.leg);
    ties += acts.filter((act, i) => i > 0 && acts[i - 1]?.at === act.at && acts[i - 1]?.firm === act.firm).length;
  }
  return { byPerson, ties };
}

/** Events that stand once every correction and cancellation has been heard; the one numbered last wins. */
function standingEvents(taken: readonly TakenEvent[]): Standing[] {
  const events = taken.map(({ firm, event }) => ({ firm, event: shape.parse(event) }));
  const amendments = new Map<string, { readonly firm: string; readonly event: Read }>();
  for (const one of events) {
    if (one.event.target === undefined) continue;
    const key = `${one.firm}/${one.event.target}`;
    if (one.event.seq >= (amendments.get(key)?.event.seq ?? 0)) amendments.set(key, one);
  }
  return events.flatMap(({ firm, event }): Standing[] => {
    if (event.target !== undefined) return [];
    const amendment = amendments.get(`${firm}/${event.id}`);
    if (amendment === undefined) return [{ firm, id: event.id, event }];
    return amendment.event.kind === 'correct' ? [{ firm, id: amendment.event.id, event: shape.parse(amendment.event.replacement) }] : [];
  });
}

function actMaker(facts: AuditFacts): (standing: Standing) => Act[] {
  const firms = new Map(facts.firms.map((firm) => [firm.id, firm]));
  const decimals = new Map(facts.assets.map((asset) => [asset.id, asset.decimals]));
  const rates = new RateBook(facts);
  const privacy = new Set(facts.assets.filter((asset) => asset.class === 'privacy').map((asset) => asset.id));
  const worth = (asset: string, value: string, at: number): number => {
    const places = decimals.get(asset) ?? 0;
    const units = parseUnits(value, places);
    if (units === undefined) throw new Error(`${value} is no amount of ${asset}`);
    return asset === PKR ? Number(units) : paisaOf(units, places, rates.rateAt(asset, at));
  };
  return ({ firm, id, event }) => {
    const at = parseInstant(event.at);
    const known = firms.get(firm);
    const way = wayOf(event);
    if (way === undefined || at === undefined || known === undefined || event.customer === undefined) return [];
    const person = facts.personOf(firm, event.customer);
    const act: Act = {
      firm, firmNumber: known.number, id, leg: 1, person, at, since: parseInstant(event.onboardedAt ?? event.at) ?? at, way, paisa: event.amount === undefined ? 0 : worth(event.amount.asset, event.amount.value, at),
      toPrivateWallet: event.kind === 'asset-withdrawal' && event.counterparty?.kind === 'unhosted', toProvider: event.kind === 'asset-withdrawal' && event.counterparty?.kind === 'hosted',
      ...marksOf(event, privacy), means: MEANS[event.kind] ?? 'other', isListed: isListed(event, facts),
      isBarred: way !== 'onboard' && !maySell(known.steps, serviceOf(event), at), party: partyOf(event, firm, facts),
    };
    const other = event.kind === 'internal-transfer' ? event.toCustomer : event.kind === 'p2p-trade' ? event.counterpartyCustomer : undefined;
    if (other === undefined) return [act];
    return [act, { ...act, leg: 2, person: facts.personOf(firm, other), way: way === 'out' ? 'in' : way, party: person }];
  };
}

function marksOf(event: Read, privacy: ReadonlySet<string>): Pick<Act, 'isHosted' | 'isUntold' | 'isHidden' | 'isCash' | 'isCard' | 'isPrivacy'> {
  const isChain = MEANS[event.kind] === 'chain';
  const told = event.travelRule?.status;
  const through = event.access?.anonymiser;
  return {
    isHosted: isChain && event.counterparty?.kind === 'hosted', isUntold: isChain && (told === undefined || told === 'missing' || told === 'partial'), isHidden: through !== undefined && through !== 'none',
    isCash: event.channel?.method === 'cash', isCard: event.channel?.method === 'card', isPrivacy: privacy.has(event.amount?.asset ?? ''),
  };
}

const MEANS: Readonly<Record<string, Act['means']>> = { 'fiat-in': 'fiat', 'fiat-out': 'fiat', 'asset-deposit': 'chain', 'asset-withdrawal': 'chain', 'internal-transfer': 'internal' };

function wayOf(event: Read): Act['way'] | undefined {
  switch (event.kind) {
    case 'fiat-in':
    case 'asset-deposit':
      return 'in';
    case 'fiat-out':
    case 'asset-withdrawal':
    case 'internal-transfer':
      return 'out';
    case 'trade':
    case 'p2p-trade':
      return 'trade';
    case 'customer-onboarded':
    case 'opening-load':
      return 'onboard';
    default:
      return undefined;
  }
}

function serviceOf(event: Read): string {
  const usual: Readonly<Record<string, string>> = USUAL_SERVICE satisfies Record<EventKind, string>;
  return event.service ?? usual[event.kind] ?? 'none';
}

function addressOf(event: Read): string | undefined {
  const text = event.kind === 'asset-deposit' ? event.from : event.kind === 'asset-withdrawal' ? event.to : undefined;
  return text === undefined || event.chain === undefined ? undefined : canonicalAddress(chainFamily(event.chain), text);
}

function isListed(event: Read, facts: AuditFacts): boolean {
  const address = addressOf(event);
  return address !== undefined && facts.listed.has(`${chainFamily(event.chain ?? '')}:${address}`);
}

function partyOf(event: Read, firm: string, facts: AuditFacts): string {
  const address = addressOf(event);
  if (address !== undefined) return `wallet ${address}`;
  if (event.channel?.accountToken !== undefined) return `account ${event.channel.accountToken}`;
  return event.toCustomer === undefined ? '' : facts.personOf(firm, event.toCustomer);
}
