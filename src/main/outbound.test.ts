import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { createECDH, createPrivateKey } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after, before, test } from 'node:test';
import { selfSigned } from '../proof/documents.ts';
import { signerOfSeed } from '../proof/index.ts';
import { isPublicAddress, Outbound, type OutboundGround } from './outbound.ts';

const secret = new Uint8Array(32).fill(5);
const curve = createECDH('prime256v1');
curve.setPrivateKey(secret);
const point = curve.getPublicKey();
const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
const key = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '', d: Buffer.from(secret).toString('base64url') }, format: 'jwk' });
let ca = '';
let server: Server;
let port = 0;
let answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end();
const got: { path: string; host: string; body: string; signature: string }[] = [];

before(async () => {
  const certificate = Buffer.from(await selfSigned(signerOfSeed('t', secret, 'ES256'), 'bank.example')).toString('base64');
  ca = `-----BEGIN CERTIFICATE-----\n${certificate.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  server = createServer({ key: key.export({ type: 'pkcs8', format: 'pem' }), cert: ca }, (request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => { body += part.toString(); });
    request.on('end', () => {
      got.push({ path: request.url ?? '', host: request.headers.host ?? '', body, signature: String(request.headers['signature']) });
      answer(request, response);
    });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const outbound = (own: Partial<OutboundGround> = {}): Outbound => new Outbound({ hosts: [`bank.example:${port}`, 'bank.example'], resolve: async () => ['127.0.0.1'], isReachable: () => true, ca, ...own });
const push = (path = '/hook', host = `bank.example:${port}`) => ({ address: `https://${host}${path}`, headers: { 'content-type': 'text/plain', signature: 'sig=:AA==:' }, body: 'the answer' });

test('what is sent arrives whole at the address that was judged, under the name that was meant', async () => {
  strictEqual(await outbound().send(push()), undefined);
  deepStrictEqual(got.at(-1), { path: '/hook', host: `bank.example:${port}`, body: 'the answer', signature: 'sig=:AA==:' });
});

test('the name is asked once, and a name that answers otherwise a moment later changes nothing', async () => {
  let asked = 0;
  const rebinding = outbound({ resolve: async () => (asked++ === 0 ? ['127.0.0.1'] : ['10.0.0.1']) });
  strictEqual(await rebinding.send(push()), undefined);
  strictEqual(asked, 1);
});

test('one private address among public ones is enough to refuse, and nothing is connected to', async () => {
  const before = got.length;
  for (const addresses of [['127.0.0.1'], ['93.184.216.34', '10.1.2.3'], ['::1'], ['::ffff:127.0.0.1'], ['fd00::1'], ['64:ff9b::7f00:1'], ['2002:7f00:1::'], ['not an address']]) {
    match(String(await new Outbound({ hosts: [`bank.example:${port}`], resolve: async () => addresses, ca }).send(push())), /^ADDRESS_PRIVATE/, addresses.join());
  }
  match(String(await outbound({ resolve: async () => [] }).send(push())), /^NAME_UNKNOWN/);
  strictEqual(got.length, before);
  const special = ['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.9.9.9', '169.254.169.254', '172.31.255.255', '192.168.1.1', '198.19.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255', '::', 'fe80::1', 'ff02::1', '2001:db8::1', '2001::1', '100::1', ''];
  deepStrictEqual(special.filter(isPublicAddress), []);
  deepStrictEqual(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111'].filter((one) => !isPublicAddress(one)), []);
});

test('addresses that the operator did not name, or that read in two ways, are refused before any name is resolved', async () => {
  let asked = 0;
  const way = outbound({ resolve: async () => { asked += 1; return ['127.0.0.1']; } });
  const host = `bank.example:${port}`;
  const tried = [
    `http://${host}/hook`, `https://other.example/hook`, `https://bank.example.evil.example/hook`, `https://bank.example:22/hook`, `https://user@${host}/hook`, `https://user:pass@${host}/`, `https://${host}@127.0.0.1/`, `https://127.0.0.1:${port}/hook`, `https://[::1]/`, 'https://2130706433/', 'https://0x7f.1/',
    `https://${host}/hook#x`, `https://${host}/a/../b`, `https://BANK.example:${port}/hook`, `https://${host}\\@127.0.0.1/`, `https://${host}/ x`, `https://bank.example.:${port}/hook`, 'https://bänk.example/', 'file:///etc/passwd', '', `//${host}/`,
  ];
  for (const address of tried) {
    strictEqual(way.allows(address), false, address);
    match(String(await way.send({ ...push(), address })), /^ADDRESS_REFUSED/, address);
  }
  strictEqual(asked, 0);
  ok(way.allows(`https://${host}/hook`));
});

test('nothing is followed, a long answer is cut off, and every refusal says what it was', async () => {
  answer = (_request, response) => { response.writeHead(302, { location: `https://bank.example:${port}/elsewhere` }).end(); };
  const before = got.length;
  match(String(await outbound().send(push())), /^REDIRECTED/);
  strictEqual(got.length, before + 1);
  answer = (_request, response) => { response.writeHead(500).end(); };
  match(String(await outbound().send(push())), /^REFUSED: it answers with 500/);
  answer = (_request, response) => { response.write(Buffer.alloc(64 * 1024)); response.end(); };
  match(String(await outbound().send(push())), /^UNREACHABLE: it answers with more than 16384 bytes/);
  answer = (_request, response) => { response.destroy(); };
  match(String(await outbound().send(push())), /^UNREACHABLE/);
  answer = (_request, response) => response.end();
  match(String(await new Outbound({ hosts: [`bank.example:${port}`], resolve: async () => ['127.0.0.1'], isReachable: () => true }).send(push())), /^UNREACHABLE/, 'a certificate that nobody vouches for');
  match(String(await outbound({ hosts: [`third.example:${port}`] }).send(push('/hook', `third.example:${port}`))), /^UNREACHABLE/, 'a certificate of another name');
  match(String(await outbound().send({ ...push(), body: 'x'.repeat(70_000) })), /^BODY_TOO_LARGE/);
});
