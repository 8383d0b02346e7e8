/**
 * The text of a rule becomes its tree: the language of `print.ts`, by recursive descent. A fault names the position, from 1. Text, words and
 * levels are bounded, and no text costs more than its length.
 */

import { WINDOWS, type WindowName } from '../engine/limits.ts';
import type { RuleFault } from './fault.ts';
import { ATTRIBUTES, DEPTH_MAX, NODES_MAX, measure, type Attribute, type Comparison, type Condition, type Literal, type Number_, type Where } from './form.ts';
import { SIGNS, TIME } from './print.ts';

/** Characters of an expression at most: what `NODES_MAX` nodes need at their longest. */
export const TEXT_MAX = 20_000;

const TOKEN = /\s*(?:(>=|<=|[()[\]|,*+\-/])|(\d+(?:\.\d+)?)(%| PKR|us|[dhms](?![a-zA-Z]))?|([a-z][a-zA-Z0-9]*(?:[.-][a-zA-Z0-9]+)*))/y;

interface Token {
  readonly text: string;
  readonly at: number;
  readonly literal?: Literal;
}

/** A fault of the text, thrown inside this file alone. */
class SyntaxFault extends Error {
  readonly at: number;

  constructor(at: number, detail: string) {
    super(detail);
    this.at = at;
  }
}

/** Reads an expression. The fault names the position, from 1. */
export function parseCondition(text: string): { readonly tree: Condition } | { readonly faults: readonly RuleFault[] } {
  if (text.length > TEXT_MAX) return { faults: [{ code: 'TREE_TOO_LARGE', place: '', detail: `more than ${TEXT_MAX} characters` }] };
  try {
    const reader = new Reader(tokensOf(text), text.length);
    const tree = reader.condition(0);
    reader.end();
    // Long sums are deep trees: the bounds of a tree hold however it was written.
    const oversize = measure(tree);
    return oversize === undefined ? { tree } : { faults: [oversize] };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { faults: [{ code: 'TEXT_SYNTAX', place: String(error.at + 1), detail: error.message }] };
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new SyntaxFault(from, `${JSON.stringify(text.slice(from, from + 10))} is no word of the language`);
    const [whole, sign, digits, mark, word] = match;
    const at = from + whole.length - whole.trimStart().length;
    if (digits !== undefined) tokens.push({ text: whole.trim(), at, literal: literalOf(Number(digits), mark, digits.includes('.'), at) });
    else tokens.push({ text: sign ?? word ?? '', at });
    if (tokens.length > NODES_MAX * 8) throw new SyntaxFault(at, 'too many words');
  }
  return tokens;
}

function literalOf(value: number, mark: string | undefined, isPart: boolean, at: number): Literal {
  if (mark === '%') return { is: 'number', value: Number((value / 100).toPrecision(15)), unit: 'ratio' };
  if (mark === ' PKR') return { is: 'number', value: whole(Math.round(value * 100), at), unit: 'paisa' };
  if (mark === undefined) {
    if (isPart) throw new SyntaxFault(at, 'a share is written with %, and a count is whole');
    return { is: 'number', value: whole(value, at), unit: 'count' };
  }
  const size = TIME.find(([name]) => name === mark)?.[1] ?? 1;
  return { is: 'number', value: whole(value * size, at), unit: 'duration' };
}

