/**
 * `nigran init`: opens an authority's own house. It names the authority, takes its framework pack, makes its keys,
 * writes the first entries (the opening, the assets, the vendored sanctions lists under their own dates, the rules
 * in force under the pack's parameters) and lets the first two officers in, each by a one-time link. No demo data,
 * account or key enters it. It runs once for a home; what was begun and cut short is refused, never finished by guess.
 */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import { ROLES, SecretFiles, StaffDesk, openKeys, type NewOfficer } from '../access/index.ts';
import { ruleParametersAt, type Framework } from '../framework/index.ts';
import { publishAssets } from '../intake/index.ts';
import { LicensingDesk } from '../licensing/index.ts';
import { LocalObjects, SYSTEM, append, openPool, withActor } from '../log/index.ts';
import { Refusal } from '../log/engine/index.ts';
import { activateRules } from '../monitor/index.ts';
import { verifierKey } from '../proof/index.ts';
import { ASSET_FORM, PKR, formatInstant, instantOf, type Asset } from '../terms/index.ts';
import { drawOf } from './demo-keys.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import { startRecord } from './house.ts';
import { isAuthorityName, openedAsDemo, readInstallation, writeInstallation, type Installation } from './installation.ts';
import { takeHome } from './instance.ts';
import { linkAddress, needOrigin, originOf } from './origin.ts';
import type { Options } from './options.ts';
import type { Settings } from './settings.ts';
import { takeVendoredLists } from './wallets.ts';
import type { World } from './world.ts';

const BY = { actor: 'init', basis: 'opening of the installation by its operator' };
const RUPEE: Asset = { id: PKR, symbol: 'PKR', decimals: 2, class: 'fiat' };
const ASSETS_MAX = 500;

const assetsShape = z.array(z.strictObject({ id: z.string().regex(ASSET_FORM), symbol: z.string().min(1).max(16), decimals: z.int().min(0).max(30), class: z.enum(['fiat', 'stable', 'coin', 'privacy', 'token']) })).max(ASSETS_MAX);

/** What `nigran init --json` prints. */
interface Opened {
  readonly home: string;
  readonly authority: string;
  readonly framework: string;
  readonly origin: string;
  readonly verifiers: Installation['verifiers'];
  readonly published: Readonly<Record<string, string>>;
  readonly officers: readonly { readonly account: string; readonly name: string; readonly roles: readonly string[]; readonly link: string; readonly expires: string }[];
}

interface Wanted {
  readonly installation: Installation;
  readonly framework: Framework;
  readonly assets: readonly Asset[];
  readonly officers: readonly NewOfficer[];
  readonly origin: string;
}

/** Runs the verb; gives the exit code. */
export async function initHouse(settings: Settings, world: World, options: Options): Promise<number> {
  const giveBack = await takeHome(settings.home);
  try {
    const found = readInstallation(settings.home);
    if (found !== undefined) throw new Refusal(`${settings.home} holds the installation of ${found.authority} already`, 'start it with nigran serve, or set NIGRAN_HOME to another directory');
    const wanted = readWanted(settings, world, options);
    const { postgres, partitions } = await startRecord(settings, world, (line) => void process.stderr.write(`${line}\n`));
    const pool = openPool(postgres.connection('nigran_app'), 3);
    try {
      if ((await openedAsDemo(pool)) !== undefined) throw new Refusal('the database holds a ledger already', 'give this installation a database of its own');
      const opened = await openAuthority(settings, world, { ...wanted, partitions }, pool);
      process.stdout.write(options.has('json') ? `${JSON.stringify(opened)}\n` : inWords(opened));
      return 0;
    } finally {
      await pool.end();
      await postgres.stop();
    }
  } finally {
    giveBack();
  }
}

/** Everything that was asked for, judged before anything is made. */
function readWanted(settings: Settings, world: World, options: Options): Wanted {
  const authority = options.need('authority', 'pvara.gov.pk');
  if (!isAuthorityName(authority)) throw new Refusal(`"${authority}" cannot be the authority's name in keys`, 'write it like a domain name: small letters, digits, dots and hyphens');
  const directory = resolve(options.text('framework') ?? PACK_DIRECTORY);
  const keys = resolve(options.text('keys') ?? join(settings.home, 'keys'));
  const given = options.text('origin');
  const origin = originOf(given === undefined ? undefined : needOrigin(given), settings.port);
  const [framework, officers, assets] = [openFramework(directory), readOfficers(options.all('officer')), readAssets(options.text('assets'))];
  const ring = openKeys(new SecretFiles({ directory: keys, draw: drawOf(undefined, world.random) }));
  const [ledger, firms, status] = [ring.checkpoint(`${authority}/ledger`), ring.receipt(`${authority}/firm`), ring.status(`${authority}/status`)];
  return {
    framework, officers, assets, origin,
    installation: {
      v: 1, state: 'opening', authority, framework: directory, keys, ...(given === undefined ? {} : { origin }),
      verifiers: { ledger: verifierKey(ledger.keyId, ledger.publicKey), firms: verifierKey(firms.keyId, firms.publicKey) },
      published: { status: verifierKey(status.keyId, status.publicKey) },
    },
  };
}

