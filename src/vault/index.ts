/**
 * The only place where a person has a name. Other processes see `VaultClient`; the vault's own process runs
 * `serveVault`.
 */
export { VaultClient, VaultDown } from './client.ts';
export type { Identity, IdentityInput } from './identity.ts';
export type { IdentityKey } from './keys.ts';
export { sealLetter } from './letter.ts';
export { vaultMigrations } from './migrations.ts';
export { serveVault, type PeopleWatch, type VaultProcessGround } from './process.ts';
export type { NamedParty } from './answers.ts';
export type { NamedScreening, VaultAddress } from './protocol.ts';
export type { Act, Resolution, Sealed, Unmasked } from './vault.ts';
export type { OpenStatement, StatedPeople } from './stated-people.ts';
