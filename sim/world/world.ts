/**
 * A nation from a seed: firms, people, wallets, rates and a month of activity with planted cases, as the
 * firms would send it. It streams in slices of ten minutes and keeps only what is under way, so its memory
 * does not grow with its people or its days. The same options give the same lines, byte for byte.
 */

import { DAY_US, HOUR_US, assert, instantOf, karachiDay, parseInstant, startOfKarachiDay, type Asset, type Instant } from '../../src/terms/index.ts';
import { RUPEE, TRADED } from './assets.ts';
import { sitting } from './background.ts';
import { Chance, PURPOSE, seedKey, type SeedKey } from './chance.ts';
import { activityAt, instantOfQuantile } from './cycle.ts';
import { WRITTEN_WITHIN_US, deliveries, writingDelay, type Sending } from './delivery.ts';
import { FirmBook } from './firm-book.ts';
import { firmsOf, type WorldFirm } from './firms.ts';
import { identityOf, type WorldIdentity } from './identity.ts';
import { LabelBook, type Label } from './labels.ts';
import { readListed } from './listed.ts';
import { actorOf, onboarding, type Ground } from './makers.ts';
import { OPENING_BEFORE_US, SLEPT_DAYS, lastAct, openingLoad } from './opening.ts';
import { People, type Person } from './people.ts';
import type { Planned, Unsealed } from './planned.ts';
import { Plot, planCases, planLiveCases, type PlannedCase } from './plot.ts';
import { Queue } from './queue.ts';
import { Rates, type RateSheet } from './rates.ts';

/** How large a nation is. `perTypology`: planted cases of each typology. */
export interface SizeTerm {
  readonly people: number;
  readonly perTypology: number;
}
export const SIZES = { small: { people: 5_000, perTypology: 2 }, city: { people: 500_000, perTypology: 60 }, nation: { people: 40_000_000, perTypology: 2_000 } } as const satisfies Record<string, SizeTerm>;
/** A size by its name, or in figures. */
export type Size = keyof typeof SIZES | SizeTerm;

/** What a world is made from. */
export interface WorldOptions {
  readonly seed: string;
  readonly size: Size;
  /** The first instant of activity; the start of its Karachi day is taken. */
  readonly from: Instant;
  readonly days: number;
  /** Times the usual activity; 1 when it is left out. A bench wants many events of few people. */
  readonly activity?: number;
  /**
   * Goes on after its last day: at the usual pace and with nothing planted up to `from` (its last day when left out),
   * then for `days` at `pace` times the usual activity with new cases. What lies before `from` is the same whether
   * anyone looks at what follows or not, so a feed may be stopped there and go on later.
   */
  readonly live?: { readonly from?: Instant; readonly days: number; readonly pace: number };
}

/** What a firm is to write down, and when. */
interface Writing {
  readonly planned: Planned;
  readonly writtenAt: number;
}

/** An amendment that is to come. */
interface Amendment {
  readonly at: number;
  readonly book: FirmBook;
  readonly earlier: Extract<Unsealed, { kind: 'fiat-in' }>;
  readonly corrects: boolean;
}

const SLICE_US = 600_000_000;
/** Sittings of a person a day; a sitting has about three events. */
const SITTINGS_A_DAY = 0.24;
/** Share of people who join while the world runs. */
const JOINING = 0.04;
/** Sittings of sleepers who come back by themselves. */
const WAKING = 0.0008;
/** Days are closed at five in the morning, when all that belongs to them has been written down. */
const CLOSED_AT_US = 5 * HOUR_US;
/** Events that are corrected or withdrawn later: rupee payments that nobody planted. */
const AMENDED = 0.004;
const DAYS_MAX = 32;

export class World {
  readonly options: WorldOptions;
  readonly key: SeedKey;
  readonly from: Instant;
  /** End of the history; live activity follows. */
  readonly until: Instant;
  /** When new cases are planted again and the pace rises; the end of the history when the world does not go on. */
  readonly liveFrom: Instant;
  readonly firms: readonly WorldFirm[];
  readonly assets: readonly Asset[] = [RUPEE, ...TRADED.map(({ id, symbol, decimals, class: of }) => ({ id, symbol, decimals, class: of }))];
  readonly people: People;
  readonly #ground: Ground;
  readonly #labels: LabelBook;
  readonly #books: readonly FirmBook[];
  readonly #plot: Plot;
  readonly #due = new Queue<Writing | Amendment>();
  readonly #outgoing = new Queue<Sending>();
  readonly #delivery: Chance;
  readonly #size: SizeTerm;
  #isStreaming = false;

