/** The vendored lists and versions made up in memory, for tests. */

import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { instantOf, parseInstant, type ChainFamily, type EntryBody, type Instant } from '../terms/index.ts';
import { encodeList, listOf, type WalletList } from './content.ts';
import { Exemptions } from './exempt.ts';
import { readRows } from './lists/csv-rows.ts';
import type { WalletSource } from './import.ts';
import type { NameSource } from './import-names.ts';
import type { SourceFile } from './source.ts';

const DATA = join(import.meta.dirname, '..', '..', 'data');

export const exemptions = new Exemptions(readFileSync(join(DATA, 'exempt-addresses.json'), 'utf8'));
export const day = (text: string): Instant => parseInstant(`${text}T00:00:00Z`) ?? instantOf(Number.NaN);

function files(folder: string): SourceFile[] {
  return readdirSync(join(DATA, 'ofac-wallets', folder)).filter((name) => name !== 'LICENSE').map((name) => ({ name, text: readFileSync(join(DATA, 'ofac-wallets', folder, name), 'utf8') }));
}

/** OFAC's wallets of 27 September 2024, all chains, and of 25 June 2026, EVM only. */
export const OFAC_2024: WalletSource = {
  list: 'ofac', version: '2024-09-27', publishedAt: day('2024-09-27'), covers: ['bitcoin', 'evm', 'tron', 'ripple', 'other'],
  source: 'github.com/0xB10C/ofac-sanctioned-digital-currency-addresses f2aee226', files: files('0xb10c-20240927'),
};
export const OFAC_2026: WalletSource = {
  list: 'ofac', version: '2026-06-25', publishedAt: day('2026-06-25'), covers: ['evm'],
  source: 'github.com/ultrasoundmoney/ofac-ethereum-addresses ac234519', files: files('ultrasoundmoney-20260625'),
};

/** A version's entry body and content. */
export function versionOf(list: WalletList, force: 'freeze' | 'review' | 'information' = 'review'): { body: EntryBody<'list-version'>; content: Uint8Array } {
  const content = encodeList(list);
  return {
    content,
    body: {
      list: list.head.list, holds: 'wallets', version: list.head.version, force, covers: [...list.head.covers], sha256: createHash('sha256').update(content).digest('hex'),
      read: list.read, count: list.wallets.length, repeated: list.repeated, exempt: list.exempt.length, quarantined: list.unreadable.length, source: list.head.source,
      publishedAt: list.head.publishedAt,
    },
  };
}

/** A version made up: some wallets of one list as of a day. */
export function madeUp(list: string, number: number, publishedAt: number, covers: readonly ChainFamily[], wallets: readonly { family: ChainFamily; address: string }[], force?: 'freeze' | 'review') {
  const tickers: Partial<Record<ChainFamily, string>> = { evm: 'ETH', bitcoin: 'XBT', tron: 'TRX' };
  const rows = wallets.map((wallet, i) => ({ place: `T:${i + 1}`, ticker: tickers[wallet.family] ?? '', written: wallet.address, subject: undefined }));
  return versionOf(listOf({ list, version: `v${number}`, publishedAt: instantOf(publishedAt), covers, source: 'test' }, rows, exemptions), force);
}

/** A state of a list of names made up: `count` people numbered from `from` on. */
export function namesMadeUp(list: string, version: string, count: number, from = 0): NameSource {
  const entries = Array.from({ length: count }, (_, i) => ({
    list, entry: `${from + i + 1}`, schema: 'Person' as const, names: [{ text: `INVENTED Person ${from + i + 1}`, kind: 'primary' as const, quality: 'strong' as const }], fatherNames: [], birthDates: ['1970'],
    nationalities: ['pk'], gender: null, identifiers: [], places: [], programs: [], wallets: [],
  }));
  return { list, version, publishedAt: day(version), source: 'test', entries, rows: count, folded: 0, quarantined: [] };
}

interface ChangeSet {
  readonly date: string;
  readonly rows: number;
  readonly added: readonly (readonly string[])[];
  readonly removed: readonly string[];
  readonly changed: readonly (readonly string[])[];
}

/** OFAC's list of 18 August 2021 as it was, then after each of its 307 changes. */
export async function* ofacStates(): AsyncGenerator<{ readonly set: ChangeSet | undefined; readonly rows: ReadonlyMap<string, readonly string[]> }> {
  const rows = new Map<string, readonly string[]>();
  await readRows(join(DATA, 'ofac-history', 'sdn_20210818.csv.gz'), ',', () => (row) => rows.set(row[0]?.trim() ?? '', row.map((cell) => cell.trim()).map((cell) => (cell === '-0-' ? '' : cell))));
  yield { set: undefined, rows };
  for await (const line of createInterface({ input: createReadStream(join(DATA, 'ofac-history', 'sdn_deltas_20210818_20240503.jsonl.gz')).pipe(createGunzip()) })) {
    const set: ChangeSet = JSON.parse(line);
    for (const number of set.removed) rows.delete(number);
    for (const row of [...set.added, ...set.changed]) rows.set(row[0] ?? '', row);
    yield { set, rows };
  }
}
