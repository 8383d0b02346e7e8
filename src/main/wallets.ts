/**
 * The vendored OFAC wallet lists as one list version: canonical addresses by chain family, the burn addresses of
 * `data/exempt-addresses.json` set aside and counted. The object under the entry's hash is what every worker loads.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { append, type Objects, type Tx } from '../log/index.ts';
import type { GrowingWallets } from '../monitor/index.ts';
import { canonicalAddress, canonicalBytes, parseInstant, type ChainFamily, type Instant } from '../terms/index.ts';

const DIRECTORY = fileURLToPath(new URL('../../data/ofac-wallets', import.meta.url));
const EXEMPT = fileURLToPath(new URL('../../data/exempt-addresses.json', import.meta.url));
const FAMILIES: readonly ChainFamily[] = ['evm', 'tron', 'bitcoin', 'ripple', 'solana'];
const LIST = 'ofac';
const PUBLISHED = '2026-06-25T00:00:00Z';

interface Listed {
  readonly family: ChainFamily;
  readonly address: string;
  readonly entry: string;
}

/** Publishes the vendored lists as a version; the object is on disk before the entry. */
export async function publishWallets(tx: Tx, objects: Objects, now: Instant): Promise<void> {
  const rows = readRows();
  const exempt = readExempt();
  const known = new Map<string, Listed>();
  let [repeated, burnt, quarantined] = [0, 0, 0];
  for (const row of rows) {
    const family = FAMILIES.find((each) => canonicalAddress(each, row.address) !== undefined && fits(each, row.address));
    const address = family === undefined ? undefined : canonicalAddress(family, row.address);
    if (family === undefined || address === undefined) quarantined += 1;
    else if (exempt.has(`${family}/${address}`)) burnt += 1;
    else if (known.has(`${family}/${address}`)) repeated += 1;
    else known.set(`${family}/${address}`, { family, address, entry: row.entry });
  }
  const content = canonicalBytes([...known.values()].map((one) => ({ ...one })));
  const sha256 = await objects.put(content);
  await append(tx, now, [{
    kind: 'list-version', actor: 'screening', basis: 'OFAC SDN, digital currency addresses, as vendored with provenance',
    body: {
      list: LIST, holds: 'wallets', version: '2026-06-25', force: 'review', covers: [...FAMILIES], sha256, read: rows.length, count: known.size, repeated, exempt: burnt, quarantined,
      source: 'data/PROVENANCE.md', publishedAt: parseInstant(PUBLISHED) ?? now,
    },
  }]);
}

/** An empty table that list versions fill. */
export function openWallets(): GrowingWallets {
  const known = new Map<string, { list: string; entry: string; version: string }>();
  return {
    lookup: (family, address) => known.get(`${family}/${address}`),
    add: (version, content) => {
      const rows: readonly Listed[] = JSON.parse(Buffer.from(content).toString('utf8'));
      for (const row of rows) known.set(`${row.family}/${row.address}`, { list: version.list, entry: row.entry, version: version.version });
    },
  };
}

/** Families whose form is looser are asked last. */
function fits(family: ChainFamily, address: string): boolean {
  if (family === 'bitcoin') return /^(bc1|ltc1|[13LMqp])/i.test(address);
  return family !== 'solana';
}

function readRows(): { readonly address: string; readonly entry: string }[] {
  const rows: { address: string; entry: string }[] = [];
  for (const file of readdirSync(`${DIRECTORY}/0xb10c-20240927`)) {
    if (!file.endsWith('.txt')) continue;
    for (const line of linesOf(`${DIRECTORY}/0xb10c-20240927/${file}`)) rows.push({ address: line, entry: file.replace('sanctioned_addresses_', '').replace('.txt', '') });
  }
  for (const line of linesOf(`${DIRECTORY}/ultrasoundmoney-20260625/data.csv`).slice(1)) {
    const [address = '', name = ''] = line.split(',');
    rows.push({ address, entry: name.replaceAll('"', '') });
  }
  return rows;
}

const linesOf = (path: string): string[] => readFileSync(path, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '');

function readExempt(): ReadonlySet<string> {
  const file: { addresses: readonly { family: ChainFamily; address: string }[] } = JSON.parse(readFileSync(EXEMPT, 'utf8'));
  return new Set(file.addresses.map((one) => `${one.family}/${canonicalAddress(one.family, one.address) ?? one.address}`));
}
