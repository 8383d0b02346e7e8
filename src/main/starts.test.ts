import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { clear, copyOf, newHome, runProgram, startProgram, aPort, type Ended } from './testing/program.ts';

/** What keeps `demo` and `serve` from starting: each is one line that says what is wrong and what to do, and exit 2. */
const OFFICERS = ['--officer', 'ayesha:Ayesha Khan:administrator', '--officer=bilal:Bilal Ahmed'];
const BOOT = join(import.meta.dirname, '..', '..', 'scripts', 'boot.mjs');
let opened: string;

before(async () => {
  opened = newHome();
  const ended = await runProgram(['init', '--authority=authority.example', ...OFFICERS, '--json'], { NIGRAN_HOME: opened });
  strictEqual(ended.code, 0, ended.err);
});
after(clear);

/** A home for a verb: empty for a demo, an installation for `serve`. */
const homeFor = (verb: string): string => (verb === 'serve' ? copyOf(opened) : newHome());

function isOneLine(ended: Ended, says: RegExp): void {
  deepStrictEqual([ended.code, ended.out], [2, ''], ended.err);
  match(ended.err, /^nigran: [^\n]+\. [^\n]+\.\n$/);
  match(ended.err, says);
}

for (const verb of ['demo', 'serve']) {
  test(`${verb}: a port that is taken`, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    isOneLine(await runProgram([verb], { NIGRAN_HOME: homeFor(verb), NIGRAN_PORT: String(port) }), new RegExp(`port ${port} is taken\\. stop what listens there, or set NIGRAN_PORT`));
    await new Promise((done) => server.close(done));
  });

  test(`${verb}: engines of the operator's that do not answer`, async () => {
    const port = String(await aPort());
    isOneLine(await runProgram([verb], { NIGRAN_HOME: homeFor(verb), NIGRAN_PORT: port, DATABASE_URL: `postgres://a:secret@127.0.0.1:${port}/x` }), /DATABASE_URL \(127\.0\.0\.1:\d+\) cannot be used \(ECONNREFUSED\)\. start that server/);
    const answered = await runProgram([verb], { NIGRAN_HOME: homeFor(verb), NIGRAN_PORT: port, CLICKHOUSE_URL: `http://a:secret@127.0.0.1:${port}/x` });
    isOneLine(answered, /CLICKHOUSE_URL \(127\.0\.0\.1:\d+\) does not answer \(ECONNREFUSED\)\. start that server/);
    ok(!answered.err.includes('secret'));
  });

  test(`${verb}: a full disk`, async (t) => {
    const mount = ['unshare', '-m', 'sh', '-c'];
    if (process.getuid?.() !== 0 || spawnSync(mount[0] ?? '', ['-m', 'true']).status !== 0) return t.skip('a small disk cannot be mounted here');
    const [home, small] = [homeFor(verb), newHome()];
    const fill = `mount -t tmpfs -o size=80m none ${small} && chmod 755 ${small} && cp -a ${home} ${small}/home && (dd if=/dev/zero of=${small}/rest bs=64k 2>/dev/null || true)`;
    const program = startProgram([], { NIGRAN_HOME: `${small}/home`, NIGRAN_PORT: String(await aPort()) }, [...mount, `${fill}; exec ${process.execPath} ${join(import.meta.dirname, '..', 'main.ts')} ${verb}`]);
    isOneLine(await program.ended, /(is full|MB are free on the disk of [^\n]+ are needed)\. free some space, or set NIGRAN_HOME/);
  });

  test(`${verb}: a platform that the engines do not run on`, async () => {
    const other = `data:text/javascript,Object.defineProperty(process,'platform',{value:'darwin'})`;
    const words = verb === 'demo' ? ['demo'] : ['nigran', 'serve'];
    const program = startProgram(words, { NIGRAN_HOME: newHome() }, [process.execPath, '--import', other, BOOT]);
    isOneLine(await program.ended, /the engines that npm carries run on Linux x64 with glibc, not on darwin x64\. Use Node 24, and set DATABASE_URL and CLICKHOUSE_URL/);
  });

  test(`${verb}: a setting that cannot be used`, async () => {
    isOneLine(await runProgram([verb], { NIGRAN_HOME: homeFor(verb), NIGRAN_WORKERS: 'many' }), /NIGRAN_WORKERS cannot be used/);
    isOneLine(await runProgram([verb, '--onec'], { NIGRAN_HOME: newHome() }), /Unknown option '--onec'\. this verb takes --json/);
  });
}

