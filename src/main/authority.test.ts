import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { violationsOn } from '../../console/testing/axe.ts';
import { openBrowser, openPage } from '../../console/testing/browser.ts';
import { PasskeyOfficer } from './testing/officer.ts';
import { refuseOtherPack } from './testing/other-pack.ts';
import { aPort, clear, newHome, runProgram, startProgram, type Ended, type Running } from './testing/program.ts';

/** An authority's own house from nothing, and a firm from nothing to an accepted event, as the two guides tell it. */
const GUIDE = join(import.meta.dirname, '..', '..', 'docs/guides/firms.md');
let env: { NIGRAN_HOME: string; NIGRAN_PORT: string };
let origin: string;
let house: Running;
let links: string[];
let verifiers: { ledger: string; firms: string };
let ayesha: PasskeyOfficer;
let bilal: PasskeyOfficer;
const desk = newHome();
const at = (name: string): string => join(desk, name);
const run = (...words: string[]): Promise<Ended> => runProgram(words, env);
/** The firm's machine has no home of the house's. */
const runFirm = (...words: string[]): Promise<Ended> => runProgram(words, { NIGRAN_HOME: at('elsewhere') });

before(async () => {
  env = { NIGRAN_HOME: newHome(), NIGRAN_PORT: String(await aPort()) };
  origin = `http://localhost:${env.NIGRAN_PORT}`;
  const opened = await run('init', '--authority=authority.example', '--officer', 'ayesha:Ayesha Khan:administrator', '--officer=bilal:Bilal Ahmed:licensing-officer,surveillance-analyst', '--json');
  strictEqual(opened.code, 0, opened.err);
  const said = JSON.parse(opened.out);
  links = said.officers.map((officer: { link: string }) => officer.link);
  verifiers = said.verifiers;
  house = startProgram(['serve'], env);
  await house.says(/serves at/);
  [ayesha, bilal] = [new PasskeyOfficer(origin), new PasskeyOfficer(origin)];
});
after(clear);

