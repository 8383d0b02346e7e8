import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const ROOT = join(import.meta.dirname, '..', '..');
const PACK = join(ROOT, 'frameworks', 'ae-vara-2026');
const folder = mkdtempSync(join(tmpdir(), 'nigran-pack-'));
after(() => rmSync(folder, { recursive: true }));

const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'src', 'main.ts'), 'framework', ...words], { encoding: 'utf8', cwd: ROOT });
  return { status, stdout, stderr };
};
/** A copy of the pack with one file changed. */
const copied = (name: string, file: string, change: (text: string) => string): string => {
  const directory = join(folder, name);
  cpSync(PACK, directory, { recursive: true });
  writeFileSync(join(directory, file), change(readFileSync(join(PACK, file), 'utf8')));
  return directory;
};

test('check says yes with 0 and no with 1, and prints one document alone', () => {
  const yes = run('check', PACK, '--json');
  deepStrictEqual([yes.status, JSON.parse(yes.stdout)], [0, { ok: true, errors: [] }]);
  const broken = copied('broken', 'clocks.yaml', (text) => text.replace('  start: policy-changed\n', ''));
  const no = run('check', broken, '--json');
  const answer: { ok: boolean; errors: { file: string; line: number; code: string; remedy: string }[] } = JSON.parse(no.stdout);
  strictEqual(no.status, 1);
  deepStrictEqual([answer.ok, answer.errors.map((one) => [one.file, one.code])], [false, [['clocks.yaml', 'PACK_CLOCK_NO_START']]]);
  ok((answer.errors[0]?.line ?? 0) > 1 && (answer.errors[0]?.remedy.length ?? 0) > 10);
  match(run('check', broken).stdout, /clocks\.yaml:\d+ PACK_CLOCK_NO_START/);
});

test('what cannot be run says in one line why, and what to do', () => {
  const cases: readonly (readonly [words: string[], says: RegExp])[] = [
    [['check', join(folder, 'nowhere')], /does not exist/], [['check', join(PACK, 'pack.yaml')], /is no directory/], [['check'], /check DIR/], [['frobnicate', PACK], /frobnicate/],
    [['diff', PACK], /two directories/], [['explain', PACK, 'no-such-thing'], /no-such-thing/], [['check', PACK, PACK], /one directory/],
  ];
  for (const [words, says] of cases) {
    const { status, stdout, stderr } = run(...words, '--json');
    deepStrictEqual([status, stdout], [2, ''], words.join(' '));
    match(stderr, says);
    strictEqual(stderr.trimEnd().split('\n').length, 1, stderr);
  }
});

test('diff tells what changed and whom it concerns', () => {
  const later = copied('later', 'clocks.yaml', (text) => text.replace('21 calendar days', '14 calendar days'));
  const { status, stdout } = run('diff', PACK, later, '--json');
  const answer: { identical: boolean; changes: { kind: string; id: string; words: string; stages: string[] }[] } = JSON.parse(stdout);
  strictEqual(status, 0);
  deepStrictEqual(answer.changes.map((one) => [one.kind, one.id, one.stages]), [['clock', 'policy-change', ['v4-licensed-with-conditions', 'v5-licensed']]]);
  match(answer.changes[0]?.words ?? '', /21 calendar days becomes 14 calendar days/);
  match(run('diff', PACK, PACK).stdout, /the two are the same/);
});

test('explain gives every block with its clause, or one of them', () => {
  const { status, stdout } = run('explain', PACK, 'fiu-answer', '--json');
  const items: { kind: string; clause: { en: string } }[] = JSON.parse(stdout);
  deepStrictEqual([status, items.map((one) => [one.kind, one.clause.en])], [0, [['obligation', 'VARA rulebook, FIU requests'], ['clock', 'VARA rulebook, FIU requests']]]);
});
