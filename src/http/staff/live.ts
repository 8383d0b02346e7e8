/**
 * The live line: server-sent events to each signed-in console. It tells that something changed, never what:
 * the console asks again by the route that is judged for it. Bounded: a session may hold few lines, a line
 * that cannot take what is sent is closed and comes again.
 */

import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { actionsOf, type Session } from '../../access/index.ts';
import type { LiveEvents } from '../../contract/console.ts';
import { reject, type Instant, type Rejection } from '../../terms/index.ts';
import { refuse } from '../problem.ts';

/** Lines of the whole house at most. */
const LINES_MAX = 500;
/** Bytes that may wait on a line before it is closed. */
const WAITING_BYTES_MAX = 1024 * 1024;

/** Which permission a reader needs to hear an event; none: every session. */
const HEARD_BY = { alert: 'alert.read', decision: 'alert.read', dossier: 'dossier.assess', feed: 'firm.read', counts: 'overview.read', engine: 'engine.read', checkpoint: 'ledger.read' } as const;

interface Line {
  readonly response: ServerResponse;
  readonly token: string;
  readonly session: Session;
}

/** What the live line needs from the house. */
export interface LiveGround {
  readonly clock: () => Instant;
  readonly token: (cookies: string | undefined) => string | undefined;
  /** The session, not kept from idling out: a line stands on an open page whether anybody is there or not. */
  readonly sessionOf: (now: Instant, token: string | undefined) => Promise<Session | Rejection>;
}

/** The live lines of all consoles: `open` adds the route, `tell` sends an event, `ping` every fifteen seconds, `close` ends all. */
export class LiveLine {
  readonly #ground: LiveGround;
  readonly #lines = new Set<Line>();

  constructor(ground: LiveGround) {
    this.#ground = ground;
  }

  /** Adds the route. */
  open(server: FastifyInstance): void {
    server.get('/api/live', async (request, reply) => {
      const now = this.#ground.clock();
      const token = this.#ground.token(request.headers.cookie);
      const session = await this.#ground.sessionOf(now, token);
      if ('code' in session) return refuse(reply, session);
      if (this.#lines.size >= LINES_MAX || token === undefined) return refuse(reply, reject('CAPACITY'));
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      const line: Line = { response, token, session };
      this.#lines.add(line);
      request.raw.once('close', () => this.#lines.delete(line));
      write(line, 'hello', { now });
      return reply;
    });
  }

  /** Sends an event to every line that may hear it. */
  tell<Name extends keyof LiveEvents>(name: Name, data: LiveEvents[Name]): void {
    for (const line of this.#lines) if (mayHear(line.session, name)) this.#send(line, name, data);
  }

  /** A ping to all; lines whose session has ended are told so and closed. Called every fifteen seconds. */
  async ping(): Promise<void> {
    const now = this.#ground.clock();
    for (const line of this.#lines) {
      const session = await this.#ground.sessionOf(now, line.token);
      if ('code' in session) {
        write(line, 'ended', { reason: 'expired' });
        line.response.end();
        this.#lines.delete(line);
      } else this.#send(line, 'ping', { now });
    }
  }

  close(): void {
    for (const line of this.#lines) line.response.end();
    this.#lines.clear();
  }

  #send<Name extends keyof LiveEvents>(line: Line, name: Name, data: LiveEvents[Name]): void {
    write(line, name, data);
    if (line.response.writableLength <= WAITING_BYTES_MAX) return;
    line.response.destroy();
    this.#lines.delete(line);
  }
}

function mayHear(session: Session, name: keyof LiveEvents): boolean {
  const needed = Object.hasOwn(HEARD_BY, name) ? HEARD_BY[name as keyof typeof HEARD_BY] : undefined;
  return needed === undefined || actionsOf(session.member).includes(needed);
}

function write<Name extends keyof LiveEvents>(line: Line, name: Name, data: LiveEvents[Name]): void {
  line.response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}
