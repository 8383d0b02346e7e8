/**
 * The vendored OFAC lists, taken in by whoever opens a house: wallets as two versions of one list in the order in which they were published
 * (all tickers of September 2024, then the EVM addresses of June 2026), and names of May 2024. Where they come from: `data/PROVENANCE.md`.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Framework } from '../framework/index.ts';
import type { Objects, Tx } from '../log/index.ts';
import { Exemptions, importNameList, importWalletList, readLists } from '../screening/index.ts';
import { instantOf, parseInstant, type ChainFamily, type Instant } from '../terms/index.ts';

const DATA = fileURLToPath(new URL('../../data', import.meta.url));
/** OFAC's tickers of that day hold no Solana address, so the version says nothing about Solana. */
const ALL: readonly ChainFamily[] = ['bitcoin', 'evm', 'tron', 'ripple', 'other'];

const VENDORED = [
  { directory: '0xb10c-20240927', version: '2024-09-27', covers: ALL },
  { directory: 'ultrasoundmoney-20260625', version: '2026-06-25', covers: ['evm'] as const },
] as const;

/** Takes the vendored lists in. Throws when one is refused: without them the demo would be another one. */
export async function takeVendoredLists(tx: Tx, objects: Objects, framework: Framework, now: Instant, by: { readonly actor: string; readonly second?: string }): Promise<void> {
  const exemptions = new Exemptions(readFileSync(`${DATA}/exempt-addresses.json`, 'utf8'));
  for (const { directory, version, covers } of VENDORED) {
    const files = readdirSync(`${DATA}/ofac-wallets/${directory}`).filter((name) => name !== 'LICENSE').sort()
      .map((name) => ({ name, text: readFileSync(`${DATA}/ofac-wallets/${directory}/${name}`, 'utf8') }));
    const done = await importWalletList(tx, now, { objects, framework, exemptions }, {
      list: 'ofac', version, publishedAt: parseInstant(`${version}T00:00:00Z`) ?? instantOf(0), covers, source: `data/ofac-wallets/${directory}`, files,
    }, { actor: by.actor, ...(by.second === undefined ? {} : { second: by.second }), basis: 'OFAC, digital currency addresses, as vendored with provenance' });
    if ('code' in done) throw new Error(`the list ${directory} is refused: ${done.code} ${done.detail ?? ''}`);
  }
  for (const { list, version, entries, rows, folded, quarantined } of (await readLists(`${DATA}/ofac-names`)).lists) {
    const publishedAt = parseInstant(`${version}T00:00:00Z`) ?? instantOf(0);
    const done = await importNameList(tx, now, { objects, framework }, { list, version, publishedAt, source: 'data/ofac-names', entries, rows, folded, quarantined },
      { actor: by.actor, ...(by.second === undefined ? {} : { second: by.second }), basis: 'OFAC, names of the SDN and Non-SDN lists, as vendored with provenance' });
    if ('code' in done) throw new Error(`the names of ${list} are refused: ${done.code} ${done.detail ?? ''}`);
  }
}
