/**
 * What a public warning says, in every entry that carries one. A natural person stands in it only by salted hashes of
 * names: whoever knows the name can ask whether it is meant, and nobody reads it out of the log. A guessed name can be
 * confirmed, which is what the search is for.
 */

import { z } from 'zod';

const text = z.string().min(1).max(4_000);

/** SHA-256 of salt and folded name, both in hex. */
export const nameHash = z.strictObject({ salt: z.string().regex(/^[0-9a-f]{32}$/), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** `class`: a class of the framework's warnings. `imitates`: the firm whose name is used. Domains are in ASCII (IDNA), wallets canonical. */
export const warningContent = z.strictObject({
  class: z.string().max(60), subject: z.enum(['entity', 'person']), name: z.string().min(1).max(200).optional(), aliases: z.array(z.string().min(1).max(200)).max(50), hashes: z.array(nameHash).max(50),
  domains: z.array(z.string().min(3).max(253)).max(200), apps: z.array(z.strictObject({ store: z.string().min(1).max(40), id: z.string().min(1).max(200), name: z.string().max(200).optional() })).max(50),
  wallets: z.array(z.strictObject({ family: z.enum(['bitcoin', 'evm', 'tron', 'solana', 'ripple', 'other']), address: z.string().max(128) })).max(200),
  imitates: z.string().optional(), text: z.strictObject({ en: text, ur: text }),
  /** Microseconds; absent: until it is lifted. */
  expires: z.number().int().optional(),
  evidence: z.array(z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), what: z.string().min(1).max(200) })).min(1).max(50),
});
