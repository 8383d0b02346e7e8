/**
 * The database passwords of an installation: drawn once, kept in one file that only the owner of the home
 * may read. Trust: who reads this file is every database role; it holds no key that signs or decrypts.
 */

import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Refusal } from './refusal.ts';
import { writeWhole } from './whole-file.ts';

const SECRET_BYTES = 24;
const schema = z.record(z.string(), z.string().min(1));

/** Secrets by name from `path`; those that are missing are drawn and written, whole or not at all. */
export function openSecrets<Name extends string>(path: string, names: readonly Name[], random: (length: number) => Uint8Array): Record<Name, string> {
  const known = readSecrets(path);
  const all: Record<string, string> = { ...known };
  for (const name of names) all[name] ??= Buffer.from(random(SECRET_BYTES)).toString('base64url');
  if (names.some((name) => known[name] === undefined)) writeWhole(path, JSON.stringify(all));
  return Object.fromEntries(names.map((name) => [name, all[name] ?? ''])) as Record<Name, string>;
}

function readSecrets(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Refusal(`${path} does not hold the database's passwords any more`, 'restore it from a copy of the home directory', error);
  }
}
