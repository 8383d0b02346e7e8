/**
 * What the look-alike check catches, what it catches wrongly, and what a question costs: on 54,863 domains that a list
 * of phishing sites names, on slips and disguises made of the names of real firms, and on the real domains of each of
 * those firms, judged by the names of all others. The firms are those of ESMA's register; nothing is said of them but
 * what their names and websites are.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readCasps, type ForeignRecord } from '../src/register/foreign-casp.ts';
import { LookalikeIndex, type Likeness } from '../src/register/lookalike.ts';
import type { BenchRow } from './monitor.ts';

const DATA = join(import.meta.dirname, '..', 'data');
/** Source: issue "register", what it must show. */
const MILLIS_MAX = 5;
/** Names of a register many times larger than any: how the cost of a question grows. */
const LARGE = 5_000;

/** Phishing domains, as their list has them. */
export function phishingDomains(): string[] {
  return gunzipSync(readFileSync(join(DATA, 'phishing-domains', 'polkadot-js-20260203.txt.gz'))).toString('utf8').trim().split('\n');
}

/** Firms of ESMA's newest state here. */
export function europeanFirms(): readonly ForeignRecord[] {
  const state = readCasps(gunzipSync(readFileSync(join(DATA, 'esma-casps', 'casps_20260628.csv.gz'))));
  if (state === undefined) throw new Error('the register of ESMA is readable');
  return state.records;
}

/** An index of these firms by their names and websites. */
export function indexOf(firms: readonly ForeignRecord[]): LookalikeIndex<ForeignRecord> {
  return new LookalikeIndex(firms.map((firm) => ({ value: firm, names: [firm.name, ...firm.names], domains: firm.websites })));
}

/** Likenesses that are none of a firm's own. */
export function foreign<T>(found: readonly Likeness<T>[] | undefined): readonly Likeness<T>[] {
  return (found ?? []).filter((one) => one.kind !== 'own');
}

/** Milliseconds a question; `seconds` reads a stopwatch. `full`: of the whole list, else of every tenth domain. */
export function benchLookalike(seconds: () => number, full: boolean): BenchRow[] {
  const domains = phishingDomains().filter((_domain, i) => full || i % 10 === 0);
  const firms = europeanFirms();
  const many = Array.from({ length: LARGE }, (_, i) => ({ value: i, names: [`${firms[i % firms.length]?.name ?? ''} ${String.fromCharCode(97 + (i % 26))}${Math.floor(i / 26).toString(26).replaceAll(/\d/g, 'q')}`], domains: [] }));
  const measure = (index: { judgeDomain(domain: string): unknown }, asked: readonly string[]): number => {
    const begin = seconds();
    for (const domain of asked) index.judgeDomain(domain);
    return ((seconds() - begin) * 1_000) / asked.length;
  };
  const index = indexOf(firms);
  const runs = Array.from({ length: 3 }, () => measure(index, domains)).sort((a, b) => a - b);
  const large = measure(new LookalikeIndex(many), domains.slice(0, 2_000));
  const value = runs[1] ?? Number.NaN;
  return [{
    bench: 'register', metric: 'lookalike.millisPerQuery', value, unit: 'ms', ceiling: MILLIS_MAX, ok: value <= MILLIS_MAX && large <= MILLIS_MAX, runs,
    method: `${domains.length} phishing domains asked one by one of the names and websites of ${firms.length} firms, in one process; median of 3. With ${LARGE} names: ${large.toFixed(3)} ms`,
  }];
}

const NEAR: Readonly<Record<string, string>> = { a: 's', b: 'v', c: 'x', d: 'f', e: 'r', f: 'g', g: 'h', h: 'j', i: 'o', j: 'k', k: 'l', l: 'k', m: 'n', n: 'm', o: 'p', p: 'o', q: 'w', r: 't', s: 'd', t: 'y', u: 'i', v: 'b', w: 'e', x: 'c', y: 'u', z: 'x' };
const CYRILLIC: Readonly<Record<string, string>> = { a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у', i: 'і', s: 'ѕ' };
const DIGITS: Readonly<Record<string, string>> = { o: '0', l: '1', i: '1', e: '3', s: '5', a: '4' };
const LURES = ['login', 'app', 'claim', 'support', 'wallet', 'bonus', 'official', 'airdrop'];

/** Disguises of a label, by kind: each made by a rule of its own, none by the code that is judged. */
export function disguisesOf(label: string): ReadonlyMap<string, readonly string[]> {
  const at = (make: (i: number) => string | undefined): string[] => Array.from({ length: label.length }, (_, i) => make(i)).flatMap((one) => (one === undefined || one === label ? [] : one));
  const put = (i: number, text: string, over = 1): string => label.slice(0, i) + text + label.slice(i + over);
  const swap = (table: Readonly<Record<string, string>>) => at((i) => {
    const other = table[label[i] ?? ''];
    return other === undefined ? undefined : put(i, other);
  }).map((one) => `${one}.com`);
  const inner = (all: readonly string[]): string[] => all.map((one) => `${one}.com`);
  return new Map([
    ['a letter left out', inner(at((i) => put(i, '')))], ['a letter twice', inner(at((i) => put(i, (label[i] ?? '') + (label[i] ?? ''))))], ['two letters swapped', inner(at((i) => (i + 1 < label.length ? put(i, (label[i + 1] ?? '') + (label[i] ?? ''), 2) : undefined)))],
    ['a neighbouring key', swap(NEAR)], ['a digit for a letter', swap(DIGITS)], ['a Cyrillic letter', swap(CYRILLIC)], ['rn for m, vv for w', [...(label.includes('m') ? [`${label.replace('m', 'rn')}.com`] : []), ...(label.includes('w') ? [`${label.replace('w', 'vv')}.com`] : [])]],
    ['a hyphen inside', inner(at((i) => (i === 0 ? undefined : put(i, `-${label[i] ?? ''}`))))], ['a word in front', LURES.map((word) => `${word}-${label}.com`)], ['a word behind', LURES.map((word) => `${label}-${word}.net`)], ['a word joined', LURES.map((word) => `${label}${word}.org`)],
    ['another ending', ['top', 'xyz', 'live', 'app', 'pk'].map((ending) => `${label}.${ending}`)], ['in front of another domain', [`${label}.com.secure-signin.xyz`, `${label}.verify-now.top`]], ['on a free host', [`${label}.pages.dev`, `${label}-claim.vercel.app`]],
  ]);
}
