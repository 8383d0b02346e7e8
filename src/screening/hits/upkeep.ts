/**
 * What a day brings to hits without a new list or a new person: an identity was destroyed, a decision has run out, a
 * confirmed match has no freeze yet at a firm whose customer the person is. Each is found by looking at what stands, so
 * whatever was missed while the process was down is done at the next look.
 */

import { append, type Entry, type Tx } from '../../log/index.ts';
import type { Instant } from '../../terms/index.ts';
import { WATCH } from './enter.ts';
import { applyToHits } from './fold.ts';

/** Found and done with one look at most. */
const LOOK_MAX = 500;

/** Ends the open hits of who was erased. What was confirmed stays: the freeze outlives the identity. */
export async function releaseErased(tx: Tx, now: Instant): Promise<void> {
  const found = await tx.query<{ hit: number }>(
    `select h.hit from screening.hit h join vault.person a on a.id = decode(h.person, 'hex') join vault.person p on p.id = coalesce(a.merged_into, a.id)
     where h.state in ('open', 'cleared') and p.erased_at is not null order by h.hit limit $1`, [LOOK_MAX]);
  await enter(tx, await append(tx, now, found.rows.map(({ hit }) => ({ kind: 'screening-released', actor: WATCH, basis: 'the identity was destroyed', body: { hit, reason: 'erased' as const } }))));
}

/** Opens again what an officer's decision no longer covers. */
export async function reopenExpired(tx: Tx, now: Instant): Promise<void> {
  const found = await tx.query<{ hit: number; seen: number }>(`select hit, seen from screening.hit where state = 'cleared' and until <= $1 order by hit limit $2`, [now, LOOK_MAX]);
  await enter(tx, await append(tx, now, found.rows.map(({ hit, seen }) => ({
    kind: 'screening-decided', actor: WATCH, basis: 'the day until which the decision holds has come', body: { hit, act: 'reopen' as const, reason: 'the decision has run out', seen },
  }))));
}

/** Orders the freeze at every firm whose customer a confirmed person is, where the list has that force and the firm has no order yet. */
export async function orderFreezes(tx: Tx, now: Instant): Promise<void> {
  const found = await tx.query<{ hit: number; person: string; list: string; entry: string; ground: string; firm: string; customers: string[] }>(
    `select h.hit, encode(p.id, 'hex') as person, h.list, h.entry, h.ground, k.firm, array_agg(k.reference order by k.reference) as customers
     from screening.hit h join vault.person a on a.id = decode(h.person, 'hex') join vault.person p on p.id = coalesce(a.merged_into, a.id) join vault.customer k on k.person = p.id
     where h.state = 'confirmed' and h.force = 'freeze'
       and not exists (select from screening.asset_freeze f where f.hit = h.hit and f.firm = k.firm and k.reference = any(f.customers))
     group by h.hit, p.id, h.list, h.entry, h.ground, k.firm order by h.hit, k.firm limit $1`, [LOOK_MAX]);
  await enter(tx, await append(tx, now, found.rows.map(({ ground, customers, ...body }) => ({
    kind: 'asset-freeze-ordered', actor: WATCH, basis: 'a confirmed match on a list of that force', body: { ...body, customers: customers.slice(0, 500), ground: ground === 'number' ? 'number' as const : 'decision' as const },
  }))));
}

async function enter(tx: Tx, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) await applyToHits(tx, entry);
}
