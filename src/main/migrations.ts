/** Every room's steps of the schema, in the order of their ids. */

import { accessMigrations } from '../access/index.ts';
import { intakeMigrations } from '../intake/index.ts';
import { logMigrations, type Migration } from '../log/index.ts';

export const migrations: readonly Migration[] = [...logMigrations, ...accessMigrations, ...intakeMigrations];
