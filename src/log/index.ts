/**
 * The only memory: the ledger and its trees, the event log, leases and positions, objects, and the
 * connections they stand on.
 */
export { EMPTY_ROW, decodeBatch, encodeBatch, wideHex, type EventBatch, type EventRow } from './batch.ts';
export { SYSTEM, migrate, openPool, packed, withActor, withTransaction, type Actor, type Connection, type Db, type Migration, type Tx } from './database.ts';
export { READ_BATCHES_MAX, type EventLog, type NewBatch, type StoredBatch } from './event-log.ts';
export { PgEventLog } from './event-log-pg.ts';
export { MemoryEventLog } from './event-log-memory.ts';
export { StaleLease, claimLeases, commitPositions, readPosition, releaseLeases, type Lease } from './lease.ts';
export { LocalObjects, type Objects } from './objects.ts';
export { LEDGER, append, isKind, lockLedger, lockLedgerWith, readEntries, type Entry, type NewEntry } from './ledger.ts';
export { grow, leafOf, proveConsistency, proveInclusion, sha256, treeHead, type Grown, type LockedTree, type TreeHead } from './tree.ts';
export { newestHead, signHead, type SignedHead } from './checkpoint.ts';
export { PublicLog, REGISTER_LOG, type Published } from './public-log.ts';
export { logMigrations } from './migrations.ts';
export { Analytics, type AnalyticsAddress } from './analytics/client.ts';
export { Projector } from './analytics/projector.ts';
export { makeEventsTable } from './analytics/table.ts';
