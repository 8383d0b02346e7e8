import { deepStrictEqual, match, ok, rejects } from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { connectClickHouse } from './external-clickhouse.ts';
import { Refusal } from './refusal.ts';

let server: Server;
let host: string;
let version = '26.7.1.1';
before(async () => {
  server = createServer((request, response) => {
    if (request.headers['x-clickhouse-key'] !== 'right-word') return void response.writeHead(403, { 'x-clickhouse-exception-code': '516' }).end('Code: 516. DB::Exception: ...');
    response.end(`${version}\n`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  host = typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '';
});
after(() => server.close());

const refused = (pattern: RegExp) => (error: unknown) => {
  ok(error instanceof Refusal, String(error));
  match(error.message, pattern);
  ok(!/-word/.test(`${error.message} ${error.remedy}`), 'no password in the line');
  return true;
};

test('an address with account, password and database is taken apart and tried', async () => {
  deepStrictEqual(await connectClickHouse(`http://me:right-word@${host}/figures`), { url: `http://${host}`, username: 'me', password: 'right-word', database: 'figures' });
  deepStrictEqual(await connectClickHouse(`http://:right-word@${host}`), { url: `http://${host}`, username: 'default', password: 'right-word' });
});

test('what cannot be used is one line', async () => {
  await rejects(connectClickHouse('clickhouse'), refused(/is not the address/));
  await rejects(connectClickHouse(`http://me:wrong-word@${host}`), refused(/wrong account or password/));
  await rejects(connectClickHouse('http://me:right-word@127.0.0.1:9'), refused(/127\.0\.0\.1:9.*does not answer \(bad port\)/));
  version = '18.16.1';
  await rejects(connectClickHouse(`http://me:right-word@${host}`), refused(/ClickHouse 18\.16\.1/));
});
