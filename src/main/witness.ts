/**
 * `nigran witness`: the role of who watches a log, for the FMU, the State Bank, an auditor or anyone. `keygen` makes the
 * witness's key; `serve` answers the log's submissions (C2SP tlog-witness): it cosigns a checkpoint only after a proof
 * that the log extends what was cosigned last, keeps that before it answers, and takes one submission after the other,
 * so that no two can be cosigned that contradict each other; `mirror` copies a log file by file and takes a new
 * checkpoint only when the whole log verifies and extends the copy. A copy is never made shorter, and a checkpoint
 * that contradicts it is kept beside it as evidence.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { openCheckpoint, parseVerifierKey, signerOfSeed, type Signer } from '../proof/index.ts';
import { COSIGNATURE_TYPE, cosignNote, judgeSubmission, SUBMISSION_BYTES_MAX, verifyLog, witnessKey, type Seen } from '../proof/published.ts';
import { Refusal, refusalOf, writeWhole } from '../log/engine/index.ts';
import { sha256 } from '../log/index.ts';
import { answerOf, type Verified } from './verify-answer.ts';
import { readKeys } from './verify-files.ts';
import { fetchBounded, readBounded } from './fetch-bounded.ts';
import type { Options } from './options.ts';
import type { World } from './world.ts';

const keyShape = z.strictObject({ v: z.literal(1), name: z.string(), seed: z.string().regex(/^[0-9a-f]{64}$/) });
const SEED_BYTES = 32;
const HEADERS_TIMEOUT_MS = 10_000;
const PORT_MAX = 65_535;

/** Runs the verb; gives the exit code. */
export async function runWitness(world: World, options: Options): Promise<number> {
  switch (options.words[0]) {
    case 'keygen':
      return makeKey(world, options);
    case 'serve':
      return serve(world, options);
    case 'mirror':
      return mirror(options);
    default:
      throw new Refusal('witness takes the word "keygen", "serve" or "mirror"', 'npm run nigran -- help shows how');
  }
}

