import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SecretFiles } from '../access/index.ts';
import { drawOf } from './demo-keys.ts';
import { aPort, clear, newHome, runProgram, startProgram } from './testing/program.ts';

after(clear);

const keyOf = (home: string): Uint8Array => new SecretFiles({ directory: join(home, 'keys'), draw: () => new Uint8Array(0) }).take('token-p256', 48);
const fedUntil = (home: string): number => JSON.parse(readFileSync(join(home, 'feed.json'), 'utf8'))['sentUntil'];

test('a demo that was killed in mid-history answers before it is fed, goes on from there, and every count agrees in the end', { timeout: 280_000 }, async () => {
  const home = newHome();
  const env = { NIGRAN_HOME: home, NIGRAN_PORT: String(await aPort()) };
  const first = startProgram(['demo'], env);
  await first.says(/\d+,\d{3} lines filed\n/);
  first.child.kill('SIGKILL');
  await first.ended;
  const sent = fedUntil(home);
  const second = startProgram(['demo'], env);
  await second.says(/open http:\S+\n[\s\S]*the feed goes on where it was stopped\n/);
  await second.says(/from here on it is live/);
  strictEqual((await second.stop()).code, 0);
  ok(fedUntil(home) > sent);
  const third = await runProgram(['demo', '--once', '--json'], env);
  const report = JSON.parse(third.out);
  deepStrictEqual(report.checks.filter((check: { ok: boolean }) => !check.ok), []);
  deepStrictEqual([third.code, report.accepted - report.decided, report.undecided], [0, 0, 0]);
  const other = await runProgram(['demo'], { ...env, NIGRAN_SEED: 'other' });
  strictEqual(other.code, 2);
  match(other.err, /holds the nation of seed nigran and size small\. set NIGRAN_SEED=nigran/);
  ok(Buffer.from(keyOf(home)).equals(drawOf('nigran', () => new Uint8Array(32))('token-p256', 48)), 'keys come from the seed');
});
