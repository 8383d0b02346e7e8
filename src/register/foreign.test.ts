import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import test, { after, before } from 'node:test';
import fc from 'fast-check';
import type { Member } from '../access/index.ts';
import { pakistan } from '../framework/testing.ts';
import { licensingMigrations } from '../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { SYSTEM, logMigrations, withActor, withTransaction } from '../log/index.ts';
import { refoldViews } from '../log/rebuild.ts';
import { parseInstant, instantOf, type Instant, type Rejection } from '../terms/index.ts';
import { dayOf, readCasps } from './foreign-casp.ts';
import { ForeignDesk, rebuildRegister, registerMigrations, registerViews } from './index.ts';
import { isLei } from './publication.ts';
import { MemoryObjects } from './testing.ts';

const HEAD = 'ae_competentAuthority,ae_homeMemberState,ae_lei_name,ae_lei,ae_lei_cou_code,ae_commercial_name,ae_address,ae_website,ae_website_platform,ac_authorisationNotificationDate,ac_authorisationEndDate,ac_serviceCode,ac_serviceCode_cou,ac_comments,ac_lastupdate,';
/** An identifier that nobody has, with right check digits. */
const leiOf = (n: number): string => {
  const body = `SYNTHETIC${String(n).padStart(9, '0')}`;
  return Array.from({ length: 100 }, (_, i) => `${body}${String(i).padStart(2, '0')}`).find(isLei) ?? '';
};
const row = (name: string, lei: string, more: { services?: string; countries?: string; date?: string; end?: string; website?: string; update?: string; address?: string } = {}): string =>
  `"Invented Authority ",XX,"${name}",${lei},XX,"${name} Pro|${name} App","${more.address ?? 'Street 1,\n1000 Nowhere'}","${more.website ?? ' www.first.example '}",,"${more.date ?? '28/05/2025'}",${more.end ?? ''},"${more.services ?? 'a. providing custody | c. exchange for funds |j. transfer'}","${more.countries ?? 'BE|BG | CY|'}",,${more.update ?? '01/06/2025'},`;
const state = (...rows: readonly string[]): Uint8Array => Buffer.from(`\ufeff${[HEAD, ...rows].join('\r\n')}\r\n`);

let database: TestDatabase;
const objects = new MemoryObjects();
const desk = new ForeignDesk(objects);
const officer: Member = { account: 'ayesha', organisation: 'authority', roles: ['licensing-officer'] };
before(async () => {
  database = await openTestDatabase([...logMigrations, ...licensingMigrations, ...registerMigrations]);
});
after(() => database.drop());
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const day = (text: string): Instant => parseInstant(`${text}T00:00:00Z`) ?? instantOf(0);
const take = (takenAt: string, bytes: Uint8Array, shrunk = false) => withActor(database.pool('nigran_app'), SYSTEM, (tx) => desk.take(tx, NOW, { register: 'esma-casp', takenAt: day(takenAt), bytes, source: 'invented', shrunk }, officer));
const codeOf = (answer: object): string | undefined => ('code' in answer ? (answer as Rejection).code : undefined);
const elsewhere = (of: { lei?: string; names?: string[]; websites?: string[] }) => withActor(database.pool('nigran_app'), SYSTEM, (tx) => desk.elsewhere(tx, { lei: of.lei, names: of.names ?? [], websites: of.websites ?? [] }));

test('a state as it is published becomes one record an entity; what cannot be read is told, and no row vanishes', () => {
  const read = readCasps(state(
    row('First', leiOf(1)), row('First', ` .${leiOf(1)} `, { services: 'd. exchange of crypto-assets', countries: 'DE; FR' }), row('Second', '', { date: '31/02/2025', website: 'not a site', services: 'x. nothing | b) something', countries: 'DEU' }),
    row('', leiOf(2)), row('Third', 'AAAAAAAAAAAAAAAAAA00', { date: 'May 28, 2025', end: '2026-01-02', website: 'https://one.example, https://two.example/x' })));
  ok(read !== undefined);
  deepStrictEqual([read.read, read.records.length, read.repeated, read.quarantined], [5, 3, 1, 1]);
  const [first, second, third] = [`lei:${leiOf(1)}`, 'name:second|invented authority', 'name:third|invented authority'].map((id) => read.records.find((one) => one.id === id));
  deepStrictEqual([first?.services, first?.countries, first?.websites, first?.authorisedOn, first?.names, first?.address], [['a', 'c', 'd', 'j'], ['BE', 'BG', 'CY', 'DE', 'FR'], ['www.first.example'], '2025-05-28', ['First Pro', 'First App'], 'Street 1, 1000 Nowhere']);
  deepStrictEqual([second?.authorisedOn, second?.services, second?.websites, second?.countries], [null, ['b'], [], []]);
  deepStrictEqual([third?.authorisedOn, third?.endedOn, third?.websites, third?.lei], ['2025-05-28', '2026-01-02', ['one.example', 'two.example'], null]);
  deepStrictEqual(read.faults.map((one) => [one.row, one.column]).sort(), [[3, 'ac_authorisationNotificationDate'], [3, 'ac_serviceCode'], [3, 'ac_serviceCode_cou'], [3, 'ae_website'], [4, 'ae_lei_name'], [5, 'ae_lei']].sort());
});

