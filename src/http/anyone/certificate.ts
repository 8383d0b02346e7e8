/**
 * Certificates at the public door: a firm's certificate as a Verifiable Credential and as SD-JWT, the status lists in
 * both forms, and the DID document with the keys. Whoever holds a certificate and a list needs this door no more.
 */

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { CertificateDesk } from '../../register/index.ts';
import { reject, type Instant } from '../../terms/index.ts';
import { refuse } from '../problem.ts';
import { RateLimit, type Rate } from './rate.ts';

/** What the door of certificates stands on. */
export interface CertificateGround {
  readonly desk: CertificateDesk;
  readonly clock: () => Instant;
  readonly rate?: Rate;
}

const USUAL_RATE: Rate = { perSecond: 20, burst: 200 };
/** Seconds for which each may be kept before it is asked again: a list is signed anew each minute. */
const FRESH = { certificate: 300, list: 60, keys: 3_600 };
const VC_TYPE = 'application/vc';
const SD_JWT_TYPE = 'application/dc+sd-jwt';

/** Serves `/register/certificates/CODE.json` and `.sd-jwt`, `/register/status-lists/N` and `N.jwt`, `/.well-known/did.json`. */
export function openCertificates(server: FastifyInstance, { desk, clock, rate }: CertificateGround): void {
  const limit = new RateLimit(rate ?? USUAL_RATE);
  const answer = async (address: string, reply: FastifyReply, type: string, fresh: number, make: (now: Instant) => Promise<string | undefined>): Promise<FastifyReply> => {
    const now = clock();
    if (!limit.allows(address, now)) return refuse(reply, reject('REQUEST_TOO_MANY'));
    const made = await make(now);
    if (made === undefined) return refuse(reply, reject('NOT_FOUND'));
    return reply.type(type).header('cache-control', `public, max-age=${fresh}`).header('access-control-allow-origin', '*').send(made);
  };
  const keys = JSON.stringify(desk.didDocument());
  server.get('/.well-known/did.json', (request, reply) => answer(request.ip, reply, 'application/did+json', FRESH.keys, () => Promise.resolve(keys)));
  server.get<{ Params: { code: string } }>('/register/certificates/:code.json', (request, reply) => answer(request.ip, reply, VC_TYPE, FRESH.certificate, async (now) => textOf((await desk.certificate(request.params.code, now))?.credential)));
  server.get<{ Params: { code: string } }>('/register/certificates/:code.sd-jwt', (request, reply) => answer(request.ip, reply, SD_JWT_TYPE, FRESH.certificate, async (now) => (await desk.certificate(request.params.code, now))?.sdJwt));
  server.get<{ Params: { number: string } }>('/register/status-lists/:number', (request, reply) => answer(request.ip, reply, VC_TYPE, FRESH.list, async (now) => textOf(await desk.statusList(numberOf(request.params.number), now))));
  server.get<{ Params: { number: string } }>('/register/status-lists/:number.jwt', (request, reply) => answer(request.ip, reply, 'application/statuslist+jwt', FRESH.list, (now) => desk.statusToken(numberOf(request.params.number), now)));
}

const textOf = (document: object | undefined): string | undefined => (document === undefined ? undefined : JSON.stringify(document));
/** A number as it is written, or one that no list has. */
const numberOf = (text: string): number => (/^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : -1);
