/**
 * The rules as the console shows them: each with its words, clause, thresholds and cost; a draft with other thresholds, what it would have
 * found on the past, and the proposal that a second person agrees to. Values are in the parameter's own unit: paisa, microseconds, a share
 * (1 is the whole), a count. A value says where it comes from; what the authority set itself is no law and says so.
 */
import * as z from 'zod';
import { base64, count, instant, personId, provenance, sha256Hex, worded } from './console-parts.ts';

const ruleId = z.string().max(64);
const parameterName = z.string().max(64);
const unit = z.enum(['count', 'paisa', 'duration', 'ratio']);
const value = z.number().min(0).max(Number.MAX_SAFE_INTEGER);

/** A threshold and its new value. */
const ruleChange = z.strictObject({ parameter: parameterName, value });
const ruleChanges = z.array(ruleChange).max(100);
export type RuleChange = z.infer<typeof ruleChange>;

const ruleRow = z.object({
  id: ruleId, version: count,
  /** Content hash of the rule with its values: the same rule with the same thresholds has the same one. */
  hash: sha256Hex,
  title: worded, indicator: z.string().max(20).nullable(), clause: z.string().max(500), weight: z.number().min(0).max(100),
  subject: z.enum(['person', 'firm']), crossFirm: z.boolean(),
  /** Which events it looks at, and when it fires, made from its tree. */
  looksAt: worded, fires: worded, innocent: worded,
  text: z.string().max(20_000),
  parameters: z.array(parameterName).max(50),
  /** Parameter of its quiet period; null for a rule that is never quiet. */
  quiet: parameterName.nullable(),
  cost: z.object({ nanoseconds: count, bytes: count }),
  /** `joins`: the table has it, the set in force does not; the next draft brings it in. `off`: it lacks a value. */
  state: z.enum(['in-force', 'joins', 'off']),
});
export type RuleRow = z.infer<typeof ruleRow>;

const ruleParameter = z.object({
  name: parameterName, title: worded, unit, value, provenance,
  /** What the framework pack says; differs where the authority has set its own. Null where the pack has no value. */
  pack: value.nullable(),
  /** False for what the law prescribes: it changes with its instrument. */
  mayChange: z.boolean(),
});
export type RuleParameterRow = z.infer<typeof ruleParameter>;

const ruleSet = z.object({ entry: count, at: instant, hash: sha256Hex, effectiveFrom: instant, actor: z.string().max(80), second: z.string().max(80).nullable(), proposal: count.nullable() });

const ruleProposal = z.object({
  entry: count, at: instant, actor: z.string().max(80), state: z.enum(['waits', 'agreed', 'sent-back', 'withdrawn']), base: sha256Hex, hash: sha256Hex, effectiveFrom: instant, reasons: z.string().max(4_000),
  changes: z.array(z.object({ parameter: parameterName, value: z.number(), before: z.number().nullable() })).max(100), joins: z.array(ruleId).max(500), tried: sha256Hex.nullable(), backtest: count.nullable(),
  mine: z.boolean(), maySecond: z.boolean(),
});
export type RuleProposalRow = z.infer<typeof ruleProposal>;

const backtestState = z.enum(['running', 'stopped', 'done', 'failed']);
const backtestRow = z.object({
  id: count, by: z.string().max(80), askedAt: instant, from: instant, to: instant, base: sha256Hex, draft: sha256Hex, changes: z.array(ruleChange).max(100), state: backtestState,
  rowsDone: count, rowsTotal: count, seconds: z.number().nonnegative(), fault: z.string().max(60).nullable(), sha256: sha256Hex.nullable(),
});
export type BacktestRow = z.infer<typeof backtestRow>;

/** Everything that the table shows. `base` is the hash that a draft names: the set that was agreed on last. */
export const rulesAnswer = z.object({
  asOf: instant, base: sha256Hex, inForce: ruleSet, coming: z.array(ruleSet).max(50), sets: z.array(ruleSet).max(50),
  rules: z.array(ruleRow).max(500), parameters: z.array(ruleParameter).max(500), proposals: z.array(ruleProposal).max(50), backtests: z.array(backtestRow).max(20),
  /** Instants of the first and the newest event that a back-test can reach; null where there is none. */
  reach: z.object({ from: instant, to: instant }).nullable(),
});
export type RulesAnswer = z.infer<typeof rulesAnswer>;

export const draftBody = z.strictObject({ changes: ruleChanges });
/** What a draft comes to: its faults, or the rules that it touches with their new words. */
export const draftAnswer = z.object({
  faults: z.array(z.object({ rule: ruleId, code: z.string().max(60), place: z.string().max(200), detail: z.string().max(500), remedy: z.string().max(500) })).max(500),
  hash: sha256Hex.nullable(), touched: z.array(z.object({ id: ruleId, fires: worded })).max(500), joins: z.array(ruleId).max(500),
});
export type DraftAnswer = z.infer<typeof draftAnswer>;

const ruleFault = z.object({ code: z.string().max(60), place: z.string().max(200), detail: z.string().max(500), remedy: z.string().max(500) });
/** An expression as somebody writes it: which events it looks at (`in|out with high`), and when it fires. */
export const expressionBody = z.strictObject({ looksAt: z.string().max(500), text: z.string().max(20_000) });
/** Its faults; or what it says as text and in words, and what it costs. Nothing is kept. */
export const expressionAnswer = z.object({
  faults: z.array(ruleFault).max(500), sound: z.object({ text: z.string().max(20_000), looksAt: worded, fires: worded, cost: z.object({ nanoseconds: count, bytes: count }) }).nullable(),
});
export type ExpressionAnswer = z.infer<typeof expressionAnswer>;

export const backtestBody = z.strictObject({ changes: ruleChanges, from: instant, to: instant });
export const backtestParams = z.object({ id: z.coerce.number().int().nonnegative() });
export const backtestBegun = z.object({ id: count });
const pair = z.object({ base: count, draft: count });
const group = z.object({ name: z.string().max(40), people: count, base: count, draft: count });
/** What a back-test found. People are named for who may read alerts; their counts are everybody's. */
const backtestFound = z.object({
  findings: pair, people: pair, added: count, dropped: count, addedPeople: z.array(personId).max(100), droppedPeople: z.array(personId).max(100),
  days: z.array(z.object({ day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/), people: pair, findings: pair })).max(800),
  rules: z.array(z.object({ id: ruleId, title: worded, base: count, draft: count })).max(500),
  provinces: z.array(group).max(20), incomes: z.array(group).max(20),
  /** Of the alerted people with a closed alert, how many were escalated or dismissed; and escalated people in all. */
  judged: z.object({ escalated: pair, dismissed: pair, escalatedInAll: count }),
});
export type BacktestFound = z.infer<typeof backtestFound>;
/** A back-test; `found` when it is done. */
export const backtestAnswer = backtestRow.extend({ found: backtestFound.nullable() });
export type BacktestAnswer = z.infer<typeof backtestAnswer>;

/** `backtest`: the number of the one that the proposal rests on; it must be done, on this base and these changes. */
export const proposeRulesBody = z.strictObject({ base: sha256Hex, changes: ruleChanges, effectiveFrom: instant, reasons: z.string().max(4_000), backtest: count.optional(), stepUp: base64.optional() });
export const ruleProposalParams = z.object({ proposal: z.coerce.number().int().nonnegative() });
export const agreeRulesBody = z.strictObject({ stepUp: base64.optional() });
export const closeRulesBody = z.strictObject({ note: z.string().max(4_000) });
