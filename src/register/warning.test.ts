import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';
import type { Member } from '../access/index.ts';
import { pakistan } from '../framework/testing.ts';
import { licensingMigrations, registerFirm } from '../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { SYSTEM, logMigrations, withActor, withTransaction, type Tx } from '../log/index.ts';
import { refoldViews } from '../log/rebuild.ts';
import { DAY_US, instantOf, type Rejection } from '../terms/index.ts';
import { PublicationDesk, RegisterDesk, isInForce, matchOf, rebuildRegister, registerMigrations, registerViews } from './index.ts';
import { isLei } from './publication.ts';
import { MemoryObjects, TODAY } from './testing.ts';

const framework = pakistan();
const officer = (account: string, more: Partial<Member> = {}): Member => ({ account, organisation: 'authority', roles: ['supervisor'], ...more });
const A = officer('ayesha');
const B = officer('bilal');
let database: TestDatabase;
const register = new RegisterDesk(framework);
const desk = new PublicationDesk(register, randomBytes);
type Wanted = Parameters<PublicationDesk['propose']>[2];
type Content = NonNullable<Wanted['content']>;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...licensingMigrations, ...registerMigrations]);
  await acting((tx) => registerFirm(tx, TODAY, { firm: 'sdx', code: 'SDX', name: 'Sindh Digital Exchange', synthetic: true }, { actor: 'a', second: 'b', basis: 'synthetic' }));
});
after(() => database.drop());

const acting = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, act);
const codeOf = (answer: object): string | undefined => ('code' in answer ? (answer as Rejection).code + ((answer as Rejection).detail === undefined ? '' : ` ${(answer as Rejection).detail}`) : undefined);
const content = (more: Partial<Content> = {}): Content => ({
  class: 'impersonator', subject: 'entity', name: 'Sindh Digital Exchange VIP', aliases: ['SDX Pro'], domains: ['HTTPS://Sindh-Digital-Exchange.example/login'], apps: [{ store: 'apk', id: 'org.example.sdxvip' }], wallets: [{ family: 'evm', address: '0xAbCd000000000000000000000000000000000001' }],
  imitates: 'sdx', text: { en: 'Not the firm. Send nothing.', ur: 'یہ کمپنی نہیں۔ رقم نہ بھیجیں۔' }, evidence: [{ sha256: 'a'.repeat(64), what: 'picture of the page' }], ...more,
});
const propose = (more: Partial<Wanted> = {}, by = A) => acting((tx) => desk.propose(tx, TODAY, { act: 'issue', warning: undefined, content: content(), reasons: 'Reported twice.', ...more }, by));
const indexOf = (answer: object): number => {
  ok('index' in answer, codeOf(answer));
  return Number(answer.index);
};

test('a warning takes effect when a second person agrees, and not before', async () => {
  const proposal = indexOf(await propose());
  await register.follow(database.pool('nigran_app'));
  deepStrictEqual([register.book.warnings.all().length, register.book.warnings.waiting().length], [0, 1]);
  strictEqual(codeOf(await acting((tx) => desk.agree(tx, TODAY, proposal, A))), 'SECOND_PERSON_REQUIRED');
  strictEqual(codeOf(await acting((tx) => desk.agree(tx, TODAY, proposal, officer('c', { conflicts: ['sdx'] })))), 'CONFLICT_OF_INTEREST firm');
  match(codeOf(await acting((tx) => desk.agree(tx, TODAY, proposal, { account: 'f', organisation: 'firm', roles: ['mlro'], firm: 'sdx' }))) ?? '', /^FORBIDDEN/);
  indexOf(await acting((tx) => desk.agree(tx, TODAY, proposal, B)));
  strictEqual(codeOf(await acting((tx) => desk.agree(tx, TODAY, proposal, B))), 'PROPOSAL_UNKNOWN proposal', 'once');
  await register.follow(database.pool('nigran_app'));
  const warning = register.book.warnings.byId('w-1');
  ok(warning !== undefined && isInForce(warning, instantOf(TODAY + DAY_US)));
  deepStrictEqual([warning.content.domains, warning.content.wallets[0]?.address, warning.content.hashes], [['sindh-digital-exchange.example'], '0xabcd000000000000000000000000000000000001', []]);
});

