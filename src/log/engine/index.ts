/**
 * The engines that an installation carries in itself, for the program's own entry to start. No room
 * imports this: a room is given connections.
 */
export { openClickHouse } from './clickhouse-host.ts';
export { connectClickHouse } from './external-clickhouse.ts';
export { connectPostgres } from './external-postgres.ts';
export { holderOf, tryHold, type Release } from './hold.ts';
export { startPostgres } from './postgres.ts';
export { Refusal, refusalOf } from './refusal.ts';
export type { DatabaseRole, Postgres } from './roles.ts';
export { writeWhole } from './whole-file.ts';
