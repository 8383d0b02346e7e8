/**
 * The brute-force model: what the rules find in a set of events, written a second time from their
 * meaning, over plain arrays, in event order, with every window filtered anew. It shares nothing with the
 * engine but the house's vocabulary; where both agree, neither the windows nor the settling can be at fault.
 */

import { DAY_US, HOUR_US, type EventKind } from '../../../terms/index.ts';

/** An event as the model reads it; instants and amounts as in the engine's cases. */
export interface ModelEvent {
  readonly kind: EventKind;
  readonly at: number;
  readonly id: string;
  readonly person?: number;
  readonly firm?: number;
  readonly paisa?: number;
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
  readonly marks?: readonly string[];
}

interface Movement {
  readonly at: number;
  /** Of an onboarding: since when the customer is known. */
  readonly since: number;
  readonly id: string;
  readonly firm: number;
  readonly leg: number;
  readonly paisa: number;
  readonly way: 'in' | 'out' | 'trade' | 'onboard';
  readonly toPrivate: boolean;
  readonly toProvider: boolean;
  readonly hosted: boolean;
  readonly marks: readonly string[];
  readonly by: 'fiat' | 'chain' | 'books' | 'none';
  readonly party: string;
  readonly lending: boolean;
  readonly order: bigint;
}

const LAKH = 100_000 * 100;
const DAY = DAY_US;

/** `rule person firm/id values` of every finding that stands in event order, sorted. */
export function modelFindings(events: readonly ModelEvent[]): string[] {
  const people = new Map<number, ModelEvent[]>();
  for (const event of events) {
    const person = event.person ?? 1;
    people.set(person, [...(people.get(person) ?? []), event]);
  }
  return [...people].flatMap(([person, own]) => findingsOf(standing(own)).map((line) => `${line.rule} ${person} ${line.where} ${line.values.join(',')}`)).sort();
}

/** What stands after corrections and cancellations, in event order. */
function standing(events: readonly ModelEvent[]): Movement[] {
  const key = (e: ModelEvent) => `${e.firm ?? 1}/${e.id}/${e.second === true}`;
  const aim = (e: ModelEvent) => `${e.firm ?? 1}/${e.target}/${e.second === true}`;
  const said = [...new Map(events.map((e) => [key(e), e])).values()];
  const amendments = said.filter((e) => e.kind === 'cancel' || e.kind === 'correct');
  const inForce = (a: ModelEvent): boolean => !amendments.some((c) => c.kind === 'cancel' && aim(c) === key(a) && inForce(c));
  const lastOn = (target: string): ModelEvent | undefined =>
    amendments.filter((a) => aim(a) === target && inForce(a)).sort((a, b) => (a.seq ?? 1) - (b.seq ?? 1) || Number(idHash(a.id) - idHash(b.id) > 0n ? 1 : -1)).at(-1);
  const stands = (e: ModelEvent): boolean => {
    if (lastOn(key(e)) !== undefined) return false;
    return e.kind !== 'correct' || (inForce(e) && lastOn(aim(e)) === e);
  };
  const movements = said.filter((e) => e.kind !== 'cancel' && stands(e)).flatMap((e) => movementOf(e) ?? []);
  return movements.sort((a, b) => a.at - b.at || a.firm - b.firm || (a.order < b.order ? -1 : a.order > b.order ? 1 : 0) || a.leg - b.leg);
}

function movementOf(e: ModelEvent): Movement | undefined {
  const kind = e.replacement ?? e.kind;
  const ways: Partial<Record<EventKind, Movement['way']>> = {
    'fiat-in': 'in', 'asset-deposit': 'in', 'fiat-out': 'out', 'asset-withdrawal': 'out', 'internal-transfer': e.outward === true ? 'out' : 'in', trade: 'trade', 'p2p-trade': 'trade',
    'customer-onboarded': 'onboard', 'opening-load': 'onboard',
  };
  const way = ways[kind];
  if (way === undefined) return undefined;
  return {
    at: e.at, since: e.since ?? e.at, id: e.id, firm: e.firm ?? 1, leg: e.second === true ? 1 : 0, paisa: e.paisa ?? 0, way, toPrivate: kind === 'asset-withdrawal' && e.unhosted === true, toProvider: kind === 'asset-withdrawal' && e.hosted === true, hosted: e.hosted === true, marks: e.marks ?? [],
    by: kind.startsWith('fiat') ? 'fiat' : kind.startsWith('asset') ? 'chain' : kind === 'internal-transfer' ? 'books' : 'none',
    party: e.party ?? (e.other === undefined ? '' : `person ${e.other}`), lending: e.service === 'lending', order: idHash(e.id),
  };
}

