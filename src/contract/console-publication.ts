/** What officers publish: warnings under four eyes, what a firm goes by in the register, and complaints of the public. */
import * as z from 'zod';
import { instant, sha256Hex as hash, worded } from './console-parts.ts';

const words = (most: number) => z.string().min(1).max(most);
const name = z.string().min(1).max(60);
const app = z.strictObject({ store: words(40), id: words(200), name: words(200).optional() });

/** A warning as an officer writes it. A natural person's names stand in `name` and `aliases`; they are hashed before anything is kept. */
export const warningWanted = z.strictObject({
  class: name, subject: z.enum(['entity', 'person']), name: words(200).optional(), aliases: z.array(words(200)).max(50), domains: z.array(words(253)).max(200), apps: z.array(app).max(50),
  wallets: z.array(z.strictObject({ family: z.enum(['bitcoin', 'evm', 'tron', 'solana', 'ripple', 'other']), address: words(128) })).max(200),
  imitates: z.string().max(60).optional(), text: z.strictObject({ en: words(4_000), ur: words(4_000) }), expires: instant.optional(), evidence: z.array(z.strictObject({ sha256: hash, what: words(200) })).min(1).max(50),
});
export const warningBody = z.strictObject({ act: z.enum(['issue', 'amend', 'lift']), warning: z.string().max(20).optional(), content: warningWanted.optional(), reasons: words(8_000), stepUp: z.string().optional() });
export const warningProposalParam = z.object({ proposal: z.coerce.number().int().nonnegative() });
export const warningParam = z.object({ warning: z.string().regex(/^[Ww]-\d{1,9}$/) });
export const warningAgreeBody = z.strictObject({ stepUp: z.string().optional() });
export const warningCloseBody = z.strictObject({ note: z.string().max(2_000) });
export const warningReplyBody = z.strictObject({ words: words(4_000), evidence: z.array(hash).max(20) });

const contentSeen = warningWanted.omit({ subject: true }).extend({ subject: z.enum(['entity', 'person']), hashes: z.number().int() });
export const warningsAnswer = z.object({
  warnings: z.array(z.object({
    warning: z.string(), state: z.enum(['in-force', 'ended', 'lifted']), issued: instant, amended: instant.nullable(), lifted: instant.nullable(), content: contentSeen, replies: z.array(z.object({ words: words(4_000), at: instant })), entry: z.number().int(),
  })).max(1_000),
  proposals: z.array(z.object({ proposal: z.number().int(), at: instant, by: z.string(), act: z.enum(['issue', 'amend', 'lift']), warning: z.string().nullable(), content: contentSeen.nullable(), reasons: words(8_000) })).max(200),
  classes: z.array(z.object({ class: name, title: worded, means: worded })).max(50),
});

/** What a firm goes by in the public register. */
export const registerDetailBody = z.strictObject({
  lei: z.string().max(20).optional(), country: z.string().regex(/^[A-Z]{2}$/).optional(), names: z.array(words(200)).max(20), address: words(400).optional(), websites: z.array(words(253)).max(50), apps: z.array(app).max(50), source: words(1_000),
});

/** Who is told when an answer changes: the address takes a signed POST; no firm named means every firm. */
export const subscriberBody = z.strictObject({ name: words(200), address: z.string().max(500).regex(/^https:\/\/[^\s]+$/), firms: z.array(words(60)).max(200), stepUp: z.string().optional() });
export const subscriberParam = z.object({ subscriber: z.string().regex(/^S-[0-9a-f]{16}$/) });
export const subscriberEndBody = z.strictObject({ reason: words(2_000) });
export const subscribersAnswer = z.object({
  subscribers: z.array(z.object({ subscriber: z.string(), name: z.string(), address: z.string(), firms: z.array(z.string()), since: instant, told: z.number().int(), waiting: z.number().int(), fault: z.string().nullable(), entry: z.number().int() })).max(200),
});

/** Complaints of the public. Who complained and in which words is opened one by one, with a reason, and each opening is an entry. */
export const complaintsQuery = z.strictObject({ queue: z.enum(['firm-first', 'conduct', 'warnings', 'elsewhere']).optional(), firm: z.string().max(60).optional(), open: z.enum(['true', 'false']).optional(), after: z.coerce.number().int().min(-1).optional() });
export const complaintParam = z.object({ complaint: z.string().regex(/^C-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/) });
export const complaintsAnswer = z.object({
  total: z.number().int(), complaints: z.array(z.object({
    complaint: z.string(), kind: z.string(), firm: z.string().nullable(), queue: z.string(), state: z.enum(['received', 'referred', 'closed']), outcome: z.string().nullable(), referredTo: z.string().nullable(), words: z.string(), lossMinor: z.number().int().nullable(), received: instant, changed: instant, entry: z.number().int(),
  })).max(100),
});
export const complaintOpenBody = z.strictObject({ reason: words(2_000) });
export const complaintWordsAnswer = z.object({ text: z.string().max(65_536), name: z.string().max(300), contact: z.string().max(300), firm: z.string().max(300) });
export const complaintMoveBody = z.strictObject({
  to: z.enum(['referred', 'closed']), referredTo: words(200).optional(), outcome: z.enum(['upheld', 'partly-upheld', 'not-upheld', 'not-for-the-authority', 'withdrawn']).optional(), redressMinor: z.number().int().min(0).optional(), words: z.string().max(2_000), note: z.string().max(4_000),
});

/** A published state of another authority's register. What could not be read of it is told row by row; nothing of it vanishes. */
export const foreignStateBody = z.strictObject({ register: z.enum(['esma-casp']), takenAt: instant, base64: z.base64().max(24 * 1024 * 1024), source: words(1_000), shrunk: z.boolean().optional() });
export const foreignStateAnswer = z.object({ entry: z.number().int(), read: z.number().int(), records: z.number().int(), repeated: z.number().int(), quarantined: z.number().int(), faults: z.array(z.object({ row: z.number().int(), column: z.string(), text: z.string() })).max(1_000) });
/** What other registers say of a firm: a lead for the question of equivalence. A record that is gone is a question, no revocation. */
export const elsewhereAnswer = z.object({
  found: z.array(z.object({
    register: z.string(), record: z.string(), by: z.enum(['lei', 'website', 'name']), state: z.enum(['listed', 'ended', 'question']), asOf: instant,
    periods: z.array(z.object({
      from: instant, to: instant.nullable(), changed: z.array(z.string()),
      said: z.object({ name: z.string(), lei: z.string().nullable(), authority: z.string(), country: z.string(), services: z.array(z.string()), countries: z.array(z.string()), authorisedOn: z.string().nullable(), endedOn: z.string().nullable(), websites: z.array(z.string()), comments: z.string() }),
    })),
  })).max(20),
});
