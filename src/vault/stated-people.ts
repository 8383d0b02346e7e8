/**
 * Identities for who screens them inside the vault's process: those that were stated and not screened yet, all that
 * stand, and those of a few people. What is opened here leaves the process by no door: a reader gets it as a value of
 * this process's memory, and the process is this room's. A statement counts as screened in the transaction in which
 * what came of it was written down, so a process that is killed screens again and says nothing twice.
 */

import type pg from 'pg';
import type { Db, Tx } from '../log/index.ts';
import { assert, instantOf, parsePersonId, type Instant, type PersonId } from '../terms/index.ts';
import { readIdentity, type Identity } from './identity.ts';
import type { VaultKeys } from './keys.ts';
import { aboutOf } from './resolve.ts';

/** People opened with one call at most. */
const PEOPLE_MAX = 5_000;

/** A statement of identity, opened. */
export interface OpenStatement {
  /** The id under which the person stands today. */
  readonly person: PersonId;
  readonly firm: string;
  readonly reference: string;
  readonly jweSha256: Buffer;
  readonly identity: Identity;
}

interface Row {
  readonly firm: string; readonly reference: string; readonly jwe_sha256: Buffer; readonly sealed_under: Buffer; readonly sealed: Buffer; readonly data_key: Buffer; readonly person: Buffer;
}

const COLUMNS = 's.firm, s.reference, s.jwe_sha256, s.sealed_under, s.sealed, p.data_key, k.person';
const FROM = 'vault.statement s join vault.customer k using (firm, reference) join vault.person p on p.id = s.sealed_under';
/** Only the last statement of a customer says who they are today. */
const LAST = 'not exists (select from vault.statement l where l.firm = s.firm and l.reference = s.reference and (l.at, l.jwe_sha256) > (s.at, s.jwe_sha256))';

/** Opens identities for the screening that runs in this process. */
export class StatedPeople {
  readonly #pool: pg.Pool;
  readonly #keys: VaultKeys;

  /** `pool`: as `nigran_vault`. */
  constructor(pool: pg.Pool, keys: VaultKeys) {
    this.#pool = pool;
    this.#keys = keys;
  }

  /** The connections of the vault, for who writes down what came of a screening. */
  get pool(): pg.Pool {
    return this.#pool;
  }

  /** Statements that were not screened yet, the oldest first. */
  async unscreened(limit: number): Promise<OpenStatement[]> {
    return this.#opened(await this.#pool.query<Row>(`select ${COLUMNS} from ${FROM} where not s.screened and s.sealed is not null and p.data_key is not null order by s.at, s.firm, s.reference, s.jwe_sha256 limit $1`, [limit]));
  }

  /** Marks statements as screened, within the transaction in which what came of them is written. */
  async markScreened(tx: Tx, statements: readonly OpenStatement[]): Promise<void> {
    await tx.query('update vault.statement s set screened = true from unnest($1::text[], $2::text[], $3::bytea[]) as t(firm, reference, jwe) where s.firm = t.firm and s.reference = t.reference and s.jwe_sha256 = t.jwe',
      [statements.map((one) => one.firm), statements.map((one) => one.reference), statements.map((one) => one.jweSha256)]);
  }

  /** Lets everybody be screened again: a list has changed in so much that names are not run against people. */
  async screenAllAgain(tx: Tx): Promise<void> {
    await tx.query('update vault.statement set screened = false where screened');
  }

  /** What customers last stated, of those who were screened, page by page in the order of firm and reference. */
  async *screened(pageLength: number): AsyncGenerator<OpenStatement[]> {
    for (let [firm, reference] = ['', '']; ;) {
      const found = await this.#pool.query<Row>(`select ${COLUMNS} from ${FROM} where s.screened and s.sealed is not null and p.data_key is not null and (s.firm, s.reference) > ($1, $2) and ${LAST} order by s.firm, s.reference limit $3`, [firm, reference, pageLength]);
      const last = found.rows.at(-1);
      if (last === undefined) return;
      [firm, reference] = [last.firm, last.reference];
      yield this.#opened(found);
    }
  }

  /** What is stated of people today, by the id under which each stands; who was erased is left out. */
  async open(people: readonly string[]): Promise<Map<PersonId, OpenStatement[]>> {
    assert(people.length <= PEOPLE_MAX, 'people are opened by the page');
    const found = await this.#pool.query<Row>(
      `select ${COLUMNS} from ${FROM} where k.person in (select coalesce(merged_into, id) from vault.person where id = any($1)) and s.sealed is not null and p.data_key is not null and ${LAST} order by k.person, s.firm, s.reference`,
      [people.map((id) => Buffer.from(id, 'hex'))]);
    const opened = new Map<PersonId, OpenStatement[]>();
    for (const one of this.#opened(found)) opened.set(one.person, [...(opened.get(one.person) ?? []), one]);
    return opened;
  }

  /** Everybody who was erased after an instant, under every id that they had; with the instant of the last. */
  async erasedSince(at: Instant): Promise<{ readonly people: ReadonlySet<string>; readonly last: Instant }> {
    const found = await this.#pool.query<{ id: Buffer; erased_at: number }>('select id, erased_at from vault.person where erased_at > $1', [at]);
    return { people: new Set(found.rows.map((row) => row.id.toString('hex'))), last: instantOf(Math.max(at, ...found.rows.map((row) => row.erased_at))) };
  }

  /** Ids under which people stand today, by the ids asked for; `undefined` for who was erased. */
  async present(db: Db, people: readonly string[]): Promise<Map<string, PersonId | undefined>> {
    const found = await db.query<{ asked: Buffer; id: Buffer; erased_at: number | null }>(
      'select a.id as asked, p.id, p.erased_at from vault.person a join vault.person p on p.id = coalesce(a.merged_into, a.id) where a.id = any($1)', [people.map((id) => Buffer.from(id, 'hex'))]);
    return new Map(found.rows.map((row) => [row.asked.toString('hex'), row.erased_at === null ? idOf(row.id) : undefined]));
  }

  #opened(found: { readonly rows: readonly Row[] }): OpenStatement[] {
    return found.rows.map((row) => {
      const dataKey = this.#keys.unwrap(row.sealed_under.toString('hex'), row.data_key);
      const identity = readIdentity(this.#keys.unseal(dataKey, row.sealed, aboutOf({ firm: row.firm, reference: row.reference, jweSha256: row.jwe_sha256 })));
      assert(!('code' in identity), 'what was sealed could be read');
      return { person: idOf(row.person), firm: row.firm, reference: row.reference, jweSha256: row.jwe_sha256, identity };
    });
  }
}

function idOf(bytes: Buffer): PersonId {
  const id = parsePersonId(bytes.toString('hex'));
  assert(id !== undefined, 'the vault keeps person ids');
  return id;
}
