/** For tests: a database, objects, a vault that serves on a socket, and the watch over its people. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pakistan } from '../../../framework/testing.ts';
import { openTestDatabase, type TestDatabase } from '../../../log/engine/testing.ts';
import { LocalObjects, SYSTEM, logMigrations, withActor, type Actor, type Entry, type Migration } from '../../../log/index.ts';
import type { Instant, Rejection } from '../../../terms/index.ts';
import { TestVault } from '../../../vault/testing/in-process.ts';
import { vaultMigrations, type IdentityInput, type PeopleWatch, type VaultClient } from '../../../vault/index.ts';
import type { ListEntry } from '../../entity.ts';
import { importNameList, screeningMigrations, type Importer, type NameSource } from '../../index.ts';
import { day } from '../../testing.ts';
import { watchPeople } from '../index.ts';

const BY: Importer = { actor: 'lists', second: 'supervisor', basis: 'refresh of the list' };

/** A house whose people are watched. */
export class WatchedHouse {
  readonly database: TestDatabase;
  readonly objects: LocalObjects;
  readonly vault: TestVault;
  now: Instant = day('2026-11-24');
  readonly #home: string;
  #watch: (PeopleWatch & { round(): Promise<void> }) | undefined;

  private constructor(database: TestDatabase, home: string) {
    this.database = database;
    this.#home = home;
    this.objects = new LocalObjects(join(home, 'objects'));
    this.vault = new TestVault({
      pool: database.pool('nigran_vault'), home, clock: () => this.now,
      watch: (people) => (this.#watch = watchPeople({ objects: this.objects, clock: () => this.now, log: (line) => { throw new Error(line); }, wait: (ms, signal) => new Promise((done) => {
        const timer = setTimeout(done, ms).unref();
        signal.addEventListener('abort', () => { clearTimeout(timer); done(); }, { once: true });
      }) }, people)),
    });
  }

  /** `more`: steps of further rooms. */
  static async open(more: readonly Migration[] = []): Promise<WatchedHouse> {
    const database = await openTestDatabase([...logMigrations, ...vaultMigrations, ...screeningMigrations, ...more]);
    const house = new WatchedHouse(database, mkdtempSync(join(tmpdir(), 'nigran-watch-')));
    await house.vault.start();
    return house;
  }

  get client(): VaultClient {
    return this.vault.client;
  }

  async close(): Promise<void> {
    this.client.close();
    await this.vault.stop();
    await this.database.drop();
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** Onboards a customer; gives the person's id. */
  async onboard(firm: string, customer: string, identity: IdentityInput): Promise<string> {
    const [person = ''] = await this.vault.onboard(firm, [[customer, identity]]);
    return person;
  }

  /** Takes a state of a list in. */
  take(source: NameSource, by: Importer = BY): Promise<Entry<'list-version'> | Rejection> {
    return withActor(this.database.pool('nigran_app'), SYSTEM, (tx) => importNameList(tx, this.now, { objects: this.objects, framework: pakistan() }, source, by));
  }

  /** Lets the watch do a round to its end. */
  async round(): Promise<void> {
    await this.#watch?.round();
  }

  async rows<T extends object>(text: string, actor: Actor = SYSTEM, values: readonly unknown[] = []): Promise<T[]> {
    return withActor(this.database.pool('nigran_app'), actor, async (tx) => (await tx.query<T>(text, [...values])).rows);
  }
}

/** A state of a list of names. */
export function stateOf(list: string, version: string, entries: readonly ListEntry[]): NameSource {
  return { list, version, publishedAt: day(version), source: 'test', entries, rows: entries.length, folded: 0, quarantined: [] };
}

/** An entry of a list; what is not told is empty. */
export function entryOf(list: string, number: string, names: readonly string[], change: Partial<ListEntry> = {}): ListEntry {
  return {
    list, entry: number, schema: 'Person', names: names.map((text, i) => ({ text, kind: i === 0 ? 'primary' : 'alias', quality: 'strong' })), fatherNames: [], birthDates: [], nationalities: [], gender: null,
    identifiers: [], places: [], programs: [], wallets: [], ...change,
  };
}

/** A person of the test; the number makes the CNIC. */
export function personOf(number: number, name: string, change: object = {}): IdentityInput {
  const digits = `00${String(number).padStart(11, '0')}`;
  return { v: 1, type: 'person', name, birthDate: '1990-01-02', nationality: 'PK', cnic: `${digits.slice(0, 5)}-${digits.slice(5, 12)}-${digits.slice(12)}`, ...change };
}
