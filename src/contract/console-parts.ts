/**
 * The small shapes that every answer of the staff API is made of: instants, quantities, words in two
 * languages, references to a firm, a person or a colleague, pages, and the one shape of a refusal.
 * Everything here is plain JSON. A shape that would let a person's identity through does not exist
 * here: a person is a random id (`personId`), and only the vault knows more.
 */
import * as z from 'zod';
import { EVENT_KINDS, REJECTIONS, type RejectionCode } from '../terms/index.ts';

/** Microseconds since 1970-01-01T00:00:00Z. A JSON number: exact until the year 2255. */
export const instant = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** A day of Asia/Karachi, `YYYY-MM-DD`: caps, clocks and counts are kept by these days. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** How many of something; never negative, never a fraction. */
export const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** A span of time in whole milliseconds. */
export const durationMs = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** Integer paisa (1/100 rupee), signed, safe below 2^53 (DESIGN §3, Quantities). */
export const paisa = z.number().int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

/** A decimal amount as text, as it was admitted: `4850.00`. Never a JSON number, so nothing is rounded. */
export const decimal = z.string().regex(/^-?\d{1,40}(\.\d{1,30})?$/);

/** One text in both languages of the console. Names stay Latin in Urdu where no Urdu name is known. */
export const worded = z.object({ en: z.string().max(4000), ur: z.string().max(4000) });
export type Worded = z.infer<typeof worded>;

/** Lower-case hexadecimal SHA-256. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Standard base64 with padding. */
export const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

/** A firm's short code as it stands on screens and in URLs: `SDX`. */
export const firmCode = z.string().regex(/^[A-Za-z0-9-]{2,16}$/);

/** The stage a firm is in. Titles come from the framework pack, so the console never restates law. */
export const stage = z.object({
  id: z.string().max(40),
  title: worded,
  /** True only for a stage that is a licence. An NOC is none, and is never drawn as one. */
  isLicence: z.boolean(),
  /** True where the firm's services are stopped: suspended or revoked. */
  isStopped: z.boolean(),
});
export type Stage = z.infer<typeof stage>;

export const firmRef = z.object({
  code: firmCode,
  name: worded,
  /** True for a firm of the demo nation; false for a real one, about which nothing is made up. */
  invented: z.boolean(),
});
export type FirmRef = z.infer<typeof firmRef>;

/** A person by the vault's random id. Screens show `pseudonym(id)` of terms: `P-7F3A-91C2`. */
export const personId = z.string().regex(/^[0-9a-f]{32}$/);

/** A colleague. `role` is what the role table calls the office, in words. */
export const staffRef = z.object({ id: z.string().max(64), name: z.string().max(80), role: worded });
export type StaffRef = z.infer<typeof staffRef>;

/** Where a limit, threshold or date comes from (DESIGN §5). `decided`: by the authority's decision about this firm, under the clause; it binds as law does. `unset` never carries a number. */
export const provenance = z.object({
  status: z.enum(['prescribed', 'decided', 'draft', 'assumption', 'unset']),
  /** Instrument and section in words, for example `NOC reg. 17.1`; null where the pack names none. */
  clause: worded.nullable(),
});
export type Provenance = z.infer<typeof provenance>;

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export const severity = z.enum(severities);
export type Severity = z.infer<typeof severity>;

/** Settled findings are final; a provisional one may still be withdrawn when late events arrive (DESIGN §6). */
export const findingState = z.enum(['provisional', 'settled', 'withdrawn']);
export type FindingState = z.infer<typeof findingState>;

/** The kinds of event a firm can send; the canonical shapes stand in `event.ts`. */
export const eventKind = z.enum(EVENT_KINDS);

/** A code of the one list in `terms`. Meaning and remedy are looked up there, so they are never sent. */
const isRejectionCode = (text: string): text is RejectionCode => Object.hasOwn(REJECTIONS, text);
export const rejectionCode = z.string().max(60).refine(isRejectionCode, 'no code of the list');

/**
 * What stands at the other end of a flow. `place` is an ISO 3166-1 alpha-2 code as the firm declared it.
 * There is no map: corridors are ranked flows.
 */
export const flowEndKinds = ['bank', 'firm-abroad', 'firm-here', 'private-wallet', 'unattributed'] as const;
export const flowEnd = z.object({ kind: z.enum(flowEndKinds), place: z.string().regex(/^[A-Z]{2}$/).nullable() });
export type FlowEnd = z.infer<typeof flowEnd>;

/** An amount with its asset: `asset` is CAIP-19 or `iso4217:PKR`, `symbol` what a person reads. */
export const money = z.object({ amount: decimal, asset: z.string().max(200), symbol: z.string().max(16) });
export type Money = z.infer<typeof money>;

/** A PKR value and the price it was made with. `source` names the reference rate and its hour. */
export const pkrValue = z.object({ paisa, source: worded });
export type PkrValue = z.infer<typeof pkrValue>;

/**
 * A figure with its unit, so that the console can write it in either language and draw it on a bar.
 * Numbers of different `kind` are never compared with each other.
 */
export const quantity = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('count'), value: count }),
  z.object({ kind: z.literal('pkr'), paisa }),
  z.object({ kind: z.literal('money'), amount: decimal, asset: z.string().max(200), symbol: z.string().max(16) }),
  z.object({ kind: z.literal('duration'), ms: z.number().int() }),
  /** 1 is the whole: 0.997 is written 99.7 %. */
  z.object({ kind: z.literal('ratio'), value: z.number() }),
  z.object({ kind: z.literal('instant'), at: instant }),
  z.object({ kind: z.literal('person'), person: personId }),
  /** A name, code or address that is the same in both languages. */
  z.object({ kind: z.literal('code'), value: z.string().max(200) }),
]);
export type Quantity = z.infer<typeof quantity>;

/** Every list takes these two; `cursor` is opaque and comes from the previous page's `next`. */
export const pageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});

/**
 * The one shape of a refusal, with the HTTP status of the code. `code`, `message` (its meaning) and `remedy`
 * come from the one list, `REJECTIONS` of terms; `detail` as told below. The codes the console acts on:
 * SESSION_REQUIRED (to the sign-in), SIGN_IN_FAILED, REQUEST_TOO_MANY, FORBIDDEN (`forbiddenDetail`),
 * STEP_UP_REQUIRED (`stepUpDetail`: prove presence over that hash, then send again with `stepUp`),
 * SECOND_PERSON_REQUIRED, DECISION_STALE (read again), DECISION_INVALID, NOT_FOUND, CAPACITY.
 */
export const problem = z.object({
  code: z.string().max(60),
  message: z.string().max(1000),
  remedy: z.string().max(1000),
  detail: z.unknown().optional(),
});
export type Problem = z.infer<typeof problem>;

/** Detail of `FORBIDDEN` on a route: the permission that is missing and the offices that have it. */
export const forbiddenDetail = z.object({ permission: z.string(), offices: z.array(worded).max(20) });

/** Detail of `STEP_UP_REQUIRED`: the decision's hash, which the second factor must cover. */
export const stepUpDetail = z.object({ hash: sha256Hex, methods: z.array(z.enum(['totp', 'passkey'])).min(1) });
