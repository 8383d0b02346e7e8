import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { after, test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { encodeQR } from 'qr';
import { decodeQR } from 'qr/decode.js';
import { signerOfSeed } from '../../proof/index.ts';
import { isObject, itemsOf, keysOfDocument, readStrictJson, splitSdJwt, verifyCredential, verifySdJwt, verifyWithKey, type JsonObject } from '../../proof/credentials.ts';
import { filesOfPdf, readPdf } from '../../proof/documents.ts';
import { unpackTlogProof, verifyTlogProof } from '../../proof/published.ts';
import { CertificateDesk } from '../../register/index.ts';
import { inventedBook, inventedLog, TODAY } from '../../register/testing.ts';
import { createServer } from '../server.ts';
import { openCertificates } from './certificate.ts';

const server = createServer(pino({ level: 'silent' }));
const key = { number: 1, ed25519: signerOfSeed('a', new Uint8Array(32).fill(1)), p256: signerOfSeed('b', new Uint8Array(32).fill(2), 'ES256') };
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const { book } = inventedBook();
const log = inventedLog(book, signerOfSeed('authority.example/register', new Uint8Array(32).fill(3)));
const desk = new CertificateDesk(book, { origin: 'https://authority.example', name: 'Invented', synthetic: true, keys: [key], random: (length) => new Uint8Array(length), log });
openCertificates(server, { desk, clock: () => TODAY, authority: { en: 'Invented', ur: 'فرضی' }, synthetic: true, serviceTitle: (service) => ({ en: service, ur: service }), rate: { perSecond: 0, burst: 50 } });
after(() => server.close());

async function json(path: string): Promise<JsonObject> {
  const answer = await server.inject(path);
  strictEqual(answer.statusCode, 200, path);
  const read = readStrictJson(answer.rawPayload);
  ok('value' in read && isObject(read.value), path);
  return read.value;
}

test('what the door gives is all that a bank needs: both forms verify with the published keys and lists', async () => {
  const [credential, document, list] = [await json('/register/certificates/dsm.json'), await json('/.well-known/did.json'), await json('/register/status-lists/0')];
  const status = credential['credentialStatus'];
  ok(isObject(status));
  strictEqual(status['statusListCredential'], 'https://authority.example/register/status-lists/0');
  const verdict = await verifyCredential(credential, { nowMs: TODAY / 1000, documents: [document], statusLists: [list] });
  deepStrictEqual([verdict.reason, verdict.status], ['the credential verifies', 'valid']);
  const parts = splitSdJwt((await server.inject('/register/certificates/DSM.sd-jwt')).body);
  ok(parts !== undefined);
  const token = await verifySdJwt(parts, { nowMs: TODAY / 1000, keys: keysOfDocument(document, TODAY / 1000), statusLists: [(await server.inject('/register/status-lists/0.jwt')).body] });
  deepStrictEqual([token.reason, token.kind, token.status], ['the token verifies', 'sd-jwt-vc', 'valid']);
  match(String((await server.inject('/register/certificates/DSM.json')).headers['content-type']), /^application\/vc/);
});

test('the printed page carries, in its code, a whole certificate that verifies without us, in both languages and without script', async () => {
  for (const path of ['/register/certificates/DSM', '/register/ur/certificates/dsm']) {
    const page = await server.inject(path);
    strictEqual(page.statusCode, 200, path);
    ok(page.body.includes('<svg') && !page.body.includes('<script'), path);
    match(page.body, path.includes('/ur/') ? /کاغذ/ : /Paper cannot know/);
  }
  const certificate = await desk.certificate('DSM', TODAY);
  const drawn = encodeQR(certificate?.code ?? '', 'raw', { ecc: 'medium', border: 4, encoding: 'byte' });
  const scale = 4;
  const size = drawn.length * scale;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (drawn[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true) data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
  const read = decodeQR({ width: size, height: size, data });
  strictEqual(read, certificate?.code, 'a camera reads what was drawn');
  const [token = '', packed = ''] = read.split('#').slice(1).join('#').split('&');
  const parts = splitSdJwt(token);
  ok(parts !== undefined);
  const verdict = await verifySdJwt(parts, { nowMs: TODAY / 1000, keys: keysOfDocument(desk.didDocument(), TODAY / 1000) });
  deepStrictEqual([verdict.reason, verdict.status, verdict.claims?.['name'], verdict.claims?.['licence']], ['the token verifies', 'unknown', 'Deosai Markets', true]);
  const [service] = itemsOf(desk.didDocument()['service']);
  const vkey = isObject(service) ? String(service['verifierKey']) : '';
  strictEqual(verifyTlogProof(unpackTlogProof(packed) ?? '', Buffer.from(String(verdict.claims?.['leaf']), 'base64url'), { keys: [vkey], hash: sha256 }).reason, 'the proof verifies', 'and that its statement stands in the log');
});

test('the printed certificate is a PDF/A in both languages, sealed by the issuer over its last byte, with the signed forms in it', async () => {
  const answer = await server.inject('/register/certificates/dsm.pdf');
  deepStrictEqual([answer.statusCode, answer.headers['content-type']], [200, 'application/pdf'], answer.body.slice(0, 300));
  const pdf = Uint8Array.from(answer.rawPayload);
  const read = readPdf(pdf, verifyWithKey);
  ok('key' in read && read.key.curve === 'P-256', JSON.stringify(read));
  deepStrictEqual(Buffer.from(read.key.point), Buffer.from(key.p256.publicKey));
  const text = Buffer.from(pdf).toString('latin1');
  for (const said of ['<pdfaid:part>3</pdfaid:part>', '<pdfaid:conformance>B</pdfaid:conformance>', '/StructTreeRoot', '/Lang (en)', '/SubFilter /ETSI.CAdES.detached']) ok(text.includes(said), said);
  const files = await filesOfPdf(pdf);
  deepStrictEqual([...files.keys()].toSorted(), ['certificate.json', 'entry.json', 'entry.tlog-proof']);
  const credential = readStrictJson(files.get('certificate.json') ?? new Uint8Array());
  ok('value' in credential && isObject(credential.value));
  strictEqual((await verifyCredential(credential.value, { nowMs: TODAY / 1000, documents: [desk.didDocument()], statusLists: [] })).reason, 'the credential verifies');
  strictEqual(await server.inject('/register/certificates/DSM.pdf').then((again) => again.rawPayload.equals(answer.rawPayload)), true, 'it is printed once');
});

test('openssl finds the seal good: the signature holds over the signed bytes, under the certificate that it carries', async (t) => {
  if (spawnSync('openssl', ['version']).status !== 0) return t.skip('skipped, because openssl is absent');
  const pdf = (await server.inject('/register/certificates/DSM.pdf')).rawPayload;
  const [, open = 0, shut = 0, rest = 0] = (/\/ByteRange \[(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\]/.exec(pdf.toString('latin1')) ?? []).slice(1).map(Number);
  const signature = Buffer.from(pdf.subarray(open + 1, shut - 1).toString('latin1'), 'hex');
  const read = readPdf(Uint8Array.from(pdf), verifyWithKey);
  ok('certificate' in read);
  const home = mkdtempSync(join(tmpdir(), 'nigran-seal-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  writeFileSync(join(home, 'content'), Buffer.concat([pdf.subarray(0, open), pdf.subarray(shut, shut + rest)]));
  // Its own length and no more: openssl takes no zeros behind it.
  writeFileSync(join(home, 'cms'), signature.subarray(0, 4 + signature.readUInt16BE(2)));
  writeFileSync(join(home, 'ca.pem'), `-----BEGIN CERTIFICATE-----\n${Buffer.from(read.certificate).toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`);
  const judged = (content: string) => spawnSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'cms', '-content', content, '-CAfile', 'ca.pem', '-purpose', 'any', '-out', 'out'], { cwd: home, encoding: 'utf8' });
  strictEqual(judged('content').status, 0, judged('content').stderr);
  writeFileSync(join(home, 'other'), 'another document');
  ok(judged('other').status !== 0);
});

test('what is not there is coded, and who asks too often waits', async () => {
  for (const path of ['/register/certificates/TTD.json', '/register/certificates/NOBODY.sd-jwt', '/register/status-lists/1', '/register/status-lists/00', '/register/status-lists/x.jwt']) strictEqual((await server.inject(path)).statusCode, 404, path);
  let status = 200;
  for (let i = 0; i < 51 && status !== 429; i++) status = (await server.inject('/.well-known/did.json')).statusCode;
  strictEqual(status, 429);
});
