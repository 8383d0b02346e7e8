/**
 * JSON as signatures need it (RFC 8259 within I-JSON, RFC 7493): one text has one value for every reader, so what
 * was canonicalised (RFC 8785) is what is shown. Refuses what readers take differently: a key that stands twice in
 * one object, also when it is escaped another way; a lone surrogate; a number that no double holds; and texts that
 * are longer or deeper than the limits below.
 */

import { canonicalJson, type Json } from '../terms/index.ts';
import { textOf } from './bytes.ts';

/** Characters of a document at most: a status list of 16 million entries takes three million. */
export const JSON_LENGTH_MAX = 16 * 1024 * 1024;
/** Objects and arrays within each other at most; credentials nest about ten. */
const DEPTH_MAX = 64;

/** An object as it was read. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** A value, or in words why the text is none. */
export type StrictJson = { readonly value: Json } | { readonly fault: string };

/** Reads a document. */
export function readStrictJson(given: string | Uint8Array): StrictJson {
  if (given.length > JSON_LENGTH_MAX) return { fault: `the text has ${given.length} characters, more than ${JSON_LENGTH_MAX}` };
  const text = typeof given === 'string' ? given : textOf(given);
  if (text === undefined) return { fault: 'the text is not UTF-8' };
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'the text is no JSON' };
  }
  const fault = faultOfKeys(text) ?? faultOfValue(value);
  return fault === undefined ? { value } : { fault };
}

/** The value, or `undefined`. */
export function strictJson(given: string | Uint8Array): Json | undefined {
  const read = readStrictJson(given);
  return 'value' in read ? read.value : undefined;
}

/** The canonical text of a value that was read strictly. Source: RFC 8785. */
export const canonicalText = (value: Json): string => canonicalJson(value);

/** Is it an object, and no list? */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Is it a list? */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The items of a list, or the one value by itself; none when there is none. */
export function itemsOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

/** One pass over a text that is JSON: keys of the open objects, innermost last; `undefined` stands for a list. */
function faultOfKeys(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > DEPTH_MAX) return `the document nests more than ${DEPTH_MAX} deep`;
    } else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys !== undefined && isKeyAt(text, end)) {
        const key = String(JSON.parse(text.slice(at, end)));
        if (keys.has(key)) return `the key "${key.slice(0, 60)}" stands twice in one object`;
        keys.add(key);
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** Index behind the closing quote of the string that begins at `at`. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end + 1;
}

/** A string is a key when a colon follows; within an object a value never has one behind it. */
function isKeyAt(text: string, end: number): boolean {
  let at = end;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\t' || text[at] === '\r') at += 1;
  return text[at] === ':';
}

function faultOfValue(value: Json | undefined): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number is larger than a double holds';
  if (typeof value === 'string' && !value.isWellFormed()) return 'a text holds a lone surrogate';
  if (isList(value)) return firstFault(value);
  if (!isObject(value)) return undefined;
  return Object.keys(value).every((key) => key.isWellFormed()) ? firstFault(Object.values(value)) : 'a key holds a lone surrogate';
}

function firstFault(values: readonly (Json | undefined)[]): string | undefined {
  for (const value of values) {
    const fault = faultOfValue(value);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
