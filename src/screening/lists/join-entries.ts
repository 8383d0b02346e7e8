/** Entries of one number as one: OFAC's SDN and Non-SDN lists may both name a party, and a list names it once. */

import type { ListEntry } from '../entity.ts';

/** Joins what shares list and number; what the first says leads. `folded`: entries that went into another. */
export function joinEntries(entries: readonly ListEntry[]): { readonly entries: readonly ListEntry[]; readonly folded: number } {
  const found = new Map<string, ListEntry>();
  for (const one of entries) {
    const key = `${one.list} ${one.entry}`;
    const known = found.get(key);
    found.set(key, known === undefined ? one : joinTwo(known, one));
  }
  return { entries: [...found.values()], folded: entries.length - found.size };
}

function joinTwo(a: ListEntry, b: ListEntry): ListEntry {
  return {
    ...a, names: distinct([...a.names, ...b.names.map((name) => (name.kind === 'primary' ? { ...name, kind: 'alias' as const } : name))], (name) => name.text.toLowerCase()),
    fatherNames: distinct([...a.fatherNames, ...b.fatherNames], (text) => text), birthDates: distinct([...a.birthDates, ...b.birthDates], (text) => text),
    nationalities: distinct([...a.nationalities, ...b.nationalities], (text) => text), gender: a.gender ?? b.gender,
    identifiers: distinct([...a.identifiers, ...b.identifiers], (one) => `${one.kind} ${one.country} ${one.value}`), places: distinct([...a.places, ...b.places], (text) => text),
    programs: distinct([...a.programs, ...b.programs], (text) => text), wallets: distinct([...a.wallets, ...b.wallets], (one) => `${one.asset} ${one.address}`),
  };
}

function distinct<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [keyOf(one), one] as const).reverse()).values()].reverse();
}
