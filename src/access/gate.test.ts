import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { SYSTEM, logMigrations, readEntries, withActor } from '../log/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { MINUTE_US, SECOND_US, instantOf, parseInstant, reject, type Instant } from '../terms/index.ts';
import { derOf } from './client.ts';
import { ClientRegister } from './client-register.ts';
import { FirmGate, type GateRequest, type SignatureVerifier } from './gate.ts';
import { openKeys, type Signer } from './keys.ts';
import { accessMigrations } from './migrations.ts';
import { SecretFiles } from './secret-files.ts';
import { SoftClient, jws } from './testing.ts';

const ORIGIN = 'http://127.0.0.1:7411';
const TOKEN_URL = `${ORIGIN}/oauth/token`;
const EVENTS_URL = `${ORIGIN}/v1/events`;
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const later = (us: number): Instant => instantOf(NOW + us);
const BY = { actor: 'test', basis: 'test' };
let database: TestDatabase;
let signer: Signer;
let directory: string;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations]);
  directory = mkdtempSync(join(tmpdir(), 'nigran-gate-'));
  signer = openKeys(new SecretFiles({ directory, draw: (_label, n) => randomBytes(n) })).token('token-1');
});
after(async () => {
  await database.drop();
  rmSync(directory, { recursive: true });
});

/**
 * A verifier that reads what the test wrote: key id, nonce and created stand in a header of their own. The
 * real one is `proof`'s; what is tried here is what the gate does with its answer.
 */
const verifySignature: SignatureVerifier = async (request, keyOf) => {
  const [keyId = '', nonce = '', created = ''] = (request.headers['x-test-signature'] ?? '').split(' ');
  if (keyId === '') return reject('SIGNATURE_MISSING');
  if (keyOf(keyId) === undefined) return reject('SIGNATURE_INVALID', 'keyid');
  return { keyId, nonce, created: Number(created), signatureBase: createHash('sha256').update(`${keyId}${nonce}${created}`).digest('hex') };
};

const gateOf = () => new FirmGate({
  pool: database.pool('nigran_app'), signer, random: (n) => randomBytes(n), origin: ORIGIN, verifySignature, numberOf: (firm) => (firm === 'gone' ? undefined : 7),
});

/** A registered client at a gate. */
async function withClient(firm = 'sdx') {
  const client = new SoftClient(`${firm}-${randomBytes(4).toString('hex')}`, ORIGIN);
  const register = new ClientRegister(database.pool('nigran_app'));
  const made = await register.register(NOW, { id: client.id, firm, jwk: client.jwk }, BY);
  assert.ok('keyId' in made, JSON.stringify(made));
  return { client, register, keyId: made.keyId, gate: gateOf() };
}

const request = (now: Instant, headers: Record<string, string>, method = 'POST', target = EVENTS_URL): GateRequest => ({ method, target, headers, now });

async function tokenOf(gate: FirmGate, client: SoftClient, now: Instant): Promise<string> {
  const answer = await gate.token(client.form(now), request(now, { dpop: client.proof(now, 'POST', TOKEN_URL) }, 'POST', TOKEN_URL));
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return String(answer.body['access_token']);
}

function filing(client: SoftClient, keyId: string, token: string, now: Instant, change: { nonce?: string; created?: number; proof?: string } = {}): GateRequest {
  const nonce = change.nonce ?? randomBytes(12).toString('hex');
  return request(now, {
    authorization: `DPoP ${token}`, dpop: change.proof ?? client.proof(now, 'POST', EVENTS_URL, token),
    'x-test-signature': `${keyId} ${nonce} ${change.created ?? Math.floor(now / 1e6)}`,
  });
}

const codeOf = (answer: object): string => {
  if ('body' in answer) return codeOf(Object(answer.body));
  return 'code' in answer ? `${String(answer.code)}${'detail' in answer ? ` ${String(answer.detail)}` : ''}` : 'no rejection';
};

