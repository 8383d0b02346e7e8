/**
 * The bank's question at the public door: one signed text that a bank can file, the same as JSON for programs, and the
 * key by which anyone verifies it. The answer is made once a minute for a firm; what is asked again is sent as it is kept.
 */

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SignedAnswer, StatusDesk } from '../../register/index.ts';
import { formatInstant, reject, type Instant } from '../../terms/index.ts';
import { refuse } from '../problem.ts';
import { RateLimit, type Rate } from './rate.ts';

/** What the door of signed answers stands on. */
export interface StatusGround {
  readonly desk: StatusDesk;
  readonly clock: () => Instant;
  /** The key by which answers verify, as `nigran verify --key` takes it. */
  readonly verifier: string;
  readonly rate?: Rate;
}

/** A bank asks for each firm that it serves, every minute if it likes. */
const USUAL_RATE: Rate = { perSecond: 50, burst: 500 };
/** Seconds for which an answer may be kept before it is asked again. */
const FRESH_SECONDS = 30;
const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

/** Serves `/register/status/CODE`, `/register/status/CODE.json` and `/register/keys.json`. */
export function openStatus(server: FastifyInstance, ground: StatusGround): void {
  const limit = new RateLimit(ground.rate ?? USUAL_RATE);
  const keys = JSON.stringify({ status: ground.verifier });
  const answer = async (address: string, code: string, reply: FastifyReply, type: string, body: (signed: SignedAnswer) => string): Promise<FastifyReply> => {
    const now = ground.clock();
    if (!limit.allows(address, now)) return refuse(reply, reject('REQUEST_TOO_MANY'));
    const signed = await ground.desk.answer(code, now);
    if (signed === undefined) return refuse(reply, reject('REQUEST_INVALID', 'code'));
    return reply.type(type).header('cache-control', `public, max-age=${FRESH_SECONDS}`).header('access-control-allow-origin', '*').send(body(signed));
  };
  server.get<{ Params: { code: string } }>('/register/status/:code', (request, reply) => answer(request.ip, request.params.code, reply, TEXT_TYPE, (signed) => signed.note));
  server.get<{ Params: { code: string } }>('/register/status/:code.json', (request, reply) => answer(request.ip, request.params.code, reply, JSON_TYPE, (signed) => JSON.stringify(answerJson(signed))));
  server.get('/register/keys.json', async (_request, reply) => reply.type(JSON_TYPE).header('cache-control', 'public, max-age=3600').send(keys));
}

/** The answer for programs; `note` is the signed text, which alone is the receipt. */
function answerJson({ answer, note }: SignedAnswer): object {
  const { row } = answer;
  return {
    firm: answer.code, name: row?.firm.name ?? null, account: answer.account, conditions: answer.conditions, class: row?.now.class ?? 'none', isLicence: row?.stage?.isLicence === true, services: row?.now.services ?? [], basis: answer.basis,
    asOf: formatInstant(answer.at), note,
  };
}
