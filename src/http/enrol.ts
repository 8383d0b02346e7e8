/**
 * The door by which a firm's program comes in: it registers its own key with a one-time code that an officer issued,
 * and reads the keys by which it will know the house. A code is judged after the proof that the program holds its key,
 * and says the same whether it is unknown, used, ended or another's.
 */

import type { FastifyInstance } from 'fastify';
import type { Enrolment } from '../access/index.ts';
import { enrolmentBody, type AuthorityAnswer, type EnrolmentAnswer } from '../contract/index.ts';
import { reject, type Instant, type Rejection } from '../terms/index.ts';
import { refuse } from './problem.ts';

/** What this door needs from the house. */
export interface EnrolDoor {
  readonly clock: () => Instant;
  readonly enrol: (now: Instant, wanted: Enrolment) => Promise<{ readonly client: string; readonly firm: string; readonly keyId: string } | Rejection>;
  /** Name and verifier keys of the authority. */
  readonly authority: AuthorityAnswer;
}

const BODY_BYTES_MAX = 16 * 1024;

/** Adds the routes to a server. */
export function openEnrolDoor(server: FastifyInstance, door: EnrolDoor): void {
  server.get('/v1/authority', async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(door.authority));
  server.post('/v1/clients', { bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
    const wanted = enrolmentBody.safeParse(jsonOf(request.body));
    if (!wanted.success) return refuse(reply, reject('REQUEST_INVALID', wanted.error.issues[0]?.path.map(String).join('.') ?? 'body'));
    const done = await door.enrol(door.clock(), wanted.data);
    if ('code' in done) return refuse(reply, done);
    return reply.header('cache-control', 'no-store').send({ ...done, ...door.authority } satisfies EnrolmentAnswer);
  });
}

function jsonOf(body: unknown): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
  } catch {
    return undefined;
  }
}
