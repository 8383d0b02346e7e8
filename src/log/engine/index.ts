/**
 * The engines that an installation carries in itself, for the program's own entry to start. No room
 * imports this: a room is given connections.
 */
export { openClickHouse } from './clickhouse-host.ts';
export { startPostgres, type DatabaseRole, type Postgres } from './postgres.ts';
export { Refusal } from './refusal.ts';
