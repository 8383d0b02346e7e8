import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';
import { SYSTEM, logMigrations, readEntries, withActor } from '../log/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { DAY_US, HOUR_US, MINUTE_US, SECOND_US, instantOf, parseInstant, type Instant } from '../terms/index.ts';
import { accessMigrations } from './migrations.ts';
import { decide, type Role } from './roles.ts';
import type { OpenedSession } from './session.ts';
import { StaffDesk } from './staff.ts';
import { SoftAuthenticator } from './testing.ts';
import { totpCode, totpStep } from './totp.ts';

const ORIGIN = 'http://localhost:7411';
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const later = (us: number): Instant => instantOf(NOW + us);
const BY = { actor: 'init', basis: 'test' };
const PASSWORD = 'a long sentence for a demo';
const TOTP = Buffer.from('12345678901234567890');
let database: TestDatabase;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations]);
});
after(() => database.drop());

const deskOf = (synthetic: boolean) => new StaffDesk({ pool: database.pool('nigran_app'), random: (n) => randomBytes(n), party: { name: 'PVARA', origin: ORIGIN }, synthetic });

/** A desk with an account of its own; in a demo with password and code. */
async function withAccount(role: Role = 'surveillance-analyst', synthetic = true) {
  const desk = deskOf(synthetic);
  const account = `u${randomBytes(5).toString('hex')}`;
  const officer = { account, name: 'Ayesha Khan', organisation: 'authority' as const, roles: [role] };
  const link = await desk.letIn(NOW, officer, BY, synthetic ? { password: PASSWORD, totp: TOTP } : undefined);
  assert.ok('ticket' in link);
  return { desk, account, link: link.ticket };
}

const codeAt = (now: Instant): string => totpCode(TOTP, totpStep(now));
const opened = (answer: OpenedSession | object): OpenedSession => {
  assert.ok('session' in answer && 'token' in answer, JSON.stringify(answer));
  return answer;
};
const codeOf = (answer: object): unknown => ('code' in answer ? answer.code : 'no rejection');

async function signIn(desk: StaffDesk, account: string, now: Instant): Promise<OpenedSession> {
  const first = await desk.signInPassword(now, account, PASSWORD);
  assert.ok('ticket' in first, JSON.stringify(first));
  return opened(await desk.signInTotp(now, first.ticket, codeAt(now)));
}

/** Adds a passkey by a one-time link. */
async function enrol(desk: StaffDesk, link: string, now: Instant): Promise<SoftAuthenticator> {
  const key = new SoftAuthenticator(ORIGIN);
  const { token, session } = opened(await desk.signInLink(now, link));
  const ask = await desk.askNewPasskey(now, session);
  assert.equal(await desk.addPasskey(now, session, token, ask.ticket, key.attest(ask.options)), undefined);
  return key;
}

async function signInByKey(desk: StaffDesk, key: SoftAuthenticator, now: Instant): Promise<OpenedSession | object> {
  const ask = await desk.askPasskey(now);
  return desk.signInPasskey(now, ask.ticket, key.assert(String(ask.options['challenge'])));
}

test('password and code open a session, and the ledger knows the account but not the name', async () => {
  const { desk, account } = await withAccount();
  const { token, session } = await signIn(desk, account, later(HOUR_US));
  assert.equal(session.member.account, account);
  assert.equal(session.hasPasskey, false);
  const again = await desk.session(later(HOUR_US + MINUTE_US), token);
  assert.ok('member' in again);
  const entries = await withActor(database.pool('nigran_app'), SYSTEM, (tx) => readEntries(tx, { from: 0, limit: 500 }));
  const own = entries.filter((entry) => JSON.stringify(entry.body).includes(account));
  assert.deepEqual(own.map((entry) => [entry.kind, entry.actor]), [['officer-registered', 'init']]);
  assert.equal(entries.some((entry) => Buffer.from(entry.bytes).includes('Ayesha')), false);
});

