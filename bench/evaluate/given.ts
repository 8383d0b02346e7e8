/**
 * Events and labels of others as material for a judge. Each line of the events is a canonical event with the firm
 * that sends it (`firm`), in any order; each line of the labels (or each item, where the file is one JSON list) is a case with
 * its events. Nobody is told twice who a customer is: a sealed identity that is the same text, an identity in the
 * clear with the same identifier, or the same `person` beside the event is the same person; all else is one firm's knowledge. A customer
 * whom no line introduces is judged as a person of that firm alone, and counted.
 *
 * Nothing here publishes rates, so an asset's value comes from the file itself: from what firms say (`pkr`) and from trades
 * against the rupee, the median of each hour. A line that cannot be judged is told by number and code, and nothing stops.
 */

import { z } from 'zod';
import type { Event, MovementEvent } from '../../src/contract/index.ts';
import { AssetBook, parseEvent } from '../../src/intake/judgement.ts';
import { HOUR_US, PKR, instantOf, parseInstant, parseUnits, type Asset, type Instant } from '../../src/terms/index.ts';
import { RUPEE, TRADED } from '../../sim/index.ts';
import { Door, type Coming } from './door.ts';
import { judgesLaw } from './law.ts';
import { introduces, personKey, type Case, type Material, type Unread } from './material.ts';

/** Lines of events at most: their columns and findings are kept in memory. */
export const GIVEN_LINES_MAX = 20_000_000;
const DECIMALS_UNKNOWN = 18;
const SCALE = 10n ** 8n;
/** Stands where an identity in the clear was: nobody opens it here. */
const SEALED = 'x'.repeat(20);

const eventRef = z.object({ firm: z.string(), id: z.string() });
const labelShape = z.object({
  case: z.coerce.string(), typology: z.string(), tuned: z.boolean().default(true), crossFirm: z.boolean().optional(),
  persons: z.array(z.object({ customers: z.array(z.object({ firm: z.string(), customer: z.string() })) })).default([]), events: z.array(eventRef).min(1),
});
/** A case as a file of labels has it. */
export type GivenLabel = z.output<typeof labelShape>;

/** What the files hold: text by lines, so that a file of any size can be streamed. */
export interface Given {
  readonly events: Iterable<string>;
  readonly labels: string;
}

/** Labels of a file: one JSON list, or one label a line. */
export function readLabels(text: string): GivenLabel[] {
  const trimmed = text.trim();
  const items: unknown[] = trimmed.startsWith('[') ? z.array(z.unknown()).parse(JSON.parse(trimmed)) : trimmed.split('\n').filter((line) => line.trim() !== '').map((line): unknown => JSON.parse(line));
  return items.map((item) => labelShape.parse(item));
}

/** The material of two files. Throws what `JSON.parse` and the label's shape say of labels that cannot be read. */
export function givenMaterial(given: Given): Material {
  const labels = readLabels(given.labels);
  const firms = new Firms();
  const { coming, unread } = readComings(given.events, firms);
  coming.sort((a, b) => a.sentAt - b.sentAt || a.line - b.line);
  const { law, weights } = judgesLaw(instantOf(coming[0]?.sentAt ?? 0));
  const door = new Door(bookOf(coming));
  const strangers = introduceStrangers(coming, door);
  return {
    law, weights, strangers, unread: () => [...unread, ...door.unread()].sort((a, b) => a.line - b.line),
    *arrivals() {
      for (const one of coming) yield* door.take(one);
    },
    cases: () => casesOf(labels, coming, firms, door),
  };
}

/** Takes in customers whom no line introduces; gives how many. */
function introduceStrangers(coming: readonly Coming[], door: Door): number {
  const introduced = new Set(coming.flatMap(({ event, firm, person }) => (person !== undefined && 'customer' in event ? [`${firm} ${event.customer}`] : [])));
  const strangers = new Map<string, readonly [number, string]>();
  for (const { event, firm } of coming) {
    const moved = event.kind === 'correct' ? event.replacement : event;
    const named = [...('customer' in moved ? [moved.customer] : []), ...('toCustomer' in moved ? [moved.toCustomer] : []), ...('counterpartyCustomer' in moved ? [moved.counterpartyCustomer] : []), ...('otherCustomer' in moved ? [moved.otherCustomer] : [])];
    for (const customer of named) if (customer !== undefined && !introduced.has(`${firm} ${customer}`)) strangers.set(`${firm} ${customer}`, [firm, customer]);
  }
  for (const [firm, customer] of strangers.values()) door.introduce(firm, customer, personKey(`${firm} ${customer}`));
  return strangers.size;
}

