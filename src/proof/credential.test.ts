import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import test from 'node:test';
import fc from 'fast-check';
import type { Json } from '../terms/index.ts';
import { verifyCredential, type CredentialTrust, type CredentialVerdict } from './credential.ts';
import { addProof } from './data-integrity.ts';
import { base58, base64url } from './multibase.ts';
import { keyOfPoint, multibaseOf } from './public-key.ts';
import { signerOfSeed, type Signer } from './signer.ts';
import { packList, unpackList } from './status-list.ts';
import { canonicalText, isObject, strictJson, type JsonObject } from './strict-json.ts';
import { ALUMNI, ALUMNI_HASH, ALUMNI_PROOFS, ALUMNI_SECRET } from './testing/credential-vectors.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const trust = (more: Partial<CredentialTrust> = {}): CredentialTrust => ({ nowMs: NOW, documents: [], statusLists: [], ...more });
const failures = (verdict: CredentialVerdict): string[] => verdict.checks.filter((check) => !check.ok).map((check) => check.name);
const made = { purpose: 'assertionMethod', created: '2026-11-01T00:00:00Z' } as const;

function keyed(seed: number, algorithm: Signer['algorithm'] = 'Ed25519'): { signer: Signer; did: string; method: string } {
  const signer = signerOfSeed('any', new Uint8Array(32).fill(seed), algorithm);
  const key = keyOfPoint(algorithm === 'Ed25519' ? 'Ed25519' : 'P-256', signer.publicKey);
  assert.ok(key !== undefined && key.curve !== 'RSA');
  const text = multibaseOf(key);
  return { signer, did: `did:key:${text}`, method: `did:key:${text}#${text}` };
}
const issuer = keyed(1);
const holder = keyed(2, 'ES256');
const bare = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiableCredential'], issuer: issuer.did, validFrom: '2026-01-01T00:00:00Z', credentialSubject: { id: 'did:example:firm', class: 'NOC' } } as const;
const issue = (more: JsonObject = {}, by = issuer): Promise<JsonObject> => addProof({ ...bare, ...more }, by.signer, { ...made, verificationMethod: by.method });

test('the credentials that W3C publishes verify: Ed25519, P-256, P-384, and as a set of the three', async () => {
  for (const proof of ALUMNI_PROOFS) {
    const verdict = await verifyCredential({ ...ALUMNI, proof }, trust());
    assert.deepEqual([verdict.kind, verdict.reason], ['credential', 'the credential verifies']);
    assert.match(verdict.checks.find((check) => check.name === 'issuer')?.detail ?? '', /that this key speaks for https:\/\/vc\.example\/issuers\/5678 is not shown/);
  }
  assert.equal((await verifyCredential({ ...ALUMNI, proof: ALUMNI_PROOFS }, trust())).verified, true);
  assert.equal(createHash('sha256').update(canonicalText(ALUMNI)).digest('hex'), ALUMNI_HASH);
});

test('what we sign is, byte for byte, what the Recommendation publishes', async () => {
  const [published] = ALUMNI_PROOFS;
  const seed = base58.decode(ALUMNI_SECRET.slice(1))?.slice(2) ?? new Uint8Array(0);
  const signed = await addProof(ALUMNI, signerOfSeed('w3c', seed), { verificationMethod: published.verificationMethod, purpose: published.proofPurpose, created: published.created });
  assert.deepEqual(signed['proof'], published);
});

test('a flip of any bit of a signed credential is caught, or leaves its meaning as it was', async () => {
  for (const proof of ALUMNI_PROOFS) {
    const text = JSON.stringify({ ...ALUMNI, proof });
    await fc.assert(fc.asyncProperty(fc.nat(text.length - 1), fc.nat(7), async (at, bit) => {
      const bytes = Buffer.from(text);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      const read = strictJson(bytes);
      if (!isObject(read) || canonicalText(read) === canonicalText({ ...ALUMNI, proof })) return;
      assert.equal((await verifyCredential(read, trust())).verified, false, `byte ${at} bit ${bit}: ${bytes.toString('latin1')}`);
    }), { numRuns: 250 });
  }
});

