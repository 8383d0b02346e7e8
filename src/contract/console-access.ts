/**
 * Who is let in: officers by one-time links, firms, and the programs of firms by one-time codes. Each of these acts is
 * an entry; each asks for a fresh proof of presence over what is done (`STEP_UP_REQUIRED`, then again with `stepUp`). A
 * link or code is shown once, in the answer to the act, and nowhere again.
 */
import * as z from 'zod';
import { base64, firmCode, instant, worded } from './console-parts.ts';

const account = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const client = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$/);
/** Why the act is done: it becomes the basis of the entry. */
const basis = z.string().trim().min(3).max(500);
const stepUp = base64.optional();

/** `POST /api/session/link`: the token of a one-time link, taken from behind the `#` of its address. */
export const linkBody = z.object({ link: z.string().min(20).max(100) });

export const officerRow = z.object({
  account: z.string().max(80), name: z.string().max(80), organisation: z.string().max(40), firm: firmCode.nullable(), roles: z.array(z.object({ id: z.string().max(40), title: worded })).max(20),
});
export const officersAnswer = z.object({ items: z.array(officerRow).max(500), roles: z.array(z.object({ id: z.string().max(40), title: worded, organisation: z.string().max(40) })).max(50) });

/** `firm`: the code of the firm whose person this is; only with a role of a firm. */
export const officerBody = z.object({ account, name: z.string().trim().min(1).max(80), roles: z.array(z.string().max(40)).min(1).max(20), firm: firmCode.optional(), basis, stepUp });
export const againBody = z.object({ basis, stepUp });
/** A one-time link: the whole address, to be handed over in person. */
export const linkAnswer = z.object({ account: z.string().max(80), link: z.string().max(300), expires: instant });

export const newFirmBody = z.object({
  firm: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/), code: firmCode, name: z.string().trim().min(1).max(120), nameUr: z.string().trim().min(1).max(120).optional(), basis, stepUp,
});
export const newFirmAnswer = z.object({ firm: z.string().max(40), number: z.number().int(), entry: z.number().int() });

export const clientRow = z.object({ id: z.string().max(80), firm: firmCode.nullable(), keyId: z.string().max(80), algorithm: z.string().max(20), registeredAt: instant, revokedAt: instant.nullable() });
export const clientsAnswer = z.object({ items: z.array(clientRow).max(500) });
export const invitationBody = z.object({ client, firm: firmCode, basis, stepUp });
/** The one-time code with which the program registers its own key: `nigran client register --code=…`. */
export const invitationAnswer = z.object({ client: z.string().max(80), firm: firmCode, invitation: z.string().max(100), expires: instant });
export const revocationBody = z.object({ reason: basis });

export const accountParam = z.object({ account });
export const clientParam = z.object({ id: client });

/** Officers' conflicts of interest: who reads about a firm and does not act on it. `mine`: the reader's own, which another officer ends. */
export const conflictsAnswer = z.object({ items: z.array(z.object({ account: z.string().max(80), name: z.string().max(80), firm: firmCode, mine: z.boolean() })).max(500) });
export const conflictBody = z.strictObject({ firm: firmCode, reason: z.string().trim().min(3).max(2_000) });

/** Who stands in for whom. `matters`: the firms in which the officer has a conflict of interest, or all that the role does. `from` until before `to`. */
export const deputyRow = z.object({
  proposal: z.number().int(), account: z.string().max(80), name: z.string().max(80), deputy: z.string().max(80), deputyName: z.string().max(80), role: z.object({ id: z.string().max(40), title: worded }),
  matters: z.enum(['conflicts', 'all']), from: instant, to: instant, reason: z.string().max(2_000), state: z.enum(['waits', 'set']), proposedBy: z.string().max(80), secondBy: z.string().max(80).nullable(),
  /** Whether this reader may agree now. */
  maySecond: z.boolean(), mine: z.boolean(),
});
/** Deputies that are proposed or set and not over; the officers whom one may be set for, each with their roles. */
export const deputiesAnswer = z.object({ asOf: instant, items: z.array(deputyRow).max(500), officers: z.array(z.object({ account: z.string().max(80), name: z.string().max(80), roles: z.array(z.object({ id: z.string().max(40), title: worded })).max(20) })).max(500) });
export const deputyBody = z.strictObject({ account, deputy: account, role: z.string().max(40), matters: z.enum(['conflicts', 'all']), from: instant, to: instant, reason: z.string().trim().min(3).max(2_000), stepUp });
export const deputyAgreeBody = z.strictObject({ stepUp });
export const deputyCloseBody = z.strictObject({ note: z.string().max(2_000) });
export const deputyParams = z.object({ proposal: z.coerce.number().int().nonnegative() });
