/**
 * Screening's tables: views of the ledger's entries on lists, hits and freezes. Lists are published by their
 * authorities, so every role of the house may read which versions there are; hits are the authority's alone, and a firm
 * reads the freezes that it owes. Only the house writes, and the vault's process what came of screening people.
 */

import type { Migration } from '../log/index.ts';

const walled = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy rows_owner on ${table} to nigran_owner using (true) with check (true);
create policy rows_vault on ${table} to nigran_vault using (true) with check (true);`;

/** The authority and its auditor read, the house writes; no firm and not the FMU. */
const housed = (table: string): string => `${walled(table)}
create policy rows_app on ${table} to nigran_app
  using (current_setting('nigran.organisation', true) in ('system', 'authority', 'auditor')) with check (current_setting('nigran.organisation', true) = 'system');`;

/** Beside them a firm's people, their own firm's rows. */
const firmsOwn = (table: string): string => `${walled(table)}
create policy rows_app on ${table} to nigran_app
  using (current_setting('nigran.organisation', true) in ('system', 'authority', 'auditor')
    or (current_setting('nigran.organisation', true) = 'firm' and firm = current_setting('nigran.firm', true)))
  with check (current_setting('nigran.organisation', true) = 'system');`;

/** The room's steps, 35x. */
export const screeningMigrations: readonly Migration[] = [
  {
    id: '351-screening-tables',
    sql: `
create schema screening;
grant usage on schema screening to nigran_app;

create table screening.list_version (
  entry bigint primary key,
  list text not null,
  holds text not null check (holds in ('wallets', 'names')),
  version text not null,
  force text not null check (force in ('freeze', 'review', 'information')),
  covers text[] not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  read int not null,
  count int not null,
  repeated int not null,
  exempt int not null,
  quarantined int not null,
  source text not null,
  published_at bigint not null,
  admitted_at bigint not null,
  unique (list, holds, version),
  check (read = count + repeated + exempt + quarantined)
);
create index list_version_published on screening.list_version (list, holds, published_at desc);

create table screening.list_held (
  entry bigint primary key,
  list text not null,
  holds text not null,
  version text not null,
  sha256 text not null,
  count int not null,
  last_good_version text not null,
  last_good_count int not null,
  published_at bigint not null,
  admitted_at bigint not null
);

grant select, insert on screening.list_version, screening.list_held to nigran_app;
`,
  },
  {
    id: '352-screening-hits',
    sql: `
grant usage on schema screening to nigran_vault;
grant select on screening.list_version to nigran_vault;

create table screening.hit (
  hit bigint primary key,
  person text not null,
  list text not null,
  entry text not null,
  subject text not null,
  version text not null,
  force text not null check (force in ('freeze', 'review', 'information')),
  decision text not null check (decision in ('review', 'match')),
  ground text not null check (ground in ('number', 'evidence', 'name')),
  score double precision not null,
  strength double precision not null,
  body jsonb not null,
  state text not null check (state in ('open', 'confirmed', 'cleared', 'released', 'replaced')),
  seen int not null,
  opened_at bigint not null,
  changed_at bigint not null,
  proposed text check (proposed in ('confirm', 'clear')),
  proposed_by text,
  proposed_until bigint,
  decided_by text,
  second_by text,
  reason text,
  until bigint
);
create unique index hit_pair on screening.hit (person, list, entry) where state in ('open', 'confirmed', 'cleared');
create index hit_queue on screening.hit (state, decision, score desc, hit);
create index hit_list on screening.hit (list, entry);
comment on column screening.hit.seen is 'Version of the row: an act names the one that its officer saw.';
comment on column screening.hit.until is 'Until when a person counts as another than the listed one.';

create table screening.hit_step (
  hit bigint not null references screening.hit,
  entry bigint not null,
  what text not null,
  actor text not null,
  second text,
  reason text,
  at bigint not null,
  primary key (hit, entry)
);

create table screening.asset_freeze (
  id bigint primary key,
  hit bigint not null references screening.hit,
  person text not null,
  list text not null,
  entry text not null,
  firm text not null,
  customers text[] not null,
  ground text not null check (ground in ('number', 'decision')),
  state text not null check (state in ('ordered', 'acknowledged', 'to-release', 'release-ordered', 'released')),
  complaint text,
  contested boolean not null default false,
  ordered_at bigint not null,
  acknowledged_at bigint,
  released_at bigint,
  changed_at bigint not null
);
create index asset_freeze_firm on screening.asset_freeze (firm, state);
create index asset_freeze_hit on screening.asset_freeze (hit);

create table screening.asset_freeze_step (
  asset_freeze bigint not null references screening.asset_freeze,
  firm text not null,
  entry bigint not null,
  act text not null,
  actor text not null,
  note text not null,
  at bigint not null,
  primary key (asset_freeze, entry)
);

create table screening.followed (
  list text primary key,
  entry bigint not null,
  sha256 text not null,
  at bigint not null
);
comment on table screening.followed is 'How far the watch over people has followed each list: a position, and no view.';

${housed('screening.hit')}
${housed('screening.hit_step')}
${housed('screening.followed')}
${firmsOwn('screening.asset_freeze')}
${firmsOwn('screening.asset_freeze_step')}
grant select, insert, update on screening.hit, screening.asset_freeze to nigran_app, nigran_vault;
grant select, insert on screening.hit_step, screening.asset_freeze_step to nigran_app, nigran_vault;
grant select on screening.followed to nigran_app;
grant select, insert, update on screening.followed to nigran_vault;
`,
  },
  {
    id: '353-screening-scores',
    sql: `
create table screening.best_score (
  list text not null,
  bucket smallint not null check (bucket between 0 and 100),
  people int not null,
  primary key (list, bucket)
);
comment on table screening.best_score is 'People by the best score that they had with a list when they were screened last, in hundredths: for who weighs a threshold. No view.';
${housed('screening.best_score')}
grant select on screening.best_score to nigran_app;
grant select, insert, update, delete on screening.best_score to nigran_vault;
`,
  },
];
