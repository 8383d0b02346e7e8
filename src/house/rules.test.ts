import { deepStrictEqual, match, ok } from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Allowance } from './allowances.ts';
import { judge, say } from './judge.ts';

const DOC = '/** A paragraph that says what this is and what it refuses to do. */\n\n';
const README = '# A room\n\n**In** a\n\n**Out** b\n\n**Always** c\n\n**Never** d\n\n**Trust** e\n';

/** A small house that keeps every rule. */
const SOUND: Readonly<Record<string, string>> = {
  'src/terms/index.ts': `${DOC}export { plus } from './plus.ts';\n`,
  'src/terms/plus.ts': `${DOC}/** The sum of two counts. */\nexport function plus(a: number, b: number): number {\n  return a + b;\n}\n`,
  'src/terms/README.md': README,
  'src/terms/entry/stage-changed.ts': `${DOC}export const stageChanged = entryKind({ kind: 'stage-changed', version: 1, owner: 'intake', readers: ['monitor'], control: true, body: schema });\n`,
  'src/log/index.ts': `${DOC}export { read } from './read.ts';\n`,
  'src/log/read.ts': `${DOC}import { plus } from '../terms/index.ts';\n\n/** Reads on. */\nexport const read = (from: number): number => plus(from, 1);\n`,
  'src/log/README.md': README,
  'src/intake/index.ts': `${DOC}export { take } from './take.ts';\n`,
  'src/intake/take.ts': `${DOC}import { read } from '../log/index.ts';\n\n/** Takes one. */\nexport const take = (): number => read(1);\n`,
  'src/intake/README.md': README,
  'src/main.ts': `${DOC}import { take } from './intake/index.ts';\n\nconsole.log(take(), Date.now(), process.env);\n`,
  'src/main/world.ts': `${DOC}export const clock = Date.now;\n`,
};

function judgeWith(changes: Readonly<Record<string, string>>, allowances: readonly Allowance[] = []): string[] {
  return judge(new Map(Object.entries({ ...SOUND, ...changes })), allowances).map((each) => `${each.rule} ${each.file}:${each.line}`);
}

/** A file of the intake room with these lines under its opening. */
const intake = (body: string): Record<string, string> => ({ 'src/intake/more.ts': `${DOC}${body}\n` });

/** Each case: what it is, the change to the sound house, the one violation it must give. */
type Case = readonly [name: string, changes: Readonly<Record<string, string>>, expected: string];

function refuses(cases: readonly Case[]): void {
  for (const [name, changes, expected] of cases) test(name, () => deepStrictEqual(judgeWith(changes), [expected]));
}

test('a sound house has nothing to mend', () => deepStrictEqual(judgeWith({}), []));

test('a file that does not parse is named', () => deepStrictEqual(judgeWith(intake('const = 1;')), ['parses src/intake/more.ts:3']));

