import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pakistan, asItIs } from '../framework/testing.ts';
import { parseVerifierKey, signerOfSeed, verifierKey } from '../proof/index.ts';
import { openNote } from '../proof/published.ts';
import { MINUTE_US, SECOND_US, instantOf } from '../terms/index.ts';
import { StatusDesk, answerOf, type Account } from './answer.ts';
import { RegisterBook } from './book.ts';
import { Ledger, TODAY, inventedBook } from './testing.ts';

const signer = signerOfSeed('authority.example/status', new Uint8Array(32).fill(7));
const verifier = verifierKey(signer.keyId, signer.publicKey);
const keys = [parseVerifierKey(verifier)].flatMap((key) => key ?? []);
const { book } = inventedBook();

test('each class is answered by what the framework says, and what it does not say is not guessed', () => {
  const wanted: Readonly<Record<string, Account>> = { SDX: 'limited', BLN: 'limited', DSM: 'open', TTD: 'no', KRC: 'no', PTT: 'not-said', KCC: 'not-said', LTR: 'no', GGW: 'no', NOBODY: 'no' };
  for (const [code, account] of Object.entries(wanted)) {
    const answer = answerOf(book, code, TODAY);
    strictEqual(answer.account, account, code);
    ok(answer.basis.every((one) => /\((prescribed|draft|assumption|unset)\)/.test(one)), 'each basis says whether it is law');
  }
  match(answerOf(book, 'SDX', TODAY).basis.join('\n'), /SBP Circular Letter 10 of 2026, limited-purpose account \(prescribed\)/);
  const before = instantOf(Date.UTC(2026, 3, 10) * 1000);
  const ledger = new Ledger();
  ledger.add({ kind: 'firm-registered', body: { firm: 'old', number: 1, code: 'OLD', name: 'Old', synthetic: true } });
  ledger.add({ kind: 'stage-changed', body: { firm: 'old', from: null, to: 'e3-noc-granted', effectiveFrom: before - 1, reasons: '', evidence: [] } });
  const old = new RegisterBook(pakistan());
  for (const entry of ledger.entries) old.apply(entry);
  strictEqual(answerOf(old, 'OLD', before).account, 'not-said', 'the circular was not there yet');
  strictEqual(answerOf(new RegisterBook(asItIs('ae-vara-2026')), 'X', TODAY).account, 'no');
});

test('the signed text verifies under the key, says as of which minute, and one changed byte is caught', async () => {
  const desk = new StatusDesk(book, signer, true);
  const signed = await desk.answer('sdx', TODAY);
  ok(signed !== undefined);
  const opened = openNote(Buffer.from(signed.note), keys);
  strictEqual(opened?.signatures[0]?.name, 'authority.example/status');
  match(signed.note, /^authority\.example\/status\nstatus answer 1\nquestion: [^\n]+\nfirm: SDX\nname: Sindh Digital Exchange\n[^]*account: for a limited purpose only\n[^]*services: broker-dealer custody exchange derivatives\n[^]*as-of: 2026-11-24T10:00:00(\.0+)?Z\nsynthetic: yes/);
  const bytes = Buffer.from(signed.note);
  fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
    const bent = Buffer.from(bytes);
    bent[at] = (bent[at] ?? 0) ^ (1 << bit);
    const found = openNote(bent, keys);
    ok(found === undefined || found.text === opened?.text, 'a text that verifies is the text that was signed');
  }), { numRuns: 300 });
});

test('it is signed once a minute for a firm, and anew at once when the register changes', async () => {
  const { book: own, ledger } = inventedBook();
  let signings = 0;
  const counting = { ...signer, sign: (message: Uint8Array) => ((signings += 1), signer.sign(message)) };
  const desk = new StatusDesk(own, counting, false);
  const at = instantOf(TODAY - (TODAY % MINUTE_US));
  const asked = Array.from({ length: 50 }, async (_, i) => desk.answer(i % 2 === 0 ? 'bln' : 'BLN', instantOf(at + i * SECOND_US)));
  const notes = await Promise.all(asked);
  deepStrictEqual([signings, new Set(notes.map((one) => one?.note)).size], [1, 1]);
  own.apply(ledger.add({ kind: 'stage-changed', body: { firm: 'bln', from: 'e3-noc-granted', to: 'e4-aml-registered', effectiveFrom: at - 1, reasons: '', evidence: [] } }));
  notStrictEqual((await desk.answer('BLN', at))?.note, notes[0]?.note);
  await desk.answer('BLN', instantOf(at + MINUTE_US));
  strictEqual(signings, 3);
});

test('what is no code is no question, and a name cannot write lines of its own', async () => {
  const desk = new StatusDesk(book, signer, false);
  for (const code of ['', ' ', 'A B', '../x', 'x'.repeat(21), 'A\nclass: licensed', 'ایک']) strictEqual(desk.answer(code, TODAY), undefined, JSON.stringify(code));
  const ledger = new Ledger();
  ledger.add({ kind: 'firm-registered', body: { firm: 'sly', number: 1, code: 'SLY', name: 'Sly\nclass: licensed\u2028account: yes', synthetic: true } });
  ledger.add({ kind: 'stage-changed', body: { firm: 'sly', from: null, to: 'e3-noc-granted', effectiveFrom: TODAY - 2 * MINUTE_US, reasons: '', evidence: [] } });
  const sly = new RegisterBook(pakistan());
  for (const entry of ledger.entries) sly.apply(entry);
  const note = (await new StatusDesk(sly, signer, false).answer('SLY', TODAY))?.note ?? '';
  strictEqual(note.split('\n').filter((line) => line.startsWith('class: ')).join(), 'class: noc');
  strictEqual(note.split('\n').filter((line) => line.startsWith('account: ')).length, 1);
});
