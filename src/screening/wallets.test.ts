import { deepStrictEqual, notDeepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY_US, instantOf, type ChainFamily } from '../terms/index.ts';
import { walletKey } from './address-form.ts';
import { AddressSet } from './address-set.ts';
import { decodeList, encodeList, listOf } from './content.ts';
import { readRows } from './source.ts';
import { OFAC_2024, OFAC_2026, day, exemptions, madeUp, versionOf } from './testing.ts';
import { WalletTable } from './wallet-table.ts';

const listed2024 = listOf(OFAC_2024, readRows(OFAC_2024.files), exemptions);
const listed2026 = listOf(OFAC_2026, readRows(OFAC_2026.files), exemptions);
const KNOWN_2024 = instantOf(1_000);
const KNOWN_2026 = instantOf(2_000);
const FOREVER = instantOf(Number.MAX_SAFE_INTEGER);

function ofac(): WalletTable {
  const table = new WalletTable();
  for (const [list, known] of [[listed2024, KNOWN_2024], [listed2026, KNOWN_2026]] as const) {
    const { body, content } = versionOf(list);
    table.add(body, content, known);
  }
  return table;
}

test('OFAC of 2024: 654 rows are 640 wallets, 13 repeated, and one row that is a key and no address', () => {
  strictEqual(listed2024.read, 654);
  strictEqual(new Set(readRows(OFAC_2024.files).map((row) => row.written)).size, 641);
  deepStrictEqual([listed2024.wallets.length, listed2024.repeated, listed2024.exempt.length, listed2024.unreadable.length], [640, 13, 0, 1]);
  deepStrictEqual(listed2024.unreadable.map((row) => [row.place, row.reason, row.written.slice(0, 8)]), [['XMR:2', 'form-unknown', '5be5543f']]);
  strictEqual(listed2024.wallets.find((wallet) => wallet.places.includes('XBT:355'))?.family, 'tron', 'a TRON address that OFAC files under XBT');
  const byFamily = Object.groupBy(listed2024.wallets, (wallet) => wallet.family);
  deepStrictEqual(Object.fromEntries(Object.entries(byFamily).map(([family, wallets]) => [family, wallets.length])), { bitcoin: 463, evm: 156, tron: 18, ripple: 1, other: 2 });
});

test('OFAC of 2026: 97 EVM wallets, each with whom it names', () => {
  deepStrictEqual([listed2026.read, listed2026.wallets.length, listed2026.unreadable.length], [97, 97, 0]);
  ok(listed2026.wallets.every((wallet) => wallet.family === 'evm' && (wallet.subject?.length ?? 0) > 1));
  const before = new Set(listed2024.wallets.filter((wallet) => wallet.family === 'evm').map((wallet) => wallet.address));
  const after = new Set(listed2026.wallets.map((wallet) => wallet.address));
  strictEqual([...before].filter((address) => !after.has(address)).length, 90);
  strictEqual([...after].filter((address) => !before.has(address)).length, 31);
});

test('a wallet is found on each chain of its family, under any ticker and in any case of its hex', () => {
  const table = ofac();
  const key = walletKey('USDT', '0x175d44451403Edf28469dF03A9280c1197ADb92c');
  ok(typeof key === 'object');
  strictEqual(key.family, 'evm');
  strictEqual(table.lookup('evm', key.address, day('2025-01-01'))?.list, 'ofac');
  strictEqual(table.lookup('tron', 'TEAqwfMhXLaomXhZ8KeMhx3njGmQEDnsUR', day('2026-11-01'))?.version, '2024-09-27', 'the EVM-only version leaves TRON as it was');
  strictEqual(table.lookup('bitcoin', '16iWn2J1McqjToYLHSsAyS6En3QA8YQ91H', day('2026-11-01'))?.force, 'review', 'USDT on Omni');
  strictEqual(table.lookup('bitcoin', 'qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq', day('2026-11-01'))?.entry, 'BCH:2');
  strictEqual(table.lookup('evm', `0x${'1'.repeat(40)}`, day('2026-11-01')), undefined);
  strictEqual(table.lookup('tron', 'not an address', day('2026-11-01')), undefined);
});

