import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { instantOf } from '../../terms/index.ts';
import { StepMark } from './step-mark.ts';

const batch = { partition: 3, offset: 41, producer: 'intake', seq: 1, firm: 'aurora', count: 1, admittedAt: instantOf(0), controlEpoch: 0, bytes: new Uint8Array() };

test('the next process reads what the last one was stepping, and whether it broke', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'mark-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'w.mark');
  const first = new StepMark(path);
  strictEqual(first.left(), undefined, 'a new file says nothing');
  first.begin(batch);
  deepStrictEqual(new StepMark(path).left(), { partition: 3, offset: 41, broken: false });
  first.broke();
  deepStrictEqual(new StepMark(path).left(), { partition: 3, offset: 41, broken: true });
  first.end();
  strictEqual(new StepMark(path).left(), undefined);
  first.begin(batch);
  truncateSync(path, 11);
  strictEqual(new StepMark(path).left(), undefined, 'a torn file is held against nobody');
});
