/**
 * Intake's tables. A firm's people see their own firm's rows, the authority all of them, the FMU none:
 * row-level security says so even where the application forgets. `known` holds the ids of each commit as
 * packed bytes, because an index over 80 million ids a day would cost more than the events.
 */

import type { Migration } from '../log/index.ts';

const firmRows = (table: string) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy rows_app on ${table} to nigran_app
  using (current_setting('nigran.organisation', true) in ('system', 'authority', 'auditor')
         or (current_setting('nigran.organisation', true) = 'firm' and firm = current_setting('nigran.firm', true)))
  with check (current_setting('nigran.organisation', true) = 'system');
create policy rows_owner on ${table} to nigran_owner using (true) with check (true);`;

/** Tables of submissions, refusals, held events, customers and known ids (401 on), forward only. */
export const intakeMigrations: readonly Migration[] = [
  {
    id: '401-intake-tables',
    sql: `
create schema intake;
grant usage on schema intake to nigran_app, nigran_worker;

create table intake.submission (
  id text primary key,
  firm text not null,
  client text not null,
  idempotency_key text not null,
  content_digest text not null,
  signature_base text not null,
  received_at bigint not null,
  admitted_at bigint not null,
  accepted int not null,
  held int not null,
  rejected int not null,
  duplicate int not null,
  leaf_index bigint not null,
  entry_index bigint not null,
  epoch bigint not null,
  bytes int not null,
  format text not null check (format in ('json', 'ndjson', 'csv')),
  commitment text not null,
  body bytea not null,
  receipt text,
  unique (firm, idempotency_key)
);
alter table intake.submission alter column body set storage external;
create index submission_recent on intake.submission (admitted_at desc);
create index submission_firm on intake.submission (firm, admitted_at desc);
comment on column intake.submission.body is 'The lines as sent, zstd, each sealed identity replaced by its hash.';
comment on column intake.submission.epoch is 'Control epoch of its batches: with the firm it finds them in the event log.';
comment on column intake.submission.receipt is 'The signed receipt; null until it is signed, after the commit.';

create table intake.rejection (
  submission text not null,
  line int not null,
  firm text not null,
  code text not null,
  detail text,
  event_id text,
  bytes bytea not null,
  at bigint not null,
  primary key (submission, line)
);
create index rejection_firm on intake.rejection (firm, at desc);
create index rejection_code on intake.rejection (code, at desc);

create table intake.held (
  firm text not null,
  event_id text not null,
  submission text not null,
  line int not null,
  reason text not null check (reason in ('customer', 'rate', 'identity')),
  waits_on text not null,
  bytes bytea not null,
  at bigint not null,
  primary key (firm, event_id)
);
create index held_for on intake.held (reason, firm, waits_on);

create table intake.customer (
  firm text not null,
  reference text not null,
  person uuid not null,
  since bigint not null,
  primary key (firm, reference)
);
create index customer_person on intake.customer (person);

create table intake.known (
  n bigint generated always as identity primary key,
  firm text not null,
  count int not null,
  packed bytea not null
);
alter table intake.known alter column packed set storage external;

create table intake.stream (
  firm text not null,
  stream text not null,
  used int8multirange not null,
  last_at bigint not null,
  primary key (firm, stream)
);

create table intake.daily (
  firm text not null,
  day int not null,
  accepted bigint not null default 0,
  held bigint not null default 0,
  rejected bigint not null default 0,
  duplicate bigint not null default 0,
  primary key (firm, day)
);
comment on table intake.daily is 'By Asia/Karachi day of admission: what completeness compares with decided.';

create table intake.reported (
  firm text not null,
  stream text not null,
  day int not null,
  kind smallint not null,
  asset text not null,
  count bigint not null,
  units numeric not null,
  primary key (firm, stream, day, kind, asset)
);
comment on table intake.reported is 'By Asia/Karachi day of the event: what closing statements are compared with.';

create table intake.statement (
  firm text not null,
  stream text not null,
  day int not null,
  at bigint not null,
  statement jsonb not null,
  differences jsonb not null,
  primary key (firm, stream, day)
);

create table intake.feed (
  firm text primary key,
  stopped boolean not null,
  reason text not null,
  since bigint not null
);

grant select, insert on intake.submission, intake.rejection, intake.known to nigran_app;
grant update (receipt) on intake.submission to nigran_app;
grant select, insert, delete on intake.held to nigran_app;
grant select, insert, update on intake.customer, intake.stream, intake.daily, intake.reported, intake.statement, intake.feed to nigran_app;
grant select on intake.daily, intake.customer to nigran_worker;
${['submission', 'rejection', 'held', 'customer', 'known', 'stream', 'daily', 'reported', 'statement', 'feed'].map((table) => firmRows(`intake.${table}`)).join('\n')}
create policy daily_worker on intake.daily for select to nigran_worker using (true);
create policy customer_worker on intake.customer for select to nigran_worker using (true);
`,
  },
  {
    id: '402-intake-answer-with-commit',
    sql: `
revoke update (receipt) on intake.submission from nigran_app;
comment on column intake.submission.receipt is 'What the firm was answered, with the signed receipt: written in the commit of the filing.';
`,
  },
  {
    id: '403-intake-merges',
    refolds: true,
    sql: `
create table intake.merged (one boolean primary key check (one), next bigint not null);
insert into intake.merged values (true, 0);
comment on table intake.merged is 'Merges of people in the ledger below it were followed.';
grant select, update on intake.merged to nigran_app;
`,
  },
  {
    // Hashes in hex hardly shrink: pressing 36 receipts of 2.5 kB took 18 ms of a commit, writing them as they are 3 ms.
    id: '404-intake-receipts-as-they-are',
    sql: `
alter table intake.submission alter column receipt set storage external;
alter table intake.submission alter column commitment set storage external;
`,
  },
];
