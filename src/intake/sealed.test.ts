import assert from 'node:assert/strict';
import test from 'node:test';
import { withoutIdentity } from './sealed.ts';

const JWE = 'eyJhbGciOiJFQ0RILUVTK0EyNTZLVyJ9.AAAA.BBBB.CCCC.DDDD';

test('a sealed identity leaves the line however its key is written and wherever it stands', () => {
  for (const text of [
    `{"id":"E-1","identity":"${JWE}"}`, `{"id":"E-1","\\u0069dentity":"${JWE}"}`, `{"id":"E-1","identity" : "${JWE}","identity":"${JWE}"}`,
    `{"replacement":{"identity":"${JWE}"}}`, `{"identity":"${JWE}`.concat('"', ', cut'),
  ]) assert.ok(!withoutIdentity(text).includes(JWE), text);
});

test('a line without one is kept byte for byte', () => {
  for (const text of ['{ "id" : "E-1" }', '{"memo":"\\u0069dentity"}', '{"seq":1.0}', 'no JSON \\u']) assert.equal(withoutIdentity(text), text);
});
