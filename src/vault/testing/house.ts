/**
 * For tests: a database, a vault's process that can be killed and started again, its client, and identities
 * sealed as a firm seals them.
 */

import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompactEncrypt, importJWK } from 'jose';
import type pg from 'pg';
import { accessMigrations } from '../../access/index.ts';
import { logMigrations } from '../../log/index.ts';
import { openTestDatabase, type TestDatabase } from '../../log/engine/testing.ts';
import { VaultClient, vaultMigrations, type IdentityInput, type VaultAddress } from '../index.ts';

/** What the test's process is told. */
export interface VaultSettings {
  readonly address: VaultAddress;
  readonly database: pg.PoolConfig;
  readonly keys: string;
  readonly seed?: string;
}

/** A vault with its own process and database. */
export class VaultHouse {
  readonly database: TestDatabase;
  readonly home: string;
  readonly settings: VaultSettings;
  readonly client: VaultClient;
  /** Everything that the process ever wrote. */
  output = '';
  #child: ChildProcess | undefined;

  private constructor(database: TestDatabase, home: string, settings: VaultSettings) {
    this.database = database;
    this.home = home;
    this.settings = settings;
    this.client = new VaultClient(settings.address);
  }

  static async open(options: { readonly seed?: string; readonly homeName?: string } = {}): Promise<VaultHouse> {
    const database = await openTestDatabase([...logMigrations, ...accessMigrations, ...vaultMigrations]);
    const home = mkdtempSync(join(tmpdir(), options.homeName ?? 'nigran-vault-'));
    const address = { socket: join(home, 'run', 'vault.sock'), secret: randomBytes(32).toString('base64url') };
    const house = new VaultHouse(database, home, {
      address, database: database.connection('nigran_vault'), keys: join(home, 'vault'), ...(options.seed === undefined ? {} : { seed: options.seed }),
    });
    await house.start();
    return house;
  }

  async start(): Promise<void> {
    const child = fork(fileURLToPath(new URL('vault-process.ts', import.meta.url)), [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => { this.output += bytes.toString('utf8'); });
    this.#child = child;
    await new Promise<void>((done, failed) => {
      child.once('message', () => done());
      child.once('exit', () => failed(new Error(`the vault's process ended: ${this.output}`)));
      child.send(this.settings);
    });
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    this.client.close();
    await this.kill();
    await this.database.drop();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Seals an identity, or any bytes. */
  async seal(identity: IdentityInput | string | object, header: object = {}): Promise<string> {
    const jwk = await this.client.publicKey();
    if (jwk === undefined) throw new Error('the vault gives its key');
    const text = typeof identity === 'string' ? identity : JSON.stringify(identity);
    return new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: jwk.kid, ...header })
      .encrypt(await importJWK({ ...jwk }, 'ECDH-ES+A256KW'));
  }
}

/** A person of the test; the number makes the CNIC. */
export function personOf(number: number, change: object = {}): IdentityInput {
  const digits = `00${String(number).padStart(11, '0')}`;
  return {
    v: 1, type: 'person', name: `Zarghuna Plantedname${number}`, fatherName: 'Mirwais Plantedfather', birthDate: '1990-01-02', nationality: 'PK',
    cnic: `${digits.slice(0, 5)}-${digits.slice(5, 12)}-${digits.slice(12)}`, address: 'House 1, Plantedstreet', contact: { email: `planted${number}@example.com`, phone: '+920000000' }, ...change,
  };
}
