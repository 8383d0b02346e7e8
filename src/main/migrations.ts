/** Every room's steps of the schema, in the order of their ids. */

import { accessMigrations } from '../access/index.ts';
import { alertMigrations } from '../alerts/index.ts';
import { insightMigrations } from '../insight/index.ts';
import { intakeMigrations } from '../intake/index.ts';
import { licensingMigrations } from '../licensing/index.ts';
import { logMigrations, type Migration } from '../log/index.ts';
import { monitorMigrations } from '../monitor/index.ts';
import { obligationMigrations } from '../obligations/index.ts';
import { registerMigrations } from '../register/index.ts';
import { screeningMigrations } from '../screening/index.ts';
import { vaultMigrations } from '../vault/index.ts';

export const migrations: readonly Migration[] = [
  ...logMigrations, ...accessMigrations, ...vaultMigrations, ...licensingMigrations, ...screeningMigrations, ...intakeMigrations, ...monitorMigrations, ...alertMigrations, ...obligationMigrations, ...insightMigrations, ...registerMigrations,
];
