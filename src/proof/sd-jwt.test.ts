import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import test from 'node:test';
import fc from 'fast-check';
import type { Json } from '../terms/index.ts';
import { keyOfJwk } from './public-key.ts';
import { partsOfJson, splitSdJwt, verifySdJwt, type SdJwtTrust, type SdJwtVerdict } from './sd-jwt.ts';
import { RFC9901_ISSUED, RFC9901_KEY, RFC9901_PRESENTED } from './testing/credential-vectors.ts';
import type { NamedKey } from './jwt.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const namedOf = (jwk: Json): NamedKey => {
  const key = keyOfJwk(jwk);
  assert.ok(key !== undefined);
  return { key };
};
const rfc: SdJwtTrust = { nowMs: NOW, keys: [namedOf(RFC9901_KEY)] };
const failures = (verdict: SdJwtVerdict): string[] => verdict.checks.filter((check) => !check.ok).map((check) => check.name);

async function verify(text: string, trust: SdJwtTrust = rfc): Promise<SdJwtVerdict> {
  const parts = splitSdJwt(text);
  assert.ok(parts !== undefined);
  return verifySdJwt(parts, trust);
}

test('the example of RFC 9901 verifies as it is issued and as it is presented, and tells the claims that it publishes', async () => {
  const issued = await verify(RFC9901_ISSUED);
  assert.equal(issued.reason, 'the token verifies');
  assert.deepEqual([issued.claims?.['nationalities'], issued.claims?.['birthdate'], issued.claims?.['_sd']], [['US', 'DE'], '1940-01-01', undefined]);
  const presented = await verify(RFC9901_PRESENTED, { ...rfc, audience: 'https://verifier.example.org', nonce: '1234567890' });
  assert.equal(presented.reason, 'the token verifies');
  assert.deepEqual(presented.claims, {
    iss: 'https://issuer.example.com', iat: 1_683_000_000, exp: 1_883_000_000, sub: 'user_42', nationalities: ['US'],
    cnf: { jwk: { kty: 'EC', crv: 'P-256', x: 'TCAER19Zvu3OHF4j4W4vfSVoHIP1ILilDls7vCeGemc', y: 'ZxjiWWbZMQGHVWKVQ4hbSIirsVfuecCE6t4jT9F2HZQ' } },
    family_name: 'Doe', address: { street_address: '123 Main St', locality: 'Anytown', region: 'Anystate', country: 'US' }, given_name: 'John',
  });
});

test('the holder\'s binding is to this presentation, this verifier and this nonce', async () => {
  assert.deepEqual(failures(await verify(RFC9901_PRESENTED, { ...rfc, audience: 'https://other.example' })), ['holder binding']);
  assert.deepEqual(failures(await verify(RFC9901_PRESENTED, { ...rfc, nonce: '1' })), ['holder binding']);
  assert.deepEqual(failures(await verify(RFC9901_ISSUED, { ...rfc, nonce: '1' })), ['holder binding'], 'asked for, and not there');
  const parts = RFC9901_PRESENTED.split('~');
  assert.deepEqual(failures(await verify(parts.filter((_, i) => i !== 1).join('~'))), ['holder binding'], 'a disclosure that was taken away');
  const [token, ...rest] = RFC9901_ISSUED.split('~');
  assert.deepEqual(failures(await verify([token, ...rest.slice(0, -1), parts.at(-1)].join('~'))), ['holder binding'], 'one that was added');
});

test('a flip of any bit is caught', async () => {
  await fc.assert(fc.asyncProperty(fc.nat(RFC9901_PRESENTED.length - 1), fc.nat(7), async (at, bit) => {
    const bytes = Buffer.from(RFC9901_PRESENTED);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    const parts = splitSdJwt(bytes.toString('latin1'));
    if (parts !== undefined) assert.equal((await verifySdJwt(parts, rfc)).verified, false, `byte ${at} bit ${bit}`);
  }), { numRuns: 400 });
});

