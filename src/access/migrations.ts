/**
 * Access's tables. `staff` and `client` hold what entries (`officer-registered`, `client-registered`)
 * committed to, with what must not stand in the ledger: names, public keys. The rest is no view of the log
 * and dies with its use: sessions, tickets, failures, replay keys. Tokens lie here only as SHA-256.
 */

import type { Migration } from '../log/index.ts';
import { ORGANISATIONS } from './roles.ts';
import { ACTOR_FIRM, ACTOR_ORGANISATION, firmRows, houseRows, ownRows, wall } from './row-security.ts';

/** The room's steps, 1xx. */
export const accessMigrations: readonly Migration[] = [
  {
    id: '101-access-tables',
    sql: `
create schema access;
grant usage on schema access to nigran_app;

create table access.staff (
  account text primary key check (length(account) between 1 and 80),
  name text not null check (length(name) between 1 and 80),
  organisation text not null check (organisation in (${ORGANISATIONS.map((name) => `'${name}'`).join(', ')})),
  firm text,
  roles text[] not null check (cardinality(roles) between 1 and 20),
  conflicts text[] not null default '{}',
  registered_at bigint not null,
  ended_at bigint,
  check ((organisation = 'firm') = (firm is not null))
);
create table access.password (
  account text primary key references access.staff,
  hash text not null,
  totp_secret bytea not null,
  totp_step bigint not null default 0
);
comment on table access.password is 'Demo only. totp_step: the newest step used, so that a code works once.';
create table access.passkey (
  id text primary key,
  account text not null references access.staff,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  added_at bigint not null
);
create index passkey_account on access.passkey (account);
create table access.session (
  token_sha256 bytea primary key check (octet_length(token_sha256) = 32),
  account text not null references access.staff,
  opened_at bigint not null,
  seen_at bigint not null,
  enrolling boolean not null
);
create table access.ticket (
  token_sha256 bytea primary key check (octet_length(token_sha256) = 32),
  purpose text not null,
  account text references access.staff,
  challenge text not null,
  expires_at bigint not null
);
create table access.failure (
  account_sha256 bytea primary key,
  failures int not null,
  last_at bigint not null
);
create table access.client (
  id text primary key,
  firm text not null,
  key_id text not null unique,
  algorithm text not null,
  jwk jsonb not null,
  registered_at bigint not null,
  revoked_at bigint
);
create table access.replay (
  key bytea primary key check (octet_length(key) = 16),
  expires_at bigint not null
);
create index replay_expiry on access.replay (expires_at);
comment on table access.replay is 'Hashes of what was used once: no firm, no person, so no wall.';

grant select, insert, update on access.staff, access.password, access.passkey, access.session, access.ticket, access.failure, access.client to nigran_app;
grant delete on access.session, access.ticket, access.failure to nigran_app;
grant select, insert, delete on access.replay to nigran_app;

${wall('access.staff')}
create policy rows_app on access.staff to nigran_app
  using (${ACTOR_ORGANISATION} = 'system'
         or (organisation = ${ACTOR_ORGANISATION} and (organisation <> 'firm' or firm = ${ACTOR_FIRM}))
         or (organisation = 'firm' and ${ACTOR_ORGANISATION} = 'authority'))
  with check (${ACTOR_ORGANISATION} = 'system');
${firmRows('access.client', { fmu: false })}
${['password', 'passkey', 'session', 'ticket', 'failure'].map((table) => houseRows(`access.${table}`)).join('\n')}
`,
  },
  {
    id: '102-access-person-acts',
    sql: `
create table access.person_act (
  id bigint generated always as identity primary key,
  act text not null check (act in ('unmask', 'erase')),
  person text not null check (person ~ '^[0-9a-f]{32}$'),
  case_ref text check (length(case_ref) <= 80),
  reason text not null check (length(reason) between 1 and 2000),
  state text not null check (state in ('waiting', 'approved', 'sent-back', 'done')),
  proposed_by text not null references access.staff,
  proposed_at bigint not null,
  second_by text references access.staff,
  second_at bigint,
  second_note text check (length(second_note) <= 2000),
  ends_at bigint not null,
  check (second_by <> proposed_by),
  check ((state = 'waiting') = (second_by is null))
);
create index person_act_person on access.person_act (person);
comment on table access.person_act is 'Proposals to open or destroy an identity. The acts themselves are entries of the vault.';
grant select, insert, update on access.person_act to nigran_app;
${wall('access.person_act')}
create policy rows_app on access.person_act to nigran_app
  using (${ACTOR_ORGANISATION} in ('system', 'authority', 'auditor')) with check (${ACTOR_ORGANISATION} = 'system');
`,
  },
  {
    id: '103-access-deputies',
    sql: `
create table access.deputy (
  proposal bigint primary key,
  account text not null references access.staff,
  deputy text not null references access.staff,
  role text not null,
  matters text not null check (matters in ('conflicts', 'all')),
  from_at bigint not null,
  to_at bigint not null,
  reason text not null check (length(reason) between 1 and 2000),
  state text not null check (state in ('waits', 'set', 'closed')),
  proposed_by text not null references access.staff,
  second_by text references access.staff,
  check (deputy <> account and deputy <> proposed_by),
  check (second_by <> proposed_by and second_by <> deputy),
  check (from_at < to_at)
);
create index deputy_held on access.deputy (deputy, state);
comment on table access.deputy is 'Who stands in for whom; proposals and what became of them are entries.';
grant select, insert, update on access.deputy to nigran_app;
${ownRows('access.deputy')}
`,
  },
];
