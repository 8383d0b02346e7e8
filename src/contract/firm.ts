/**
 * The firms' API: the shapes of its answers, in one place with the routes that give them. The request of
 * `POST /v1/events` is `event.ts`.
 */

import { z } from 'zod';

const count = z.number().int().min(0);

/** How the lines of a filing ended: they add up to its lines. */
export const filingCounts = z.strictObject({ accepted: count, held: count, rejected: count, duplicate: count });

/** A line that was turned away. Meaning and remedy of a code: `GET /v1/rejections`. */
export const rejectedLine = z.strictObject({
  line: z.number().int().min(1).describe('Line of the body, from 1'),
  id: z.string().optional(),
  code: z.string(),
  detail: z.string().optional().describe('The place, never the value'),
});

/** The answer to a filing, the same for each retry under its Idempotency-Key. */
export const filingAnswer = z.strictObject({
  submission: z.string(),
  counts: filingCounts,
  rejections: z.array(rejectedLine).max(10_000),
  receipt: z.unknown().describe('Signed receipt with an inclusion proof in the firm\'s own tree: keep it'),
});

/** A filing as it stands: its answer and whether everything accepted of it has been decided. */
export const submissionAnswer = z.strictObject({
  answer: filingAnswer,
  decided: z.boolean().describe('Every accepted event of the filing has been decided'),
  stillHeld: count.describe('Held events of the filing that still wait'),
});

/** A refusal of a whole request. */
export const refusal = z.strictObject({ code: z.string(), message: z.string(), remedy: z.string(), detail: z.unknown().optional() });

/** Public key for sealed identities. */
export const identityKeyAnswer = z.strictObject({ kid: z.string(), kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), alg: z.string(), use: z.string() });

/** What the token endpoint answers (RFC 6749 §5.1, RFC 9449). */
export const tokenAnswer = z.strictObject({ access_token: z.string(), token_type: z.literal('DPoP'), expires_in: z.number().int() });