test('serve: it listens, a second one on its home is refused, its demo accounts do not exist, and it starts again', async () => {
  const home = copyOf(opened);
  const port = await aPort();
  const env = { NIGRAN_HOME: home, NIGRAN_PORT: String(port) };
  const house = startProgram(['serve'], env);
  await house.says(/authority\.example serves at http:\/\/localhost:\d+/);
  const origin = `http://localhost:${port}`;
  const shown: Record<string, unknown> = await (await fetch(`${origin}/api/house`)).json();
  deepStrictEqual([shown['synthetic'], shown['methods'], shown['demoAccounts']], [false, ['passkey'], []]);
  const password = await fetch(`${origin}/api/session/password`, { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body: '{"account":"analyst","password":"synthetic-demo"}' });
  deepStrictEqual([password.status, (await password.json())['code']], [403, 'FORBIDDEN']);
  for (const verb of ['serve', 'demo']) isOneLine(await runProgram([verb], { ...env, NIGRAN_PORT: '0' }), /another Nigran \(process \d+\) runs on/);
  isOneLine(await runProgram(['demo-code', 'analyst'], env), /authority\.example is no demo and has no demo accounts/);
  strictEqual((await house.stop()).code, 0);
  const again = startProgram(['serve'], env);
  await again.says(/serves at/);
  strictEqual((await again.stop()).code, 0);
});

test('an installation and a demo never enter one home, whatever a file says', async () => {
  const home = copyOf(opened);
  isOneLine(await runProgram(['demo'], { NIGRAN_HOME: home, NIGRAN_PORT: '0' }), /holds the installation of authority\.example, and no demo enters it/);
  isOneLine(await runProgram(['init', '--authority=other.example', ...OFFICERS], { NIGRAN_HOME: home }), /holds the installation of authority\.example already/);
  const file = join(home, 'installation.json');
  const installation = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...installation, demo: { seed: 'nigran', size: 'small', from: 0, liveFrom: 0 } }));
  isOneLine(await runProgram(['serve'], { NIGRAN_HOME: home }), /holds a demo/);
  const lied = await runProgram(['demo'], { NIGRAN_HOME: home, NIGRAN_PORT: '0' });
  deepStrictEqual([lied.code, /the ledger of this home is an authority's own/.test(lied.err)], [2, true], lied.err);
  writeFileSync(file, JSON.stringify({ ...installation, state: 'opening' }));
  isOneLine(await runProgram(['serve'], { NIGRAN_HOME: home }), /was cut short/);
  isOneLine(await runProgram(['serve'], { NIGRAN_HOME: newHome() }), /there is no installation in/);
});

for (const [words, says] of [
  [['init', ...OFFICERS], /--authority is missing/],
  [['init', '--authority=Authority Example', ...OFFICERS], /cannot be the authority's name in keys/],
  [['init', '--authority=a.example', '--officer=a:A'], /the first two officers/],
  [['init', '--authority=a.example', '--officer=a:A', '--officer=a:B'], /two officers have one account/],
  [['init', '--authority=a.example', '--officer=a:A:supervisor', '--officer=b:B:policy'], /nobody is an administrator/],
  [['init', '--authority=a.example', '--officer=a:A:fiu-analyst', '--officer=b:B'], /\(fiu-analyst\)\. write it as ACCOUNT:NAME:ROLES/],
  [['init', '--authority=a.example', ...OFFICERS, '--origin=http://supervision.example'], /it is not https/],
  [['init', '--authority=a.example', ...OFFICERS, '--origin=https://192.0.2.1'], /IP address/],
  [['init', '--authority=a.example', ...OFFICERS, '--framework=/nowhere'], /nowhere does not exist/],
  [['init', '--authority=a.example', ...OFFICERS, '--assets=/nowhere'], /the assets in \/nowhere cannot be read/],
] as const) {
  test(`init refuses before it makes anything: ${says.source}`, async () => {
    const home = newHome();
    isOneLine(await runProgram(words, { NIGRAN_HOME: home }), says);
    ok(!existsSync(join(home, 'installation.json')) && !existsSync(join(home, 'keys')));
  });
}
