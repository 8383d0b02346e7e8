import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { signerOfSeed } from '../proof/index.ts';
import { keysOfDocument, splitSdJwt, verifyCredential, verifySdJwt, type JsonObject } from '../proof/credentials.ts';
import { DAY_US, instantOf, type Instant } from '../terms/index.ts';
import { CertificateDesk, didOf, type IssuerKey } from './certificate.ts';
import { inventedBook, TODAY } from './testing.ts';

const ORIGIN = 'https://authority.example:8443';
let drawn = 0;
const random = (length: number): Uint8Array => new Uint8Array(length).fill((drawn += 1) % 256);
const keyOf = (number: number, until?: Instant): IssuerKey => ({
  number, ed25519: signerOfSeed(`ed-${number}`, new Uint8Array(32).fill(number)), p256: signerOfSeed(`p-${number}`, new Uint8Array(32).fill(100 + number), 'ES256'), ...(until === undefined ? {} : { until }),
});

function opened(keys: readonly IssuerKey[] = [keyOf(1)]) {
  const { book, ledger } = inventedBook();
  return { book, ledger, desk: new CertificateDesk(book, { origin: ORIGIN, name: 'Invented Authority', synthetic: true, keys, random }) };
}

/** What a bank finds of both forms with the documents at hand. */
async function judge(form: { credential: JsonObject; sdJwt: string }, document: JsonObject, list: JsonObject | undefined, token: string | undefined, now: Instant): Promise<string[]> {
  const nowMs = now / 1000;
  const credential = await verifyCredential(form.credential, { nowMs, documents: [document], statusLists: list === undefined ? [] : [list] });
  const parts = splitSdJwt(form.sdJwt);
  ok(parts !== undefined);
  const sdJwt = await verifySdJwt(parts, { nowMs, keys: keysOfDocument(document, nowMs), statusLists: token === undefined ? [] : [token] });
  return [credential, sdJwt].map(({ verified, status, checks }) => `${status} ${verified ? 'verified' : checks.find((check) => !check.ok)?.name}`);
}

test('both forms of a certificate say what the register says, verify offline with status unknown, and with the list as in force', async () => {
  const { desk } = opened();
  const certificate = await desk.certificate('dsm', TODAY);
  ok(certificate !== undefined);
  const document = desk.didDocument();
  strictEqual(document['id'], 'did:web:authority.example%3A8443');
  deepStrictEqual(await judge(certificate, document, undefined, undefined, TODAY), ['unknown verified', 'unknown verified']);
  deepStrictEqual(await judge(certificate, document, await desk.statusList(0, TODAY), await desk.statusToken(0, TODAY), TODAY), ['valid verified', 'valid verified']);
  const subject = certificate.credential['credentialSubject'];
  const parts = splitSdJwt(certificate.sdJwt);
  ok(parts !== undefined && typeof subject === 'object' && subject !== null && 'id' in subject);
  const { claims } = await verifySdJwt(parts, { nowMs: TODAY / 1000, keys: keysOfDocument(document, TODAY / 1000) });
  const { id: _id, ...said } = subject;
  deepStrictEqual({ ...claims, ...said }, claims, 'the twin says all that the credential says');
  deepStrictEqual([said.class, said.licence, said.synthetic], ['licensed', true, true]);
});

test('a suspension revokes every form that was made before, and a list from before the suspension says as of when', async () => {
  const { desk, book, ledger } = opened();
  const certificate = await desk.certificate('DSM', TODAY);
  ok(certificate !== undefined);
  const [list, token] = [await desk.statusList(0, TODAY), await desk.statusToken(0, TODAY)];
  const later = instantOf(TODAY + DAY_US / 2);
  book.apply(ledger.add({ kind: 'stage-changed', body: { firm: 'dsm', from: 'l2-licensed', to: 'q-suspended', effectiveFrom: later, reasons: 'inside', evidence: [] } }, later));
  deepStrictEqual(await judge(certificate, desk.didDocument(), await desk.statusList(0, later), await desk.statusToken(0, later), later), ['revoked status', 'revoked status']);
  deepStrictEqual(await judge(certificate, desk.didDocument(), list, token, later), ['valid verified', 'valid verified'], 'an older list speaks of its own time');
  const past = instantOf(later + 2 * DAY_US);
  deepStrictEqual(await judge(certificate, desk.didDocument(), list, token, past), ['other status list expiry', 'other status list expiry'], 'and past its end it must be asked again');
  strictEqual(desk.certificate('DSM', later), undefined, 'a suspended firm gets none');
});

test('who holds nothing gets no certificate, and an NOC is certified as no licence', async () => {
  const { desk } = opened();
  for (const code of ['TTD', 'KRC', 'LTR', 'GGW', 'NOBODY', '']) strictEqual(desk.certificate(code, TODAY), undefined, code);
  const noc = await desk.certificate('BLN', TODAY);
  const subject = noc?.credential['credentialSubject'];
  ok(typeof subject === 'object' && subject !== null && 'class' in subject);
  deepStrictEqual([subject['class'], subject['licence']], ['noc', false]);
  for (const number of [1, -1, 0.5, 2 ** 40]) strictEqual(await desk.statusList(number, TODAY), undefined);
});

test('a key that is rotated out stands behind what it signed, and behind nothing new', async () => {
  const old = await opened().desk.certificate('DSM', TODAY);
  const turned = instantOf(TODAY + DAY_US);
  const { desk } = opened([keyOf(1, turned), keyOf(2)]);
  const now = instantOf(TODAY + 2 * DAY_US);
  const fresh = await desk.certificate('DSM', now);
  ok(old !== undefined && fresh !== undefined);
  const document = desk.didDocument();
  const list = await desk.statusList(0, now);
  deepStrictEqual(await judge(old, document, list, await desk.statusToken(0, now), now), ['valid verified', 'valid verified']);
  deepStrictEqual(await judge(fresh, document, list, await desk.statusToken(0, now), now), ['valid verified', 'valid verified']);
  const afterEnd = await new CertificateDesk(inventedBook().book, { origin: ORIGIN, name: 'x', synthetic: true, keys: [keyOf(1)], random }).certificate('DSM', now);
  ok(afterEnd !== undefined);
  deepStrictEqual(await judge(afterEnd, document, undefined, undefined, now), ['unknown key', 'unknown key'], 'it signs nothing new');
  strictEqual(didOf('http://localhost'), 'did:web:localhost');
});