test('a registered client gets a token for its key, reads and files; the entry commits to the key', async () => {
  const { client, gate, keyId } = await withClient();
  const token = await tokenOf(gate, client, NOW);
  const reader = await gate.reader(request(NOW, { authorization: `DPoP ${token}`, dpop: client.proof(NOW, 'GET', `${ORIGIN}/v1/submissions/S-1`, token) }, 'GET', `${ORIGIN}/v1/submissions/S-1?x=1`));
  assert.deepEqual(reader, { firm: 'sdx', firmNumber: 7, client: client.id });
  const filed = await gate.filer(filing(client, keyId, token, NOW));
  assert.ok('filer' in filed);
  assert.deepEqual(filed.filer, { firm: 'sdx', firmNumber: 7, client: client.id });
  assert.match(filed.signatureBase, /^[0-9a-f]{64}$/);
  const entries = await withActor(database.pool('nigran_app'), SYSTEM, (tx) => readEntries(tx, { from: 0, kinds: ['client-registered'], limit: 500 }));
  const bodies = entries.map((entry): unknown => entry.body);
  assert.deepEqual(bodies.at(-1), { client: client.id, firm: 'sdx', key: keyId, algorithm: 'ES256' });
});

test('an assertion that is wrong in any way gets no token', async () => {
  const { client, gate } = await withClient();
  const seconds = Math.floor(NOW / 1e6);
  const cases: readonly (readonly [string, Record<string, string>, string])[] = [
    ['audience', client.form(NOW, { aud: 'https://other.example' }), 'CLIENT_ASSERTION_INVALID aud'],
    ['audiences', client.form(NOW, { aud: [ORIGIN, 'https://other.example'] }), 'CLIENT_ASSERTION_INVALID client_assertion'],
    ['issuer', client.form(NOW, { iss: 'someone' }), 'CLIENT_ASSERTION_INVALID iss'],
    ['unknown', client.form(NOW, { iss: 'someone', sub: 'someone' }), 'CLIENT_UNKNOWN'],
    ['ended', client.form(NOW, { exp: seconds - 60 }), 'CLIENT_ASSERTION_INVALID client_assertion'],
    ['too long', client.form(NOW, { exp: seconds + 400 }), 'CLIENT_ASSERTION_INVALID exp'],
    ['no jti', client.form(NOW, { jti: undefined }), 'CLIENT_ASSERTION_INVALID client_assertion'],
    ['no end', client.form(NOW, { exp: undefined }), 'CLIENT_ASSERTION_INVALID client_assertion'],
    ['another client id', { ...client.form(NOW), client_id: 'other' }, 'CLIENT_ASSERTION_INVALID iss'],
    ['junk', { ...client.form(NOW), client_assertion: 'a.b.c' }, 'CLIENT_ASSERTION_INVALID client_assertion'],
    ['nothing', { ...client.form(NOW), client_assertion: '' }, 'CLIENT_ASSERTION_INVALID client_assertion'],
    ['password grant', { ...client.form(NOW), grant_type: 'password' }, 'REQUEST_INVALID grant_type'],
    ['no type', { grant_type: 'client_credentials' }, 'CLIENT_ASSERTION_INVALID client_assertion_type'],
  ];
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const claims = { iss: client.id, sub: client.id, aud: ORIGIN, jti: 'jti-12345678', exp: seconds + 60 };
  const forged = jws({ alg: 'ES256' }, claims, stranger);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
  for (const [what, form, expected] of [...cases, ['another key', { ...client.form(NOW), client_assertion: forged }, 'CLIENT_ASSERTION_INVALID client_assertion'] as const, ['no signature', { ...client.form(NOW), client_assertion: unsigned }, 'CLIENT_ASSERTION_INVALID client_assertion'] as const]) {
    const answer = await gate.token(form, request(NOW, { dpop: client.proof(NOW, 'POST', TOKEN_URL) }, 'POST', TOKEN_URL));
    assert.ok(answer.status >= 400, what);
    assert.equal(codeOf(answer), expected, what);
  }
});

