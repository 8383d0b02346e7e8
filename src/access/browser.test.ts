import assert from 'node:assert/strict';
import test from 'node:test';
import { BrowserDoor } from './browser.ts';

const HTTP = new BrowserDoor('http://localhost:7411');
const HTTPS = new BrowserDoor('https://nigran.example');

test('no script reads the cookie, no other site sends it, and https binds it to the host', () => {
  assert.equal(HTTP.cookie('t'), 'nigran=t; Path=/; HttpOnly; SameSite=Strict');
  assert.equal(HTTPS.cookie('t'), '__Host-nigran=t; Path=/; HttpOnly; SameSite=Strict; Secure');
  assert.equal(HTTPS.endedCookie(), '__Host-nigran=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0');
});

test('the token is found beside other cookies; two of ours are none', () => {
  assert.equal(HTTP.token('a=b; nigran=t; c=d'), 't');
  assert.equal(HTTPS.token('nigran=t'), undefined);
  assert.equal(HTTP.token('nigran=t; nigran=u'), undefined);
  assert.equal(HTTP.token('xnigran=t'), undefined);
  assert.equal(HTTP.token(`nigran=${'t'.repeat(5_000)}`), undefined);
  assert.equal(HTTP.token(undefined), undefined);
});

test('an unsafe request comes from our own pages or not at all', () => {
  const table: readonly (readonly [string, Record<string, string>, boolean])[] = [
    ['GET', {}, true],
    ['POST', {}, false],
    ['POST', { origin: 'https://nigran.example' }, true],
    ['POST', { origin: 'https://nigran.example', 'sec-fetch-site': 'same-origin' }, true],
    ['POST', { origin: 'https://nigran.example', 'sec-fetch-site': 'cross-site' }, false],
    ['DELETE', { origin: 'https://evil.example' }, false],
    ['DELETE', { origin: 'null' }, false],
    ['PUT', { 'sec-fetch-site': 'same-origin' }, false],
    ['POST', { origin: 'https://nigran.example.evil.example' }, false],
  ];
  for (const [method, headers, passes] of table) assert.equal(HTTPS.refuseForeign(method, headers) === undefined, passes, `${method} ${JSON.stringify(headers)}`);
});
