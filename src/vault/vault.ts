/**
 * The vault: sealed identities in, person ids out; identities back only to someone with a case, a reason
 * and a second person, and never before the entry that says so is on disk. Batches that come while one
 * commits are joined, in their order. The keys never leave this process, and what was opened never leaves
 * it but by `unmask` and `openAnswers`.
 */

import { createHash } from 'node:crypto';
import type pg from 'pg';
import { append, withTransaction, type Tx } from '../log/index.ts';
import { assert, parsePersonId, reject, type Instant, type PersonId, type Rejection } from '../terms/index.ts';
import { namedParties, readAnswers, sealedHash, type AnswersAct, type NamedParty, type OpenedAnswers } from './answers.ts';
import { identifiersOf, readIdentity, type Identity } from './identity.ts';
import type { IdentityKey, VaultKeys } from './keys.ts';
import { aboutOf, resolveStatements } from './resolve.ts';
import { lockWriter, type OpenedStatement } from './store.ts';

/** A sealed identity, and of which firm's customer it speaks. */
export interface Sealed {
  readonly firm: string;
  readonly customer: string;
  /** Compact JWE for the vault's public key. */
  readonly jwe: string;
}

/** To whom it belongs, or why it cannot be read. */
export type Resolution = { readonly person: PersonId } | { readonly rejection: Rejection };

/** Who acts on a person, with whom, and on what ground. */
export interface Act {
  readonly person: string;
  readonly actor: string;
  readonly second: string;
  readonly reason: string;
}

/** What a firm stated of the person, last. */
export interface Unmasked {
  readonly firm: string;
  readonly customer: string;
  readonly at: Instant;
  readonly identity: Identity;
}

export interface VaultGround {
  /** As `nigran_vault`. */
  readonly pool: pg.Pool;
  readonly keys: VaultKeys;
  readonly clock: () => Instant;
  /**
   * Sixteen bytes for a new person. By chance; a demo may compute them from `index`, the keyed hash of the
   * strongest identifier, so that its ids do not depend on who came first. `attempt` rises when the id is taken.
   */
  readonly drawPerson: (about: { readonly index: Uint8Array; readonly attempt: number }) => Uint8Array;
}

/** Statements of one transaction at most: about half a second of work. */
const BATCH_MAX = 2_000;
/** Ids drawn for a statement: by chance one is enough; a demo's may be taken by someone who was erased. */
const DRAWS = 3;
const REASON_LENGTH_MAX = 2_000;

interface Waiting {
  readonly statements: readonly OpenedStatement[];
  readonly done: (people: readonly PersonId[]) => void;
  readonly failed: (error: unknown) => void;
}

export class Vault {
  readonly #ground: VaultGround;
  #queue: Waiting[] = [];
  #running = false;

  constructor(ground: VaultGround) {
    this.#ground = ground;
  }

  get publicKey(): IdentityKey {
    return this.#ground.keys.publicKey;
  }

  /** Resolves sealed identities; the answers are in their order. Throws when the database cannot be asked. */
  async resolve(sealed: readonly Sealed[]): Promise<Resolution[]> {
    const opened = await Promise.all(sealed.map((one) => this.#open(one)));
    const people = await this.#link(opened.filter((one) => 'bytes' in one));
    let next = 0;
    return opened.map((one) => {
      if (!('bytes' in one)) return { rejection: one };
      const person = people[next];
      next += 1;
      assert(person !== undefined, 'each statement is answered');
      return { person };
    });
  }

  async #open(sealed: Sealed): Promise<OpenedStatement | Rejection> {
    const { keys, drawPerson } = this.#ground;
    const bytes = await keys.open(sealed.jwe);
    if ('code' in bytes) return bytes;
    const identity = readIdentity(bytes);
    if ('code' in identity) return identity;
    const claims = identifiersOf(identity).map((identifier) => ({ kind: identifier.kind, hash: keys.blind(identifier) }));
    const index = claims[0]?.hash;
    assert(index !== undefined, 'an identity has an identifier');
    const drawn = Array.from({ length: DRAWS }, (_, attempt) => Buffer.from(drawPerson({ index, attempt })).toString('hex'));
    assert(drawn.every((id) => parsePersonId(id) !== undefined), 'a person id is sixteen bytes');
    return {
      firm: sealed.firm, reference: sealed.customer, jweSha256: createHash('sha256').update(sealed.jwe).digest(), bytes, drawn,
      claims: claims.map((claim) => ({ kind: claim.kind, hash: claim.hash.toString('hex') })),
    };
  }

  #link(statements: readonly OpenedStatement[]): Promise<readonly PersonId[]> {
    if (statements.length === 0) return Promise.resolve([]);
    const answer = new Promise<readonly PersonId[]>((done, failed) => {
      this.#queue.push({ statements, done, failed });
    });
    void this.#run();
    return answer;
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.#queue.length > 0) await this.#commit(this.#nextBatch());
    this.#running = false;
  }

