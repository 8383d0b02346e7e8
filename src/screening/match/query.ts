/**
 * What is asked: a name and what else is known of its bearer, as one JSON object. Keys that the house does not know are
 * named in the answer and change nothing; a known key with a value that cannot be read is refused by its name, because
 * a birth date dropped in silence would weaken an answer unseen. A name may hold several: "urf", "alias" and "@" part
 * them, "s/o" and "d/o" bring the father's name.
 */

import { z } from 'zod';
import { reject, type Rejection } from '../../terms/index.ts';
import { countryOf } from '../countries.ts';
import type { ListIdentifier } from '../entity.ts';
import { birthDateOf } from '../lists/birth-dates.ts';
import { NAME_LENGTH_MAX } from './clean.ts';

/** A person or firm to be screened. */
export interface ScreeningQuery {
  /** The name as given first, then the names that it was parted into. */
  readonly names: readonly string[];
  readonly fatherName: string | undefined;
  readonly birthDates: readonly string[];
  /** ISO 3166-1 alpha-2, lower case. */
  readonly nationalities: readonly string[];
  readonly gender: 'male' | 'female' | undefined;
  readonly identifiers: readonly { readonly kind: ListIdentifier['kind'] | undefined; readonly value: string }[];
  readonly schema: 'Person' | 'Organization' | undefined;
  /** Codes of the lists to be asked; all when undefined. */
  readonly lists: readonly string[] | undefined;
  /** Day as of which the lists are asked, `2026-11-24`. */
  readonly asOf: string | undefined;
  /** Day by whose knowledge: lists that were learnt of later say nothing. */
  readonly knownAt: string | undefined;
  /** What was told and could not be compared: the answer says less than the question. */
  readonly warnings: readonly Rejection[];
  /** Keys that the house does not know. */
  readonly ignored: readonly string[];
}

/** Values a list of a query may hold. */
const VALUES_MAX = 50;
const VALUE_LENGTH_MAX = 200;
/** Characters of a country that is shown as unknown. */
const COUNTRY_SHOWN_MAX = 60;
const text = z.string().max(VALUE_LENGTH_MAX);
const texts = z.union([text.transform((one) => [one]), z.array(text).max(VALUES_MAX)]);
const identifier = z.union([
  text.transform((value) => ({ kind: undefined, value })),
  z.looseObject({ kind: text.optional(), type: text.optional(), value: z.union([text, z.number().int().transform(String)]).optional(), number: z.union([text, z.number().int().transform(String)]).optional() })
    .transform((one) => ({ kind: one.kind ?? one.type, value: one.value ?? one.number ?? '' })),
]);
const KINDS = ['cnic', 'nicop', 'passport', 'lei', 'tax', 'registration', 'other'] as const;
const identifiers = z.union([
  z.array(identifier).max(VALUES_MAX),
  z.record(z.string(), texts).transform((map) => Object.entries(map).flatMap(([kind, values]) => values.map((value) => ({ kind, value })))),
  text.transform((value) => [{ kind: undefined, value }]),
]);
const day = z.string().max(VALUE_LENGTH_MAX).regex(/^\d{4}-\d\d-\d\d(T.*)?$/).transform((instant) => instant.slice(0, 10)).refine((date) => !Number.isNaN(Date.parse(date)));

/** Every key of a query. `null` says the same as leaving it out. */
const KEYS = {
  name: z.string(), fatherName: z.string(), birthDate: texts, dateOfBirth: texts, nationality: texts, nationalities: texts, gender: text, identifiers,
  schema: z.enum(['Person', 'Organization', 'LegalEntity', 'Company']), script: text, lists: texts, asOf: day, knownAt: day, id: z.unknown(),
} as const;

type Parsed = { [Key in keyof typeof KEYS]?: z.output<(typeof KEYS)[Key]> };

/** Reads a query: an object, or a name alone. `fixed` keys may not stand in it. */
export function readQuery(given: unknown, needsName = true): ScreeningQuery | Rejection {
  const object = typeof given === 'string' ? { name: given } : given;
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return reject('QUERY_NOT_OBJECT');
  const read: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    const schema = Object.hasOwn(KEYS, key) ? KEYS[key as keyof typeof KEYS] : undefined;
    if (schema === undefined) ignored.push(key.slice(0, VALUE_LENGTH_MAX));
    else if (value !== null && value !== undefined) {
      const parsed = schema.safeParse(value);
      if (!parsed.success) return reject('QUERY_FIELD_INVALID', key);
      read[key] = parsed.data;
    }
  }
  return build(read, ignored, needsName);
}

