/**
 * The monitor's tables. `finding`, `change` and `decided` are views of the log, committed with the position that
 * they belong to; `shard`, `snapshot`, `attempt`, `limits` and `worker` are the workers' own. Only
 * workers write; the application reads for the authority's staff, never for a firm.
 */

import type { Migration } from '../log/index.ts';

/** Steps of the monitor's schema. */
export const monitorMigrations: readonly Migration[] = [
  {
    id: '500-monitor-schema',
    sql: `
create schema monitor;
grant usage on schema monitor to nigran_app, nigran_worker;

create table monitor.finding (
  engine text not null,
  id text not null,
  rule text not null,
  rule_version int not null,
  rule_set text not null,
  person text not null,
  subject text not null check (subject in ('person', 'firm')),
  firm text not null,
  firms text[] not null,
  event_id text not null,
  event_at bigint not null,
  weight int not null,
  body jsonb not null,
  sha256 text not null,
  state text not null check (state in ('provisional', 'settled', 'corrected', 'withdrawn')),
  revision int not null default 0,
  partition smallint not null,
  raised_at bigint not null,
  changed_at bigint not null,
  entry bigint not null,
  primary key (engine, id)
);
create index finding_entry on monitor.finding (entry);
create index finding_person on monitor.finding (person);
create index finding_open on monitor.finding (partition, event_at) where state = 'provisional';
comment on table monitor.finding is 'body: the finding as engine/finding.ts has it, firms by number in the order of firms. entry: the ledger entry that last raised, revised or withdrew it. Instants are microseconds.';

create table monitor.decided (
  firm text not null,
  day int not null,
  partition smallint not null,
  decided bigint not null,
  primary key (firm, day, partition)
);
comment on table monitor.decided is 'By Asia/Karachi day of admission: completeness compares its sum with intake.daily.accepted.';

create table monitor.shard (
  partition smallint primary key,
  engine text not null,
  member text not null,
  next_offset bigint not null,
  next_entry bigint not null,
  watermark bigint not null,
  people bigint not null default 0,
  records bigint not null default 0,
  bytes bigint not null default 0,
  unsettled bigint not null default 0,
  beyond_reach bigint not null default 0,
  updated_at bigint not null
);

create table monitor.snapshot (
  partition smallint primary key,
  engine text not null,
  next_offset bigint not null,
  next_entry bigint not null,
  taken_at bigint not null
);
create table monitor.snapshot_part (
  partition smallint not null,
  n int not null,
  bytes bytea not null,
  primary key (partition, n)
);
alter table monitor.snapshot_part alter column bytes set storage external;
comment on table monitor.snapshot is 'The newest state of each shard: a restart reads it and the log after it. It may be dropped; then the whole log is read.';

create table monitor.attempt (
  partition smallint not null,
  "offset" bigint not null,
  broken int not null,
  silent int not null,
  primary key (partition, "offset")
);
comment on table monitor.attempt is 'Batches in whose stepping a process ended, by a broken invariant or without a word, until they are decided or set aside.';

create table monitor.worker (
  member text primary key,
  state text not null check (state in ('starting', 'up', 'waiting', 'full', 'down')),
  note text not null,
  partitions smallint[] not null,
  events_per_second double precision not null,
  behind bigint not null,
  bytes bigint not null,
  restarts int not null,
  started_at bigint not null,
  beat_at bigint not null
);

grant select, insert, update on monitor.finding, monitor.decided, monitor.shard, monitor.snapshot, monitor.worker to nigran_worker;
grant select, insert, update, delete on monitor.attempt, monitor.snapshot_part to nigran_worker;
grant select on monitor.finding, monitor.decided, monitor.shard, monitor.worker to nigran_app;

alter table monitor.finding enable row level security;
alter table monitor.finding force row level security;
create policy finding_staff on monitor.finding for select to nigran_app
  using (current_setting('nigran.organisation', true) in ('system', 'authority', 'auditor'));
create policy finding_worker on monitor.finding to nigran_worker using (true) with check (true);
create policy finding_owner on monitor.finding to nigran_owner using (true) with check (true);
`,
  },
  {
    id: '501-monitor-changes',
    refolds: true,
    sql: `
create table monitor.change (
  entry bigint not null,
  n int not null,
  engine text not null,
  finding text not null,
  change text not null check (change in ('raised', 'added', 'revised', 'withdrawn')),
  at bigint not null,
  said jsonb,
  primary key (entry, n),
  check ((said is null) = (change = 'withdrawn'))
);
comment on table monitor.change is 'What each entry about findings says of which finding, in the order of their ids; at: the entry''s instant. A confirmation is no change.';

grant select, insert on monitor.change to nigran_worker;
grant select on monitor.change to nigran_app;
alter table monitor.change enable row level security;
alter table monitor.change force row level security;
create policy change_staff on monitor.change for select to nigran_app
  using (current_setting('nigran.organisation', true) in ('system', 'authority', 'auditor'));
create policy change_worker on monitor.change to nigran_worker using (true) with check (true);
create policy change_owner on monitor.change to nigran_owner using (true) with check (true);
`,
  },
  {
    id: '502-monitor-limits',
    sql: `
create table monitor.limits (
  one boolean primary key check (one),
  engine text not null,
  next_entry bigint not null,
  watermark bigint not null,
  updated_at bigint not null
);
comment on table monitor.limits is 'How far the fold of limits had come when it last found something: everything below the entry is folded.';
grant select, insert, update on monitor.limits to nigran_worker;
grant select on monitor.limits to nigran_app;
`,
  },
];
