/**
 * One server for all doors. Bodies arrive as bytes and are read by the door that knows what they should
 * be; a request has bounds on its headers, its body and its time; every refusal has one shape. Logs carry
 * method, route and status, never a query, a body or a header.
 */

import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { reject } from '../terms/index.ts';
import { fail, refuse } from './problem.ts';

/** A request must be complete within this time. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Bytes of a body when a route does not say otherwise. */
const BODY_BYTES_MAX = 256 * 1024;

/** Makes the server; doors add their routes before it listens. */
export function createServer(logger: FastifyBaseLogger): FastifyInstance {
  const server = fastify({
    loggerInstance: logger, bodyLimit: BODY_BYTES_MAX, requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 200 }, forceCloseConnections: 'idle',
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, reject('REQUEST_UNKNOWN')));
  server.setErrorHandler((error, request, reply) => fail(request, reply, error));
  return server;
}
