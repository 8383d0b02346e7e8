/**
 * `nigran wallets`: the listed wallets as a signed filter. `publish` makes it from what the house holds; `ask` reads it
 * wherever a firm keeps it, without a server, so that nobody learns whom the firm asks about. What may be listed is
 * one address in 256 of those that are not: the firm asks the authority about those.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretFiles, openKeys } from '../access/index.ts';
import { Refusal, refusalOf, writeWhole } from '../log/engine/index.ts';
import { LocalObjects, REGISTER_LOG, SYSTEM, openPool, withActor } from '../log/index.ts';
import { parseVerifierKey, verifierKey } from '../proof/index.ts';
import { AddressFilter, encodeAddressFilter } from '../proof/published.ts';
import { newestWallets } from '../screening/index.ts';
import { canonicalAddress, formatInstant, type ChainFamily } from '../terms/index.ts';
import { drawOf } from './demo-keys.ts';
import { needInstallation } from './installation.ts';
import type { Options } from './options.ts';
import { openRecord } from './record.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

const FAMILIES: readonly ChainFamily[] = ['evm', 'tron', 'bitcoin', 'solana', 'ripple', 'other'];

/** Runs the verb; gives the exit code: 1 when an address may be listed. */
export function runWallets(settings: Settings, world: World, options: Options): Promise<number> {
  const [act, file, ...addresses] = options.words;
  if (act === 'publish' && file !== undefined) return publish(settings, world, options, file);
  if (act === 'ask' && file !== undefined && addresses.length > 0) return Promise.resolve(ask(options, file, addresses));
  throw new Refusal('wallets takes "publish FILE", or "ask FILE ADDRESS..."', 'npm run nigran -- help shows how');
}

async function publish(settings: Settings, world: World, options: Options, file: string): Promise<number> {
  const installation = needInstallation(settings.home);
  const keys = openKeys(new SecretFiles({ directory: installation.keys, draw: drawOf(installation.demo === undefined ? undefined : settings.seed, world.random) }));
  const signer = keys.register(`${installation.authority}/${REGISTER_LOG}`);
  const record = await openRecord(settings, world);
  const pool = openPool(record.connection('nigran_app'), 2);
  try {
    const { lists, wallets } = await withActor(pool, SYSTEM, (tx) => newestWallets(tx, new LocalObjects(join(settings.home, 'objects'))));
    const bytes = await encodeAddressFilter(wallets, { lists, asOf: formatInstant(world.clock()) }, signer);
    writeWhole(file, bytes);
    const told = { file, addresses: wallets.length, bytes: bytes.length, lists, vkey: verifierKey(signer.keyId, signer.publicKey) };
    process.stdout.write(options.has('json') ? `${JSON.stringify(told)}\n` : `${told.addresses} listed wallets in ${told.bytes} bytes: ${file}\nkey  ${told.vkey}\n`);
    return 0;
  } finally {
    await pool.end();
    await record.close();
  }
}

function ask(options: Options, file: string, addresses: readonly string[]): number {
  const key = parseVerifierKey(options.need('key', 'the verifier key that the authority publishes'));
  if (key === undefined) throw new Refusal('--key is no verifier key', 'take the key that the authority publishes, of the form name+hash+base64');
  const filter = AddressFilter.open(readFilter(file), [key]);
  if (filter === undefined) throw new Refusal(`${file} is no filter that this key has signed`, 'fetch it again, and compare the key with the one that the authority publishes');
  const answers = addresses.map((written) => {
    const asked = FAMILIES.flatMap((family) => { const address = canonicalAddress(family, written); return address === undefined ? [] : [{ family, address }]; });
    return { address: written, answer: asked.length === 0 ? 'unreadable' : asked.some(({ family, address }) => filter.mayHold(family, address)) ? 'may-be-listed' : 'not-listed' };
  });
  for (const { address, answer } of answers) process.stdout.write(options.has('json') ? '' : `${answer}  ${address}\n`);
  if (options.has('json')) process.stdout.write(`${JSON.stringify({ asOf: filter.head.asOf, lists: filter.head.lists, answers })}\n`);
  return answers.every(({ answer }) => answer === 'not-listed') ? 0 : 1;
}

function readFilter(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw refusalOf(error) ?? new Refusal(`${file} cannot be read`, 'name the file that was published', error);
  }
}
