import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { addProof } from '../proof/credentials.ts';
import { signerOfSeed, type Signer } from '../proof/index.ts';
import { CertificateDesk, type Certificate } from '../register/index.ts';
import { inventedBook, inventedLog, TODAY } from '../register/testing.ts';
import { DAY_US, formatInstant, instantOf, type Instant } from '../terms/index.ts';
import { Printer } from '../http/index.ts';
import { Refusal } from '../log/engine/index.ts';
import { readOptions } from './options.ts';
import { judgePath, VERIFY_OPTIONS } from './verify.ts';

/** A code as a camera saw it, with the issuer's document and the lists of that hour; all of an invented firm. */
const PHOTOGRAPHED = new URL('./testing/paper/', import.meta.url).pathname;
const ed25519 = signerOfSeed('a', new Uint8Array(32).fill(1));
const p256 = signerOfSeed('b', new Uint8Array(32).fill(2), 'ES256');
const printer = new Printer({ authority: { en: 'Invented', ur: 'فرضی' }, synthetic: true, serviceTitle: (service) => ({ en: service, ur: service }) });
const { book, ledger } = inventedBook();
const deskOf = (key: Signer): CertificateDesk => new CertificateDesk(book, {
  origin: 'https://authority.example', name: 'Invented', synthetic: true, keys: [{ number: 1, ed25519, p256: key }], random: (length) => new Uint8Array(length), log: inventedLog(book, signerOfSeed('authority.example/register', new Uint8Array(32).fill(3))),
});
const desk = deskOf(p256);
let home = '';
const at = (name: string): string => join(home, name);
const did = (): string => `--did-document=${at('did.json')}`;

/** What is answered: kind, and how the reason begins; or the refusal. */
async function verify(path: string, now: Instant, ...options: readonly string[]): Promise<string> {
  try {
    const { kind, verified, reason, checks } = await judgePath({ home: at('no-home') }, readOptions([path, ...options, `--at=${formatInstant(now)}`], VERIFY_OPTIONS), now);
    strictEqual(verified, checks.every((check) => check.ok));
    return `${kind} ${verified ? reason : reason.split(':')[0]}`;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

async function printed(by: CertificateDesk, certificate: Certificate): Promise<Uint8Array> {
  const pdf = await printer.print(certificate);
  ok(pdf !== undefined);
  return by.seal(pdf, certificate);
}

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'nigran-paper-'));
  const certificate = await desk.certificate('DSM', TODAY);
  ok(certificate !== undefined);
  writeFileSync(at('did.json'), JSON.stringify(desk.didDocument()));
  writeFileSync(at('certificate.pdf'), await printed(desk, certificate));
  writeFileSync(at('certificate.json'), JSON.stringify(certificate.credential));
  writeFileSync(at('certificate.sd-jwt'), certificate.sdJwt);
  writeFileSync(at('code.txt'), `${certificate.code}\n`);
  writeFileSync(at('stranger.pdf'), await printed(deskOf(signerOfSeed('c', new Uint8Array(32).fill(9), 'ES256')), certificate));
  writeFileSync(at('unsealed.pdf'), await printer.print(certificate) ?? '');
  writeFileSync(at('list.json'), JSON.stringify(await desk.statusList(0, TODAY)));
  writeFileSync(at('list.jwt'), await desk.statusToken(0, TODAY) ?? '');
});
after(async () => {
  await printer.end();
  rmSync(home, { recursive: true, force: true });
});

test('a photo of the code is judged like its text: authentic, as of the list and unknown since; past the list it must be asked again', async () => {
  const [photo, document] = [join(PHOTOGRAPHED, 'photo.jpg'), `--did-document=${join(PHOTOGRAPHED, 'did.json')}`];
  const list = `--status-list=${join(PHOTOGRAPHED, 'list.jwt')}`;
  strictEqual(await verify(photo, TODAY, document), 'code the code is authentic; in force as of 2026-11-23T19:00:00Z, when it was issued, and unknown since');
  strictEqual(await verify(join(PHOTOGRAPHED, 'code.txt'), TODAY, document, list), 'code the code is authentic; in force as of 2026-11-24T10:00:00Z, unknown since');
  strictEqual(await verify(photo, TODAY, document, list), 'code the code is authentic; in force as of 2026-11-24T10:00:00Z, unknown since');
  strictEqual(await verify(photo, instantOf(TODAY + 2 * DAY_US), document, list), 'code STATUS_LIST_EXPIRED');

});