test('a DID that did not sign is no issuer, and a signature for another purpose is none', async () => {
  const credential = await issue();
  assert.deepEqual(failures(await verifyCredential(credential, trust())), []);
  assert.deepEqual(failures(await verifyCredential(await issue({ issuer: issuer.did }, keyed(3)), trust())), ['issuer']);
  const forAnother = await addProof(bare, issuer.signer, { ...made, verificationMethod: issuer.method, purpose: 'authentication' });
  assert.deepEqual(failures(await verifyCredential(forAnother, trust())), ['purpose']);
  const proof = credential['proof'];
  assert.ok(isObject(proof));
  for (const [change, name] of [
    [{ cryptosuite: 'eddsa-rdfc-2022' }, 'suite'], [{ type: 'Ed25519Signature2020' }, 'suite'], [{ cryptosuite: '__proto__' }, 'suite'], [{ verificationMethod: issuer.did }, 'key'],
    [{ verificationMethod: `${issuer.did}#other` }, 'key'], [{ cryptosuite: 'ecdsa-jcs-2019' }, 'key'], [{ created: '2027-01-01T00:00:00Z' }, 'proof time'], [{ created: 'yesterday' }, 'proof time'],
    [{ expires: '2026-11-24T11:59:59Z' }, 'proof time'], [{ previousProof: 'urn:uuid:none' }, 'previous proof'], [{ '@context': ['https://example.org/other'] }, 'signature'], [{ proofValue: 'u00' }, 'signature'], [{ proofValue: 7 }, 'signature'],
  ] as const) assert.ok(failures(await verifyCredential({ ...credential, proof: { ...proof, ...change } }, trust())).includes(name), JSON.stringify(change));
  const { proof: _proof, ...unsigned } = credential;
  assert.deepEqual(failures(await verifyCredential(unsigned, trust())), ['proof']);
  assert.deepEqual(failures(await verifyCredential({ ...unsigned, proof: [] }, trust())), ['proof']);
  assert.deepEqual(failures(await verifyCredential({ ...unsigned, proof: [proof, 'text'] }, trust())), ['proof']);
  assert.deepEqual(failures(await verifyCredential({ ...unsigned, proof: Array.from({ length: 21 }, () => proof) }, trust())), ['proof']);
});

test('a credential holds from its first instant to its last, in any zone, and past it the answer is to ask again', async () => {
  const at = async (more: JsonObject): Promise<string[]> => failures(await verifyCredential(await issue(more), trust()));
  assert.deepEqual(await at({ validUntil: '2026-11-24T12:00:00Z' }), []);
  assert.deepEqual(await at({ validUntil: '2026-11-24T16:59:59+05:00' }), ['expiry']);
  assert.deepEqual(await at({ validUntil: '9999-12-31T23:59:59Z' }), []);
  assert.deepEqual(await at({ validFrom: '2026-11-24T12:00:01Z' }), ['validity']);
  for (const wrong of ['2026-02-30T00:00:00Z', '2026-11-24', '2026-11-24T12:00:00', 5]) assert.deepEqual(await at({ validUntil: wrong }), ['validity'], `${wrong}`);
  assert.deepEqual(await at({ '@context': ['https://example.org/v1'] }), ['context']);
  assert.deepEqual(await at({ credentialSubject: {} }), ['model']);
  assert.deepEqual(await at({ issuer: 'nobody' }), ['model']);
});

test('a key of a did:web is believed as its document tells it, and no document is believed for another', async () => {
  const did = 'did:web:authority.example';
  const method = { id: `${did}#key-1`, type: 'Multikey', controller: did, publicKeyMultibase: issuer.did.slice('did:key:'.length) };
  const document = { '@context': 'https://www.w3.org/ns/did/v1', id: did, verificationMethod: [method], assertionMethod: ['#key-1'] };
  const credential = await issue({ issuer: did }, { ...issuer, method: `${did}#key-1` });
  const judge = async (...documents: Json[]): Promise<string[]> => failures(await verifyCredential(credential, trust({ documents })));
  assert.deepEqual(await judge(document), []);
  assert.deepEqual(await judge({ ...document, assertionMethod: [method], verificationMethod: [] }), []);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: base64url.encode(issuer.signer.publicKey) };
  const asJwk = { id: '#key-1', type: 'JsonWebKey', controller: did, publicKeyJwk: jwk };
  assert.deepEqual(await judge({ ...document, verificationMethod: [asJwk] }), []);
  assert.deepEqual(await judge(), ['did document']);
  assert.deepEqual(await judge({ ...document, id: 'did:web:other.example' }), ['did document'], 'a did:web that leads to another is none');
  for (const wrong of [
    { assertionMethod: [] }, { assertionMethod: ['#key-2'], authentication: ['#key-1'] }, { verificationMethod: [{ ...method, controller: 'did:web:other.example' }] }, { verificationMethod: [method, method] },
    { verificationMethod: [{ ...method, publicKeyJwk: jwk }] }, { verificationMethod: [{ ...asJwk, publicKeyJwk: { ...jwk, d: 'AA' } }] }, { verificationMethod: [{ ...method, secretKeyMultibase: 'z1' }] },
    { verificationMethod: [{ ...method, publicKeyMultibase: holder.did.slice('did:key:'.length) }] }, { verificationMethod: [{ ...method, revoked: '2026-11-24T00:00:00Z' }] }, { verificationMethod: [{ ...method, expires: '2026-10-01T00:00:00Z' }] },
    { verificationMethod: [{ ...method, expires: 'soon' }] }, { verificationMethod: [] },
  ] as JsonObject[]) assert.deepEqual(await judge({ ...document, ...wrong }), ['key'], JSON.stringify(wrong));
  assert.deepEqual(await judge({ ...document, verificationMethod: [{ ...method, expires: '2026-11-10T00:00:00Z' }] }), [], 'a key that was rotated out stands behind what it signed before');
});

