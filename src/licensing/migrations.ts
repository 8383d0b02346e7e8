/**
 * Licensing's tables. All are views of the ledger: rows are added with their entries and folded again by
 * `rebuild`. The key of `stage` is temporal: one firm has one stage at an instant, and the database holds to it.
 * Everyone who may see a firm may see its stage, the FMU too; a firm's own people see their own.
 */

import { firmRows, sharedRows } from '../access/index.ts';
import type { Migration } from '../log/index.ts';

/** The room's steps, 3xx. */
export const licensingMigrations: readonly Migration[] = [
  {
    id: '301-licensing-tables',
    sql: `
create schema licensing;
grant usage on schema licensing to nigran_app;
-- A scalar beside WITHOUT OVERLAPS needs its GiST class.
create extension if not exists btree_gist with schema licensing;

create table licensing.firm (
  firm text primary key,
  number int not null unique check (number between 1 and 65535),
  code text not null,
  name text not null,
  name_ur text,
  synthetic boolean not null,
  facts jsonb not null,
  registered_at bigint not null,
  entry bigint not null unique
);
create unique index firm_code on licensing.firm (upper(code));
create table licensing.stage (
  firm text not null references licensing.firm,
  stage text not null,
  during int8range not null check (not isempty(during) and not lower_inf(during)),
  event text,
  services text[],
  entry bigint not null unique,
  constraint stage_period primary key (firm, during without overlaps)
);
comment on column licensing.stage.during is 'Microseconds: from the instant of the step until the next one.';

grant select, insert on licensing.firm to nigran_app;
grant select, insert, update (during) on licensing.stage to nigran_app;
${firmRows('licensing.firm', { fmu: true })}
${firmRows('licensing.stage', { fmu: true })}
`,
  },
  {
    id: '302-licensing-dossier', refolds: true,
    sql: `
create table licensing.dossier (
  entry bigint primary key,
  firm text references licensing.firm,
  shared boolean not null,
  kind text not null,
  at bigint not null,
  actor text not null,
  second text,
  basis text not null,
  body text not null
);
create index dossier_firm on licensing.dossier (firm, entry);
comment on column licensing.dossier.firm is 'Null: it concerns the nation.';
comment on column licensing.dossier.shared is 'The firm''s own people see it.';
grant select, insert on licensing.dossier to nigran_app;
${sharedRows('licensing.dossier')}
`,
  },
  {
    // What was discharged or waived stands in the dossier from here on.
    id: '303-licensing-released', refolds: true, sql: 'select 1',
  },
];
