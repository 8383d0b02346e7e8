/**
 * Tells subscribers when an answer changes: the signed answer of a firm goes to each address that asked for it, as a
 * request that is signed (RFC 9421). There is no queue: for each subscriber and firm one row holds what was told last,
 * and what the answer says now is compared with it. So nothing is lost in a crash or an outage, ten changes in an hour
 * of silence are one message with the newest answer, and a step that takes effect later is told when it does.
 *
 * A subscriber who does not answer is asked again, ever more rarely, and never given up; each round sends so many at most.
 */

import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Member } from '../access/index.ts';
import { SYSTEM, withActor, type Entry, type Tx } from '../log/index.ts';
import type { Signer } from '../proof/index.ts';
import { signRequest } from '../proof/http-signature.ts';
import { HOUR_US, MINUTE_US, SECOND_US, instantOf, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import { answerOf, answerText, type StatusDesk } from './answer.ts';
import type { RegisterBook } from './book.ts';
import { endSubscriber, registerSubscriber, SubscriberBook, type Subscriber, type SubscriberGround } from './subscriber.ts';

/** Messages of one round at most, and to one subscriber: who is slow keeps nobody else waiting for long. */
const ROUND_MAX = 40;
const EACH_MAX = 10;
/** Messages under way at once. */
const AT_ONCE = 4;
/** A failed message waits a minute, then twice as long each time, at most six hours. */
const WAIT_US = MINUTE_US;
const WAIT_MAX_US = 6 * HOUR_US;
const FAULT_LENGTH_MAX = 200;

/** A message on its way: a POST whose every header is covered by its signature, but for the signature's own. */
export interface Push {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends one message; gives `undefined` when it was taken, else why not. It never throws. */
export type Send = (push: Push) => Promise<string | undefined>;

/** What telling stands on. */
export interface PushGround {
  readonly pool: pg.Pool;
  readonly book: RegisterBook;
  readonly status: StatusDesk;
  readonly signer: Signer;
  readonly random: (length: number) => Uint8Array;
  readonly mayReach: (address: string) => boolean;
  readonly send: Send;
}

/** How a subscription stands. `failingSince`: the first message that was not taken and still is not. */
export interface PushState {
  readonly subscriber: Subscriber;
  readonly told: number;
  readonly waiting: number;
  readonly fault: string | undefined;
}

interface Row {
  readonly subscriber: string;
  readonly firm: string;
  readonly told: string | null;
  readonly attempts: number;
  readonly due_at: number;
  readonly fault: string | null;
}

interface Due {
  readonly subscriber: Subscriber;
  readonly code: string;
  readonly firm: string;
  readonly now: string;
  readonly attempts: number;
}

/** The desk of subscriptions. */
export class PushDesk {
  readonly #ground: PushGround;
  readonly #own: SubscriberGround;
  #isBusy = false;

  constructor(ground: PushGround) {
    this.#ground = ground;
    this.#own = { book: new SubscriberBook(), mayReach: ground.mayReach, isFirm: (firm) => ground.book.firm(firm) !== undefined, random: ground.random };
  }

  /** Registers a subscription. */
  register(tx: Tx, now: Instant, wanted: Omit<EntryBody<'subscriber-registered'>, 'subscriber'>, by: Member): Promise<Entry<'subscriber-registered'> | Rejection> {
    return registerSubscriber(tx, now, this.#own, wanted, by);
  }

  /** Ends one. */
  end(tx: Tx, now: Instant, ended: EntryBody<'subscriber-ended'>, by: Member): Promise<Entry<'subscriber-ended'> | Rejection> {
    return endSubscriber(tx, now, this.#own, ended, by);
  }

  /** The subscriptions in force, and how each stands. */
  async states(tx: Tx): Promise<readonly PushState[]> {
    await this.#own.book.follow(tx);
    const rows = await readRows(tx);
    return this.#own.book.all().map((subscriber) => {
      const own = rows.filter((row) => row.subscriber === subscriber.subscriber);
      return { subscriber, told: own.filter((row) => row.told !== null).length, waiting: own.filter((row) => row.attempts > 0).length, fault: own.find((row) => row.fault !== null)?.fault ?? undefined };
    });
  }

  /** Tells what is due; gives how many messages were taken. A round that is still under way is left alone. */
  async round(now: Instant): Promise<number> {
    if (this.#isBusy) return 0;
    this.#isBusy = true;
    try {
      const due = await withActor(this.#ground.pool, SYSTEM, (tx) => this.#due(tx, now));
      let taken = 0;
      for (let at = 0; at < due.length; at += AT_ONCE) {
        const told = await Promise.all(due.slice(at, at + AT_ONCE).map((one) => this.#tell(one, now)));
        taken += told.filter(Boolean).length;
      }
      return taken;
    } finally {
      this.#isBusy = false;
    }
  }

  /** Subscribers and firms whose answer is another than was told last, and whose time to wait is over. */
  async #due(tx: Tx, now: Instant): Promise<Due[]> {
    await this.#own.book.follow(tx);
    // Answers are made for who asked for them; where nobody did, a round costs one look.
    if (this.#own.book.all().length === 0) return [];
    const rows = new Map((await readRows(tx)).map((row) => [`${row.subscriber} ${row.firm}`, row]));
    const answers = new Map(this.#ground.book.rows(now).map(({ firm }) => [firm.firm, { code: firm.code, now: this.#digestOf(firm.code, now) }]));
    const due: Due[] = [];
    for (const subscriber of this.#own.book.all()) {
      const firms = subscriber.firms.length > 0 ? subscriber.firms : [...answers.keys()];
      const own = firms.flatMap((firm): Due[] => {
        const [answer, row] = [answers.get(firm), rows.get(`${subscriber.subscriber} ${firm}`)];
        const isDue = answer !== undefined && answer.now !== row?.told && (row === undefined || row.attempts === 0 || row.due_at <= now);
        return isDue ? [{ subscriber, firm, code: answer.code, now: answer.now, attempts: row?.attempts ?? 0 }] : [];
      });
      due.push(...own.slice(0, EACH_MAX));
    }
    return due.slice(0, ROUND_MAX);
  }

  /** What an answer says, whenever it is asked. Answers are of the whole minute; so is this. */
  #digestOf(code: string, now: Instant): string {
    const text = answerText('', { ...answerOf(this.#ground.book, code, instantOf(now - (now % MINUTE_US))), at: instantOf(0) }, false);
    return createHash('sha256').update(text).digest('hex');
  }

  async #tell(due: Due, now: Instant): Promise<boolean> {
    const fault = await this.#send(due, now);
    const wait = Math.min(WAIT_US * 2 ** Math.min(due.attempts, 20), WAIT_MAX_US);
    await withActor(this.#ground.pool, SYSTEM, (tx) => tx.query(
      `insert into register.push (subscriber, firm, told, told_at, attempts, due_at, fault) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (subscriber, firm) do update set told = coalesce(excluded.told, register.push.told), told_at = coalesce(excluded.told_at, register.push.told_at), attempts = excluded.attempts, due_at = excluded.due_at, fault = excluded.fault`,
      [due.subscriber.subscriber, due.firm, fault === undefined ? due.now : null, fault === undefined ? now : null, fault === undefined ? 0 : due.attempts + 1, now + wait, fault ?? null]));
    return fault === undefined;
  }

  /** The signed answer, in a signed request. The same answer to the same subscriber bears the same key, so it is taken once. */
  async #send(due: Due, now: Instant): Promise<string | undefined> {
    const { status, signer, random, send } = this.#ground;
    const signed = await status.answer(due.code, now);
    if (signed === undefined) return 'there is no answer of this code';
    const { address } = due.subscriber;
    const digest = createHash('sha256').update(signed.note).digest('base64');
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'content-digest': `sha-256=:${digest}:`, 'idempotency-key': `${due.subscriber.subscriber}-${due.code}-${due.now.slice(0, 32)}` };
    const signature = await signRequest({ method: 'POST', target: address, headers }, signer, Math.floor(now / SECOND_US), Buffer.from(random(16)).toString('hex'));
    return (await send({ address, headers: { ...headers, ...signature }, body: signed.note }))?.slice(0, FAULT_LENGTH_MAX);
  }
}

async function readRows(tx: Tx): Promise<Row[]> {
  return (await tx.query<Row>('select subscriber, firm, told, attempts, due_at, fault from register.push')).rows;
}
