import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { holderOf, tryHold, whileHolding } from './hold.ts';
import { sleep } from './wait.ts';

const name = (): string => `test ${process.pid} ${process.hrtime.bigint()}`;

test('a name has one holder, who says who he is, and is free afterwards', async () => {
  const one = name();
  const release = await tryHold(one, 'process 7 at http://here');
  ok(release !== undefined);
  strictEqual(await tryHold(one), undefined);
  strictEqual(await holderOf(one), 'process 7 at http://here');
  release();
  strictEqual(await holderOf(one), undefined);
  (await tryHold(one))?.();
});

test('a holder that is killed leaves nothing behind', async () => {
  const one = name();
  const code = `import { tryHold } from ${JSON.stringify(new URL('hold.ts', import.meta.url).href)};
    await tryHold(${JSON.stringify(one)}); process.stdout.write('held'); setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  strictEqual(await tryHold(one), undefined);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const release = await tryHold(one);
  ok(release !== undefined);
  release();
});

test('who waits comes in one after the other, also after a failure', async () => {
  const one = name();
  let inside = 0;
  const most: number[] = [];
  const turns = Array.from({ length: 6 }, (_, i) => whileHolding(one, async () => {
    inside += 1;
    most.push(inside);
    await sleep(5);
    inside -= 1;
    if (i === 0) throw new Error('mine alone');
  }).catch((error: unknown) => error));
  const ends = await Promise.all(turns);
  deepStrictEqual(most, [1, 1, 1, 1, 1, 1]);
  strictEqual(ends.filter((end) => end instanceof Error).length, 1);
});