test('it is found by each thing that it names, pasted as it is', () => {
  const warning = register.book.warnings.byId('W-1');
  ok(warning !== undefined);
  const cases = { 'sindh-digital-exchange.example': 'domain', 'http://login.SINDH-digital-exchange.example/x?y': 'domain', 'sdx pro': 'name', 'Digital Exchange VIP': 'name', 'org.example.sdxvip': 'app', '0xABCD000000000000000000000000000000000001': 'wallet', '': undefined, sdx: undefined, 'other.example': undefined } as const;
  for (const [question, kind] of Object.entries(cases)) strictEqual(matchOf(question, warning), kind, question);
});

test('a natural person stands in the ledger by salted hashes alone, and who knows the name finds the warning', async () => {
  const name = 'Zubair Khan Invented';
  const proposal = indexOf(await propose({ content: content({ subject: 'person', name, aliases: ['زبیر خان'], domains: [], apps: [], wallets: [], class: 'unregistered' }) }));
  indexOf(await acting((tx) => desk.agree(tx, TODAY, proposal, B)));
  await register.follow(database.pool('nigran_app'));
  const warning = register.book.warnings.byId('W-2');
  ok(warning !== undefined);
  strictEqual(warning.content.hashes.length, 2);
  ok(warning.content.hashes[0]?.salt !== warning.content.hashes[1]?.salt);
  deepStrictEqual(['ZUBAIR  khan invented', 'Khan Zubair Invented', 'زبير خان', 'Zubair Khan', 'Zubair'].map((question) => matchOf(question, warning)), ['person', 'person', 'person', undefined, undefined]);
  const held = await withTransaction(database.pool('nigran_owner'), (tx) => tx.query<{ text: string }>(`select convert_from(bytes, 'utf8') as text from log.entry union all select body from register.change union all select body from register.warning`));
  ok(held.rows.every((row) => !/zubair|زبیر/i.test(row.text)), 'the name is nowhere');
});

test('what is not sound is refused by a code, and nothing is entered', async () => {
  const before = register.book.version;
  const cases: readonly (readonly [Partial<Wanted>, string])[] = [
    [{ reasons: ' ' }, 'DECISION_INVALID reasons'], [{ content: undefined }, 'DECISION_INVALID content'], [{ content: content({ class: 'nonsense' }) }, 'DECISION_INVALID class'], [{ content: content({ imitates: 'nobody' }) }, 'FIRM_UNKNOWN imitates'],
    [{ content: content({ domains: ['not a domain'] }) }, 'DECISION_INVALID domains'], [{ content: content({ wallets: [{ family: 'evm', address: '0x12' }] }) }, 'DECISION_INVALID wallets'], [{ content: content({ expires: TODAY - 1 }) }, 'DECISION_INVALID expires'],
    [{ content: content({ aliases: ['؟'] }) }, 'DECISION_INVALID name'], [{ content: content({ text: { en: 'x', ur: ' ' } }) }, 'DECISION_INVALID text'], [{ act: 'amend', warning: 'W-99' }, 'NOT_FOUND warning'], [{ act: 'lift', warning: 'W-1' }, 'DECISION_INVALID content'], [{ act: 'issue', warning: 'W-1' }, 'DECISION_INVALID warning'],
  ];
  for (const [wanted, code] of cases) strictEqual(codeOf(await propose(wanted)), code, code);
  match(codeOf(await propose({}, officer('d', { roles: ['policy'] }))) ?? '', /^FORBIDDEN/);
  await register.follow(database.pool('nigran_app'));
  strictEqual(register.book.version, before);
});

