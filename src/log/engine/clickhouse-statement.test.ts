import { deepStrictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { readStatement } from './clickhouse-statement.ts';

const cases: readonly [text: string, kind: string, format: string | undefined, target: string | undefined, isSeveral: boolean][] = [
  ['select 1', 'select', undefined, undefined, false],
  ['select 1;', 'select', undefined, undefined, false],
  ['select 1; select 2', 'select', undefined, undefined, true],
  [`select ';drop table t' as a`, 'select', undefined, undefined, false],
  [`select 'it''s; so', "a;b", \`c;d\` -- e;f\n/* g;h */ from t format JSON`, 'select', 'JSON', undefined, false],
  [`select 'a\\';b' format TSV settings max_threads = 1`, 'select', 'TSV', undefined, false],
  [`select 'x format JSON'`, 'select', undefined, undefined, false],
  ['-- why\n  with a as (select 1) select * from a FORMAT JSONEachRow ;', 'select', 'JSONEachRow', undefined, false],
  ['(select 1) union all (select 2)', 'select', undefined, undefined, false],
  ['create table t (a UInt8) engine = Memory', 'other', undefined, undefined, false],
  ['insert into t format RowBinary', 'insert', 'RowBinary', 't', false],
  ['INSERT INTO `format` (`a b`, c) FORMAT JSONEachRow\n', 'insert', 'JSONEachRow', '`format` (`a b`, c)', false],
  ['insert into t values', 'insert', 'Values', 't', false],
  ['insert into t format JSONEachRow {"a":"x;y"} {"a":"format CSV"}', 'insert', 'JSONEachRow', 't', false],
  ['insert into t select * from u', 'other', undefined, undefined, false],
  ['insert into t select a as values from u format Null', 'other', 'Null', undefined, false],
];

for (const [text, kind, format, target, isSeveral] of cases) {
  test(`reads: ${text.replaceAll('\n', '⏎')}`, () => {
    deepStrictEqual(readStatement(text), { kind, format, target, isSeveral });
  });
}
