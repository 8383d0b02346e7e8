/**
 * One line of a filing becomes an event or a coded rejection. The contract's schema is the only
 * judge of form; this file turns its first complaint into the one code that tells the firm what to
 * mend, naming the place and never the value. What the schema cannot say (assets, addresses,
 * instants, amounts in the decimals of their asset) is checked in `row.ts`.
 */

import { EVENT_BYTES_MAX, EVENT_VERSION, eventCheck, eventSchema, type Event } from '../contract/index.ts';
import { EVENT_KINDS, reject, type Rejection, type RejectionCode } from '../terms/index.ts';

/** A line that could be read, or why not. `id` is told when the line has a readable one. */
export type ParsedLine = { readonly event: Event } | { readonly rejection: Rejection; readonly id?: string };

/** Nearly every event is in good form and needs no more than this; the schema itself judges the rest. */
const isEvent = eventCheck();
const KINDS: ReadonlySet<string> = new Set(EVENT_KINDS);

/** Parses the text of one line (no line break) of at most `EVENT_BYTES_MAX` bytes. */
export function parseLine(text: string): ParsedLine {
  if (text.length > EVENT_BYTES_MAX) return { rejection: reject('EVENT_TOO_LONG') };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { rejection: reject('EVENT_NOT_JSON') };
  }
  return parseEvent(value);
}

/** Parses a JSON value as an event. */
export function parseEvent(value: unknown): ParsedLine {
  if (isEvent(value) && value.kind !== 'order') return { event: value };
  const parsed = eventSchema.safeParse(value);
  if (parsed.success) {
    if (parsed.data.kind === 'order') return { rejection: reject('EVENT_KIND_RESERVED', 'kind'), id: parsed.data.id };
    return { event: parsed.data };
  }
  const rejection = explain(value, parsed.error.issues[0]);
  const id = idOf(value);
  return id === undefined ? { rejection } : { rejection, id };
}

interface Complaint {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Complaint[])[];
}

function explain(value: unknown, issue: Complaint | undefined): Rejection {
  if (!isRecord(value)) return reject('EVENT_NOT_JSON');
  if (value['v'] !== EVENT_VERSION) return value['v'] === undefined ? reject('EVENT_FIELD_MISSING', 'v') : reject('EVENT_VERSION_UNKNOWN', 'v');
  const kind = value['kind'];
  if (kind === undefined) return reject('EVENT_FIELD_MISSING', 'kind');
  if (typeof kind !== 'string' || !KINDS.has(kind)) return reject('EVENT_KIND_UNKNOWN', 'kind');
  if (issue === undefined) return reject('EVENT_FIELD_INVALID');
  const place = issue.path.map(String).join('.').slice(0, 120);
  if (issue.code === 'unrecognized_keys') return reject('EVENT_FIELD_UNKNOWN', placeOfKey(place, issue.keys?.[0]));
  if (valueAt(value, issue.path) === undefined) return reject('EVENT_FIELD_MISSING', place);
  return reject(codeOfPlace(place), place);
}

/** An unknown key is named as far as it is a plain word; anything else could carry personal data. */
function placeOfKey(place: string, key: string | undefined): string {
  const name = key !== undefined && /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(key) ? key : '?';
  return place === '' ? name : `${place}.${name}`;
}

function codeOfPlace(place: string): RejectionCode {
  const last = place.slice(place.lastIndexOf('.') + 1);
  if (last === 'at' || last === 'onboardedAt') return 'EVENT_INSTANT_INVALID';
  if (last === 'value' || last === 'pkr') return 'EVENT_AMOUNT_INVALID';
  if (last === 'identity') return 'EVENT_IDENTITY_INVALID';
  return 'EVENT_FIELD_INVALID';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (Array.isArray(at) && typeof key === 'number') at = at[key];
    else if (isRecord(at) && typeof key === 'string') at = Object.hasOwn(at, key) ? at[key] : undefined;
    else return undefined;
  }
  return at;
}

function idOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const id = value['id'];
  return typeof id === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:@/+=-]{0,63}$/.test(id) ? id : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
