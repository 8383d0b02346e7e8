import { deepStrictEqual, ok } from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const tokens = read('./tokens.css');

/** The custom properties of a block, as they are written. */
function block(start: string): Map<string, string> {
  const from = tokens.indexOf(start);
  ok(from >= 0, `${start} stands in the sheet`);
  const body = tokens.slice(tokens.indexOf('{', from) + 1, tokens.indexOf('}', tokens.indexOf('{', from)));
  return new Map([...body.matchAll(/(--[a-z0-9-]+):\s*([^;]+);/g)].map((match) => [match[1] ?? '', (match[2] ?? '').trim()]));
}
const light = block(':root {');
const darkBySystem = block(':root:not([data-theme="light"])');
const darkByChoice = block('[data-theme="dark"] {');

test('dark is the same, whether the system or the reader asks for it', () => {
  deepStrictEqual([...darkBySystem].toSorted(), [...darkByChoice].toSorted());
});

/** WCAG 2.x relative luminance of `#RRGGBB`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test('text reaches 4.5 and edges and marks 3 on every surface that they stand on, in both themes', () => {
  for (const [theme, set] of [['light', light], ['dark', darkByChoice]] as const) {
    const of = (name: string): string => set.get(name) ?? '';
    for (const surface of ['--paper', '--raised', '--sunken', '--accent-row']) {
      for (const text of ['--ink', '--ink-2', '--ink-3', '--accent', '--amber', '--red']) ok(contrast(of(text), of(surface)) >= 4.5, `${theme}: ${text} on ${surface} is ${contrast(of(text), of(surface)).toFixed(2)}`);
    }
    for (const [text, soft] of [['--accent', '--accent-soft'], ['--amber', '--amber-soft'], ['--red', '--red-soft'], ['--on-accent', '--accent-fill']] as const) ok(contrast(of(text), of(soft)) >= 4.5, `${theme}: ${text} on ${soft}`);
    for (const mark of ['--control', '--amber-mark', '--red-mark', '--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5']) ok(contrast(of(mark), of('--paper')) >= 3, `${theme}: ${mark} on paper`);
  }
});

test('every sheet takes its colours from the tokens, and its sides are logical', () => {
  for (const name of readdirSync(new URL('./style', import.meta.url))) {
    const sheet = read(`./style/${name}`).replaceAll(/\/\*[\s\S]*?\*\//g, '');
    ok(!/#[0-9a-fA-F]{3,8}\b/.test(sheet), `${name} names a colour of its own`);
    ok(!/\b(?:margin|padding|border)-(?:left|right)\b|[{;]\s*(?:left|right)\s*:/.test(sheet), `${name} names a physical side`);
  }
});

test('every token that a sheet asks for exists', () => {
  const known = new Set([...tokens.matchAll(/(--[a-z0-9-]+):/g)].map((match) => match[1]));
  for (const name of readdirSync(new URL('./style', import.meta.url))) {
    for (const match of read(`./style/${name}`).matchAll(/var\((--[a-z0-9-]+)/g)) ok(known.has(match[1] ?? ''), `${name}: ${match[1]}`);
  }
});
