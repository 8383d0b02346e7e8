import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { SYSTEM, readEntries, withActor } from '../log/index.ts';
import { SecretFiles } from '../access/index.ts';
import { instantOf, type EntryKind, type PersonId } from '../terms/index.ts';
import { VaultClient, VaultDown, sealLetter, type IdentityInput, type Resolution } from './index.ts';
import { VaultKeys } from './keys.ts';
import { VaultHouse, personOf } from './testing/house.ts';
import { Vault } from './vault.ts';

let house: VaultHouse;
let number = 1_000;
before(async () => {
  house = await VaultHouse.open();
});
after(() => house.close());

const fresh = (): number => (number += 1);
const personIn = (answer: Resolution | undefined): PersonId => {
  assert.ok(answer !== undefined && 'person' in answer, JSON.stringify(answer));
  return answer.person;
};
async function onboard(firm: string, customer: string, identity: IdentityInput): Promise<PersonId> {
  const [answer] = await house.client.resolve([{ firm, customer, jwe: await house.seal(identity) }]);
  return personIn(answer);
}
const entriesOf = (kind: EntryKind) => withActor(house.database.pool('nigran_app'), SYSTEM, (tx) => readEntries(tx, { from: 0, kinds: [kind], limit: 1_000 }));
const rows = async (text: string, values: unknown[] = []) => (await house.database.pool('nigran_owner').query(text, values)).rows;

test('one person at two firms is one id, however the number is written; two people are two', async () => {
  const n = fresh();
  const identity = personOf(n);
  const digits = String(Object(identity).cnic).replaceAll('-', '');
  const urdu = digits.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
  const one = await onboard('sdx', `a${n}`, identity);
  assert.match(one, /^[0-9a-f]{32}$/);
  assert.equal(await onboard('kpx', `b${n}`, personOf(n, { cnic: digits, name: 'Written Otherwise' })), one);
  assert.equal(await onboard('ivx', `c${n}`, personOf(n, { cnic: urdu })), one);
  assert.equal(await onboard('ivx', `d${n}`, personOf(n, { cnic: undefined, nicop: digits })), one, 'NICOP carries the citizen number');
  assert.notEqual(await onboard('sdx', `e${n}`, personOf(fresh())), one);
});

test('companies are found by registration or tax number', async () => {
  const company = (change: object): IdentityInput => ({ v: 1, type: 'company', name: 'Planted Traders', country: 'PK', ...change });
  const one = await onboard('sdx', 'co1', company({ registrationNumber: 'SYN-000 001', ntn: '1234567-8' }));
  assert.equal(await onboard('kpx', 'co2', company({ registrationNumber: 'syn000001' })), one);
  assert.equal(await onboard('ivx', 'co3', company({ ntn: '1234567' })), one);
  assert.notEqual(await onboard('ivx', 'co4', company({ registrationNumber: 'SYN000002' })), one);
});

test('the same sealed identity again changes nothing, in the same call, later and after kill -9', async () => {
  const sealed = await Promise.all(Array.from({ length: 40 }, async () => {
    const n = fresh();
    return { firm: 'sdx', customer: `r${n}`, jwe: await house.seal(personOf(n)) };
  }));
  const first = await house.client.resolve([...sealed, ...sealed]);
  assert.deepEqual(first.slice(40), first.slice(0, 40));
  const count = async () => (await rows('select (select count(*) from vault.person) as people, (select count(*) from vault.statement) as statements, (select count(*) from log.entry) as entries'))[0];
  const before = await count();
  await house.kill();
  await house.start();
  assert.deepEqual(await house.client.resolve(sealed), first.slice(0, 40));
  assert.deepEqual(await count(), before);
});

test('calls at once that speak of the same people agree', async () => {
  const numbers = Array.from({ length: 60 }, fresh);
  const sealed = async (firm: string) => Promise.all(numbers.map(async (n) => ({ firm, customer: `${firm}${n}`, jwe: await house.seal(personOf(n)) })));
  const calls = await Promise.all(['sdx', 'kpx', 'ivx', 'mzx'].map(sealed));
  const other = new VaultClient(house.settings.address);
  const answers = await Promise.all(calls.flatMap((call, i) => [(i % 2 === 0 ? house.client : other).resolve(call), other.resolve([...call].reverse()).then((found) => found.reverse())]));
  other.close();
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.equal(new Set(answers[0]?.map(personIn)).size, numbers.length);
});

