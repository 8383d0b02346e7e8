/**
 * Alerts as the console shows them: the queue, one alert with everything that explains it, and what a
 * person may do with it. An alert groups findings of one person (or one firm); each finding is one rule,
 * one version, with the figures it used. A withdrawn finding stays on its alert and says so.
 */
import * as z from 'zod';
import {
  count, findingState, firmCode, flowEnd, instant, money, pageQuery, paisa, personId, pkrValue, provenance,
  quantity, severity, staffRef, worded, eventKind, base64,
} from './console-parts.ts';
import { eventFilter } from './console-events.ts';

export const alertId = z.string().regex(/^AL-\d{1,12}$/);
export const decisionId = z.string().regex(/^D-\d{1,12}$/);

/** The five columns of age on the overview, by time since the alert was raised. */
export const alertAges = ['under-4h', '4h-24h', '1d-3d', '3d-7d', 'over-7d'] as const;
export const alertAge = z.enum(alertAges);

/** Saved views: `second` holds alerts with a decision that this reader may second. */
export const alertViews = ['open', 'unassigned', 'mine', 'second', 'closed'] as const;
export const alertView = z.enum(alertViews);

export const alertsQuery = pageQuery.extend({
  view: alertView.optional(),
  /** Comma-separated severities, for example `critical,high`. */
  severity: z.string().max(40).optional(),
  firm: firmCode.optional(),
  rule: z.string().max(80).optional(),
  age: alertAge.optional(),
  person: personId.optional(),
  /** Alerts that hold at least one finding in this state. */
  holds: findingState.optional(),
  /** `score` is the default: highest first. `age`: oldest first. `raised`: newest first. */
  sort: z.enum(['score', 'age', 'raised']).optional(),
});

/** Why an alert is closed. The words stand in the console; the code is what the ledger keeps. */
export const dismissReasons = ['evidence-explains', 'expected-for-profile', 'data-error', 'same-as-earlier', 'low-risk', 'other'] as const;
export const escalateReasons = ['unexplained-flow', 'listed-wallet', 'cross-firm-pattern', 'service-not-permitted', 'other'] as const;

export const decisionState = z.enum(['waiting', 'approved', 'sent-back', 'withdrawn', 'done-alone']);

/** A person's act on an alert. High and critical ones wait for a second person; `done-alone` needed none. */
export const decision = z.object({
  id: decisionId,
  alert: alertId,
  alertTitle: worded,
  severity,
  outcome: z.enum(['dismiss', 'escalate']),
  reason: z.enum([...new Set([...dismissReasons, ...escalateReasons])]),
  note: z.string().max(2000),
  state: decisionState,
  proposedBy: staffRef,
  proposedAt: instant,
  secondBy: staffRef.nullable(),
  secondAt: instant.nullable(),
  secondNote: z.string().max(2000).nullable(),
  /** May the reader second it? If not, `whyNot` says so in words (same person, no permission, conflict). */
  maySecond: z.boolean(),
  whyNot: worded.nullable(),
  /** The ledger entry of the latest step, once it is appended. */
  entry: count.nullable(),
});
export type Decision = z.infer<typeof decision>;

export const alertRow = z.object({
  id: alertId,
  /** Rises by one with each change; sent back with an action so that nobody overwrites a colleague. */
  version: count,
  title: worded,
  severity,
  /** 0 to 100. */
  score: z.number().min(0).max(100),
  /** Null where the finding is about a whole firm. */
  person: personId.nullable(),
  firms: z.array(firmCode).max(50),
  raisedAt: instant,
  state: z.enum(['open', 'dismissed', 'escalated']),
  findings: findingState,
  assignee: staffRef.nullable(),
  /** The decision that waits, if one does. */
  waiting: decision.nullable(),
  /** Would closing it need a second person? Asked of `access` and the pack by the server. */
  needsSecond: z.boolean(),
});
export type AlertRow = z.infer<typeof alertRow>;

export const alertsAnswer = z.object({
  asOf: instant,
  items: z.array(alertRow).max(500),
  next: z.string().nullable(),
  /** Rows that match this query, all pages. */
  total: count,
  /** Rows of each view, whatever else is filtered. */
  views: z.record(alertView, count),
});
export type AlertsAnswer = z.infer<typeof alertsAnswer>;

/** A sentence with figures: `{in}` in the text stands for `figures.in`, each of which opens its events. */
export const explained = z.object({
  text: worded,
  figures: z.record(z.string().max(40), z.object({ value: quantity, evidence: eventFilter.nullable() })),
});
export type Explained = z.infer<typeof explained>;

