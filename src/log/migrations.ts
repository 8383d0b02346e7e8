/**
 * The log's tables. `entry`, `tree` and `tree_node` are the memory; they are only ever added to:
 * no role has update or delete on `entry`. `event_batch` is the embedded event log. `lease` and
 * `position` belong to consumers.
 */

import type { Migration } from './database.ts';

/** Tables of ledger, trees, event log, leases and positions (001 on), forward only. */
export const logMigrations: readonly Migration[] = [
  {
    id: '001-log-schema',
    sql: `
create schema log;
grant usage on schema log to nigran_app, nigran_worker, nigran_vault;

create table log.entry (
  index bigint primary key check (index >= 0),
  kind text not null,
  version smallint not null,
  actor text not null,
  second text,
  basis text not null,
  admitted_at bigint not null unique,
  bytes bytea not null check (octet_length(bytes) <= 65535),
  leaf bytea not null check (octet_length(leaf) = 32)
);
create index entry_kind on log.entry (kind, index);
comment on table log.entry is 'The ledger. bytes: the canonical JSON that the leaf hash commits to, with its 16 random bytes.';

create table log.tree (
  name text primary key,
  size bigint not null,
  frontier bytea not null,
  root bytea not null,
  last_admitted bigint not null default 0
);
comment on table log.tree is 'Heads of the trees: ledger, and firm:ID for each firm.';

create table log.tree_node (
  tree text not null,
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  primary key (tree, level, index)
);

create table log.checkpoint (
  tree text not null,
  size bigint not null,
  note text not null,
  signed_at bigint not null,
  primary key (tree, size)
);

insert into log.tree (name, size, frontier, root)
values ('ledger', 0, '', '\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

create table log.event_partition (
  partition smallint primary key,
  first_offset bigint not null default 0,
  next_offset bigint not null default 0
);
create table log.event_batch (
  partition smallint not null,
  "offset" bigint not null,
  producer text not null,
  seq bigint not null,
  firm text not null,
  count int not null,
  admitted_at bigint not null,
  control_epoch bigint not null,
  sha256 bytea not null,
  bytes bytea not null,
  primary key (partition, "offset"),
  unique (partition, producer, seq)
);
alter table log.event_batch alter column bytes set storage external;
create index event_batch_seq on log.event_batch (seq, firm);

create table log.lease (
  "group" text not null,
  partition smallint not null,
  member text not null,
  epoch bigint not null,
  expires_at bigint not null,
  primary key ("group", partition)
);
create table log.position (
  "group" text not null,
  partition smallint not null,
  epoch bigint not null,
  "offset" bigint not null,
  primary key ("group", partition)
);

create function log.trim_events(trimmed smallint, before bigint) returns void language sql security definer set search_path = log as $$
  delete from log.event_batch where partition = trimmed and "offset" < before;
  update log.event_partition set first_offset = greatest(first_offset, least(before, next_offset)) where partition = trimmed;
$$;
revoke execute on function log.trim_events from public;
grant execute on function log.trim_events to nigran_app;

create table log.analytics_position (partition smallint primary key, next bigint not null);
create table log.analytics_intent (one boolean primary key check (one), ranges jsonb not null);
grant select, insert, update on log.analytics_position to nigran_app;
grant select, insert, delete on log.analytics_intent to nigran_app;

grant select, insert on log.entry, log.tree_node, log.checkpoint to nigran_app, nigran_worker;
grant select, insert, update on log.tree, log.event_partition, log.lease, log.position to nigran_app, nigran_worker;
grant select, insert on log.event_batch to nigran_app;
grant select on log.event_batch to nigran_worker;
grant select, insert on log.entry, log.tree_node to nigran_vault;
grant select, update on log.tree to nigran_vault;

alter table log.entry enable row level security;
alter table log.entry force row level security;
create policy entry_staff on log.entry for select to nigran_app
  using (current_setting('nigran.organisation', true) in ('system', 'authority', 'auditor'));
create policy entry_append on log.entry for insert to nigran_app
  with check (current_setting('nigran.organisation', true) in ('system', 'authority', 'fmu'));
create policy entry_worker on log.entry to nigran_worker using (true) with check (true);
create policy entry_vault on log.entry to nigran_vault using (true) with check (true);
create policy entry_owner on log.entry to nigran_owner using (true) with check (true);
`,
  },
  {
    id: '002-log-installation',
    sql: `
create table log.installation (one boolean primary key default true check (one), partitions smallint not null check (partitions > 0 and 256 % partitions = 0));
insert into log.installation (partitions) select 8 where exists (select from log.event_partition);
comment on column log.installation.partitions is 'Partitions of the event log, fixed when the home is opened. Homes of before this column have 8.';
grant select on log.installation to nigran_app, nigran_worker;
`,
  },
  {
    // The partition is locked first: an append that commits meanwhile would leave batches below the first offset.
    id: '003-log-trim-waits',
    sql: `
create or replace function log.trim_events(trimmed smallint, before bigint) returns void language sql security definer set search_path = log as $$
  update log.event_partition set first_offset = greatest(first_offset, least(before, next_offset)) where partition = trimmed;
  delete from log.event_batch where partition = trimmed and "offset" < (select first_offset from log.event_partition where partition = trimmed);
$$;
`,
  },
  {
    // Long entries are lists of hashes, which hardly shrink: see 404-intake-receipts-as-they-are.
    id: '004-log-entries-as-they-are',
    sql: 'alter table log.entry alter column bytes set storage external;',
  },
  {
    id: '005-log-public',
    sql: `
create table log.public_entry (
  index bigint primary key check (index >= 0),
  source text not null unique,
  bytes bytea not null check (octet_length(bytes) <= 65535)
);
comment on table log.public_entry is 'The register log: what the leaf hashes of the tree register commit to. Public.';
create table log.cosignature (tree text not null, size bigint not null, witness text not null, line text not null, primary key (tree, size, witness));
comment on table log.cosignature is 'Signature lines that witnesses gave for signed heads.';
create table log.anchor (day date primary key, size bigint not null, root bytea not null, nonce bytea not null check (octet_length(nonce) = 32));
comment on table log.anchor is 'What the daily anchors in the register log commit to. Private: size and root of the ledger.';
grant select, insert on log.public_entry, log.anchor to nigran_app;
grant select, insert, update on log.cosignature to nigran_app;
`,
  },
];
