/**
 * How a door says no: one JSON shape for every refusal, with the code's meaning and remedy from the one
 * list. An operating error never shows its message to the outside; it gets a reference under which the
 * log has it.
 */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { REJECTIONS, type RejectionCode } from '../terms/index.ts';

/** Seconds after which a refused request may come again. */
const RETRY_AFTER_SECONDS = 2;

/** A refusal on its way out. `detail`: a place or a word, or what the console needs to go on (`stepUpDetail`, `forbiddenDetail` of the contract). */
export interface Refused {
  readonly code: RejectionCode;
  readonly detail?: string | Readonly<Record<string, unknown>>;
}

/** Answers a rejection with its status and words. */
export function refuse(reply: FastifyReply, rejection: Refused): FastifyReply {
  const term = REJECTIONS[rejection.code];
  if (term.status === 503 || term.status === 429) reply.header('retry-after', String(RETRY_AFTER_SECONDS));
  return reply.code(term.status).type('application/json').send({
    code: rejection.code, message: term.meaning, remedy: term.remedy, ...(rejection.detail === undefined ? {} : { detail: rejection.detail }),
  });
}

/** Answers an operating error: logged with the request's id, told to nobody. */
export function fail(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const status = statusOf(error);
  if (status === 413) return refuse(reply, { code: 'BODY_TOO_LARGE' });
  if (status === 415) return refuse(reply, { code: 'BODY_TYPE' });
  if (status >= 400 && status < 500) return refuse(reply, { code: 'REQUEST_INVALID' });
  request.log.error({ err: error }, 'a request failed');
  reply.header('retry-after', String(RETRY_AFTER_SECONDS));
  return reply.code(503).type('application/json').send({
    code: 'CAPACITY', message: REJECTIONS.CAPACITY.meaning, remedy: REJECTIONS.CAPACITY.remedy, detail: `reference ${request.id}`,
  });
}

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}
