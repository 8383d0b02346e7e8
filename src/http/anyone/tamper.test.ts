/**
 * Every form in which a certificate leaves is flipped at random, and each flip is caught: the log, the credential, the
 * token, the status lists, the sealed PDF, the text of the code and the modules of the drawn code. Of the modules a few
 * may be mended by the code's own correction; then the very same text is read.
 */

import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { encodeQR } from 'qr';
import { decodeQR } from 'qr/decode.js';
import { judgeCode, judgePdf, splitCode, type PaperTrust } from '../../proof/documents.ts';
import { isObject, readStrictJson, splitSdJwt, verifyCredential, verifySdJwt, keysOfDocument, type JsonObject } from '../../proof/credentials.ts';
import { signerOfSeed, verifierKey } from '../../proof/index.ts';
import { verifyLog } from '../../proof/published.ts';
import { entriesOf, MemoryLog } from '../../proof/testing/log.ts';
import { sha256 } from '../../proof/testing/vectors.ts';
import { CertificateDesk, type Certificate } from '../../register/index.ts';
import { inventedBook, inventedLog, TODAY } from '../../register/testing.ts';
import { Printer } from '../print/printer.ts';

const { book } = inventedBook();
const key = { number: 1, ed25519: signerOfSeed('a', new Uint8Array(32).fill(1)), p256: signerOfSeed('b', new Uint8Array(32).fill(2), 'ES256') };
const log = inventedLog(book, signerOfSeed('authority.example/register', new Uint8Array(32).fill(3)));
const desk = new CertificateDesk(book, { origin: 'https://authority.example', name: 'Invented', synthetic: true, keys: [key], random: (length) => new Uint8Array(length), log });
const printer = new Printer({ authority: { en: 'Invented', ur: 'فرضی' }, synthetic: true, serviceTitle: (service) => ({ en: service, ur: service }) });
const nowMs = TODAY / 1000;
const trust: PaperTrust = { nowMs, documents: [desk.didDocument()], statusLists: [] };
const RUNS = 40;
let certificate: Certificate;
let pdf: Uint8Array;

before(async () => {
  const issued = await desk.certificate('DSM', TODAY);
  const printed = issued === undefined ? undefined : await printer.print(issued);
  ok(issued !== undefined && printed !== undefined);
  certificate = issued;
  pdf = await desk.seal(printed, issued);
});
after(() => printer.end());

/** Flips one bit at each of these places, and asks. */
async function caught(bytes: Uint8Array, accepts: (flipped: Uint8Array) => Promise<boolean>, runs = RUNS): Promise<void> {
  ok(await accepts(bytes), 'what was not touched is accepted');
  await fc.assert(fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
    const flipped = Uint8Array.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
    strictEqual(await accepts(flipped), false, `bit ${bit} of byte ${at}: ${Buffer.from(bytes.slice(Math.max(0, at - 20), at + 20)).toString('latin1')}`);
  }), { numRuns: runs });
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
function objectOf(bytes: Uint8Array): JsonObject | undefined {
  const read = readStrictJson(bytes);
  return 'value' in read && isObject(read.value) ? read.value : undefined;
}

test('a flipped bit of the sealed PDF is caught, wherever it lies: in the pages, in the files within, in the signature itself', async () => {
  await caught(pdf, async (flipped) => (await judgePdf(flipped, trust)).verified);
  const from = Buffer.from(pdf).toString('latin1').lastIndexOf('/Contents <');
  const [head, signature, tail] = [pdf.slice(0, from), pdf.slice(from, from + 2_600), pdf.slice(from + 2_600)];
  await caught(signature, async (flipped) => (await judgePdf(Buffer.concat([head, flipped, tail]), trust)).verified, 150);
  for (const more of [Buffer.from('\n'), Buffer.from('%%EOF\n'), pdf.slice(-2_000)]) deepStrictEqual([(await judgePdf(Buffer.concat([pdf, more]), trust)).verified], [false], 'nothing can be appended');
});

test('a flipped bit of the code\'s text is caught, in its address too', async () => {
  await caught(Buffer.from(certificate.code), async (flipped) => {
    const parts = splitCode(textOf(flipped));
    return parts !== undefined && (await judgeCode(parts, trust)).verified && parts.proof !== undefined;
  }, 120);
});

test('flipped modules of the drawn code are mended to the same text, or read as nothing that verifies', async () => {
  const drawn = encodeQR(certificate.code, 'raw', { ecc: 'medium', border: 4, encoding: 'byte' });
  const read = (modules: readonly (readonly boolean[])[]): string | undefined => {
    const [scale, side] = [3, modules.length * 3];
    const data = new Uint8Array(side * side * 4).fill(255);
    for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) if (modules[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    try {
      return decodeQR({ width: side, height: side, data });
    } catch {
      return undefined;
    }
  };
  let mended = 0;
  await fc.assert(fc.asyncProperty(fc.array(fc.nat({ max: drawn.length * drawn.length - 1 }), { minLength: 1, maxLength: 400 }), async (places) => {
    const modules = drawn.map((row) => [...row]);
    for (const place of places) {
      const row = modules[Math.floor(place / drawn.length)];
      if (row !== undefined) row[place % drawn.length] = row[place % drawn.length] !== true;
    }
    const text = read(modules);
    if (text === certificate.code) mended += 1;
    const parts = text === undefined || text === certificate.code ? undefined : splitCode(text);
    ok(parts === undefined || !(await judgeCode(parts, trust)).verified, text);
  }), { numRuns: 12 });
  ok(mended > 0, 'a few flipped modules are mended');
});

test('a flipped bit of the credential, of the token, and of either status list is caught', async () => {
  const documents = [desk.didDocument()];
  const [list, token] = [await desk.statusList(0, TODAY), await desk.statusToken(0, TODAY)];
  ok(list !== undefined && token !== undefined);
  await caught(Buffer.from(JSON.stringify(certificate.credential)), async (flipped) => {
    const document = objectOf(flipped);
    return document !== undefined && (await verifyCredential(document, { nowMs, documents, statusLists: [] })).verified;
  });
  await caught(Buffer.from(JSON.stringify(list)), async (flipped) => {
    const given = objectOf(flipped);
    return given !== undefined && (await verifyCredential(certificate.credential, { nowMs, documents, statusLists: [given] })).status === 'valid';
  });
  const keys = keysOfDocument(desk.didDocument(), nowMs);
  await caught(Buffer.from(certificate.sdJwt), async (flipped) => {
    const parts = splitSdJwt(textOf(flipped));
    return parts !== undefined && (await verifySdJwt(parts, { nowMs, keys })).verified;
  });
  const parts = splitSdJwt(certificate.sdJwt);
  ok(parts !== undefined);
  await caught(Buffer.from(token), async (flipped) => (await verifySdJwt(parts, { nowMs, keys, statusLists: [textOf(flipped)] })).status === 'valid');
});

test('a flipped bit of the log is caught: in its head, its tiles, its entries', async () => {
  const signer = signerOfSeed('authority.example/register', new Uint8Array(32).fill(3));
  const tree = new MemoryLog(signer);
  tree.append(entriesOf(300));
  const files = new Map<string, Uint8Array>(await tree.files());
  files.set('checkpoint', Buffer.from(await tree.checkpoint()));
  const keys = [verifierKey(signer.keyId, signer.publicKey)];
  for (const [path, bytes] of files) {
    await caught(bytes, async (flipped) => (await verifyLog((asked) => (asked === path ? flipped : files.get(asked)), { keys, hash: sha256 })).verified, 10);
  }
});
