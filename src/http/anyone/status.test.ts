import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { parseVerifierKey, signerOfSeed, verifierKey } from '../../proof/index.ts';
import { openNote } from '../../proof/published.ts';
import { StatusDesk } from '../../register/index.ts';
import { TODAY, inventedBook } from '../../register/testing.ts';
import { openStatus } from './status.ts';

test('a bank gets one signed text, the same for programs, the key, and a code for what is no question', async (t) => {
  const server = fastify({ routerOptions: { maxParamLength: 200 } });
  t.after(() => server.close());
  const signer = signerOfSeed('authority.example/status', new Uint8Array(32).fill(7));
  openStatus(server, { desk: new StatusDesk(inventedBook().book, signer, true), clock: () => TODAY, verifier: verifierKey(signer.keyId, signer.publicKey), rate: { perSecond: 1, burst: 8 } });
  const get = (url: string) => server.inject({ url });
  const { status } = (await get('/register/keys.json')).json<{ status: string }>();
  const keys = [parseVerifierKey(status)].flatMap((key) => key ?? []);
  const text = await get('/register/status/sdx');
  match(String(text.headers['content-type']), /^text\/plain/);
  ok(openNote(Buffer.from(text.body), keys) !== undefined);
  const json = (await get('/register/status/SDX.json')).json<Record<string, unknown>>();
  deepStrictEqual([json['account'], json['class'], json['isLicence'], json['services'], json['note']], ['limited', 'aml-registered', false, ['broker-dealer', 'custody', 'exchange', 'derivatives'], text.body]);
  match((await get('/register/status/NOBODY')).body, /name: no firm of this code is in the register\naccount: no\n/);
  for (const code of ['%0a', 'a%20b', 'x'.repeat(30)]) strictEqual((await get(`/register/status/${code}`)).json<{ code: string }>().code, 'REQUEST_INVALID');
  deepStrictEqual([(await get('/register/status/SDX')).statusCode, (await get('/register/status/SDX')).statusCode, (await get('/register/status/SDX')).statusCode], [200, 200, 429]);
});
