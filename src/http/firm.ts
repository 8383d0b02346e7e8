/**
 * The door for firms: get a token, get the key that identities are sealed for, file events, read a
 * filing's receipt and whether it is decided. No answer here carries a finding or waits for one.
 *
 * The path of a filing, with each exit: body too large 413 → token and DPoP proof 401 → digest 400 →
 * signature 401 → replay 409 → key 400/409 → body unreadable 400/413/415 → committed 200 with a code for
 * each rejected line, or 503 when nothing was kept.
 */

import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { REQUEST_BYTES_MAX } from '../contract/index.ts';
import type { FilingDesk, Filer } from '../intake/index.ts';
import { contentDigestMatches } from '../proof/http-signature.ts';
import { REJECTIONS, reject, type Instant, type Json, type Rejection } from '../terms/index.ts';
import { refuse } from './problem.ts';

/** A request as the gate judges it. `target` is the full URL that the firm called. */
export interface GateRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly now: Instant;
}

/** Proof of who files: access token, DPoP proof, message signature, replay guard. */
export interface FirmGate {
  /** Token and DPoP proof only: for reading. */
  reader(request: GateRequest): Promise<Filer | Rejection>;
  /** All of it: for filing. `signatureBase` is the SHA-256 of the signature base, hex. */
  filer(request: GateRequest): Promise<{ readonly filer: Filer; readonly signatureBase: string } | Rejection>;
  /** The token endpoint: form fields in, OAuth answer out. */
  token(form: Readonly<Record<string, string>>, request: GateRequest): Promise<{ readonly status: number; readonly body: Json }>;
}

/** What the door needs from the house. */
export interface FirmDoor {
  readonly gate: FirmGate;
  readonly desk: FilingDesk;
  readonly clock: () => Instant;
  /** The public key for sealed identities, as JWK; `undefined` while the vault cannot be asked. */
  readonly identityKey: () => Promise<Json | undefined>;
  /** Receipt text and whether every accepted event is decided; only of the firm's own submissions. */
  readonly submission: (firm: string, id: string) => Promise<Json | undefined>;
  readonly openapi: () => Json;
  /** Scheme and authority under which firms call, for example `http://127.0.0.1:7411`. */
  readonly origin: string;
}

/** Adds the firms' routes to a server. */
export function openFirmDoor(server: FastifyInstance, door: FirmDoor): void {
  server.get('/v1/openapi.json', async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(door.openapi()));
  server.get('/v1/identity-key', async (_request, reply) => {
    const key = await door.identityKey();
    return key === undefined ? refuse(reply, reject('CAPACITY')) : reply.header('cache-control', 'public, max-age=300').send(key);
  });
  server.get('/v1/rejections', async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(REJECTIONS));
  server.post('/oauth/token', { bodyLimit: 64 * 1024 }, async (request, reply) => {
    const form = formOf(request.body);
    if (form === undefined) return refuse(reply, reject('REQUEST_INVALID', 'content-type'));
    const answer = await door.gate.token(form, gateRequest(request, door));
    return reply.code(answer.status).header('cache-control', 'no-store').send(answer.body);
  });
  server.post('/v1/events', { bodyLimit: REQUEST_BYTES_MAX }, (request, reply) => fileEvents(request, reply, door));
  server.get<{ Params: { id: string } }>('/v1/submissions/:id', async (request, reply) => {
    const reader = await door.gate.reader(gateRequest(request, door));
    if ('code' in reader) return refuse(reply, reader);
    const found = await door.submission(reader.firm, request.params.id);
    return found === undefined ? refuse(reply, reject('NOT_FOUND')) : reply.header('cache-control', 'no-store').send(found);
  });
}

async function fileEvents(request: FastifyRequest, reply: FastifyReply, door: FirmDoor): Promise<FastifyReply> {
  const receivedAt = door.clock();
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array(0);
  const proven = await door.gate.filer({ ...gateRequest(request, door), now: receivedAt });
  if ('code' in proven) return refuse(reply, proven);
  const digest = createHash('sha256').update(bytes).digest();
  const digestOf = (algorithm: 'sha-256' | 'sha-512'): Buffer => (algorithm === 'sha-256' ? digest : createHash('sha512').update(bytes).digest());
  if (!contentDigestMatches(headerOf(request, 'content-digest'), digestOf)) return refuse(reply, reject('DIGEST_MISMATCH'));
  const answer = await door.desk.file({
    filer: proven.filer, idempotencyKey: headerOf(request, 'idempotency-key'), contentDigest: digest.toString('hex'), signatureBase: proven.signatureBase, receivedAt,
    bytes, contentType: headerOf(request, 'content-type'), contentEncoding: headerOf(request, 'content-encoding'),
  });
  if ('code' in answer) return refuse(reply, answer);
  return reply.code(200).type('application/json').header('cache-control', 'no-store').send(answer.text);
}

/** A request as the gate judges it. */
export function gateRequest(request: FastifyRequest, door: Pick<FirmDoor, 'origin' | 'clock'>): GateRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return { method: request.method, target: `${door.origin}${request.url}`, headers, now: door.clock() };
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return value === undefined ? '' : Array.isArray(value) ? value.join(', ') : value;
}

function formOf(body: unknown): Record<string, string> | undefined {
  if (!(body instanceof Uint8Array)) return undefined;
  return Object.fromEntries(new URLSearchParams(Buffer.from(body).toString('utf8')));
}
