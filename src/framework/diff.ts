/**
 * The difference of two versions of a pack, in words, with who is affected. Blocks are matched by kind, name and
 * first day. A value that a later block replaces is told as one change from a day on, because that is what happens
 * to a firm; what only moved within a file is no change.
 */

import type { Service } from '../terms/index.ts';
import type { CompiledPermission, Framework, Quantity } from './compiled.ts';
import { daysOf, itemsOf, servicesOf, type Item, type ItemKind } from './contents.ts';
import { quantityWords } from './words.ts';

/** One difference. `stages` and `services` are those of firms that it concerns, in either version. */
export interface PackChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly kind: ItemKind | 'instrument' | 'pack' | 'flag' | 'crosswalk';
  readonly id: string;
  readonly words: string;
  readonly clause: string | null;
  readonly stages: readonly string[];
  readonly services: readonly Service[];
}

/** Two versions compared. */
export interface PackDifference {
  readonly from: { readonly pack: string; readonly revision: number; readonly hash: string };
  readonly to: { readonly pack: string; readonly revision: number; readonly hash: string };
  readonly identical: boolean;
  readonly changes: readonly PackChange[];
}

/** What the second version changes of the first. */
export function diffPacks(before: Framework, after: Framework): PackDifference {
  const changes = [...headChanges(before, after), ...plainChanges(before, after), ...itemChanges(before, after)];
  const about = ({ id, revision, hash }: Framework): PackDifference['from'] => ({ pack: id, revision, hash });
  return { from: about(before), to: about(after), identical: before.hash === after.hash, changes };
}

function itemChanges(before: Framework, after: Framework): PackChange[] {
  const old = keyed(before);
  const now = keyed(after);
  const changes: PackChange[] = [];
  for (const [key, item] of old) {
    const next = now.get(key);
    if (next === undefined) changes.push(change('removed', item, `No longer: ${item.says}`, before, after));
    else {
      const words = keyWords(item, next, before, after);
      if (words.length > 0) changes.push({ ...change('changed', next, words.join(' '), before, after, item.stages), ...permittedChange(item, next) });
    }
  }
  for (const [key, item] of now) {
    if (old.has(key)) continue;
    const last = [...old.values()].findLast((one) => one.kind === item.kind && one.id === item.id);
    const since = daysOf(after, item.source).from;
    changes.push(change('added', item, last === undefined ? item.says : `From ${since}: ${item.says} Before: ${last.says}`, before, after, last?.stages));
  }
  return changes;
}

function keyed(framework: Framework): Map<string, Item> {
  return new Map(itemsOf(framework).map((item) => [`${item.kind} ${item.id} ${item.source.from}`, item]));
}

function change(kind: PackChange['change'], item: Item, words: string, before: Framework, after: Framework, alsoStages: readonly string[] = []): PackChange {
  const stages = [...new Set([...alsoStages, ...item.stages])];
  const named = 'service' in item.block && typeof item.block.service === 'string' ? item.block.service : item.kind === 'service' ? item.id : undefined;
  const services = [...new Set([...servicesOf(before, stages), ...servicesOf(after, stages)])].filter((service) => named === undefined || service === named);
  return { change: kind, kind: item.kind, id: item.id, words, clause: item.source.clause.en, stages, services };
}

/** Keys that are told in other words: as days, as the clause, or within what the block says. */
const TOLD: readonly string[] = ['from', 'to', 'clause', 'permissions', 'span', 'stops', 'windowUs', 'capMinor', 'fineMinor', 'isLicence', 'isWorkingDefault', 'effectiveFrom', 'effectiveTo', 'name'];

function keyWords(old: Item, next: Item, before: Framework, after: Framework): string[] {
  const words: string[] = [];
  if (old.kind === 'permission') words.push(...permissionChange(old.block, next.block));
  for (const key of new Set([...Object.keys(old.block), ...Object.keys(next.block)])) {
    if (TOLD.includes(key) || (old.kind === 'permission' && (key === 'services' || key === 'scope'))) continue;
    const [was, is] = [valueOf(old.block, key), valueOf(next.block, key)];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    const isMeasured = key === 'value' && isQuantity(old.block) && isQuantity(next.block);
    words.push(isMeasured ? `${quantityWords(before.currency, old.block)} becomes ${quantityWords(after.currency, next.block)}.` : `${key}: ${difference(was, is)}.`);
  }
  const [wasTo, isTo] = [daysOf(before, old.source).to, daysOf(after, next.source).to];
  if (wasTo !== isTo) words.push(isTo === undefined ? 'It no longer ends.' : `It ends on ${isTo}.`);
  if (words.length > 0 && old.says !== next.says) words.push(`It now says: ${next.says}`);
  return words;
}

