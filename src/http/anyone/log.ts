/**
 * The register log at the public door, as static files are served (C2SP tlog-tiles): checkpoint, tiles, bundles of
 * entries; and for one entry its proof as a text (C2SP tlog-proof) and the entry as it was hashed. Tiles never change
 * and are kept by whoever asked; the checkpoint is asked anew. A mirror, a witness and a citizen read the same bytes.
 */

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PublicLog } from '../../log/index.ts';
import { reject, type Instant } from '../../terms/index.ts';
import { refuse } from '../problem.ts';
import { RateLimit, type Rate } from './rate.ts';

/** What the door of the log stands on. */
export interface LogGround {
  readonly log: PublicLog;
  readonly clock: () => Instant;
  /** The log's verifier key, whose name is its origin. */
  readonly verifier: string;
  readonly rate?: Rate;
}

/** A mirror reads the whole log once, tile by tile. */
const USUAL_RATE: Rate = { perSecond: 50, burst: 2_000 };
const TEXT_TYPE = 'text/plain; charset=utf-8';
const BYTES_TYPE = 'application/octet-stream';
const FOR_EVER = 'public, max-age=31536000, immutable';
const FOR_A_MOMENT = 'public, max-age=5';
const HOUR = 'public, max-age=3600';

/** Serves `/register/log/checkpoint`, `/register/log/tile/…`, `/register/log/proof/N`, `/register/log/entry/N` and `/register/log/vkey`. */
export function openPublicLog(server: FastifyInstance, { log, clock, verifier, rate }: LogGround): void {
  const limit = new RateLimit(rate ?? USUAL_RATE);
  const answer = async (address: string, reply: FastifyReply, type: string, cached: string, find: () => Promise<string | Uint8Array | undefined>): Promise<FastifyReply> => {
    if (!limit.allows(address, clock())) return refuse(reply, reject('REQUEST_TOO_MANY'));
    const found = await find();
    if (found === undefined) return refuse(reply, reject('NOT_FOUND'));
    return reply.type(type).header('cache-control', cached).header('access-control-allow-origin', '*').send(typeof found === 'string' ? found : Buffer.from(found));
  };
  server.get('/register/log/checkpoint', (request, reply) => answer(request.ip, reply, TEXT_TYPE, FOR_A_MOMENT, () => log.checkpoint()));
  server.get<{ Params: { '*': string } }>('/register/log/tile/*', (request, reply) => answer(request.ip, reply, BYTES_TYPE, FOR_EVER, () => log.tile(`tile/${request.params['*']}`)));
  server.get<{ Params: { index: string } }>('/register/log/proof/:index', (request, reply) => answer(request.ip, reply, TEXT_TYPE, FOR_A_MOMENT, async () => (await log.proof(indexOf(request.params.index)))?.text));
  server.get<{ Params: { index: string } }>('/register/log/entry/:index', (request, reply) => answer(request.ip, reply, BYTES_TYPE, FOR_EVER, async () => (await log.proof(indexOf(request.params.index)))?.entry));
  server.get('/register/log/vkey', (request, reply) => answer(request.ip, reply, TEXT_TYPE, HOUR, () => Promise.resolve(`${verifier}\n`)));
}

/** An index as it is written, or one that no log has. */
function indexOf(text: string): number {
  return /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : -1;
}
