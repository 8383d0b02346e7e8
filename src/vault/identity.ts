/**
 * What names a person, natural or legal, as a firm seals it: the one schema, and the identifiers in it
 * brought to one form. Nothing of it is ever put into an error, a log line or a ledger entry: a refusal
 * names the field, never its value.
 *
 * A CNIC and a NICOP carry the same 13-digit citizen number (NADRA numbers the citizen, not the card), so
 * both are one kind of identifier here. A person's citizen number is for life; passports change.
 */

import { z } from 'zod';
import { reject, type Rejection } from '../terms/index.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const country = z.string().regex(/^[A-Z]{2}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** Digits of Urdu and Arabic keyboards are the same digits. */
const asciiDigits = (value: string): string => value.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0x0f));
const citizenNumber = z.string().max(32).transform(asciiDigits).pipe(z.string().regex(/^\d{5}-?\d{7}-?\d$/)).transform((value) => value.replaceAll('-', ''));
const documentNumber = z.string().min(3).max(32).transform((value) => asciiDigits(value).normalize('NFKC').toUpperCase().replace(/[^A-Z0-9]/g, '')).pipe(z.string().min(3).max(32));
const contact = z.strictObject({ phone: text(32).optional(), email: text(254).optional() });
const passport = z.strictObject({ country, number: documentNumber });

const personSchema = z.strictObject({
  v: z.literal(1), type: z.literal('person'), name: text(200), nameUr: text(200).optional(), fatherName: text(200).optional(),
  cnic: citizenNumber.optional(), nicop: citizenNumber.optional(), passport: passport.optional(),
  birthDate: day, nationality: country, address: text(500).optional(), contact: contact.optional(),
});
const companySchema = z.strictObject({
  v: z.literal(1), type: z.literal('company'), name: text(200), nameUr: text(200).optional(), country,
  registrationNumber: documentNumber.optional(),
  ntn: z.string().max(16).transform(asciiDigits).pipe(z.string().regex(/^\d{7}(-?\d)?$/)).transform((value) => value.slice(0, 7)).optional(),
  incorporatedOn: day.optional(), address: text(500).optional(), contact: contact.optional(),
});

/** The identity of a person or company, version 1. At least one identifier is needed, or nobody could be found by it. */
export const identitySchema = z.discriminatedUnion('type', [personSchema, companySchema]).refine((identity) => identifiersOf(identity).length > 0, { path: ['identifier'] });
/** An identity as a firm writes it. */
export type IdentityInput = z.input<typeof identitySchema>;
/** An identity as it is kept: identifiers in their one form. */
export type Identity = z.output<typeof personSchema> | z.output<typeof companySchema>;

/** Kinds of identifier, strongest first: where two speak of different people, the stronger is believed. */
export const IDENTIFIER_KINDS = ['citizen', 'registration', 'ntn', 'passport'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** One identifier in its one form, with its kind and country. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly form: string;
}

/** The identifiers of an identity, strongest first, each once. */
export function identifiersOf(identity: Identity): Identifier[] {
  const found: Identifier[] = [];
  if (identity.type === 'person') {
    for (const number of new Set([identity.cnic, identity.nicop])) if (number !== undefined) found.push({ kind: 'citizen', form: number });
    if (identity.passport !== undefined) found.push({ kind: 'passport', form: `${identity.passport.country}:${identity.passport.number}` });
  } else {
    if (identity.registrationNumber !== undefined) found.push({ kind: 'registration', form: `${identity.country}:${identity.registrationNumber}` });
    if (identity.ntn !== undefined) found.push({ kind: 'ntn', form: identity.ntn });
  }
  return found;
}

/** Reads opened bytes. The rejection names the field at fault. */
export function readIdentity(bytes: Uint8Array): Identity | Rejection {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return reject('EVENT_IDENTITY_INVALID', 'identity');
  }
  const parsed = identitySchema.safeParse(json);
  return parsed.success ? parsed.data : reject('EVENT_IDENTITY_INVALID', ['identity', ...(parsed.error.issues[0]?.path ?? [])].map(String).join('.'));
}