/** A status list credential of 131,072 entries with these bits set. */
async function listOf(id: string, purpose: string, set: readonly number[], more: JsonObject = {}, by = issuer): Promise<JsonObject> {
  const bits = new Uint8Array(16_384);
  for (const index of set) bits[index >> 3] = (bits[index >> 3] ?? 0) | (0x80 >> (index & 7));
  const credentialSubject = { id: `${id}#list`, type: 'BitstringStatusList', statusPurpose: purpose, encodedList: await packList(bits) };
  return issue({ id, type: ['VerifiableCredential', 'BitstringStatusListCredential'], issuer: by.did, validUntil: '2026-11-24T13:00:00Z', credentialSubject, ...more }, by);
}

test('without a list the status is unknown; with it a revoked or suspended credential fails and says why', async () => {
  const id = 'https://authority.example/status/1';
  const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '94567', statusListCredential: id };
  const credential = await issue({ credentialStatus: entry });
  const judge = async (...statusLists: Json[]): Promise<CredentialVerdict> => verifyCredential(credential, trust({ statusLists }));
  const offline = await judge();
  assert.deepEqual([offline.verified, offline.status], [true, 'unknown']);
  const valid = await judge(await listOf(id, 'revocation', [94_566, 94_568]));
  assert.deepEqual([valid.verified, valid.status, valid.statusAsOf], [true, 'valid', '2026-01-01T00:00:00Z']);
  const revoked = await judge(await listOf(id, 'revocation', [94_567]));
  assert.deepEqual([failures(revoked), revoked.status], [['status'], 'revoked']);
  assert.match(revoked.reason, /was revoked, as the list of 2026-01-01T00:00:00Z shows/);
  const refused = async (list: JsonObject): Promise<void> => assert.deepEqual(failures(await judge(list)), ['status list']);
  await refused(await listOf('https://authority.example/status/2', 'revocation', []));
  await refused(await listOf(id, 'suspension', []));
  await refused(await listOf(id, 'revocation', [], {}, keyed(9)));
  assert.deepEqual(failures(await judge(await listOf(id, 'revocation', [], { validUntil: '2026-11-24T11:00:00Z' }))), ['status list expiry'], 'past its end it must be asked again, which is told apart');
  await refused({ ...await listOf(id, 'revocation', []), validUntil: '2027-01-01T00:00:00Z' });
  const subject = { type: 'BitstringStatusList', statusPurpose: 'revocation' };
  for (const encodedList of [`u${base64url.encode(gzipSync(Buffer.alloc(100)))}`, `u${base64url.encode(Buffer.alloc(20_000))}`, 'z0', '', `u${base64url.encode(gzipSync(Buffer.alloc(17 * 1024 * 1024)))}`]) {
    await refused(await listOf(id, 'revocation', [], { credentialSubject: { ...subject, encodedList } }));
  }
  for (const wrong of [{ ...entry, statusListIndex: '-1' }, { ...entry, statusListIndex: 1.5 }, { ...entry, type: 'Other' }, 'text']) {
    assert.deepEqual(failures(await verifyCredential(await issue({ credentialStatus: wrong }), trust())), ['status']);
  }
  const both = await issue({ credentialStatus: [entry, { ...entry, statusPurpose: 'suspension', statusListCredential: `${id}s`, statusListIndex: 7 }] });
  const suspended = await verifyCredential(both, trust({ statusLists: [await listOf(id, 'revocation', []), await listOf(`${id}s`, 'suspension', [7])] }));
  assert.deepEqual([suspended.status, failures(suspended)], ['suspended', ['status']]);
});

