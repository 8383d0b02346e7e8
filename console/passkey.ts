/**
 * Passkeys, through the browser's own WebAuthn in its JSON forms. For a decision the challenge is the hash
 * of the decision, so what the key signs is the decision and nothing else.
 */
import * as z from 'zod';
import type { Session } from '../src/contract/console.ts';
import { call } from './api.ts';

const json = z.record(z.string(), z.unknown());

export const passkeysWork = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential && window.isSecureContext;

/** The browser's own parsers take the options as the server made them; what they refuse they throw at. */
const requestOptions = z.custom<PublicKeyCredentialRequestOptionsJSON>((value) => json.safeParse(value).success && typeof json.parse(value)['challenge'] === 'string');
const creationOptions = z.custom<PublicKeyCredentialCreationOptionsJSON>((value) => json.safeParse(value).success && typeof json.parse(value)['challenge'] === 'string');

async function ask(options: unknown): Promise<Record<string, unknown>> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(requestOptions.parse(options));
  const credential = await navigator.credentials.get({ publicKey });
  return responseOf(credential);
}

function responseOf(credential: Credential | null): Record<string, unknown> {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('the browser gave no passkey');
  return json.parse(JSON.parse(JSON.stringify(credential.toJSON())));
}

/** Signs in with a passkey. Throws when the person turns away, or the server refuses. */
export async function signInWithPasskey(): Promise<Session> {
  const { ticket, options } = await call('signInPasskeyOptions', { body: {} });
  return call('signInPasskey', { body: { ticket, response: await ask(options) } });
}

/** Adds a passkey to the person who is signed in. */
export async function addPasskey(): Promise<Session> {
  const { ticket, options } = await call('addPasskeyOptions', { body: {} });
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(creationOptions.parse(options));
  const credential = await navigator.credentials.create({ publicKey });
  return call('addPasskey', { body: { ticket, response: responseOf(credential) } });
}

const base64url = (hex: string): string =>
  btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Signs a decision's hash (hexadecimal) with the person's passkey. */
export function signDecision(hash: string): Promise<Record<string, unknown>> {
  return ask({ challenge: base64url(hash), rpId: location.hostname, userVerification: 'required', timeout: 60_000 });
}
