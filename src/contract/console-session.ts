/**
 * Who sits at the console: sign-in, the session, what the person may do, and the second factor for a decision.
 * A session lives in an HttpOnly, SameSite=Strict cookie that no script reads. The console shows what
 * `permissions` allows and never restates the role table; the server refuses the rest on every route.
 */
import * as z from 'zod';
import { base64, firmRef, instant, sha256Hex, staffRef, worded } from './console-parts.ts';

/** What a person may do at the console. `access` maps roles to these; one name is one power. */
export const permissions = [
  'overview.read', 'firm.read', 'submission.read', 'event.read', 'ledger.read', 'engine.read',
  'alert.read', 'alert.assign', 'alert.decide', 'decision.second',
  'dossier.read', 'dossier.file', 'dossier.assess', 'stage.decide', 'stage.second', 'warning.decide', 'warning.second', 'register.detail', 'complaint.handle', 'subscriber.register', 'obligation.waive', 'obligation.second', 'conflict.declare', 'conflict.end', 'deputy.propose', 'deputy.second', 'calendar.announce', 'framework.adopt', 'framework.second', 'rule.read', 'rule.propose', 'rule.second',
  'screening.read', 'screening.decide', 'screening.second', 'list.read', 'list.take', 'freeze.read',
  'person.read', 'person.unmask', 'person.erase', 'staff.register', 'firm.register', 'client.register', 'client.revoke',
] as const;
export const permission = z.enum(permissions);
export type Permission = z.infer<typeof permission>;

/** `GET /api/house`: what the sign-in screen may know before anyone has signed in. */
export const house = z.object({
  authority: worded,
  /** True in the demo: every screen then wears the synthetic mark. */
  synthetic: z.boolean(),
  methods: z.array(z.enum(['password', 'passkey'])).min(1),
  /** Demo only, loopback only: account names and offices, never a secret. Empty elsewhere. */
  demoAccounts: z.array(z.object({ account: z.string().max(80), name: z.string().max(80), role: worded })).max(20),
  /** Demo only: where the password and the six-digit code are found. */
  demoHint: worded.nullable(),
});
export type House = z.infer<typeof house>;

export const passwordBody = z.object({ account: z.string().min(1).max(80), password: z.string().min(1).max(200) });
/** The password was right; the code is asked next. A wrong account gets the same answer after the same time. */
export const passwordAnswer = z.object({ ticket: z.string().max(200), expires: instant });
export const totpBody = z.object({ ticket: z.string().max(200), code: z.string().regex(/^\d{6}$/) });

/** WebAuthn options and answers as the browser's own JSON (`PublicKeyCredential.parseRequestOptionsFromJSON`). */
export const webauthnJson = z.record(z.string(), z.unknown());
export const passkeyOptions = z.object({ ticket: z.string().max(200), options: webauthnJson });
export const passkeyBody = z.object({ ticket: z.string().max(200), response: webauthnJson });

export const session = z.object({
  staff: staffRef,
  organisation: z.object({ id: z.string().max(40), name: worded }),
  /** The firm whose person this is; null for everyone else. */
  firm: firmRef.nullable(),
  permissions: z.array(permission),
  expires: instant,
  synthetic: z.boolean(),
  /** Whether this person has a passkey; without one the console offers to add it. */
  hasPasskey: z.boolean(),
  /** The server's clock when it answered: the console shows instants against this clock, not the machine's. */
  now: instant,
});
export type Session = z.infer<typeof session>;

/**
 * `GET /api/session`: who sits here, or null. Never a refusal: a browser writes each refused request to its
 * console, and nobody being signed in is no fault.
 */
export const sessionAnswer = z.object({ session: session.nullable() });

/**
 * `POST /api/session/step-up`: proves presence for one decision. With a passkey the challenge IS the
 * decision's hash, so the signature is over the decision.
 */
export const stepUpBody = z.discriminatedUnion('method', [
  z.object({ method: z.literal('totp'), hash: sha256Hex, code: z.string().regex(/^\d{6}$/) }),
  z.object({ method: z.literal('passkey'), hash: sha256Hex, response: webauthnJson }),
]);
export const stepUpAnswer = z.object({ stepUp: base64, expires: instant });

/** `GET /api/staff`: colleagues to whom an alert can be assigned. */
export const staffList = z.object({ items: z.array(staffRef).max(500) });