interface Line {
  readonly rule: string;
  readonly where: string;
  readonly values: readonly number[];
}

interface View {
  readonly now: Movement;
  readonly before: Movement | undefined;
  readonly onboardedAt: number;
  inside(length: number): readonly Movement[];
}

interface ModelRule {
  readonly rule: string;
  readonly quiet: number;
  readonly perFirm?: true;
  asks(m: Movement): boolean;
  values(view: View): readonly number[];
  holds(values: readonly number[]): boolean;
}

const total = (list: readonly Movement[]) => list.reduce((sum, m) => sum + m.paisa, 0);
const ins = (list: readonly Movement[]) => list.filter((m) => m.way === 'in');
const outs = (list: readonly Movement[]) => list.filter((m) => m.way === 'out');
const moves = (m: Movement) => m.way === 'in' || m.way === 'out';
const isNear = (m: Movement) => moves(m) && m.paisa >= 7 * LAKH && m.paisa < 10 * LAKH;
const isHigh = (m: Movement) => moves(m) && m.paisa >= 20 * LAKH;
const isCoin = (m: Movement) => m.way === 'trade' && m.marks.includes('privacy');
const isHidden = (m: Movement) => moves(m) && m.marks.includes('hidden');
const isUntold = (m: Movement) => moves(m) && m.hosted && (m.marks.includes('travelRuleMissing') || m.marks.includes('travelRulePartial'));
const over = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

