/**
 * A checkout as the house rules see it: a map from path to text, with each code file parsed once.
 * The same rules run over the real tree and over fixtures that are a few strings, so each rule is
 * shown to fail. A file that does not parse is a violation, never skipped.
 */

import { parseSync, visitorKeys, type Comment, type EcmaScriptModule, type Node, type Program } from 'oxc-parser';

/** What a rule finds wrong: where, what, and what to do about it. */
export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly says: string;
  readonly remedy: string;
  /** Names the thing within the file that an allowance may cover. */
  readonly what?: string;
  /** The measure, for rules that limit one. */
  readonly size?: number;
}

/** One parsed code file. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The room of `src/` it lies in, `main`, `house`, or the outbuilding. */
  readonly room: string;
  readonly isTest: boolean;
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly module: EcmaScriptModule;
  lineAt(offset: number): number;
}

/** A checkout: texts by path, and the code files among them. */
export interface House {
  readonly texts: ReadonlyMap<string, string>;
  readonly files: readonly SourceFile[];
  readonly unreadable: readonly Violation[];
}

/** A rule looks at the whole house and names what breaks it. */
export type Rule = (house: House) => Violation[];

const CODE = /^(src|console|client|sim|bench|scripts)\/.*\.(ts|tsx|mjs)$/;

/** Tests, and what only tests import: `x.test.ts`, `testing.ts`, anything in `testing/`. */
export function isTestPath(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /(^|\/)testing(\.ts|\/)/.test(path);
}

/** The room of a path: `src/log/lease.ts` is in `log`, `src/main.ts` in `main`, `console/api.ts` in `console`. */
export function roomOf(path: string): string {
  const parts = path.split('/');
  if (parts[0] !== 'src') return parts[0] ?? '';
  return parts.length > 2 ? (parts[1] ?? '') : (parts[1] ?? '').replace(/(\.test)?\.ts$/, '');
}

/** Parses every code file of a checkout. */
export function houseOf(texts: ReadonlyMap<string, string>): House {
  const files: SourceFile[] = [];
  const unreadable: Violation[] = [];
  for (const [path, text] of texts) {
    if (!CODE.test(path)) continue;
    const parsed = parseSync(path, text);
    const lineAt = lineFinder(text);
    const error = parsed.errors[0];
    if (error !== undefined) {
      unreadable.push({ rule: 'parses', file: path, line: lineAt(error.labels[0]?.start ?? 0), says: error.message, remedy: 'mend the syntax' });
      continue;
    }
    files.push({
      path, text, lineAt, room: roomOf(path), isTest: isTestPath(path), program: parsed.program, comments: parsed.comments, module: parsed.module,
    });
  }
  return { texts, files, unreadable };
}

/** Visits every node of a tree, parents first, with the path from the root. */
export function walk(root: Node, visit: (node: Node, ancestors: readonly Node[]) => void): void {
  const ancestors: Node[] = [];
  const step = (node: Node): void => {
    visit(node, ancestors);
    ancestors.push(node);
    for (const key of visitorKeys[node.type] ?? []) {
      const child: unknown = Reflect.get(node, key);
      if (Array.isArray(child)) for (const each of child) { if (isNode(each)) step(each); }
      else if (isNode(child)) step(child);
    }
    ancestors.pop();
  };
  step(root);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The text of a string literal or of a template without holes, else `undefined`. */
export function literalText(node: Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The name of an object's key, whether written bare or quoted. */
export function keyName(node: Node): string | undefined {
  return node.type === 'Identifier' || node.type === 'PrivateIdentifier' ? node.name : literalText(node);
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