test('wrong name, wrong password and wrong code get one answer', async () => {
  const { desk, account } = await withAccount();
  assert.equal(codeOf(await desk.signInPassword(NOW, 'nobody', PASSWORD)), 'SIGN_IN_FAILED');
  assert.equal(codeOf(await desk.signInPassword(NOW, account, 'wrong')), 'SIGN_IN_FAILED');
  const first = await desk.signInPassword(NOW, account, PASSWORD);
  assert.ok('ticket' in first);
  assert.equal(codeOf(await desk.signInTotp(NOW, first.ticket, '000000')), 'SIGN_IN_FAILED');
  assert.equal(codeOf(await desk.signInTotp(NOW, 'no ticket', codeAt(NOW))), 'SIGN_IN_FAILED');
  assert.equal(codeOf(await desk.signInTotp(later(6 * MINUTE_US), first.ticket, codeAt(later(6 * MINUTE_US)))), 'SIGN_IN_FAILED');
});

test('a code is used once, and a ticket too', async () => {
  const { desk, account } = await withAccount();
  const first = await desk.signInPassword(NOW, account, PASSWORD);
  const second = await desk.signInPassword(NOW, account, PASSWORD);
  assert.ok('ticket' in first && 'ticket' in second);
  opened(await desk.signInTotp(NOW, first.ticket, codeAt(NOW)));
  assert.equal(codeOf(await desk.signInTotp(NOW, second.ticket, codeAt(NOW))), 'SIGN_IN_FAILED', 'the same code again');
  const next = later(30 * SECOND_US);
  assert.equal(codeOf(await desk.signInTotp(next, first.ticket, codeAt(next))), 'SIGN_IN_FAILED', 'the same ticket again');
  opened(await desk.signInTotp(next, second.ticket, codeAt(next)));
});

test('ten failures rest the account for fifteen minutes, however many come at once', async () => {
  const { desk, account } = await withAccount();
  const guesses = await Promise.all(Array.from({ length: 14 }, () => desk.signInPassword(NOW, account, 'guess')));
  assert.ok(guesses.every((guess) => codeOf(guess) === 'SIGN_IN_FAILED'));
  assert.equal(codeOf(await desk.signInPassword(later(14 * MINUTE_US), account, PASSWORD)), 'SIGN_IN_FAILED', 'still resting');
  await signIn(desk, account, later(15 * MINUTE_US));
});

test('the code is guessed ten times at most, and a right password in between forgets nothing', async () => {
  const { desk, account } = await withAccount();
  const right = codeAt(NOW);
  const wrong = right === '000000' ? '000001' : '000000';
  for (let guess = 0; guess < 9; guess += 1) {
    const first = await desk.signInPassword(NOW, account, PASSWORD);
    assert.ok('ticket' in first);
    assert.equal(codeOf(await desk.signInTotp(NOW, first.ticket, wrong)), 'SIGN_IN_FAILED');
  }
  const last = await desk.signInPassword(NOW, account, PASSWORD);
  assert.ok('ticket' in last);
  assert.equal(codeOf(await desk.signInTotp(NOW, last.ticket, wrong)), 'SIGN_IN_FAILED');
  assert.equal(codeOf(await desk.signInTotp(NOW, last.ticket, right)), 'SIGN_IN_FAILED', 'the account rests, even for the right code');
});

test('outside a demo passwords are refused, and demo accounts cannot be made', async () => {
  const { account } = await withAccount();
  const desk = deskOf(false);
  assert.deepEqual(await desk.signInPassword(NOW, account, PASSWORD), { code: 'FORBIDDEN', detail: 'passkey' });
  assert.equal(codeOf(await desk.signInTotp(NOW, 'x', codeAt(NOW))), 'FORBIDDEN');
  const made = await desk.letIn(NOW, { account: 'x1', name: 'X', organisation: 'authority', roles: ['policy'] }, BY, { password: PASSWORD, totp: TOTP });
  assert.equal(codeOf(made), 'FORBIDDEN');
});

