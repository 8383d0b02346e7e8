/**
 * Screening at the staff door: hits of people against lists, what officers decide on them, lists with their versions
 * and changes, one question asked of the lists, and the freezes of a firm. A hit names a person's id and a list's
 * entry; the words are the list's own, which are public. No shape here carries a customer's name.
 */
import * as z from 'zod';
import { base64, count, firmCode, firmRef, instant, pageQuery, personId, staffRef, worded } from './console-parts.ts';

const text = z.string().max(2_000);
const reason = z.string().trim().min(3).max(2_000);
const force = z.enum(['freeze', 'review', 'information']);

export const hitId = z.string().regex(/^SH-\d{1,15}$/);
export const hitStates = ['open', 'confirmed', 'cleared', 'released', 'replaced'] as const;
export const hitState = z.enum(hitStates);

/** A listed one as its list writes it. */
export const listedEntry = z.object({
  list: text, entry: text, schema: z.enum(['Person', 'Organization', 'Vessel', 'Aircraft']),
  names: z.array(z.object({ text, kind: z.enum(['primary', 'alias', 'original']), quality: z.enum(['strong', 'weak']) })).max(10_000),
  fatherNames: z.array(text).max(1_000), birthDates: z.array(text).max(1_000), nationalities: z.array(text).max(1_000), gender: z.enum(['male', 'female']).nullable(),
  identifiers: z.array(z.object({ kind: z.string().max(20), value: text, country: text.nullable() })).max(1_000), places: z.array(text).max(1_000), programs: z.array(text).max(1_000),
});
export type ListedEntry = z.infer<typeof listedEntry>;

export const hitRow = z.object({
  id: hitId, person: personId, list: text, title: worded, entry: text, name: text, version: text, force, decision: z.enum(['review', 'match']), ground: z.enum(['number', 'evidence', 'name']),
  /** How well what is known agrees, and how much was known, each 0 to 1. */
  score: z.number(), strength: z.number(), state: hitState, seen: count, openedAt: instant, changedAt: instant,
  /** What waits for a second person. */
  proposed: z.object({ act: z.enum(['confirm', 'clear']), by: staffRef, until: instant.nullable() }).nullable(), until: instant.nullable(), isOwnProposal: z.boolean(),
});
export type HitRow = z.infer<typeof hitRow>;

export const hitsQuery = pageQuery.extend({
  state: hitState.optional(), list: z.string().max(60).optional(), entry: z.string().max(200).optional(), decision: z.enum(['review', 'match']).optional(), person: personId.optional(), waiting: z.enum(['yes']).optional(),
});
export const hitsAnswer = z.object({
  asOf: instant, items: z.array(hitRow).max(500), total: count, next: z.string().max(400).nullable(),
  counts: z.object({ open: count, match: count, waiting: count, confirmed: count, cleared: count, released: count }),
});

export const freezeRow = z.object({
  id: z.string().regex(/^AF-\d{1,15}$/), firm: firmRef, customers: z.array(z.string().max(80)).max(500), list: text, title: worded, clause: worded, entry: text, name: text, ground: z.enum(['number', 'decision']),
  state: z.enum(['ordered', 'acknowledged', 'to-release', 'release-ordered', 'released']), contested: z.boolean(), complaint: z.string().max(40).nullable(),
  orderedAt: instant, acknowledgedAt: instant.nullable(), releasedAt: instant.nullable(),
  /** What this reader may do to it now. */
  open: z.array(z.enum(['acknowledge', 'complain', 'refuse', 'order-release', 'release'])).max(5),
  steps: z.array(z.object({ entry: count, act: z.string().max(20), note: text, at: instant })).max(200),
});
export type FreezeRow = z.infer<typeof freezeRow>;

export const hitParam = z.object({ id: hitId });
export const hitAnswer = z.object({
  asOf: instant, hit: hitRow,
  /** The listed one as the version had it; null when its content cannot be read. */
  listed: listedEntry.nullable(),
  words: z.object({ name: text, met: z.array(z.object({ word: text, how: z.enum(['equal', 'variant', 'near', 'sound', 'initial', 'joined']), similarity: z.number() })).max(64), left: z.array(text).max(64), ownLeft: count, byLetters: z.boolean(), acrossScripts: z.boolean() }),
  features: z.array(z.object({ feature: text, says: text, effect: z.number(), evidence: z.number() })).max(20), missing: z.array(text).max(20), matcher: text, because: z.enum(['stated', 'list-changed']),
  takesTwo: z.boolean(), mayDecide: z.boolean(), maySecond: z.boolean(),
  steps: z.array(z.object({ entry: count, what: z.string().max(40), by: staffRef, second: staffRef.nullable(), reason: text.nullable(), at: instant })).max(200),
  /** Other hits of the same person; `sameBearer`: on the same listed one. */
  beside: z.array(hitRow.extend({ sameBearer: z.boolean() })).max(50), freezes: z.array(freezeRow).max(200), firms: z.array(firmCode).max(500),
});
export type HitAnswer = z.infer<typeof hitAnswer>;