test('the first two officers come in by links that open once, to add a passkey and nothing else', async () => {
  const [first = '', second = ''] = links;
  match(first, /^http:\/\/localhost:\d+\/link#[A-Za-z0-9_-]{43}$/);
  const stranger = new PasskeyOfficer(origin);
  strictEqual((await stranger.ask('signInLink', {}, { link: 'A'.repeat(43) })).json['code'], 'SIGN_IN_FAILED');
  const session = await stranger.ok('signInLink', {}, { link: new URL(first).hash.slice(1) });
  deepStrictEqual(session.permissions, []);
  strictEqual((await stranger.ask('officers')).json['code'], 'FORBIDDEN', 'a link is no office');
  strictEqual((await ayesha.ask('signInLink', {}, { link: new URL(first).hash.slice(1) })).json['code'], 'SIGN_IN_FAILED', 'it is spent');
  await bilal.enrol(second);
  ok((await bilal.signIn()).permissions.includes('firm.register'));
  // Whoever opened the first link had no key to show: nobody holds its account, so the operator's link counts again.
  const again = await run('link', 'ayesha');
  strictEqual(again.code, 2, again.out);
  match(again.err, /the house runs/);
});

test('while the house stands still its operator gives an officer without a passkey another link', async () => {
  await house.stop();
  const issued = await run('link', 'ayesha', '--json');
  strictEqual(issued.code, 0, issued.err);
  await refuseOtherPack(env.NIGRAN_HOME, at('pack'), () => run('serve'));
  house = startProgram(['serve'], env);
  await house.says(/serves at/);
  await ayesha.enrol(JSON.parse(issued.out).link);
  ok((await ayesha.signIn()).permissions.includes('staff.register'));
  match((await run('link', 'bilal')).err, /has a passkey|the house runs/);
});

test('an officer registers the firm and gives its program a one-time code; the program registers its own key', async () => {
  await bilal.signIn();
  deepStrictEqual((await ayesha.act('registerFirm', {}, { firm: 'exampleco', code: 'EXC', name: 'Example Exchange', basis: 'letter of today' })).json['code'], 'FORBIDDEN');
  const firm = await bilal.ok('registerFirm', {}, { firm: 'exampleco', code: 'EXC', name: 'Example Exchange', basis: 'letter of today' });
  strictEqual((await bilal.act('registerFirm', {}, { firm: 'exampleco', code: 'EXC', name: 'Example Exchange', basis: 'letter of today' })).json['code'], 'FIRM_TAKEN');
  ok(firm.entry > 0);
  const made = await runFirm('client', 'keygen', '--client=exampleco-feed', `--key=${at('feed.json')}`);
  strictEqual(made.code, 0, made.err);
  deepStrictEqual([Object.keys(JSON.parse(made.out).jwk).sort(), statSync(at('feed.json')).mode & 0o777], [['crv', 'kty', 'x', 'y'], 0o600]);
  match((await runFirm('client', 'keygen', '--client=exampleco-feed', `--key=${at('feed.json')}`)).err, /is there already/);
  match((await runFirm('client', 'send', at('events.ndjson'), `--key=${at('feed.json')}`)).err, /cannot be read \(ENOENT\)/);
  const invited = await untilKnown(() => ayesha.act('inviteClient', {}, { client: 'exampleco-feed', firm: 'EXC', basis: 'asked by the firm' }));
  const code = String(invited.json['invitation']);
  match(code, /^[A-Za-z0-9_-]{43}$/);
  const words = ['client', 'register', `--key=${at('feed.json')}`, `--origin=${origin}`];
  const wrong = await runFirm(...words, `--code=${'A'.repeat(43)}`);
  deepStrictEqual([wrong.code, /INVITATION_UNKNOWN\. Ask the authority for a new code/.test(wrong.err)], [2, true], wrong.err);
  const registered = await runFirm(...words, `--code=${code}`, '--json');
  strictEqual(registered.code, 0, registered.err);
  deepStrictEqual(JSON.parse(registered.out), { client: 'exampleco-feed', firm: 'exampleco', authority: 'authority.example', verifiers });
  strictEqual((await runFirm(...words, `--code=${code}`)).code, 0, 'the same key asked again gets the same answer');
  await runFirm('client', 'keygen', '--client=exampleco-feed', `--key=${at('other.json')}`);
  match((await runFirm('client', 'register', `--key=${at('other.json')}`, `--origin=${origin}`, `--code=${code}`)).err, /INVITATION_UNKNOWN/);
  const entries = await bilal.ok('ledger', {});
  const shown = entries.items.filter((entry) => ['firm-registered', 'client-registered', 'officer-linked'].includes(entry.kind)).map((entry) => [entry.kind, entry.actor]);
  deepStrictEqual(shown, [['client-registered', 'ayesha'], ['firm-registered', 'bilal'], ['officer-linked', 'link']]);
});

/** The directory of firms is read again every half second. */
async function untilKnown<T extends { json: Record<string, unknown> }>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    const said = await ask();
    if (said.json['code'] !== 'FIRM_UNKNOWN' || tries > 60) return said;
    await new Promise((done) => setTimeout(done, 250));
  }
}

/** The file of events that the guide shows, for this moment. */
function eventsOfGuide(): string[] {
  const shown = /```ndjson\n([\s\S]*?)```/.exec(readFileSync(GUIDE, 'utf8'))?.[1]?.trim().split('\n') ?? [];
  strictEqual(shown.length, 2);
  return shown.map((line) => JSON.stringify({ ...JSON.parse(line), at: new Date(Date.now() - 60_000).toISOString() }));
}

test('the firm sends: an identity in the clear is sealed on the way, events are accepted, and the receipt proves it', async () => {
  const lines = eventsOfGuide();
  writeFileSync(at('events.ndjson'), `${lines.join('\n')}\n{"v":1}\n`);
  const sent = await runFirm('client', 'send', at('events.ndjson'), `--key=${at('feed.json')}`, '--json');
  strictEqual(sent.code, 1, sent.err);
  const answer = JSON.parse(sent.out);
  deepStrictEqual([answer.accepted, answer.held, answer.rejected.map((one: { line: number }) => one.line)], [2, 0, [3]]);
  writeFileSync(at('receipt.json'), sent.out);
  const again = await runFirm('client', 'send', at('events.ndjson'), `--key=${at('feed.json')}`, '--json');
  deepStrictEqual([JSON.parse(again.out).accepted, JSON.parse(again.out).duplicate], [0, 2], 'sent twice, taken once');
  const plain = await runFirm('client', 'send', at('events.ndjson'), `--key=${at('feed.json')}`);
  match(plain.out, /accepted 0, held 0, duplicate 2, rejected 1\nline 3: /);
  ok(lines.some((line) => typeof JSON.parse(line).identity === 'object'), 'the guide shows an identity in the clear');
});