function build(read: Parsed, ignored: readonly string[], needsName: boolean): ScreeningQuery | Rejection {
  const name = read.name ?? '';
  const numbers = (read.identifiers ?? []).map((one) => ({ kind: kindOf(one.kind, one.value), value: one.value })).filter((one) => one.value.trim() !== '');
  if (name.trim() === '' && (needsName || numbers.length === 0)) return reject('QUERY_NAME_MISSING');
  if (name.length > NAME_LENGTH_MAX || (read.fatherName ?? '').length > NAME_LENGTH_MAX) return reject('QUERY_NAME_TOO_LONG', name.length > NAME_LENGTH_MAX ? 'name' : 'fatherName');
  const births = [...(read.birthDate ?? []), ...(read.dateOfBirth ?? [])].filter((date) => date.trim() !== '');
  const birthDates = births.map(birthDateOf).filter((date) => date !== undefined);
  if (birthDates.length < births.length) return reject('QUERY_FIELD_INVALID', 'birthDate');
  const parted = partName(name);
  const countries = [...(read.nationality ?? []), ...(read.nationalities ?? [])].filter((country) => country.trim() !== '');
  const warnings: Rejection[] = countries.filter((country) => countryOf(country) === undefined).map((country) => reject('QUERY_NATIONALITY_UNKNOWN', country.slice(0, COUNTRY_SHOWN_MAX)));
  if ((read.gender ?? '').trim() !== '' && genderOf(read.gender) === undefined) warnings.push(reject('QUERY_GENDER_UNKNOWN', 'gender'));
  const schema = read.schema === undefined ? undefined : read.schema === 'Person' ? 'Person' : 'Organization';
  return {
    names: parted.names, fatherName: read.fatherName?.trim() === '' ? undefined : (read.fatherName ?? parted.fatherName), birthDates,
    nationalities: [...new Set(countries.map((country) => countryOf(country)).filter((code) => code !== undefined))],
    gender: genderOf(read.gender), identifiers: numbers, schema, lists: read.lists?.map((list) => list.toLowerCase()), asOf: read.asOf, knownAt: read.knownAt, ignored, warnings,
  };
}

function genderOf(given: string | undefined): 'male' | 'female' | undefined {
  const first = given?.trim().toLowerCase();
  return first === 'm' || first === 'male' ? 'male' : first === 'f' || first === 'female' ? 'female' : undefined;
}

function kindOf(given: string | undefined, value: string): ListIdentifier['kind'] | undefined {
  const kind = given?.toLowerCase().replace(/[^a-z]/g, '') ?? '';
  if (kind === 'nic' || kind === 'nationalid' || kind === 'idnumber') return /^[\d\s-]+$/.test(value) && value.replace(/\D/g, '').length === 13 ? 'cnic' : 'other';
  return KINDS.find((known) => known === kind) ?? (kind === '' && /^\d{5}-?\d{7}-?\d$/.test(value.trim()) ? 'cnic' : undefined);
}

const FATHER = /\s(?:s\/o|d\/o|son of|daughter of|s\/d\/o|ولد|وَلد|بنت)\s+/iu;
const HUSBAND = /\s(?:w\/o|wife of|widow of|زوجہ)\s+.*$/iu;
const ALIAS = /\s*(?:@|\s(?:urf|alias|a\.k\.a\.?|aka|f\.k\.a\.?|fka|n\.k\.a\.?|nee|known as|عرف)\s)\s*/iu;

/** The names within a written name, and the father's name where it says one. */
export function partName(written: string): { names: string[]; fatherName: string | undefined } {
  const [own = '', father] = written.replace(HUSBAND, '').split(FATHER);
  const parts = own.split(ALIAS).map((part) => part.trim()).filter((part) => part !== '');
  const [first = written, ...others] = parts;
  if (others.length === 0) return { names: [first], fatherName: father?.trim() };
  const given = /^\S+/.exec(first)?.[0] ?? '';
  // A by-name of one word is no name alone; the given name with it may be.
  const names = others.flatMap((other) => (/\s/.test(other) ? [other] : [`${first} ${other}`, `${given} ${other}`]));
  return { names: [...new Set([first, ...names])].slice(0, 8), fatherName: father?.trim() };
}
