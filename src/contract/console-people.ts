/**
 * A person's page, and the two acts on a person that need two people: to open the identity, to destroy it. The page
 * names nobody: a person is a random id. Opening the page is an entry, so it is asked for by an act and never read by
 * the way. An identity leaves by one route alone, to the officer who proposed it, after a second person agreed.
 */
import * as z from 'zod';
import { base64, count, firmCode, instant, personId, staffRef, worded } from './console-parts.ts';
import { alertId } from './console-alerts.ts';
import { hitId } from './console-screening.ts';

const reason = z.string().trim().min(3).max(2_000);

export const personParam = z.object({ person: personId });
/** `alert`: the alert from which the page is opened, if it is one. */
export const openPersonBody = z.object({ reason, alert: alertId.optional() });

export const personActRow = z.object({
  id: z.string().max(20), act: z.enum(['unmask', 'erase']), person: personId, case: z.string().max(80).nullable(), reason: z.string().max(2_000),
  state: z.enum(['waiting', 'approved', 'sent-back', 'done', 'ended']), proposedBy: staffRef, proposedAt: instant, secondBy: staffRef.nullable(), secondAt: instant.nullable(),
  secondNote: z.string().max(2_000).nullable(), ends: instant,
  /** Whether this reader may second it now. */
  maySecond: z.boolean(),
});
export type PersonActRow = z.infer<typeof personActRow>;

export const personAnswer = z.object({
  asOf: instant, person: personId, entry: count,
  /** Where the person is a customer: how many references each firm has for them, never the references. */
  firms: z.array(z.object({ firm: firmCode, references: count })).max(500),
  alerts: z.array(z.object({ id: alertId, title: worded, severity: z.enum(['critical', 'high', 'medium', 'low']), state: z.string().max(20), raisedAt: instant })).max(200),
  acts: z.array(personActRow).max(100),
});

/** `case`: the alert or the screening hit that the identity is needed for; it must be about this person. */
export const unmaskBody = z.object({ case: z.union([alertId, hitId]), reason, stepUp: base64.optional() });
export const eraseBody = z.object({ reason, stepUp: base64.optional() });
export const personActAnswer = z.object({ act: personActRow });
export const personActParam = z.object({ id: z.string().regex(/^PA-\d{1,15}$/) });
export const personActsAnswer = z.object({ items: z.array(personActRow).max(100) });
export const personVerdictBody = z.object({ verdict: z.enum(['approve', 'send-back']), note: z.string().max(2_000), stepUp: base64.optional() });

/** What firms stated of the person, last. The one shape of this API that carries a name; it is never cached and never logged. */
export const identityAnswer = z.object({
  asOf: instant, person: personId,
  identities: z.array(z.object({ firm: firmCode.nullable(), customer: z.string().max(80), at: instant, identity: z.record(z.string(), z.unknown()) })).max(500),
});