test('what was listed on that day, as we knew it then', () => {
  const table = ofac();
  const gone = listed2024.wallets.find((wallet) => wallet.family === 'evm' && !listed2026.wallets.some((one) => one.address === wallet.address));
  const kept = listed2026.wallets.find((wallet) => listed2024.wallets.some((one) => one.address === wallet.address));
  ok(gone !== undefined && kept !== undefined);
  const asked = (address: string, at: string, knownAt: number) => table.listedAt('evm', address, day(at), instantOf(knownAt))?.version;
  strictEqual(asked(gone.address, '2025-01-01', 2_500), '2024-09-27');
  strictEqual(asked(gone.address, '2026-07-01', 2_500), undefined, 'delisted');
  strictEqual(asked(gone.address, '2026-07-01', 1_500), '2024-09-27', 'we did not know yet');
  strictEqual(asked(gone.address, '2024-09-26', 2_500), undefined, 'before the first version that we hold');
  strictEqual(asked(gone.address, '2025-01-01', 999), undefined, 'before we knew of any');
  strictEqual(asked(kept.address, '2026-07-01', 2_500), '2026-06-25');
  strictEqual(table.lookup('evm', kept.address, day('2026-07-01'))?.since, '2024-09-27');
});

test('the order of files and rows in the source leaves the content as it is; every row is in it', () => {
  const shuffled = { ...OFAC_2024, files: OFAC_2024.files.toReversed() };
  deepStrictEqual(encodeList(listOf(shuffled, readRows(shuffled.files), exemptions)), encodeList(listed2024));
  const back = decodeList(encodeList(listed2024));
  deepStrictEqual(back.wallets, listed2024.wallets);
  notDeepStrictEqual(encodeList(listed2026), encodeList(listed2024));
  strictEqual(createHash('sha256').update(encodeList(listed2024)).digest('hex'), '74db5fe3317ba4e42ee34b5d989db39a72b16861b236e9808fe5b783886f02f3', 'the content of a version never changes its form');
});

test('burn addresses and precompiles are set aside with a count, never listed', () => {
  const rows = ['0x0000000000000000000000000000000000000000', '0x000000000000000000000000000000000000dEaD', '0x00000000000000000000000000000001ffffffff', '0x0000000000000000000000010000000000000000']
    .map((written, i) => ({ place: `ETH:${i + 1}`, ticker: 'ETH', written, subject: undefined }));
  const list = listOf({ ...OFAC_2026, version: 'burnt' }, rows, exemptions);
  deepStrictEqual(list.exempt.map((row) => row.place), ['ETH:1', 'ETH:2', 'ETH:3']);
  deepStrictEqual(list.wallets.map((wallet) => wallet.places), [['ETH:4']]);
});

test('a row of an unknown ticker, of another family than the version covers, or of no form is set aside with its reason', () => {
  const row = (ticker: string, written: string) => ({ place: `${ticker}:1`, ticker, written, subject: undefined });
  const list = listOf({ ...OFAC_2026, covers: ['evm'] }, [row('DOGE', 'D5'), row('TRX', 'TEAqwfMhXLaomXhZ8KeMhx3njGmQEDnsUR'), row('ETH', '0x12')], exemptions);
  deepStrictEqual(list.unreadable.map((one) => `${one.place} ${one.reason}`), ['DOGE:1 ticker-unknown', 'ETH:1 form-unknown', 'TRX:1 family-not-covered']);
  throws(() => readRows([{ name: 'names.csv', text: 'a,b\n1,2' }]), /no wallet list/);
});

test('the strongest list answers when an address is on several', () => {
  const table = new WalletTable();
  const address = `0x${'ab'.repeat(20)}`;
  for (const { body, content } of [madeUp('ofac', 1, 1_000_000, ['evm'], [{ family: 'evm', address }]), madeUp('un', 1, 2_000_000, ['evm'], [{ family: 'evm', address }], 'freeze')]) table.add(body, content);
  strictEqual(table.lookup('evm', address, instantOf(1_500_000))?.list, 'ofac');
  strictEqual(table.lookup('evm', address, instantOf(2_500_000))?.list, 'un');
});

const ADDRESSES = Array.from({ length: 6 }, (_, i): { family: ChainFamily; address: string } =>
  (i % 2 === 0 ? { family: 'evm', address: `0x${'c'.repeat(39)}${i}` } : { family: 'tron', address: `T${'9'.repeat(32)}${i}` }));