test('it is corrected as a whole, replied to, sent back, lifted and ends by its day; all of it is told in public', async () => {
  const sent = indexOf(await propose({ act: 'amend', warning: 'W-1', content: content({ domains: ['second.example'] }) }));
  strictEqual(codeOf(await propose({ act: 'lift', warning: 'W-1', content: undefined })), 'DECISION_STALE a proposal waits');
  strictEqual(codeOf(await acting((tx) => desk.close(tx, TODAY, { proposal: sent, note: ' ' }, B))), 'DECISION_INVALID note');
  indexOf(await acting((tx) => desk.close(tx, TODAY, { proposal: sent, note: 'The first domain is missing.' }, B)));
  const amended = indexOf(await propose({ act: 'amend', warning: 'W-1', content: content({ domains: ['second.example'], expires: TODAY + 5 * DAY_US }) }));
  indexOf(await acting((tx) => desk.agree(tx, TODAY, amended, B)));
  indexOf(await acting((tx) => desk.reply(tx, TODAY, { warning: 'W-1', words: 'We are another company.', evidence: [] }, A)));
  strictEqual(codeOf(await acting((tx) => desk.reply(tx, TODAY, { warning: 'W-9', words: 'x', evidence: [] }, A))), 'NOT_FOUND warning');
  await register.follow(database.pool('nigran_app'));
  const warning = register.book.warnings.byId('W-1');
  ok(warning !== undefined);
  deepStrictEqual([warning.content.domains, warning.replies.length, isInForce(warning, instantOf(TODAY + 4 * DAY_US)), isInForce(warning, instantOf(TODAY + 5 * DAY_US))], [['second.example'], 1, true, false]);
  const lift = indexOf(await propose({ act: 'lift', warning: 'W-1', content: undefined }));
  indexOf(await acting((tx) => desk.agree(tx, instantOf(TODAY + DAY_US), lift, B)));
  await register.follow(database.pool('nigran_app'));
  strictEqual(register.book.warnings.byId('W-1')?.liftedAt !== undefined, true);
  const told = register.book.changes.filter((one) => one.about === 'W-1').map((one) => Object.keys(JSON.parse(one.body) as object));
  deepStrictEqual(told.map((keys) => [keys.includes('amended'), keys.includes('lifted')]), [[false, false], [true, false], [true, false], [true, true]]);
});

test('what a firm goes by is entered with its source; a website stands for one firm', async () => {
  await acting((tx) => registerFirm(tx, TODAY, { firm: 'ind', code: 'IND', name: 'Indus', synthetic: true }, { actor: 'a', second: 'b', basis: 'synthetic' }));
  const detail = (firm: string, more: object = {}) => acting((tx) => desk.detail(tx, TODAY, { firm, names: [], websites: ['https://WWW.sdx.example/'], apps: [], source: 'letter of the firm', ...more }, A));
  indexOf(await detail('sdx'));
  indexOf(await detail('sdx', { websites: ['sdx.example', 'www.sdx.example'] }));
  strictEqual(codeOf(await detail('ind', { websites: ['sdx.example'] })), 'DECISION_INVALID websites: of another firm');
  strictEqual(codeOf(await detail('ind', { lei: '5299005V5GBSN2A4C304' })), 'DECISION_INVALID lei');
  strictEqual(codeOf(await detail('ind', { websites: ['x'] })), 'DECISION_INVALID websites');
  strictEqual(codeOf(await detail('zzz', { websites: [] })), 'FIRM_UNKNOWN firm');
  await register.follow(database.pool('nigran_app'));
  deepStrictEqual(register.book.detail('sdx')?.websites, ['sdx.example', 'www.sdx.example']);
  ok(isLei('5299005V5GBSN2A4C303') && !isLei('AAAAAAAAAAAAAAAAAA00'), 'check digits, by two identifiers that ESMA publishes or nobody has');
});

test('warnings are folded again byte for byte', async () => {
  const found = await withTransaction(database.pool('nigran_owner'), (tx) => refoldViews(tx, registerViews, async () => void (await rebuildRegister(tx, framework, new MemoryObjects()))));
  deepStrictEqual(found, []);
});
