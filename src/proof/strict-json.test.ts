import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { base58, base64url, decodeMultibase } from './multibase.ts';
import { canonicalText, readStrictJson, strictJson } from './strict-json.ts';
import { CANONICAL, NUMBERS } from './testing/credential-vectors.ts';

const faultOf = (text: string | Uint8Array): string => {
  const read = readStrictJson(text);
  return 'fault' in read ? read.fault : 'none';
};

test('the texts and numbers of RFC 8785 have the canonical form that it publishes', () => {
  for (const [text, canonical] of CANONICAL) assert.equal(canonicalText(strictJson(text) ?? null), canonical);
  for (const [bits, text] of NUMBERS) {
    const value = Buffer.from(bits, 'hex').readDoubleBE();
    assert.equal(canonicalText(value), text);
    assert.ok(Object.is(Math.abs(Number(text)), Math.abs(value)));
  }
});

test('what readers take differently is refused with its reason', () => {
  assert.match(faultOf('{"a":1,"b":{"a":1},"a":2}'), /"a" stands twice/);
  assert.match(faultOf('{"a":1,"\\u0061":2}'), /"a" stands twice/);
  assert.match(faultOf('[{"x":"{\\"x\\":"},{"y":[{"k":0,"k" : 1}]}]'), /"k" stands twice/);
  assert.match(faultOf('{"__proto__":1,"__proto__":2}'), /stands twice/);
  assert.match(faultOf('{"a":"\\ud800"}'), /lone surrogate/);
  assert.match(faultOf('{"\\udc00":1}'), /lone surrogate/);
  assert.match(faultOf('[1e400]'), /larger than a double/);
  assert.match(faultOf(`${'['.repeat(65)}${']'.repeat(65)}`), /nests more than 64/);
  assert.match(faultOf(Uint8Array.of(0x22, 0xff, 0x22)), /not UTF-8/);
  assert.match(faultOf('\ufeff{}'), /no JSON/);
  for (const text of ['', '{', '{"a":01}', "{'a':1}", '[1,]', 'NaN', '{"a":1}{}']) assert.match(faultOf(text), /no JSON/);
  assert.equal(faultOf('{"a":"a","b":["a","a"],"c":{"a":{"a":":"}}}'), 'none');
});

test('whatever JSON writes is read as the same value, and its canonical text is a fixed point', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
    const text = JSON.stringify(value, undefined, 2);
    if (!text.isWellFormed() || /\\ud[89a-f]/.test(text)) return;
    const read = strictJson(text);
    assert.deepEqual(read, JSON.parse(text));
    const canonical = canonicalText(read ?? null);
    assert.equal(canonicalText(strictJson(canonical) ?? null), canonical);
  }), { numRuns: 300 });
});

test('base58 and base64url give back what they were given, and one value has one text', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
    assert.deepEqual(base58.decode(base58.encode(bytes)), bytes);
    assert.deepEqual(base64url.decode(base64url.encode(bytes)), bytes);
  }));
  assert.equal(base58.encode(Buffer.from('Hello World!')), '2NEpo7TZRRrLZSi2U');
  assert.equal(base58.encode(Buffer.from('0000287fb4cd', 'hex')), '11233QC4');
  assert.deepEqual([base58.decode('0'), base58.decode('l'), base58.decode('1'.repeat(1_025))], [undefined, undefined, undefined]);
  assert.deepEqual([base64url.decode('AA='), base64url.decode('AB'), base64url.decode('A'), base64url.decode('A+A')], [undefined, undefined, undefined, undefined]);
  assert.deepEqual([decodeMultibase('f00'), decodeMultibase('')], [undefined, undefined]);
});