export const measure = z.object({
  name: worded,
  value: quantity,
  /** Null where the rule only asks whether something is present. */
  threshold: quantity.nullable(),
  comparison: z.enum(['at-least', 'at-most', 'present']),
  /** value − threshold in the same unit; may be negative for `at-most`. Null with no threshold. */
  margin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('count'), value: z.number().int() }),
    z.object({ kind: z.literal('pkr'), paisa }),
    z.object({ kind: z.literal('duration'), ms: z.number().int() }),
    z.object({ kind: z.literal('ratio'), value: z.number() }),
    z.object({ kind: z.literal('money'), amount: money.shape.amount, asset: z.string(), symbol: z.string() }),
  ]).nullable(),
  provenance,
  evidence: eventFilter.nullable(),
});
export type Measure = z.infer<typeof measure>;

/** What one firm alone, or all joined (`firm` null), would have seen of the same measures. */
export const seenAlone = z.object({
  firm: firmCode.nullable(),
  values: z.array(z.object({ value: quantity.nullable(), evidence: eventFilter.nullable() })).max(12),
  fires: z.boolean(),
  why: worded,
});

export const finding = z.object({
  id: z.string().max(80),
  rule: z.object({
    id: z.string().max(80),
    version: count,
    title: worded,
    /** `RF-P6` or null where the rule is Nigran's own. RF- numbers are ours, not FATF's. */
    indicator: z.string().max(20).nullable(),
    clause: worded,
    /** The rule's text in words, generated from its expression. */
    text: worded,
  }),
  state: findingState,
  points: z.number().min(0).max(100),
  decidedAt: instant,
  settledAt: instant.nullable(),
  /** The window the measures are exact over, in words: `24 h`. */
  window: worded,
  measures: z.array(measure).max(12),
  /** The smallest change that would have cleared it; null for a rule without thresholds. */
  clearing: worded.nullable(),
  /** Empty where only one firm is involved. Columns are `measures`, in order. */
  seenAlone: z.array(seenAlone).max(51),
  entry: count.nullable(),
});
export type Finding = z.infer<typeof finding>;

/** An event on the alert's timeline: the columns that a person needs, and the way to the whole event. */
export const timelineEvent = z.object({
  firm: firmCode,
  id: z.string().max(120),
  kind: eventKind,
  at: instant,
  /** `in` adds to what the person holds at the firm, `out` takes away, `none` moves nothing. */
  way: z.enum(['in', 'out', 'none']),
  money: money.nullable(),
  pkr: pkrValue.nullable(),
  end: flowEnd.nullable(),
  /** Short name of the counterparty or wallet, the same for the same one within this alert: `W3`. */
  counterparty: z.string().max(60).nullable(),
  late: z.boolean(),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

export const alertStep = z.object({
  at: instant,
  by: staffRef.nullable(),
  what: z.enum(['raised', 'grew', 'assigned', 'unassigned', 'proposed', 'approved', 'sent-back', 'withdrawn', 'dismissed', 'escalated', 'settled', 'finding-withdrawn']),
  /** What the person wrote, as it is; of the monitor's steps which rule, in both languages. */
  note: z.union([z.string().max(2000), worded]).nullable(),
  entry: count.nullable(),
});

export const alert = z.object({
  asOf: instant,
  row: alertRow,
  sentence: explained,
  innocent: worded,
  /** One sentence each: lists checked and their dates, first sight of a wallet, declared turnover. */
  alsoChecked: z.array(explained).max(8),
  findings: z.array(finding).min(1).max(20),
  timeline: z.object({
    /** Oldest first, at most 200; `total` says how many there are. */
    items: z.array(timelineEvent).max(200),
    total: count,
    evidence: eventFilter,
  }),
  steps: z.array(alertStep).max(200),
});
export type Alert = z.infer<typeof alert>;

export const assignBody = z.object({ to: z.string().max(64).nullable(), version: count });
export const proposeBody = z.object({
  outcome: z.enum(['dismiss', 'escalate']),
  reason: decision.shape.reason,
  /** What the next reader needs to know; part of the decision that is hashed and kept. */
  note: z.string().min(10).max(2000),
  version: count,
  stepUp: base64.optional(),
});
export const secondBody = z.object({
  verdict: z.enum(['approve', 'send-back']),
  /** Asked for when it is sent back. */
  note: z.string().max(2000),
  stepUp: base64.optional(),
});
export const decisionsQuery = pageQuery.extend({ state: z.enum(['waiting', 'all']).optional() });
export const decisionsAnswer = z.object({
  asOf: instant,
  items: z.array(decision).max(500),
  next: z.string().nullable(),
  /** All that wait, and those of them that the reader may second. */
  waiting: count,
  mine: count,
});
export const actedAnswer = z.object({ row: alertRow, decision: decision.nullable() });