const OFFICER_EXAMPLE = '"ayesha:Ayesha Khan:administrator,licensing-officer"';

/** `ACCOUNT:NAME[:ROLE,ROLE]`, two at least; without roles an administrator. */
function readOfficers(texts: readonly string[]): NewOfficer[] {
  if (texts.length < 2) throw new Refusal('init lets the first two officers in', `name both, for example --officer=${OFFICER_EXAMPLE} --officer="bilal:Bilal Ahmed"`);
  const officers = texts.map((text) => {
    const [account = '', name = '', roles = 'administrator', ...more] = text.split(':');
    const wrong = more.length > 0 || name.trim() === '' ? text : roles.split(',').find((role) => !isAuthorityRole(role));
    if (wrong !== undefined) throw new Refusal(`--officer=${text} cannot be read (${wrong === text ? 'account, name, roles' : wrong})`, `write it as ACCOUNT:NAME:ROLES, for example ${OFFICER_EXAMPLE}; roles are ${AUTHORITY_ROLES.join(', ')}`);
    return { account, name, organisation: 'authority' as const, roles: roles.split(',').filter(isAuthorityRole) };
  });
  if (new Set(officers.map((each) => each.account)).size !== officers.length) throw new Refusal('two officers have one account', 'give each an account of their own');
  if (!officers.some((each) => each.roles.includes('administrator'))) throw new Refusal('nobody is an administrator', 'give that role to one of the officers: only administrators let others in');
  return officers;
}

type Role = keyof typeof ROLES;
const AUTHORITY_ROLES = Object.keys(ROLES).filter((role): role is Role => Object.hasOwn(ROLES, role) && ROLES[role as Role].organisation === 'authority');
const isAuthorityRole = (role: string): role is Role => AUTHORITY_ROLES.some((each) => each === role);

/** The rupee, and the assets of a JSON file: `[{id, symbol, decimals, class}]`. */
function readAssets(path: string | undefined): Asset[] {
  if (path === undefined) return [RUPEE];
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Refusal(`the assets in ${path} cannot be read (${error instanceof Error ? error.message : 'no file'})`, 'give a JSON file', error);
  }
  const parsed = assetsShape.safeParse(json);
  if (!parsed.success) throw new Refusal(`the assets in ${path} cannot be read at ${parsed.error.issues[0]?.path.join('.') ?? ''}`, 'write [{"id": CAIP-19, "symbol", "decimals", "class"}]');
  const others = parsed.data.filter((asset) => asset.id !== PKR);
  if (new Set(others.map((asset) => asset.id)).size !== others.length) throw new Refusal(`an asset stands twice in ${path}`, 'name each once');
  return [RUPEE, ...others];
}

async function openAuthority(settings: Settings, world: World, wanted: Wanted & { readonly partitions: number }, pool: pg.Pool): Promise<Opened> {
  const { installation, framework, origin } = wanted;
  writeInstallation(settings.home, installation);
  const now = world.clock();
  const objects = new LocalObjects(join(settings.home, 'objects'));
  await withActor(pool, SYSTEM, async (tx) => {
    await append(tx, now, [{
      kind: 'installation-opened', ...BY, body: { authority: framework.authority.en, framework: framework.id, frameworkHash: framework.hash, synthetic: false, partitions: wanted.partitions },
    }]);
    await new LicensingDesk(framework, objects).holdToPack(tx, now, BY);
    await publishAssets(tx, now, wanted.assets, BY);
    await takeVendoredLists(tx, objects, framework, now, BY);
    await activateRules(tx, objects, now, { parameters: ruleParametersAt(framework, now), effectiveFrom: instantOf(framework.effectiveFrom), ...BY });
  });
  const desk = new StaffDesk({ pool, random: world.random, synthetic: false, party: { name: framework.authority.en, origin } });
  const officers: Opened['officers'][number][] = [];
  for (const officer of wanted.officers) {
    const issued = await desk.letIn(now, officer, BY);
    if ('code' in issued) throw new Refusal(`the officer ${officer.account} is refused (${issued.code} ${issued.detail ?? ''})`, 'remove the home that was begun, and start again with another account');
    officers.push({ account: officer.account, name: officer.name, roles: officer.roles, link: linkAddress(origin, issued.ticket), expires: formatInstant(issued.expires) });
  }
  writeInstallation(settings.home, { ...installation, state: 'open' });
  return { home: settings.home, authority: installation.authority, framework: framework.id, origin, verifiers: installation.verifiers, published: installation.published ?? {}, officers };
}

function inWords(opened: Opened): string {
  const links = opened.officers.map((each) => `  ${each.name} (${each.account}; ${each.roles.join(', ')}), until ${each.expires}\n    ${each.link}\n`).join('');
  return `${opened.authority} is opened in ${opened.home}, under the framework ${opened.framework}.\n\n`
    + `Keys that others verify with; publish them where people trust you:\n  ledger  ${opened.verifiers.ledger}\n  firms   ${opened.verifiers.firms}\n${Object.entries(opened.published).map(([what, key]) => `  ${what.padEnd(7)} ${key}\n`).join('')}\n`
    + `Links of the first officers. Each opens once, to add a passkey and nothing else; hand it over in person:\n${links}\nNow: nigran serve\n`;
}
