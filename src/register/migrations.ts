/**
 * The register's tables. `status` and `change` are views of the ledger; `position` tells how far they follow it. The
 * key of `status` is temporal: a firm has one class and one scope at an instant, and the database holds to it. Both
 * are public, so every member may read them.
 */

import { publicRows } from '../access/index.ts';
import type { Migration } from '../log/index.ts';

/** The room's steps, 95x. */
export const registerMigrations: readonly Migration[] = [
  {
    id: '951-register-tables',
    sql: `
create schema register;
grant usage on schema register to nigran_app;
create table register.status (
  firm text not null,
  during int8range not null check (not isempty(during) and not lower_inf(during)),
  class text not null check (class in ('licensed', 'aml-registered', 'noc', 'transitional', 'sandbox', 'no-action', 'suspended', 'revoked', 'ended')),
  stage text,
  services text[] not null,
  entry bigint not null,
  constraint status_period primary key (firm, during without overlaps)
);
comment on column register.status.during is 'Microseconds: from the instant on which class or scope changed until the next change.';
create table register.change (
  n bigint primary key,
  entry bigint not null unique,
  kind text not null,
  about text not null,
  at bigint not null,
  body text not null
);
comment on column register.change.body is 'Canonical JSON of the public statement.';
create table register.position (one boolean primary key default true check (one), next bigint not null);
insert into register.position (next) values (0);
grant select, insert, delete on register.status to nigran_app;
grant select, insert on register.change to nigran_app;
grant select, update on register.position to nigran_app;
${publicRows('register.status')}
${publicRows('register.change')}
`,
  },
];