test('a proof that is wrong in any way gets no token', async () => {
  const { client, gate } = await withClient();
  const seconds = Math.floor(NOW / 1e6);
  const proof = (change: object, method = 'POST', target = TOKEN_URL) => client.proof(NOW, method, target, undefined, change);
  const secret = client.proofKey.privateKey.export({ format: 'jwk' });
  const leaked = jws({ typ: 'dpop+jwt', alg: 'ES256', jwk: secret }, { htm: 'POST', htu: TOKEN_URL, iat: seconds, jti: 'jti-12345678' }, client.proofKey.privateKey);
  const untyped = jws({ alg: 'ES256', jwk: client.proofKey.publicKey.export({ format: 'jwk' }) }, { htm: 'POST', htu: TOKEN_URL, iat: seconds, jti: 'jti-12345678' }, client.proofKey.privateKey);
  const headed = (head: object): string => jws({ typ: 'dpop+jwt', alg: 'ES256', jwk: client.proofKey.publicKey.export({ format: 'jwk' }), ...head }, { htm: 'POST', htu: TOKEN_URL, iat: seconds, jti: 'jti-12345678' }, client.proofKey.privateKey);
  const [head = '', payload = '', signature = ''] = headed({}).split('.');
  const cases: readonly (readonly [string, string | undefined, string])[] = [
    ['what must be understood and is not', headed({ crit: ['b64'], b64: false }), 'TOKEN_PROOF_INVALID DPoP'], ['another algorithm than the key\'s', headed({ alg: 'EdDSA' }), 'TOKEN_PROOF_INVALID jwk'],
    ['no algorithm', headed({ alg: 'none' }), 'TOKEN_PROOF_INVALID DPoP'], ['a part too many', `${head}.${payload}.${signature}.x`, 'TOKEN_PROOF_INVALID DPoP'], ['no signature', `${head}.${payload}.`, 'TOKEN_PROOF_INVALID DPoP'],
    ['another\'s signature', `${head}.${payload}.${proof({}).split('.')[2]}`, 'TOKEN_PROOF_INVALID DPoP'], ['other claims', `${head}.${proof({}).split('.')[1]}.${signature}`, 'TOKEN_PROOF_INVALID DPoP'],
    ['past its own end', proof({ exp: seconds }), 'TOKEN_PROOF_INVALID DPoP'], ['not yet', proof({ nbf: seconds + 1 }), 'TOKEN_PROOF_INVALID DPoP'],
    ['none', undefined, 'TOKEN_PROOF_INVALID DPoP'], ['junk', 'x.y.z', 'TOKEN_PROOF_INVALID DPoP'], ['method', proof({}, 'GET'), 'TOKEN_PROOF_INVALID htm'],
    ['address', proof({}, 'POST', EVENTS_URL), 'TOKEN_PROOF_INVALID htu'], ['old', proof({ iat: seconds - 61 }), 'TOKEN_PROOF_INVALID iat'],
    ['ahead', proof({ iat: seconds + 31 }), 'TOKEN_PROOF_INVALID iat'], ['no jti', proof({ jti: undefined }), 'TOKEN_PROOF_INVALID DPoP'],
    ['a private key in it', leaked, 'TOKEN_PROOF_INVALID jwk'], ['no type', untyped, 'TOKEN_PROOF_INVALID DPoP'],
  ];
  for (const [what, dpop, expected] of cases) {
    const answer = await gate.token(client.form(NOW), request(NOW, dpop === undefined ? {} : { dpop }, 'POST', TOKEN_URL));
    assert.equal(answer.status, 400, what);
    assert.equal(codeOf(answer), expected, what);
  }
});