  #nextBatch(): Waiting[] {
    let size = 0;
    let taken = 0;
    for (const waiting of this.#queue) {
      if (taken > 0 && size + waiting.statements.length > BATCH_MAX) break;
      size += waiting.statements.length;
      taken += 1;
    }
    return this.#queue.splice(0, taken);
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const { pool, keys, clock } = this.#ground;
      const people = await withTransaction(pool, (tx) => resolveStatements(tx, clock(), keys, batch.flatMap((each) => each.statements)));
      let from = 0;
      for (const each of batch) {
        each.done(people.slice(from, from + each.statements.length));
        from += each.statements.length;
      }
    } catch (error) {
      for (const each of batch) each.failed(error);
    }
  }

  /** The identities stated of a person. The entry is on disk before anything is opened. */
  async unmask(act: Act & { readonly case: string }): Promise<readonly Unmasked[] | Rejection> {
    const wrong = wrongAct(act) ?? (act.case.trim() === '' ? reject('DECISION_INVALID', 'case') : undefined);
    if (wrong !== undefined) return wrong;
    const { pool, clock } = this.#ground;
    const person = await withTransaction(pool, (tx) => presentPerson(tx, act.person));
    if (person === undefined) return reject('NOT_FOUND');
    await withTransaction(pool, (tx) => append(tx, clock(), [{
      kind: 'person-unmasked', actor: act.actor, second: act.second, basis: act.case, body: { person: act.person, case: act.case, reason: act.reason },
    }]));
    return withTransaction(pool, (tx) => this.#openAll(tx, person));
  }

  /** The sealed answers of a form, for an officer with a reason. The entry is on disk before they leave. */
  async openAnswers(act: AnswersAct): Promise<{ readonly entry: number; readonly answers: OpenedAnswers } | Rejection> {
    if (act.reason.trim() === '' || act.reason.length > REASON_LENGTH_MAX) return reject('DECISION_INVALID', 'reason');
    const { pool, keys, clock } = this.#ground;
    const plain = await keys.open(act.jwe);
    if ('code' in plain) return reject('FORM_ANSWER_INVALID', 'sealed');
    const answers = readAnswers(plain, act);
    if (isRejection(answers)) return answers;
    const { firm, form, about, reason } = act;
    const [entry] = await withTransaction(pool, (tx) => append(tx, clock(), [{ kind: 'answers-opened', actor: act.actor, basis: reason, body: { firm, form, about, sealed: sealedHash(act.jwe), reason } }]));
    assert(entry !== undefined, 'an append gives its entries back');
    return { entry: entry.index, answers };
  }

  /**
   * Whom the answers of a form name, for the screening in this process. No person reads them, so no entry says that
   * somebody did: what came of it is the entry of who asked.
   */
  async namedIn(asked: { readonly form: string; readonly about: string; readonly jwe?: string | undefined; readonly open: readonly NamedParty[] }): Promise<NamedParty[] | Rejection> {
    if (asked.jwe === undefined) return [...asked.open];
    const plain = await this.#ground.keys.open(asked.jwe);
    if ('code' in plain) return reject('FORM_ANSWER_INVALID', 'sealed');
    const answers = readAnswers(plain, asked);
    return isRejection(answers) ? answers : [...asked.open, ...namedParties(answers)];
  }

  async #openAll(tx: Tx, person: Buffer): Promise<Unmasked[]> {
    const { keys } = this.#ground;
    const found = await tx.query<{ firm: string; reference: string; jwe_sha256: Buffer; sealed_under: Buffer; sealed: Buffer; data_key: Buffer; at: Instant }>(
      `select distinct on (s.firm, s.reference) s.firm, s.reference, s.jwe_sha256, s.sealed_under, s.sealed, p.data_key, s.at
       from vault.customer k join vault.statement s using (firm, reference) join vault.person p on p.id = s.sealed_under
       where k.person = $1 and s.sealed is not null and p.data_key is not null order by s.firm, s.reference, s.at desc, s.jwe_sha256`, [person]);
    return found.rows.map((row) => {
      const dataKey = keys.unwrap(row.sealed_under.toString('hex'), row.data_key);
      const identity = readIdentity(keys.unseal(dataKey, row.sealed, aboutOf({ firm: row.firm, reference: row.reference, jweSha256: row.jwe_sha256 })));
      assert(!('code' in identity), 'what was sealed could be read');
      return { firm: row.firm, customer: row.reference, at: row.at, identity };
    });
  }

  /** The words of a sealed complaint. The entry that says who reads it, and why, is on disk before anything is opened. */
  async openComplaint(act: { readonly complaint: string; readonly jwe: string; readonly actor: string; readonly reason: string }): Promise<string | Rejection> {
    if (act.reason.trim() === '' || act.reason.length > REASON_LENGTH_MAX) return reject('DECISION_INVALID', 'reason');
    const { pool, clock, keys } = this.#ground;
    const sealed = createHash('sha256').update(act.jwe).digest('hex');
    await withTransaction(pool, (tx) => append(tx, clock(), [{ kind: 'complaint-opened', actor: act.actor, basis: 'complaint', body: { complaint: act.complaint, sealed, reason: act.reason } }]));
    const opened = await keys.openLetter(act.jwe);
    return opened === undefined ? reject('NOT_FOUND', 'sealed') : Buffer.from(opened).toString('utf8');
  }

  /**
   * Erases a person: data keys, sealed identities and index rows of the id and of all that were merged into
   * it, with an entry. The id and the activity under it stay; a retry of an old statement brings nothing back.
   */
  async erase(act: Act): Promise<Rejection | undefined> {
    const wrong = wrongAct(act);
    if (wrong !== undefined) return wrong;
    const { pool, clock } = this.#ground;
    return withTransaction(pool, async (tx) => {
      await lockWriter(tx);
      const person = await presentPerson(tx, act.person);
      if (person === undefined) return reject('NOT_FOUND');
      const now = clock();
      await tx.query('delete from vault.claim c using vault.customer k where k.firm = c.firm and k.reference = c.reference and k.person = $1', [person]);
      await tx.query('delete from vault.doubt d using vault.customer k where k.firm = d.firm and k.reference = d.reference and k.person = $1', [person]);
      await tx.query('update vault.statement s set sealed = null from vault.customer k where k.firm = s.firm and k.reference = s.reference and k.person = $1', [person]);
      await tx.query('update vault.person set data_key = null, erased_at = $2 where id = $1 or merged_into = $1', [person, now]);
      await append(tx, now, [{ kind: 'person-erased', actor: act.actor, second: act.second, basis: act.reason, body: { person: person.toString('hex'), reason: act.reason } }]);
      return undefined;
    });
  }
}

function isRejection(answers: OpenedAnswers | Rejection): answers is Rejection {
  return 'code' in answers && typeof answers.code === 'string';
}

/** The id under which a person stands today, or `undefined` when there is none or it was erased. */
async function presentPerson(tx: Tx, person: string): Promise<Buffer | undefined> {
  const id = parsePersonId(person);
  if (id === undefined) return undefined;
  const found = await tx.query<{ id: Buffer }>(
    `select p.id from vault.person asked join vault.person p on p.id = coalesce(asked.merged_into, asked.id) where asked.id = $1 and p.data_key is not null`, [Buffer.from(id, 'hex')]);
  return found.rows[0]?.id;
}

function wrongAct(act: Act): Rejection | undefined {
  if (act.reason.trim() === '' || act.reason.length > REASON_LENGTH_MAX) return reject('DECISION_INVALID', 'reason');
  if (act.actor === '' || act.second === '' || act.second === act.actor) return reject('SECOND_PERSON_REQUIRED');
  return undefined;
}
