import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instantOf } from '../src/terms/index.ts';
import { amountText, dayOf, dayText, onScale, percent, rupees, scaleOf, shares, span, timeText, whole, utcText } from './figures.ts';
import type { Sayer } from './words.tsx';

const say: Sayer = (key) => key.replace('unit.', '');
const at = instantOf(Date.parse('2026-11-24T09:20:05Z') * 1000);

test('a column of values rounds to what its total is shown as', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1e14 }), { minLength: 1, maxLength: 40 }), (parts) => {
    const scale = scaleOf(Math.max(...parts));
    const total = parts.reduce((sum, part) => sum + part, 0);
    const shown = shares(parts, scale).reduce((sum, text) => sum + Math.round(Number(text.replaceAll(',', '')) * 10 ** scale.digits), 0);
    strictEqual(shown, Math.round(Number(onScale(total, scale).replaceAll(',', '')) * 10 ** scale.digits));
  }));
});

test('no part is moved by a whole step or more', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1e13 }), { minLength: 1, maxLength: 20 }), (parts) => {
    const scale = scaleOf(Math.max(...parts));
    const step = scale.divisor / 10 ** scale.digits;
    for (const [place, text] of shares(parts, scale).entries()) {
      const moved = Math.abs(Number(text.replaceAll(',', '')) * scale.divisor - (parts[place] ?? 0));
      strictEqual(moved < step * 1.000001, true, `${parts[place]} became ${text}`);
    }
  }));
});

test('numbers carry commas and a true minus', () => {
  deepStrictEqual([whole(1_284_906), whole(-68), rupees(-1_485_792_099), percent(0.997), percent(0.5, 0)], ['1,284,906', '−68', '−14,857,920', '99.7\u00A0%', '50\u00A0%']);
});

test('an amount keeps every digit that it has, up to eight', () => {
  deepStrictEqual(['4850', '4850.5', '0.00012345', '-13700.00', '1234567.123456789', '1000000'].map(amountText), ['4,850.00', '4,850.50', '0.00012345', '−13,700.00', '1,234,567.12345678', '1,000,000.00']);
});

test('a span is told in the two units that matter', () => {
  const cases: readonly [number, string][] = [[2_100, '2.1 s'], [12_000, '12 s'], [252_000, '4 min 12 s'], [5_160_000, '1 h 26 min'], [21_720_000, '6 h 2 min'], [158_400_000, '1 d 20 h'], [950_400_000, '11 d'], [-4_080_000, '−1 h 8 min']];
  for (const [ms, text] of cases) strictEqual(span(ms, say).replaceAll('\u00A0', ' '), text);
});

test('instants are told in Karachi, with Latin digits in both languages', () => {
  strictEqual(timeText(at, 'full', 'en'), 'Tue 24 Nov 2026, 14:20');
  strictEqual(timeText(at, 'second', 'en'), '14:20:05');
  strictEqual(timeText(at, 'full', 'ur'), 'منگل 24 نومبر 2026، 14:20');
  strictEqual(utcText(at), '2026-11-24 09:20:05 UTC');
});

test('a day is the Karachi day: it turns at 19:00 UTC', () => {
  strictEqual(dayOf(instantOf(Date.parse('2026-11-24T18:59:59Z') * 1000)), '2026-11-24');
  strictEqual(dayOf(instantOf(Date.parse('2026-11-24T19:00:00Z') * 1000)), '2026-11-25');
  strictEqual(dayText('2026-11-24', 'date', 'en'), '24 Nov 2026');
});