test('the table answers every question of both times as a plain search of the versions does, in whatever order they were learnt', () => {
  const version = fc.record({ list: fc.constantFrom('ofac', 'un'), publishedDay: fc.integer({ min: 1, max: 8 }), covers: fc.constantFrom<readonly ChainFamily[]>(['evm'], ['tron'], ['evm', 'tron']), named: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }) });
  fc.assert(fc.property(fc.array(version, { maxLength: 7 }), (wanted) => {
    const table = new WalletTable();
    const model: { list: string; at: number; known: number; covers: readonly ChainFamily[]; named: ReadonlySet<string>; version: string }[] = [];
    for (const one of wanted) {
      if (model.some((other) => other.list === one.list && other.at === one.publishedDay * DAY_US && other.covers.some((family) => one.covers.includes(family)))) continue;
      const named = ADDRESSES.filter((wallet, i) => one.named[i] === true && one.covers.includes(wallet.family));
      const known = 10 * (model.length + 1);
      const { body, content } = madeUp(one.list, model.length, one.publishedDay * DAY_US, one.covers, named);
      table.add(body, content, known);
      model.push({ list: one.list, at: one.publishedDay * DAY_US, known, covers: one.covers, named: new Set(named.map((wallet) => wallet.address)), version: `v${model.length}` });
    }
    for (const wallet of ADDRESSES) {
      for (let at = 0; at <= 9; at++) {
        for (let known = 5; known <= 10 * (model.length + 1); known += 10) {
          const expected = ['ofac', 'un'].flatMap((list) => {
            const inForce = model.filter((one) => one.list === list && one.covers.includes(wallet.family) && one.at <= at * DAY_US && one.known <= known).sort((a, b) => b.at - a.at)[0];
            return inForce !== undefined && inForce.named.has(wallet.address) ? [`${list} ${inForce.version}`] : [];
          })[0];
          const found = table.listedAt(wallet.family, wallet.address, instantOf(at * DAY_US), instantOf(known));
          strictEqual(found === undefined ? undefined : `${found.list} ${found.version}`, expected);
        }
        deepStrictEqual(table.lookup(wallet.family, wallet.address, instantOf(at * DAY_US)), table.listedAt(wallet.family, wallet.address, instantOf(at * DAY_US), FOREVER));
      }
    }
  }), { numRuns: 400 });
});

test('a version is taken in whole: content of another entry, a second version of one instant, and time that runs back are broken invariants', () => {
  const table = ofac();
  const other = madeUp('ofac', 9, day('2026-06-25'), ['evm'], ADDRESSES.slice(0, 1));
  throws(() => table.add(other.body, other.content, KNOWN_2026), /one version at an instant/);
  throws(() => table.add(versionOf(listed2024).body, other.content, KNOWN_2026), /that of the entry/);
  const late = madeUp('ofac', 10, day('2026-07-25'), ['evm'], ADDRESSES.slice(0, 1));
  throws(() => table.add(late.body, late.content, KNOWN_2024), /as they became known/);
});

test('a set of addresses gives each its own row and finds no other, at most ten bytes an address in the table', () => {
  const set = new AddressSet();
  const model = new Map<string, number>();
  const hex = (i: number): string => `0x${createHash('sha256').update(`a${i}`).digest('hex').slice(0, 40)}`;
  set.reserve(60_000);
  for (let i = 0; i < 60_000; i++) model.set(hex(i), set.add('evm', hex(i)));
  strictEqual(set.count, 60_000);
  for (const [address, row] of model) strictEqual(set.find('evm', address), row);
  for (let i = 60_000; i < 120_000; i++) strictEqual(set.find('evm', hex(i)), -1);
  strictEqual(set.add('evm', hex(5)), model.get(hex(5)), 'the same address is the same row');
  const asked = Array.from({ length: 3_000 }, (_, i) => hex(i * 40));
  const rows = new Int32Array(asked.length);
  set.findMany(Uint8Array.from(Buffer.from(asked.map((address) => address.slice(2)).join(''), 'hex')), rows);
  deepStrictEqual([...rows], asked.map((address) => model.get(address) ?? -1), 'many at once have the rows that each has alone');
  set.add('bitcoin', 'x'.repeat(20));
  const shaped = new Int32Array(1);
  set.findMany(new TextEncoder().encode('x'.repeat(20)), shaped);
  deepStrictEqual([...shaped], [-1], 'the bytes of another family\'s text are no EVM address');
  ok(set.bytes.table / set.count <= 10, `${set.bytes.table / set.count} bytes an address`);
});

test('a set grows by itself, and tells families apart', () => {
  const set = new AddressSet();
  const text = '1'.repeat(34);
  const rows = (['bitcoin', 'tron', 'solana', 'ripple', 'other'] as const).map((family) => set.add(family, text));
  for (let i = 0; i < 500; i++) set.add('bitcoin', `1${String(i).padStart(30, 'z')}`);
  deepStrictEqual((['bitcoin', 'tron', 'solana', 'ripple', 'other'] as const).map((family) => set.find(family, text)), rows);
  deepStrictEqual(rows.map((row) => set.familyOf(row)), ['bitcoin', 'tron', 'solana', 'ripple', 'other']);
  strictEqual(set.find('evm', `0x${'G'.repeat(40)}`), -1);
});
