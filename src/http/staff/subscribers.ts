/** Subscriptions at the staff door: who is told when an answer changes, how each stands, registered and ended by officers. */

import type pg from 'pg';
import { type StaffDesk } from '../../access/index.ts';
import { SYSTEM, withActor } from '../../log/index.ts';
import type { PushDesk, RegisterBook } from '../../register/index.ts';
import { reject } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { unlessProven } from './presence.ts';

/** What subscriptions stand on. */
export interface SubscribersGround {
  readonly pool: pg.Pool;
  readonly desk: StaffDesk;
  readonly book: RegisterBook;
  readonly push: PushDesk;
}

/** What answers the routes of subscriptions. */
export function subscriberRoutes(ground: SubscribersGround): Pick<StaffRoutes, 'subscribers' | 'registerSubscriber' | 'endSubscriber'> {
  const { pool, book, push } = ground;
  const idOf = (code: string): string => book.firms().find((one) => one.code.toUpperCase() === code.toUpperCase())?.firm ?? '';
  return {
    subscribers: async () => ({
      subscribers: (await withActor(pool, SYSTEM, (tx) => push.states(tx))).map(({ subscriber: { subscriber, name, address, firms, since, entry }, told, waiting, fault }) => ({
        subscriber, name, address, firms: firms.map((firm) => book.firm(firm)?.code ?? firm), since, told, waiting, fault: fault ?? null, entry,
      })),
    }),
    registerSubscriber: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { stepUp, firms, ...wanted } = body;
      const absent = await unlessProven(ground, session, now, { act: 'subscriber.register', by: session.member.account, wanted: { ...wanted, firms } }, stepUp);
      if (absent !== undefined) return absent;
      const made = await withActor(pool, SYSTEM, (tx) => push.register(tx, now, { ...wanted, firms: firms.map(idOf) }, session.member));
      return 'code' in made ? made : { entry: made.index, waits: false };
    },
    endSubscriber: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const made = await withActor(pool, SYSTEM, (tx) => push.end(tx, now, { subscriber: params.subscriber, reason: body.reason }, session.member));
      return 'code' in made ? made : { entry: made.index, waits: false };
    },
  };
}
