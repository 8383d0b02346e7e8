import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  canonicalAddress, canonicalJson, chainFamily, formatInstant, formatKarachiDay, formatPaisa, formatUnits, instantOf, karachiDay, paisaOf, parseInstant, parseKarachiDay,
  parseUnits, startOfKarachiDay,
} from './index.ts';

test('an instant and its text are one', () => {
  fc.assert(fc.property(fc.integer({ min: 946_684_800_000_000, max: 7_258_118_399_999_999 }), (us) => {
    assert.equal(parseInstant(formatInstant(instantOf(us))), us);
  }));
});

const INSTANTS: readonly [string, number | undefined][] = [
  ['2026-11-24T09:20:00Z', Date.UTC(2026, 10, 24, 9, 20) * 1000],
  ['2026-11-24T14:20:00+05:00', Date.UTC(2026, 10, 24, 9, 20) * 1000],
  ['2026-11-24T09:20:00.5Z', Date.UTC(2026, 10, 24, 9, 20) * 1000 + 500_000],
  ['2026-12-31T23:59:60Z', Date.UTC(2026, 11, 31, 23, 59, 59) * 1000 + 999_999],
  ['2026-02-29T00:00:00Z', undefined],
  ['2028-02-29T00:00:00Z', Date.UTC(2028, 1, 29) * 1000],
  ['2026-11-24T24:00:00Z', undefined],
  ['2026-11-24T09:20:00', undefined],
  ['2026-11-24 09:20:00Z', undefined],
  ['2026-11-24T09:20:00.1234567Z', undefined],
  ['1999-12-31T23:59:59Z', undefined],
  ['2026-13-01T00:00:00Z', undefined],
  ['2026-11-24T09:20:00+15:00', undefined],
];

test('an instant is read only when its text says one', () => {
  for (const [text, expected] of INSTANTS) assert.equal(parseInstant(text), expected, text);
});

/** The form, said another way: a pattern and the platform's own reader of dates. */
function instantByPattern(text: string): number | undefined {
  const m = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?(?:Z|([+-])(\d{2}):(\d{2}))$/.exec(text);
  if (m === null || Number(m[2]) > 23 || Number(m[3]) > 59 || Number(m[4]) > 60 || Number(m[7] ?? 0) > 14 || Number(m[8] ?? 0) > 59) return undefined;
  const midnight = Date.parse(`${m[1]}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== m[1]) return undefined;
  const isLeap = m[4] === '60';
  const offset = (m[6] === '-' ? -1 : 1) * (Number(m[7] ?? 0) * 60 + Number(m[8] ?? 0)) * 60_000_000;
  const micros = midnight * 1000 + (Number(m[2]) * 60 + Number(m[3])) * 60_000_000 + (isLeap ? 59_999_999 : Number(m[4]) * 1_000_000 + Number((m[5] ?? '').padEnd(6, '0'))) - offset;
  return micros >= 946_684_800_000_000 && micros < 7_258_118_400_000_000 ? micros : undefined;
}

test('instants are read as their pattern says, and texts near one are refused alike', () => {
  const part = (max: number, width: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(width, '0'));
  const zone = fc.oneof(fc.constantFrom('Z', '', 'z', '+05:00', '-00:00', '+5:00', '+0500', 'ZZ'), fc.tuple(fc.constantFrom('+', '-'), part(15, 2), part(61, 2)).map(([sign, h, m]) => `${sign}${h}:${m}`));
  const fraction = fc.oneof(fc.constant(''), fc.constant('.'), fc.stringMatching(/^\.\d{1,7}$/), fc.constant('.12a'));
  const whole = fc.tuple(part(2205, 4), part(13, 2), part(32, 2), part(24, 2), part(60, 2), part(61, 2), fraction, zone).map(([y, mo, d, h, mi, s, f, z]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${f}${z}`);
  const bent = fc.tuple(whole, fc.nat(30), fc.constantFrom('', 'x', '0', ' ', '-', '\u0663')).map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1));
  fc.assert(fc.property(fc.oneof(whole, bent, fc.string()), (text) => assert.equal(parseInstant(text), instantByPattern(text), text)), { numRuns: 5_000 });
});

test('a Karachi day begins five hours before its UTC day', () => {
  const day = parseKarachiDay('2026-11-24');
  assert.ok(day !== undefined);
  assert.equal(formatKarachiDay(day), '2026-11-24');
  assert.equal(formatInstant(startOfKarachiDay(day)), '2026-11-23T19:00:00.000000Z');
  assert.equal(karachiDay(startOfKarachiDay(day)), day);
  assert.equal(karachiDay(instantOf(startOfKarachiDay(day) - 1)), day - 1);
});

test('units and their decimal are one', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: (1n << 127n) - 1n }), fc.integer({ min: 0, max: 30 }), (units, decimals) => {
    assert.equal(parseUnits(formatUnits(units, decimals), decimals), units);
  }));
});

test('an amount is refused when it would have to be rounded, or is no plain decimal', () => {
  for (const text of ['1.234', '01', '-1', '1e3', '.5', '5.', '', ' 1', '1 ', 'NaN', '1,000', '٣', '9'.repeat(61)]) assert.equal(parseUnits(text, 2), undefined, text);
});

test('a value truncates below one paisa and never rounds up', () => {
  assert.equal(paisaOf(1n, 6, 2_814_000_000_000n), 0);
  assert.equal(paisaOf(1_000_000n, 6, 2_814_000_000_000n), 28_140);
  assert.equal(formatPaisa(28_140), '281.40');
  assert.equal(formatPaisa(-5), '-0.05');
});

test('canonical JSON is RFC 8785: keys by UTF-16, numbers as ECMAScript, the same text for any order', () => {
  assert.equal(canonicalJson({ b: 1, a: [1e21, -0, 0.1, 'é\u0000"'], '€': null, '\u{1F600}': true }), '{"a":[1e+21,0,0.1,"é\\u0000\\""],"b":1,"€":null,"😀":true}');
  fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' }), fc.boolean())), (record) => {
    assert.equal(canonicalJson(record), canonicalJson(Object.fromEntries(Object.entries(record).reverse())));
    assert.deepEqual(JSON.parse(canonicalJson(record)), { ...record });
  }));
  assert.throws(() => canonicalJson('\ud800'), /surrogate/);
});

test('a wallet has one text in its family', () => {
  assert.equal(canonicalAddress(chainFamily('eip155:137'), '0xDAC17F958D2ee523a2206206994597C13D831ec7'), '0xdac17f958d2ee523a2206206994597c13d831ec7');
  assert.equal(canonicalAddress('bitcoin', 'BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ'), 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq');
  assert.equal(canonicalAddress('bitcoin', 'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'), 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a');
  assert.equal(canonicalAddress('bitcoin', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'), '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa');
  assert.equal(canonicalAddress('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'), 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t');
  assert.equal(canonicalAddress('evm', '0x123'), undefined);
  assert.equal(canonicalAddress('tron', '0xdac17f958d2ee523a2206206994597c13d831ec7'), undefined);
});
