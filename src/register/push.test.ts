import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Member } from '../access/index.ts';
import { licensingMigrations } from '../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { SYSTEM, logMigrations, withActor, type Tx } from '../log/index.ts';
import { parseVerifierKey, signerOfSeed, verifierKey } from '../proof/index.ts';
import { verifyRequest } from '../proof/http-signature.ts';
import { openNote } from '../proof/published.ts';
import { verifyWithKey } from '../proof/credentials.ts';
import { DAY_US, HOUR_US, MINUTE_US, instantOf, type Instant } from '../terms/index.ts';
import { StatusDesk } from './answer.ts';
import { registerMigrations } from './migrations.ts';
import { PushDesk, type Push } from './push.ts';
import { inventedBook, TODAY } from './testing.ts';

const signer = signerOfSeed('authority.example/status', new Uint8Array(32).fill(4));
const officer: Member = { account: 'o', organisation: 'authority', roles: ['supervisor'], conflicts: [] };
let drawn = 0;
const HOOK = 'https://bank.example/answers';
let database: TestDatabase;
const asHouse = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, act);

/** A desk over an invented register, and a bank that takes what it is sent while it is `up`. */
function opened() {
  const { book, ledger } = inventedBook();
  const bank = { up: true, got: [] as Push[], most: 0, now: 0 };
  const open = () => new PushDesk({
    pool: database.pool('nigran_app'), book, status: new StatusDesk(book, signer, true), signer, random: (length) => new Uint8Array(length).fill((drawn += 1) % 256), mayReach: (address) => address.startsWith('https://bank'),
    send: async (push) => {
      bank.now += 1;
      bank.most = Math.max(bank.most, bank.now);
      await new Promise((done) => { setImmediate(done); });
      bank.now -= 1;
      if (!bank.up) return 'UNREACHABLE: it does not answer';
      bank.got.push(push);
      return undefined;
    },
  });
  return { book, ledger, bank, open, desk: open() };
}

const suspend = (firm: string, at: Instant) => ({ kind: 'stage-changed' as const, body: { firm, from: 'l2-licensed', to: 'q-suspended', effectiveFrom: at, reasons: 'inside', evidence: [] } });

before(async () => {
  database = await openTestDatabase([...logMigrations, ...licensingMigrations, ...registerMigrations]);
});
after(() => database.drop());

async function ended(desk: PushDesk): Promise<void> {
  for (const { subscriber } of await asHouse((tx) => desk.states(tx))) await asHouse((tx) => desk.end(tx, TODAY, { subscriber: subscriber.subscriber, reason: 'over' }, officer));
}

test('a bank is told what stands, then of each change, by a signed answer in a signed request; what did not change is not sent again', async () => {
  const { book, ledger, bank, desk } = opened();
  const made = await asHouse((tx) => desk.register(tx, TODAY, { name: 'Invented Bank', address: HOOK, firms: ['dsm', 'sdx'] }, officer));
  ok('index' in made);
  strictEqual(await desk.round(TODAY), 2);
  strictEqual(await desk.round(instantOf(TODAY + MINUTE_US)), 0, 'another minute is no other answer');
  const later = instantOf(TODAY + DAY_US);
  book.apply(ledger.add(suspend('dsm', later), TODAY));
  strictEqual(await desk.round(instantOf(TODAY + HOUR_US)), 0, 'a step that takes effect tomorrow is told tomorrow');
  strictEqual(await desk.round(instantOf(later + MINUTE_US)), 1);
  const push = bank.got.at(-1);
  ok(push !== undefined);
  const vkey = parseVerifierKey(verifierKey(signer.keyId, signer.publicKey));
  const note = openNote(push.body, vkey === undefined ? [] : [vkey]);
  ok(note !== undefined && /account: no\nclass: suspended/.test(note.text), push.body);
  strictEqual(push.headers['content-digest'], `sha-256=:${createHash('sha256').update(push.body).digest('base64')}:`);
  const judged = await verifyRequest({ method: 'POST', target: HOOK, headers: push.headers, now: instantOf(later + MINUTE_US) }, () => ({ algorithm: 'ed25519', verify: (base, signature) => verifyWithKey({ curve: 'Ed25519', point: signer.publicKey }, base, signature) }));
  deepStrictEqual('keyId' in judged ? judged.keyId : judged, signer.keyId);
  strictEqual(new Set(bank.got.map((one) => one.headers['idempotency-key'])).size, 3);
  await ended(desk);
  book.apply(ledger.add({ kind: 'stage-changed', body: { firm: 'sdx', from: 'e4-aml-registered', to: 'q-suspended', effectiveFrom: later, reasons: 'inside', evidence: [] } }, later));
  strictEqual(await desk.round(instantOf(later + HOUR_US)), 0, 'who ended is told nothing');
});