test('two processes over one database agree: one is a killed one\'s successor while its last transaction still runs', async () => {
  const keys = await VaultKeys.open(new SecretFiles({ directory: house.settings.keys, draw: () => new Uint8Array(0) }), (n) => randomBytes(n));
  const other = new Vault({ pool: house.database.pool('nigran_vault'), keys, clock: () => instantOf(1_700_000_000_000_000), drawPerson: () => randomBytes(16) });
  const numbers = Array.from({ length: 40 }, fresh);
  const sealed = (firm: string) => Promise.all(numbers.map(async (n) => ({ firm, customer: `${firm}${n}`, jwe: await house.seal(personOf(n)) })));
  const [mine, theirs, same] = await Promise.all([sealed('sdx'), sealed('kpx'), sealed('ivx')]);
  const split = (all: typeof mine): (typeof mine)[] => Array.from({ length: 8 }, (_, i) => all.slice(i * 5, i * 5 + 5));
  const answers = await Promise.all([
    ...split(mine).map((part) => house.client.resolve(part)), ...split(theirs).map((part) => other.resolve(part)), ...split(same).map((part) => other.resolve(part)),
  ]);
  const flat = answers.flat();
  assert.deepEqual(flat.slice(40, 80), flat.slice(0, 40));
  assert.deepEqual(flat.slice(80), flat.slice(0, 40));
  assert.equal(new Set(flat.map(personIn)).size, 40);
});

test('kill -9 in mid-stream: asked again, every identity has one person and no entry is doubled', async () => {
  const sealed = await Promise.all(Array.from({ length: 400 }, async (_, i) => {
    const n = i % 2 === 0 ? fresh() : number;
    return { firm: i % 2 === 0 ? 'sdx' : 'kpx', customer: `k${i}-${n}`, jwe: await house.seal(personOf(n)) };
  }));
  const parts = Array.from({ length: 20 }, (_, i) => sealed.slice(i * 20, i * 20 + 20));
  const asking = Promise.allSettled(parts.map((part) => house.client.resolve(part)));
  await new Promise((done) => setTimeout(done, 25));
  await house.kill();
  const settled = await asking;
  assert.ok(settled.every((one) => one.status === 'fulfilled' || one.reason instanceof VaultDown));
  await house.start();
  const again = await house.client.resolve(sealed);
  for (const [i, one] of settled.entries()) if (one.status === 'fulfilled') assert.deepEqual(again.slice(i * 20, i * 20 + 20), one.value, 'an answer given stays');
  for (let i = 0; i < sealed.length; i += 2) assert.deepEqual(again[i], again[i + 1], 'both firms\' customer is one person');
  assert.equal(new Set(again.map(personIn)).size, 200);
});

test('an identifier that links two ids merges them: one entry, one id from then on', async () => {
  const n = fresh();
  const passport = { country: 'PK', number: `AB${n}` };
  const byNumber = await onboard('sdx', `m${n}`, personOf(n));
  const byPassport = await onboard('kpx', `n${n}`, personOf(n, { cnic: undefined, passport }));
  assert.notEqual(byNumber, byPassport);
  const joined = await onboard('ivx', `o${n}`, personOf(n, { passport }));
  const [into, from] = [byNumber, byPassport].sort();
  assert.equal(joined, into, 'the smaller id survives');
  const merges = (await entriesOf('person-merged')).filter((entry) => Object(entry.body).from === from);
  assert.deepEqual(merges.map((entry): unknown => [entry.actor, entry.body]), [['vault', { from, into, reason: 'identifier' }]]);
  assert.equal(await onboard('mzx', `p${n}`, personOf(n, { cnic: undefined, passport })), into);
  assert.equal(await onboard('mzx', `q${n}`, personOf(n)), into);
});

test('a mistyped passport number does not make two citizens one', async () => {
  const [a, b] = [fresh(), fresh()];
  const passport = { country: 'PK', number: `CD${b}` };
  const one = await onboard('sdx', `s${a}`, personOf(a));
  const two = await onboard('kpx', `s${b}`, personOf(b, { passport }));
  assert.equal(await onboard('ivx', `t${a}`, personOf(a, { passport })), one, 'the citizen number is believed');
  assert.equal(await onboard('mzx', `t${b}`, personOf(b, { cnic: undefined, passport })), two, 'the passport is still the other\'s');
  assert.deepEqual(await rows(`select firm, reference, encode(person, 'hex') as person from vault.doubt where reference = $1`, [`t${a}`]), [{ firm: 'ivx', reference: `t${a}`, person: two }]);
});

