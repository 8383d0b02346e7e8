/**
 * The firms' door for screening: `POST /v1/screen` answers one query as JSON or up to ten thousand as NDJSON, by the
 * published lists that the house holds. Nothing that was asked is kept, and no answer knows of findings or of other
 * firms. The path, with each exit: body too large 413 → token and DPoP proof 401 → body unreadable 400/415 → too many
 * lines 413 → no list yet 400 → answered 200, with a code in the place of each line that cannot be read.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { REJECTIONS, reject, type Rejection } from '../terms/index.ts';
import { gateRequest, type FirmDoor } from './firm.ts';
import { refuse } from './problem.ts';

/** Bytes of a body at most: ten thousand queries of some 400 bytes. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;

/** What the door needs from the house. */
export interface ScreenDoor extends Pick<FirmDoor, 'gate' | 'clock' | 'origin'> {
  /** One line of JSON for each line of JSON. */
  readonly screen: (lines: readonly string[]) => Promise<readonly string[] | Rejection>;
}

/** Adds the route to a server. */
export function openScreenDoor(server: FastifyInstance, door: ScreenDoor): void {
  server.post('/v1/screen', { bodyLimit: BODY_BYTES_MAX }, (request, reply) => screen(request, reply, door));
}

async function screen(request: FastifyRequest, reply: FastifyReply, door: ScreenDoor): Promise<FastifyReply> {
  const reader = await door.gate.reader(gateRequest(request, door));
  if ('code' in reader) return refuse(reply, reader);
  const text = textOf(request.body);
  if (text === undefined) return refuse(reply, reject('BODY_ENCODING'));
  const isMany = /^application\/x-ndjson\b/i.test(request.headers['content-type'] ?? '');
  if (!isMany && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return refuse(reply, reject('BODY_TYPE'));
  // One query may stand on several lines; of many, each stands on one.
  const lines = isMany ? text.split('\n').map((line) => line.trim()).filter((line) => line !== '') : [text.replace(/\s*\n\s*/g, ' ').trim()];
  if (lines.length === 0 || lines[0] === '') return refuse(reply, reject('BODY_EMPTY'));
  const answers = await door.screen(lines);
  if ('code' in answers) return refuse(reply, answers);
  reply.header('cache-control', 'no-store');
  if (isMany) return reply.code(200).type('application/x-ndjson').send(`${answers.join('\n')}\n`);
  const [answer = ''] = answers;
  const code = codeOf(answer);
  return reply.code(code === undefined ? 200 : REJECTIONS[code].status).type('application/json').send(answer);
}

/** The code of an answer that is a refusal. */
function codeOf(answer: string): keyof typeof REJECTIONS | undefined {
  const found = /"code":"([A-Z_]+)"/.exec(answer.slice(0, 200))?.[1];
  return found !== undefined && isCode(found) ? found : undefined;
}

function isCode(text: string): text is keyof typeof REJECTIONS {
  return Object.hasOwn(REJECTIONS, text);
}

function textOf(body: unknown): string | undefined {
  if (!(body instanceof Uint8Array)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