export const hitDecisionBody = z.object({ act: z.enum(['confirm', 'clear']), reason, seen: count, until: instant.optional(), stepUp: base64.optional() });
export const hitSecondBody = z.object({ verdict: z.enum(['approve', 'send-back']), note: z.string().max(2_000), seen: count, stepUp: base64.optional() });
export const hitActedAnswer = z.object({ entry: count, waits: z.boolean() });

export const listRow = z.object({
  list: text, title: worded, holds: z.enum(['wallets', 'names']), force, publisher: text, version: text, publishedAt: instant, admittedAt: instant, entry: count, count, quarantined: count, ageUs: z.number(), isStale: z.boolean(),
  /** Refreshes that were held back since, newest first. */
  held: z.array(z.object({ entry: count, version: text, count, lastGoodCount: count, at: instant, isOwn: z.boolean() })).max(20),
  /** When people were run against the newest version; null while they were not. */
  appliedAt: instant.nullable(), openHits: count,
  versions: z.array(z.object({ version: text, publishedAt: instant, admittedAt: instant, entry: count, count, quarantined: count })).max(100),
});
export type ListRow = z.infer<typeof listRow>;
/** `missing`: lists of the framework of which the house has no version. */
export const listsAnswer = z.object({ asOf: instant, lists: z.array(listRow).max(100), missing: z.array(z.object({ list: text, title: worded, force })).max(100) });

export const changeParam = z.object({ list: z.string().max(60), version: z.string().max(100) });
const affected = z.object({ entry: text, name: text, hits: count });
export const changeAnswer = z.object({
  list: text, version: text, before: text.nullable(), counts: z.object({ added: count, changed: count, removed: count }),
  added: z.array(affected).max(200), changed: z.array(affected.extend({ fields: z.array(z.string().max(40)).max(20) })).max(200), removed: z.array(affected).max(200),
});

export const takeListBody = z.object({ files: z.array(z.object({ name: z.string().min(1).max(200), base64 })).min(1).max(10), reason, stepUp: base64.optional() });
export const takeListAnswer = z.object({
  taken: z.array(z.object({ list: text.nullable(), files: z.array(text).max(100), version: text.nullable(), entries: count, quarantined: count, entry: count.optional(), code: z.string().max(60).optional(), detail: text.optional() })).max(100),
});
export const heldParam = z.object({ entry: z.coerce.number().int().nonnegative() });
export const confirmHeldBody = z.object({ reason, stepUp: base64.optional() });

/** Questions as lines of JSON, as `POST /v1/screen` takes them; answers in their order, each as JSON. */
export const askListsBody = z.object({ lines: z.array(z.string().max(65_536)).min(1).max(1_000) });
export const askListsAnswer = z.object({ asOf: instant, answers: z.array(z.string().max(2_000_000)).max(1_000) });

export const tuningQuery = z.object({ list: z.string().max(60).optional() });
export const tuningAnswer = z.object({
  asOf: instant, people: count, threshold: z.number(),
  /** For each threshold: people at or above it, and what officers said of those that they looked at. */
  steps: z.array(z.object({ at: z.number(), people: count, confirmed: count, cleared: count })).max(100),
});

export const freezesAnswer = z.object({ asOf: instant, items: z.array(freezeRow).max(500) });
export const freezeParam = z.object({ id: z.string().regex(/^AF-\d{1,15}$/) });
export const freezeMoveBody = z.object({ act: z.enum(['acknowledge', 'complain', 'refuse', 'order-release', 'release']), note: z.string().max(2_000), complaint: z.string().max(40).optional() });

/** What came of screening those whom an application names; `result` is null where it was not run, with its code. */
export const applicantAnswer = z.object({
  entry: count.nullable(), lists: z.array(z.object({ list: text, version: text })).max(100),
  filings: z.array(z.object({
    form: z.string().max(60), about: z.string().max(60), result: z.enum(['clear', 'review', 'match']).nullable(), code: z.string().max(60).optional(),
    near: z.array(z.object({ list: text, entry: text, name: text, decision: z.enum(['review', 'match']), ground: z.enum(['number', 'evidence', 'name']), score: z.number(), strength: z.number() })).max(50),
  })).max(300),
});
