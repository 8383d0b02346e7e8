/**
 * Thirty days of events of the fake nation: a background, and planted patterns that the alerts then explain.
 * Amounts are small whole numbers of their asset, so sums are exact in both directions.
 */
import type { EventRow, FlowEnd } from '../../src/contract/console.ts';
import { DAY_US, HOUR_US, MINUTE_US } from '../../src/terms/index.ts';
import { chanceOf, type Chance } from './chance.ts';
import { reporting, w } from './nation-firms.ts';

/** 24 Nov 2026, 14:20 in Karachi. The fake nation's clock stands still, so pictures of it can be compared. */
export const nowUs = Date.parse('2026-11-24T09:20:00Z') * 1000;
export const priceSource = w('synthetic reference rate of the hour', 'اس گھنٹے کا فرضی حوالہ نرخ');
export const USDT = { asset: 'eip155:1/erc20:0xdAC17F958D2ee523a2206206994597C13D831ec7', symbol: 'USDT', paisa: 28_140 } as const;
const BTC = { asset: 'bip122:000000000019d6689c085ae165831e93/slip44:0', symbol: 'BTC', paisa: 2_640_000_000 } as const;
export const RUPEE = { asset: 'iso4217:PKR', symbol: 'PKR', paisa: 100 } as const;
type Coin = typeof USDT | typeof BTC | typeof RUPEE;

export type FakeEvent = EventRow & { readonly findings: string[] };
const places = ['AE', 'AE', 'AE', 'GB', 'SA', 'HK', 'TR'] as const;

export class EventBook {
  readonly all: FakeEvent[] = [];
  readonly chance: Chance;
  #serial = 0;
  constructor(seed: number) { this.chance = chanceOf(seed); }
  add(part: { firm: string; kind: EventRow['kind']; at: number; person: string | null; way: EventRow['way']; coin: Coin | null; amount: number; end: FlowEnd | null; counterparty: string | null; admittedAt?: number }): FakeEvent {
    this.#serial += 1;
    const admittedAt = part.admittedAt ?? Math.min(nowUs, part.at + this.chance.whole(800, 4_000) * 1000);
    const amount = part.coin?.symbol === 'BTC' ? (part.amount / 10_000).toFixed(4) : part.amount.toFixed(2);
    const event: FakeEvent = {
      firm: part.firm, id: `${part.firm.toLowerCase()}-${String(this.#serial).padStart(6, '0')}`, kind: part.kind, at: part.at, admittedAt, person: part.person, way: part.way,
      money: part.coin === null ? null : { amount, asset: part.coin.asset, symbol: part.coin.symbol },
      pkr: part.coin === null ? null : { paisa: Math.round(Number(amount) * part.coin.paisa), source: part.coin.symbol === 'PKR' ? w('rupees', 'روپے') : priceSource },
      end: part.end, counterparty: part.counterparty, state: 'decided', late: admittedAt - part.at > 10 * MINUTE_US, submission: '', line: 0, alerts: [], findings: [],
    };
    this.all.push(event);
    return event;
  }
}

const endOf = (chance: Chance): FlowEnd => {
  const roll = chance.next();
  if (roll < 0.55) return { kind: 'firm-abroad', place: chance.pick(places) };
  if (roll < 0.93) return { kind: 'private-wallet', place: null };
  return { kind: 'unattributed', place: null };
};
const wallet = (chance: Chance): string => `0x${chance.hex(40)}`;

/** The ordinary life of `people` customers. */
export function background(book: EventBook, people: readonly string[], count: number): void {
  const { chance } = book;
  const weighted = reporting.flatMap((one) => Array.from({ length: Math.round(one.share * 100) }, () => one.firm.code));
  for (let n = 0; n < count; n += 1) {
    const firm = chance.pick(weighted);
    const at = nowUs - 30_000_000 - Math.floor(chance.next() * 30 * DAY_US);
    const person = chance.pick(people);
    const amount = chance.whole(2, 90) * (chance.next() < 0.1 ? 40 : 5);
    const roll = chance.next();
    if (roll < 0.42) book.add({ firm, kind: 'trade', at, person, way: 'none', coin: chance.next() < 0.75 ? USDT : BTC, amount, end: null, counterparty: null });
    else if (roll < 0.58) book.add({ firm, kind: 'fiat-in', at, person, way: 'in', coin: RUPEE, amount: amount * 281, end: { kind: 'bank', place: 'PK' }, counterparty: 'IBFT' });
    else if (roll < 0.68) book.add({ firm, kind: 'fiat-out', at, person, way: 'out', coin: RUPEE, amount: amount * 231, end: { kind: 'bank', place: 'PK' }, counterparty: 'Raast' });
    else if (roll < 0.8) book.add({ firm, kind: 'asset-deposit', at, person, way: 'in', coin: USDT, amount, end: endOf(chance), counterparty: wallet(chance) });
    else if (roll < 0.9) book.add({ firm, kind: 'asset-withdrawal', at, person, way: 'out', coin: USDT, amount, end: endOf(chance), counterparty: wallet(chance) });
    else if (roll < 0.97) book.add({ firm, kind: 'sign-in', at, person, way: 'none', coin: null, amount: 0, end: null, counterparty: null });
    else book.add({ firm, kind: 'customer-onboarded', at, person, way: 'none', coin: null, amount: 0, end: null, counterparty: null });
  }
}

