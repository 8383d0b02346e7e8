import assert from 'node:assert/strict';
import test from 'node:test';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { contentDigest, signRequest, verifyRequest, type RequestSigner, type RequestVerifier, type SignedRequest } from './http-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer: RequestSigner = { keyId: 'key-1', algorithm: 'ecdsa-p256-sha256', sign: async (base) => sign('sha256', base, { key: privateKey, dsaEncoding: 'ieee-p1363' }) };
const verifier: RequestVerifier = { algorithm: 'ecdsa-p256-sha256', verify: (base, signature) => verify('sha256', base, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature) };
const keyOf = (keyId: string): RequestVerifier | undefined => (keyId === 'key-1' ? verifier : undefined);

async function signed(): Promise<SignedRequest> {
  const request: SignedRequest = {
    method: 'POST', target: 'http://127.0.0.1:7411/v1/events',
    headers: { 'content-type': 'application/x-ndjson', 'content-digest': contentDigest(Buffer.from('{}')), 'idempotency-key': 'k-12345678' },
  };
  return { ...request, headers: { ...request.headers, ...(await signRequest(request, signer, 1_700_000_000, 'nonce-123456')) } };
}

test('the digest of RFC 9530 appendix D', () => {
  assert.equal(contentDigest(Buffer.from('{"hello": "world"}\n')), 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:');
});

test('a signed request verifies and says who, when and over what', async () => {
  const verified = await verifyRequest(await signed(), keyOf);
  assert.ok(!('code' in verified));
  assert.equal(verified.keyId, 'key-1');
  assert.equal(verified.nonce, 'nonce-123456');
  assert.match(verified.signatureBase, /^[0-9a-f]{64}$/);
});

test('nothing that was covered can be changed, and nothing required can be left out', async () => {
  const request = await signed();
  const changes: readonly SignedRequest[] = [
    { ...request, method: 'PUT' },
    { ...request, target: `${request.target}?a=1` },
    ...['content-type', 'content-digest', 'idempotency-key', 'signature-input'].map((name) => ({ ...request, headers: { ...request.headers, [name]: `${request.headers[name]}x` } })),
    { ...request, headers: { ...request.headers, 'signature-input': (request.headers['signature-input'] ?? '').replace(' "content-digest"', '') } },
    { ...request, headers: { ...request.headers, 'signature-input': (request.headers['signature-input'] ?? '').replace('nonce="nonce-123456";', '') } },
    { ...request, headers: { ...request.headers, 'signature-input': (request.headers['signature-input'] ?? '').replace('key-1', 'key-2') } },
  ];
  for (const [i, change] of changes.entries()) assert.deepEqual(await verifyRequest(change, keyOf), { code: 'SIGNATURE_INVALID' }, `change ${i}`);
  const { signature: _signature, ...rest } = request.headers;
  assert.deepEqual(await verifyRequest({ ...request, headers: rest }, keyOf), { code: 'SIGNATURE_MISSING' });
});

test('any other text in the two headers is refused, never an exception', async () => {
  const request = await signed();
  await fc.assert(fc.asyncProperty(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), async (signature, input) => {
    assert.ok('code' in (await verifyRequest({ ...request, headers: { ...request.headers, signature, 'signature-input': input } }, keyOf)));
  }), { numRuns: 200 });
});
