/**
 * The table of events in ClickHouse. It is a copy for people's
 * questions and never part of deciding: it may be dropped and filled again from the event log. Names are
 * those of the batch's columns in snake case. Instants are microseconds, days are Asia/Karachi days.
 */

/** Makes the table, or gives one of an earlier version the columns that it lacks; doing it again changes nothing. */
export async function makeEventsTable(analytics: { run(statement: string): Promise<unknown> }): Promise<void> {
  await analytics.run(TABLE);
  await analytics.run('alter table events add column if not exists since Int64 default 0 after claim_paisa');
}

const TABLE = `
create table if not exists events (
  firm UInt16, at Int64, admitted_at Int64, day Int32, admitted_day Int32, kind UInt8, replacement_kind UInt8, service UInt8, flags UInt32,
  person FixedString(16), other FixedString(16),
  asset LowCardinality(String), quote_asset LowCardinality(String), units Int128, quote_units Int128,
  paisa Int64, quote_paisa Int64, claim_paisa Int64, since Int64,
  chain LowCardinality(String), country LowCardinality(String), network LowCardinality(String), bank LowCardinality(String),
  counter_firm LowCardinality(String), stream LowCardinality(String), method UInt8, anonymiser UInt8,
  age_band UInt8, province UInt8, income_class UInt8, risk_class UInt8,
  id String, customer String, address String, tx_hash String, ip_token String, device_token String, account_token String, target String,
  submission String, line UInt32, seq UInt64, part UInt16, off UInt64, row UInt32,
  index by_person person type bloom_filter(0.01) granularity 4,
  index by_address address type bloom_filter(0.01) granularity 4,
  index by_hash tx_hash type bloom_filter(0.01) granularity 4,
  index by_id id type bloom_filter(0.01) granularity 4,
  index by_submission submission type bloom_filter(0.01) granularity 4
) engine = MergeTree order by (day, firm, at)
settings non_replicated_deduplication_window = 10000, index_granularity = 4096`;
