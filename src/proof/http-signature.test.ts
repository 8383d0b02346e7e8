import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { verifySignature as verifyMessage, type MessageDescriptor } from 'http-message-sig';
import { SECOND_US, instantOf, type Instant } from '../terms/index.ts';
import { base64 } from './bytes.ts';
import { contentDigest } from './content-digest.ts';
import { plainBase, plainParameters, readPlain } from './plain-signature.ts';
import { signRequest, verifyRequest, type ReceivedRequest, type RequestVerifier, type SignedRequest } from './http-signature.ts';
import { signerOfSeed, verifySignature, type SignatureAlgorithm } from './signer.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = { keyId: 'key-1', algorithm: 'ES256' as const, sign: async (base: Uint8Array) => sign('sha256', base, { key: privateKey, dsaEncoding: 'ieee-p1363' }) };
const verifier: RequestVerifier = { algorithm: 'ecdsa-p256-sha256', verify: (base, signature) => verify('sha256', base, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature) };
const keyOf = (keyId: string): RequestVerifier | undefined => (keyId === 'key-1' ? verifier : undefined);
const CREATED = 1_700_000_000;
const at = (seconds: number): Instant => instantOf((CREATED + seconds) * SECOND_US);
const REQUEST: SignedRequest = {
  method: 'POST', target: 'http://127.0.0.1:7411/v1/events?stream=main',
  headers: { 'content-type': 'application/x-ndjson', 'content-digest': contentDigest(Buffer.from('{}')), 'idempotency-key': 'k-12345678', 'user-agent': 'naïve/1' },
};

async function signed(nonce = 'nonce-123456', by: Parameters<typeof signRequest>[1] = signer): Promise<ReceivedRequest> {
  return { ...REQUEST, headers: { ...REQUEST.headers, ...(await signRequest(REQUEST, by, CREATED, nonce)) }, now: at(1) };
}

const COVERED = ['@method', '@target-uri', 'content-type', 'content-digest', 'idempotency-key'];

/** A signature over a base that is built here, not by the library. */
async function signedByHand(components: readonly string[], parameters: string): Promise<ReceivedRequest> {
  const params = `(${components.map((name) => `"${name}"`).join(' ')});${parameters}`;
  const valueOf = (name: string): string => (name === '@method' ? REQUEST.method : name === '@target-uri' ? REQUEST.target : REQUEST.headers[name] ?? '');
  const base = [...components.map((name) => `"${name}": ${valueOf(name)}`), `"@signature-params": ${params}`].join('\n');
  const signature = (await signer.sign(Buffer.from(base))).toString('base64');
  return { ...REQUEST, headers: { ...REQUEST.headers, 'signature-input': `a=${params}`, signature: `a=:${signature}:` }, now: at(1) };
}

const withHeader = (request: ReceivedRequest, name: string, change: (value: string) => string): ReceivedRequest =>
  ({ ...request, headers: { ...request.headers, [name]: change(request.headers[name] ?? '') } });
const codeOf = (answer: Awaited<ReturnType<typeof verifyRequest>>): string => ('code' in answer ? answer.code : 'verified');

test('a signed request verifies and says who, when and over what', async () => {
  const request = await signed();
  const verified = await verifyRequest(request, keyOf);
  const base = [
    '"@method": POST', '"@target-uri": http://127.0.0.1:7411/v1/events?stream=main', '"content-type": application/x-ndjson', `"content-digest": ${REQUEST.headers['content-digest']}`,
    '"idempotency-key": k-12345678', `"@signature-params": ${request.headers['signature-input']?.slice('sig='.length)}`,
  ].join('\n');
  assert.deepEqual(verified, { keyId: 'key-1', nonce: 'nonce-123456', created: CREATED, signatureBase: createHash('sha256').update(base).digest('hex') });
});

test('both algorithms sign and verify with portable keys, and neither passes for the other', async () => {
  for (const algorithm of ['ES256', 'Ed25519'] satisfies SignatureAlgorithm[]) {
    const portable = signerOfSeed('key-2', new Uint8Array(32).fill(3), algorithm);
    const request = await signed('nonce-123456', portable);
    const judge = (name: RequestVerifier['algorithm']): RequestVerifier => ({ algorithm: name, verify: (base, bytes) => verifySignature(algorithm, portable.publicKey, base, bytes) });
    const [right, wrong] = algorithm === 'ES256' ? ['ecdsa-p256-sha256', 'ed25519'] as const : ['ed25519', 'ecdsa-p256-sha256'] as const;
    assert.equal(codeOf(await verifyRequest(request, () => judge(right))), 'verified');
    assert.equal(codeOf(await verifyRequest(request, () => judge(wrong))), 'SIGNATURE_INVALID', 'the key\'s algorithm decides, not the message\'s');
  }
});

