import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { clear, newHome, runProgram } from './testing/program.ts';

after(clear);
const folder = newHome();

function fileOf(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

test('a file of queries is answered line by line against the lists that lie with the house, without a server', async () => {
  const file = fileOf('in.jsonl', ['{"name":"Nobody Zzyzxtest"}', 'broken', '{"name":"BANCO NACIONAL DE CUBA","colour":"red"}', '{"name":"Nobody Zzyzxtest","nationality":"Atlantis","gender":"?"}', '{"name":"Nobody Zzyzxtest","asOf":"2001-01-01"}', `{"name":"${'a'.repeat(10_000)}"}`]);
  const { code, out, err } = await runProgram(['screen', '--file', file], {});
  strictEqual(code, 0, err);
  match(err, /ofac of \d{4}-\d\d-\d\d: [1-9]/);
  const answers = out.trimEnd().split('\n').map((line): Record<string, unknown> => JSON.parse(line));
  deepStrictEqual(answers.map((each) => each['decision'] ?? each['code']), ['clear', 'QUERY_NOT_JSON', 'review', 'clear', 'QUERY_AS_OF_UNKNOWN', 'QUERY_NAME_TOO_LONG']);
  deepStrictEqual(answers[3]?.['warnings'], [{ code: 'QUERY_NATIONALITY_UNKNOWN', detail: 'Atlantis' }, { code: 'QUERY_GENDER_UNKNOWN', detail: 'gender' }]);
  deepStrictEqual([answers[1]?.['line'], answers[2]?.['ignored']], [2, ['colour']]);
  ok(JSON.stringify(answers[2]?.['candidates']).includes('"list":"ofac","entry":"306"'));
});

test('a file of pairs needs no list', async () => {
  const file = fileOf('pairs.jsonl', ['{"query":"Mohd Testani","candidate":{"name":"Muhammad Testani","schema":"Person"}}', '{"query":"Testani"}']);
  const { code, out } = await runProgram(['screen', `--pairs=${file}`], {});
  strictEqual(code, 0);
  const [pair, broken] = out.trimEnd().split('\n').map((line): Record<string, unknown> => JSON.parse(line));
  deepStrictEqual([pair?.['decision'], broken?.['code']], ['review', 'QUERY_FIELD_INVALID']);
});

test('what cannot run is one line and exit 2', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [[['screen'], /queries or of pairs/], [['screen', '--file', '/nowhere/in.jsonl'], /no file/], [['screen', '--file', fileOf('one.jsonl', ['{}']), '--lists', folder], /no list could be read/]];
  for (const [words, expected] of cases) {
    const { code, err, out } = await runProgram(words, {});
    deepStrictEqual([code, out], [2, '']);
    match(err, expected);
  }
});
