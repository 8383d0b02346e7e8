import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { IdentifierKind } from './identity.ts';
import { LinkState, step, type Claim, type Linked } from './link.ts';

let drawn = 0;
const draw = (): string => `p${String((drawn += 1)).padStart(6, '0')}`;
const claimOf = (text: string): Claim => ({ hash: text, kind: text.startsWith('N') ? 'citizen' : text.startsWith('R') ? 'registration' : text.startsWith('T') ? 'ntn' : 'passport' });
/** Folds `customer: identifiers` and gives the last step. `N` is a citizen number, `P` a passport. */
function fold(state: LinkState, ...statements: readonly string[]): Linked {
  let last: Linked | undefined;
  for (const text of statements) {
    const [customer = '', identifiers = ''] = text.split(': ');
    last = step(state, { customer, claims: identifiers.split(' ').map(claimOf), draw });
  }
  assert.ok(last !== undefined);
  return last;
}
const sameOf = (state: LinkState, one: string, other: string): boolean => state.personOf.get(one) === state.personOf.get(other);

const CASES: readonly (readonly [string, readonly string[], readonly [string, string, boolean][], number])[] = [
  ['an identifier in common is one person', ['a: N1', 'b: N1'], [['a', 'b', true]], 0],
  ['nothing in common is two', ['a: N1', 'b: N2'], [['a', 'b', false]], 0],
  ['a third statement joins two ids', ['a: N1', 'b: P1', 'c: N1 P1'], [['a', 'b', true], ['a', 'c', true]], 0],
  ['in any order', ['c: N1 P1', 'a: N1', 'b: P1'], [['a', 'b', true], ['a', 'c', true]], 0],
  ['a passport of another citizen is a doubt', ['a: N1', 'b: N2 P2', 'c: N1 P2'], [['a', 'b', false], ['a', 'c', true]], 1],
  ['also for a customer who is alone with the number', ['b: N2 P2', 'c: N1', 'c: N1 P2'], [['b', 'c', false]], 1],
  ['a passport of someone without a number is theirs', ['b: P2', 'c: N1 P2'], [['b', 'c', true]], 0],
  ['a corrected number moves nobody else', ['a: N1', 'b: N1', 'a: N2'], [['a', 'b', false]], 0],
  ['a corrected number that is known joins', ['a: N1', 'b: N2', 'a: N2'], [['a', 'b', true]], 0],
  ['the wrong number is free again', ['a: N1', 'a: N2', 'b: N1'], [['a', 'b', false]], 0],
  ['a new passport is added', ['a: P1', 'a: P2', 'b: P1', 'c: P2'], [['a', 'b', true], ['a', 'c', true]], 0],
  ['a passport first, the number later', ['a: P1', 'b: P1', 'a: N1', 'c: N1'], [['a', 'b', true], ['a', 'c', true]], 0],
  ['who moves leaves a shared passport behind', ['a: N1 P1', 'b: N1 P1', 'a: N2 P1', 'c: P1', 'd: N2'], [['a', 'b', false], ['b', 'c', true], ['a', 'd', true]], 0],
  ['who moves takes along what is theirs alone', ['a: N1 P1', 'b: N1', 'a: N2', 'c: P1'], [['a', 'b', false], ['a', 'c', true]], 0],
  ['companies of two registrations are not joined by a tax number', ['a: R1', 'b: R2 T1', 'c: R1 T1'], [['a', 'b', false], ['a', 'c', true]], 1],
];

for (const [what, statements, pairs, doubts] of CASES) {
  test(what, () => {
    const state = new LinkState();
    const last = fold(state, ...statements);
    for (const [one, other, same] of pairs) assert.equal(sameOf(state, one, other), same, `${one} ${other}`);
    assert.equal(last.doubts.length, doubts);
  });
}

test('whoever comes first, the surviving id is the smallest', () => {
  for (const order of [['a: N1', 'b: P1'], ['b: P1', 'a: N1']]) {
    const state = new LinkState();
    fold(state, ...order);
    const ids = ['a', 'b'].map((customer) => state.personOf.get(customer) ?? '').sort();
    const joined = fold(state, 'c: N1 P1');
    assert.deepEqual(joined.merges, [{ from: ids[1], into: ids[0] }]);
  }
});

