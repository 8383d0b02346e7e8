import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import test, { after } from 'node:test';
import pino from 'pino';
import { instantOf, reject } from '../terms/index.ts';
import { createServer, openScreenDoor } from './index.ts';

const server = createServer(pino({ level: 'silent' }));
openScreenDoor(server, {
  origin: 'http://door.example', clock: () => instantOf(0),
  gate: {
    reader: async (request) => (request.headers['authorization'] === 'DPoP good' ? { firm: 'sdx', firmNumber: 1, client: 'sdx-feed' } : reject('TOKEN_INVALID')),
    filer: async () => reject('TOKEN_INVALID'), token: async () => ({ status: 400, body: {} }),
  },
  screen: async (lines) => (lines.length > 3 ? reject('BODY_TOO_MANY') : lines.map((line) => (line.startsWith('{') ? JSON.stringify({ candidates: [], decision: 'clear', asked: line.length }) : '{"line":1,"code":"QUERY_NOT_JSON"}'))),
});
after(() => server.close());

const ask = async (type: string, payload: string | Buffer, authorization = 'DPoP good') => {
  const answer = await server.inject({ method: 'POST', url: '/v1/screen', headers: { 'content-type': type, authorization }, payload });
  return { status: answer.statusCode, body: answer.body, type: answer.headers['content-type'] };
};
const codeOf = (body: string): unknown => JSON.parse(body).code;

test('one query is answered as one object, many as a line each, in their order', async () => {
  const one = await ask('application/json', '{\n  "name": "A B"\n}');
  deepStrictEqual([one.status, JSON.parse(one.body).decision], [200, 'clear']);
  const many = await ask('application/x-ndjson', '{"name":"A B"}\n\nnot json\n{"name":"C D"}\n');
  deepStrictEqual([many.status, many.body.trim().split('\n').map((line) => JSON.parse(line).code ?? 'answered')], [200, ['answered', 'QUERY_NOT_JSON', 'answered']]);
});

test('each exit of the door has its status and code', async () => {
  for (const [type, payload, status, code, authorization] of [
    ['application/json', '{"name":"A B"}', 401, 'TOKEN_INVALID', 'DPoP other'], ['text/csv', 'name', 415, 'BODY_TYPE', undefined], ['application/json', 'no', 400, 'QUERY_NOT_JSON', undefined],
    ['application/x-ndjson', '\n \n', 400, 'BODY_EMPTY', undefined], ['application/x-ndjson', '{}\n{}\n{}\n{}', 413, 'BODY_TOO_MANY', undefined], ['application/json', Buffer.from([0x7b, 0xff]), 415, 'BODY_ENCODING', undefined],
  ] as const) {
    const answer = await ask(type, payload, authorization);
    deepStrictEqual([answer.status, codeOf(answer.body)], [status, code], `${type} ${code}`);
  }
  strictEqual((await ask('application/json', `"${'x'.repeat(5_000_000)}"`)).status, 413);
});
