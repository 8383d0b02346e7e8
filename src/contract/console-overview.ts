/**
 * The nation now: one answer for the overview. Parts add up to the totals shown with them, and the schema
 * refuses an answer in which they do not: accepted is the sum of the firms, traded the sum of firms and of days,
 * open alerts the sum of the grid.
 */
import * as z from 'zod';
import { count, day, durationMs, firmCode, firmRef, flowEnd, instant, paisa, provenance, rejectionCode, severity, stage, worded } from './console-parts.ts';
import { dayCounts, feed } from './console-firms.ts';
import { alertAge } from './console-alerts.ts';

export const flow = z.object({
  way: z.enum(['in', 'out']), firm: firmCode, end: flowEnd, paisa: paisa.nonnegative(), events: count,
});
export type Flow = z.infer<typeof flow>;

export const overviewAnswer = z.object({
  asOf: instant,
  today: dayCounts,
  /** Undecided longer than this is overdue: a number that should be 0. */
  overdue: count,
  deadlineMs: durationMs,
  checkpoint: z.object({ size: count, at: instant }).nullable(),
  /** The 30 whole Karachi days before today, oldest first; days without a trade stand with 0. `source` names the reference price. */
  traded: z.object({ days: z.array(z.object({ day, paisa })).length(30), total: paisa, source: worded }),
  findings: z.object({ settled: count, provisional: count, withdrawn: count }),
  alerts: z.object({
    open: count,
    oldestRaisedAt: instant.nullable(),
    cells: z.array(z.object({ severity, age: alertAge, count })).max(20),
    byRule: z.array(z.object({ rule: z.string().max(80), title: worded, open: count })).max(40),
  }),
  feeds: z.object({ expected: count, onTime: count, limitMs: durationMs, limit: provenance }),
  flows: z.object({ from: day, to: day, source: worded, items: z.array(flow).max(600) }),
  firms: z.array(z.object({ firm: firmRef, stage, traded30d: paisa, today: dayCounts, feed })).max(500),
  ladder: z.array(z.object({ stage, may: worded, firms: z.array(firmRef).max(500) })).max(30),
  rejections: z.array(z.object({ code: rejectionCode, count })).max(60),
})
  .refine((o) => o.firms.reduce((n, f) => n + f.today.accepted, 0) === o.today.accepted, 'accepted is not the sum of its firms')
  .refine((o) => o.alerts.cells.reduce((n, c) => n + c.count, 0) === o.alerts.open, 'open alerts are not the sum of the grid')
  .refine((o) => o.firms.reduce((n, f) => n + f.traded30d, 0) === o.traded.total, 'traded is not the sum of its firms')
  .refine((o) => o.traded.days.reduce((n, d) => n + d.paisa, 0) === o.traded.total, 'traded is not the sum of its days')
  .refine((o) => o.firms.every((f) => f.firm.invented), 'a real firm has no figure here');
export type OverviewAnswer = z.infer<typeof overviewAnswer>;
