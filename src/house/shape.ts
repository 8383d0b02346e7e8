/**
 * The shape of files and functions: lengths that one person can read in one sitting, a paragraph
 * that opens each file, and none of the ways to switch the type checker off. Lengths are ratchets:
 * what is longer today is named in the allowances with its length, and may only shrink.
 */

import type { Node } from 'oxc-parser';
import { keyName, walk, type House, type SourceFile, type Violation } from './house.ts';

const FILE_LINES_MAX = 300;
const FUNCTION_LINES_MAX = 50;
/** Markup is declared, not computed: a component may be a screen long. */
const COMPONENT_LINES_MAX = 90;
/** Shorter than this it is a label, not a paragraph. */
const OPENING_LENGTH_MIN = 30;
// Written with holes, so that this file does not name what it refuses.
const UNFINISHED = new RegExp('\\b(TO~DO|FIX~ME|XX~X|HA~CK)\\b'.replaceAll('~', ''));
const SWITCHED_OFF = /@ts-(ignore|nocheck|expect-error)/;
const MACHINE_PATH = new RegExp('(^|[^A-Za-z0-9.])/(wo~rk|fa~rm)/'.replaceAll('~', ''));

/** Checks every code file, and the texts beside them for paths of one machine. */
export function shapeRules(house: House): Violation[] {
  return [...house.files.flatMap((file) => [...lengths(file), ...opening(file), ...comments(file), ...escapes(file)]), ...machinePaths(house)];
}

function lengths(file: SourceFile): Violation[] {
  const found: Violation[] = [];
  const lines = file.text.trimEnd().split('\n').length;
  if (lines > FILE_LINES_MAX) {
    found.push({ rule: 'file-length', file: file.path, line: 1, size: lines, says: `${lines} lines, more than ${FILE_LINES_MAX}`, remedy: 'split it by what it is about' });
  }
  if (file.isTest) return found;
  const limit = file.path.endsWith('.tsx') ? COMPONENT_LINES_MAX : FUNCTION_LINES_MAX;
  walk(file.program, (node, ancestors) => {
    if (node.type !== 'FunctionDeclaration' && node.type !== 'FunctionExpression' && node.type !== 'ArrowFunctionExpression') return;
    const size = file.lineAt(node.end) - file.lineAt(node.start) + 1;
    if (size <= limit) return;
    const what = functionName(node, ancestors);
    found.push({
      rule: 'function-length', file: file.path, line: file.lineAt(node.start), size, what,
      says: `${what} has ${size} lines, more than ${limit}`, remedy: 'leave the branches here and move the arithmetic into named leaves',
    });
  });
  return found;
}

function functionName(node: Node, ancestors: readonly Node[]): string {
  if (node.type === 'FunctionDeclaration' && node.id) return node.id.name;
  for (let at = ancestors.length - 1; at >= 0; at -= 1) {
    const parent = ancestors[at];
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
    if (parent?.type === 'MethodDefinition' || parent?.type === 'Property' || parent?.type === 'PropertyDefinition') return keyName(parent.key) ?? 'computed';
    if (parent?.type === 'FunctionDeclaration' && parent.id) return `${parent.id.name} > callback`;
  }
  return 'callback';
}

function opening(file: SourceFile): Violation[] {
  if (file.isTest) return [];
  const first = file.comments[0];
  const body = file.text.startsWith('#!') ? file.text.slice(file.text.indexOf('\n') + 1) : file.text;
  const startsWithComment = body.trimStart().startsWith('/*') || body.trimStart().startsWith('//');
  const others = file.comments.findIndex((comment) => comment.type !== 'Line');
  const paragraph = first?.type === 'Line' ? file.comments.slice(0, others < 0 ? undefined : others).map((comment) => comment.value).join(' ') : (first?.value ?? '');
  if (startsWithComment && paragraph.replace(/[*\s]+/g, ' ').trim().length >= OPENING_LENGTH_MIN) return [];
  return [{ rule: 'opening', file: file.path, line: 1, says: 'does not open with a paragraph', remedy: 'say what the file is, the invariant it keeps, what it refuses' }];
}

function comments(file: SourceFile): Violation[] {
  const found: Violation[] = [];
  for (const comment of file.comments) {
    const unfinished = UNFINISHED.exec(comment.value)?.[1];
    const off = SWITCHED_OFF.exec(comment.value)?.[0];
    const line = file.lineAt(comment.start);
    if (unfinished !== undefined) found.push({ rule: 'unfinished', file: file.path, line, says: `carries a ${unfinished}`, remedy: 'finish it, or open an issue' });
    if (off !== undefined) found.push({ rule: 'escapes', file: file.path, line, says: `switches the type checker off: ${off}`, remedy: 'mend the type' });
  }
  return found;
}

function escapes(file: SourceFile): Violation[] {
  const found: Violation[] = [];
  walk(file.program, (node) => {
    const line = file.lineAt(node.start);
    if (node.type === 'TSAnyKeyword') found.push({ rule: 'escapes', file: file.path, line, says: 'any', remedy: 'use unknown and parse it at a door' });
    if (node.type === 'TSNonNullExpression') found.push({ rule: 'escapes', file: file.path, line, says: 'a non-null !', remedy: 'prove it with a branch, or assert with a message' });
    if (node.type === 'MemberExpression' && file.isTest && isTestCall(node.object) && /^(only|todo|skip)$/.test(keyName(node.property) ?? '')) {
      found.push({ rule: 'silenced-test', file: file.path, line, says: 'a test is silenced', remedy: 'mend it or remove it; an absent engine calls t.skip with its reason' });
    }
  });
  return found;
}

function isTestCall(node: Node): boolean {
  return node.type === 'Identifier' && /^(test|it|describe|suite)$/.test(node.name);
}

function machinePaths(house: House): Violation[] {
  const found: Violation[] = [];
  for (const [file, text] of house.texts) {
    if (!MACHINE_PATH.test(text)) continue;
    const line = text.split('\n').findIndex((each) => MACHINE_PATH.test(each)) + 1;
    found.push({ rule: 'machine-path', file, line, says: 'names a path of one machine', remedy: 'say it relative to the clone' });
  }
  return found;
}
