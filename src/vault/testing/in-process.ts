/** For tests: a vault that serves on a socket inside the test's own process, with the watch that the test gives it. */

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type pg from 'pg';
import { CompactEncrypt, importJWK } from 'jose';
import { SecretFiles } from '../../access/index.ts';
import type { Instant } from '../../terms/index.ts';
import { VaultClient, serveVault, type IdentityInput, type VaultProcessGround } from '../index.ts';

/** What a vault of a test stands on. `home`: a directory of its own. */
export interface TestVaultGround {
  /** As `nigran_vault`. */
  readonly pool: pg.Pool;
  readonly home: string;
  readonly clock: () => Instant;
  readonly watch?: VaultProcessGround['watch'];
}

/** A vault that may be ended and begun again on its keys. */
export class TestVault {
  readonly client: VaultClient;
  readonly #ground: TestVaultGround;
  readonly #address: { readonly socket: string; readonly secret: string };
  #serving: { close(): Promise<void> } | undefined;

  constructor(ground: TestVaultGround) {
    this.#ground = ground;
    this.#address = { socket: join(ground.home, 'vault.sock'), secret: randomBytes(32).toString('base64url') };
    this.client = new VaultClient(this.#address);
  }

  async start(): Promise<void> {
    const { pool, home, clock, watch } = this.#ground;
    this.#serving = await serveVault({
      address: this.#address, pool, clock, random: (length) => randomBytes(length), drawPerson: () => randomBytes(16), log: () => undefined,
      secrets: new SecretFiles({ directory: join(home, 'keys'), draw: (_name, length) => randomBytes(length) }), ...(watch === undefined ? {} : { watch }),
    });
  }

  async stop(): Promise<void> {
    await this.#serving?.close();
    this.#serving = undefined;
  }

  /** Seals any value for the vault, as a compact JWE. */
  async seal(value: object): Promise<string> {
    const jwk = await this.client.publicKey();
    if (jwk === undefined) throw new Error('the vault gives its key');
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value))).setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: jwk.kid }).encrypt(await importJWK({ ...jwk }, 'ECDH-ES+A256KW'));
  }

  /** Onboards customers, sealed as a firm seals them; gives the ids of the people. */
  async onboard(firm: string, customers: readonly (readonly [string, IdentityInput])[]): Promise<string[]> {
    const sealed = await Promise.all(customers.map(async ([customer, identity]) => ({ firm, customer, jwe: await this.seal(identity) })));
    return (await this.client.resolve(sealed)).map((answer) => {
      if (!('person' in answer)) throw new Error(JSON.stringify(answer));
      return answer.person;
    });
  }
}