test('the receipt verifies without a server, and each lie has its code', async () => {
  const key = `--key=${verifiers.firms}`;
  const judged = async (path: string, ...keys: string[]): Promise<[number | null, string, string]> => {
    const ended = await runFirm('verify', path, '--json', ...keys);
    const said = ended.out === '' ? {} : JSON.parse(ended.out);
    return [ended.code, said.kind ?? '', said.verified === true ? 'verified' : String(said.reason ?? ended.err).split(':')[0] ?? ''];
  };
  deepStrictEqual(await judged(at('receipt.json'), key), [0, 'receipt', 'verified']);
  const answer = JSON.parse(readFileSync(at('receipt.json'), 'utf8'));
  const bent = (change: (receipt: Record<string, unknown>) => Record<string, unknown>): string => {
    writeFileSync(at('bent.json'), JSON.stringify(change(structuredClone(answer.receipt))));
    return at('bent.json');
  };
  deepStrictEqual(await judged(bent((receipt) => receipt), key), [0, 'receipt', 'verified'], 'the receipt alone');
  deepStrictEqual(await judged(bent((receipt) => ({ ...receipt, commitment: String(receipt['commitment']).replace('"accepted":2', '"accepted":3') })), key), [1, 'receipt', 'INCLUSION_INVALID']);
  deepStrictEqual(await judged(bent((receipt) => ({ ...receipt, commitment: `${String(receipt['commitment'])} ` })), key), [1, 'receipt', 'COMMITMENT_INVALID']);
  deepStrictEqual(await judged(bent((receipt) => ({ ...receipt, checkpoint: String(receipt['checkpoint']).replace(/\n\d+\n/, '\n9\n') })), key), [1, 'receipt', 'SIGNATURE_INVALID']);
  deepStrictEqual(await judged(bent(({ path: _path, ...receipt }) => receipt), key), [1, 'receipt', 'FORM_UNKNOWN']);
  deepStrictEqual(await judged(at('receipt.json'), `--key=${verifiers.ledger}`), [1, 'receipt', 'KEY_UNKNOWN'], 'another key');
  writeFileSync(at('cut.json'), readFileSync(at('receipt.json'), 'utf8').slice(0, -40));
  deepStrictEqual(await judged(at('cut.json'), key), [1, 'unknown', 'FORM_UNKNOWN']);
  deepStrictEqual((await judged(at('nowhere.json'), key))[0], 2);
  const keyless = await runFirm('verify', at('receipt.json'));
  deepStrictEqual([keyless.code, /there is no key to verify with/.test(keyless.err)], [2, true]);
  deepStrictEqual((await run('verify', at('receipt.json'))).code, 0, 'in the house itself its own keys serve');
});

/** Registers an officer at the console and lets the officer in. */
async function letIn(account: string, role: string, more: object = {}): Promise<PasskeyOfficer> {
  const { link } = await ayesha.ok('registerOfficer', {}, { account, name: `Officer ${account}`, roles: [role], basis: 'appointed today', ...more });
  const officer = new PasskeyOfficer(origin);
  await officer.enrol(link);
  await officer.signIn();
  return officer;
}