/** Firms by name, numbered as they come. */
class Firms {
  readonly #numbers = new Map<string, number>();

  number(name: string): number {
    const known = this.#numbers.get(name) ?? this.#numbers.size + 1;
    this.#numbers.set(name, known);
    return known;
  }
}

function readComings(lines: Iterable<string>, firms: Firms): { coming: Coming[]; unread: Unread[] } {
  const coming: Coming[] = [];
  const unread: Unread[] = [];
  let line = 0;
  for (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    if (coming.length >= GIVEN_LINES_MAX) throw new Error(`more than ${GIVEN_LINES_MAX} events`);
    const read = readComing(text, line, firms);
    if ('code' in read) unread.push(read);
    else coming.push(read);
  }
  return { coming, unread };
}

const lineShape = z.looseObject({ firm: z.string().min(1).max(64), person: z.coerce.string().min(1).max(128).optional() });

function readComing(text: string, line: number, firms: Firms): Coming | Unread {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, code: 'EVENT_NOT_JSON', detail: '' };
  }
  const head = lineShape.safeParse(value);
  if (!head.success) return { line, code: 'EVENT_FIELD_MISSING', detail: head.error.issues[0]?.path.join('.') ?? 'firm' };
  const { firm, person, ...rest } = head.data;
  const inner = typeof rest['event'] === 'object' && rest['event'] !== null ? { ...rest['event'] } : rest;
  const identity: unknown = 'identity' in inner ? inner.identity : undefined;
  const parsed = parseEvent(typeof identity === 'object' && identity !== null ? { ...inner, identity: SEALED } : inner);
  if ('rejection' in parsed) return { line, code: parsed.rejection.code, detail: parsed.rejection.detail ?? '' };
  const { event } = parsed;
  const sentAt = parseInstant(event.at);
  if (sentAt === undefined) return { line, code: 'EVENT_INSTANT_INVALID', detail: 'at' };
  const number = firms.number(firm);
  const known = knownAs(event, number, person, identity);
  return { event, firm: number, line, sentAt, ...(known === undefined ? {} : { person: personKey(known) }) };
}

/** What tells who a customer is, as text; nothing where the event does not say. */
function knownAs(event: Event, firm: number, person: string | undefined, identity: unknown): string | undefined {
  if (!('customer' in event)) return undefined;
  if (person !== undefined) return `person ${person}`;
  if (!introduces(event)) return undefined;
  if (typeof identity === 'string') return `sealed ${identity}`;
  const shape = z.looseObject({ cnic: z.string().optional(), nicop: z.string().optional(), registrationNumber: z.string().optional(), ntn: z.string().optional(), passport: z.unknown().optional() }).safeParse(identity);
  if (!shape.success) return event.kind === 'customer-changed' ? undefined : `${firm} ${event.customer}`;
  const { cnic, nicop, registrationNumber, ntn, passport } = shape.data;
  const number = cnic ?? nicop;
  if (number !== undefined) return `citizen ${number.replace(/\D/g, '')}`;
  if (registrationNumber !== undefined) return `registration ${registrationNumber.toUpperCase()}`;
  return ntn === undefined ? `identity ${JSON.stringify(passport ?? identity)}` : `ntn ${ntn.slice(0, 7)}`;
}

/** The movement that an event tells of: a correction's is its replacement. */
function movementOf(event: Event): MovementEvent | undefined {
  if (event.kind === 'correct') return event.replacement;
  return 'amount' in event && event.kind !== 'order' ? event : undefined;
}