function makeKey(world: World, options: Options): number {
  const [path, name] = [options.need('key', 'witness.json'), options.need('name', 'fmu.gov.pk/witness')];
  const seed = world.random(SEED_BYTES);
  const key = keyText(signerOfSeed(name, seed));
  if (parseVerifierKey(key)?.type !== COSIGNATURE_TYPE) throw new Refusal(`"${name.slice(0, 80)}" cannot be a witness's name`, 'take a name without spaces and plus signs, as fmu.gov.pk/witness');
  try {
    writeFileSync(path, `${JSON.stringify({ v: 1, name, seed: Buffer.from(seed).toString('hex') })}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw refusalOf(error) ?? new Refusal(`${path} cannot be written, or is there already`, 'a key is never overwritten: name another file in a directory that is there', error);
  }
  process.stdout.write(options.has('json') ? `${JSON.stringify({ vkey: key })}\n` : `${key}\n`);
  return 0;
}

const keyText = (signer: Signer): string => witnessKey(signer.keyId, signer.publicKey);

function readKey(path: string): Signer {
  try {
    const { name, seed } = keyShape.parse(JSON.parse(readFileSync(path, 'utf8')));
    return signerOfSeed(name, Buffer.from(seed, 'hex'));
  } catch (error) {
    throw new Refusal(`${path} holds no key of a witness`, 'make one: npm run nigran -- witness keygen --key=FILE --name=NAME', error);
  }
}

/** What an HTTP answer is made of. */
interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

/** A witness over a directory of what it cosigned: one file a log, named by the hash of its origin. */
export class Witness {
  readonly #signer: Signer;
  readonly #logs: readonly string[];
  readonly #state: string;
  readonly #seconds: () => number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ground: { readonly signer: Signer; readonly logs: readonly string[]; readonly state: string; readonly seconds: () => number }) {
    this.#signer = ground.signer;
    this.#logs = ground.logs;
    this.#state = ground.state;
    this.#seconds = ground.seconds;
    mkdirSync(this.#state, { recursive: true, mode: 0o700 });
  }

  /** Answers a submission, after those before it. */
  add(body: Uint8Array): Promise<Answer> {
    const answer = this.#turn.then(() => this.#judge(body));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  /** The checkpoint that was cosigned last, for monitors; the name is the hash of the origin in hex. */
  kept(name: string): string | undefined {
    const path = join(this.#state, name);
    return /^[0-9a-f]{64}$/.test(name) && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  async #judge(body: Uint8Array): Promise<Answer> {
    const known = this.#logs.flatMap((text) => parseVerifierKey(text) ?? []);
    const judged = judgeSubmission(body, known, (origin) => this.#seen(origin), sha256);
    if (judged.status !== 200) return judged.size === undefined ? { status: judged.status, body: `${judged.reason}\n` } : { status: judged.status, body: `${judged.size}\n`, type: 'text/x.tlog.size' };
    const cosigned = await cosignNote(judged.note, this.#signer, this.#seconds());
    writeWhole(join(this.#state, nameOf(judged.checkpoint.origin)), cosigned);
    return { status: 200, body: cosigned.slice(judged.note.length) };
  }

  /** A state that is there and cannot be read is never taken for none: that would let a log begin anew. */
  #seen(origin: string): Seen | undefined {
    const note = this.kept(nameOf(origin));
    if (note === undefined) return undefined;
    const checkpoint = openCheckpoint(note, this.#logs.flatMap((text) => parseVerifierKey(text) ?? []), origin);
    if (checkpoint === undefined) throw new Refusal(`what was cosigned last of ${origin} cannot be read`, 'restore the directory of the witness from its copy, with the keys of the log');
    return checkpoint;
  }
}

const nameOf = (origin: string): string => createHash('sha256').update(origin).digest('hex');

async function serve(world: World, options: Options): Promise<number> {
  const port = Number(options.text('port') ?? '8089');
  if (!Number.isInteger(port) || port < 0 || port > PORT_MAX) throw new Refusal('--port is no port', 'for example --port=8089');
  const logs = options.all('vkey');
  if (logs.length === 0) throw new Refusal('--vkey is missing', 'name the verifier key of each log to be watched, as its operator publishes it: --vkey="NAME+HASH+KEY"');
  const signer = readKey(options.need('key', 'witness.json'));
  const witness = new Witness({ signer, logs: readKeys(logs).verifiers, state: resolve(options.need('state', './witness')), seconds: () => Math.floor(world.clock() / 1e6) });
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: HEADERS_TIMEOUT_MS }, (request, response) => {
    void answerRequest(witness, request).catch((): Answer => ({ status: 500, body: 'the witness cannot answer\n' })).then((answer) => send(response, answer));
  });
  await new Promise<void>((done, failed) => server.once('error', (error) => failed(refusalOf(error) ?? new Refusal(`port ${port} cannot be opened`, 'name another with --port', error))).listen(port, done));
  process.stderr.write(`${keyText(signer)}\nwatches ${logs.length} logs on port ${port}\n`);
  await new Promise<void>((done) => process.once('SIGTERM', done).once('SIGINT', done));
  server.close();
  return 0;
}

async function answerRequest(witness: Witness, request: IncomingMessage): Promise<Answer> {
  const path = request.url ?? '';
  if (request.method === 'POST' && path === '/add-checkpoint') {
    const body = await readBounded(request, SUBMISSION_BYTES_MAX);
    return body === undefined ? { status: 413, body: 'the body is too large\n' } : witness.add(body);
  }
  const kept = request.method === 'GET' ? witness.kept(/^\/([0-9a-f]{64})\/checkpoint$/.exec(path)?.[1] ?? '') : undefined;
  return kept === undefined ? { status: 404, body: 'there is no such thing here\n' } : { status: 200, body: kept };
}

function send(response: ServerResponse, { status, body, type }: Answer): void {
  response.writeHead(status, { 'content-type': type ?? 'text/plain; charset=utf-8' }).end(body);
}

/** `witness mirror URL|DIR TO --vkey=VKEY`: copies a log, and answers as `verify` does. */
async function mirror(options: Options): Promise<number> {
  const [, from, to] = options.words;
  if (from === undefined || to === undefined) throw new Refusal('mirror takes the address of a log and a directory', 'for example: npm run nigran -- witness mirror https://authority.example/register/log ./copy --vkey="NAME+HASH+KEY"');
  const answer = await copyLog(from, resolve(to), readKeys(options.all('vkey')).verifiers);
  process.stdout.write(options.has('json') ? `${JSON.stringify(answer)}\n` : `${answer.reason}\n`);
  return answer.verified ? 0 : 1;
}

/** Copies what is new. A file that is in the copy is not asked for again; the checkpoint is written last. */
export async function copyLog(from: string, to: string, keys: readonly string[]): Promise<Verified> {
  const note = await readFrom(from, 'checkpoint');
  const kept = fileOf(to, 'checkpoint');
  const fresh = new Map<string, Uint8Array>();
  const verdict = await verifyLog(async (path) => {
    if (path === 'checkpoint') return note;
    const held = fileOf(to, path) ?? await readFrom(from, path);
    if (held !== undefined && fileOf(to, path) === undefined) fresh.set(path, held);
    return held;
  }, { keys, hash: sha256, ...(kept === undefined ? {} : { earlier: [kept] }) });
  const answer = answerOf('log', verdict.checks);
  if (answer.verified && note !== undefined) {
    for (const [path, bytes] of [...fresh, ['checkpoint', note] as const]) write(join(to, path), bytes);
  } else if (note !== undefined && verdict.head !== undefined && kept !== undefined) write(join(to, `contradiction-${verdict.head.size}`), note);
  return answer;
}

function fileOf(directory: string, path: string): Uint8Array | undefined {
  return existsSync(join(directory, path)) ? readFileSync(join(directory, path)) : undefined;
}

function write(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** A file of a log, at an address or in a directory. */
async function readFrom(from: string, path: string): Promise<Uint8Array | undefined> {
  return /^https?:\/\//.test(from) ? fetchBounded(`${from.replace(/\/$/, '')}/${path}`) : fileOf(from, path);
}
