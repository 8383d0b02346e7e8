/**
 * Completeness and the health of feeds, engines and workers: the count that must hold (accepted = decided +
 * undecided + quarantined) by firm and Karachi day of admission, and how far each reader has come.
 */

import type { Answer } from '../../contract/console.ts';
import { readClosing, readDaily, readFeeds } from '../../intake/index.ts';
import { SYSTEM, withActor, type Tx } from '../../log/index.ts';
import { formatKarachiDay, instantOf, karachiDay, type Instant } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import type { Directory, FirmCard } from './directory.ts';
import type { EventGround } from './events.ts';
import { setAside } from './set-aside.ts';

/** Counts of one Karachi day. */
export type DayCounts = Answer<'overview'>['today'];

/** A part of the house, as it answered. */
export interface ProcessState {
  readonly name: Answer<'engine'>['engines'][number]['name'];
  readonly state: 'up' | 'starting' | 'down' | 'skipped';
  readonly version: string | null;
  readonly where: 'embedded' | 'external';
  readonly since: Instant | null;
}

/** What the health's and the firms' routes need from the house. */
export interface HealthGround extends EventGround {
  /** Asks every part whether it stands. */
  readonly parts: () => Promise<readonly ProcessState[]>;
  /** Physical partitions of the event log; a worker's are told as logical ones of 256. */
  readonly partitions: number;
}

/** Days that the counts are kept on the screen. */
const DAYS_SHOWN = 30;

interface Counted {
  readonly firm: string;
  readonly counts: DayCounts;
}

/** Counts of every firm and day since a day; quarantined events are those of batches set aside and not released. */
export async function countDays(tx: Tx, fromDay: number): Promise<readonly Counted[]> {
  const daily = await readDaily(tx, fromDay);
  const decided = await tx.query<{ firm: string; day: number; decided: number }>('select firm, day, sum(decided)::bigint as decided from monitor.decided where day >= $1 group by firm, day', [fromDay]);
  const aside = await setAside(tx);
  const byDay = new Map(decided.rows.map((row) => [`${row.firm}/${row.day}`, row.decided]));
  return daily.map((row) => {
    const done = Math.min(byDay.get(`${row.firm}/${row.day}`) ?? 0, row.accepted);
    const quarantined = Math.min(aside.filter((batch) => batch.firm === row.firm && batch.day === row.day).reduce((sum, batch) => sum + batch.count, 0), row.accepted - done);
    return {
      firm: row.firm,
      counts: {
        day: formatKarachiDay(row.day), sent: row.accepted + row.duplicate + row.held + row.rejected, accepted: row.accepted, duplicate: row.duplicate, held: row.held, rejected: row.rejected,
        decided: done, undecided: row.accepted - done - quarantined, quarantined,
      },
    };
  });
}

/** Day counts added up; the empty sum is a day on which nothing came. */
export function sumCounts(day: string, all: readonly DayCounts[]): DayCounts {
  const sum = (pick: (counts: DayCounts) => number) => all.reduce((total, each) => total + pick(each), 0);
  return {
    day, sent: sum((c) => c.sent), accepted: sum((c) => c.accepted), duplicate: sum((c) => c.duplicate), held: sum((c) => c.held), rejected: sum((c) => c.rejected),
    decided: sum((c) => c.decided), undecided: sum((c) => c.undecided), quarantined: sum((c) => c.quarantined),
  };
}

type Feed = Answer<'overview'>['firms'][number]['feed'];

/** A firm's feed: when it last sent, and whether that is longer ago than the pack's limit. */
export function feedOf(card: FirmCard, feeds: ReadonlyMap<string, { readonly lastAt: number }>, directory: Directory, now: Instant): Feed {
  const limit = directory.feedLimit();
  const last = feeds.get(card.id)?.lastAt;
  const lagMs = last === undefined ? null : Math.max(0, Math.round((now - last) / 1000));
  return { lastReceivedAt: last === undefined ? null : instantOf(last), lagMs, late: lagMs !== null && lagMs > limit.ms, limitMs: limit.ms, limit: limit.provenance };
}

/** Events that are undecided longer than the deadline. */
export async function countOverdue(tx: Tx, now: Instant, deadlineMs: number): Promise<number> {
  const rows = await tx.query<{ n: number }>(
    `select coalesce(sum(b.count), 0)::bigint as n from log.event_batch b left join log.position p on p."group" = 'monitor' and p.partition = b.partition
     where b."offset" >= coalesce(p."offset", 0) and b.admitted_at < $1`, [now - deadlineMs * 1000]);
  return rows.rows[0]?.n ?? 0;
}

