/**
 * Tickets: what a person carries from one step of a sign-in to the next, and the one-time link of a new
 * officer; what a firm's program carries to the door once, to register its key. A ticket is 256 random bits of which the database keeps only the SHA-256, has one purpose, ends
 * by itself, and is taken once.
 */

import { createHash } from 'node:crypto';
import type { Tx } from '../log/index.ts';
import { DAY_US, MINUTE_US, assert, instantOf, type Instant } from '../terms/index.ts';

/** What a ticket is good for, and for how long. A link lasts a working week's end; a challenge as long as a person looks for a key. */
const LASTS_US = {
  totp: 5 * MINUTE_US,
  passkey: 5 * MINUTE_US,
  'add-passkey': 5 * MINUTE_US,
  'step-up': 5 * MINUTE_US,
  link: 3 * DAY_US,
  invitation: 3 * DAY_US,
} as const;
export type Purpose = keyof typeof LASTS_US;

/** Bytes of a token: 256 bits cannot be guessed. */
export const TOKEN_BYTES = 32;
/** Characters of a token in base64 or base64url. */
const TOKEN_LENGTH_MAX = 44;

/** A ticket as it is handed out: the only time that its token exists outside the bearer's hands. */
export interface Issued {
  readonly ticket: string;
  readonly expires: Instant;
}

/** SHA-256 of a token: what the database keeps. Base64 and base64url texts of the same bytes are one token. */
export function tokenSha256(token: string): Buffer {
  return createHash('sha256').update(Buffer.from(token.length > TOKEN_LENGTH_MAX ? '' : token, 'base64url')).digest();
}

/** Issues a ticket. `challenge` is what the next step must answer: a WebAuthn challenge, a decision's hash. */
export async function issueTicket(
  tx: Tx, now: Instant, random: (length: number) => Uint8Array, what: { readonly purpose: Purpose; readonly account?: string; readonly challenge?: string },
): Promise<Issued> {
  const bytes = Buffer.from(random(TOKEN_BYTES));
  assert(bytes.length === TOKEN_BYTES, 'chance gives as many bytes as were asked for');
  const expires = instantOf(now + LASTS_US[what.purpose]);
  await tx.query('delete from access.ticket where expires_at <= $1', [now]);
  await tx.query('insert into access.ticket (token_sha256, purpose, account, challenge, expires_at) values ($1, $2, $3, $4, $5)',
    [createHash('sha256').update(bytes).digest(), what.purpose, what.account ?? null, what.challenge ?? '', expires]);
  return { ticket: bytes.toString('base64'), expires };
}

/** What a ticket holds, or `undefined` when it is unknown, ended, taken or for something else. */
export interface Ticket {
  readonly account: string | undefined;
  readonly challenge: string;
}

/** Takes a ticket: it is gone afterwards, whatever the step comes to. */
export async function takeTicket(tx: Tx, now: Instant, purpose: Purpose, token: string): Promise<Ticket | undefined> {
  const gone = await tx.query<{ account: string | null; challenge: string; expires_at: number }>(
    'delete from access.ticket where token_sha256 = $1 and purpose = $2 returning account, challenge, expires_at', [tokenSha256(token), purpose]);
  return readTicket(gone.rows[0], now);
}

/** Looks at a ticket and leaves it: a mistyped code may be tried again, within the bound on failures. */
export async function peekTicket(tx: Tx, now: Instant, purpose: Purpose, token: string): Promise<Ticket | undefined> {
  const found = await tx.query<{ account: string | null; challenge: string; expires_at: number }>(
    'select account, challenge, expires_at from access.ticket where token_sha256 = $1 and purpose = $2', [tokenSha256(token), purpose]);
  return readTicket(found.rows[0], now);
}

function readTicket(row: { account: string | null; challenge: string; expires_at: number } | undefined, now: Instant): Ticket | undefined {
  return row === undefined || row.expires_at <= now ? undefined : { account: row.account ?? undefined, challenge: row.challenge };
}
