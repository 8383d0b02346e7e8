/**
 * Calls that would let the world in by a side door. The clock, chance and the environment are read
 * once, in `src/main.ts` and `src/main/world.ts`, and passed on; otherwise the same log would not give the same bytes.
 * Timers, printing, code generation and casts of outside data are refused too, except in the files
 * that the allowances name with a reason. The simulator is held to the same: it runs from a seed.
 */

import type { CallExpression, Node } from 'oxc-parser';
import { walk, type House, type SourceFile, type Violation } from './house.ts';

/** What is read in one place and passed on from there; `main` may set timers, print and end the process. */
const WORLD = ['clock', 'chance', 'environment'];
const WORLD_FILES = ['src/main.ts', 'src/main/world.ts'];

interface Ban {
  readonly rule: string;
  readonly says: string;
  readonly remedy: string;
}

const CLOCK: Ban = { rule: 'clock', says: 'reads the clock', remedy: 'take `now: Instant` (or `clock: () => Instant`) as an argument; main.ts reads it' };
const CHANCE: Ban = { rule: 'chance', says: 'reads chance', remedy: 'take `random: (n: number) => Uint8Array` as an argument; main.ts reads it' };
const ENVIRONMENT: Ban = { rule: 'environment', says: 'reads the environment', remedy: 'take the setting as an argument; main.ts reads the environment once' };
const TIMER: Ban = { rule: 'timer', says: 'sets a timer', remedy: 'take a ticker as an argument, or name the file in the allowances with the reason' };
const PRINT: Ban = { rule: 'print', says: 'prints', remedy: 'return the fact, or write to the logger that was passed in' };
const GENERATES: Ban = { rule: 'code-generation', says: 'makes code from text', remedy: 'only monitor shards compile rules' };
const EXIT: Ban = { rule: 'exit', says: 'ends the process', remedy: 'throw, or assert; main.ts decides how a process ends' };
const CAST: Ban = { rule: 'cast', says: 'casts outside data', remedy: 'parse it with a zod schema at the door' };

/** Calls of a global object's member. */
const MEMBER_BANS = new Map<string, Ban>(Object.entries({
  'Date.now': CLOCK, 'performance.now': CLOCK, 'performance.timeOrigin': CLOCK, 'process.hrtime': CLOCK, 'Temporal.Now': CLOCK,
  'Math.random': CHANCE, 'crypto.randomUUID': CHANCE, 'crypto.getRandomValues': CHANCE, 'crypto.randomBytes': CHANCE, 'crypto.randomInt': CHANCE,
  'webcrypto.getRandomValues': CHANCE, 'process.env': ENVIRONMENT, 'process.argv': ENVIRONMENT, 'process.exit': EXIT,
}));
/** Names imported from `node:` modules. */
const IMPORT_BANS = new Map<string, Ban>(Object.entries({
  randomBytes: CHANCE, randomUUID: CHANCE, randomUUIDv7: CHANCE, randomInt: CHANCE, randomFillSync: CHANCE, randomFill: CHANCE, getRandomValues: CHANCE,
  hrtime: CLOCK, env: ENVIRONMENT,
}));
/** Calls of a global function. */
const CALL_BANS = new Map<string, Ban>(Object.entries({
  setTimeout: TIMER, setInterval: TIMER, setImmediate: TIMER, Date: CLOCK, eval: GENERATES, Function: GENERATES,
}));

/** Checks the calls of every room and of the simulator. */
export function callRules(house: House): Violation[] {
  return house.files.flatMap((file) => {
    if (file.room === 'house' || file.isTest) return casts(file);
    if (file.room === 'main') return [...sideDoors(file).filter((found) => WORLD.includes(found.rule) && !WORLD_FILES.includes(file.path)), ...casts(file)];
    if (file.path.startsWith('src/') || file.room === 'sim') return [...sideDoors(file), ...casts(file)];
    return casts(file);
  });
}

function sideDoors(file: SourceFile): Violation[] {
  const found: Violation[] = [];
  const add = (node: { start: number }, ban: Ban, what: string): void => {
    found.push({ rule: ban.rule, file: file.path, line: file.lineAt(node.start), says: `${ban.says}: ${what}`, remedy: ban.remedy, what });
  };
  for (const statement of file.module.staticImports) {
    if (!statement.moduleRequest.value.startsWith('node:')) continue;
    for (const entry of statement.entries) {
      const name = entry.importName.name ?? '';
      const ban = IMPORT_BANS.get(name) ?? (statement.moduleRequest.value.startsWith('node:timers') ? TIMER : undefined);
      if (ban !== undefined && !entry.isType) add(statement, ban, name);
    }
  }
  walk(file.program, (node) => {
    const member = memberName(node);
    const ban = member === undefined ? undefined : MEMBER_BANS.get(member);
    if (ban !== undefined && member !== undefined) add(node, ban, member);
    if (node.type === 'NewExpression' && node.callee.type === 'Identifier') {
      if (node.callee.name === 'Date' && node.arguments.length === 0) add(node, CLOCK, 'new Date()');
      if (node.callee.name === 'Function') add(node, GENERATES, 'new Function');
    }
    if (node.type === 'CallExpression') calls(node, add);
  });
  return found;
}

function calls(node: CallExpression, add: (node: { start: number }, ban: Ban, what: string) => void): void {
  if (node.callee.type === 'Identifier') {
    const ban = CALL_BANS.get(node.callee.name);
    if (ban !== undefined) add(node, ban, node.callee.name);
  }
  if (memberName(node.callee)?.startsWith('console.') === true) add(node, PRINT, memberName(node.callee) ?? '');
}

function memberName(node: Node): string | undefined {
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  let object = node.object;
  if (object.type === 'MemberExpression' && object.object.type === 'Identifier' && object.object.name === 'globalThis') {
    return object.property.type === 'Identifier' ? `${object.property.name}.${node.property.name}` : undefined;
  }
  if (object.type === 'ChainExpression') object = object.expression;
  return object.type === 'Identifier' ? `${object.name}.${node.property.name}` : undefined;
}

/** `JSON.parse(x) as T`, `(await response.json()) as T` and `x as unknown as T` turn outside data into a type by decree. */
function casts(file: SourceFile): Violation[] {
  const found: Violation[] = [];
  walk(file.program, (node) => {
    if (node.type !== 'TSAsExpression' || node.typeAnnotation.type === 'TSUnknownKeyword' || isConst(node.typeAnnotation)) return;
    const what = outside(node.expression);
    if (what === undefined || (file.isTest && what !== 'as unknown as')) return;
    found.push({ rule: CAST.rule, file: file.path, line: file.lineAt(node.start), says: `${CAST.says}: ${what}`, remedy: CAST.remedy, what });
  });
  return found;
}

function isConst(node: Node): boolean {
  return node.type === 'TSTypeReference' && node.typeName.type === 'Identifier' && node.typeName.name === 'const';
}

function outside(node: Node): string | undefined {
  if (node.type === 'ParenthesizedExpression' || node.type === 'ChainExpression') return outside(node.expression);
  if (node.type === 'AwaitExpression') return outside(node.argument);
  if (node.type === 'TSAsExpression') return node.typeAnnotation.type === 'TSUnknownKeyword' ? 'as unknown as' : undefined;
  if (node.type !== 'CallExpression') return undefined;
  const name = memberName(node.callee);
  if (name === 'JSON.parse') return name;
  return node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier' && node.callee.property.name === 'json' ? '.json()' : undefined;
}
