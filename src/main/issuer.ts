/**
 * The issuer's keys of a home: which numbers there were, and when each was rotated out, in one file of the home. The
 * keys themselves are secret files of these numbers. A key that was rotated out stays published with its end, so that
 * what it signed before verifies; one that was stolen is named `revoked` in the published document by hand.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeyRing } from '../access/index.ts';
import { Refusal, writeWhole } from '../log/engine/index.ts';
import type { IssuerKey } from '../register/index.ts';
import { formatInstant, instantOf, type Instant } from '../terms/index.ts';
import { needInstallation } from './installation.ts';
import type { Options } from './options.ts';
import type { Settings } from './settings.ts';

const keysShape = z.strictObject({ v: z.literal(1), keys: z.array(z.strictObject({ number: z.number().int().min(1), until: z.number().int().optional() })).min(1).max(500) });
type IssuerKeys = z.infer<typeof keysShape>['keys'];
const fileOf = (home: string): string => join(home, 'issuer.json');

/** The numbers of a home, oldest first; a home without the file has its first key. */
export function readIssuerKeys(home: string): IssuerKeys {
  let text: string;
  try {
    text = readFileSync(fileOf(home), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [{ number: 1 }];
    throw error;
  }
  const read = keysShape.safeParse(JSON.parse(text));
  if (!read.success) throw new Refusal(`${fileOf(home)} is not what this version writes`, 'restore it from a copy of the home directory');
  return read.data.keys;
}

/** Signers of these numbers. */
export function issuerKeys(ring: KeyRing, authority: string, keys: IssuerKeys): IssuerKey[] {
  return keys.map(({ number, until }) => ({
    number, ed25519: ring.issuer(number, 'Ed25519', `${authority}/issuer-${number}`), p256: ring.issuer(number, 'ES256', `${authority}/issuer-${number}-p256`), ...(until === undefined ? {} : { until: instantOf(until) }),
  }));
}

/** `nigran issuer rotate`; gives the exit code. The house signs with the new key from its next start on. */
export function rotateIssuer(settings: Settings, options: Options, now: Instant): number {
  if (options.words[0] !== 'rotate') throw new Refusal('issuer takes "rotate"', 'npm run nigran -- issuer rotate');
  needInstallation(settings.home);
  const keys = readIssuerKeys(settings.home);
  const next = Math.max(...keys.map((key) => key.number)) + 1;
  const rotated = keysShape.parse({ v: 1, keys: [...keys.map((key) => ({ ...key, until: key.until ?? now })), { number: next }] });
  writeWhole(fileOf(settings.home), `${JSON.stringify(rotated)}\n`);
  const said = { current: next, ended: formatInstant(now) };
  process.stdout.write(options.has('json') ? `${JSON.stringify(said)}\n` : `issuer-${next} signs from the next start on; the key before it ended at ${said.ended}\n`);
  return 0;
}