test('who does not answer is asked ever more rarely, by a new process too, and gets the newest answer once it does', async () => {
  const { book, ledger, bank, desk, open } = opened();
  await asHouse((tx) => desk.register(tx, TODAY, { name: 'Invented Bank', address: HOOK, firms: ['dsm'] }, officer));
  bank.up = false;
  let asked: number[] = [];
  for (const minute of [...Array.from({ length: 34 }, (_none, i) => i), 62, 63, 126, 127, 254, 255, 510, 511, 870, 871, 1_230, 1_231]) {
    const before = bank.most;
    bank.most = 0;
    await (minute === 20 ? open() : desk).round(instantOf(TODAY + minute * MINUTE_US));
    if (bank.most > 0) asked = [...asked, minute];
    bank.most = Math.max(before, bank.most);
  }
  deepStrictEqual(asked, [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 871, 1_231], 'doubled each time, at most six hours');
  deepStrictEqual((await asHouse((tx) => desk.states(tx))).map(({ waiting, told, fault }) => [waiting, told, fault]), [[1, 0, 'UNREACHABLE: it does not answer']]);
  const later = instantOf(TODAY + 2 * DAY_US);
  book.apply(ledger.add(suspend('dsm', later), later));
  bank.up = true;
  strictEqual(await desk.round(instantOf(later + MINUTE_US)), 1);
  deepStrictEqual(bank.got.map((one) => /class: (\w+)/.exec(one.body)?.[1]), ['suspended'], 'one message, of now');
  await ended(desk);
});

test('a round is bounded for each and for all; only an officer registers, and only where the operator allows', async () => {
  const { bank, desk } = opened();
  for (let i = 0; i < 8; i++) await asHouse((tx) => desk.register(tx, TODAY, { name: `Bank ${i}`, address: `https://bank${i}.example/x`, firms: [] }, officer));
  await Promise.all([desk.round(TODAY), desk.round(TODAY)]);
  strictEqual(bank.got.length, 40, 'forty at once, and a round under way is left alone');
  ok(bank.most <= 4, `${bank.most} at once`);
  const wanted = { name: 'x', address: 'https://other.example/x', firms: [] };
  const refused = await Promise.all([
    asHouse((tx) => desk.register(tx, TODAY, wanted, officer)), asHouse((tx) => desk.register(tx, TODAY, { ...wanted, address: 'https://bank9.example/x', firms: ['nobody'] }, officer)), asHouse((tx) => desk.register(tx, TODAY, { ...wanted, address: 'https://bank1.example/x' }, officer)),
    asHouse((tx) => desk.register(tx, TODAY, { ...wanted, address: 'https://bank9.example/x' }, { ...officer, roles: ['policy'] })), asHouse((tx) => desk.end(tx, TODAY, { subscriber: 'S-0', reason: 'x' }, officer)),
  ]);
  deepStrictEqual(refused.map((one) => ('code' in one ? one.code : 'made')), ['DECISION_INVALID', 'FIRM_UNKNOWN', 'DECISION_INVALID', 'FORBIDDEN', 'NOT_FOUND']);
  await ended(desk);
});