test('dates are read in the forms that occur, and a day that does not exist is none', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    '28/05/2025': '2025-05-28', '1/6/2025': '2025-06-01', '2025-05-28': '2025-05-28', '28.05.2025': '2025-05-28', '28-05-25': '2025-05-28', '28 May 2025': '2025-05-28', '28th May, 2025': '2025-05-28', 'May 28, 2025': '2025-05-28', '28-May-25': '2025-05-28', '45805': '2025-05-28',
    '2025-05-28T00:00:00': '2025-05-28', '28/05/2025 00:00': '2025-05-28', 'Wed, 28 May 2025': '2025-05-28', '05/28/2025': undefined, '31/02/2025': undefined, '00/00/0000': undefined, soon: undefined, '2025': undefined, '': undefined,
  };
  for (const [text, wanted] of Object.entries(cases)) strictEqual(dayOf(text), wanted, text);
});

test('bytes that are no such register are refused, whatever they are', () => {
  for (const bytes of ['', 'a,b\n1,2\n', '{"json": true}', HEAD]) strictEqual(readCasps(Buffer.from(bytes))?.records.length ?? 0, 0, bytes);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
    const read = readCasps(Buffer.concat([state(row('First', leiOf(1))), noise]));
    if (read !== undefined) strictEqual(read.read, read.records.length + read.repeated + read.quarantined);
  }), { numRuns: 60 });
});

test('every state is kept, a change is shown with what changed, and a record that is gone is a question', async () => {
  strictEqual(codeOf(await take('2026-04-26', state(row('First', leiOf(1)), row('Second', leiOf(2)), row('Third', leiOf(3)), row('Fourth', leiOf(4))))), undefined);
  const changed = state(row('First', leiOf(1), { services: 'a. custody' }), row('Second', leiOf(2)), row('Third', leiOf(3), { end: '30/05/2026' }));
  strictEqual(codeOf(await take('2026-06-01', changed)), undefined);
  strictEqual(codeOf(await take('2026-06-28', changed)), 'LIST_VERSION_KNOWN');
  strictEqual(codeOf(await take('2026-05-01', state(row('First', leiOf(1)))), ), 'DECISION_STALE');
  strictEqual(codeOf(await take('2026-06-28', state(row('First', leiOf(1))))), 'LIST_SHRUNK');
  strictEqual(codeOf(await take('2027-06-28', state(row('First', leiOf(1))))), 'DECISION_INVALID');
  strictEqual(codeOf(await take('2026-06-28', Buffer.from('no register'))), 'LIST_EMPTY');
  strictEqual(codeOf(await take('2026-06-28', state(row('First', leiOf(1), { services: 'a. custody' }), row('Second', leiOf(2)), row('Fourth', leiOf(4))))), undefined);
  const [first] = await elsewhere({ lei: leiOf(1) });
  deepStrictEqual([first?.state, first?.by, first?.periods.length, first?.periods[1]?.changed], ['listed', 'lei', 2, ['services']]);
  deepStrictEqual((await elsewhere({ lei: leiOf(3) })).map((one) => [one.state, one.periods.at(-1)?.said.endedOn]), [['question', '2026-05-30']], 'gone after its end was said: still a question');
  const [fourth] = await elsewhere({ lei: leiOf(4) });
  deepStrictEqual([fourth?.state, fourth?.periods.map((one) => one.to === null)], ['listed', [false, true]], 'it came back');
  deepStrictEqual((await elsewhere({ names: ['SECOND'] })).map((one) => [one.by, one.state]), [['name', 'listed']]);
  ok((await elsewhere({ websites: ['first.example'] })).every((one) => one.by === 'website'));
  deepStrictEqual(await elsewhere({ names: ['nobody'] }), []);
});

test('the database refuses overlaps, firms see nothing, and states fold again from their bytes', async () => {
  strictEqual((await withActor(database.pool('nigran_app'), { role: 'mlro', organisation: 'firm', firm: 'sdx' }, (tx) => tx.query('select from register.foreign_record'))).rowCount, 0);
  const refold = () => withTransaction(database.pool('nigran_owner'), (tx) => refoldViews(tx, registerViews, async () => void (await rebuildRegister(tx, pakistan(), objects))));
  deepStrictEqual(await refold(), []);
  await database.pool('nigran_owner').query(`update register.foreign_record set body = replace(body, 'First', 'Bent')`);
  ok((await refold()).some((one) => one.view === 'register.foreign_record'));
  deepStrictEqual(await refold(), []);
});
