import assert from 'node:assert/strict';
import test from 'node:test';
import { TOTP } from 'otpauth';
import { instantOf } from '../terms/index.ts';
import { totpCode, totpMatch, totpStep, totpUri } from './totp.ts';

const SECRET = Buffer.from('12345678901234567890');
const at = (seconds: number) => instantOf(seconds * 1e6);

test('codes are those of RFC 6238, appendix B', () => {
  const table: readonly (readonly [number, string])[] = [[59, '94287082'], [1_111_111_109, '07081804'], [1_111_111_111, '14050471'], [1_234_567_890, '89005924'], [2_000_000_000, '69279037'], [20_000_000_000, '65353130']];
  for (const [seconds, eight] of table) assert.equal(totpCode(SECRET, Math.floor(seconds / 30)), eight.slice(2));
  assert.equal(totpStep(at(59)), 1);
});

test('another implementation reads our key URI and makes our codes', () => {
  const uri = new URL(totpUri(SECRET, 'PVARA', 'a.khan'));
  const other = new TOTP({ secret: uri.searchParams.get('secret') ?? '' });
  for (const seconds of [1_700_000_000, 1_764_000_000]) assert.equal(other.generate({ timestamp: seconds * 1000 }), totpCode(SECRET, totpStep(at(seconds))));
});

test('a code is good one step to each side, and once', () => {
  const now = at(1_764_000_000);
  const step = totpStep(now);
  for (const [drift, found] of [[-2, false], [-1, true], [0, true], [1, true], [2, false]] as const) {
    assert.equal(totpMatch(SECRET, totpCode(SECRET, step + drift), now, 0) !== undefined, found, `${drift} steps away`);
  }
  assert.equal(totpMatch(SECRET, totpCode(SECRET, step), now, step), undefined, 'the step was used');
  assert.equal(totpMatch(SECRET, totpCode(SECRET, step - 1), now, step), undefined, 'an earlier step than one used');
});

test('what is no code never matches', () => {
  const now = at(1_764_000_000);
  const code = totpCode(SECRET, totpStep(now));
  for (const text of ['', ' ', code.slice(1), `${code}0`, ` ${code}`]) assert.equal(totpMatch(SECRET, text, now, 0), undefined, JSON.stringify(text));
});