/** Of a permission that still lists services, those alone that were opened or shut are concerned. */
function permittedChange(old: Item, next: Item): { readonly services?: readonly Service[] } {
  if (!isPermission(old.block) || !isPermission(next.block) || old.block.scope !== next.block.scope) return {};
  const { opened, shut } = moved(old.block, next.block);
  return { services: [...opened, ...shut] };
}

function moved(old: CompiledPermission, next: CompiledPermission): { opened: Service[]; shut: Service[] } {
  return { opened: next.services.filter((service) => !old.services.includes(service)), shut: old.services.filter((service) => !next.services.includes(service)) };
}

function permissionChange(old: object, next: object): string[] {
  if (!isPermission(old) || !isPermission(next)) return [];
  const words: string[] = [];
  if (old.scope !== next.scope) words.push(`Services were ${old.scope} and are ${next.scope}.`);
  const { opened, shut } = moved(old, next);
  if (opened.length > 0) words.push(`May now offer ${opened.join(', ')}.`);
  if (shut.length > 0) words.push(`May no longer offer ${shut.join(', ')}.`);
  return words;
}

function isQuantity(block: object): block is Quantity {
  return 'unit' in block && 'isWorkingDefault' in block;
}

function isPermission(block: object): block is CompiledPermission {
  return 'scope' in block && 'services' in block;
}

function valueOf(block: object, key: string): unknown {
  const value: unknown = Object.getOwnPropertyDescriptor(block, key)?.value;
  return value;
}

function difference(was: unknown, is: unknown): string {
  if (Array.isArray(was) && Array.isArray(is)) {
    const [old, now] = [was.map(shortly), is.map(shortly)];
    const [gone, come] = [old.filter((one) => !now.includes(one)), now.filter((one) => !old.includes(one))];
    const parts = [...(come.length > 0 ? [`with ${come.join(', ')}`] : []), ...(gone.length > 0 ? [`without ${gone.join(', ')}`] : [])];
    return parts.length === 0 ? 'in another order, or other within' : parts.join('; ');
  }
  return `${shortly(was)} becomes ${shortly(is)}`;
}

/** Longer than this a value is told by its beginning. */
const SHORT_LENGTH_MAX = 160;

function shortly(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null && 'en' in value && typeof value.en === 'string') return `"${value.en}"`;
  const whole = typeof value === 'string' ? value : JSON.stringify(value);
  return whole.length > SHORT_LENGTH_MAX ? `${whole.slice(0, SHORT_LENGTH_MAX)}…` : whole;
}

function headChanges(before: Framework, after: Framework): PackChange[] {
  const keys = ['title', 'authority', 'country', 'currency', 'zone', 'evidence', 'effectiveFrom', 'holidaysTo'] as const;
  const stages = [...after.stages.keys()];
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key])).map((key) => ({
    change: 'changed', kind: 'pack', id: key, words: `${key}: ${difference(before[key], after[key])}.`, clause: null, stages, services: servicesOf(after, stages),
  }));
}

interface Plain {
  readonly kind: 'instrument' | 'flag' | 'crosswalk';
  readonly id: string;
  readonly block: object;
  readonly stages: readonly string[];
}

/** What has no status of its own: instruments, conflicts in the law, the way from one instrument to another. */
function plainOf(framework: Framework): Map<string, Plain> {
  const all: Plain[] = [
    ...framework.instruments.map((one): Plain => ({ kind: 'instrument', id: `${one.instrument} ${one.version}`, block: one, stages: [] })),
    ...framework.flags.map((one): Plain => ({ kind: 'flag', id: one.flag, block: one, stages: one.stages ?? [...framework.stages.keys()] })),
    ...framework.crosswalk.map((one): Plain => ({ kind: 'crosswalk', id: one.crosswalk, block: one, stages: [] })),
  ];
  return new Map(all.map((one) => [`${one.kind} ${one.id}`, one]));
}

function plainChanges(before: Framework, after: Framework): PackChange[] {
  const [old, now] = [plainOf(before), plainOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): PackChange[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const one = is ?? was;
    if (one === undefined || JSON.stringify(was?.block) === JSON.stringify(is?.block)) return [];
    return [{
      change: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed', kind: one.kind, id: one.id, clause: null, stages: one.stages,
      services: servicesOf(after, one.stages), words: plainWords(was, is),
    }];
  });
}

function plainWords(was: Plain | undefined, is: Plain | undefined): string {
  if (was === undefined) return 'Is now part of the pack.';
  if (is === undefined) return 'Is no longer part of the pack.';
  const keys = [...new Set([...Object.keys(was.block), ...Object.keys(is.block)])].filter((key) => JSON.stringify(valueOf(was.block, key)) !== JSON.stringify(valueOf(is.block, key)));
  return keys.map((key) => `${key}: ${difference(valueOf(was.block, key), valueOf(is.block, key))}.`).join(' ');
}