function whole(value: number, at: number): number {
  if (!Number.isSafeInteger(value)) throw new SyntaxFault(at, 'the number is not whole, or too large');
  return value;
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #length: number;
  #next = 0;

  constructor(tokens: readonly Token[], length: number) {
    this.#tokens = tokens;
    this.#length = length;
  }

  end(): void {
    const left = this.#tokens[this.#next];
    if (left !== undefined) throw new SyntaxFault(left.at, `"${left.text}" stands after the end`);
  }

  condition(depth: number): Condition {
    this.#bound(depth);
    const parts = [this.#conjunction(depth)];
    while (this.#take('or')) parts.push(this.#conjunction(depth));
    return parts.length === 1 ? this.#only(parts) : { is: 'any', of: parts };
  }

  #conjunction(depth: number): Condition {
    const parts = [this.#single(depth)];
    while (this.#take('and')) parts.push(this.#single(depth));
    return parts.length === 1 ? this.#only(parts) : { is: 'all', of: parts };
  }

  #only(parts: readonly Condition[]): Condition {
    const [one] = parts;
    if (one === undefined) throw new SyntaxFault(this.#at(), 'a condition is missing');
    return one;
  }

  #single(depth: number): Condition {
    this.#bound(depth);
    if (this.#take('not')) return { is: 'not', of: this.#single(depth + 1) };
    if (this.#peek('all') || this.#peek('any')) {
      const is = this.#take('all') ? 'all' : (this.#need('any'), 'any' as const);
      this.#need('(');
      const of = this.condition(depth + 1);
      this.#need(')');
      return { is, of: [of] };
    }
    if (this.#take('event')) {
      this.#need('is');
      this.#need('(');
      const where = this.#where();
      this.#need(')');
      return { is: 'event-is', where };
    }
    if (this.#peek('(')) {
      const condition = this.#tryCondition(depth);
      if (condition !== undefined) return condition;
    }
    return this.#compare(depth);
  }

  /** A parenthesis opens a condition or a number; what follows it tells. */
  #tryCondition(depth: number): Condition | undefined {
    const from = this.#next;
    try {
      this.#need('(');
      const inner = this.condition(depth + 1);
      this.#need(')');
      return inner;
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.#next = from;
      return undefined;
    }
  }

  #compare(depth: number): Condition {
    const left = this.#number(depth + 1);
    const sign = this.#tokens[this.#next];
    const how = (Object.keys(SIGNS) as Comparison[]).find((name) => SIGNS[name] === sign?.text);
    if (how === undefined) throw new SyntaxFault(this.#at(), 'a comparison (>= or <=) is missing');
    this.#next += 1;
    return { is: 'compare', how, left, right: this.#number(depth + 1) };
  }

  #number(depth: number): Number_ {
    this.#bound(depth);
    const value = this.#sum(depth);
    return this.#take('otherwise') ? { is: 'otherwise', value, instead: this.#sum(depth + 1) } : value;
  }

  #sum(depth: number): Number_ {
    let left = this.#product(depth);
    for (;;) {
      if (this.#take('+')) left = { is: 'plus', left, right: this.#product(depth + 1) };
      else if (this.#take('-')) left = { is: 'minus', left, right: this.#product(depth + 1) };
      else return left;
    }
  }

  #product(depth: number): Number_ {
    let left = this.#primary(depth);
    for (;;) {
      if (this.#take('*')) left = { is: 'times', left, right: this.#primary(depth + 1) };
      else if (this.#take('/')) left = { is: 'per', left, right: this.#primary(depth + 1) };
      else return left;
    }
  }

  #primary(depth: number): Number_ {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new SyntaxFault(this.#at(), 'a number is missing');
    if (this.#take('(')) {
      const inner = this.#number(depth + 1);
      this.#need(')');
      return inner;
    }
    this.#next += 1;
    if (token.literal !== undefined) return token.literal;
    switch (token.text) {
      case 'count':
      case 'sum':
        return this.#feature(token.text);
      case 'senders':
      case 'receivers':
      case 'elsewhere':
      case 'left-here':
        return { is: 'walk', what: token.text, window: this.#window() };
      case 'value':
      case 'silence':
      case 'age':
        return { is: 'event', what: token.text };
      default:
        if (/^[a-z][a-z0-9]*[.]/.test(token.text)) return { is: 'parameter', name: token.text };
        throw new SyntaxFault(token.at, `"${token.text}" is no number`);
    }
  }

  #feature(what: 'count' | 'sum'): Number_ {
    const window = this.#window();
    this.#need('(');
    const where = this.#where();
    this.#need(')');
    return { is: 'feature', what, where, window };
  }

  #window(): WindowName {
    this.#need('[');
    const token = this.#tokens[this.#next];
    const found = (Object.keys(WINDOWS) as WindowName[]).find((name) => name === token?.text);
    if (found === undefined) throw new SyntaxFault(this.#at(), `a window is one of ${Object.keys(WINDOWS).join(', ')}`);
    this.#next += 1;
    this.#need(']');
    return found;
  }

  #where(): Where {
    const any = this.#take('*') ? [] : this.#attributes('|');
    return { any, all: this.#take('with') ? this.#attributes(',') : [], none: this.#take('without') ? this.#attributes(',') : [] };
  }

  #attributes(between: string): Attribute[] {
    const found: Attribute[] = [];
    do {
      const token = this.#tokens[this.#next];
      const attribute = ATTRIBUTES.find((name) => name === token?.text);
      if (attribute === undefined) throw new SyntaxFault(this.#at(), `events are ${ATTRIBUTES.join(', ')}, or *`);
      this.#next += 1;
      found.push(attribute);
    } while (this.#take(between));
    return found;
  }

  #peek(text: string): boolean {
    return this.#tokens[this.#next]?.text === text;
  }

  #take(text: string): boolean {
    if (!this.#peek(text)) return false;
    this.#next += 1;
    return true;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw new SyntaxFault(this.#at(), `"${text}" is missing`);
  }

  #at(): number {
    return this.#tokens[this.#next]?.at ?? this.#length;
  }

  #bound(depth: number): void {
    if (depth > DEPTH_MAX) throw new SyntaxFault(this.#at(), `more than ${DEPTH_MAX} levels`);
  }
}