describe('imports', () => {
  refuses([
    ['a room that the table does not allow', { 'src/log/more.ts': `${DOC}import { take } from '../intake/index.ts';\n` }, 'imports src/log/more.ts:3'],
    ['a type counts like a value', { 'src/log/more.ts': `${DOC}import type { take } from '../intake/index.ts';\n` }, 'imports src/log/more.ts:3'],
    ['a dynamic import', { 'src/log/more.ts': `${DOC}export const late = () => import('../intake/index.ts');\n` }, 'imports src/log/more.ts:3'],
    ['a type named by import()', { 'src/log/more.ts': `${DOC}export type T = import('../intake/index.ts').T;\n` }, 'imports src/log/more.ts:3'],
    ['a worker named by URL', { 'src/log/more.ts': `${DOC}export const worker = new URL('../intake/take.ts', import.meta.url);\n` }, 'imports src/log/more.ts:3'],
    ['re-exporting', { 'src/log/more.ts': `${DOC}export { take } from '../intake/index.ts';\n` }, 'imports src/log/more.ts:3'],
    ['past the door', intake("import { read } from '../log/read.ts';"), 'doors src/intake/more.ts:3'],
    ['main past a door', { 'src/main.ts': `${DOC}import { take } from './intake/take.ts';\ntake();\n` }, 'doors src/main.ts:3'],
    ['out of the house', intake("import list from '../../data/list.json';"), 'imports src/intake/more.ts:3'],
    ['a room that imports the simulator', intake("import { world } from '../../sim/world.ts';"), 'imports src/intake/more.ts:3'],
    ['http, which nobody imports', { 'sim/world.ts': `${DOC}import { open } from '../src/http/index.ts';\n` }, 'imports sim/world.ts:3'],
    ['node in a room that runs in a browser', { 'src/terms/more.ts': `${DOC}import { createHash } from 'node:crypto';\n` }, 'browser src/terms/more.ts:3'],
    ['a library that a browser room may not take', { 'src/terms/more.ts': `${DOC}import pg from 'pg';\n` }, 'browser src/terms/more.ts:3'],
    ['a library away from its home', intake("import fastify from 'fastify';"), 'package src/intake/more.ts:3'],
    ['a development tool in the product', { ...intake("import fc from 'fast-check';"), 'package.json': '{ "devDependencies": { "fast-check": "4.0.0" } }' }, 'package src/intake/more.ts:3'],
    ['node in the console', { 'console/more.ts': `${DOC}import { join } from 'node:path';\n` }, 'browser console/more.ts:3'],
    ['the console past contract, terms and proof', { 'console/more.ts': `${DOC}import { read } from '../src/log/index.ts';\n` }, 'imports console/more.ts:3'],
    ['a client that knows more than a firm', { 'client/send.ts': `${DOC}import { read } from '../src/log/index.ts';\n` }, 'imports client/send.ts:3'],
    ['an auditor that shares code with the engine', { 'sim/auditor.ts': `${DOC}import { read } from '../src/log/index.ts';\n` }, 'auditor sim/auditor.ts:3'],
  ]);

  test('allows the doors that the table names', () => deepStrictEqual(judgeWith({
    'sim/auditor.ts': `${DOC}import { plus } from '../src/terms/index.ts';\n`, 'sim/world.ts': `${DOC}import { take } from '../src/intake/index.ts';\n`,
    'src/intake/take.test.ts': "import { openTestDatabase } from '../log/engine/testing.ts';\n", 'console/api.ts': `${DOC}import { plus } from '../src/terms/index.ts';\n`,
  }), []));
});

describe('doors', () => {
  const wide = Array.from({ length: 15 }, (_, n) => `/** One of many. */\nexport const a${n} = ${n};`).join('\n');
  refuses([
    ['a folder that is no room', { 'src/misc/index.ts': DOC }, 'rooms src/misc:1'],
    ['a room without a README', { 'src/vault/index.ts': `${DOC}export {};\n`, 'src/vault/seal.ts': DOC }, 'readme src/vault/README.md:1'],
    ['a README without Trust', { 'src/log/README.md': README.replace('Trust', 'Hope') }, 'readme src/log/README.md:1'],
    ['a README of 41 lines', { 'src/log/README.md': `${README}${'more\n'.repeat(30)}` }, 'readme src/log/README.md:41'],
    ['a door of 15 names', { 'src/log/index.ts': `${DOC}${wide}\n` }, 'door-width src/log/index.ts:1'],
    ['export *', { 'src/log/index.ts': `${DOC}export * from './read.ts';\n` }, 'doors src/log/index.ts:3'],
    ['a name that leaves without a docstring', { 'src/log/read.ts': `${DOC}export const other = 1;\nexport const read = (from: number): number => from;\n` }, 'docstrings src/log/read.ts:4'],
    ['a type that leaves without one', { 'src/log/index.ts': `${DOC}export { read, type From } from './read.ts';\n`, 'src/log/read.ts': `${DOC}/** Reads. */\nexport const read = 1;\ninterface From { at: number }\nexport type { From };\n` }, 'docstrings src/log/read.ts:5'],
  ]);

  test('an empty room is refused', () => deepStrictEqual(
    judgeWith({ 'src/vault/README.md': README }), ['rooms src/vault:1', 'doors src/vault/index.ts:1']));
});

