/**
 * Records of a large XML file, one at a time: the elements of the names asked for come out as small trees, and all
 * else passes by, so memory is that of one record. Well-formedness is checked to the last tag: a file that was cut
 * short is refused as a whole, because half a list looks like a list.
 *
 * A document type declaration is refused wherever it stands: entities of a declaration are how a short file becomes
 * a long one, and no publisher of lists uses one.
 */

import { SaxesParser } from 'saxes';
import { ListFault } from './fault.ts';
import { textOf } from './list-file.ts';

/** An element with its attributes, its own text and its child elements. Names are without prefix. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

const DEPTH_MAX = 64;
/** Elements of one record at most. OFAC's reference values, the largest record read, are 9,000. */
const NODES_MAX = 200_000;
const TEXT_MAX = 4_194_304;
/** Characters without a tag, an attribute or an end at most: what the parser has to hold back meanwhile. */
const SILENCE_MAX = 4_194_304;

/** The root element without its children, then each record. Throws `ListFault`. */
export async function* xmlRecords(path: string, records: ReadonlySet<string>): AsyncGenerator<XmlNode> {
  const reader = new RecordReader(records);
  for await (const piece of textOf(path)) {
    reader.write(piece);
    yield* reader.take();
  }
  reader.end();
  yield* reader.take();
}

class RecordReader {
  readonly #records: ReadonlySet<string>;
  readonly #parser = new SaxesParser();
  #ready: XmlNode[] = [];
  /** From the record in hand down to the element that is open; empty between records. */
  readonly #open: XmlNode[] = [];
  #depth = 0;
  #nodes = 0;
  #length = 0;
  #silence = 0;
  #hasRoot = false;

  constructor(records: ReadonlySet<string>) {
    this.#records = records;
    this.#parser.on('error', (error) => { throw new ListFault('LIST_FILE_BROKEN', error.message); });
    this.#parser.on('doctype', () => { throw new ListFault('LIST_FILE_FORBIDDEN', `a document type declaration before line ${this.#parser.line}`); });
    this.#parser.on('opentag', (tag) => this.#opens(tag.name, tag.attributes));
    this.#parser.on('attribute', () => { this.#silence = 0; });
    this.#parser.on('text', (text) => this.#says(text));
    this.#parser.on('cdata', (text) => this.#says(text));
    this.#parser.on('closetag', () => this.#closes());
  }

  write(piece: string): void {
    this.#silence += piece.length;
    this.#parser.write(piece);
    if (this.#silence > SILENCE_MAX) throw new ListFault('LIST_FILE_BROKEN', `${SILENCE_MAX} characters without a tag before line ${this.#parser.line}`);
  }

  end(): void {
    this.#parser.close();
    if (!this.#hasRoot) throw new ListFault('LIST_FILE_BROKEN', 'no element');
  }

  take(): XmlNode[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #opens(tag: string, attributes: Record<string, string>): void {
    this.#silence = 0;
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) throw new ListFault('LIST_FILE_BROKEN', `more than ${DEPTH_MAX} elements inside each other at line ${this.#parser.line}`);
    const name = tag.slice(tag.indexOf(':') + 1);
    const node: XmlNode = { name, attributes: { ...attributes }, children: [], text: '' };
    if (!this.#hasRoot) {
      this.#hasRoot = true;
      this.#ready.push(node);
      return;
    }
    const parent = this.#open.at(-1);
    if (parent === undefined && !this.#records.has(name)) return;
    this.#nodes += 1;
    if (this.#nodes > NODES_MAX) throw new ListFault('LIST_FILE_BROKEN', `more than ${NODES_MAX} elements in one record at line ${this.#parser.line}`);
    parent?.children.push(node);
    this.#open.push(node);
  }

  #says(text: string): void {
    this.#silence = 0;
    const node = this.#open.at(-1);
    if (node === undefined) return;
    this.#length += text.length;
    if (this.#length > TEXT_MAX) throw new ListFault('LIST_FILE_BROKEN', `more than ${TEXT_MAX} characters in one record at line ${this.#parser.line}`);
    node.text += text;
  }

  #closes(): void {
    this.#silence = 0;
    this.#depth -= 1;
    const node = this.#open.pop();
    if (node === undefined || this.#open.length > 0) return;
    this.#ready.push(node);
    this.#nodes = 0;
    this.#length = 0;
  }
}

/** Every descendant by a path of names, `*` for any name. */
export function nodesAt(node: XmlNode, ...path: string[]): XmlNode[] {
  return path.reduce<XmlNode[]>((found, name) => found.flatMap((one) => one.children.filter((child) => name === '*' || child.name === name)), [node]);
}

/** Texts of the descendants by a path, trimmed, without empty ones. */
export function textsAt(node: XmlNode, ...path: string[]): string[] {
  return nodesAt(node, ...path).map((one) => one.text.trim()).filter((text) => text !== '');
}

/** The first text by a path, or ''. */
export function textAt(node: XmlNode, ...path: string[]): string {
  return textsAt(node, ...path)[0] ?? '';
}
