/**
 * The vault's own process, from its socket inward. It listens on a Unix socket that only its account may
 * open, and answers only to the secret of this start. A broken invariant ends the process. What goes wrong
 * is logged by the error's name and code: a message could hold what was opened.
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import type pg from 'pg';
import type { z } from 'zod';
import type { SecretFiles } from '../access/index.ts';
import { BrokenInvariant, reject, type Instant } from '../terms/index.ts';
import { VaultKeys } from './keys.ts';
import { BODY_BYTES_MAX, answersBody, complaintBody, eraseBody, resolveBody, screenAnswersBody, unmaskBody, type NamedScreening, type VaultAddress } from './protocol.ts';
import type { NamedParty } from './answers.ts';
import { socketPath } from './socket-path.ts';
import { StatedPeople } from './stated-people.ts';
import { Vault, type VaultGround } from './vault.ts';

/** What the process is given by `main`. */
export interface VaultProcessGround {
  readonly address: VaultAddress;
  /** As `nigran_vault`. */
  readonly pool: pg.Pool;
  /** The vault's own keys: a directory that no other process reads. */
  readonly secrets: SecretFiles;
  readonly clock: () => Instant;
  readonly random: (length: number) => Uint8Array;
  readonly drawPerson: VaultGround['drawPerson'];
  readonly log: (line: string) => void;
  /** Screens people inside this process; none where nobody is screened. */
  readonly watch?: (people: StatedPeople) => PeopleWatch;
}

/** Who screens people, as this process drives it. What it is told carries no name. */
export interface PeopleWatch {
  /** Identities were stated: whoever was not screened yet is screened soon. Returns at once. */
  stated(): void;
  /** An identity was destroyed: its names leave the memory of the watch. Returns at once. */
  erased(): void;
  /** Screens whom opened answers of a form name; `undefined` while there is no list. What it gives carries no name of theirs. */
  screenNamed(named: readonly NamedParty[]): Promise<NamedScreening | undefined>;
  /** Ends the work in hand, and the watch. */
  close(): Promise<void>;
}

/** Opens the vault's door; gives what closes it. */
export async function serveVault(ground: VaultProcessGround): Promise<{ close(): Promise<void> }> {
  const keys = await VaultKeys.open(ground.secrets, ground.random);
  const vault = new Vault({ pool: ground.pool, keys, clock: ground.clock, drawPerson: ground.drawPerson });
  const watch = ground.watch?.(new StatedPeople(ground.pool, keys));
  const secret = sha256(ground.address.secret);
  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    answer(request, vault, secret, watch).then(
      ({ status, body }) => say(response, status, body),
      (error: unknown) => {
        ground.log(`vault: ${nameOf(error)}`);
        say(response, 503, undefined);
        if (error instanceof BrokenInvariant) queueMicrotask(() => { throw error; });
      });
  });
  await listen(server, ground.address.socket);
  return {
    close: async () => {
      await Promise.all([watch?.close(), new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      })]);
    },
  };
}

async function listen(server: Server, socket: string): Promise<void> {
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
  chmodSync(dirname(socket), 0o700);
  // A process that was killed left its socket behind; the house runs one vault, so nobody answers there.
  rmSync(socket, { force: true });
  const path = socketPath(socket);
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(path, () => {
      server.off('error', failed);
      done();
    });
  });
  chmodSync(socket, 0o600);
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function answer(request: IncomingMessage, vault: Vault, secret: Buffer, watch: PeopleWatch | undefined): Promise<Answer> {
  if (!timingSafeEqual(sha256(request.headers.authorization ?? ''), secret)) return { status: 401, body: undefined };
  switch (`${request.method} ${request.url}`) {
    case 'GET /identity-key':
      return { status: 200, body: vault.publicKey };
    case 'POST /resolve':
      return withBody(request, resolveBody, async ({ sealed }) => {
        const answers = await vault.resolve(sealed);
        watch?.stated();
        return { answers };
      });
    case 'POST /unmask':
      return withBody(request, unmaskBody, async (act) => {
        const found = await vault.unmask(act);
        return 'code' in found ? { rejection: found } : { identities: found };
      });
    case 'POST /open-answers':
      return withBody(request, answersBody, async (act) => {
        const found = await vault.openAnswers(act);
        return 'code' in found ? { rejection: found } : found;
      });
    case 'POST /screen-answers':
      return withBody(request, screenAnswersBody, async (asked) => {
        const named = await vault.namedIn(asked);
        if ('code' in named) return { rejection: named };
        const found = named.length === 0 ? undefined : await watch?.screenNamed(named);
        return found ?? { rejection: named.length === 0 ? reject('QUERY_NAME_MISSING', 'name') : reject('LIST_EMPTY') };
      });
    case 'POST /erase':
      return withBody(request, eraseBody, async (act) => {
        const refused = await vault.erase(act);
        if (refused === undefined) watch?.erased();
        return refused === undefined ? { done: true } : { rejection: refused };
      });
    case 'POST /complaint':
      return withBody(request, complaintBody, async (act) => {
        const opened = await vault.openComplaint(act);
        return typeof opened === 'string' ? { text: opened } : { rejection: opened };
      });
    default:
      return { status: 404, body: undefined };
  }
}

async function withBody<T extends z.ZodType>(request: IncomingMessage, schema: T, work: (body: z.output<T>) => Promise<unknown>): Promise<Answer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > BODY_BYTES_MAX) return { status: 413, body: undefined };
    chunks.push(bytes);
  }
  const parsed = schema.safeParse(jsonOf(Buffer.concat(chunks)));
  return parsed.success ? { status: 200, body: await work(parsed.data) } : { status: 400, body: undefined };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function say(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text.replace(/^Bearer /, '')).digest();

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'an error without a name';
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
