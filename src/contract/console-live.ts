/**
 * `GET /api/live`: text/event-stream. Each message has `event:` (a key of `liveEvents`) and one line of JSON in
 * `data:`. A `ping` is sent every 15 s; a console that hears nothing for 40 s shows what it has as stale.
 * There is no replay: after each (re)connection comes `hello`, and the console reads again what it shows.
 * A person gets only events of what the session may read; a session that ends gets `ended` and is closed.
 */
import * as z from 'zod';
import { count, durationMs, firmCode, instant, severity } from './console-parts.ts';
import { alertId, decisionId, decisionState } from './console-alerts.ts';
import { dayCounts } from './console-firms.ts';

export const liveEvents = {
  /** First message, and the server's clock. */
  hello: z.object({ now: instant }),
  /** Every 15 s, whatever else is sent: an EventSource shows no comment lines to its reader. */
  ping: z.object({ now: instant }),
  /** Today's counts, at most once a second. */
  counts: z.object({ asOf: instant, today: dayCounts, overdue: count }),
  /** An alert was raised or changed. Only who may read alerts hears it. */
  alert: z.object({ id: alertId, version: count, severity, change: z.enum(['raised', 'grew', 'changed', 'closed']) }),
  /** A four-eyes decision was proposed, seconded, sent back or withdrawn. */
  decision: z.object({ id: decisionId, state: decisionState }),
  /** Something was filed, recorded, proposed or decided in a firm's dossier. Only the authority's own hear it. */
  dossier: z.object({ firm: firmCode }),
  /** A firm's feed moved; at most once a second for each firm. */
  feed: z.object({ firm: firmCode, lagMs: durationMs.nullable(), late: z.boolean() }),
  /** An engine, a worker or the quarantine changed. */
  engine: z.object({ asOf: instant }),
  /** The ledger's signed head moved. */
  checkpoint: z.object({ size: count, at: instant }),
  ended: z.object({ reason: z.enum(['expired', 'signed-out', 'replaced']) }),
} as const;
export type LiveEvents = { [name in keyof typeof liveEvents]: z.infer<(typeof liveEvents)[name]> };
