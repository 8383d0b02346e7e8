/**
 * The vault's tables as the linker needs them: the part that a batch touches is read with the same few
 * statements, whether its people are known or new, and what changed is written with the same few. So a firm
 * cannot tell from an answer, or from how long it took, whether somebody was known.
 */

import type { Tx } from '../log/index.ts';
import { assert, type Instant } from '../terms/index.ts';
import { IDENTIFIER_KINDS, type IdentifierKind } from './identity.ts';
import { LinkState } from './link.ts';

/** A statement on its way into the tables. */
export interface OpenedStatement {
  readonly firm: string;
  readonly reference: string;
  /** SHA-256 of the compact JWE: the same bytes again are a retry. */
  readonly jweSha256: Buffer;
  readonly claims: readonly { readonly hash: string; readonly kind: IdentifierKind }[];
  /** Ids for a new person, in the order in which they are tried. */
  readonly drawn: readonly string[];
  readonly bytes: Uint8Array;
}

/** What was read for a batch. */
export interface Touched {
  readonly state: LinkState;
  /** Person of each statement that is a retry, by statement key. */
  readonly retries: ReadonlyMap<string, string>;
  /** Wrapped data keys of the people in the state. */
  readonly dataKeys: Map<string, Buffer>;
  /** Drawn ids that are somebody's already. */
  readonly taken: Set<string>;
}

/** One writer at a time, also when a killed process's transaction still ends. */
const LOCK = 7_306_414;

export const customerKey = (of: { readonly firm: string; readonly reference: string }): string => `${of.firm}\0${of.reference}`;
export const statementKey = (of: OpenedStatement): string => `${customerKey(of)}\0${of.jweSha256.toString('hex')}`;
const hexOf = (bytes: Buffer): string => bytes.toString('hex');
const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** Takes the writer's lock until the commit. */
export async function lockWriter(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
}

/** Reads what a batch touches. */
export async function readTouched(tx: Tx, statements: readonly OpenedStatement[]): Promise<Touched> {
  const firms = statements.map((s) => s.firm);
  const references = statements.map((s) => s.reference);
  const state = new LinkState();
  const retries = await readRetries(tx, statements, firms, references);
  const people = await tx.query<{ id: Buffer }>({
    name: 'vault-people',
    text: `select k.person as id from vault.customer k join unnest($1::text[], $2::text[]) as s(firm, reference) using (firm, reference)
           union select k.person from vault.claim c join vault.customer k using (firm, reference) where c.hash = any($3)`,
    values: [firms, references, statements.flatMap((s) => s.claims.map((claim) => bytesOf(claim.hash)))],
  });
  const keys = await tx.query<{ id: Buffer; data_key: Buffer }>({
    name: 'vault-keys', text: 'select id, data_key from vault.person where id = any($1) and data_key is not null', values: [people.rows.map((row) => row.id)],
  });
  const ids = keys.rows.map((row) => row.id);
  const customers = await tx.query<{ firm: string; reference: string; person: Buffer }>({
    name: 'vault-customers', text: 'select firm, reference, person from vault.customer where person = any($1)', values: [ids],
  });
  for (const row of customers.rows) state.addCustomer(customerKey(row), hexOf(row.person));
  const claims = await tx.query<{ hash: Buffer; kind: string; firm: string; reference: string }>({
    name: 'vault-claims', text: 'select c.hash, c.kind, c.firm, c.reference from vault.customer k join vault.claim c using (firm, reference) where k.person = any($1)', values: [ids],
  });
  for (const row of claims.rows) state.addClaim(customerKey(row), { hash: hexOf(row.hash), kind: kindOf(row.kind) });
  const taken = await tx.query<{ id: Buffer }>({
    name: 'vault-taken', text: 'select id from vault.person where id = any($1)', values: [statements.flatMap((s) => s.drawn.map(bytesOf))],
  });
  return { state, retries, dataKeys: new Map(keys.rows.map((row) => [hexOf(row.id), row.data_key])), taken: new Set(taken.rows.map((row) => hexOf(row.id))) };
}