/** Handler of the engine's route. */
export function healthRoutes(ground: HealthGround): Pick<StaffRoutes, 'engine'> {
  return {
    engine: async ({ now }) => {
      const parts = await ground.parts();
      return withActor(ground.pool, SYSTEM, (tx) => engineAnswer(tx, ground, parts, now));
    },
  };
}

async function engineAnswer(tx: Tx, ground: HealthGround, parts: readonly ProcessState[], now: Instant): Promise<Answer<'engine'>> {
  const today = karachiDay(now);
  const counted = await countDays(tx, today - DAYS_SHOWN);
  const feeds = await readFeeds(tx);
  const closing = await readClosing(tx, today - 1);
  const days = [...new Set(counted.map((each) => each.counts.day))].sort().reverse().slice(0, DAYS_SHOWN);
  const dayName = formatKarachiDay(today);
  return {
    asOf: now, engines: parts.map((each) => ({ ...each, note: null })), workers: await readWorkers(tx, ground.partitions, now), log: await readReaders(tx),
    deadlineMs: ground.directory.decideLimitMs(), overdue: await countOverdue(tx, now, ground.directory.decideLimitMs()),
    days: days.map((day) => sumCounts(day, counted.filter((each) => each.counts.day === day).map((each) => each.counts))),
    feeds: ground.directory.all().filter((card) => card.ref.invented && feeds.has(card.id)).map((card) => ({
      firm: card.ref, feed: feedOf(card, feeds, ground.directory, now), today: sumCounts(dayName, counted.filter((each) => each.firm === card.id && each.counts.day === dayName).map((each) => each.counts)),
      gaps: feeds.get(card.id)?.gaps ?? 0, closing: closing.get(card.id) ?? 'not-due',
    })),
    quarantine: await readQuarantine(tx, ground.directory),
  };
}

async function readWorkers(tx: Tx, partitions: number, now: Instant): Promise<Answer<'engine'>['workers']> {
  const rows = await tx.query<{ member: string; state: string; partitions: number[]; events_per_second: number; behind: number; restarts: number; beat_at: number; people: number; position: number; epoch: number; next_entry: number }>(
    `select w.member, w.state, w.partitions, w.events_per_second, w.behind, w.restarts, w.beat_at, coalesce(sum(s.people), 0)::bigint as people, coalesce(sum(s.next_offset), 0)::bigint as position,
            coalesce(max(l.epoch), 0)::bigint as epoch, coalesce(max(s.next_entry), 0)::bigint as next_entry
     from monitor.worker w left join monitor.shard s on s.member = w.member left join log.lease l on l."group" = 'monitor' and l.partition = s.partition group by w.member order by w.member`);
  return rows.rows.map((row) => ({
    id: row.member, state: now - row.beat_at > 10_000_000 || row.state === 'down' ? 'down' : row.state === 'starting' ? 'starting' : 'up', partitions: Math.round((row.partitions.length * 256) / partitions),
    epoch: row.epoch, controlEpoch: row.next_entry, position: row.position, behind: row.behind, lagMs: Math.max(0, Math.round((now - row.beat_at) / 1000)), eventsPerSecond: row.events_per_second,
    people: row.people, restarts: row.restarts,
  }));
}

async function readReaders(tx: Tx): Promise<Answer<'engine'>['log']> {
  const rows = await tx.query<{ head: number; decided: number; analytics: number; lag: number | null }>(
    `select (select coalesce(sum(next_offset), 0) from log.event_partition)::bigint as head, (select coalesce(sum("offset"), 0) from log.position where "group" = 'monitor')::bigint as decided,
            (select coalesce(sum(next), 0) from log.analytics_position)::bigint as analytics,
            (select max(b.admitted_at) - min(b.admitted_at) from log.event_batch b left join log.analytics_position a on a.partition = b.partition where b."offset" >= coalesce(a.next, 0)) as lag`);
  const row = rows.rows[0];
  return { head: row?.head ?? 0, decided: row?.decided ?? 0, analytics: row?.analytics ?? 0, analyticsLagMs: Math.round((row?.lag ?? 0) / 1000) };
}

async function readQuarantine(tx: Tx, directory: Directory): Promise<Answer<'engine'>['quarantine']> {
  return (await setAside(tx)).slice(0, 200).flatMap((batch) => {
    const card = directory.byId(batch.firm);
    return card === undefined ? [] : [{
      batch: `${batch.partition}/${batch.offset}`, firm: card.ref, at: instantOf(batch.at), events: batch.count, deaths: 2, reason: { en: batch.reason, ur: batch.reason }, entry: batch.entry,
    }];
  });
}
