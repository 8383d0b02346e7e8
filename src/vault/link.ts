/**
 * Who is who: a fold over statements of identity, pure and without keys. A statement is what a firm says of
 * one of its customers; its identifiers come as blind hashes. `step` decides which person it speaks of.
 *
 * - All claims of one hash belong to one person.
 * - A statement that names identifiers of several people says that they are one: they are merged, the
 *   smallest id survives, so the outcome does not depend on the order.
 * - But a citizen number, or a company's registration, is for life. Two ids that each have one, and not the
 *   same, are not merged by a third identifier: the stronger identifier is believed and the other is a
 *   *doubt*, kept for an officer. Otherwise one mistyped passport number would make two citizens one.
 * - A number for life replaces the one that the customer stated before: a correction. Whoever is known by
 *   nothing but the corrected number is the same person as the one of the right number; where others stand
 *   on the old number too, the customer moves and they stay. Passports add up.
 */

import { assert } from '../terms/index.ts';
import type { IdentifierKind } from './identity.ts';

/** A claim by a customer: this identifier (as hex of its hash) is mine. */
export interface Claim {
  readonly hash: string;
  readonly kind: IdentifierKind;
}

/** What a firm says of a customer, by `firm/reference`. `draw` gives the id should the person be new. */
export interface Statement {
  readonly customer: string;
  readonly claims: readonly Claim[];
  readonly draw: () => string;
}

/** What a step did: to whom the statement belongs, and what changed. */
export interface Linked {
  readonly person: string;
  readonly isNew: boolean;
  readonly merges: readonly { readonly from: string; readonly into: string }[];
  /** Hashes that this customer may not claim: they are another person's. */
  readonly doubts: readonly { readonly hash: string; readonly person: string }[];
}

/** Kinds of which there is one for life. */
const FOR_LIFE: readonly IdentifierKind[] = ['citizen', 'registration'];
/** Kinds of which there is one at a time: stated anew, it replaces the customer's earlier one. */
const SINGLE: readonly IdentifierKind[] = [...FOR_LIFE, 'ntn'];

/** The part of the index that a batch touches, changed by each step. */
export class LinkState {
  readonly personOf = new Map<string, string>();
  readonly claimsOf = new Map<string, Map<string, IdentifierKind>>();
  readonly #customersOf = new Map<string, Set<string>>();
  readonly #holdersOf = new Map<string, Set<string>>();

  /** Lets the state know a customer. */
  addCustomer(customer: string, person: string): void {
    const before = this.personOf.get(customer);
    if (before !== undefined) this.#customersOf.get(before)?.delete(customer);
    this.personOf.set(customer, person);
    setOf(this.#customersOf, person).add(customer);
  }

  /** Lets the state know a claim of a known customer. */
  addClaim(customer: string, claim: Claim): void {
    const claims = this.claimsOf.get(customer) ?? new Map<string, IdentifierKind>();
    this.claimsOf.set(customer, claims.set(claim.hash, claim.kind));
    setOf(this.#holdersOf, claim.hash).add(customer);
  }

  dropClaim(customer: string, hash: string): void {
    this.claimsOf.get(customer)?.delete(hash);
    this.#holdersOf.get(hash)?.delete(customer);
  }

  customersOf(person: string): ReadonlySet<string> {
    return this.#customersOf.get(person) ?? new Set();
  }

  /** The person of a hash, by any customer other than this one who claims it: they all are one. */
  personOfHash(hash: string, except: string): string | undefined {
    for (const customer of this.#holdersOf.get(hash) ?? []) if (customer !== except) return this.personOf.get(customer);
    return undefined;
  }

  /** Numbers for life by which a person is known once `statement` stands in the place of what its customer stated before. */
  numbersOf(person: string, statement: Statement): Set<string> {
    const stated = numbersIn(statement.claims);
    const found = new Set<string>();
    for (const customer of this.customersOf(person)) {
      for (const [hash, kind] of this.claimsOf.get(customer) ?? []) {
        const replaced = customer === statement.customer && stated.size > 0 && !stated.has(hash);
        if (FOR_LIFE.includes(kind) && !replaced) found.add(hash);
      }
    }
    return found;
  }
}

/** Folds one statement into the state. */
export function step(state: LinkState, statement: Statement): Linked {
  const { customer, claims } = statement;
  assert(claims.length > 0, 'a statement has an identifier');
  const own = state.personOf.get(customer);
  const named = claims.flatMap((each) => state.personOfHash(each.hash, customer) ?? []);
  const group: string[] = [];
  for (const one of new Set(own === undefined ? named : [...named, own])) {
    if (fits(state, one, statement) && group.every((other) => mayMerge(state, one, other, statement))) group.push(one);
  }
  const person = [...group].sort()[0] ?? statement.draw();
  const doubts = claims.flatMap((claim) => {
    const of = state.personOfHash(claim.hash, customer);
    return of === undefined || group.includes(of) ? [] : [{ hash: claim.hash, person: of }];
  });
  const merges = group.filter((each) => each !== person).sort().map((from) => ({ from, into: person }));
  for (const { from } of merges) for (const each of state.customersOf(from)) state.addCustomer(each, person);
  state.addCustomer(customer, person);
  claim(state, customer, claims.filter((each) => !doubts.some((doubt) => doubt.hash === each.hash)));
  return { person, isNew: group.length === 0, merges, doubts };
}

/** Keeps the customer's claims: a single kind that is stated anew replaces the earlier one; who moved to another person leaves behind what others claim too. */
function claim(state: LinkState, customer: string, claims: readonly Claim[]): void {
  const person = state.personOf.get(customer);
  const stated = new Set(claims.map((each) => each.hash));
  const kinds = new Set(claims.map((each) => each.kind));
  for (const [hash, kind] of state.claimsOf.get(customer) ?? []) {
    const others = state.personOfHash(hash, customer);
    const isReplaced = SINGLE.includes(kind) && kinds.has(kind) && !stated.has(hash);
    if (isReplaced || (others !== undefined && others !== person)) state.dropClaim(customer, hash);
  }
  for (const each of claims) state.addClaim(customer, each);
}

/** Can the person be the one of whom this was stated? A customer who states no number for life keeps the one stated before. */
function fits(state: LinkState, person: string, statement: Statement): boolean {
  const stated = numbersIn(statement.claims);
  const kept = [...(state.claimsOf.get(statement.customer) ?? [])].map(([hash, kind]) => ({ hash, kind }));
  return !differ(state.numbersOf(person, statement), stated.size > 0 ? stated : numbersIn(kept));
}

/** Can the two be one? */
function mayMerge(state: LinkState, one: string, other: string, statement: Statement): boolean {
  return !differ(state.numbersOf(one, statement), state.numbersOf(other, statement));
}

const numbersIn = (claims: readonly Claim[]): Set<string> => new Set(claims.filter((each) => FOR_LIFE.includes(each.kind)).map((each) => each.hash));

/** Both have numbers, and none in common. */
function differ(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size > 0 && other.size > 0 && one.isDisjointFrom(other);
}

function setOf(map: Map<string, Set<string>>, key: string): Set<string> {
  const known = map.get(key) ?? new Set<string>();
  map.set(key, known);
  return known;
}