const customers = ['a', 'b', 'c', 'd', 'e'];
const anyStatement = fc.record({
  customer: fc.constantFrom(...customers), claims: fc.uniqueArray(fc.constantFrom('N1', 'N2', 'N3', 'P1', 'P2', 'P3', 'T1'), { minLength: 1, maxLength: 3 })
    .map((texts) => texts.filter((text, i) => !text.startsWith('N') || texts.findIndex((each) => each.startsWith('N')) === i)),
});

test('whatever is stated: one hash is one person, no person has two numbers for life, the customer is answered, a merge leaves nobody behind', () => {
  fc.assert(fc.property(fc.array(anyStatement, { maxLength: 25 }), (statements) => {
    const state = new LinkState();
    const gone = new Set<string>();
    for (const { customer, claims } of statements) {
      const linked = step(state, { customer, claims: claims.map(claimOf), draw });
      for (const { from } of linked.merges) gone.add(from);
      assert.equal(state.personOf.get(customer), linked.person);
      assert.ok(!gone.has(linked.person));
      const personOfHash = new Map<string, string>();
      const numberOf = new Map<string, string>();
      for (const [who, held] of state.claimsOf) {
        const person = state.personOf.get(who) ?? '';
        assert.ok(!gone.has(person), 'nobody stands under an id that is gone');
        for (const [hash, kind] of held) {
          assert.equal(personOfHash.get(hash) ?? person, person, `${hash} is one person's`);
          personOfHash.set(hash, person);
          if (kind === 'citizen') assert.equal(numberOf.get(person) ?? hash, hash, `${person} has one number`);
          if (kind === 'citizen') numberOf.set(person, hash);
        }
      }
    }
  }), { numRuns: 2_000 });
});

test('a statement said again changes nothing', () => {
  fc.assert(fc.property(fc.array(anyStatement, { minLength: 1, maxLength: 12 }), (statements) => {
    const state = new LinkState();
    for (const { customer, claims } of statements) step(state, { customer, claims: claims.map(claimOf), draw });
    const last = statements.at(-1);
    assert.ok(last !== undefined);
    const picture = () => JSON.stringify([[...state.personOf].map(String).sort(), [...state.claimsOf].map(([who, held]) => `${who} ${[...held.keys()].sort().join(' ')}`).sort()]);
    const before = picture();
    const again = step(state, { customer: last.customer, claims: last.claims.map(claimOf), draw });
    assert.deepEqual([again.isNew, again.merges], [false, []]);
    assert.equal(picture(), before);
  }), { numRuns: 2_000 });
});

test('people who are named consistently are the same groups in any order', () => {
  const people: readonly (readonly [string, readonly string[]])[] = [['x', ['N1', 'P1', 'P4']], ['y', ['N2', 'P2']], ['z', ['P3', 'P5']]];
  const truthful = fc.record({ person: fc.constantFrom(0, 1, 2), customer: fc.integer({ min: 0, max: 3 }), pick: fc.integer({ min: 1, max: 7 }) }).map(({ person, customer, pick }) => {
    const [name, identifiers] = people[person] ?? ['', []];
    const claims = identifiers.filter((_id, i) => (pick >> i) % 2 === 1);
    return { customer: `${name}${customer}`, claims: claims.length === 0 ? identifiers : claims };
  });
  const groups = (statements: readonly { customer: string; claims: readonly string[] }[]): string => {
    const state = new LinkState();
    for (const { customer, claims } of statements) step(state, { customer, claims: claims.map(claimOf), draw });
    const members = new Map<string, string[]>();
    for (const [customer, person] of state.personOf) members.set(person, [...(members.get(person) ?? []), customer].sort());
    return JSON.stringify([...members.values()].map((each) => each.join(' ')).sort());
  };
  fc.assert(fc.property(fc.array(truthful, { maxLength: 12 }).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), ([one, other]) => {
    assert.equal(groups(one), groups(other));
  }), { numRuns: 1_000 });
});

test('kinds are those of the schema', () => {
  const kinds: readonly IdentifierKind[] = ['citizen', 'registration', 'ntn', 'passport'];
  assert.deepEqual(['N1', 'R1', 'T1', 'P1'].map((text) => claimOf(text).kind), kinds);
});