test('a name is opened by two people with a case and a reason, each look is an entry, and no firm reaches it; then it is destroyed', async () => {
  const [chandni, dana] = [await letIn('chandni', 'senior-analyst'), await letIn('dana', 'supervisor')];
  strictEqual((await ayesha.act('registerOfficer', {}, { account: 'spy', name: 'Spy', roles: ['fiu-analyst'], basis: 'none at all' })).json['code'], 'REQUEST_INVALID');
  const many = Array.from({ length: 12 }, (_, i) => JSON.stringify({ ...JSON.parse(eventsOfGuide()[1] ?? ''), id: `big-${i}`, seq: 3 + i, amount: { asset: 'iso4217:PKR', value: '9000000.00' } }));
  writeFileSync(at('many.ndjson'), many.join('\n'));
  strictEqual((await runFirm('client', 'send', at('many.ndjson'), `--key=${at('feed.json')}`)).code, 0);
  const alert = await untilAlert(bilal);
  const person = String(alert.person);
  const page = await bilal.ok('openPerson', { person }, { reason: 'triage of the alert', alert: alert.id });
  deepStrictEqual([page.firms, page.alerts.map((one) => one.id).includes(alert.id), JSON.stringify(page).includes('Example')], [[{ firm: 'EXC', references: 1 }], true, false]);
  strictEqual((await bilal.ask('openPerson', { person: '0a'.repeat(16) }, { reason: 'curious' })).json['code'], 'NOT_FOUND');
  strictEqual((await bilal.act('proposeUnmasking', { person: '0a'.repeat(16) }, { case: alert.id, reason: 'another person' })).json['code'], 'DECISION_INVALID');
  const { act } = await bilal.ok('proposeUnmasking', { person }, { case: alert.id, reason: 'to ask the firm about this customer' });
  strictEqual((await bilal.ask('readIdentity', { id: act.id }, {})).json['code'], 'SECOND_PERSON_REQUIRED');
  strictEqual((await bilal.act('secondPersonAct', { id: act.id }, { verdict: 'approve', note: '' })).json['code'], 'FORBIDDEN', 'an analyst seconds nothing');
  const compliance = await letIn('cora', 'firm-compliance', { firm: 'EXC' });
  for (const [name, body] of [['openPerson', { reason: 'ours' }], ['proposeUnmasking', { case: alert.id, reason: 'ours' }], ['readIdentity', {}]] as const) {
    strictEqual((await compliance.ask(name, { person, id: act.id }, body)).json['code'], 'FORBIDDEN', name);
  }
  strictEqual((await chandni.act('secondPersonAct', { id: act.id }, { verdict: 'approve', note: 'seen' })).status, 200);
  strictEqual((await chandni.ask('readIdentity', { id: act.id }, {})).json['code'], 'NOT_FOUND', 'the second person agreed, and did not ask');
  const opened = await bilal.ok('readIdentity', { id: act.id }, {});
  deepStrictEqual(opened.identities.map((one) => [one.firm, one.customer, one.identity['name']]), [['EXC', 'c-20931', 'Example Person']]);
  const erasure = await dana.ok('proposeErasure', { person }, { reason: 'asked by the person, retention over' });
  strictEqual((await dana.act('secondPersonAct', { id: erasure.act.id }, { verdict: 'approve', note: '' })).json['code'], 'FORBIDDEN');
  const done = await chandni.ok('secondPersonAct', { id: erasure.act.id }, { verdict: 'approve', note: '' });
  strictEqual(done.act.state, 'done');
  strictEqual((await bilal.ask('readIdentity', { id: act.id }, {})).json['code'], 'NOT_FOUND', 'nobody can be read any more');
  const { items } = await bilal.ok('ledger', {});
  const told = items.filter((entry) => entry.kind.startsWith('person-')).map((entry) => [entry.kind, entry.actor, entry.second]);
  deepStrictEqual(told, [['person-erased', 'dana', 'chandni'], ['person-unmasked', 'bilal', 'chandni'], ['person-opened', 'bilal', null]]);
  await ayesha.ok('endOfficer', { account: 'dana' }, { basis: 'left the office' });
  strictEqual((await dana.ask('alerts')).json['code'], 'SESSION_REQUIRED', 'what an officer had open ends with the account');
});

