/**
 * A firm's own books: it gives each event its id and its number, counts its days, keeps what it owes its
 * customers, and closes each day with a statement that balances: what the statement says of a day is exactly
 * what was sent of it. Balances never fall below zero, or the nation would be no nation; that is asserted.
 */

import { EVENT_KINDS, PKR, assert, formatInstant, formatKarachiDay, formatUnits, instantOf, karachiDay, parseInstant, parseUnits, type KarachiDay } from '../../src/terms/index.ts';
import { RUPEE, TRADED } from './assets.ts';
import type { WorldFirm } from './firms.ts';
import type { Body, Unsealed } from './planned.ts';

const DECIMALS = new Map([RUPEE, ...TRADED].map((asset) => [asset.id, asset.decimals]));

interface Amount {
  readonly asset: string;
  readonly value: string;
}

/** Count and sum of one kind and asset in one day. */
interface DayLine {
  readonly kind: string;
  readonly asset: string;
  count: number;
  units: bigint;
}

export class FirmBook {
  readonly firm: WorldFirm;
  #seq = 0;
  #customers = 0;
  readonly #days = new Map<KarachiDay, { readonly lines: Map<string, DayLine>; last: number }>();
  readonly #balances = new Map<string, bigint>();

  constructor(firm: WorldFirm) {
    this.firm = firm;
  }

  /** Can the firm's customers pay this out of what they hold together? */
  covers(body: Body): boolean {
    const out = paidOut(body);
    return out === undefined || (this.#balances.get(out.asset) ?? 0n) >= unitsOf(out);
  }

  /** Writes an event down. `isPast`: it happened before the opening balances were struck, which hold it already. */
  write(body: Body, at: number, isPast = false): Unsealed {
    const id = `${this.firm.id}-${(this.#seq + 1).toString(36).padStart(7, '0')}`;
    return this.writeAs(body, id, at, isPast);
  }

  /** Writes down an event whose own fields name an earlier one by id. */
  writeAs(body: Body, id: string, at: number, isPast = false): Unsealed {
    this.#seq += 1;
    const head = { v: 1 as const, id, stream: 'main', seq: this.#seq, at: formatInstant(instantOf(at)) };
    const event: Unsealed = { ...head, ...body };
    this.#count(event);
    if (!isPast) this.#post(event, 1n);
    if (event.kind === 'customer-onboarded' || event.kind === 'opening-load') this.#customers += 1;
    return event;
  }

  /** The correction of an earlier event, with `change` made to it. */
  correct(earlier: Extract<Unsealed, { kind: 'fiat-in' }>, value: string, at: number): Unsealed {
    const replacement = { ...earlier, amount: { asset: earlier.amount.asset, value } };
    this.#post(earlier, -1n);
    return this.write({ kind: 'correct', target: earlier.id, replacement }, at);
  }

  /** The withdrawal of an earlier event of one customer. */
  cancel(earlier: Extract<Unsealed, { kind: 'fiat-in' }>, reason: 'duplicate' | 'error', at: number): Unsealed {
    this.#post(earlier, -1n);
    return this.write({ kind: 'cancel', customer: earlier.customer, target: earlier.id, reason }, at);
  }

  /** Closes a day: to be written when everything that happened on it has been. */
  close(day: KarachiDay, at: number): Unsealed {
    const own = this.#days.get(day);
    for (const known of this.#days.keys()) if (known <= day) this.#days.delete(known);
    const counts = [...(own?.lines.values() ?? [])].map((line) => ({
      kind: line.kind, count: line.count, ...(line.asset === '' ? {} : { asset: line.asset, sum: formatUnits(line.units, DECIMALS.get(line.asset) ?? 0) }),
    }));
    const balances = [...this.#balances].map(([asset, units]) => ({ asset, value: formatUnits(units, DECIMALS.get(asset) ?? 0) }));
    return this.write({ kind: 'closing-statement', day: formatKarachiDay(day), lastSeq: own?.last ?? 0, counts, customers: this.#customers, balances }, at);
  }

  #count(event: Unsealed): void {
    if (event.kind === 'closing-statement') return;
    const moved = event.kind === 'correct' ? event.replacement : event;
    const at = parseInstant(moved.at);
    assert(at !== undefined && EVENT_KINDS.includes(event.kind), 'an event that is written down has its instant and its kind');
    const day = karachiDay(at);
    const known = this.#days.get(day) ?? { lines: new Map<string, DayLine>(), last: 0 };
    this.#days.set(day, known);
    known.last = this.#seq;
    const asset = 'amount' in moved && event.kind !== 'order' ? moved.amount.asset : '';
    const key = `${event.kind} ${asset}`;
    const line = known.lines.get(key) ?? { kind: event.kind, asset, count: 0, units: 0n };
    known.lines.set(key, line);
    line.count += 1;
    if (asset !== '' && 'amount' in moved) line.units += unitsOf(moved.amount);
  }

  /** What an event does to the sum of customers' balances; `sign` -1 undoes it. */
  #post(event: Unsealed, sign: bigint): void {
    switch (event.kind) {
      case 'fiat-in':
      case 'asset-deposit':
        return this.#add(event.amount, sign);
      case 'fiat-out':
      case 'asset-withdrawal':
        return this.#add(event.amount, -sign);
      case 'trade': {
        const buys = event.side === 'buy' ? sign : -sign;
        this.#add(event.amount, buys);
        this.#add(event.quote, -buys);
        if (event.fee !== undefined) this.#add(event.fee, -sign);
        return;
      }
      case 'correct':
        return this.#post(event.replacement, sign);
      case 'opening-load':
        for (const balance of event.balances) this.#add(balance, sign);
        return;
      default:
        return;
    }
  }

  #add(amount: Amount, sign: bigint): void {
    const balance = (this.#balances.get(amount.asset) ?? 0n) + sign * unitsOf(amount);
    assert(balance >= 0n, `${this.firm.code} never owes its customers less than nothing of ${amount.asset === PKR ? 'rupees' : amount.asset}`);
    this.#balances.set(amount.asset, balance);
  }
}

/** What leaves the customers of a firm by an event. */
function paidOut(body: Body): Amount | undefined {
  if (body.kind === 'fiat-out' || body.kind === 'asset-withdrawal') return body.amount;
  if (body.kind === 'trade') return body.side === 'sell' ? body.amount : body.quote;
  return undefined;
}

function unitsOf(amount: Amount): bigint {
  const units = parseUnits(amount.value, DECIMALS.get(amount.asset) ?? 0);
  assert(units !== undefined, 'the nation writes amounts in the decimals of their asset');
  return units;
}
