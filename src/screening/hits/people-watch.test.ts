import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { SYSTEM, readEntries, withActor, withTransaction } from '../../log/index.ts';
import { rebuildScreening } from '../index.ts';
import { WatchedHouse, entryOf, personOf, stateOf } from './testing/watched-house.ts';

interface HitRow {
  readonly hit: number; readonly person: string; readonly list: string; readonly entry: string; readonly state: string; readonly decision: string; readonly ground: string;
}
interface FreezeRow {
  readonly firm: string; readonly customers: string[]; readonly state: string; readonly ground: string;
}

let house: WatchedHouse;
before(async () => { house = await WatchedHouse.open(); });
after(() => house.close());

const hits = async (): Promise<string[]> => (await house.rows<HitRow>('select * from screening.hit order by hit')).map((row) => `${row.person} ${row.list}:${row.entry} ${row.state} ${row.decision} ${row.ground}`);
const ledger = () => withActor(house.database.pool('nigran_app'), SYSTEM, (tx) => readEntries(tx, { from: 0, limit: 1_000 }));
const LISTED = entryOf('ofac', '71', ['ZARGHUNA, Inventedlisted Bibi', 'Zarghuna Inventedlisted'], { birthDates: ['1990-01-02'], nationalities: ['pk'] });
const FILLERS = [entryOf('ofac', '81', ['Filler Inventedone']), entryOf('ofac', '82', ['Filler Inventedtwo'])];
const PROSCRIBED = entryOf('nacta', '9', ['Mirwais Inventedproscribed'], { identifiers: [{ kind: 'cnic', value: '00000-0000500-0', country: 'pk' }] });
let near = '';
let proscribed = '';

test('nobody is screened, and nobody called clear, before there is a list; then everybody who was stated is', async () => {
  near = await house.onboard('sdx', 'c1', personOf(1, 'Zarghuna Inventedlisted'));
  await house.onboard('sdx', 'c2', personOf(2, 'Somebody Altogether Else'));
  await house.round();
  deepStrictEqual(await hits(), []);
  ok('body' in await house.take(stateOf('ofac', '2026-11-20', [LISTED, ...FILLERS, entryOf('ofac', '72', ['Quite Another Firm Ltd'], { schema: 'Organization' })])));
  await house.round();
  deepStrictEqual(await hits(), [`${near} ofac:71 open match evidence`]);
});

test('a person who is stated later is screened, and the same statement again says nothing twice, after an end of the process too', async () => {
  proscribed = await house.onboard('kpx', 'k1', personOf(5_000, 'Written Under Another Name'));
  ok('body' in await house.take(stateOf('nacta', '2026-11-20', [PROSCRIBED])));
  await house.round();
  const before = await hits();
  deepStrictEqual(before, [`${near} ofac:71 open match evidence`, `${proscribed} nacta:9 confirmed match number`]);
  const size = (await ledger()).length;
  await house.vault.stop();
  await house.vault.start();
  await house.onboard('kpx', 'k2', personOf(5_001, 'Nobody Who Is Listed'));
  await house.round();
  deepStrictEqual([await hits(), (await ledger()).length], [before, size]);
});

test('an exact number on a list of that force orders the freeze at each firm whose customer the person is, also at one who comes later', async () => {
  const freezes = async () => (await house.rows<FreezeRow>('select * from screening.asset_freeze order by id')).map(({ firm, customers, state, ground }) => ({ firm, customers, state, ground }));
  deepStrictEqual(await freezes(), [{ firm: 'kpx', customers: ['k1'], state: 'ordered', ground: 'number' }]);
  strictEqual(await house.onboard('ivx', 'i1', personOf(5_000, 'Written Under Another Name')), proscribed);
  await house.round();
  deepStrictEqual((await freezes())[1], { firm: 'ivx', customers: ['i1'], state: 'ordered', ground: 'number' });
  strictEqual((await house.rows('select * from screening.hit where list = $1', SYSTEM, ['nacta'])).length, 1, 'one hit');
});

