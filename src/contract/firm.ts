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

/** What `GET /v1/authority` says: the name, and the verifier keys (`name+hash+key`) of the ledger's heads and of the firms' trees. */
export const authorityAnswer = z.strictObject({
  authority: z.string(),
  verifiers: z.strictObject({ ledger: z.string(), firms: z.string().describe('Signs each firm\'s tree under the name <authority>/firm/<firm>') }),
});

/** The authority's name and verifier keys. */
export type AuthorityAnswer = z.infer<typeof authorityAnswer>;

/** How a program registers its key. */
export const enrolmentBody = z.strictObject({
  code: z.string().min(20).max(100).describe('The one-time code that the authority gave'),
  client: z.string().min(3).max(64),
  jwk: z.record(z.string(), z.unknown()).describe('Public key: P-256 or Ed25519'),
  proof: z.string().min(20).max(4_096).describe('JWT signed by that key: sub the client, aud the address of the house, iat now'),
});
/** The client as it was registered. */
export const enrolmentAnswer = authorityAnswer.extend({ client: z.string(), firm: z.string(), keyId: z.string().describe('JWK thumbprint, RFC 7638') });
/** A client as it was registered, with the keys of the authority. */
export type EnrolmentAnswer = z.infer<typeof enrolmentAnswer>;
