/**
 * The vault's tables: a schema that only the role `nigran_vault` may enter. Nothing here is readable
 * without the vault's keys: identities are sealed under a data key of their person, data keys are wrapped,
 * identifiers are keyed hashes. None of it is a view of the log.
 */

import type { Migration } from '../log/index.ts';

/** The room's steps, 2xx. */
export const vaultMigrations: readonly Migration[] = [
  {
    id: '201-vault-tables',
    sql: `
create schema vault;
revoke all on schema vault from public;
grant usage on schema vault to nigran_vault;

create table vault.person (
  id bytea primary key check (octet_length(id) = 16),
  data_key bytea,
  made_at bigint not null,
  merged_into bytea references vault.person,
  erased_at bigint,
  check ((data_key is null) = (erased_at is not null))
);
create index person_merged on vault.person (merged_into) where merged_into is not null;
comment on column vault.person.data_key is 'Wrapped under the storage key. Erasure destroys it, and with it every identity sealed under it.';

create table vault.customer (
  firm text not null,
  reference text not null,
  person bytea not null references vault.person,
  primary key (firm, reference)
);
create index customer_person on vault.customer (person);

create table vault.claim (
  hash bytea not null check (octet_length(hash) = 32),
  firm text not null,
  reference text not null,
  kind text not null,
  primary key (hash, firm, reference),
  foreign key (firm, reference) references vault.customer
);
create index claim_customer on vault.claim (firm, reference);
comment on table vault.claim is 'The blind index: keyed hashes of identifiers, and the customers of whom they were stated.';

create table vault.statement (
  firm text not null,
  reference text not null,
  jwe_sha256 bytea not null check (octet_length(jwe_sha256) = 32),
  sealed_under bytea not null references vault.person,
  sealed bytea,
  at bigint not null,
  primary key (firm, reference, jwe_sha256),
  foreign key (firm, reference) references vault.customer
);
comment on column vault.statement.sealed is 'Null once erased; the row stays, so that a retry brings nothing back.';

create table vault.doubt (
  firm text not null,
  reference text not null,
  hash bytea not null,
  person bytea not null references vault.person,
  at bigint not null,
  primary key (firm, reference, hash)
);
comment on table vault.doubt is 'Identifiers that a statement named although they are another person''s: for an officer to look into.';

grant select, insert, update on vault.person, vault.customer, vault.statement, vault.doubt to nigran_vault;
grant select, insert, delete on vault.claim to nigran_vault;
grant delete on vault.doubt to nigran_vault;
`,
  },
  {
    id: '202-statements-screened',
    sql: `
alter table vault.statement add column screened boolean not null default false;
create index statement_unscreened on vault.statement (at, firm, reference) where not screened and sealed is not null;
comment on column vault.statement.screened is 'Whether what came of screening it was written down; a statement of before is screened at the next start.';
`,
  },
];
