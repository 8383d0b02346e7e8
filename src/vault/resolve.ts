/**
 * One batch of sealed identities becomes person ids, in one transaction: opened statements are linked in
 * their order, new people get a random id and a data key, identities are sealed under it, merges are
 * entries. The same JWE of the same customer again changes nothing and gets the same answer, so a client
 * or an intake that was killed may simply ask again.
 */

import { append, type Tx } from '../log/index.ts';
import { assert, parsePersonId, type Instant, type PersonId } from '../terms/index.ts';
import { step } from './link.ts';
import type { VaultKeys } from './keys.ts';
import { customerKey, lockWriter, readTouched, statementKey, writeChanges, type Changes, type OpenedStatement, type Touched } from './store.ts';

/** Resolves opened statements; the answers are in their order. */
export async function resolveStatements(tx: Tx, now: Instant, keys: VaultKeys, statements: readonly OpenedStatement[]): Promise<PersonId[]> {
  await lockWriter(tx);
  const touched = await readTouched(tx, statements);
  const changes = linkAll(touched, keys, statements);
  await writeChanges(tx, changes, now);
  await append(tx, now, changes.merges.map(({ from, into }) => ({
    kind: 'person-merged', actor: 'vault', basis: 'a statement of identity names both', body: { from, into, reason: 'identifier' },
  })));
  return statements.map((statement) => {
    const person = touched.state.personOf.get(customerKey(statement)) ?? touched.retries.get(statementKey(statement));
    const id = person === undefined ? undefined : parsePersonId(person);
    assert(id !== undefined, 'each statement belongs to a person');
    return id;
  });
}

function linkAll(touched: Touched, keys: VaultKeys, statements: readonly OpenedStatement[]): Changes {
  const { state } = touched;
  const changes: Changes = { people: new Map(), customers: new Map(), dropped: [], claimed: [], statements: [], doubts: [], merges: [] };
  const before = new Map<string, ReadonlySet<string>>();
  const done = new Set(touched.retries.keys());
  const dataKeys = new Map<string, Uint8Array>();
  for (const statement of statements) {
    if (done.has(statementKey(statement))) continue;
    done.add(statementKey(statement));
    const customer = customerKey(statement);
    if (!before.has(customer)) before.set(customer, new Set(state.claimsOf.get(customer)?.keys()));
    const linked = step(state, { customer, claims: statement.claims, draw: () => drawOf(statement, touched.taken) });
    if (linked.isNew) {
      const { key, wrapped } = keys.newDataKey(linked.person);
      changes.people.set(linked.person, wrapped);
      dataKeys.set(linked.person, key);
      touched.dataKeys.set(linked.person, wrapped);
    }
    changes.merges.push(...linked.merges);
    const { firm, reference, jweSha256 } = statement;
    changes.doubts.push(...linked.doubts.map((doubt) => ({ firm, reference, ...doubt })));
    const dataKey = dataKeys.get(linked.person) ?? unwrapped(touched, keys, linked.person);
    dataKeys.set(linked.person, dataKey);
    changes.statements.push({ firm, reference, jweSha256, sealedUnder: linked.person, sealed: keys.seal(dataKey, statement.bytes, aboutOf(statement)) });
    changes.customers.set(customer, { firm, reference, person: linked.person });
  }
  for (const [customer, row] of changes.customers) changes.customers.set(customer, { ...row, person: state.personOf.get(customer) ?? row.person });
  claimChanges(changes, before, touched);
  return changes;
}

/** What a sealed statement is about: it opens in no other row. */
export function aboutOf(statement: { readonly firm: string; readonly reference: string; readonly jweSha256: Buffer }): string {
  return `${statement.firm}\0${statement.reference}\0${statement.jweSha256.toString('hex')}`;
}

function drawOf(statement: OpenedStatement, taken: Set<string>): string {
  const id = statement.drawn.find((each) => !taken.has(each));
  assert(id !== undefined, 'a person id is drawn once');
  taken.add(id);
  return id;
}

function unwrapped(touched: Touched, keys: VaultKeys, person: string): Uint8Array {
  const wrapped = touched.dataKeys.get(person);
  assert(wrapped !== undefined, 'a person who is not erased has a data key');
  return keys.unwrap(person, wrapped);
}

/** Claims that the batch dropped and made, of the customers it spoke of. */
function claimChanges(changes: Changes, before: ReadonlyMap<string, ReadonlySet<string>>, touched: Touched): void {
  for (const [customer, earlier] of before) {
    const row = changes.customers.get(customer);
    assert(row !== undefined, 'a customer whose claims were looked at has spoken');
    const { firm, reference } = row;
    const now = touched.state.claimsOf.get(customer) ?? new Map();
    for (const hash of earlier) if (!now.has(hash)) changes.dropped.push({ firm, reference, hash });
    for (const [hash, kind] of now) if (!earlier.has(hash)) changes.claimed.push({ firm, reference, hash, kind });
  }
}