describe('entries', () => {
  const kind = SOUND['src/terms/entry/stage-changed.ts'] ?? '';
  refuses([
    ['an entry written by another room', { 'src/log/more.ts': `${DOC}export const made = { kind: 'stage-changed', actor: 'a', basis: 'b', body: {} };\n` }, 'appends src/log/more.ts:3'],
    ['a kind handed to append by another room', { 'src/log/more.ts': `${DOC}appendEntry('stage-changed', {});\n` }, 'appends src/log/more.ts:3'],
    ['a kind read by a room that it does not name', { 'src/framework/index.ts': `${DOC}export {};\n`, 'src/framework/README.md': README, 'src/framework/more.ts': `${DOC}if (entry.kind === 'stage-changed') run();\n` }, 'reads src/framework/more.ts:3'],
    ['a kind asked for by a room that it does not name', { 'src/framework/index.ts': `${DOC}export {};\n`, 'src/framework/README.md': README, 'src/framework/more.ts': `${DOC}readEntries(db, { kinds: ['stage-changed'] });\n` }, 'reads src/framework/more.ts:3'],
    ['a kind switched on by a room that it does not name', { 'src/framework/index.ts': `${DOC}export {};\n`, 'src/framework/README.md': README, 'src/framework/more.ts': `${DOC}switch (entry.kind) { case 'stage-changed': run(); }\n` }, 'reads src/framework/more.ts:3'],
    ['a declaration without its owner', { 'src/terms/entry/stage-changed.ts': kind.replace("owner: 'intake', ", '') }, 'entry-kind src/terms/entry/stage-changed.ts:1'],
    ['a declaration under another name', { 'src/terms/entry/stage-changed.ts': kind.replace("kind: 'stage-changed'", "kind: 'stage-moved'") }, 'entry-kind src/terms/entry/stage-changed.ts:1'],
    ['an owner that is no room', { 'src/terms/entry/stage-changed.ts': kind.replace("'intake'", "'office'") }, 'entry-kind src/terms/entry/stage-changed.ts:1'],
  ]);

  test('its owner writes it and a reader reads it', () => deepStrictEqual(judgeWith({
    ...intake("export const made = { kind: 'stage-changed', actor: 'a', basis: 'b', body: {} };"),
    'src/monitor/index.ts': `${DOC}export {};\n`, 'src/monitor/README.md': README, 'src/monitor/apply.ts': `${DOC}if (entry.kind === 'stage-changed') run();\n`,
  }), []));
});

describe('calls', () => {
  refuses([
    ['Date.now', intake('export const t = Date.now();'), 'clock src/intake/more.ts:3'],
    ['Date.now passed as a function', intake('export const clock = Date.now;'), 'clock src/intake/more.ts:3'],
    ['new Date()', intake('export const t = new Date();'), 'clock src/intake/more.ts:3'],
    ['performance.now', intake('export const t = performance.now();'), 'clock src/intake/more.ts:3'],
    ['globalThis.performance.now', intake('export const t = globalThis.performance.now();'), 'clock src/intake/more.ts:3'],
    ['Math.random', intake('export const r = Math.random();'), 'chance src/intake/more.ts:3'],
    ['crypto.randomUUID', intake('export const r = crypto.randomUUID();'), 'chance src/intake/more.ts:3'],
    ['randomBytes', intake("import { randomBytes } from 'node:crypto';\nexport const r = randomBytes;"), 'chance src/intake/more.ts:3'],
    ['process.env', intake('export const e = process.env.HOME;'), 'environment src/intake/more.ts:3'],
    ['the clock elsewhere in main', { 'src/main/child.ts': `${DOC}export const t = Date.now();\nsetTimeout(run, 1);\n` }, 'clock src/main/child.ts:3'],
    ['process.exit', intake('process.exit(1);'), 'exit src/intake/more.ts:3'],
    ['setTimeout', intake('setTimeout(run, 1);'), 'timer src/intake/more.ts:3'],
    ['timers/promises', intake("import { setTimeout } from 'node:timers/promises';"), 'timer src/intake/more.ts:3'],
    ['console.log', intake('console.log(1);'), 'print src/intake/more.ts:3'],
    ['new Function', intake("export const f = new Function('return 1');"), 'code-generation src/intake/more.ts:3'],
    ['the simulator reads the clock', { 'sim/world.ts': `${DOC}export const t = Date.now();\n` }, 'clock sim/world.ts:3'],
    ['a cast of JSON.parse', intake('export const a = JSON.parse(text) as Answer;'), 'cast src/intake/more.ts:3'],
    ['a cast of a response', intake('export const a = (await response.json()) as Answer;'), 'cast src/intake/more.ts:3'],
    ['a cast by way of unknown', intake('export const a = text as unknown as Answer;'), 'cast src/intake/more.ts:3'],
  ]);

  test('what merely looks alike passes', () => deepStrictEqual(judgeWith(
    intake('export const a = new Date(0); export const b = clock.now(); export const c = JSON.parse(text) as unknown; export const d = row.valueOf();')), []));
});