const MODEL_RULES: readonly ModelRule[] = [
  { rule: 'structuring', quiet: DAY, asks: isNear, values: (v) => { const n = v.inside(DAY).filter(isNear); return [n.length, total(n)]; }, holds: ([n = 0, s = 0]) => n >= 3 && s >= 10 * LAKH },
  { rule: 'burst', quiet: DAY, asks: isHigh, values: (v) => { const n = v.inside(DAY).filter(isHigh); return [n.length, total(n)]; }, holds: ([n = 0, s = 0]) => n >= 3 && s >= 80 * LAKH },
  {
    rule: 'dormant', quiet: 30 * DAY, asks: isHigh, values: (v) => [v.now.paisa, v.before === undefined ? 0 : v.now.at - v.before.at],
    holds: ([value = 0, silence = 0]) => value >= 20 * LAKH && silence >= 90 * DAY,
  },
  {
    rule: 'untraded', quiet: DAY, asks: (m) => m.way === 'out',
    values: (v) => { const w = v.inside(DAY); return [total(ins(w)), over(total(outs(w)), total(ins(w))), w.filter((m) => m.way === 'trade').length]; },
    holds: ([received = 0, share = 0, trades = 0]) => received >= 5 * LAKH && share >= 0.9 && trades <= 0,
  },
  {
    rule: 'private', quiet: DAY, asks: (m) => m.toPrivate,
    values: (v) => { const w = v.inside(HOUR_US); return [total(ins(w)), over(total(w.filter((m) => m.toPrivate)), total(ins(w)))]; },
    holds: ([received = 0, share = 0]) => received >= 5 * LAKH && share >= 0.8,
  },
  {
    rule: 'drain', quiet: 7 * DAY, asks: (m) => m.way === 'out',
    values: (v) => { const w = v.inside(7 * DAY); return [total(ins(w)), over(total(outs(w)), total(ins(w))), v.now.at - v.onboardedAt]; },
    holds: ([received = 0, share = 0, age = Infinity]) => received >= 5 * LAKH && share >= 0.9 && age <= 2 * DAY,
  },
  {
    rule: 'funnel', quiet: 7 * DAY, asks: (m) => m.way === 'out',
    values: (v) => { const w = v.inside(7 * DAY); return [over(v.now.paisa, total(ins(w))), new Set(ins(w).map((m) => m.party).filter((p) => p !== '')).size]; },
    holds: ([share = 0, senders = 0]) => share >= 0.8 && senders >= 8,
  },
  {
    rule: 'pass-through', quiet: DAY, asks: (m) => m.way === 'out',
    values: (v) => {
      const elsewhere = total(ins(v.inside(DAY)).filter((m) => m.firm !== v.now.firm));
      const here = over(total(outs(v.inside(DAY)).filter((m) => m.firm === v.now.firm)), elsewhere);
      return [elsewhere, here, here];
    },
    holds: ([elsewhere = 0, share = 0]) => elsewhere >= 5 * LAKH && share >= 0.8 && share <= 1.2,
  },
  {
    rule: 'handed-on', quiet: DAY, asks: (m) => m.way === 'out' && m.by === 'books',
    values: (v) => { const w = v.inside(DAY).filter((m) => m.by === 'books'); const share = over(total(outs(w)), total(ins(w))); return [total(ins(w)), share, share]; },
    holds: ([received = 0, share = 0]) => received >= LAKH / 5 && share >= 0.9 && share <= 1.01,
  },
  {
    rule: 'fan-out', quiet: DAY, asks: (m) => m.way === 'out', values: (v) => [outs(v.inside(DAY)).length, new Set(outs(v.inside(DAY)).map((m) => m.party).filter((p) => p !== '')).size],
    holds: ([payments = 0, receivers = 0]) => payments <= 40 && receivers >= 6,
  },
  {
    rule: 'hops', quiet: DAY, asks: (m) => m.way === 'out' && m.by === 'chain',
    values: (v) => {
      const w = v.inside(DAY).filter((m) => m.by === 'chain');
      const share = over(total(outs(w)), total(ins(w)));
      return [ins(w).length, outs(w).length, v.inside(DAY).filter((m) => m.way === 'trade').length, share, share];
    },
    holds: ([came = 0, went = 0, trades = 0, share = 0]) => came >= 2 && went >= 2 && trades >= 4 && share >= 0.85 && share <= 1.01,
  },
  {
    rule: 'through', quiet: DAY, asks: (m) => m.toProvider,
    values: (v) => {
      const w = v.inside(HOUR_US);
      const paid = total(ins(w).filter((m) => m.by === 'fiat'));
      const share = over(total(w.filter((m) => m.toProvider)), paid);
      return [paid, share, share];
    },
    holds: ([paid = 0, share = 0]) => paid >= 2 * LAKH && share >= 0.9 && share <= 1.01,
  },
  { rule: 'first-high', quiet: 30 * DAY, asks: (m) => m.way === 'in' && isHigh(m), values: (v) => [v.now.at - v.onboardedAt, v.before === undefined ? 0 : v.now.at - v.before.at], holds: ([age = Infinity, silence = 1]) => age <= DAY && silence <= 0 },
  { rule: 'big-swap', quiet: 7 * DAY, asks: (m) => m.way === 'trade', values: (v) => [v.now.paisa], holds: ([value = 0]) => value >= 200 * LAKH },
  {
    rule: 'coin-swap', quiet: DAY, asks: isCoin, values: (v) => { const w = v.inside(HOUR_US); const came = total(ins(w).filter((m) => m.by === 'chain')); return [came, over(total(w.filter(isCoin)), came)]; },
    holds: ([came = 0, share = 0]) => came >= 5 * LAKH && share >= 0.8,
  },
  { rule: 'coins', quiet: 7 * DAY, asks: isCoin, values: (v) => [v.inside(7 * DAY).filter(isCoin).length], holds: ([n = 0]) => n >= 10 },
  { rule: 'hidden', quiet: 7 * DAY, asks: isHidden, values: (v) => [v.inside(DAY).filter(isHidden).length, v.now.paisa], holds: ([n = 0, value = 0]) => n >= 3 && value >= 5 * LAKH },
  { rule: 'untold', quiet: 7 * DAY, asks: isUntold, values: (v) => [v.inside(7 * DAY).filter(isUntold).length], holds: ([n = 0]) => n >= 5 },
  {
    rule: 'cash-card', quiet: 7 * DAY, asks: (m) => m.way === 'out' && m.marks.includes('card'),
    values: (v) => { const w = v.inside(7 * DAY); const cash = total(ins(w).filter((m) => m.marks.includes('cash'))); return [cash, over(total(outs(w).filter((m) => m.marks.includes('card'))), cash)]; },
    holds: ([cash = 0, share = 0]) => cash >= 5 * LAKH && share >= 0.8,
  },
  {
    rule: 'collected', quiet: 7 * DAY, asks: (m) => m.way === 'in' && m.by === 'books',
    values: (v) => { const w = ins(v.inside(7 * DAY)); return [total(w.filter((m) => m.by === 'books')), new Set(w.map((m) => m.party).filter((p) => p !== '')).size]; }, holds: ([sum = 0, senders = 0]) => sum >= 20 * LAKH && senders >= 5,
  },
  {
    rule: 'spread', quiet: DAY, asks: (m) => m.way === 'out' && m.hosted,
    values: (v) => { const w = outs(v.inside(HOUR_US)); return [w.filter((m) => m.hosted).length, new Set(w.map((m) => m.party).filter((p) => p !== '')).size]; }, holds: ([n = 0, places = 0]) => n >= 3 && places >= 3,
  },
  { rule: 'sanctioned-wallet', quiet: 0, asks: (m) => m.party.startsWith('0xbad'), values: () => [1], holds: () => true },
  { rule: 'service-barred', quiet: 30 * DAY, perFirm: true, asks: (m) => m.way !== 'onboard' && m.lending, values: () => [1], holds: () => true },
];

