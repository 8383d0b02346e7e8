/**
 * Addresses that nobody holds: zero, burn addresses, precompiles. Value that reaches one is burnt or taken by the
 * protocol, so a list row that names one says nothing about a person; it is set aside and counted, never matched.
 */

import { z } from 'zod';
import { canonicalAddress, type ChainFamily } from '../terms/index.ts';
import type { WalletKey } from './address-form.ts';

const family = z.enum(['bitcoin', 'evm', 'tron', 'solana', 'ripple', 'other']);
const text = z.string().min(1).max(400);
const fileSchema = z.strictObject({
  version: z.literal(1), asOf: text, meaning: z.string(),
  ranges: z.array(z.strictObject({ family: z.literal('evm'), first: text, last: text, what: text, source: text })).max(1_000),
  addresses: z.array(z.strictObject({ family, address: text, what: text, source: text })).max(100_000),
});

/** The exempt addresses, by list and by range. */
export class Exemptions {
  readonly #known = new Map<string, string>();
  readonly #ranges: { readonly first: string; readonly last: string; readonly what: string }[] = [];

  /** Reads `data/exempt-addresses.json`. Throws when it is not of its form, or names an address that is none of its family. */
  constructor(json: string) {
    const file = fileSchema.parse(JSON.parse(json));
    for (const one of file.addresses) this.#known.set(`${one.family} ${canonical(one.family, one.address)}`, one.what);
    for (const one of file.ranges) this.#ranges.push({ first: canonical('evm', one.first), last: canonical('evm', one.last), what: one.what });
  }

  /** What the address is, when nobody holds it. EVM addresses are of one length, so their texts stand in the order of their numbers. */
  whatIs(key: WalletKey): string | undefined {
    const named = this.#known.get(`${key.family} ${key.address}`);
    if (named !== undefined || key.family !== 'evm') return named;
    return this.#ranges.find((range) => range.first <= key.address && key.address <= range.last)?.what;
  }
}

function canonical(family: ChainFamily, written: string): string {
  const address = canonicalAddress(family, written);
  if (address === undefined) throw new Error(`the exempt address ${written} is none of ${family}`);
  return address;
}