test('a session ends after thirty idle minutes, after twelve hours, and on sign-out', async () => {
  const { desk, account } = await withAccount();
  const { token } = await signIn(desk, account, NOW);
  let now = NOW;
  while (now + 25 * MINUTE_US < NOW + 12 * HOUR_US) {
    now = instantOf(now + 25 * MINUTE_US);
    assert.ok('member' in (await desk.session(now, token)), 'kept alive by use');
  }
  assert.equal(codeOf(await desk.session(later(12 * HOUR_US), token)), 'SESSION_REQUIRED', 'twelve hours');
  const idle = await signIn(desk, account, later(HOUR_US));
  assert.equal(codeOf(await desk.session(later(HOUR_US + 30 * MINUTE_US), idle.token)), 'SESSION_REQUIRED', 'thirty minutes idle');
  const open = await signIn(desk, account, later(HOUR_US + 5 * MINUTE_US));
  for (let minutes = 5; minutes < 30; minutes += 5) assert.ok('member' in (await desk.session(later(HOUR_US + (5 + minutes) * MINUTE_US), open.token, false)), 'a page that is left open still reads');
  assert.equal(codeOf(await desk.session(later(HOUR_US + 35 * MINUTE_US), open.token, false)), 'SESSION_REQUIRED', 'and does not keep the session awake');
  const left = await signIn(desk, account, later(2 * HOUR_US));
  await desk.signOut(left.token);
  assert.equal(codeOf(await desk.session(later(2 * HOUR_US), left.token)), 'SESSION_REQUIRED', 'signed out');
  assert.equal(codeOf(await desk.session(NOW, undefined)), 'SESSION_REQUIRED');
});

test('the tables hold no token: a copy of them opens no door', async () => {
  const { desk, account, link } = await withAccount();
  const { token } = await signIn(desk, account, NOW);
  const dump = await database.pool('nigran_owner').query('select row_to_json(s)::text as row from access.session s union all select row_to_json(t)::text from access.ticket t');
  const all = dump.rows.map((row: { row: string }) => row.row).join('\n');
  for (const secret of [token, link]) {
    const bytes = Buffer.from(secret, 'base64url');
    assert.equal(all.includes(bytes.toString('hex')) || all.includes(secret), false);
    assert.equal(all.includes(createHash('sha256').update(bytes).digest('hex')), true, 'its hash is there');
  }
});

test('a one-time link adds a passkey and opens nothing else', async () => {
  const { desk, account, link } = await withAccount('senior-analyst', false);
  const { session } = opened(await desk.signInLink(NOW, link));
  assert.deepEqual([session.enrolling, session.office, session.member.roles], [true, 'senior-analyst', []]);
  assert.equal(decide(session.member, 'overview.read').allowed, false, 'no role while enrolling');
  assert.equal(session.actor.organisation, undefined, 'row-level security shows nothing');
  assert.equal(codeOf(await desk.signInLink(NOW, link)), 'SIGN_IN_FAILED', 'the link is spent');
  const again = await desk.linkAgain(NOW, account, BY);
  assert.ok('ticket' in again);
  assert.equal(codeOf(await desk.signInLink(later(3 * DAY_US), again.ticket)), 'SIGN_IN_FAILED', 'a link ends after three days');
});

test('a passkey signs in, and only with a verified user, a fresh challenge and a counter that grows', async () => {
  const { desk, account, link } = await withAccount('senior-analyst', false);
  const key = await enrol(desk, link, NOW);
  const { session } = opened(await signInByKey(desk, key, NOW));
  assert.equal(session.member.account, account);
  assert.equal(session.hasPasskey, true);
  const ask = await desk.askPasskey(NOW);
  const answer = key.assert(String(ask.options['challenge']));
  opened(await desk.signInPasskey(NOW, ask.ticket, answer));
  assert.equal(codeOf(await desk.signInPasskey(NOW, ask.ticket, answer)), 'SIGN_IN_FAILED', 'a challenge is answered once');
  assert.equal(codeOf(await desk.signInPasskey(NOW, (await desk.askPasskey(NOW)).ticket, answer)), 'SIGN_IN_FAILED', 'another challenge');
  key.verifiesUser = false;
  assert.equal(codeOf(await signInByKey(desk, key, NOW)), 'SIGN_IN_FAILED', 'user not verified');
  key.verifiesUser = true;
  key.counter = 0;
  assert.equal(codeOf(await signInByKey(desk, key, NOW)), 'SIGN_IN_FAILED', 'a counter that ran back');
  key.counter = 100;
  opened(await signInByKey(desk, key, NOW));
  assert.equal(codeOf(await signInByKey(desk, new SoftAuthenticator(ORIGIN), NOW)), 'SIGN_IN_FAILED', 'an unknown key');
  for (const junk of [undefined, {}, { id: 'x' }, { ...answer, response: {} }]) {
    assert.equal(codeOf(await desk.signInPasskey(NOW, (await desk.askPasskey(NOW)).ticket, junk)), 'SIGN_IN_FAILED');
  }
});

