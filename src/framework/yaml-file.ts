/**
 * Reads one file of a pack: YAML 1.2 in block style, one document, one value a place. Keeps the line of every
 * value, so that a fault names it. Refuses what would let a reader take one thing for another: a key that
 * stands twice, flow style, anchors, aliases and merge keys, tags, a second document, numbers in another form than
 * the plain decimal, characters that are not seen. Bound: see `FILE_LENGTH_MAX`.
 */

import { LineCounter, isMap, isNode, isScalar, parseAllDocuments, visit, type Document, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { faultAt, type PackFault } from './fault.ts';

/** Characters of one file at most: Pakistan's largest has some 60,000. A larger one is no policy that a person can read. */
const FILE_LENGTH_MAX = 2_000_000;

/** Nothing that one reader takes for eight and another for ten: no hexadecimal, octal, exponent, infinity or leading zero. */
const PLAIN_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;
/** Control characters and marks that override the direction of what follows: law must read as it is written. */
const HIDDEN = /[\u0000-\u0008\u000B-\u001F\u007F\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/;

type Placed = { readonly range?: readonly number[] | null | undefined };
type Path = readonly PropertyKey[];

/** A file that was read: its plain value, and the line of each place in it. */
export interface PackFile {
  readonly name: string;
  readonly value: unknown;
  /** Line of the value at `path`, or of the nearest thing around it that is there. */
  lineOf(path: Path): number;
  /** Line on which the block at `path` has the key. */
  lineOfKey(path: Path, key: string): number;
}

/** Reads a file's text; gives the file, or the faults that keep it from being read. */
export function readPackFile(name: string, text: string): PackFile | PackFault[] {
  if (text.length > FILE_LENGTH_MAX) return [faultAt(name, 1, 'PACK_YAML', `more than ${FILE_LENGTH_MAX} characters`)];
  const lines = new LineCounter();
  const document = parse(name, text, lines);
  if (Array.isArray(document)) return document;
  const faults = [...syntaxFaults(name, document, lines), ...styleFaults(name, document, lines)];
  if (faults.length > 0) return faults;
  const value: unknown = document.toJS();
  return { name, value, lineOf: (path) => lineOf(document, lines, path), lineOfKey: (path, key) => lineOfKey(document, lines, path, key) };
}

function parse(name: string, text: string, lines: LineCounter): Document | PackFault[] {
  try {
    const documents = parseAllDocuments(text, { version: '1.2', schema: 'core', merge: false, uniqueKeys: true, strict: true, lineCounter: lines });
    const [first, second] = Array.isArray(documents) ? documents : [];
    if (first === undefined || isEmpty(first)) return [faultAt(name, 1, 'PACK_YAML', 'the file is empty; a list without blocks is written as the word none')];
    // Under another version of YAML the same words mean other things, and tags read them anew.
    if (first.directives?.docStart === true || first.directives?.yaml.explicit === true) return [faultAt(name, 1, 'PACK_STYLE', 'a directive, or a mark of where a document begins')];
    return second === undefined ? first : [faultAt(name, lineAt(lines, second.range?.[0] ?? 0), 'PACK_STYLE', 'a second document')];
  } catch (error) {
    // Nesting deep enough to exhaust the parser's stack arrives here.
    return [faultAt(name, 1, 'PACK_YAML', error instanceof Error ? error.name : 'unreadable')];
  }
}

/** Nothing, or a null that YAML reads out of nothing. A document with errors is told by those. */
function isEmpty({ contents, errors }: Document): boolean {
  return errors.length === 0 && (contents === null || (isScalar(contents) && contents.value === null));
}

function syntaxFaults(name: string, document: Document, lines: LineCounter): PackFault[] {
  return [...document.errors, ...document.warnings].map((error) => {
    const code = error.code === 'DUPLICATE_KEY' ? 'PACK_KEY_TWICE' : 'PACK_YAML';
    return faultAt(name, lineAt(lines, error.pos[0]), code, error.message.split('\n')[0] ?? error.code);
  });
}

function styleFaults(name: string, document: Document, lines: LineCounter): PackFault[] {
  const found: PackFault[] = [];
  const add = (node: Placed, code: 'PACK_STYLE' | 'PACK_INHERITS', detail: string): void => {
    found.push(faultAt(name, lineAt(lines, node.range?.[0] ?? 0), code, detail));
  };
  // The most special visitor of a node is called alone, so each says all there is to say of its node.
  const value = (node: Scalar | YAMLMap | YAMLSeq): void => {
    if (node.anchor !== undefined) add(node, 'PACK_INHERITS', `the anchor &${node.anchor}`);
    if (node.tag !== undefined) add(node, 'PACK_STYLE', `the tag ${node.tag}`);
  };
  visit(document, {
    Alias: (_key, node) => add(node, 'PACK_INHERITS', `the alias *${node.source}`),
    Pair: (_key, { key }) => {
      if (!isScalar(key) || typeof key.value !== 'string') add(isNode(key) ? key : {}, 'PACK_STYLE', 'a key that is no word');
      else if (key.value === '<<') add(key, 'PACK_INHERITS', 'the merge key <<');
    },
    Collection: (_key, node) => {
      value(node);
      if (node.flow === true) add(node, 'PACK_STYLE', 'braces or brackets');
    },
    Scalar: (_key, node) => {
      value(node);
      if (typeof node.value === 'number' && !PLAIN_NUMBER.test(node.source ?? '')) add(node, 'PACK_STYLE', `the number ${node.source ?? ''}, which is written as a plain decimal`);
      if (typeof node.value === 'string' && (HIDDEN.test(node.value) || !node.value.isWellFormed())) add(node, 'PACK_STYLE', 'a character that is not seen, or turns the text around');
    },
  });
  return found;
}

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lineAt(lines, node.range[0]);
  }
  return 1;
}

function lineOfKey(document: Document, lines: LineCounter, path: Path, key: string): number {
  const block: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isMap(block)) {
    const pair = block.items.find((item) => isNode(item.key) && 'value' in item.key && item.key.value === key);
    if (pair !== undefined && isNode(pair.key) && pair.key.range) return lineAt(lines, pair.key.range[0]);
  }
  return lineOf(document, lines, path);
}

function lineAt(lines: LineCounter, offset: number): number {
  return Math.max(1, lines.linePos(offset).line);
}
