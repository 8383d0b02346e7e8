/**
 * Firms and what they send: the list, one firm, its submissions, and each record that was turned away with
 * its code, place and line (meaning and remedy of a code stand in `terms`). About a real firm (`invented: false`) nothing but published facts is
 * ever sent: `activity` is null, and the parsers here refuse an answer that breaks it.
 */
import * as z from 'zod';
import {
  count, day, durationMs, firmCode, firmRef, instant, pageQuery, paisa, provenance, quantity, rejectionCode, severity, sha256Hex,
  stage, worded,
} from './console-parts.ts';
import { eventFilter } from './console-events.ts';

/** A firm's feed: when it last sent, how far it is behind, and whether that is late. */
export const feed = z.object({
  lastReceivedAt: instant.nullable(),
  lagMs: durationMs.nullable(),
  late: z.boolean(),
  limitMs: durationMs,
  limit: provenance,
});

/**
 * One Karachi day, by instant of admission: sent = accepted + duplicate + held + rejected, and accepted = decided +
 * undecided + quarantined. `duplicate`: the same event again, the same in content, so nothing new; `held`: still waiting.
 */
export const dayCounts = z.object({
  day, sent: count, accepted: count, duplicate: count, held: count, rejected: count, decided: count, undecided: count, quarantined: count,
});
export type DayCounts = z.infer<typeof dayCounts>;

export const firmRow = z.object({
  firm: firmRef,
  stage,
  stageSince: instant.nullable(),
  /** Null for a firm without a feed. */
  activity: z.object({
    feed,
    today: dayCounts,
    /** PKR value of trades over the 30 whole Karachi days before today: the same period on every screen. */
    traded30d: paisa,
    openAlerts: count,
  }).nullable(),
}).refine((row) => row.firm.invented || row.activity === null, 'a real firm has no figure here');
export type FirmRow = z.infer<typeof firmRow>;

export const firmsQuery = pageQuery.extend({ stage: z.string().max(40).optional(), q: z.string().max(80).optional() });
export const firmsAnswer = z.object({
  asOf: instant,
  items: z.array(firmRow).max(500),
  next: z.string().nullable(),
  total: count,
  /** Every stage of the pack in its order, with what a firm in it may offer and how many stand there. */
  ladder: z.array(z.object({ stage, may: worded, firms: z.array(firmRef).max(500) })).max(30),
});
export type FirmsAnswer = z.infer<typeof firmsAnswer>;

export const stageStep = z.object({
  stage,
  state: z.enum(['done', 'now', 'later']),
  since: instant.nullable(),
  note: worded.nullable(),
  clause: worded.nullable(),
});

export const firmAnswer = z.object({
  asOf: instant,
  row: firmRow,
  registerNumber: z.string().max(40).nullable(),
  /** For a real firm: the published fact in words, with its source. */
  published: z.object({ text: worded, source: z.string().max(300) }).nullable(),
  steps: z.array(stageStep).max(12),
  gates: z.array(z.object({
    title: worded, state: z.enum(['met', 'missing', 'waits']), at: instant.nullable(), note: worded.nullable(), provenance,
  })).max(40),
  services: z.array(z.object({ id: z.string().max(40), title: worded, open: z.boolean(), provenance })).max(20),
  /** Caps and floors against live figures; `limit` null where the pack has no number (`unset`). */
  limits: z.array(z.object({
    title: worded, live: quantity, limit: quantity.nullable(), bound: z.enum(['ceiling', 'floor']), provenance, evidence: eventFilter.nullable(),
  })).max(30),
  /** Conflicts in the law, shown and never resolved by us. */
  flags: z.array(z.object({ title: worded, text: worded })).max(10),
  rejections: z.array(z.object({ code: rejectionCode, count })).max(60),
  alerts: z.array(z.object({ severity, count })).max(4),
  lastSubmission: z.object({ id: z.string().max(80), at: instant, sent: count, rejected: count, entry: count.nullable() }).nullable(),
  history: z.array(z.object({
    at: instant, title: worded, actors: z.array(z.string().max(80)).max(5), basis: worded.nullable(), entry: count,
  })).max(100),
  historyTotal: count,
});
export type FirmAnswer = z.infer<typeof firmAnswer>;

export const submissionsQuery = pageQuery.extend({
  firm: firmCode.optional(), from: day.optional(), to: day.optional(),
  /** `rejected`: at least one record was turned away. */
  outcome: z.enum(['clean', 'held', 'rejected']).optional(),
});
export const submissionRow = z.object({
  id: z.string().max(80),
  firm: firmRef,
  receivedAt: instant,
  format: z.enum(['json', 'ndjson', 'csv']),
  bytes: count,
  sent: count, accepted: count, duplicate: count, held: count, rejected: count,
  /** Null until it is on disk; then the leaf in the firm's own tree and the entry that holds that tree's head. */
  receipt: z.object({ leaf: count, treeSize: count, entry: count.nullable(), batchHash: sha256Hex }).nullable(),
});
export type SubmissionRow = z.infer<typeof submissionRow>;
export const submissionsAnswer = z.object({
  asOf: instant,
  items: z.array(submissionRow).max(500),
  next: z.string().nullable(),
  total: count,
  sums: z.object({ sent: count, accepted: count, duplicate: count, held: count, rejected: count }),
});
export type SubmissionsAnswer = z.infer<typeof submissionsAnswer>;

export const rejectionsQuery = pageQuery.extend({
  firm: firmCode.optional(), code: rejectionCode.optional(), submission: z.string().max(80).optional(),
  from: day.optional(), to: day.optional(),
});
export const rejectionRow = z.object({
  id: z.string().max(80),
  firm: firmRef,
  submission: z.string().max(80),
  /** 1-based line of the batch; 0 where the whole request was refused. */
  line: count,
  at: instant,
  code: rejectionCode,
  /** The place that is to blame, `amount.value`; never the value that was sent, for it may name a person. */
  place: z.string().max(300).nullable(),
  /** The submission in which the same event id came again and was accepted. */
  mendedBy: z.string().max(80).nullable(),
});
export type RejectionRow = z.infer<typeof rejectionRow>;
export const rejectionsAnswer = z.object({
  asOf: instant,
  items: z.array(rejectionRow).max(500),
  next: z.string().nullable(),
  total: count,
  byCode: z.array(z.object({ code: rejectionCode, count })).max(60),
});
/**
 * A line that was turned away, as it is kept: what the firm must mend. A sealed identity never was in it, free text is left out
 * where the line can be read; `cut` says that only its beginning is shown.
 */
export const keptLine = z.object({ row: rejectionRow, text: z.string().max(4_000), cut: z.boolean(), bytes: count });
export type KeptLine = z.infer<typeof keptLine>;
export type RejectionsAnswer = z.infer<typeof rejectionsAnswer>;
