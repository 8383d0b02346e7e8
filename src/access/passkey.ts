/**
 * Passkeys (WebAuthn level 3) by @simplewebauthn/server: registration, sign-in, and an assertion over a
 * decision's hash. The authenticator must verify its user; keys are discoverable, so signing in asks for
 * no name. What the browser sent is parsed here; anything that does not verify is one and the same no.
 */

import {
  generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { Tx } from '../log/index.ts';
import type { Instant } from '../terms/index.ts';

/** The house as a relying party. `origin` is what the browser shows; its host is the RP id, so an IP address will not do. */
export interface RelyingParty {
  readonly name: string;
  readonly origin: string;
}

const CHALLENGE_BYTES = 32;
/** COSE: ES256, EdDSA, RS256. Named, because the library would also try what Node still calls an experiment. */
const ALGORITHMS = [-7, -8, -257];
/** Passkeys of one person at most: two at hand, two in drawers, and change. */
const PASSKEYS_MAX = 10;
const rpIdOf = (party: RelyingParty): string => new URL(party.origin).hostname;

const base64url = z.string().min(1).max(20_000).regex(/^[A-Za-z0-9_-]+$/);
const transports = z.array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])).max(8);
const attestationSchema = z.object({
  id: base64url, rawId: base64url, type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: transports.catch([]) }),
});
const assertionSchema = z.object({
  id: base64url, rawId: base64url, type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
});

/** A challenge and the options that the browser is asked with. */
export interface Asked {
  readonly challenge: string;
  readonly options: Record<string, unknown>;
}

/** Options by which a signed-in person adds a passkey. */
export async function askToRegister(tx: Tx, party: RelyingParty, random: (length: number) => Uint8Array, person: { account: string; name: string }): Promise<Asked> {
  const known = await tx.query<{ id: string }>('select id from access.passkey where account = $1', [person.account]);
  const options = await generateRegistrationOptions({
    rpName: party.name, rpID: rpIdOf(party), userName: person.account, userDisplayName: person.name, userID: new TextEncoder().encode(person.account).slice(0, 64),
    challenge: new Uint8Array(random(CHALLENGE_BYTES)), attestationType: 'none', excludeCredentials: known.rows, supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { challenge: options.challenge, options: { ...options } };
}

/** Keeps a new passkey; `false` when the browser's answer does not verify or the person has enough of them. */
export async function register(tx: Tx, now: Instant, party: RelyingParty, account: string, challenge: string, response: unknown): Promise<boolean> {
  const parsed = attestationSchema.safeParse(response);
  if (!parsed.success) return false;
  const verified = await orUndefined(verifyRegistrationResponse({
    response: { ...parsed.data, clientExtensionResults: {} }, expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: rpIdOf(party), requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }));
  if (verified?.verified !== true) return false;
  const { credential } = verified.registrationInfo;
  const kept = await tx.query(
    `insert into access.passkey (id, account, public_key, counter, transports, added_at)
     select $1, $2, $3, $4, $5, $6 where (select count(*) from access.passkey where account = $2) < $7 on conflict (id) do nothing`,
    [credential.id, account, Buffer.from(credential.publicKey), credential.counter, parsed.data.response.transports, now, PASSKEYS_MAX]);
  return kept.rowCount === 1;
}

/** Options by which anyone may sign in with a passkey. */
export async function askToSignIn(party: RelyingParty, random: (length: number) => Uint8Array): Promise<Asked> {
  const options = await generateAuthenticationOptions({ rpID: rpIdOf(party), challenge: new Uint8Array(random(CHALLENGE_BYTES)), userVerification: 'required' });
  return { challenge: options.challenge, options: { ...options } };
}

/** The account whose passkey answered this challenge, or `undefined`. A counter that runs back is a copied key, and refused. */
export async function accountOfAssertion(tx: Tx, party: RelyingParty, challenge: string, response: unknown): Promise<string | undefined> {
  const parsed = assertionSchema.safeParse(response);
  if (!parsed.success) return undefined;
  const found = await tx.query<{ id: string; account: string; public_key: Buffer; counter: number }>(
    'select id, account, public_key, counter from access.passkey where id = $1 for update', [parsed.data.id]);
  const key = found.rows[0];
  if (key === undefined) return undefined;
  const verified = await orUndefined(verifyAuthenticationResponse({
    response: { ...parsed.data, clientExtensionResults: {} }, expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: rpIdOf(party),
    credential: { id: key.id, publicKey: new Uint8Array(key.public_key), counter: key.counter }, requireUserVerification: true,
  }));
  if (verified?.verified !== true) return undefined;
  await tx.query('update access.passkey set counter = $2 where id = $1', [key.id, verified.authenticationInfo.newCounter]);
  return key.account;
}

/** The library throws where an answer does not verify; here that is a no like any other. */
async function orUndefined<T>(verifying: Promise<T>): Promise<T | undefined> {
  try {
    return await verifying;
  } catch {
    return undefined;
  }
}
