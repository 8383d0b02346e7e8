import { deepStrictEqual, notStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { calculateJwkThumbprint, compactDecrypt, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import { verifyRequest } from '../src/proof/http-signature.ts';
import { instantOf } from '../src/terms/index.ts';
import { FilingRefused } from './answers.ts';
import { FirmClient, ReceiptDoubted, sealBody } from './firm-client.ts';
import { ingestLines } from './ingest.ts';
import { makeKey, publicHalf, thumbprint } from './keys.ts';
import { pairOf } from './pass.ts';

const ORIGIN = 'https://house.example';
const NOW_US = 1_795_512_000_000_000;
/** Chance that is different each time, and the same in each run. */
function chance(): (length: number) => Uint8Array {
  let n = 0;
  return (length) => {
    n += 1;
    return new Uint8Array(createHash('sha512').update(String(n)).digest().subarray(0, length));
  };
}
const KEY = makeKey(chance());

interface Heard {
  readonly path: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** A house that answers as it is told, in turn; the last answer repeats. */
function fakeHouse(answers: readonly (() => Response)[]): { fetch: typeof fetch; heard: Heard[] } {
  const heard: Heard[] = [];
  let filed = 0;
  const answer: typeof fetch = async (url, init) => {
    const path = new URL(url instanceof Request ? url.url : url).pathname;
    const body = init?.body instanceof Uint8Array ? init.body : Buffer.from(typeof init?.body === 'string' ? init.body : '');
    heard.push({ path, headers: new Headers(init?.headers), body });
    if (path === '/oauth/token') return Response.json({ access_token: `token-${heard.length}`, token_type: 'DPoP', expires_in: 600 });
    const next = answers[Math.min(filed, answers.length - 1)];
    filed += 1;
    if (next === undefined) throw new TypeError('fetch failed');
    return next();
  };
  return { fetch: answer, heard };
}

const taken = (): Response => Response.json({ submission: 'S-1', counts: { accepted: 1, held: 0, rejected: 0, duplicate: 0 }, rejections: [], receipt: { v: 1 } });
const refused = (status: number, code: string, headers: Record<string, string> = {}) => (): Response => Response.json({ code, message: 'm', remedy: 'r' }, { status, headers });
const noAnswer = (): Response => {
  throw new TypeError('fetch failed');
};
const clientOf = (fetch: typeof globalThis.fetch, more: object = {}): FirmClient =>
  new FirmClient({ origin: ORIGIN, client: 'sdx-feed', key: KEY, clock: () => NOW_US, random: chance(), fetch, patience: { triesMax: 5, pauseMs: 1, pauseMaxMs: 2 }, ...more });
const filingsIn = (heard: readonly Heard[]): readonly Heard[] => heard.filter((one) => one.path === '/v1/events');

test('a key comes from chance alone, and is named by its RFC 7638 thumbprint', async () => {
  deepStrictEqual(makeKey(chance()), KEY);
  notStrictEqual(makeKey((length) => new Uint8Array(length).fill(7)).d, KEY.d);
  strictEqual(thumbprint(KEY), await calculateJwkThumbprint(publicHalf(KEY)));
  deepStrictEqual(Object.keys(publicHalf(KEY)).sort(), ['crv', 'kty', 'x', 'y'], 'the private half stays');
});

test('a body of a kilobyte is sent in zstd, with the digest of what is sent', () => {
  const plain = Buffer.from('x'.repeat(1_024));
  const { bytes, sha256, headers } = sealBody(plain, 'text/csv');
  strictEqual(headers['content-encoding'], 'zstd');
  deepStrictEqual(zstdDecompressSync(bytes), plain);
  strictEqual(sha256, createHash('sha256').update(bytes).digest('hex'));
  deepStrictEqual(Object.keys(sealBody(plain.subarray(1), 'text/csv').headers), ['content-type', 'content-digest']);
});

test('a signature is the pair that its DER holds, however short its halves are', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const lengths = new Set<number>();
  for (let n = 0; n < 400; n++) {
    const der = sign('sha256', Buffer.from([n, n >> 8]), privateKey);
    lengths.add(der.length);
    ok(verify('sha256', Buffer.from([n, n >> 8]), { key: publicKey, dsaEncoding: 'ieee-p1363' }, pairOf(der)), der.toString('hex'));
  }
  ok(lengths.size > 2, 'halves of several lengths were met');
});

test('a filing carries what the guide for firms asks for', async () => {
  const { fetch, heard } = fakeHouse([taken]);
  await clientOf(fetch).file(['{"a":1}', '{"b":2}'], 'filing-0001');
  const [filing] = filingsIn(heard);
  ok(filing !== undefined);
  const header = (name: string): string => filing.headers.get(name) ?? '';
  strictEqual(Buffer.from(filing.body).toString(), '{"a":1}\n{"b":2}', 'so little is sent as it is');
  strictEqual(filing.headers.get('content-encoding'), null);
  strictEqual(header('content-digest'), `sha-256=:${createHash('sha256').update(filing.body).digest('base64')}:`);
  strictEqual(header('idempotency-key'), 'filing-0001');
  const key = createPublicKey({ key: { ...publicHalf(KEY) }, format: 'jwk' });
  const verified = await verifyRequest({ method: 'POST', target: `${ORIGIN}/v1/events`, headers: Object.fromEntries(filing.headers), now: instantOf(NOW_US) }, (keyId) => keyId !== thumbprint(KEY) ? undefined : {
    algorithm: 'ecdsa-p256-sha256', verify: (base, signature) => verify('sha256', base, { key, dsaEncoding: 'ieee-p1363' }, signature),
  });
  ok(!('code' in verified), JSON.stringify(verified));
  const proof = decodeJwt(header('dpop'));
  const token = header('authorization').replace('DPoP ', '');
  deepStrictEqual([proof['htm'], proof['htu'], proof['ath']], ['POST', `${ORIGIN}/v1/events`, createHash('sha256').update(token).digest('base64url')]);
  deepStrictEqual(decodeProtectedHeader(header('dpop')).jwk, publicHalf(KEY));
});

test('tries again under the same key with the same bytes and a new signature, until there is an answer', async () => {
  const { fetch, heard } = fakeHouse([noAnswer, refused(503, 'CAPACITY', { 'retry-after': '1' }), refused(500, 'UNKNOWN'), taken]);
  strictEqual((await clientOf(fetch).file(['{}'], 'filing-0002')).submission, 'S-1');
  const filings = filingsIn(heard);
  strictEqual(filings.length, 4);
  strictEqual(new Set(filings.map((one) => `${one.headers.get('idempotency-key')} ${one.headers.get('content-digest')}`)).size, 1);
  strictEqual(new Set(filings.map((one) => one.headers.get('signature'))).size, 4);
});

test('takes a new token when the house does not know the old one', async () => {
  const { fetch, heard } = fakeHouse([refused(401, 'TOKEN_INVALID'), taken]);
  await clientOf(fetch).file(['{}'], 'filing-0003');
  strictEqual(heard.filter((one) => one.path === '/oauth/token').length, 2);
});

test('does not repeat what was judged, and gives up after its tries', async () => {
  const judged = fakeHouse([refused(409, 'IDEMPOTENCY_KEY_REUSED'), taken]);
  await rejects(clientOf(judged.fetch).file(['{}'], 'filing-0004'), (error: unknown) => error instanceof FilingRefused && error.code === 'IDEMPOTENCY_KEY_REUSED' && error.remedy === 'r');
  strictEqual(filingsIn(judged.heard).length, 1);
  const silent = fakeHouse([noAnswer]);
  await rejects(clientOf(silent.fetch).file(['{}'], 'filing-0005'), TypeError);
  strictEqual(filingsIn(silent.heard).length, 5);
});

test('does not believe a receipt that does not verify', async () => {
  const { fetch } = fakeHouse([taken]);
  await rejects(clientOf(fetch, { authorityKeys: ['nigran.example/firm/sdx+00000000+AQAA'] }).file(['{}'], 'filing-0006'), ReceiptDoubted);
});

test('refuses an answer of another form', async () => {
  const { fetch } = fakeHouse([() => Response.json({ submission: 'S-1' })]);
  await rejects(clientOf(fetch).file(['{}'], 'filing-0007'));
});

test('seals an identity so that only the vault can open it', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES+A256KW', { crv: 'P-256', extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'vault-1' };
  const { fetch, heard } = fakeHouse([() => Response.json(jwk)]);
  const client = clientOf(fetch);
  const sealed = await Promise.all([client.seal({ name: 'Nobody' }), client.seal({ name: 'Nobody' })]);
  ok(sealed.every((one) => !one.includes('Nobody')) && sealed[0] !== sealed[1]);
  const { plaintext, protectedHeader } = await compactDecrypt(sealed[0], privateKey);
  deepStrictEqual([JSON.parse(Buffer.from(plaintext).toString()), protectedHeader.kid], [{ name: 'Nobody' }, 'vault-1']);
  strictEqual(heard.filter((one) => one.path === '/v1/identity-key').length, 1, 'the key is fetched once');
});

test('a file goes in filings of a bounded size, and rejections name its own lines', async () => {
  const filed: { lines: readonly string[]; key: string }[] = [];
  const client = {
    file: async (lines: readonly string[], key: string) => {
      filed.push({ lines, key });
      return { submission: 'S', counts: { accepted: lines.length - 1, held: 0, rejected: 1, duplicate: 0 }, rejections: [{ line: 2, code: 'EVENT_NOT_JSON' }], receipt: { n: filed.length } };
    },
  };
  const lines = Array.from({ length: 5_001 }, (_, i) => `{"n":${i}}`);
  const answer = await ingestLines(client, lines);
  deepStrictEqual(filed.map((one) => one.lines.length), [5_000, 1]);
  deepStrictEqual(answer.rejected.map((one) => one.line), [2, 5_002]);
  strictEqual(answer.receipt.length, 2);
  const keys = filed.map((one) => one.key);
  await ingestLines(client, lines);
  deepStrictEqual(filed.slice(2).map((one) => one.key), keys, 'the same file has the same keys, so nothing is filed twice');
  await ingestLines(client, ['x'.repeat(5 * 1024 * 1024), 'y'.repeat(5 * 1024 * 1024)]);
  deepStrictEqual(filed.slice(4).map((one) => one.lines.length), [1, 1], 'bytes are bounded too');
});
