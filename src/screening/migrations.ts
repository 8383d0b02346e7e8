/**
 * Screening's tables: views of the ledger's `list-version` and `list-held` entries. Lists are published by their
 * authorities, so every role of the house may read which versions there are; only the house writes.
 */

import type { Migration } from '../log/index.ts';

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
];