test('disclosures are those of the token, each once; another key, and a past end, are refused', async () => {
  const [token = '', ...rest] = RFC9901_ISSUED.split('~');
  const again = [token, rest[0], ...rest].join('~');
  assert.deepEqual(failures(await verify(again)), ['disclosures']);
  const stranger = Buffer.from(JSON.stringify(['salt', 'admin', true])).toString('base64url');
  assert.deepEqual(failures(await verify([token, stranger, ...rest].join('~'))), ['disclosures']);
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  assert.deepEqual(failures(await verify(RFC9901_ISSUED, { ...rfc, keys: [namedOf(jwkOf(publicKey))] })), ['signature']);
  assert.deepEqual(failures(await verify(RFC9901_ISSUED, { ...rfc, keys: [] })), ['key']);
  assert.deepEqual(failures(await verify(RFC9901_ISSUED, { ...rfc, nowMs: 1_883_000_000_000 })), ['expiry']);
});

const jwkOf = (key: KeyObject): Json => JSON.parse(JSON.stringify(key.export({ format: 'jwk' })));
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const digestOf = (disclosure: string, hash = 'sha256'): string => createHash(hash).update(disclosure).digest('base64url');

/** A signer of tokens by the platform's own crypto. */
function tokenSigner(alg: string, pair: { publicKey: KeyObject; privateKey: KeyObject }, hash: string | null, more: object = {}): { keys: NamedKey[]; token(payload: unknown, header?: object): string } {
  return {
    keys: [namedOf(jwkOf(pair.publicKey))],
    token: (payload, header = {}) => {
      const signed = `${encode({ alg, typ: 'dc+sd-jwt', ...header })}.${encode(payload)}`;
      return `${signed}.${sign(hash, Buffer.from(signed), { key: pair.privateKey, dsaEncoding: 'ieee-p1363', ...more }).toString('base64url')}`;
    },
  };
}
const es256 = tokenSigner('ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'sha256');
const vc = { iss: 'https://a.example', vct: 'https://a.example/noc', exp: 1_900_000_000 };
const judge = (payload: object, disclosures: readonly string[] = [], header: object = {}, more: Partial<SdJwtTrust> = {}): Promise<SdJwtVerdict> =>
  verify(`${[es256.token(payload, header), ...disclosures].join('~')}~`, { nowMs: NOW, keys: es256.keys, ...more });

test('every algorithm is judged by its own kind of key, and none by a name', async () => {
  const signers = [
    es256, tokenSigner('ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' }), 'sha384'), tokenSigner('ES512', generateKeyPairSync('ec', { namedCurve: 'P-521' }), 'sha512'),
    tokenSigner('EdDSA', generateKeyPairSync('ed25519'), null), tokenSigner('RS256', generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha256'),
    tokenSigner('PS384', generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha384', { padding: 6, saltLength: 48 }),
  ];
  for (const [i, { keys, token }] of signers.entries()) {
    assert.equal((await verify(`${token(vc)}~`, { nowMs: NOW, keys })).reason, 'the token verifies', `${i}`);
    assert.deepEqual(failures(await verify(`${token(vc)}~`, { nowMs: NOW, keys: signers[(i + 1) % signers.length]?.keys ?? [] })), ['signature'], `${i}`);
  }
  for (const header of [{ alg: 'none' }, { alg: 'HS256' }, { alg: 'ES384' }, { alg: 'constructor' }, { crit: ['x'] }]) assert.deepEqual(failures(await judge(vc, [], header)), ['signature'], JSON.stringify(header));
});

test('nested, recursive and decoy hashes open as RFC 9901 says, and what it forbids is refused', async () => {
  const inner = encode(['s1', 'street', 'Mall']);
  const outer = encode(['s2', 'address', { _sd: [digestOf(inner)], city: 'Lahore' }]);
  const item = encode(['s3', { k: 1 }]);
  const payload = { ...vc, _sd: [digestOf(outer), digestOf('decoy')], list: [{ '...': digestOf(item) }, { '...': digestOf('decoy 2') }, 2] };
  const opened = await judge(payload, [outer, item, inner]);
  assert.deepEqual([opened.kind, opened.claims], ['sd-jwt-vc', { ...vc, list: [{ k: 1 }, 2], address: { city: 'Lahore', street: 'Mall' } }]);
  assert.deepEqual((await judge(payload, [outer])).claims, { ...vc, list: [2], address: { city: 'Lahore' } });
  const refused = async (name: string, given: object, ...disclosures: string[]): Promise<void> => assert.deepEqual(failures(await judge(given, disclosures)), [name]);
  await refused('disclosures', payload, inner);
  await refused('disclosures', { ...vc, _sd: [digestOf(inner), digestOf(inner)] }, inner);
  await refused('disclosures', { ...vc, street: 'x', _sd: [digestOf(inner)] }, inner);
  await refused('disclosures', { ...vc, _sd: [digestOf(item)] }, item);
  await refused('disclosures', { ...vc, list: [{ '...': digestOf(inner) }] }, inner);
  await refused('disclosures', { ...vc, list: [{ '...': digestOf(item), more: 1 }] }, item);
  await refused('disclosures', { ...vc, _sd: 'x' });
  await refused('disclosures', { ...vc, _sd_alg: 'md5', _sd: [] });
  for (const bad of [['s', '_sd', 1], ['s', '...', 1], ['s', 5, 1], [1, 'a', 1], ['s'], ['s', 'a', 1, 2], 'text']) await refused('disclosures', { ...vc, _sd: [digestOf(encode(bad))] }, encode(bad));
  const sha512 = await judge({ ...vc, _sd_alg: 'sha-512', _sd: [digestOf(inner, 'sha512')] }, [inner]);
  assert.equal(sha512.claims?.['street'], 'Mall');
  const hidden = encode(['s', 'exp', 1]);
  assert.ok(failures(await judge({ vct: vc.vct, _sd: [digestOf(hidden)] }, [hidden])).includes('type'));
  await refused('type', { iss: vc.iss });
  for (const times of [{ nbf: 1_900_000_000 }, { iat: 1_900_000_000 }, { exp: '1' }]) assert.deepEqual(failures(await judge({ ...vc, ...times })), ['validity']);
});

test('a token is looked up in the list of its issuer; without it the status is unknown', async () => {
  const uri = 'https://a.example/statuslists/1';
  const lst = deflateSync(Buffer.from([0b1001_0000, 0b0000_0010])).toString('base64url');
  const listOf = (more: object = {}, header: object = {}): string => es256.token({ sub: uri, iat: 1_750_000_000, exp: 1_900_000_000, status_list: { bits: 2, lst }, ...more }, { typ: 'statuslist+jwt', ...header });
  const at = (idx: number, ...statusLists: string[]): Promise<SdJwtVerdict> => judge({ ...vc, status: { status_list: { idx, uri } } }, [], {}, { statusLists });
  assert.deepEqual([(await at(0)).status, (await at(0)).verified], ['unknown', true]);
  for (const [idx, status] of [[0, 'valid'], [2, 'revoked'], [3, 'suspended'], [4, 'suspended'], [5, 'valid']] as const) {
    const verdict = await at(idx, listOf());
    assert.deepEqual([verdict.status, verdict.verified], [status, status === 'valid'], `${idx}`);
  }
  for (const list of [listOf({ sub: 'https://b.example' }), listOf({}, { typ: 'jwt' }), listOf({ status_list: { bits: 3, lst } }), listOf({ status_list: { bits: 1, lst: 'AAAA' } })]) assert.deepEqual(failures(await at(0, list)), ['status list']);
  assert.deepEqual(failures(await at(0, listOf({ exp: 1_750_000_001 }))), ['status list expiry'], 'past its end it must be asked again, which is told apart');
  assert.deepEqual(failures(await at(8, listOf())), ['status list'], 'beyond the end of the list');
  assert.deepEqual(failures(await judge({ ...vc, status: { other: 1 } })), ['status list']);
});

test('flattened JSON is the same token', async () => {
  const [token = '', ...disclosures] = RFC9901_ISSUED.slice(0, -1).split('~');
  const [head, payload, signature] = token.split('.');
  const parts = partsOfJson({ payload: payload ?? '', protected: head ?? '', signature: signature ?? '', header: { disclosures } });
  assert.ok(parts !== undefined);
  assert.equal((await verifySdJwt(parts, rfc)).verified, true);
  assert.deepEqual([partsOfJson({ payload: 1, header: {} }), partsOfJson([]), splitSdJwt('a.b.c'), splitSdJwt('a.b~'), splitSdJwt('a.b.c~!~')], [undefined, undefined, undefined, undefined, undefined]);
});
