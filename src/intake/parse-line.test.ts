import assert from 'node:assert/strict';
import test from 'node:test';
import type { RejectionCode } from '../terms/index.ts';
import { readBody } from './body.ts';
import { parseLine } from './parse-line.ts';

const DEPOSIT = {
  v: 1, id: 'E-1', seq: 1, at: '2026-11-24T09:20:00Z', kind: 'fiat-in', customer: 'C-1', amount: { asset: 'iso4217:PKR', value: '250000.50' }, channel: { method: 'raast' },
};

const BENT: readonly [string, unknown, RejectionCode, string | undefined][] = [
  ['no object', '[1]', 'EVENT_NOT_JSON', undefined],
  ['cut JSON', '{"v":1', 'EVENT_NOT_JSON', undefined],
  ['null', 'null', 'EVENT_NOT_JSON', undefined],
  ['no version', { ...DEPOSIT, v: undefined }, 'EVENT_FIELD_MISSING', 'v'],
  ['a later version', { ...DEPOSIT, v: 2 }, 'EVENT_VERSION_UNKNOWN', 'v'],
  ['an unknown kind', { ...DEPOSIT, kind: 'gift' }, 'EVENT_KIND_UNKNOWN', 'kind'],
  ['no kind', { ...DEPOSIT, kind: undefined }, 'EVENT_FIELD_MISSING', 'kind'],
  ['a reserved kind', { v: 1, id: 'E-1', seq: 1, at: DEPOSIT.at, kind: 'order', customer: 'C', order: 'O', side: 'buy', amount: DEPOSIT.amount, state: 'placed' }, 'EVENT_KIND_RESERVED', 'kind'],
  ['a missing field', { ...DEPOSIT, customer: undefined }, 'EVENT_FIELD_MISSING', 'customer'],
  ['a missing inner field', { ...DEPOSIT, amount: { asset: 'iso4217:PKR' } }, 'EVENT_FIELD_MISSING', 'amount.value'],
  ['an unknown field', { ...DEPOSIT, name: 'Somebody' }, 'EVENT_FIELD_UNKNOWN', 'name'],
  ['an unknown inner field', { ...DEPOSIT, channel: { method: 'raast', note: 'x' } }, 'EVENT_FIELD_UNKNOWN', 'channel.note'],
  ['an unknown field with a name that could be personal', { ...DEPOSIT, '35202-1234567-1': 1 }, 'EVENT_FIELD_UNKNOWN', '?'],
  ['a number as amount', { ...DEPOSIT, amount: { asset: 'iso4217:PKR', value: 250000.5 } }, 'EVENT_AMOUNT_INVALID', 'amount.value'],
  ['an exponent', { ...DEPOSIT, amount: { asset: 'iso4217:PKR', value: '2e5' } }, 'EVENT_AMOUNT_INVALID', 'amount.value'],
  ['a fractional number of the stream', { ...DEPOSIT, seq: 1.5 }, 'EVENT_FIELD_INVALID', 'seq'],
  ['a name as reference', { ...DEPOSIT, customer: 'Muhammad Ali' }, 'EVENT_FIELD_INVALID', 'customer'],
  ['an empty instant', { ...DEPOSIT, at: '' }, 'EVENT_INSTANT_INVALID', 'at'],
];

test('each bent line gets the code that tells what to mend, and the place but never the value', () => {
  for (const [what, value, code, detail] of BENT) {
    const parsed = parseLine(typeof value === 'string' ? value : JSON.stringify(value));
    assert.ok('rejection' in parsed, what);
    assert.equal(parsed.rejection.code, code, what);
    assert.equal(parsed.rejection.detail, detail, what);
  }
});

test('a good line is an event, with its stream named when the firm has one only', () => {
  const parsed = parseLine(JSON.stringify(DEPOSIT));
  assert.ok('event' in parsed);
  assert.equal(parsed.event.stream, 'main');
});

test('CSV, NDJSON and JSON end as the same line', () => {
  const text = JSON.stringify(DEPOSIT);
  const csv = 'v,id,seq,at,kind,customer,amount.asset,amount.value,channel.method\n1,E-1,1,2026-11-24T09:20:00Z,fiat-in,C-1,iso4217:PKR,250000.50,raast\n';
  const read = (bytes: string, contentType: string) => readBody({ bytes: Buffer.from(bytes), contentType, contentEncoding: '' });
  const [json, ndjson, fromCsv] = [read(text, 'application/json'), read(`\n${text}\r\n\n`, 'application/x-ndjson; charset=utf-8'), read(csv, 'text/csv')];
  assert.ok(Array.isArray(json) && Array.isArray(ndjson) && Array.isArray(fromCsv));
  assert.deepEqual(json, [{ line: 1, text }]);
  assert.deepEqual(ndjson, [{ line: 2, text }]);
  assert.equal(fromCsv[0].line, 2);
  assert.deepEqual(parseLine(fromCsv[0].text), parseLine(text));
});

test('a body that cannot be read at all has its own code', () => {
  const read = (bytes: Uint8Array, contentType: string, contentEncoding = '') => readBody({ bytes, contentType, contentEncoding });
  assert.deepEqual(read(Buffer.from('{}'), 'text/plain'), { code: 'BODY_TYPE' });
  assert.deepEqual(read(Buffer.from('{}'), 'application/json', 'br'), { code: 'BODY_ENCODING' });
  assert.deepEqual(read(Buffer.from('not gzip'), 'application/json', 'gzip'), { code: 'BODY_ENCODING' });
  assert.deepEqual(read(Buffer.from(' \n \n'), 'application/x-ndjson'), { code: 'BODY_EMPTY' });
  assert.deepEqual(read(Buffer.from('{}\n'.repeat(10_001)), 'application/x-ndjson'), { code: 'BODY_TOO_MANY' });
  assert.deepEqual(read(Buffer.from('a,a\n1,2\n'), 'text/csv'), { code: 'CSV_INVALID' });
  assert.deepEqual(read(Buffer.alloc(17 * 1024 * 1024, 32), 'application/json'), { code: 'BODY_TOO_LARGE' });
});

test('bytes that are no UTF-8 are kept and refused as no JSON', () => {
  const lines = readBody({ bytes: Buffer.from([0x7b, 0xff, 0x7d, 0x0a, 0x7b, 0x7d]), contentType: 'application/x-ndjson', contentEncoding: '' });
  assert.ok(Array.isArray(lines));
  assert.equal(lines[0].unreadable, true);
  assert.equal(lines[1].unreadable, undefined);
});
