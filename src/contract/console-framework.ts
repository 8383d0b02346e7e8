/**
 * The framework that this house runs under, for people to read: each value with its clause, its status and its
 * days. The same answer is served to a signed-in person (`/api/framework`) and to anyone (`/framework.json`):
 * what the law says is no secret. An unset value has no number of its own; what the house works with meanwhile
 * says so in its words.
 */
import * as z from 'zod';
import { base64, count, day, firmRef, instant, sha256Hex, worded } from './console-parts.ts';

/** Kinds of value, in the order in which a framework is read. */
export const frameworkParts = [
  'stage', 'step', 'gate', 'condition', 'limit', 'obligation', 'clock', 'parameter', 'rung', 'offence', 'fee', 'capital', 'retention', 'service', 'form', 'document', 'role', 'criterion', 'warning', 'list', 'holiday',
] as const;
const name = z.string().min(1).max(200);
const words = z.object({ en: z.string().max(4000), ur: z.string().max(4000) });

/** One value. `now`: in force today; `past` and `coming` values are kept, so that a change can be seen. */
const frameworkRow = z.object({
  id: name,
  title: worded,
  /** What it says, as a table shows it; empty where the title says all. */
  line: words,
  facts: z.array(z.object({ label: worded, value: words })).max(60),
  status: z.enum(['prescribed', 'draft', 'unset', 'assumption']),
  /** Instrument and section in words. */
  clause: worded,
  /** What the section is about, and how it is known: quoted, reported by a secondary source, recalled, or the house's own. */
  about: z.string().max(400),
  evidence: z.enum(['quoted', 'reported', 'recalled', 'ours']),
  note: z.string().max(2000),
  from: day,
  to: day.nullable(),
  when: z.enum(['now', 'past', 'coming']),
  /** Of a duty: true when being late is a breach, false when it only reminds. Null for all else. */
  binds: z.boolean().nullable(),
});
export type FrameworkRow = z.infer<typeof frameworkRow>;

/** The clauses that contradict each other; shown, and resolved by nobody here. */
const frameworkFlag = z.object({ id: name, title: worded, text: worded, clauses: z.array(worded).min(2).max(10), stages: z.array(worded).max(60).nullable() });

const frameworkInstrument = z.object({
  id: name, version: name, title: worded, short: worded,
  kind: z.enum(['law', 'draft', 'standard', 'assumption']),
  /** `none`: a standard or an assumption of the house is not law, so it is never in force. */
  state: z.enum(['in-force', 'lapsed', 'coming', 'draft', 'none']),
  from: day.nullable(), to: day.nullable(), citation: z.string().max(200).nullable(), source: z.string().max(2000), sections: count,
});
export type FrameworkInstrument = z.infer<typeof frameworkInstrument>;

export const frameworkAnswer = z.object({
  asOf: instant,
  /** The day of the framework's own zone by which values are in force. */
  day,
  id: name, revision: count, hash: sha256Hex, title: worded, authority: worded,
  /** How good the sources are; every page shows it. */
  evidence: worded,
  effectiveFrom: day,
  flags: z.array(frameworkFlag).max(100),
  parts: z.array(z.object({ kind: z.enum(frameworkParts), title: worded, rows: z.array(frameworkRow).max(2000) })),
  crosswalk: z.array(z.object({ id: name, from: z.array(worded).min(1).max(10), to: z.array(worded).min(1).max(10), about: worded })).max(500),
  instruments: z.array(frameworkInstrument).max(500),
});
export type FrameworkAnswer = z.infer<typeof frameworkAnswer>;

const packName = z.object({ framework: z.string().max(60), revision: count, hash: sha256Hex });

const adopted = packName.extend({ entry: count, at: instant, from: instant, actor: z.string().max(80), second: z.string().max(80).nullable() });

/** Which pack the house runs under, which was adopted last, which for a later day, and what waits for a second person. The house starts under the one that is adopted then. */
export const adoptionAnswer = z.object({
  asOf: instant, running: packName, adopted: adopted.nullable(), coming: adopted.nullable(),
  /** `known`: its content was weighed here, so its difference can be shown. */
  waits: z.array(packName.extend({ entry: count, at: instant, actor: z.string().max(80), reasons: z.string().max(4_000), effectiveFrom: instant.nullable(), known: z.boolean(), maySecond: z.boolean() })).max(50),
});
/** `effectiveFrom`: from when on the house stands under it; at once when absent. */
export const packBody = z.strictObject({ framework: z.string().max(60), revision: count, hash: sha256Hex, reasons: z.string().max(4_000), effectiveFrom: instant.optional(), stepUp: base64.optional() });
export const packAgreeBody = z.strictObject({ stepUp: base64.optional() });
export const packParams = z.object({ proposal: z.coerce.number().int().nonnegative() });

/** A pack's files by name, to be judged and compared. Together they are no more than the body's bound. */
export const packFilesBody = z.strictObject({ files: z.array(z.strictObject({ name: z.string().min(1).max(60), text: z.string().max(2_000_000) })).min(1).max(60) });
/** What the running pack and another one differ in, in words, and whom each difference concerns: firms by the stage in which they stand. */
export const packDifferenceAnswer = z.object({
  asOf: instant, from: packName, to: packName, identical: z.boolean(),
  changes: z.array(z.object({
    change: z.enum(['added', 'removed', 'changed']), kind: z.string().max(20), id: name, words: z.string().max(20_000), clause: z.string().max(400).nullable(),
    stages: z.array(worded).max(60), services: z.array(z.string().max(20)).max(10), firms: z.array(firmRef).max(500),
  })).max(5_000),
  firms: z.array(firmRef).max(500),
});
export type PackDifferenceAnswer = z.infer<typeof packDifferenceAnswer>;
export const packWeighedAnswer = z.object({
  /** What keeps it from being a pack. */
  faults: z.array(z.object({ file: z.string().max(100), line: count, code: z.string().max(60), detail: z.string().max(2_000), remedy: z.string().max(1_000) })).max(500), faultsTotal: count,
  difference: packDifferenceAnswer.nullable(),
});
export const packHashParams = z.object({ hash: sha256Hex });