test('a corrected number takes its customer along, and frees the wrong one', async () => {
  const [wrong, right] = [fresh(), fresh()];
  const before = await onboard('sdx', `u${wrong}`, personOf(wrong));
  const after = await onboard('sdx', `u${wrong}`, personOf(right));
  assert.equal(after, before, 'nobody else stood on the wrong number');
  assert.notEqual(await onboard('kpx', `v${wrong}`, personOf(wrong)), before, 'its owner is somebody else');
  assert.equal(await onboard('kpx', `v${right}`, personOf(right)), before);
});

test('what cannot be opened or read is rejected by place, never by value; the rest of the call is answered', async () => {
  const other = await house.seal(personOf(1), { kid: 'another' });
  const good = await house.seal(personOf(fresh()));
  const cases: readonly (readonly [string, string])[] = [
    ['not a jwe', 'identity'], [`${good.slice(0, -6)}AAAAAA`, 'identity'], [other, 'kid'], [await house.seal('no json'), 'identity'], [await house.seal('{"v":1}'), 'identity.type'],
    [await house.seal(personOf(1, { cnic: '35202-1234567' })), 'identity.cnic'], [await house.seal(personOf(1, { cnic: undefined })), 'identity.identifier'],
    [await house.seal(personOf(1, { Plantedkey: 1 })), 'identity'], [await house.seal(personOf(1, { name: '' })), 'identity.name'],
    [await house.seal(personOf(1, { passport: { country: 'PK', number: '!' } })), 'identity.passport.number'],
  ];
  const answers = await house.client.resolve([...cases.map(([jwe], i) => ({ firm: 'sdx', customer: `w${i}`, jwe })), { firm: 'sdx', customer: 'w', jwe: good }]);
  assert.deepEqual(answers.slice(0, -1), cases.map(([, detail]) => ({ rejection: { code: 'EVENT_IDENTITY_INVALID', detail } })));
  personIn(answers.at(-1));
});

test('unmasking needs a case, a reason and two people, and its entry comes first', async () => {
  const n = fresh();
  const person = await onboard('sdx', `x${n}`, personOf(n));
  await onboard('kpx', `y${n}`, personOf(n, { name: 'Zarghuna At The Other' }));
  await onboard('kpx', `y${n}`, personOf(n, { name: 'Zarghuna Corrected' }));
  const act = { person, case: 'C-1', reason: 'flow to a listed wallet', actor: 'analyst', second: 'senior' };
  const refusals = [
    [{ ...act, second: 'analyst' }, 'SECOND_PERSON_REQUIRED'], [{ ...act, second: '' }, 'SECOND_PERSON_REQUIRED'], [{ ...act, reason: ' ' }, 'DECISION_INVALID'],
    [{ ...act, case: '' }, 'DECISION_INVALID'], [{ ...act, person: '0'.repeat(32) }, 'NOT_FOUND'], [{ ...act, person: 'x' }, 'NOT_FOUND'],
  ] as const;
  for (const [wrong, code] of refusals) {
    const refused = await house.client.unmask(wrong);
    assert.ok('code' in refused && refused.code === code, code);
  }
  assert.equal((await entriesOf('person-unmasked')).length, 0);
  const found = await house.client.unmask(act);
  assert.ok(!('code' in found));
  assert.deepEqual(found.map((one) => [one.firm, one.customer, one.identity.name]), [['kpx', `y${n}`, 'Zarghuna Corrected'], ['sdx', `x${n}`, `Zarghuna Plantedname${n}`]]);
  const entries = await entriesOf('person-unmasked');
  assert.deepEqual(entries.map((entry): unknown => [entry.actor, entry.second, entry.body]), [['analyst', 'senior', { person, case: 'C-1', reason: act.reason }]]);
  await rows('alter table log.entry add constraint closed check (kind <> \'person-unmasked\') not valid');
  await assert.rejects(house.client.unmask(act), VaultDown, 'no entry, no identity');
  await rows('alter table log.entry drop constraint closed');
});

