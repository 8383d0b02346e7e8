/** What an event is, in one short phrase: `From W3`, `To a private wallet`, `Trade`. */
import type { EventRow, FlowEnd, TimelineEvent } from '../src/contract/console.ts';
import type { Sayer } from './words.tsx';

/** Which direction words a kind takes; the rest is said by its name alone. */
const directed = new Set<EventRow['kind']>(['fiat-in', 'fiat-out', 'asset-deposit', 'asset-withdrawal', 'internal-transfer', 'p2p-trade']);

export function endPhrase(end: FlowEnd | null, counterparty: string | null, say: Sayer): string | null {
  if (counterparty !== null) return counterparty;
  return end === null ? null : say(`end.one.${end.kind}`);
}

export function eventPhrase(event: Pick<TimelineEvent, 'kind' | 'way' | 'end' | 'counterparty'>, say: Sayer): string {
  const who = endPhrase(event.end, event.counterparty, say);
  if (!directed.has(event.kind) || who === null || event.way === 'none') return say(`kind.${event.kind}`);
  return say(event.way === 'in' ? 'event.from' : 'event.to', { who });
}