test('what was used once is refused, also by another server and after a restart', async () => {
  const { client, gate, keyId } = await withClient();
  const form = client.form(NOW);
  const ask = (at: FirmGate, dpop: string) => at.token(form, request(NOW, { dpop }, 'POST', TOKEN_URL));
  assert.equal((await ask(gate, client.proof(NOW, 'POST', TOKEN_URL))).status, 200);
  assert.equal(codeOf(await ask(gateOf(), client.proof(NOW, 'POST', TOKEN_URL))), 'CLIENT_ASSERTION_INVALID jti');
  const token = await tokenOf(gate, client, NOW);
  const sent = filing(client, keyId, token, NOW, { nonce: 'nonce-nonce' });
  assert.ok('filer' in (await gate.filer(sent)));
  assert.equal(codeOf(await gateOf().filer(sent)), 'TOKEN_PROOF_INVALID jti');
  assert.equal(codeOf(await gateOf().filer(filing(client, keyId, token, NOW, { nonce: 'nonce-nonce' }))), 'SIGNATURE_REPLAYED nonce');
  const twins = await Promise.all([1, 2, 3].map(() => gate.filer(filing(client, keyId, token, NOW, { nonce: 'twin-twin-twin' }))));
  assert.equal(twins.filter((answer) => 'filer' in answer).length, 1, 'of three at once one gets in');
  assert.ok('filer' in (await gate.filer(filing(client, keyId, token, later(301 * SECOND_US), { nonce: 'another-nonce' }))));
});

test('a pair is the DER that the platform makes of it, however short its halves are', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const lengths = new Set<number>();
  for (let n = 0; n < 400; n++) {
    const pair = sign('sha256', Buffer.from([n, n >> 8]), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    lengths.add(derOf(pair).length);
    assert.ok(verify('sha256', Buffer.from([n, n >> 8]), publicKey, derOf(pair)), pair.toString('hex'));
  }
  assert.ok(lengths.size > 2, 'halves of several lengths were met');
  assert.equal(Buffer.from(derOf(new Uint8Array(64))).toString('hex'), '3006020100020100');
  assert.equal(verify('sha256', Buffer.from('x'), publicKey, derOf(new Uint8Array(64))), false);
});

test('two clients may use the same nonce', async () => {
  const one = await withClient();
  const two = await withClient();
  for (const { client, gate, keyId } of [one, two]) {
    const token = await tokenOf(gate, client, NOW);
    assert.ok('filer' in (await gate.filer(filing(client, keyId, token, NOW, { nonce: 'the-same-nonce' }))));
  }
});

test('a token is good for ten minutes, with its own key, for its own request', async () => {
  const { client, gate, keyId } = await withClient();
  const token = await tokenOf(gate, client, NOW);
  const end = later(10 * MINUTE_US);
  assert.ok('filer' in (await gate.filer(filing(client, keyId, token, later(10 * MINUTE_US - SECOND_US)))), 'the last second');
  assert.equal(codeOf(await gate.filer(filing(client, keyId, token, end))), 'TOKEN_INVALID exp', 'remembered and ended');
  assert.equal(codeOf(await gateOf().filer(filing(client, keyId, token, end))), 'TOKEN_INVALID', 'never seen and ended');
  const thief = new SoftClient(client.id, ORIGIN);
  assert.equal(codeOf(await gate.filer(filing(thief, keyId, token, NOW))), 'TOKEN_PROOF_INVALID jkt', 'another key');
  const unbound = client.proof(NOW, 'POST', EVENTS_URL);
  assert.equal(codeOf(await gate.filer(filing(client, keyId, token, NOW, { proof: unbound }))), 'TOKEN_PROOF_INVALID ath', 'a proof without the token');
  assert.equal(codeOf(await gate.filer(filing(client, keyId, `${token.slice(0, -4)}AAAA`, NOW))), 'TOKEN_INVALID', 'a changed token');
  for (const authorization of ['', `Bearer ${token}`, 'DPoP x']) {
    assert.equal(codeOf(await gate.reader(request(NOW, { authorization, dpop: client.proof(NOW, 'POST', EVENTS_URL, token) }))), 'TOKEN_INVALID authorization');
  }
});

