/**
 * Who is told when an answer changes: banks that an officer registered, each with an address and the firms it asks
 * about. The book is a fold of the ledger. An address must be one that the operator allows before it is registered;
 * whether it may be reached is judged again at each sending.
 */

import { decide, type Member } from '../access/index.ts';
import { append, isKind, lockLedger, readEntries, type Entry, type Tx } from '../log/index.ts';
import { reject, type EntryBody, type EntryKind, type Instant, type Rejection } from '../terms/index.ts';

/** Subscriptions in force at most: the banks of a country, and more. */
const SUBSCRIBERS_MAX = 200;
const ID_BYTES = 8;
const PAGE_ENTRIES = 1_000;
const KINDS: readonly EntryKind[] = ['subscriber-registered', 'subscriber-ended'];

/** A subscription in force. `firms`: ids; none means all. */
export type Subscriber = EntryBody<'subscriber-registered'> & { readonly entry: number; readonly since: Instant };

/** Subscriptions as the ledger has them so far. */
export class SubscriberBook {
  readonly #inForce = new Map<string, Subscriber>();
  #next = 0;

  /** Folds what the ledger holds by now. */
  async follow(tx: Tx): Promise<void> {
    for (;;) {
      const entries = await readEntries(tx, { from: this.#next, kinds: KINDS, limit: PAGE_ENTRIES });
      for (const entry of entries) this.#apply(entry);
      if (entries.length < PAGE_ENTRIES) return;
    }
  }

  /** Those in force, oldest first. */
  all(): readonly Subscriber[] {
    return [...this.#inForce.values()];
  }

  #apply(entry: Entry): void {
    if (isKind(entry, 'subscriber-registered')) this.#inForce.set(entry.body.subscriber, { ...entry.body, entry: entry.index, since: entry.admittedAt });
    if (isKind(entry, 'subscriber-ended')) this.#inForce.delete(entry.body.subscriber);
    this.#next = entry.index + 1;
  }
}

/** What registering stands on. `mayReach`: is the address one that the operator allows? */
export interface SubscriberGround {
  readonly book: SubscriberBook;
  readonly mayReach: (address: string) => boolean;
  readonly isFirm: (firm: string) => boolean;
  readonly random: (length: number) => Uint8Array;
}

/** Registers a subscription. */
export async function registerSubscriber(tx: Tx, now: Instant, ground: SubscriberGround, wanted: Omit<EntryBody<'subscriber-registered'>, 'subscriber'>, by: Member): Promise<Entry<'subscriber-registered'> | Rejection> {
  const may = decide(by, 'subscriber.register', {});
  if (!may.allowed) return may.rejection;
  if (!ground.mayReach(wanted.address)) return reject('DECISION_INVALID', 'address: none that the operator allows');
  if (!wanted.firms.every(ground.isFirm)) return reject('FIRM_UNKNOWN', 'firms');
  await lockLedger(tx, now);
  await ground.book.follow(tx);
  if (ground.book.all().length >= SUBSCRIBERS_MAX) return reject('CAPACITY', `at most ${SUBSCRIBERS_MAX} subscriptions`);
  if (ground.book.all().some((one) => one.address === wanted.address)) return reject('DECISION_INVALID', 'address: has a subscription');
  const subscriber = `S-${Buffer.from(ground.random(ID_BYTES)).toString('hex')}`;
  const [entry] = await append(tx, now, [{ kind: 'subscriber-registered', actor: by.account, basis: 'public register', body: { ...wanted, firms: [...new Set(wanted.firms)].sort(), subscriber } }]);
  if (entry === undefined) throw new Error('an append gives its entries back');
  return entry;
}

/** Ends a subscription. */
export async function endSubscriber(tx: Tx, now: Instant, ground: SubscriberGround, ended: EntryBody<'subscriber-ended'>, by: Member): Promise<Entry<'subscriber-ended'> | Rejection> {
  const may = decide(by, 'subscriber.register', {});
  if (!may.allowed) return may.rejection;
  await lockLedger(tx, now);
  await ground.book.follow(tx);
  if (!ground.book.all().some((one) => one.subscriber === ended.subscriber)) return reject('NOT_FOUND', 'subscriber');
  const [entry] = await append(tx, now, [{ kind: 'subscriber-ended', actor: by.account, basis: 'public register', body: ended }]);
  if (entry === undefined) throw new Error('an append gives its entries back');
  return entry;
}