test('a proof of presence is for one decision, one person, once', async () => {
  const { desk, account, link } = await withAccount('senior-analyst', false);
  const key = await enrol(desk, link, NOW);
  const { session } = opened(await signInByKey(desk, key, NOW));
  const hash = createHash('sha256').update('the decision').digest('hex');
  const other = createHash('sha256').update('another').digest('hex');
  const over = (bound: string) => key.assert(Buffer.from(bound, 'hex').toString('base64url'));
  assert.equal(codeOf(await desk.stepUp(NOW, session, { method: 'passkey', hash: other, response: over(hash) })), 'SIGN_IN_FAILED', 'signed over another decision');
  assert.equal(codeOf(await desk.stepUp(NOW, session, { method: 'totp', hash, code: codeAt(NOW) })), 'SIGN_IN_FAILED', 'no codes outside a demo');
  const proven = await desk.stepUp(NOW, session, { method: 'passkey', hash, response: over(hash) });
  assert.ok('ticket' in proven);
  assert.match(proven.ticket, /^[A-Za-z0-9+/]*={0,2}$/);
  const spend = (who: string, what: string, proof: string | undefined, now = NOW) =>
    withActor(database.pool('nigran_app'), SYSTEM, (tx) => desk.takeStepUp(tx, now, { account: who }, what, proof));
  assert.equal(codeOf((await spend(account, hash, undefined)) ?? {}), 'STEP_UP_REQUIRED');
  assert.equal(await spend(account, hash, proven.ticket), undefined);
  assert.equal(codeOf((await spend(account, hash, proven.ticket)) ?? {}), 'STEP_UP_REQUIRED', 'spent');
  for (const [who, what, now] of [['somebody', hash, NOW], [account, other, NOW], [account, hash, later(5 * MINUTE_US)]] as const) {
    const fresh = await desk.stepUp(NOW, session, { method: 'passkey', hash, response: over(hash) });
    assert.ok('ticket' in fresh);
    assert.equal(codeOf((await spend(who, what, fresh.ticket, now)) ?? {}), 'STEP_UP_REQUIRED');
  }
});

test('an account that ends takes its sessions, links and passkeys with it', async () => {
  const { desk, account, link } = await withAccount('policy', false);
  const key = await enrol(desk, link, NOW);
  const { token } = opened(await signInByKey(desk, key, NOW));
  const open = await desk.linkAgain(NOW, account, BY);
  assert.ok('ticket' in open);
  assert.equal(await desk.letGo(NOW, account, BY), undefined);
  assert.equal(codeOf(await desk.session(NOW, token)), 'SESSION_REQUIRED');
  assert.equal(codeOf(await desk.signInLink(NOW, open.ticket)), 'SIGN_IN_FAILED');
  assert.equal(codeOf(await signInByKey(desk, key, NOW)), 'SIGN_IN_FAILED');
  assert.equal(codeOf(await desk.linkAgain(NOW, account, BY)), 'NOT_FOUND');
});

test('an officer with a role of another organisation, a taken name or no firm is refused, and leaves no entry', async () => {
  const desk = deskOf(true);
  const { account } = await withAccount();
  const size = async () => (await withActor(database.pool('nigran_app'), SYSTEM, (tx) => readEntries(tx, { from: 0, limit: 1_000 }))).length;
  const before = await size();
  const cases = [
    [{ account: 'm1', name: 'M', organisation: 'authority', roles: ['mlro'] }, 'roles'],
    [{ account: 'm1', name: 'M', organisation: 'firm', roles: ['mlro'] }, 'firm'],
    [{ account: 'm1', name: 'M', organisation: 'authority', roles: [] }, 'roles'],
    [{ account, name: 'M', organisation: 'authority', roles: ['policy'] }, 'account'],
    [{ account: 'no spaces', name: 'M', organisation: 'authority', roles: ['policy'] }, 'account'],
  ] as const;
  for (const [officer, place] of cases) assert.deepEqual(await desk.letIn(NOW, officer, BY), { code: 'REQUEST_INVALID', detail: place });
  assert.equal(await size(), before);
});