test('a link is opened in a browser: the passkey is added, signs in, and the link is spent', async (t) => {
  const browser = await openBrowser().catch(() => undefined);
  if (browser === undefined) return t.skip('skipped, because no browser starts here');
  try {
    for (const language of ['en', 'ur'] as const) {
      const { link } = await ayesha.ok('registerOfficer', {}, { account: `eman-${language}`, name: 'Eman Shah', roles: ['supervisor'], basis: 'appointed today' });
      const { page, complaints } = await openPage(browser, { language, theme: language === 'en' ? 'light' : 'dark' });
      const session = await page.context().newCDPSession(page);
      await session.send('WebAuthn.enable');
      await session.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
      await page.goto(link);
      await page.locator('.sign-in button.button--primary').waitFor();
      deepStrictEqual((await violationsOn(page)).lines, []);
      await page.keyboard.press('Tab');
      await page.locator('.sign-in button.button--primary').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('status').waitFor();
      ok(!page.url().includes('#'), 'the word of the link left the address');
      await page.locator('.sign-in button.button--wide').click();
      await page.locator('.shell').waitFor();
      deepStrictEqual(complaints, []);
      await page.goto(link);
      await page.locator('.sign-in button.button--primary').click();
      await page.getByRole('alert').waitFor();
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
});

async function untilAlert(officer: PasskeyOfficer): Promise<{ id: string; person: string | null }> {
  for (let tries = 0; tries < 400; tries++) {
    const found = (await officer.ok('alerts', {})).items.find((alert) => alert.person !== null);
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error('no alert was raised');
}

test('a firm\'s people invite programs of their own firm alone, and a revoked program is heard no more', async () => {
  const cora = await letIn('cora2', 'firm-compliance', { firm: 'EXC' });
  await bilal.ok('registerFirm', {}, { firm: 'otherco', code: 'OTH', name: 'Other Exchange', basis: 'letter of today' });
  strictEqual((await untilKnown(() => cora.act('inviteClient', {}, { client: 'otherco-feed', firm: 'OTH', basis: 'not mine' }))).json['code'], 'FORBIDDEN');
  strictEqual((await cora.act('inviteClient', {}, { client: 'exampleco-second', firm: 'EXC', basis: 'a second program' })).status, 200);
  deepStrictEqual((await cora.ok('clients', {})).items.map((one) => one.id), ['exampleco-feed']);
  await cora.ok('revokeClient', { id: 'exampleco-feed' }, { reason: 'the machine was lost' });
  await new Promise((done) => setTimeout(done, 5_500));
  match((await runFirm('client', 'send', at('events.ndjson'), `--key=${at('feed.json')}`)).err, /CLIENT_UNKNOWN/);
});

test('the ledger and a firm\'s tree leave as files that we and Go verify, also while the house runs', async (t) => {
  const [ledger, tree] = [at('ledger'), at('tree')];
  const exported = await run('log', 'export', ledger, '--json');
  strictEqual(exported.code, 0, exported.err);
  const said = JSON.parse(exported.out);
  deepStrictEqual([Object.keys(said), said.vkey], [['vkey', 'size', 'root'], verifiers.ledger]);
  strictEqual((await run('log', 'export', tree, '--firm=exampleco')).code, 0);
  match((await run('log', 'export', tree, '--firm=exampleco')).err, /is not empty/);
  match((await run('log', 'export', at('none'), '--firm=nobody')).err, /has filed nothing/);
  const judged = async (path: string, key: string): Promise<[number | null, string, string]> => {
    const ended = await runFirm('verify', path, '--json', `--key=${key}`);
    const answer = JSON.parse(ended.out);
    return [ended.code, answer.kind, answer.verified ? 'verified' : answer.reason.split(':')[0]];
  };
  deepStrictEqual(await judged(ledger, verifiers.ledger), [0, 'log', 'verified']);
  deepStrictEqual(await judged(ledger, join(ledger, 'vkey')), [0, 'log', 'verified']);
  deepStrictEqual(await judged(tree, verifiers.firms), [0, 'log', 'verified']);
  deepStrictEqual(await judged(join(ledger, 'checkpoint'), verifiers.ledger), [0, 'checkpoint', 'verified']);
  deepStrictEqual(await judged(tree, verifiers.ledger), [1, 'log', 'KEY_UNKNOWN'], 'another log\'s key');
  await verifyWithGo(t, ledger, said);
  const bundle = join(tree, 'tile/entries', readdirSync(join(tree, 'tile/entries'))[0] ?? '');
  const [part = ''] = readdirSync(bundle);
  const bytes = readFileSync(join(bundle, part));
  writeFileSync(join(bundle, part), bytes.subarray(0, -1));
  deepStrictEqual(await judged(tree, verifiers.firms), [1, 'log', 'FILE_INVALID'], 'cut short');
  writeFileSync(join(bundle, part), Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])]));
  deepStrictEqual(await judged(tree, verifiers.firms), [1, 'log', 'FILE_INVALID'], 'one bit');
  rmSync(join(bundle, part));
  deepStrictEqual(await judged(tree, verifiers.firms), [1, 'log', 'FILE_MISSING']);
  writeFileSync(join(ledger, 'checkpoint'), readFileSync(join(tree, 'checkpoint')));
  deepStrictEqual(await judged(ledger, verifiers.firms), [1, 'log', 'FILE_MISSING'], 'another log\'s head needs other files');
});

/** The independent client: golang.org/x/mod/sumdb. */
async function verifyWithGo(t: TestContext, directory: string, said: { vkey: string; size: number; root: string }): Promise<void> {
  const program = at('go-tlog');
  const built = spawnSync('go', ['build', '-buildvcs=false', '-o', program, '.'], { cwd: join(import.meta.dirname, '..', '..', 'scripts/interop/go-tlog'), encoding: 'utf8' });
  if (built.error !== undefined || /dial tcp|no such host|proxyconnect|i\/o timeout|GOPROXY=off|toolchain not available/.test(built.stderr)) return t.diagnostic('Go was not asked: it is absent, or cannot fetch golang.org/x/mod');
  strictEqual(built.status, 0, built.stderr);
  const report = JSON.parse(spawnSync(program, ['-dir', directory, '-vkey', said.vkey], { encoding: 'utf8' }).stdout);
  deepStrictEqual([report.size, report.root, report.entries], [said.size, said.root, said.size]);
}