test('a list that unpacks to a gigabyte is cut off at the bound', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const before = process.memoryUsage().arrayBuffers;
  const unpacked = await unpackList(Buffer.concat(Array.from({ length: 16 }, () => bomb)), 'gzip', 1024 * 1024);
  assert.match('fault' in unpacked ? unpacked.fault : '', /more than 1048576 bytes/);
  assert.ok(process.memoryUsage().arrayBuffers - before < 64 * 1024 * 1024);
});

test('a presentation is its holder\'s, answers the challenge that was set, and is as good as each credential in it', async () => {
  const present = (more: JsonObject, proof: JsonObject = {}): Promise<JsonObject> =>
    addProof({ '@context': bare['@context'], type: 'VerifiablePresentation', holder: holder.did, ...more }, holder.signer, { ...made, purpose: 'authentication', verificationMethod: holder.method, ...proof });
  const credential = await issue();
  const presentation = await present({ verifiableCredential: [credential, await issue({ id: 'urn:2' })] });
  const verdict = await verifyCredential(presentation, trust());
  assert.deepEqual([verdict.kind, verdict.reason], ['presentation', 'the presentation verifies']);
  assert.deepEqual(failures(await verifyCredential(presentation, trust({ challenge: 'abc', domain: 'x.example' }))), ['challenge', 'domain']);
  assert.deepEqual(failures(await verifyCredential(await present({ verifiableCredential: [{ ...credential, id: 'urn:other' }] }), trust())), ['signature']);
  assert.deepEqual(failures(await verifyCredential(await present({ holder: issuer.did }), trust())), ['holder']);
  assert.deepEqual(failures(await verifyCredential(await present({ verifiableCredential: ['eyJ'] }), trust())), ['form']);
  const { proof: _proof, ...unsigned } = presentation;
  assert.deepEqual(failures(await verifyCredential(unsigned, trust())), ['proof']);
  assert.deepEqual(failures(await verifyCredential(await present({ verifiableCredential: Array.from({ length: 101 }, () => credential) }), trust())), ['form']);
});

test('a chained proof holds over the proofs before it: none of them can be taken away or changed', async () => {
  const first = await issue({}, issuer);
  const proof = { ...(isObject(first['proof']) ? first['proof'] : {}), id: 'urn:uuid:1' };
  const { proof: _proof, ...unsigned } = first;
  // The first is signed anew, because its id is part of what is signed.
  const withId = await chainedProof(unsigned, [], { id: 'urn:uuid:1' });
  const second = await chainedProof(unsigned, [withId], { previousProof: 'urn:uuid:1' });
  assert.deepEqual(failures(await verifyCredential({ ...unsigned, proof: [withId, second] }, trust())), []);
  assert.deepEqual(failures(await verifyCredential({ ...unsigned, proof: [second, withId] }, trust())), []);
  assert.deepEqual(failures(await verifyCredential({ ...unsigned, proof: [second] }, trust())), ['previous proof']);
  assert.deepEqual(failures(await verifyCredential({ ...unsigned, proof: [withId, withId, second] }, trust())), ['previous proof']);
  const other = await chainedProof(unsigned, [], { id: 'urn:uuid:1' }, '2026-11-02T00:00:00Z');
  assert.deepEqual(failures(await verifyCredential({ ...unsigned, proof: [other, second] }, trust())), ['signature']);
  assert.deepEqual(failures(await verifyCredential({ ...unsigned, proof: [proof, second] }, trust())), ['signature', 'signature']);
});

/** A proof as the Recommendation makes it, written once more: hash of options, then of the document with the proofs before it. */
async function chainedProof(document: JsonObject, before: readonly JsonObject[], more: JsonObject, created: string = made.created): Promise<JsonObject> {
  const options = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-jcs-2022', created, verificationMethod: issuer.method, proofPurpose: 'assertionMethod', ...more };
  const hash = (value: Json): Buffer => createHash('sha256').update(canonicalText(value)).digest();
  const signature = await issuer.signer.sign(Buffer.concat([hash(options), hash(before.length === 0 ? document : { ...document, proof: before })]));
  return { ...options, proofValue: `z${base58.encode(signature)}` };
}
