/**
 * Cases of the quality measure, built from real lists: aliases that the list itself gives, by how they differ from the
 * primary name, each taken out of the index before it is asked for; treatments of primary names; names in original
 * script, taken out likewise; and names of nobody. The classes are told apart by plain rules of their own, so
 * that a fault of the matcher's normalisation cannot hide itself.
 */

import type { ListEntry, ListName } from '../entity.ts';
import { CULTURES, randomOf, syntheticFirm, syntheticPerson, type Random } from './synthetic-names.ts';
import { TREATMENTS } from './treatments.ts';

/** One question and whom it must find; nobody when `entry` is undefined. */
export interface QualityCase {
  readonly class: string;
  readonly name: string;
  readonly schema: 'Person' | 'Organization';
  readonly entry: ListEntry | undefined;
}

/** What is indexed and what is asked. */
export interface QualitySet {
  readonly entries: readonly ListEntry[];
  readonly cases: readonly QualityCase[];
}

/** Cases of a class at most. */
const CLASS_MAX = 1_500;
const NEGATIVES_PER_CULTURE = 250;
const FIRM_NEGATIVES = 1_500;

/** Builds the set from entries; the same seed gives the same cases. */
export function qualitySet(entries: readonly ListEntry[], seed: number): QualitySet {
  const random = randomOf(seed);
  const named = entries.filter((entry) => entry.schema === 'Person' || entry.schema === 'Organization');
  const cases: QualityCase[] = [];
  const heldOut = new Set<ListName>();
  for (const entry of named) {
    const primary = entry.names[0];
    if (primary === undefined) continue;
    for (const name of entry.names.slice(1)) {
      const of = name.kind === 'original' ? 'original script' : classOf(primary.text, name.text);
      if (of === undefined || (name.kind !== 'original' && name.quality === 'weak')) continue;
      heldOut.add(name);
      cases.push({ class: `${of}, ${name.kind === 'original' ? '' : 'alias, '}${schemaOf(entry) === 'Person' ? 'person' : 'firm'}`, name: name.text, schema: schemaOf(entry), entry });
    }
  }
  for (const [treatment, change] of Object.entries(TREATMENTS)) {
    for (const entry of shuffled(named, random).slice(0, CLASS_MAX)) {
      const changed = change(entry.names[0]?.text ?? '', random);
      if (changed !== undefined) cases.push({ class: `${TREATMENT_NAMES[treatment] ?? treatment}, treated, ${schemaOf(entry) === 'Person' ? 'person' : 'firm'}`, name: changed, schema: schemaOf(entry), entry });
    }
  }
  const kept = entries.map((entry) => ({ ...entry, names: entry.names.filter((name) => !heldOut.has(name)) }));
  const keptOf = new Map(entries.map((entry, at) => [entry, kept[at]]));
  return { entries: kept, cases: [...limited(cases, random).map((each) => ({ ...each, entry: each.entry === undefined ? undefined : keptOf.get(each.entry) })), ...negatives(entries, random)] };
}

const TREATMENT_NAMES: Readonly<Record<string, string>> = { joined: 'spacing, joined', cut: 'spacing, cut', legalForm: 'legal form', missing: 'missing word', initial: 'initial', disguise: 'look-alikes and hidden signs' };

function schemaOf(entry: ListEntry): 'Person' | 'Organization' {
  return entry.schema === 'Person' ? 'Person' : 'Organization';
}

function limited(cases: readonly QualityCase[], random: Random): QualityCase[] {
  const classes = Map.groupBy(cases, (each) => each.class);
  return [...classes.values()].flatMap((all) => shuffled(all, random).slice(0, CLASS_MAX));
}

function shuffled<T>(all: readonly T[], random: Random): T[] {
  return all.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** Lower case, without accents and punctuation. */
export function plainly(name: string): string[] {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’`]/g, '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

const FORMS = new Set('limited liability company joint stock public open closed private co ltd llc ooo oao zao ao pao jsc ojsc cjsc pjsc inc corp corporation sa gmbh plc pvt pte fze dmcc srl sarl ltda'.split(' '));

/** How an alias differs from the primary name, when it differs in one way only. */
export function classOf(primary: string, alias: string): string | undefined {
  const [a, b] = [plainly(primary), plainly(alias)];
  if (a.length === 0 || b.length === 0 || a.join(' ') === b.join(' ')) return undefined;
  if (a.toSorted().join(' ') === b.toSorted().join(' ')) return 'order';
  if (a.join('') === b.join('')) return 'spacing';
  const bare = (words: readonly string[]): string => words.filter((word) => !FORMS.has(word)).join(' ');
  if (bare(a) !== '' && bare(a) === bare(b)) return 'legal form';
  if (a.length === b.length && a.every((word, at) => isSlip(word, b[at] ?? ''))) return 'spelling';
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  return short.length > 1 && short.length < long.length && short.every((word) => long.includes(word)) ? 'missing word' : undefined;
}

/** Two words within two letters of each other, and a third of the longer. */
function isSlip(a: string, b: string): boolean {
  return a === b || (Math.max(a.length, b.length) >= 4 && editDistance(a, b) <= Math.min(2, Math.max(a.length, b.length) / 3));
}

function editDistance(a: string, b: string): number {
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min((last[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    last = next;
  }
  return last[b.length] ?? 0;
}

/** Names of nobody: what a list happens to hold in any order is left out. */
function negatives(entries: readonly ListEntry[], random: Random): QualityCase[] {
  const listed = new Set(entries.flatMap((entry) => entry.names.map((name) => plainly(name.text).toSorted().join(' '))));
  const isNobody = (each: QualityCase): boolean => !listed.has(plainly(each.name).toSorted().join(' '));
  const people = CULTURES.flatMap((of) => Array.from({ length: NEGATIVES_PER_CULTURE }, (): QualityCase => ({ class: `nobody, ${of.culture}`, name: syntheticPerson(random, of), schema: 'Person', entry: undefined })));
  const firms = Array.from({ length: FIRM_NEGATIVES }, (): QualityCase => ({ class: 'nobody, firm', name: syntheticFirm(random), schema: 'Organization', entry: undefined }));
  return [...people, ...firms].filter(isNobody);
}
