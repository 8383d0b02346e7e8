/**
 * Who appends what. Each file of `src/terms/entry/` declares one kind of ledger entry with its
 * version, the one room that may append it and the rooms that read it. Here the code is held to
 * that: an entry written in a room that does not own its kind, or a kind read where its
 * declaration names no reader, is red. A kind that its declaration and its file name call
 * differently is refused.
 */

import type { Node } from 'oxc-parser';
import { keyName, literalText, walk, type House, type SourceFile, type Violation } from './house.ts';
import { READS_EVERY_KIND, ROOMS } from './rooms.ts';

/** `…-parts.ts`: what the entries about a warning, or about a deputy, share. */
const NOT_KINDS = ['index.ts', 'kind.ts', 'deputy-parts.ts', 'warning-parts.ts'];

interface Kind {
  readonly kind: string;
  readonly owner: string;
  readonly readers: readonly string[];
}

/** Checks declarations of entry kinds, and every place that writes or reads one. */
export function entryRules(house: House): Violation[] {
  const kinds = new Map<string, Kind>();
  const found: Violation[] = [];
  for (const file of house.files) {
    const name = /^src\/terms\/entry\/([^/]+\.ts)$/.exec(file.path)?.[1];
    if (name === undefined || NOT_KINDS.includes(name) || file.isTest) continue;
    const { kind, wrong } = declaredKind(file, name.replace(/\.ts$/, ''));
    if (kind !== undefined) kinds.set(kind.kind, kind);
    found.push(...wrong);
  }
  for (const file of house.files) {
    if (!file.isTest && ROOMS[file.room] !== undefined && file.room !== 'terms') found.push(...usesOf(file, kinds));
  }
  return found;
}

function declaredKind(file: SourceFile, name: string): { kind?: Kind; wrong: Violation[] } {
  const fields = new Map<string, Node>();
  walk(file.program, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'entryKind') return;
    const term = node.arguments[0];
    if (term?.type !== 'ObjectExpression') return;
    for (const property of term.properties) if (property.type === 'Property') fields.set(keyName(property.key) ?? '', property.value);
  });
  const wrong = (says: string, remedy: string): Violation => ({ rule: 'entry-kind', file: file.path, line: 1, says, remedy });
  const kind = literalText(fields.get('kind'));
  const owner = literalText(fields.get('owner'));
  const readers = fields.get('readers');
  if (kind === undefined || owner === undefined || readers?.type !== 'ArrayExpression' || !fields.has('version') || !fields.has('body')) {
    return { wrong: [wrong('declares no whole entry kind', 'call entryKind with literal kind, version, owner, readers and body')] };
  }
  const named = readers.elements.flatMap((each) => literalText(each) ?? []);
  const found = [owner, ...named].filter((room) => ROOMS[room] === undefined).map((room) => wrong(`names ${room}, which is no room`, 'name a room of the table'));
  if (kind !== name) found.push(wrong(`is called ${kind} in a file called ${name}`, 'give both one name'));
  return { kind: { kind, owner, readers: named }, wrong: found };
}

function usesOf(file: SourceFile, kinds: ReadonlyMap<string, Kind>): Violation[] {
  const found: Violation[] = [];
  const writes = (node: Node, name: string | undefined): void => {
    const kind = name === undefined ? undefined : kinds.get(name);
    if (kind === undefined || kind.owner === file.room) return;
    found.push({
      rule: 'appends', file: file.path, line: file.lineAt(node.start), what: kind.kind,
      says: `${file.room} appends ${kind.kind}, which only ${kind.owner} may`, remedy: `call ${kind.owner} through its door, or declare an entry kind of this room`,
    });
  };
  const reads = (node: Node, name: string | undefined): void => {
    const kind = name === undefined ? undefined : kinds.get(name);
    if (kind === undefined || kind.owner === file.room || kind.readers.includes(file.room) || READS_EVERY_KIND.includes(file.room)) return;
    found.push({
      rule: 'reads', file: file.path, line: file.lineAt(node.start), what: kind.kind,
      says: `${file.room} reads ${kind.kind}, whose declaration does not name it`, remedy: `add ${file.room} to readers in src/terms/entry/${kind.kind}.ts`,
    });
  };
  walk(file.program, (node) => {
    if (node.type === 'ObjectExpression') writes(node, writtenKind(node));
    if (node.type === 'CallExpression' && /^(append|newEntry|entry)/i.test(calleeName(node.callee))) {
      for (const argument of node.arguments) writes(argument, literalText(argument));
    }
    if (node.type === 'Property' && keyName(node.key) === 'kinds' && node.value.type === 'ArrayExpression') {
      for (const each of node.value.elements) if (each !== null) reads(each, literalText(each));
    }
    if (node.type === 'BinaryExpression' && (node.operator === '===' || node.operator === '!==') && isKind(node.left)) reads(node, literalText(node.right));
    if (node.type === 'SwitchStatement' && isKind(node.discriminant)) for (const each of node.cases) reads(each, literalText(each.test));
  });
  return found;
}

/** The kind of an object that has the shape of a new entry: `kind` with `body`, `basis` or `actor` beside it. */
function writtenKind(node: Node): string | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  let kind: string | undefined;
  let isEntry = false;
  for (const property of node.properties) {
    if (property.type !== 'Property') continue;
    const key = keyName(property.key);
    if (key === 'kind') kind = literalText(property.value);
    if (key === 'body' || key === 'basis') isEntry = true;
  }
  return isEntry ? kind : undefined;
}

function isKind(node: Node): boolean {
  return (node.type === 'Identifier' && node.name === 'kind') || (node.type === 'MemberExpression' && node.property.type === 'Identifier' && node.property.name === 'kind');
}

function calleeName(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' ? node.property.name : '';
}