test('erasure destroys keys, identities and index rows, and a retry brings nothing back', async () => {
  const n = fresh();
  const passport = { country: 'PK', number: `EF${n}` };
  await onboard('ivx', `e0${n}`, personOf(n, { cnic: undefined, passport }));
  const jwe = await house.seal(personOf(n));
  const first = personIn((await house.client.resolve([{ firm: 'sdx', customer: `e1${n}`, jwe }]))[0]);
  const person = await onboard('kpx', `e2${n}`, personOf(n, { passport }));
  const act = { person: first, actor: 'supervisor', second: 'senior', reason: 'court order' };
  assert.equal(await house.client.erase(act), undefined);
  const left = await rows(
    `select (select count(*) from vault.claim c join vault.customer k using (firm, reference) where person = $1) as claims,
            (select count(*) from vault.statement s join vault.customer k using (firm, reference) where person = $1 and sealed is not null) as sealed,
            (select count(*) from vault.person where (id = $1 or merged_into = $1) and data_key is not null) as keys`, [Buffer.from(person, 'hex')]);
  assert.deepEqual(left, [{ claims: 0, sealed: 0, keys: 0 }]);
  assert.deepEqual((await entriesOf('person-erased')).map((entry): unknown => entry.body), [{ person, reason: 'court order' }]);
  for (const asked of [act, { ...act, person }]) assert.equal((await house.client.erase(asked))?.code, 'NOT_FOUND', 'once');
  const masked = await house.client.unmask({ ...act, case: 'C-1' });
  assert.ok('code' in masked && masked.code === 'NOT_FOUND');
  assert.equal(personIn((await house.client.resolve([{ firm: 'sdx', customer: `e1${n}`, jwe }]))[0]), person, 'a retry is answered with the bare id');
  assert.equal((await rows('select 1 from vault.claim where reference = $1', [`e1${n}`])).length, 0, 'and brings nothing back');
  assert.notEqual(await onboard('mzx', `e3${n}`, personOf(n)), person, 'who comes again is new');
});

test('the door opens to the secret of this start only, and only to the account that owns it', async () => {
  const stranger = new VaultClient({ ...house.settings.address, secret: 'x'.repeat(43) });
  await assert.rejects(stranger.resolve([{ firm: 'sdx', customer: 'z', jwe: 'x' }]), /answered 401/);
  assert.equal(await stranger.publicKey(), undefined);
  stranger.close();
  assert.equal(statSync(house.settings.address.socket).mode & 0o777, 0o600);
  for (const role of ['nigran_app', 'nigran_worker'] as const) {
    for (const table of ['person', 'customer', 'claim', 'statement', 'doubt']) {
      await assert.rejects(house.database.pool(role).query(`select 1 from vault.${table}`), /permission denied/);
    }
  }
});

test('while the vault is down every call says so at once, and what waits is answered when it stands again', async () => {
  const n = fresh();
  const sealed = [{ firm: 'sdx', customer: `down${n}`, jwe: await house.seal(personOf(n)) }];
  await house.kill();
  const from = performance.now();
  await assert.rejects(house.client.resolve(sealed), VaultDown);
  assert.deepEqual(await house.client.identify(sealed), ['down']);
  assert.ok(performance.now() - from < 1_000, 'at once');
  await house.start();
  personIn((await house.client.resolve(sealed))[0]);
});

test('a sealed letter is read with a reason and an entry, and no identity is opened under its name', async () => {
  const key = await house.client.publicKey();
  assert.ok(key !== undefined);
  const jwe = await sealLetter(key, 'words of a person');
  const act = { complaint: 'C-0000-0000-0001', jwe, actor: 'ayesha', reason: 'triage' };
  assert.equal(await house.client.openComplaint(act), 'words of a person');
  assert.deepEqual(await house.client.openComplaint({ ...act, reason: ' ' }), { code: 'DECISION_INVALID', detail: 'reason' });
  assert.deepEqual(await house.client.openComplaint({ ...act, jwe: await house.seal(personOf(fresh())) }), { code: 'NOT_FOUND', detail: 'sealed' });
  const [answer] = await house.client.resolve([{ firm: 'sdx', customer: 'letter', jwe }]);
  assert.ok(answer !== undefined && 'rejection' in answer, 'a letter is no identity');
  assert.deepEqual((await entriesOf('complaint-opened')).map((entry) => [entry.actor, entry.body]).slice(0, 1), [['ayesha', { complaint: act.complaint, sealed: createHash('sha256').update(jwe).digest('hex'), reason: 'triage' }]]);
  await assert.rejects(sealLetter(key, 'x'.repeat(70_000)));
});
