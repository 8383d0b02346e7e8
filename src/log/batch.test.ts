import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { BATCH_BYTES_MAX, BATCH_ROWS_MAX, EMPTY_ROW, decodeBatch, encodeBatch, wideHex, type EventBatch, type EventRow } from './batch.ts';

type Name = keyof EventRow;
const WORDS = ['asset', 'quoteAsset', 'chain', 'country', 'network', 'bank', 'counterFirm', 'stream', 'submission'] as const;
const TEXTS = ['id', 'customer', 'address', 'txHash', 'ipToken', 'deviceToken', 'accountToken', 'target'] as const;
const PEOPLE = ['person', 'other'] as const;
const UNITS = ['units', 'quoteUnits'] as const;
const WHOLE = ['at', 'seq', 'paisa', 'quotePaisa', 'claimPaisa', 'since'] as const;
const SMALL = ['kind', 'replacementKind', 'service', 'method', 'anonymiser', 'ageBand', 'province', 'incomeClass', 'riskClass'] as const;

const whole = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER));
const text = fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('ا\u200cب', '😀', 'a\0b', 'é', 'x'.repeat(300), '"\\'));
const word = fc.oneof(text, fc.constantFrom('iso4217:PKR', 'main', '__proto__', 'constructor'));
const units = fc.oneof(fc.constantFrom(0n, 1n, -1n, 2n ** 63n, 2n ** 64n - 1n, -(2n ** 64n), 2n ** 127n - 1n, -(2n ** 127n)), fc.bigInt({ min: -(2n ** 127n), max: 2n ** 127n - 1n }));
const person = fc.oneof(fc.constant(''), fc.uint8Array({ minLength: 16, maxLength: 16 }).filter((bytes) => bytes.some((byte) => byte > 0)).map((bytes) => Buffer.from(bytes).toString('hex')));
const each = <N extends Name, V>(names: readonly N[], value: fc.Arbitrary<V>): Record<N, fc.Arbitrary<V>> => Object.fromEntries(names.map((name) => [name, value])) as Record<N, fc.Arbitrary<V>>;
const row: fc.Arbitrary<EventRow> = fc.record({
  ...each(WHOLE, whole), ...each(SMALL, fc.nat(255)), flags: fc.nat(2 ** 32 - 1), line: fc.nat(2 ** 32 - 1), firm: fc.nat(65_535), ...each(WORDS, word), ...each(TEXTS, text), ...each(PEOPLE, person), ...each(UNITS, units),
}, { noNullPrototype: true });

/** A batch's rows as they were written, read by the columns' own definition. */
function rowsOf(batch: EventBatch): EventRow[] {
  return Array.from({ length: batch.count }, (_none, i) => {
    const numbers = [...WHOLE, ...SMALL, 'flags', 'line', 'firm'] as const;
    const wide = (column: Uint8Array): bigint => {
      const view = new DataView(column.buffer, column.byteOffset + i * 16, 16);
      return (view.getBigInt64(8, true) << 64n) | view.getBigUint64(0, true);
    };
    return Object.fromEntries([
      ...numbers.map((name) => [name, batch[name][i]]), ...WORDS.map((name) => [name, batch.word(name, i)]), ...TEXTS.map((name) => [name, batch.text(name, i)]),
      ...PEOPLE.map((name) => [name, wideHex(batch[name], i)]), ...UNITS.map((name) => [name, wide(batch[name])]),
    ]) as EventRow;
  });
}

test('the columns of this test are those of a row', () => {
  deepStrictEqual([...WHOLE, ...SMALL, ...WORDS, ...TEXTS, ...PEOPLE, ...UNITS, 'flags', 'line', 'firm'].sort(), Object.keys(EMPTY_ROW).sort());
});

test('rows come back as they were, in every column, and the same rows give the same bytes', () => {
  fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
    const bytes = encodeBatch(rows);
    deepStrictEqual(rowsOf(decodeBatch(bytes)), rows);
    deepStrictEqual(encodeBatch(rows.map((one) => ({ ...one }))), bytes);
  }), { numRuns: 150 });
});

test('bytes and offsets of a text column are those of its texts, from wherever the batch lies in memory', () => {
  fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), fc.nat(9), (rows, shift) => {
    const moved = new Uint8Array(new ArrayBuffer(2 ** 16), shift, encodeBatch(rows).length);
    moved.set(encodeBatch(rows));
    const batch = decodeBatch(moved);
    for (const name of TEXTS) {
      const offsets = batch.offsets(name);
      strictEqual(offsets.length, rows.length + 1);
      for (const [i, one] of rows.entries()) {
        strictEqual(Buffer.from(batch.bytes(name, i)).toString(), one[name]);
        deepStrictEqual(Buffer.from(batch.heap.subarray(offsets[i], offsets[i + 1])), Buffer.from(one[name]));
      }
    }
  }), { numRuns: 30 });
});

test('a lone surrogate, which UTF-8 does not have, is stored as the replacement character', () => {
  strictEqual(decodeBatch(encodeBatch([{ ...EMPTY_ROW, id: 'a\ud800b' }])).text('id', 0), 'a\ufffdb');
});