  constructor(options: WorldOptions) {
    assert(options.days >= 1 && options.days <= DAYS_MAX, `a world lasts 1 to ${DAYS_MAX} days`);
    this.options = options;
    this.key = seedKey(options.seed);
    this.from = startOfKarachiDay(karachiDay(options.from));
    this.until = instantOf(this.from + options.days * DAY_US);
    this.liveFrom = instantOf(Math.max(this.until, Math.floor((options.live?.from ?? 0) / SLICE_US) * SLICE_US));
    this.#size = typeof options.size === 'string' ? SIZES[options.size] : options.size;
    this.firms = firmsOf(this.until);
    const reporting = this.firms.filter((firm) => firm.share > 0);
    this.people = new People(this.key, this.#size.people, Math.floor(this.#size.people * JOINING), reporting);
    this.#ground = { from: this.from, people: this.people, rates: new Rates(this.key, this.from - OPENING_BEFORE_US), listed: readListed() };
    this.#labels = new LabelBook(this.key);
    this.#books = reporting.map((firm) => new FirmBook(firm));
    this.#plot = new Plot(this.#ground);
    this.#delivery = new Chance(this.key, PURPOSE.delivery);
  }

  /** Reference rates from half a year before the world to `to`. */
  rates(to: number): Generator<RateSheet> {
    return this.#ground.rates.sheets(this.options.seed, this.from - (SLEPT_DAYS.to + 3) * DAY_US, to);
  }

  /** The rate sheet in force at an instant. */
  rateSheet(at: number): RateSheet {
    return this.#ground.rates.sheet(at, this.options.seed);
  }

  /** What names a person, as every firm seals it. */
  identity(person: number): WorldIdentity {
    return identityOf(this.key, this.people.person(person));
  }

  /** Labels of the cases that have begun so far. */
  labels(): Label[] {
    return this.#labels.labels();
  }

  /** Labels of the history's cases: all of them are over before a world goes on. */
  historyLabels(): Label[] {
    return this.labels().filter((label) => label.from < this.until);
  }

  /** Everything that firms send, in the order in which they do. Once for each world. */
  *sendings(): Generator<Sending> {
    assert(!this.#isStreaming, 'a world streams once');
    this.#isStreaming = true;
    yield* this.#opening();
    const { live } = this.options;
    const end = this.liveFrom + (live?.days ?? 0) * DAY_US;
    const cases = [...planCases(this.key, this.#size.perTypology, this.from, this.until), ...(live === undefined ? [] : planLiveCases(this.key, this.liveFrom, end))];
    const drains = cases.filter((one) => one.typology === 'new_user_drain');
    const others = cases.filter((one) => one.typology !== 'new_user_drain');
    let joined = 0;
    let begun = 0;
    for (let at: number = this.from; at < end; at += SLICE_US) {
      const until = at + SLICE_US;
      for (let when = this.#joinsAt(joined); when !== undefined && when < until; when = this.#joinsAt(++joined)) this.#join(joined, when, drains);
      for (let one = others[begun]; one !== undefined && one.at < until; one = others[++begun]) this.#plan(this.#plot.acts(one));
      this.#sittings(at, until, joined);
      this.#closeDays(at, until);
      this.#writeDue(until);
      for (let out = this.#outgoing.take(until); out !== undefined; out = this.#outgoing.take(until)) yield out;
    }
    this.#writeDue(Infinity);
    for (let out = this.#outgoing.take(Infinity); out !== undefined; out = this.#outgoing.take(Infinity)) yield out;
  }

  *#opening(): Generator<Sending> {
    const at = this.from - OPENING_BEFORE_US;
    let sent = 0;
    for (let index = 0; index < this.people.settled; index++) {
      const person = this.people.person(index);
      const past = lastAct(this.#ground, person);
      for (const place of person.firms) {
        const book = this.#book(place);
        const event = book.write(openingLoad(this.#ground, actorOf(this.#ground, person, place), at), at);
        yield { firm: book.firm.id, sentAt: at + sent++ * 1_000, event, identity: identityOf(this.key, person), expect: 'accepted' };
        if (past?.firm === place) yield { firm: book.firm.id, sentAt: at + sent++ * 1_000, event: book.write(past.body, past.at, true), expect: 'accepted' };
      }
    }
  }

  /** When the n-th newcomer joins: in order of their numbers, by the day's rhythm. */
  #joinsAt(n: number): Instant | undefined {
    const joining = this.people.count - this.people.settled;
    if (n >= joining) return undefined;
    const day = ((n + 0.5) / joining) * this.options.days;
    return instantOfQuantile(this.from + Math.floor(day) * DAY_US, day - Math.floor(day));
  }

  /** A newcomer, or the case that one of them begins. */
  #join(n: number, at: Instant, drains: PlannedCase[]): void {
    const person = this.people.person(this.people.settled + n);
    const place = person.firms[0] ?? 0;
    const isOpen = this.people.firm(place).suspendedFrom === undefined;
    const drain = drains[0];
    if (drain !== undefined && drain.at <= at && isOpen) {
      drains.shift();
      this.#plan(this.#plot.acts({ ...drain, at }, person));
      const moment = { ground: this.#ground, chance: new Chance(this.key, PURPOSE.join, n) };
      this.#plan(person.firms.slice(1).map((firm) => onboarding(moment, actorOf(this.#ground, person, firm), at + HOUR_US)));
      return;
    }
    const chance = new Chance(this.key, PURPOSE.join, n);
    const moment = { ground: this.#ground, chance };
    this.#plan(person.firms.map((firm, i) => onboarding(moment, actorOf(this.#ground, person, firm), at + i * chance.between(1, 40) * HOUR_US)));
    // A suspended firm still writes a customer down, who then can do nothing there.
    if (!isOpen && at >= (this.people.firm(place).suspendedFrom ?? 0) - DAY_US) return;
    this.#plan(sitting(moment, at + chance.between(10, 4_000) * 1_000_000, { ...person, firms: [place] }, (firm) => this.#someoneAt(chance, firm, n)));
  }

  #sittings(at: number, until: number, joined: number): void {
    const chance = new Chance(this.key, PURPOSE.session, at / SLICE_US);
    const pace = (this.options.activity ?? 1) * (at >= this.liveFrom ? (this.options.live?.pace ?? 1) : 1);
    const known = this.people.settled + Math.max(0, joined - 60);
    const mean = known * SITTINGS_A_DAY * (SLICE_US / DAY_US) * activityAt(at) * pace;
    const moment = { ground: this.#ground, chance };
    for (let n = chance.poisson(mean); n > 0; n--) {
      const person = chance.happens(WAKING) ? this.people.drawSleeper(chance) : this.people.draw(chance, known);
      this.#plan(sitting(moment, at + Math.floor(chance.real() * (until - at)), person, (firm) => this.#someoneAt(chance, firm, joined - 60)));
    }
  }

  /** Another customer of a firm. */
  #someoneAt(chance: Chance, firm: number, joined: number): Person {
    for (;;) {
      const person = this.people.draw(chance, this.people.settled + Math.max(0, joined));
      if (person.firms.includes(firm)) return person;
    }
  }

  #plan(planned: readonly Planned[]): void {
    for (const one of planned) {
      const writtenAt = one.at + writingDelay(this.#delivery);
      this.#due.add(writtenAt, { planned: one, writtenAt });
    }
  }

  #writeDue(until: number): void {
    for (let one = this.#due.take(until); one !== undefined; one = this.#due.take(until)) {
      if ('earlier' in one) this.#amend(one);
      // What was planned in hindsight is written down now.
      else this.#writeDown(one.planned, until === Infinity ? one.writtenAt : Math.max(one.writtenAt, until - SLICE_US));
    }
  }

  #writeDown(one: Planned, writtenAt: number): void {
    const book = this.#book(one.firm);
    // Who cannot pay does not: in a very small nation a firm's customers may run out of a rare asset.
    if (one.planting === undefined && !book.covers(one.body)) return;
    const event = book.write(one.body, one.at);
    const identity = one.identifies === true ? identityOf(this.key, this.people.person(one.person)) : undefined;
    if (one.planting !== undefined) this.#labels.add(one.planting, book.firm.id, event.id, one.at, one.person, this.people.customer(one.firm, one.person));
    const lines = deliveries(this.#delivery, book.firm.id, event, writtenAt, identity);
    for (const line of lines) this.#outgoing.add(line.sentAt, line);
    if (one.planting === undefined && event.kind === 'fiat-in' && this.#delivery.happens(AMENDED)) this.#planAmendment(book, event, Math.max(...lines.map((line) => line.sentAt)));
  }

  /** A slip of a clerk: the payment will be corrected, or withdrawn because it was written down twice. */
  #planAmendment(book: FirmBook, earlier: Amendment['earlier'], sentAt: number): void {
    const at = Math.floor(sentAt + 60_000_000 + this.#delivery.exponential(1_200e6));
    // The day that it belongs to must still be open, or its closing statement would not balance.
    if (karachiDay(instantOf(at)) !== karachiDay(parseInstant(earlier.at) ?? this.from)) return;
    this.#due.add(at, { at, book, earlier, corrects: this.#delivery.happens(0.5) });
  }

  /** The amendment gets its number when it happens, like everything else; a payment that was paid on in the meantime stays. */
  #amend({ at, book, earlier, corrects }: Amendment): void {
    if (!book.covers({ kind: 'fiat-out', customer: earlier.customer, amount: earlier.amount, channel: earlier.channel })) return;
    const event = corrects ? book.correct(earlier, String(Number(earlier.amount.value.split('.')[0]) + 1_000), at) : book.cancel(earlier, 'duplicate', at);
    this.#outgoing.add(at + 1_000_000, { firm: book.firm.id, sentAt: at + 1_000_000, event, expect: 'accepted' });
  }

  /** Yesterday is closed at five; a suspended firm closes its days too. */
  #closeDays(at: number, until: number): void {
    const day = karachiDay(instantOf(at));
    const closes = startOfKarachiDay(day) + CLOSED_AT_US;
    if (closes < at || closes >= until || day - 1 < karachiDay(this.from)) return;
    assert(WRITTEN_WITHIN_US < CLOSED_AT_US, 'a day is closed after all of it was written down');
    for (const book of this.#books) this.#outgoing.add(closes + 60_000_000, { firm: book.firm.id, sentAt: closes + 60_000_000, event: book.close(day - 1, closes), expect: 'accepted' });
  }

  #book(place: number): FirmBook {
    const book = this.#books[place];
    assert(book !== undefined, 'every account is at a reporting firm');
    return book;
  }
}
