import { match, ok, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { startChild } from './child.ts';

test('a child that ends is started again; one that is never ready any more is given up, and that is said', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'nigran-child-'));
  writeFileSync(join(home, 'no-directory'), '');
  const lines: string[] = [];
  let directory = join(home, 'clickhouse');
  const { child, ready } = await startChild({
    name: 'ClickHouse', verb: 'inner:clickhouse', settings: () => ({ directory, port: 0, secret: 'only-for-this-test' }), log: (line) => void lines.push(line), clock: () => performance.now(), heapMiB: 128, failedStartsMax: 2,
  });
  t.after(async () => {
    await child.stop();
    rmSync(home, { recursive: true, force: true });
  });
  ok(Number(ready['port']) > 0);
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let waited = 0; waited < 60_000 && !isSo(); waited += 50) await sleep(50);
    ok(isSo(), lines.join('\n'));
  };
  directory = join(home, 'no-directory', 'below');
  process.kill(child.pid() ?? 0, 'SIGKILL');
  await until(() => lines.some((line) => line.includes('it is not started again')));
  match(lines.at(-1) ?? '', /^ClickHouse ended 2 times before it was ready/);
  strictEqual(lines.filter((line) => line.includes('it starts again in')).length, 2);
  const said = lines.length;
  await sleep(1_500);
  strictEqual(lines.length, said, 'and nothing is tried any more');
});