/** Many wallets in at one or two firms, nearly all of it out to one private wallet within hours. */
export function gatherAndSend(book: EventBook, person: string, at: readonly string[], endAt: number, wallets: number): FakeEvent[] {
  const { chance } = book;
  const target = wallet(chance);
  const made: FakeEvent[] = [];
  const span = 6 * HOUR_US;
  let held = 0;
  const firmOf = (place: number): string => at[Math.min(at.length - 1, Math.floor((place * at.length) / wallets))] ?? '';
  for (let place = 0; place < wallets; place += 1) {
    const firm = firmOf(place);
    const amount = chance.whole(320, 499) * 10;
    held += amount;
    const when = endAt - span + Math.floor(((place + 0.5 + chance.next() * 0.6) / (wallets + 1)) * span);
    made.push(book.add({ firm, kind: 'asset-deposit', at: when, person, way: 'in', coin: USDT, amount, end: { kind: 'private-wallet', place: null }, counterparty: wallet(chance) }));
    if (place === wallets - 1 || firmOf(place + 1) !== firm || place % 4 === 3) {
      const out = Math.floor(held / 10) * 10 - 20;
      held -= out;
      made.push(book.add({ firm, kind: 'asset-withdrawal', at: when + 25 * MINUTE_US, person, way: 'out', coin: USDT, amount: out, end: { kind: 'private-wallet', place: null }, counterparty: target }));
    }
  }
  return made;
}

/** Rupee deposits just below a threshold, one after another. */
export function structure(book: EventBook, person: string, at: readonly string[], endAt: number, parts: number): FakeEvent[] {
  const { chance } = book;
  return Array.from({ length: parts }, (_, place) => book.add({
    firm: at[place % at.length] ?? '', kind: 'fiat-in', at: endAt - Math.floor(((parts - place) / parts) * 20 * HOUR_US), person, way: 'in', coin: RUPEE, amount: 900_000 + chance.whole(1, 95) * 1000,
    end: { kind: 'bank', place: 'PK' }, counterparty: 'IBFT',
  }));
}

/** In from a bank, and out within the hour to a wallet. */
export function passThrough(book: EventBook, person: string, firmIn: string, firmOut: string, endAt: number): FakeEvent[] {
  const { chance } = book;
  const amount = chance.whole(8, 30) * 1000;
  return [
    book.add({ firm: firmIn, kind: 'fiat-in', at: endAt - 95 * MINUTE_US, person, way: 'in', coin: RUPEE, amount: amount * 281, end: { kind: 'bank', place: 'PK' }, counterparty: 'RTGS' }),
    book.add({ firm: firmIn, kind: 'trade', at: endAt - 82 * MINUTE_US, person, way: 'none', coin: USDT, amount, end: null, counterparty: null }),
    book.add({ firm: firmIn, kind: 'asset-withdrawal', at: endAt - 61 * MINUTE_US, person, way: 'out', coin: USDT, amount: amount - 10, end: { kind: 'firm-here', place: 'PK' }, counterparty: firmOut }),
    book.add({ firm: firmOut, kind: 'asset-deposit', at: endAt - 48 * MINUTE_US, person, way: 'in', coin: USDT, amount: amount - 10, end: { kind: 'firm-here', place: 'PK' }, counterparty: firmIn }),
    book.add({ firm: firmOut, kind: 'asset-withdrawal', at: endAt, person, way: 'out', coin: USDT, amount: amount - 30, end: { kind: 'private-wallet', place: null }, counterparty: wallet(chance) }),
  ];
}
