/**
 * What is said between the house and the vault's process: HTTP over a Unix socket in the home directory
 * (0600), JSON bodies, one secret that both were given at start. Identities stand in bodies only, never in
 * an address. Both ends parse what they hear.
 */

import { z } from 'zod';
import { ENTRY_KINDS, REJECTIONS, parsePersonId, type PersonId, type RejectionCode } from '../terms/index.ts';
import { openedAnswers } from './answers.ts';
import { identitySchema } from './identity.ts';

/** Where the vault is, and what opens its door. */
export interface VaultAddress {
  /** Path of the Unix socket. */
  readonly socket: string;
  /** 32 random bytes, base64url, new at each start of the house. */
  readonly secret: string;
}

/** Sealed identities of one call, and the characters of its JWEs, at most; a longer list goes in several calls. */
export const SEALED_MAX = 2_000;
export const SEALED_LENGTH_MAX = 8 * 1024 * 1024;
/** Bytes of a body at most: the above with its JSON around it. */
export const BODY_BYTES_MAX = 16 * 1024 * 1024;

const isCode = (text: string): text is RejectionCode => Object.hasOwn(REJECTIONS, text);
const isPerson = (text: string): text is PersonId => parsePersonId(text) !== undefined;
const person = z.string().refine(isPerson);
const rejection = z.strictObject({ code: z.string().refine(isCode), detail: z.string().optional() });
const account = z.string().max(80);

export const resolveBody = z.strictObject({
  sealed: z.array(z.strictObject({ firm: z.string().min(1).max(80), customer: z.string().min(1).max(80), jwe: z.string().max(32_768) })).max(SEALED_MAX),
});
export const resolveAnswer = z.strictObject({ answers: z.array(z.union([z.strictObject({ person }), z.strictObject({ rejection })])) });

const reason = ENTRY_KINDS['person-unmasked'].body.shape.reason;
export const eraseBody = z.strictObject({ person: z.string().max(64), actor: account, second: account, reason });
export const unmaskBody = eraseBody.extend({ case: z.string().max(200) });
export const answersBody = z.strictObject({ firm: z.string().min(1).max(80), form: z.string().min(1).max(60), about: z.string().max(60), jwe: z.string().max(65_536), actor: account, reason });
export const screenAnswersBody = z.strictObject({
  form: z.string().min(1).max(60), about: z.string().max(60), jwe: z.string().max(65_536).optional(),
  /** Names that are no secret: the firm's own. */
  open: z.array(z.strictObject({ name: z.string().min(1).max(1_000), schema: z.enum(['Person', 'Organization']) })).max(10),
});
const listName = z.string().max(200);
/** What came of screening whom a form names: the lists that were asked, and of each name, by its place, what it comes near. */
const namedScreening = z.strictObject({
  lists: z.array(z.strictObject({ list: listName, version: listName })).max(100), matcher: listName,
  parties: z.array(z.strictObject({
    decision: z.enum(['clear', 'review', 'match']), warnings: z.array(z.strictObject({ code: z.string(), detail: z.string().optional() })).max(20),
    near: z.array(z.strictObject({ list: listName, entry: listName, name: z.number().int(), decision: z.enum(['review', 'match']), ground: z.enum(['number', 'evidence', 'name']), score: z.number(), strength: z.number() })).max(100),
  })).max(100),
});
/** What came of screening those whom a form names. */
export type NamedScreening = z.infer<typeof namedScreening>;
export const screenAnswersAnswer = z.union([namedScreening, z.strictObject({ rejection })]);
export const answersAnswer = z.union([z.strictObject({ entry: z.number().int(), answers: openedAnswers }), z.strictObject({ rejection })]);
export const actAnswer = z.union([z.strictObject({ done: z.literal(true) }), z.strictObject({ rejection })]);
export const unmaskAnswer = z.union([
  z.strictObject({ identities: z.array(z.strictObject({ firm: z.string(), customer: z.string(), at: z.number().int(), identity: identitySchema })) }),
  z.strictObject({ rejection }),
]);
export const complaintBody = z.strictObject({ complaint: z.string().max(40), jwe: z.string().max(131_072), actor: account, reason });
export const complaintAnswer = z.union([z.strictObject({ text: z.string() }), z.strictObject({ rejection })]);
export const keyAnswer = z.strictObject({
  kid: z.string(), kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), alg: z.literal('ECDH-ES+A256KW'), use: z.literal('enc'),
});