function findingsOf(order: readonly Movement[]): Line[] {
  const lines: Line[] = [];
  const spoke = new Map<string, { at: number; first: number }>();
  const knownSince = Math.min(...order.filter((m) => m.way === 'onboard').map((m) => m.since));
  for (const [i, now] of order.entries()) {
    const upTo = order.slice(0, i + 1);
    const view: View = {
      now, before: order.slice(0, i).findLast((m) => m.way !== 'onboard'),
      onboardedAt: knownSince < now.at ? knownSince : -Infinity,
      inside: (length) => upTo.filter((m) => m.at > now.at - length),
    };
    for (const rule of MODEL_RULES) {
      if (!rule.asks(now)) continue;
      const values = rule.values(view);
      if (!rule.holds(values)) continue;
      const subject = `${rule.rule} ${rule.perFirm === true ? now.firm : ''}`;
      const last = spoke.get(subject);
      if (rule.quiet > 0 && last !== undefined && now.at - last.at < rule.quiet && (values[0] ?? 0) < 2 * last.first) continue;
      spoke.set(subject, { at: now.at, first: values[0] ?? 0 });
      lines.push({ rule: rule.rule, where: `${now.firm}/${now.id}`, values });
    }
  }
  return lines;
}

const WORD = 0xffff_ffffn;
const times = (a: bigint, b: bigint) => (a * b) & WORD;

/** The tie-break of event order, from its description alone: two multiplicative lanes, crossed, 32 bits each. */
function idHash(id: string): bigint {
  let a = 0xdeadbeefn;
  let b = 0x41c6ce57n;
  for (const byte of Buffer.from(id)) {
    a = times(a ^ BigInt(byte), 0x9e3779b1n);
    b = times(b ^ BigInt(byte), 0x5f356495n);
  }
  a = times(a ^ (a >> 16n), 0x85ebca6bn) ^ times(b ^ (b >> 13n), 0xc2b2ae35n);
  b = times(b ^ (b >> 16n), 0x85ebca6bn) ^ times(a ^ (a >> 13n), 0xc2b2ae35n);
  return (b << 32n) | a;
}
