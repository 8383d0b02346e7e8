/**
 * A person, natural or legal, is a random 128-bit id that the vault drew: 32 lower-case hex
 * digits. Nothing in it can be computed from an identifier. A firm never learns it. On screens it
 * is shown as a pseudonym of its first 32 bits, `P-7F3A-91C2`; the whole id stays the key.
 */

declare const personBrand: unique symbol;
/** 32 lower-case hex digits. */
export type PersonId = string & { readonly [personBrand]: true };

/** The text as a person id, or `undefined`. */
export function parsePersonId(text: string): PersonId | undefined {
  return /^[0-9a-f]{32}$/.test(text) ? (text as PersonId) : undefined;
}

/** `P-7F3A-91C2`: what screens show. */
export function pseudonym(person: PersonId): string {
  const head = person.slice(0, 8).toUpperCase();
  return `P-${head.slice(0, 4)}-${head.slice(4)}`;
}