test('no letter of a name stands in the ledger or in a table outside of the vault', async () => {
  const entries = (await ledger()).map((entry) => Buffer.from(entry.bytes).toString('utf8')).join('\n');
  const rows = JSON.stringify(await house.rows('select * from screening.hit'));
  for (const word of ['zarghuna', 'inventedlisted', 'mirwais', 'inventedproscribed', 'another name', '0000500']) ok(!`${entries} ${rows}`.toLowerCase().includes(word), word);
});

test('a firm reads its own freezes and no hit, and the FMU reads neither', async () => {
  const firm = { organisation: 'firm', account: 'kpx-desk', role: 'firm-compliance', firm: 'kpx' } as const;
  deepStrictEqual(await house.rows('select * from screening.hit', firm), []);
  deepStrictEqual((await house.rows<FreezeRow>('select * from screening.asset_freeze', firm)).map((row) => row.firm), ['kpx']);
  deepStrictEqual(await house.rows('select * from screening.asset_freeze', { organisation: 'fmu', account: 'fiu', role: 'fiu-analyst' }), []);
  ok((await house.rows('select * from screening.hit', { organisation: 'authority', account: 'analyst', role: 'surveillance-analyst' })).length > 0);
});

test('a change of a list finds who bears its new names, ends what it no longer says, and a delisted one is released with the reason', async () => {
  const other = await house.onboard('sdx', 'c9', personOf(9, 'Sherbano Laterlisted', { birthDate: '1980-03-04' }));
  await house.round();
  const later = entryOf('ofac', '73', ['LATERLISTED, Sherbano'], { birthDates: ['1980-03-04'] });
  ok('body' in await house.take(stateOf('ofac', '2026-11-21', [LISTED, ...FILLERS, later])));
  await house.round();
  ok((await hits()).includes(`${other} ofac:73 open review evidence`));
  ok('body' in await house.take(stateOf('ofac', '2026-11-22', [LISTED, ...FILLERS, entryOf('ofac', '73', ['UTTERLYCHANGED, Name'])])));
  await house.round();
  ok((await hits()).includes(`${other} ofac:73 released review evidence`));
  ok('body' in await house.take(stateOf('ofac', '2026-11-23', [...FILLERS, entryOf('ofac', '73', ['UTTERLYCHANGED, Name'])])));
  await house.round();
  ok((await hits()).includes(`${near} ofac:71 released match evidence`));
  deepStrictEqual((await house.rows<{ what: string }>('select what from screening.hit_step s join screening.hit h using (hit) where h.list = $1 order by s.entry', SYSTEM, ['ofac'])).map((row) => row.what), ['opened', 'opened', 'entry-changed', 'delisted']);
});

test('what is frozen for one who leaves the list waits for the authority, who is erased has no open hit, and the views fold again the same', async () => {
  const again = await house.onboard('sdx', 'c10', personOf(10, 'Utterlychanged Name'));
  await house.round();
  ok((await hits()).some((row) => row.startsWith(`${again} ofac:73 open`)));
  strictEqual(await house.client.erase({ person: again, actor: 'one', second: 'two', reason: 'asked for' }), undefined);
  ok('body' in await house.take(stateOf('nacta', '2026-11-22', [entryOf('nacta', '10', ['Someone Quite Different'])]), { actor: 'lists', second: 'supervisor', basis: 'test', confirmsLoss: true }));
  await house.round();
  deepStrictEqual((await house.rows<FreezeRow>('select * from screening.asset_freeze order by id')).map((row) => row.state), ['to-release', 'to-release']);
  ok((await hits()).some((row) => row.startsWith(`${again} ofac:73 released`)));
  const tables = ['screening.hit', 'screening.hit_step', 'screening.asset_freeze', 'screening.asset_freeze_step', 'screening.list_version'];
  const all = async () => Promise.all(tables.map((table) => house.rows(`select * from ${table} order by 1, 2`)));
  const before = await all();
  await withTransaction(house.database.pool('nigran_owner'), rebuildScreening);
  deepStrictEqual(await all(), before);
});
