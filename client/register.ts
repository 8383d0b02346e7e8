/**
 * A program's file: its private key, and once it is registered the house that knows it, with the keys by which the
 * program knows the house. `registerClient` sends the public half with a one-time code and a proof of holding the key;
 * asked again after a lost answer it gets the same answer. Nothing that the house says is believed unparsed.
 */

import { createPrivateKey, sign } from 'node:crypto';
import { z } from 'zod';
import { parseVerifierKey, verifierKey } from '../src/proof/index.ts';
import { enrolledShape, readAnswer } from './answers.ts';
import { publicHalf, type ClientKey } from './keys.ts';

const keyShape = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), d: z.string() });
const houseShape = z.strictObject({ origin: z.string(), firm: z.string(), authority: z.string(), verifiers: z.strictObject({ ledger: z.string(), firms: z.string() }) });

/** What a program keeps in a file that only its account reads. `house` is there once it is registered. */
export const clientFile = z.strictObject({ v: z.literal(1), client: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$/), key: keyShape, house: houseShape.optional() });
export type ClientFile = z.infer<typeof clientFile>;

/** What registration stands on. `clock` in microseconds. */
export interface RegisterGround {
  readonly clock: () => number;
  readonly fetch: typeof fetch;
}

/** Registers a program's key by its one-time code; gives the file as it is from here on. Throws `FilingRefused` with the house's code. */
export async function registerClient(file: ClientFile, house: { readonly origin: string; readonly code: string }, ground: RegisterGround): Promise<ClientFile & { readonly house: NonNullable<ClientFile['house']> }> {
  const { client, key } = file;
  const proof = proofOf(key, { sub: client, aud: house.origin, iat: Math.floor(ground.clock() / 1_000_000) });
  const response = await ground.fetch(`${house.origin}/v1/clients`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: house.code, client, jwk: publicHalf(key), proof }),
  });
  const { firm, authority, verifiers } = await readAnswer(response, enrolledShape);
  return { ...file, house: { origin: house.origin, firm, authority, verifiers } };
}

/** Verifier keys by which a registered program judges receipts: of its firm's tree, and of the ledger. */
export function authorityKeysOf(house: NonNullable<ClientFile['house']>): string[] {
  const firms = parseVerifierKey(house.verifiers.firms);
  return [house.verifiers.ledger, ...(firms === undefined ? [] : [verifierKey(`${firms.name}/${house.firm}`, firms.publicKey)])];
}

function proofOf(key: ClientKey, claims: object): string {
  const input = [{ alg: 'ES256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${input}.${sign('sha256', Buffer.from(input), { key: createPrivateKey({ key: { ...key }, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