test('nothing that was covered can be changed, and nothing required can be left out', async () => {
  const request = await signed();
  const input = (change: (value: string) => string): ReceivedRequest => withHeader(request, 'signature-input', change);
  const changes: readonly ReceivedRequest[] = [
    { ...request, method: 'PUT' }, { ...request, target: request.target.replace('main', 'other') }, { ...request, target: request.target.replace('7411', '7412') },
    ...['content-type', 'content-digest', 'idempotency-key', 'signature-input', 'signature'].map((name) => withHeader(request, name, (value) => `${value}x`)),
    ...['"@method" ', '"@target-uri" ', '"content-type" ', ' "content-digest"', ' "idempotency-key"'].map((part) => input((value) => value.replace(part, ''))),
    ...[/;created=\d+/, /;nonce="[^"]*"/, /;keyid="[^"]*"/, /;alg="[^"]*"/].map((part) => input((value) => value.replace(part, ''))),
    input((value) => value.replace('key-1', 'key-2')), input((value) => value.replace('sig=', 'other=')), input((value) => value.replace(/alg="[^"]*"/, 'alg="hmac-sha256"')),
    input((value) => value.replace('"content-digest"', '"content-digest";key="sha-256"')), input((value) => `${value}, other=("@method");created=1`),
    withHeader(input((value) => `${value}, ${value.replace('sig=', 'two=')}`), 'signature', (value) => `${value}, ${value.replace('sig=', 'two=')}`),
    withHeader(request, 'signature', (value) => value.replace(/(.)==:$/, (_all, last: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}==:`)), withHeader(request, 'signature', (value) => value.replace('==:', ':')),
    withHeader(request, 'signature', (value) => `${value}${' '.repeat(2_048)}`), input((value) => `${value}${' '.repeat(2_048)}`),
  ];
  for (const [i, change] of changes.entries()) assert.equal(codeOf(await verifyRequest(change, keyOf)), 'SIGNATURE_INVALID', `change ${i}`);
  for (const gone of ['signature', 'signature-input']) {
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== gone));
    assert.equal(codeOf(await verifyRequest({ ...request, headers }, keyOf)), 'SIGNATURE_MISSING');
  }
  assert.deepEqual(await verifyRequest(input((value) => value.replace(' "idempotency-key"', '')), keyOf), { code: 'SIGNATURE_INVALID', detail: 'Required component "idempotency-key" is absent' });
});

test('a signature is taken from 30 seconds ahead to 300 seconds after its making, and never past its own end', async () => {
  const request = await signed();
  for (const [seconds, code] of [[-31, 'SIGNATURE_EXPIRED'], [-30, 'verified'], [0, 'verified'], [300, 'verified'], [301, 'SIGNATURE_EXPIRED']] as const) {
    assert.equal(codeOf(await verifyRequest({ ...request, now: at(seconds) }, keyOf)), code, `${seconds}`);
  }
  const short = { ...(await signedByHand(COVERED, `created=${CREATED};expires=${CREATED + 5};nonce="nonce-123456";keyid="key-1";alg="ecdsa-p256-sha256"`)), now: at(5) };
  assert.equal(codeOf(await verifyRequest(short, keyOf)), 'verified');
  assert.equal(codeOf(await verifyRequest({ ...short, now: at(6) }, keyOf)), 'SIGNATURE_EXPIRED');
});

test('what is signed well but covers too little is refused', async () => {
  const parameters = [`created=${CREATED}`, 'nonce="nonce-123456"', 'keyid="key-1"', 'alg="ecdsa-p256-sha256"'];
  assert.equal(codeOf(await verifyRequest(await signedByHand([...COVERED].reverse(), [...parameters].reverse().join(';')), keyOf)), 'verified', 'in any order');
  assert.equal(codeOf(await verifyRequest(await signedByHand([...COVERED, 'user-agent-hint'], parameters.join(';')), keyOf)), 'SIGNATURE_INVALID', 'a component that is not there');
  for (const gone of parameters) assert.equal(codeOf(await verifyRequest(await signedByHand(COVERED, parameters.filter((each) => each !== gone).join(';')), keyOf)), 'SIGNATURE_INVALID', gone);
  for (const gone of COVERED) assert.equal(codeOf(await verifyRequest(await signedByHand(COVERED.filter((each) => each !== gone), parameters.join(';')), keyOf)), 'SIGNATURE_INVALID', gone);
});

test('a nonce has 8 to 128 characters', async () => {
  for (const [length, code] of [[7, 'SIGNATURE_INVALID'], [8, 'verified'], [128, 'verified'], [129, 'SIGNATURE_INVALID']] as const) {
    assert.equal(codeOf(await verifyRequest(await signed('n'.repeat(length)), keyOf)), code, `${length}`);
  }
});

test('any flipped bit in what is signed is refused, and any other text in the two headers, never by an exception', async () => {
  const request = await signed();
  const names = ['signature', 'signature-input', 'content-type', 'content-digest', 'idempotency-key'];
  await fc.assert(fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 0, max: 6 }), async (name, place, bit) => {
    const text = request.headers[name] ?? '';
    const i = place % text.length;
    const bent = withHeader(request, name, () => `${text.slice(0, i)}${String.fromCharCode(text.charCodeAt(i) ^ (1 << bit))}${text.slice(i + 1)}`);
    assert.notEqual(codeOf(await verifyRequest(bent, keyOf)), 'verified', `${name} ${i} ${bit}`);
  }), { numRuns: 400 });
  await fc.assert(fc.asyncProperty(fc.string({ maxLength: 200, unit: 'binary' }), fc.string({ maxLength: 200, unit: 'binary' }), async (signature, input) => {
    assert.notEqual(codeOf(await verifyRequest({ ...request, headers: { ...request.headers, signature, 'signature-input': input } }, keyOf)), 'verified');
  }), { numRuns: 200 });
});

test('what a key finder throws is thrown on: a broken directory is no wrong signature', async () => {
  await assert.rejects(verifyRequest(await signed(), () => { throw new Error('the directory is broken'); }), /directory is broken/);
});

/** The bytes that the library would have verified. */
async function baseByLibrary(request: SignedRequest): Promise<string> {
  let base = '';
  const fields = Object.entries(request.headers).map(([name, value]) => ({ name, value }));
  await verifyMessage({ kind: 'request', method: request.method, targetUri: request.target, fields }, {
    policy: { algorithms: ['ecdsa-p256-sha256', 'ed25519'], requiredComponents: COVERED, requiredParameters: ['created', 'nonce', 'keyid', 'alg'], now: CREATED },
    resolveVerifier: (candidate) => ({ algorithm: String(candidate.algorithm), verify: (data) => (base = Buffer.from(data).toString('utf8')) !== '' }),
  });
  return base;
}

test('what is read as plain is what the library reads: the same base, byte for byte', async () => {
  const text = (characters: string, minLength: number, maxLength: number) => fc.string({ unit: fc.constantFrom(...Array.from(characters)), minLength, maxLength });
  const mostly = <T>(plain: fc.Arbitrary<T>, wild: fc.Arbitrary<T>) => fc.oneof({ weight: 15, arbitrary: plain }, { weight: 1, arbitrary: wild });
  const value = mostly(text('abcXYZ0189/;="\\,:(){}', 1, 20), text('aZ0 \t"é\u007f', 0, 10));
  const word = mostly(text('abcXYZ019_-.~+/=:', 8, 30), text('aZ9" \\é', 0, 30));
  const made = fc.record({
    method: mostly(fc.constantFrom('POST', 'PUT'), fc.constantFrom('post', 'GE T')), path: mostly(text('abz09-_.~/?=&%"', 0, 30), text('a/?#é ', 0, 10)), type: value, digest: value, key: value,
    created: mostly(fc.constantFrom('1', String(CREATED)), fc.constantFrom('0', '007', '-5', '1.0')), nonce: word, keyid: word, alg: mostly(fc.constantFrom('ecdsa-p256-sha256', 'ed25519'), fc.constant('rsa-v1_5-sha256')),
    label: mostly(fc.constantFrom('sig', 'a1', '*x'), fc.constantFrom('Sig', '')),
  });
  let plainly = 0;
  await fc.assert(fc.asyncProperty(made, async (one) => {
    const parameters = `(${COVERED.map((name) => `"${name}"`).join(' ')});created=${one.created};nonce="${one.nonce}";keyid="${one.keyid}";alg="${one.alg}"`;
    const input = `${one.label}=${parameters}`;
    const request = { method: one.method, target: `https://house.example:8443/${one.path}`, headers: { 'content-type': one.type, 'content-digest': one.digest, 'idempotency-key': one.key, 'signature-input': input, signature: `${one.label}=:${'A'.repeat(86)}==:` } };
    const plain = readPlain(request, input, one.label);
    if (plain === undefined) return;
    plainly += 1;
    assert.equal(Buffer.from(plain.base).toString('utf8'), await baseByLibrary(request));
    assert.deepEqual([plain.created, plain.nonce, plain.keyid, plain.algorithm], [Number(one.created), one.nonce, one.keyid, one.alg]);
    assert.equal(plainParameters({ ...plain, algorithm: plain.algorithm }), parameters, 'and it is stated as it was read');
    assert.deepEqual(plainBase(request, parameters), plain.base);
  }), { numRuns: 1_500 });
  assert.ok(plainly > 300, `${plainly} of them were plain`);
});

test('a signature under another label than its input, or one that is not plain, is judged by the library', async () => {
  const request = await signed();
  assert.equal(codeOf(await verifyRequest(withHeader(request, 'signature', (value) => value.replace('sig=', 'two=')), keyOf)), 'SIGNATURE_INVALID');
  const spaced = 'created=1700000000;nonce="with a space";keyid="key-1";alg="ecdsa-p256-sha256"';
  assert.equal(codeOf(await verifyRequest(await signedByHand(COVERED, spaced), keyOf)), 'verified');
});

test('base64 has one text for its bytes', () => {
  for (let length = 0; length < 6; length++) {
    const bytes = new Uint8Array(length).fill(0xff);
    const text = base64.encode(bytes);
    assert.deepEqual(base64.decode(text), bytes);
    const bent = Array.from(text).flatMap((_each, i) => ['A', 'B', 'C', '/', '=', '-'].map((other) => `${text.slice(0, i)}${other}${text.slice(i + 1)}`));
    for (const other of bent) {
      const decoded = base64.decode(other);
      if (decoded !== undefined) assert.equal(Buffer.from(decoded).toString('base64'), other, 'what is taken is the one text');
    }
  }
});

/** Keys and messages of RFC 9421, B.1 and B.2; the library builds the base, our verifier judges it. */
const rawKey = (spki: string, length: number): Uint8Array => createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' }).export({ format: 'der', type: 'spki' }).subarray(-length);
const ED25519_KEY = rawKey('MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=', 32);
const P256_KEY = rawKey('MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==', 65);

async function vector(message: MessageDescriptor, algorithm: SignatureAlgorithm, key: Uint8Array, components: readonly string[]): Promise<string> {
  const name = algorithm === 'ES256' ? 'ecdsa-p256-sha256' : 'ed25519';
  const verified = await verifyMessage(message, {
    policy: { algorithms: [name], requiredComponents: components, requiredParameters: ['created', 'keyid'], now: 1_618_884_473 },
    resolveVerifier: () => ({ algorithm: name, verify: (base, signature) => verifySignature(algorithm, key, base, signature) }),
  });
  return verified.label;
}

test('RFC 9421 B.2.6, a request signed with Ed25519, verifies and is made again to the byte', async () => {
  const fields = [
    { name: 'host', value: 'example.com' }, { name: 'date', value: 'Tue, 20 Apr 2021 02:07:55 GMT' }, { name: 'content-type', value: 'application/json' },
    { name: 'content-digest', value: 'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:' }, { name: 'content-length', value: '18' },
    { name: 'signature-input', value: 'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"' },
    { name: 'signature', value: 'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:' },
  ];
  const request: MessageDescriptor = { kind: 'request', method: 'POST', targetUri: 'https://example.com/foo?param=Value&Pet=dog', fields };
  const components = ['date', '@method', '@path', '@authority', 'content-type', 'content-length'];
  assert.equal(await vector(request, 'Ed25519', ED25519_KEY, components), 'sig-b26');
  await assert.rejects(vector({ ...request, method: 'PUT' }, 'Ed25519', ED25519_KEY, components));
  const seed = createPrivateKey({ key: Buffer.from('MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF', 'base64'), format: 'der', type: 'pkcs8' }).export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const base = 'date: Tue, 20 Apr 2021 02:07:55 GMT\n@method: POST\n@path: /foo\n@authority: example.com\ncontent-type: application/json\ncontent-length: 18'
    .split('\n').map((line) => `"${line.slice(0, line.indexOf(':'))}"${line.slice(line.indexOf(':'))}`).join('\n');
  const params = '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
  const again = await signerOfSeed('test-key-ed25519', seed).sign(Buffer.from(`${base}\n${params}`));
  assert.equal(`sig-b26=:${Buffer.from(again).toString('base64')}:`, fields[6]?.value);
});

test('RFC 9421 B.2.4, a response signed with ECDSA P-256, verifies', async () => {
  const response: MessageDescriptor = {
    kind: 'response', status: 200, fields: [
      { name: 'date', value: 'Tue, 20 Apr 2021 02:07:56 GMT' }, { name: 'content-type', value: 'application/json' },
      { name: 'content-digest', value: 'sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:' }, { name: 'content-length', value: '23' },
      { name: 'signature-input', value: 'sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"' },
      { name: 'signature', value: 'sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:' },
    ],
  };
  assert.equal(await vector(response, 'ES256', P256_KEY, ['@status', 'content-digest']), 'sig-b24');
  await assert.rejects(vector({ ...response, status: 201 }, 'ES256', P256_KEY, ['@status']));
});