async function readRetries(tx: Tx, statements: readonly OpenedStatement[], firms: readonly string[], references: readonly string[]): Promise<Map<string, string>> {
  const found = await tx.query<{ firm: string; reference: string; jwe_sha256: Buffer; person: Buffer }>({
    name: 'vault-retries',
    text: `select firm, reference, jwe_sha256, k.person from unnest($1::text[], $2::text[], $3::bytea[]) as s(firm, reference, jwe_sha256)
           join vault.statement using (firm, reference, jwe_sha256) join vault.customer k using (firm, reference)`,
    values: [firms, references, statements.map((s) => s.jweSha256)],
  });
  return new Map(found.rows.map((row) => [`${customerKey(row)}\0${hexOf(row.jwe_sha256)}`, hexOf(row.person)]));
}

function kindOf(text: string): IdentifierKind {
  const kind = IDENTIFIER_KINDS.find((each) => each === text);
  assert(kind !== undefined, 'the index holds only kinds that this version knows');
  return kind;
}

/** What a batch changed. */
export interface Changes {
  readonly people: Map<string, Buffer>;
  readonly customers: Map<string, { readonly firm: string; readonly reference: string; readonly person: string }>;
  readonly dropped: { readonly firm: string; readonly reference: string; readonly hash: string }[];
  readonly claimed: { readonly firm: string; readonly reference: string; readonly hash: string; readonly kind: IdentifierKind }[];
  readonly statements: { readonly firm: string; readonly reference: string; readonly jweSha256: Buffer; readonly sealedUnder: string; readonly sealed: Buffer }[];
  readonly doubts: { readonly firm: string; readonly reference: string; readonly hash: string; readonly person: string }[];
  readonly merges: { readonly from: string; readonly into: string }[];
}

/** Writes what a batch changed. */
export async function writeChanges(tx: Tx, changes: Changes, at: Instant): Promise<void> {
  const { customers, dropped, claimed, statements, doubts } = changes;
  await insert(tx, 'vault-new-people', `insert into vault.person (id, data_key, made_at) select i, k, $3 from unnest($1::bytea[], $2::bytea[]) as t(i, k)`,
    [[...changes.people.keys()].map(bytesOf), [...changes.people.values()], at]);
  const rows = [...customers.values()];
  await insert(tx, 'vault-upsert-customers', `insert into vault.customer (firm, reference, person) select * from unnest($1::text[], $2::text[], $3::bytea[])
    on conflict (firm, reference) do update set person = excluded.person`, [rows.map((r) => r.firm), rows.map((r) => r.reference), rows.map((r) => bytesOf(r.person))]);
  for (const { from, into } of changes.merges) await merge(tx, bytesOf(from), bytesOf(into));
  await insert(tx, 'vault-drop-claims', `delete from vault.claim c using unnest($1::bytea[], $2::text[], $3::text[]) as t(hash, firm, reference)
    where c.hash = t.hash and c.firm = t.firm and c.reference = t.reference`, [dropped.map((r) => bytesOf(r.hash)), dropped.map((r) => r.firm), dropped.map((r) => r.reference)]);
  await insert(tx, 'vault-claim', 'insert into vault.claim (hash, firm, reference, kind) select * from unnest($1::bytea[], $2::text[], $3::text[], $4::text[])',
    [claimed.map((r) => bytesOf(r.hash)), claimed.map((r) => r.firm), claimed.map((r) => r.reference), claimed.map((r) => r.kind)]);
  await insert(tx, 'vault-state', `insert into vault.statement (firm, reference, jwe_sha256, sealed_under, sealed, at)
    select f, r, j, u, s, $6 from unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[], $5::bytea[]) as t(f, r, j, u, s)`,
    [statements.map((r) => r.firm), statements.map((r) => r.reference), statements.map((r) => r.jweSha256), statements.map((r) => bytesOf(r.sealedUnder)), statements.map((r) => r.sealed), at]);
  await insert(tx, 'vault-doubt', `insert into vault.doubt (firm, reference, hash, person, at) select f, r, h, p, $5 from unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[]) as t(f, r, h, p)
    on conflict do nothing`, [doubts.map((r) => r.firm), doubts.map((r) => r.reference), doubts.map((r) => bytesOf(r.hash)), doubts.map((r) => bytesOf(r.person)), at]);
}

async function insert(tx: Tx, name: string, text: string, values: readonly unknown[]): Promise<void> {
  await tx.query({ name, text, values: [...values] });
}

async function merge(tx: Tx, from: Buffer, into: Buffer): Promise<void> {
  await tx.query('update vault.customer set person = $2 where person = $1', [from, into]);
  await tx.query('update vault.doubt set person = $2 where person = $1', [from, into]);
  await tx.query('update vault.person set merged_into = $2 where id = $1 or merged_into = $1', [from, into]);
}