test('every form of a certificate is authentic before, and fails with its reason once it is revoked', async () => {
  const forms = ['certificate.pdf', 'certificate.json', 'certificate.sd-jwt', 'code.txt'] as const;
  const listFor = (form: string, age: string): string => `--status-list=${at(form.endsWith('.pdf') || form.endsWith('.json') ? `${age}.json` : `${age}.jwt`)}`;
  for (const form of forms) match(await verify(at(form), TODAY, did(), listFor(form, 'list')), /authentic; in force as of 2026-11-24T10:00:00Z, unknown since$/, form);
  const later = instantOf(TODAY + DAY_US / 2);
  book.apply(ledger.add({ kind: 'stage-changed', body: { firm: 'dsm', from: 'l2-licensed', to: 'q-suspended', effectiveFrom: later, reasons: 'inside', evidence: [] } }, later));
  writeFileSync(at('after.json'), JSON.stringify(await desk.statusList(0, later)));
  writeFileSync(at('after.jwt'), await desk.statusToken(0, later) ?? '');
  for (const form of forms) match(await verify(at(form), later, did(), listFor(form, 'after')), / REVOKED$/, form);
  for (const form of ['certificate.pdf', 'code.txt']) match(await verify(at(form), later, did(), listFor(form === 'code.txt' ? 'x.json' : 'x.txt', 'after')), / STATUS_LIST_INVALID$/, 'a list of the other form is not passed over');
  match(await verify(at('code.txt'), later, did(), listFor('x.json', 'after'), listFor('code.txt', 'after')), / REVOKED$/, 'nor does it stand in the way of the right one');
});

test('a document that a stranger sealed, that nobody sealed, or that is none, is refused by its code', async () => {
  strictEqual(await verify(at('stranger.pdf'), TODAY, did()), 'pdf KEY_UNKNOWN');
  strictEqual(await verify(at('unsealed.pdf'), TODAY, did()), 'pdf SEAL_MISSING');
  const hostile: Record<string, string> = {
    'empty.pdf': '%PDF-', 'ranges.pdf': `%PDF-1.7\n${'/ByteRange [0 1 2 3]\n'.repeat(50_000)}`, 'far.pdf': '%PDF-1.7 /ByteRange [0 9999999999 9999999999 9999999999]', 'open.pdf': `%PDF-1.7 /ByteRange [${' '.repeat(1_000_000)}`, 'nested.pdf': `%PDF-1.7 ${'<<'.repeat(500_000)}`,
  };
  const answers: string[] = [];
  for (const [name, text] of Object.entries(hostile)) {
    writeFileSync(at(name), text);
    answers.push(await verify(at(name), TODAY, did()));
  }
  deepStrictEqual(answers, ['pdf SEAL_MISSING', 'pdf SEAL_INVALID', 'pdf SEAL_INVALID', 'pdf SEAL_INVALID', 'pdf SEAL_MISSING']);
});

test('a photo without a code, one that is too large to hold, and a code of something else are refused by their codes', async () => {
  const png = (width: number, height: number): Buffer => {
    const head = Buffer.alloc(33);
    head.write('\x89PNG\r\n\x1a\n', 'latin1');
    head.writeUInt32BE(13, 8);
    head.write('IHDR', 12);
    head.writeUInt32BE(width, 16);
    head.writeUInt32BE(height, 20);
    return head;
  };
  writeFileSync(at('wide.png'), png(60_000, 60_000));
  writeFileSync(at('broken.png'), png(600, 600));
  writeFileSync(at('headless.jpg'), Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(5_000)]));
  writeFileSync(at('cut.jpg'), readFileSync(join(PHOTOGRAPHED, 'photo.jpg')).subarray(0, 9_000));
  deepStrictEqual([await verify(at('wide.png'), TODAY, did()), await verify(at('broken.png'), TODAY, did()), await verify(at('headless.jpg'), TODAY, did()), await verify(at('cut.jpg'), TODAY, did())], ['image IMAGE_TOO_LARGE', 'image CODE_UNREADABLE', 'image CODE_UNREADABLE', 'image CODE_UNREADABLE']);
  const code = readFileSync(at('code.txt'), 'utf8').trim();
  writeFileSync(at('elsewhere.txt'), code.replace('authority.example/register/certificates', 'authority.examp1e/register/certificates'));
  writeFileSync(at('long.txt'), `https://authority.example/#${'a.b.c~'.repeat(100_000)}`);
  strictEqual(await verify(at('elsewhere.txt'), TODAY, did()), 'code ADDRESS_MISMATCH');
  match(await verify(at('long.txt'), TODAY, did()), /^unknown FORM_UNKNOWN|^there is no key/);
});

test('a status list that unpacks to more than it may, and a file of a gigabyte, are cut off and refused', async () => {
  const list = (await desk.statusList(0, TODAY)) ?? {};
  const { proof: _proof, ...plain } = list;
  const bomb = `u${gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64url')}`;
  const subject = { type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: bomb };
  const signed = await addProof({ ...plain, credentialSubject: subject }, ed25519, { verificationMethod: 'did:web:authority.example#issuer-1', purpose: 'assertionMethod', created: '2026-11-24T10:00:00Z' });
  writeFileSync(at('bomb.json'), JSON.stringify(signed));
  strictEqual(await verify(at('certificate.json'), TODAY, did(), `--status-list=${at('bomb.json')}`), 'credential STATUS_LIST_INVALID');
  writeFileSync(at('giant.json'), '{');
  truncateSync(at('giant.json'), 1024 ** 3);
  match(await verify(at('certificate.json'), TODAY, did(), `--status-list=${at('giant.json')}`), /has 1073741824 bytes, more than any thing/);
  match(await verify(at('giant.json'), TODAY, did()), /has 1073741824 bytes, more than any thing/);
});
