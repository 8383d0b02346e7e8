/**
 * Canonical JSON (RFC 8785, JCS): one value has one text, so its hash can be committed to. Keys
 * are sorted by UTF-16 code units, numbers are written as ECMAScript writes them, which is what
 * the RFC asks for. Refuses what has no JSON form: a bigint, NaN, infinities, a lone surrogate,
 * `undefined` inside an array. A key whose value is `undefined` is left out.
 */

import { assert } from './assert.ts';

/** What canonical JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The one text of `value`. Source: RFC 8785 §3.2. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    assert(Number.isFinite(value), 'canonical JSON has no NaN and no infinity');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    assert(value.isWellFormed(), 'canonical JSON has no lone surrogate');
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  assert(typeof value === 'object', `canonical JSON has no ${typeof value}`);
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${parts.join(',')}}`;
}

/** UTF-8 bytes of the canonical text: what is hashed. */
export function canonicalBytes(value: Json): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
