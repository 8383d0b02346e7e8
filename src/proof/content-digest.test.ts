import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { contentDigest, contentDigestMatches } from './content-digest.ts';

const BODY = Buffer.from('{"hello": "world"}');
const matches = (header: string, body: Uint8Array = BODY): boolean => contentDigestMatches(header, (algorithm) => createHash(algorithm.replace('-', '')).update(body).digest());

/** RFC 9421 §2.4 and B.2: the body without a final newline. */
const SHA256 = 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:';
const SHA512 = 'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:';

test('the digests of RFC 9530 and RFC 9421', () => {
  assert.equal(contentDigest(Buffer.from('{"hello": "world"}\n')), 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:', 'RFC 9530, B.1');
  assert.equal(contentDigest(BODY), SHA256);
  assert.ok(matches(SHA256));
  assert.ok(matches(SHA512));
  assert.ok(matches(contentDigest(new Uint8Array(0)), new Uint8Array(0)));
});

test('every digest that is believed must hold, and at least one must be there', () => {
  assert.ok(matches(`${SHA256}, ${SHA512}`));
  assert.ok(matches(`md5=:Sd/dVLAcvNLSq16eXua5uQ==:,\t${SHA256}`), 'insecure algorithms are passed over');
  const wrong = SHA512.replace('WZDP', 'WZDQ');
  for (const header of [
    '', 'md5=:Sd/dVLAcvNLSq16eXua5uQ==:', `${SHA256}, ${wrong}`, wrong, `${SHA256}, ${SHA256}`, SHA256.replace('sha-256', 'SHA-256'), SHA256.replace('sha-256', 'x-sha-256'), SHA256.replaceAll(':', ''),
    `${SHA256},`, `${SHA256};x=1`, SHA256.replace('=:', ':'), SHA256.replace('BPE=', 'BPF='), `${SHA256}${' '.repeat(1_024)}`, 'sha-256=::',
  ]) assert.equal(matches(header), false, header.slice(0, 120));
  assert.equal(matches(SHA256, Buffer.from('{"hello": "World"}')), false);
});