describe('shape', () => {
  const long = `export function f(): void {\n${'  run();\n'.repeat(50)}}`;
  refuses([
    ['a function of 52 lines', intake(long), 'function-length src/intake/more.ts:3'],
    ['a file of 301 lines', intake('run();\n'.repeat(299)), 'file-length src/intake/more.ts:1'],
    ['a file that opens with code', { 'src/intake/more.ts': 'export const a = 1;\n' }, 'opening src/intake/more.ts:1'],
    ['a file that opens with a label', { 'src/intake/more.ts': '// intake\nexport const a = 1;\n' }, 'opening src/intake/more.ts:1'],
    ['any', intake('export const a = (b: any): number => b;'), 'escapes src/intake/more.ts:3'],
    ['a non-null !', intake('export const a = b!.c;'), 'escapes src/intake/more.ts:3'],
    ['a switched-off type check', intake('// @ts-ig-nore\nrun(1);'.replace('g-n', 'gn')), 'escapes src/intake/more.ts:3'],
    ['unfinished work', intake('// TO-DO: the rest'.replace('O-D', 'OD')), 'unfinished src/intake/more.ts:3'],
    ['a test that is silenced', { 'src/intake/take.test.ts': "test.only('a', () => {});\n" }, 'silenced-test src/intake/take.test.ts:1'],
    ['a path of one machine', { 'docs/a.md': '# A\n\nsee /wo-rk/main\n'.replace('o-r', 'or') }, 'machine-path docs/a.md:3'],
  ]);
});

describe('names', () => {
  refuses([
    ['a folder called utils', { 'src/intake/utils/pad.ts': DOC }, 'folder-name src/intake/utils/pad.ts:1'],
    ['a file in camel case', { 'src/intake/takeOne.ts': DOC }, 'file-name src/intake/takeOne.ts:1'],
    ['a file called helper', { 'src/intake/take-helper.ts': DOC }, 'empty-word src/intake/take-helper.ts:1'],
    ['a Manager', intake('export class FeedManager {}'), 'empty-word src/intake/more.ts:3'],
    ['a handler', intake('export function rowHandler(): void {}'), 'empty-word src/intake/more.ts:3'],
    ['another word for firm', intake('export interface VaspRow { readonly at: number }'), 'glossary src/intake/more.ts:3'],
    ['two words for the ledger', intake('export const auditLogOf = 1;'), 'glossary src/intake/more.ts:3'],
    ['platform where it means a firm', intake('export const platformCount = 1;'), 'glossary src/intake/more.ts:3'],
  ]);

  test('a licence service is a word of the Act', () => deepStrictEqual(judgeWith(intake('export type Service = string; export const USUAL_SERVICE = 1;')), []));
});

describe('pages', () => {
  refuses([
    ['a link that leads nowhere', { 'docs/a.md': '# A\n\n[b](b.md)\n' }, 'links docs/a.md:3'],
    ['a path that is gone', { 'docs/a.md': '# A\n\nsee `src/log/gone.ts`\n' }, 'links docs/a.md:3'],
    ['a map without a room', { 'README.md': '# N\n\n`terms` `log`\n' }, 'map README.md:1'],
    ['a reading order of nine files', { 'ARCHITECTURE.md': `# A\n\n## Reading order\n\n${'1. `src/log/read.ts`\n'.repeat(9)}` }, 'reading-order ARCHITECTURE.md:1'],
  ]);

  test('links, paths, map and order that hold', () => deepStrictEqual(judgeWith({
    'docs/a.md': '# A\n\n[b](../src/log/README.md#in) [c](https://example.org) `src/log/` `src/log/read.ts`\n', 'README.md': '`terms` `log` `intake`\n',
    'ARCHITECTURE.md': '# A\n\n## Reading order\n\n1. `src/log/read.ts`\n',
  }), []));
});

describe('allowances', () => {
  const long = intake(`export function f(): void {\n${'  run();\n'.repeat(50)}}`);
  const allowance = (sizeMax: number): Allowance => ({ rule: 'function-length', file: 'src/intake/more.ts', what: 'f', sizeMax, reason: 'for the test' });

  test('covers up to its figure', () => deepStrictEqual(judgeWith(long, [allowance(52)]), []));
  test('covers nothing above its figure', () => deepStrictEqual(
    judgeWith(long, [allowance(51)]), ['allowance src/intake/more.ts:1', 'function-length src/intake/more.ts:3']));
  test('is red when it is wider than need be', () => deepStrictEqual(judgeWith(long, [allowance(53)]), ['allowance src/intake/more.ts:1']));
  test('is red when it covers nothing', () => deepStrictEqual(judgeWith({}, [allowance(52)]), ['allowance src/intake/more.ts:1']));
});

test('a violation is said in one line with its remedy', () => {
  const [violation] = judge(new Map(Object.entries({ ...SOUND, ...intake('export const t = Date.now();') })), []);
  ok(violation !== undefined);
  match(say(violation), /^src\/intake\/more\.ts:3 {2}clock: reads the clock: Date\.now\. take `now: Instant`/);
});
