/**
 * Every wallet that is listed by the newest versions of all wallet lists: of each list and chain family, what the last
 * version says that covers the family. For who publishes the lists on, not for who decides: a decision asks the table
 * as of its day.
 */

import type { Db, Objects } from '../log/index.ts';
import type { WalletKey } from './address-form.ts';
import { decodeList } from './content.ts';
import { readVersions } from './views.ts';

/** The newest versions, and the wallets on them; one that several lists name stands once for each. */
export interface NewestWallets {
  readonly lists: readonly { readonly list: string; readonly version: string }[];
  readonly wallets: readonly WalletKey[];
}

/** Reads the newest state of every wallet list. Throws when an object is missing. */
export async function newestWallets(db: Db, objects: Objects): Promise<NewestWallets> {
  const lists: { list: string; version: string }[] = [];
  const wallets: WalletKey[] = [];
  const known = await db.query<{ list: string }>(`select distinct list from screening.list_version where holds = 'wallets' order by list`);
  for (const { list } of known.rows) {
    const told = new Set<string>();
    for (const version of await readVersions(db, list, 'wallets')) {
      const families = version.covers.filter((family) => !told.has(family));
      if (families.length === 0) continue;
      lists.push({ list, version: version.version });
      for (const { family, address } of decodeList(await objects.get(version.sha256)).wallets) if (families.includes(family)) wallets.push({ family, address });
      for (const family of families) told.add(family);
    }
  }
  return { lists, wallets };
}