function bookOf(coming: readonly Coming[]): AssetBook {
  const book = new AssetBook();
  const known = new Map<string, Asset>([RUPEE, ...TRADED].map(({ id, symbol, decimals, class: of }) => [id, { id, symbol, decimals, class: of }]));
  const prices = new Map<string, Map<number, bigint[]>>();
  book.register({ ...RUPEE });
  for (const { event, sentAt } of coming) {
    const moved = movementOf(event);
    if (moved === undefined) continue;
    for (const { asset } of [moved.amount, ...('quote' in moved ? [moved.quote] : [])]) {
      if (book.asset(asset) === undefined) book.register({ ...(known.get(asset) ?? unknownAsset(asset)) });
    }
    const price = priceOf(moved, book);
    if (price === undefined) continue;
    const hours = prices.get(moved.amount.asset) ?? new Map<number, bigint[]>();
    const hour = Math.floor(sentAt / HOUR_US) * HOUR_US;
    prices.set(moved.amount.asset, hours.set(hour, [...(hours.get(hour) ?? []), price]));
  }
  for (const [asset, hours] of prices) publish(book, asset, hours);
  return book;
}

function unknownAsset(id: string): Omit<Asset, 'id'> & { readonly id: string } {
  return { id, symbol: id.slice(-8), decimals: DECIMALS_UNKNOWN, class: /erc20|trc20|token/i.test(id) ? 'token' : 'coin' };
}

/** Paisa for a whole unit, times 10^8, as the event itself implies it. */
function priceOf(moved: MovementEvent, book: AssetBook): bigint | undefined {
  if (moved.amount.asset === PKR) return undefined;
  const asset = book.asset(moved.amount.asset);
  const units = asset === undefined ? undefined : parseUnits(moved.amount.value, asset.decimals);
  const rupees = moved.pkr ?? ('quote' in moved && moved.quote.asset === PKR ? moved.quote.value : undefined);
  const paisa = rupees === undefined ? undefined : parseUnits(rupees, 2);
  return asset === undefined || units === undefined || paisa === undefined || units === 0n || paisa === 0n ? undefined : (paisa * SCALE * 10n ** BigInt(asset.decimals)) / units;
}

/** Each hour's median from that hour on; the first also for all that lies before. */
function publish(book: AssetBook, asset: string, hours: ReadonlyMap<number, readonly bigint[]>): void {
  for (const [i, [hour, prices]] of [...hours].sort(([a], [b]) => a - b).entries()) {
    const sorted = prices.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const at: Instant = instantOf(i === 0 ? 0 : hour);
    book.publish({ at, source: 'the file itself', rates: [{ asset, paisaE8: String(sorted[Math.floor(sorted.length / 2)] ?? 0n) }] });
  }
}

function casesOf(labels: readonly GivenLabel[], coming: readonly Coming[], firms: Firms, door: Door): Case[] {
  const wanted = new Set(labels.flatMap((label) => label.events.map(({ firm, id }) => `${firms.number(firm)} ${id}`)));
  const byRef = new Map<string, Coming>();
  for (const one of coming) if (wanted.has(`${one.firm} ${one.event.id}`)) byRef.set(`${one.firm} ${one.event.id}`, one);
  return labels.map((label) => {
    const events = label.events.flatMap(({ firm, id }) => byRef.get(`${firms.number(firm)} ${id}`) ?? []);
    const numbers = [...new Set(label.events.map(({ firm }) => firms.number(firm)))];
    const said = label.persons.flatMap(({ customers }) => customers.map(({ firm, customer }) => door.person(firms.number(firm), customer)));
    const acting = events.map(({ firm, event }) => ('customer' in event ? door.person(firm, event.customer) : undefined));
    const times = events.map(({ sentAt }) => sentAt);
    return {
      id: label.case, typology: label.typology, tuned: label.tuned, crossFirm: label.crossFirm ?? numbers.length > 1, firms: numbers,
      people: new Set([...said, ...(said.length > 0 ? [] : acting)].filter((person) => person !== undefined)),
      from: times.reduce((a, b) => Math.min(a, b), Infinity), to: times.reduce((a, b) => Math.max(a, b), -Infinity),
    };
  });
}