test('a batch holds at least one row and at most its bound', () => {
  throws(() => encodeBatch([]), { name: 'BrokenInvariant' });
  const rows = Array.from({ length: BATCH_ROWS_MAX }, (_none, i): EventRow => ({ ...EMPTY_ROW, seq: i, line: i, id: `E-${i}`, units: BigInt(-i) }));
  const batch = decodeBatch(encodeBatch(rows));
  strictEqual(batch.count, BATCH_ROWS_MAX);
  for (const i of [0, 1, 65_534, 65_535]) deepStrictEqual([batch.seq[i], batch.text('id', i)], [i, `E-${i}`]);
  throws(() => encodeBatch([...rows, EMPTY_ROW]), { name: 'BrokenInvariant' });
});

test('65,535 recurring strings beside the empty one fit, and one more is refused', () => {
  const rows = Array.from({ length: 32_768 }, (_none, i): EventRow => ({ ...EMPTY_ROW, bank: `b${i}`, network: i === 0 ? '' : `n${i}` }));
  const batch = decodeBatch(encodeBatch(rows));
  strictEqual(batch.legend.length, 65_536);
  deepStrictEqual([0, 1, 32_767].map((i) => [batch.word('bank', i), batch.word('network', i)]), [['b0', ''], ['b1', 'n1'], ['b32767', 'n32767']]);
  throws(() => encodeBatch(rows.map((one, i) => (i === 0 ? { ...one, network: 'n0' } : one))), { name: 'BrokenInvariant' });
});

test('what a column cannot hold is never written as something else', () => {
  const wrong: readonly Partial<EventRow>[] = [
    { flags: 2 ** 32 }, { line: -1 }, { firm: 65_536 }, { kind: 256 }, { replacementKind: -1 }, { service: 1.5 }, { method: Number.NaN }, { anonymiser: 300 }, { ageBand: 256 }, { province: 256 }, { incomeClass: 256 }, { riskClass: 256 },
    { person: 'ab' }, { person: 'z'.repeat(32) }, { person: 'a'.repeat(34) }, { other: `${'a'.repeat(31)}g` },
  ];
  for (const one of wrong) throws(() => encodeBatch([EMPTY_ROW, { ...EMPTY_ROW, ...one }]), { name: 'BrokenInvariant' }, JSON.stringify(one));
  for (const value of [2n ** 127n, -(2n ** 127n) - 1n, 2n ** 200n]) throws(() => encodeBatch([{ ...EMPTY_ROW, units: value }]), RangeError);
});

test('a batch that nobody could read back is not written', () => {
  const long = `é${'x'.repeat(1_000_000)}`;
  const rows = Array.from({ length: 68 }, (): EventRow => ({ ...EMPTY_ROW, id: long }));
  throws(() => encodeBatch(rows), { name: 'BrokenInvariant' });
  strictEqual(decodeBatch(encodeBatch(rows.slice(0, 2))).count, 2);
});

const SAMPLE = Array.from({ length: 40 }, (_none, i): EventRow => ({ ...EMPTY_ROW, at: 1.7e15 + i, seq: i, paisa: i * 7_919, id: `E-${i}`, customer: `C-${i % 7}`, bank: `B${i % 5}`, person: i.toString(16).padStart(32, 'c'), units: BigInt(i) ** 9n }));

test('a bent, a cut or a lengthened batch throws, or still gives the very rows that were written', () => {
  const bytes = encodeBatch(SAMPLE);
  const tried = (bent: Uint8Array): boolean => {
    let batch: EventBatch;
    try {
      batch = decodeBatch(bent);
    } catch {
      return true;
    }
    deepStrictEqual(rowsOf(batch), SAMPLE, 'bytes that were taken are the rows that were written');
    return false;
  };
  let survived = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const bent = Uint8Array.from(bytes);
    bent[at] = (bent[at] ?? 0) ^ (1 << (at % 8));
    if (!tried(bent)) survived += 1;
  }
  ok(survived < bytes.length / 20, `${survived} of ${bytes.length} flips changed nothing: few bits of a frame are not used`);
  for (let length = 0; length < bytes.length; length += 1) ok(tried(bytes.subarray(0, length)), `cut to ${length} bytes`);
  for (const more of [Buffer.from('more'), bytes]) tried(Buffer.concat([bytes, more]));
});

const frame = (plain: Buffer): Buffer => zstdCompressSync(plain, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });

test('a frame that unpacks to more than a batch may hold is refused before it does', () => {
  const bomb = frame(Buffer.alloc(BATCH_BYTES_MAX + 1));
  ok(bomb.length < 20_000);
  throws(() => decodeBatch(bomb), { code: 'ERR_BUFFER_TOO_LARGE' });
});

test('a frame whose header does not add up is refused', () => {
  const plain = zstdDecompressSync(encodeBatch(SAMPLE));
  const changed = (at: number, value: number): Buffer => {
    const copy = Buffer.from(plain);
    copy.writeUInt32LE(value, at);
    return frame(copy);
  };
  strictEqual(decodeBatch(frame(plain)).count, SAMPLE.length, 'a frame of an earlier version, without a checksum, is read');
  for (const [at, value] of [[0, 0], [4, 41], [4, 0], [4, 2 ** 32 - 1], [8, 2 ** 31], [8, 0], [12, 0], [12, 2 ** 32 - 1]] as const) throws(() => decodeBatch(changed(at, value)), `${value} at ${at}`);
  for (const none of [Buffer.alloc(0), Buffer.from('NGB1'), frame(Buffer.alloc(0)), frame(Buffer.alloc(15)), plain]) throws(() => decodeBatch(none));
});