test('a filing is signed by the client that holds the token, not long ago and not ahead', async () => {
  const { client, gate, keyId } = await withClient();
  const other = await withClient();
  const token = await tokenOf(gate, client, NOW);
  const seconds = Math.floor(NOW / 1e6);
  const file = (key: string, change: { created?: number; nonce?: string }) => gate.filer(filing(client, key, token, NOW, change));
  assert.equal(codeOf(await file(other.keyId, {})), 'SIGNATURE_INVALID keyid');
  assert.equal(codeOf(await file(keyId, { created: seconds - 301 })), 'SIGNATURE_EXPIRED');
  assert.equal(codeOf(await file(keyId, { created: seconds + 31 })), 'SIGNATURE_EXPIRED');
  assert.equal(codeOf(await file(keyId, { created: Number.NaN })), 'SIGNATURE_INVALID created');
  assert.equal(codeOf(await file(keyId, { nonce: 'short' })), 'SIGNATURE_INVALID nonce');
  assert.equal(codeOf(await file('', {})), 'SIGNATURE_MISSING');
  assert.ok('filer' in (await file(keyId, { created: seconds - 300 })));
});

test('a revoked client is heard for five seconds at most; a firm that is not known is not heard', async () => {
  const { client, gate, register, keyId } = await withClient();
  const token = await tokenOf(gate, client, NOW);
  assert.deepEqual(await register.revoke(NOW, { id: client.id, firm: 'kpx' }, BY), reject('NOT_FOUND'), 'another firm cannot revoke it');
  assert.equal(await register.revoke(NOW, { id: client.id, firm: 'sdx' }, BY), undefined);
  assert.equal(codeOf(await gate.filer(filing(client, keyId, token, later(5 * SECOND_US)))), 'CLIENT_UNKNOWN');
  assert.equal(codeOf(await gate.token(client.form(NOW), request(NOW, { dpop: client.proof(NOW, 'POST', TOKEN_URL) }, 'POST', TOKEN_URL))), 'CLIENT_UNKNOWN');
  assert.deepEqual(await register.revoke(NOW, { id: client.id }, BY), reject('NOT_FOUND'), 'revoked once');
  const gone = await withClient('gone');
  assert.equal(codeOf(await gone.gate.filer(filing(gone.client, gone.keyId, await tokenOf(gone.gate, gone.client, NOW), NOW))), 'CLIENT_UNKNOWN');
});

test('keys that may not be registered', async () => {
  const { register, client } = await withClient();
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  const ed = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const add = (jwk: unknown, id = `c-${randomBytes(4).toString('hex')}`) => register.register(NOW, { id, firm: 'sdx', jwk }, BY);
  assert.ok('keyId' in (await add(ed)), 'Ed25519 may');
  assert.equal(codeOf(await add(client.jwk)), 'REQUEST_INVALID client', 'a key belongs to one client');
  assert.equal(codeOf(await add({ kty: 'EC', crv: 'P-256', x, y }, client.id)), 'REQUEST_INVALID client', 'a taken id');
  assert.equal(codeOf(await add({ kty: 'EC', crv: 'P-256', x, y }, 'no spaces please')), 'REQUEST_INVALID client');
  assert.equal(codeOf(await add(client.privateKey.export({ format: 'jwk' }))), 'REQUEST_INVALID jwk', 'a private key');
  assert.equal(codeOf(await add({ kty: 'EC', crv: 'P-256', x, y: x })), 'REQUEST_INVALID jwk', 'a point off the curve');
  assert.equal(codeOf(await add({ kty: 'EC', crv: 'P-384', x, y })), 'REQUEST_INVALID jwk');
  assert.equal(codeOf(await add({ kty: 'oct', k: x })), 'REQUEST_INVALID jwk');
  assert.equal(codeOf(await add('jwk')), 'REQUEST_INVALID jwk');
});

test('when the database cannot be asked nothing is let through', async () => {
  const { client, gate, keyId } = await withClient();
  const token = await tokenOf(gate, client, NOW);
  const lost = await openTestDatabase([...logMigrations, ...accessMigrations]);
  const blind = new FirmGate({ pool: lost.pool('nigran_app'), signer, random: (n) => randomBytes(n), origin: ORIGIN, verifySignature, numberOf: () => 7 });
  await lost.drop();
  await assert.rejects(blind.filer(filing(client, keyId, token, NOW)));
  await assert.rejects(blind.token(client.form(NOW), request(NOW, { dpop: client.proof(NOW, 'POST', TOKEN_URL) }, 'POST', TOKEN_URL)));
});
