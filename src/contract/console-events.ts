/**
 * Events: the evidence behind every number. One filter, used three ways: as the query of `GET /api/events`,
 * as the console's own URL (`/events?…`), and as the `evidence` of a figure. So a number and the list it
 * opens cannot disagree about what they mean. ClickHouse serves it; `asOf` and `lagMs` say how far it has read.
 */
import * as z from 'zod';
import {
  count, day, durationMs, eventKind, firmCode, flowEnd, flowEndKinds, instant, money, pageQuery, paisa, personId,
  pkrValue, sha256Hex,
} from './console-parts.ts';

/** What became of an event. `held`: it waits, for its customer is not onboarded yet. */
export const eventStates = ['decided', 'undecided', 'quarantined', 'held', 'corrected', 'cancelled'] as const;
export const eventState = z.enum(eventStates);

const flag = z.enum(['true', 'false']);

/** All parts are joined by AND. Values are text, as in a URL, so that evidence can be put into one. */
export const eventFilter = z.object({
  firm: firmCode.optional(),
  /** Comma-separated event kinds. */
  kind: z.string().max(200).optional(),
  person: personId.optional(),
  /** CAIP-19 or `iso4217:PKR`. */
  asset: z.string().max(200).optional(),
  way: z.enum(['in', 'out']).optional(),
  end: z.enum(flowEndKinds).optional(),
  place: z.string().regex(/^[A-Z]{2}$/).optional(),
  /** A wallet address or the transaction hash, exact. */
  wallet: z.string().max(120).optional(),
  transaction: z.string().max(120).optional(),
  state: eventState.optional(),
  late: flag.optional(),
  submission: z.string().max(80).optional(),
  alert: z.string().max(20).optional(),
  finding: z.string().max(80).optional(),
  /** Karachi days, both ends included. `clock` says which instant they bound: when it happened, or when it was admitted. */
  from: day.optional(),
  to: day.optional(),
  clock: z.enum(['happened', 'admitted']).optional(),
  /** Exact instants in microseconds, as text, `since` included and `before` not; narrower than days. */
  since: z.string().regex(/^\d{1,16}$/).optional(),
  before: z.string().regex(/^\d{1,16}$/).optional(),
  /** Least PKR value in whole rupees, as text. */
  atLeast: z.string().regex(/^\d{1,14}$/).optional(),
});
export type EventFilter = z.infer<typeof eventFilter>;

export const eventsQuery = eventFilter.extend(pageQuery.shape).extend({
  sort: z.enum(['newest', 'oldest', 'value']).optional(),
});

export const eventRow = z.object({
  firm: firmCode,
  id: z.string().max(120),
  kind: eventKind,
  at: instant,
  admittedAt: instant,
  person: personId.nullable(),
  way: z.enum(['in', 'out', 'none']),
  money: money.nullable(),
  pkr: pkrValue.nullable(),
  end: flowEnd.nullable(),
  counterparty: z.string().max(120).nullable(),
  state: eventState,
  late: z.boolean(),
  submission: z.string().max(80),
  line: count,
  /** Alerts in whose findings this event stands. */
  alerts: z.array(z.string().max(20)).max(20),
});
export type EventRow = z.infer<typeof eventRow>;

export const eventsAnswer = z.object({
  asOf: instant,
  /** How far analytics is behind the log. */
  lagMs: durationMs,
  items: z.array(eventRow).max(500),
  next: z.string().nullable(),
  total: count,
  /** Sum of PKR values of all that match, in and out apart. */
  sums: z.object({ inPaisa: paisa, outPaisa: paisa }),
});
export type EventsAnswer = z.infer<typeof eventsAnswer>;

/** One event whole: the row, every admitted field (identity never was one), and the proof of its batch. */
export const eventAnswer = z.object({
  asOf: instant,
  row: eventRow,
  /** The canonical event as the firm sent it, without `identity` and free text: those are sealed. */
  body: z.record(z.string(), z.unknown()),
  batch: z.object({ hash: sha256Hex, entry: count, position: z.string().max(40), decidedAt: instant.nullable() }),
  /** Events that correct or cancel this one, and the one that this corrects. */
  corrections: z.array(z.object({ id: z.string().max(120), kind: eventKind, at: instant })).max(50),
});
export type EventAnswer = z.infer<typeof eventAnswer>;
