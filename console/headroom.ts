/**
 * "May I?" answered for a firm from its headroom: the services that its stage opens, its limits and its own figures. Pure.
 * It says no only where something stands against it, and yes only where all that was set was measured; what nobody
 * measures stays unknown, unless the firm gives the figure itself. It knows nothing of alerts, cases or other firms.
 */
import type { Answered } from './api.ts';
import { binds } from './limits.ts';

export type HeadroomAnswer = Answered<'headroom'>;
export type Limit = HeadroomAnswer['limits'][number];
export type Ask = 'customer' | 'asset' | 'service' | 'payout';

/** What the firm gives with its question. `amount`: hundredths of the currency, with what the customer got within the window. `count`: assets that it offers now. */
export interface Question {
  readonly ask: Ask;
  readonly service?: string | undefined;
  readonly amount?: number | undefined;
  readonly count?: number | undefined;
}

/** A ground of the answer. `reminds`: past a limit that is no law. `unset`: nobody has set the limit. `unmeasured`: it is set, and no figure is there. */
export interface Ground {
  readonly what: 'service' | 'limit';
  readonly state: 'inside' | 'against' | 'reminds' | 'unset' | 'unmeasured';
  readonly name: string;
  readonly figure: number | null;
  readonly limit: Limit | null;
  readonly service: HeadroomAnswer['services'][number] | null;
}

export interface Said {
  readonly verdict: 'yes' | 'no' | 'reminds' | 'unknown';
  readonly grounds: readonly Ground[];
}

/** What each question counts. */
const measures: Readonly<Record<Exclude<Ask, 'service'>, string>> = { customer: 'customers', asset: 'assets', payout: 'paid-out' };

export function answerOf(headroom: HeadroomAnswer, question: Question): Said {
  const services = serviceGrounds(headroom, question);
  const limits = question.ask === 'service' ? [] : headroom.limits.filter((limit) => limit.measure === measures[question.ask as Exclude<Ask, 'service'>]).map((limit) => limitGround(limit, figureOf(limit, question)));
  const grounds = [...services, ...limits];
  const has = (state: Ground['state']): boolean => grounds.some((one) => one.state === state);
  return { grounds, verdict: has('against') || grounds.length === 0 ? 'no' : has('unmeasured') ? 'unknown' : has('reminds') ? 'reminds' : 'yes' };
}

/** A named service is open or not; without one, any open service carries the question, and without any nothing may be done. */
function serviceGrounds(headroom: HeadroomAnswer, question: Question): Ground[] {
  const ground = (service: HeadroomAnswer['services'][number]): Ground => ({ what: 'service', state: service.open ? 'inside' : 'against', name: service.id, figure: null, limit: null, service });
  if (question.ask === 'service') return headroom.services.filter((one) => one.id === question.service).map(ground);
  const open = headroom.services.filter((one) => one.open);
  return (open.length === 0 ? headroom.services.slice(0, 1) : open).map(ground);
}

/** The figure after what is asked for: one customer or asset more, or the payment. */
function figureOf(limit: Limit, question: Question): number | null {
  if (question.ask === 'payout') return question.amount ?? limit.live;
  const now = limit.live ?? (question.ask === 'asset' ? question.count ?? null : null);
  return now === null ? null : now + 1;
}

function limitGround(limit: Limit, figure: number | null): Ground {
  const ground = { what: 'limit' as const, name: limit.limit, figure, limit, service: null };
  if (limit.limitValue === null) return { ...ground, state: 'unset' };
  if (figure === null) return { ...ground, state: 'unmeasured' };
  const isPast = limit.bound === 'ceiling' ? figure > limit.limitValue : figure < limit.limitValue;
  return { ...ground, state: !isPast ? 'inside' : binds(limit.provenance) ? 'against' : 'reminds' };
}
