/**
 * The register's tables. `status` and `change` are views of the ledger; `position` tells how far they follow it. The
 * key of `status` is temporal: a firm has one class and one scope at an instant, and the database holds to it. Both
 * are public, so every member may read them.
 */

import { ownRows, publicRows } from '../access/index.ts';
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
  {
    id: '952-register-warnings',
    sql: `
create table register.warning (warning text primary key, entry bigint not null unique, body text not null);
comment on column register.warning.body is 'The warning as it stands, as JSON; a natural person is in it by salted hashes.';
grant select, insert, update on register.warning to nigran_app;
${publicRows('register.warning')}
create policy rows_kept on register.warning as restrictive for update to nigran_app using (current_setting('nigran.organisation', true) = 'system');
`,
  },
  {
    id: '953-register-complaints',
    sql: `
create table register.complaint (
  complaint text primary key,
  kind text not null,
  firm text,
  queue text not null,
  state text not null check (state in ('received', 'referred', 'closed')),
  outcome text,
  referred_to text,
  words text not null,
  sealed text not null,
  loss_minor bigint,
  received_at bigint not null,
  changed_at bigint not null,
  entry bigint not null unique
);
comment on column register.complaint.sealed is 'SHA-256 of who complained and in which words, sealed for the vault, in objects.';
create index complaint_open on register.complaint (queue, entry) where state <> 'closed';
create index complaint_firm on register.complaint (firm, entry);
grant select, insert, update on register.complaint to nigran_app;
${ownRows('register.complaint')}
`,
  },
  {
    id: '954-register-foreign', refolds: true,
    sql: `
create table register.foreign_state (
  entry bigint primary key,
  register text not null,
  taken_at bigint not null,
  sha256 text not null,
  records int not null,
  unique (register, taken_at)
);
create table register.foreign_record (
  register text not null,
  record text not null,
  during int8range not null check (not isempty(during) and not lower_inf(during)),
  entry bigint not null,
  lei text,
  name text not null,
  body text not null,
  constraint foreign_period primary key (register, record, during without overlaps)
);
comment on column register.foreign_record.during is 'Microseconds: from the state that first said so until the first that said otherwise, or nothing.';
create index foreign_lei on register.foreign_record (lei);
create index foreign_name on register.foreign_record (name);
grant select, insert on register.foreign_state to nigran_app;
grant select, insert, update (during) on register.foreign_record to nigran_app;
${ownRows('register.foreign_state')}
${ownRows('register.foreign_record')}
`,
  },
  {
    id: '955-register-push',
    sql: `
create table register.push (
  subscriber text not null,
  firm text not null,
  told text,
  told_at bigint,
  attempts int not null,
  due_at bigint not null,
  fault text,
  primary key (subscriber, firm)
);
comment on column register.push.told is 'SHA-256 of the answer that was taken last, without its minute. No view: what was sent is not in the ledger.';
grant select, insert, update on register.push to nigran_app;
${ownRows('register.push')}
`,
  },
];
