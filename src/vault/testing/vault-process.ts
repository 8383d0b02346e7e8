/**
 * For tests: the vault's process as `main` would start it, with its settings as one message. It says
 * `ready` and runs until it is ended.
 */

import { createHash, randomBytes } from 'node:crypto';
import { SecretFiles } from '../../access/index.ts';
import { openPool } from '../../log/index.ts';
import { instantOfMilliseconds } from '../../terms/index.ts';
import { serveVault } from '../index.ts';
import type { VaultSettings } from './house.ts';

process.once('disconnect', () => process.exit(0));
process.once('message', (settings: VaultSettings) => {
  void (async () => {
    await serveVault({
      address: settings.address, pool: openPool(settings.database, 4), random: (n) => randomBytes(n), clock: () => instantOfMilliseconds(Date.now()),
      secrets: new SecretFiles({ directory: settings.keys, draw: (label, n) => (settings.seed === undefined ? randomBytes(n) : fromSeed(settings.seed, label, n)) }),
      drawPerson: settings.seed === undefined
        ? () => randomBytes(16)
        : ({ index, attempt }) => fromSeed(`${settings.seed}`, `person ${attempt} ${Buffer.from(index).toString('hex')}`, 16),
      log: (line) => process.stderr.write(`${line}\n`),
    });
    process.send?.('ready');
  })();
});

function fromSeed(seed: string, label: string, length: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(`${seed}\0${label}`).digest();
}
