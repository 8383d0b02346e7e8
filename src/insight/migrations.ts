/**
 * Back-tests: what was asked, how far each came, what it found. They are no view of the log: a lost one is tried again. The authority and
 * its auditor read; the house writes.
 */

import type { Migration } from '../log/index.ts';

const readable = (table: string): string => `
grant select, insert, update, delete on ${table} to nigran_app;
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy rows_owner on ${table} to nigran_owner using (true) with check (true);
create policy rows_app on ${table} to nigran_app
  using (current_setting('nigran.organisation', true) in ('system', 'authority', 'auditor'))
  with check (current_setting('nigran.organisation', true) = 'system');`;

/** Steps of the schema of insight. */
export const insightMigrations: readonly Migration[] = [{
  id: '701-insight-backtests',
  sql: `
create schema insight;
grant usage on schema insight to nigran_app;

create table insight.backtest (
  id bigint generated always as identity primary key,
  by_account text not null,
  asked_at bigint not null,
  span_from bigint not null,
  span_to bigint not null,
  base text not null,
  draft text not null,
  changes jsonb not null,
  touched text[] not null,
  state text not null check (state in ('running', 'stopped', 'done', 'failed')),
  rows_done bigint not null default 0,
  rows_total bigint not null default 0,
  seconds double precision not null default 0,
  fault text,
  found jsonb,
  sha256 text,
  changed_at bigint not null
);
create table insight.backtest_fold (
  backtest bigint not null references insight.backtest (id),
  side text not null check (side in ('base', 'draft')),
  rows bigint not null,
  findings jsonb not null,
  primary key (backtest, side)
);
comment on table insight.backtest is 'base, draft: hashes of the two documents in objects. sha256: the result in objects, when it is done. rows count both folds.';
comment on table insight.backtest_fold is 'A whole fold of a back-test that is not done: what it goes on from after a restart.';
${readable('insight.backtest')}
${readable('insight.backtest_fold')}
`,
}];
