/**
 * Who may do what: the access table, people and their sessions, machine clients and their filings, the
 * installation's keys, and the words of row-level security.
 */
export { BrowserDoor } from './browser.ts';
export { ClientRegister, type Enrolment } from './client-register.ts';
export { FirmGate, type SignatureVerifier } from './gate.ts';
export { openKeys, p256Jwk, type KeyRing } from './keys.ts';
export { accessMigrations } from './migrations.ts';
export type { NewOfficer } from './officer.ts';
export { ROLES, actionsOf, decide, type Member } from './roles.ts';
export { firmRows, ownRows, publicRows, sharedRows } from './row-security.ts';
export { SecretFiles } from './secret-files.ts';
export type { Session } from './session.ts';
export { StaffDesk } from './staff.ts';
