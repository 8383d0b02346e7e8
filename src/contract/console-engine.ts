/**
 * Engine health: which processes stand, how far each has read, what is undecided or quarantined, and the
 * count that must hold: accepted = decided + undecided + quarantined, per firm and per day. The schema refuses
 * an answer whose parts do not add up, so that a wrong total can not be shown as health.
 */
import * as z from 'zod';
import { count, durationMs, firmRef, instant, worded } from './console-parts.ts';
import { dayCounts, feed } from './console-firms.ts';

/** `skipped`: not configured here, and nothing is claimed for it. */
export const processState = z.enum(['up', 'starting', 'down', 'skipped']);

export const engine = z.object({
  name: z.enum(['server', 'postgresql', 'clickhouse', 'vault', 'objects', 'event-log']),
  state: processState,
  version: z.string().max(60).nullable(),
  where: z.enum(['embedded', 'external']),
  since: instant.nullable(),
  /** What the last failure was and what to do, when there was one. */
  note: worded.nullable(),
});

export const worker = z.object({
  id: z.string().max(40),
  state: processState,
  /** Logical partitions it owns, of 256. */
  partitions: count,
  epoch: count,
  controlEpoch: count,
  /** Batches read and batches waiting over its partitions. */
  position: count,
  behind: count,
  lagMs: durationMs,
  eventsPerSecond: z.number().nonnegative(),
  people: count,
  restarts: count,
});

const balanced = dayCounts.refine(
  (d) => d.accepted === d.decided + d.undecided + d.quarantined && d.sent === d.accepted + d.duplicate + d.held + d.rejected,
  'the counts of a day do not add up',
);

export const engineAnswer = z.object({
  asOf: instant,
  engines: z.array(engine).max(20),
  workers: z.array(worker).max(1024),
  /** The event log's head, what the monitor has decided and what analytics has taken, in batches. */
  log: z.object({ head: count, decided: count, analytics: count, analyticsLagMs: durationMs }),
  deadlineMs: durationMs,
  overdue: count,
  /** Newest first, at most 30 days. */
  days: z.array(balanced).max(31),
  feeds: z.array(z.object({
    firm: firmRef, feed, today: balanced,
    /** Sequence numbers that never came, and whether yesterday's signed closing statement agrees with what we hold. */
    gaps: count,
    closing: z.enum(['agrees', 'differs', 'missing', 'not-due']),
  })).max(500),
  quarantine: z.array(z.object({
    batch: z.string().max(80), firm: firmRef, at: instant, events: count, deaths: count, reason: worded, entry: count.nullable(),
  })).max(200),
});
export type EngineAnswer = z.infer<typeof engineAnswer>;
