/**
 * What an installation is, in one file of its home: the authority's name in keys and receipts, its framework pack,
 * where the signing keys lie, under which address it is opened, and the public halves of its keys, so that
 * `nigran verify` needs neither server nor database. A demo keeps its seed and its first day here too.
 *
 * The file says `opening` while the first entries are written: a first start that was cut short is refused and never
 * taken for whole. Nothing here is secret. The ledger's first entry says whether the house is a demo, and has the
 * last word: a file that was changed by hand does not turn a demo into an authority.
 */

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import { SYSTEM, isKind, readEntries, withActor } from '../log/index.ts';
import { Refusal, refusalOf, writeWhole } from '../log/engine/index.ts';
import { PACK_DIRECTORY } from './framework.ts';

const AUTHORITY_FORM = /^[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])$/;

const demoShape = z.strictObject({
  seed: z.string(),
  size: z.enum(['small', 'city', 'nation']),
  /** First instant of the nation's history, microseconds. */
  from: z.number().int(),
  /** When the nation goes live: new cases are planted from here on. */
  liveFrom: z.number().int(),
});
const installationShape = z.strictObject({
  v: z.literal(1),
  state: z.enum(['opening', 'open']),
  /** Name in keys and receipts, for example `pvara.gov.pk`: origins are `<authority>/ledger`, `<authority>/firm/<firm>`. */
  authority: z.string().regex(AUTHORITY_FORM),
  /** Directory of the framework pack. */
  framework: z.string(),
  /** Directory of the signing keys. */
  keys: z.string(),
  /** Scheme and authority under which browsers and firms call; passkeys belong to it. Absent: `http://localhost` with the port. */
  origin: z.string().optional(),
  /** Verifier keys: of the ledger's heads, and of the firms' trees under the name `<authority>/firm`. */
  verifiers: z.strictObject({ ledger: z.string(), firms: z.string() }),
  /** Verifier keys of what the public is given, by what they sign; a home of before has none. */
  published: z.record(z.string(), z.string()).optional(),
  demo: demoShape.optional(),
});

/** An installation as its home tells it. */
export type Installation = Readonly<z.infer<typeof installationShape>>;
/** A demo's nation as its home remembers it. */
export type DemoNation = z.infer<typeof demoShape>;

const fileOf = (home: string): string => join(home, 'installation.json');

/** The installation of a home; `undefined` when there is none yet. Refuses a file that cannot be read. */
export function readInstallation(home: string): Installation | undefined {
  const text = textOf(fileOf(home));
  if (text === undefined) return undefined;
  const parsed = installationShape.safeParse(jsonOf(text));
  if (!parsed.success) throw new Refusal(`${fileOf(home)} is not what this version writes (${parsed.error.issues[0]?.path.join('.') ?? ''})`, 'restore it from a copy of the home directory');
  return parsed.data;
}

/** The installation of a home that has been opened; refuses a home without one, and one whose first start was cut short. */
export function needInstallation(home: string): Installation {
  const found = readInstallation(home);
  if (found === undefined) throw new Refusal(`there is no installation in ${home}`, 'make one with nigran init, or set NIGRAN_HOME to its directory');
  return whole(home, found);
}

/** The same, or a refusal where its opening was cut short. */
export function whole(home: string, found: Installation): Installation {
  if (found.state === 'opening') throw new Refusal(`the first start in ${home} was cut short, so its first entries are not all there`, 'remove that directory, or set NIGRAN_HOME to another, and start again');
  return found;
}

/** Directory of the pack under which a home is folded. A demo's is the clone's own, wherever the clone lies today. */
export function frameworkOf(home: string): string {
  const found = readInstallation(home);
  return found === undefined || found.demo !== undefined ? PACK_DIRECTORY : found.framework;
}

/** Writes the file, whole or not at all. */
export function writeInstallation(home: string, installation: Installation): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeWhole(fileOf(home), `${JSON.stringify(installationShape.parse(installation), undefined, 2)}\n`);
}

/** Is the name one that keys can bear? */
export function isAuthorityName(name: string): boolean {
  return AUTHORITY_FORM.test(name);
}

/** Whether the ledger was opened as a demo; `undefined` when it was not opened. `pool`: as `nigran_app`. */
export async function openedAsDemo(pool: pg.Pool): Promise<boolean | undefined> {
  const [entry] = await withActor(pool, SYSTEM, (tx) => readEntries(tx, { from: 0, limit: 1 }));
  return entry !== undefined && isKind(entry, 'installation-opened') ? entry.body.synthetic : undefined;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw refusalOf(error) ?? error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
