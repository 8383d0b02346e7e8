/**
 * Presence over an act: the officer's passkey (in a demo also a code) signs the hash of who does what, to whom, in
 * which words, so a proof of one act serves no other and is spent with it.
 */

import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Session, StaffDesk } from '../../access/index.ts';
import { SYSTEM, withActor } from '../../log/index.ts';
import { canonicalBytes, type Instant, type Json } from '../../terms/index.ts';
import type { Refused } from '../problem.ts';

/** What presence is judged with. */
export interface PresenceGround {
  readonly pool: pg.Pool;
  readonly desk: StaffDesk;
}

/** Asks for presence over an act; nothing when it was proven. The proof is spent here. */
export async function unlessProven(ground: PresenceGround, session: Session, now: Instant, act: Json, stepUp: string | undefined): Promise<Refused | undefined> {
  const hash = createHash('sha256').update(canonicalBytes(act)).digest('hex');
  if (stepUp !== undefined && await withActor(ground.pool, SYSTEM, (tx) => ground.desk.takeStepUp(tx, now, session.member, hash, stepUp)) === undefined) return undefined;
  return { code: 'STEP_UP_REQUIRED', detail: { hash, methods: session.hasPasskey ? ['passkey', ...ground.desk.codes] : ground.desk.codes } };
}
