/**
 * A firm's verbs: `client keygen` makes a program's file with its key, `client register` registers it with the code
 * that the authority gave, `client send` and `ingest` file a file of events through every door. An identity that stands
 * in a file in the clear is sealed before it leaves. A demo's firm needs no file: `ingest FILE --firm=ID`.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { FilingRefused, FirmClient, ReceiptDoubted, authorityKeysOf, clientFile, ingestLines, makeKey, registerClient, sealLines, thumbprint, type ClientFile, type IngestAnswer } from '../../client/index.ts';
import { Refusal, refusalOf, writeWhole } from '../log/engine/index.ts';
import { verifierKeyFor } from './authority-keys.ts';
import { clientKeyOf } from './demo-keys.ts';
import { needInstallation } from './installation.ts';
import { needOrigin, originOf } from './origin.ts';
import type { Options } from './options.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

const FILE = 'sdx-feed.json';

/** `client WORD`: gives the exit code. */
export function runClient(settings: Settings, world: World, options: Options): Promise<number> {
  const [word, ...words] = options.words;
  switch (word) {
    case 'keygen':
      return makeClient(world, options);
    case 'register':
      return register(world, options);
    case 'send':
      return ingestFile(settings, world, { ...options, words });
    default:
      throw new Refusal('client takes the word "keygen", "register" or "send"', 'npm run nigran -- help shows how');
  }
}

/** `client keygen --client=ID --key=FILE`: writes the program's file, which is never overwritten; prints the public half. */
async function makeClient(world: World, options: Options): Promise<number> {
  const [id, path] = [options.need('client', 'sdx-feed'), options.need('key', FILE)];
  const made = clientFile.safeParse({ v: 1, client: id, key: makeKey(world.random) });
  if (!made.success) throw new Refusal(`"${id}" cannot be a client's name`, 'take 3 to 64 letters, digits, dots, hyphens, underscores');
  try {
    writeFileSync(path, `${JSON.stringify(made.data, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw exists ? new Refusal(`${path} is there already`, 'a key is never overwritten: name another file') : refusalOf(error) ?? new Refusal(`${path} cannot be written`, 'name a file in a directory that is there', error);
  }
  const { d: _private, ...jwk } = made.data.key;
  process.stdout.write(`${JSON.stringify({ client: id, keyId: thumbprint(jwk), jwk })}\n`);
  return 0;
}

/** `client register --key=FILE --origin=URL --code=CODE`: the file then knows the house. */
async function register(world: World, options: Options): Promise<number> {
  const path = options.need('key', FILE);
  const file = readClient(path);
  const house = { origin: needOrigin(options.need('origin', 'https://supervision.example')), code: options.need('code', 'the code that the authority gave') };
  const registered = await refused(() => registerClient(file, house, { clock: world.clock, fetch }), house.origin);
  writeWhole(path, `${JSON.stringify(clientFile.parse(registered), undefined, 2)}\n`);
  const { authority, firm, verifiers } = registered.house;
  process.stdout.write(options.has('json') ? `${JSON.stringify({ client: file.client, firm, authority, verifiers })}\n`
    : `${file.client} is registered for ${firm} with ${authority}\nCompare these keys with those that the authority publishes:\n  ledger  ${verifiers.ledger}\n  firms   ${verifiers.firms}\n`);
  return 0;
}

/** `ingest FILE`: exit 0 when nothing was rejected, 1 when something was. */
export async function ingestFile(settings: Settings, world: World, options: Options): Promise<number> {
  const [path] = options.words;
  if (path === undefined) throw new Refusal('a file of events is missing', `for example: npm run nigran -- client send events.ndjson --key=${FILE}`);
  const lines = readText(path).split('\n');
  const { client, origin } = options.text('key') === undefined ? demoClient(settings, world, options) : fileClient(world, options);
  const answer = await refused(async () => ingestLines(client, await sealLines(client, lines)), origin);
  process.stdout.write(options.has('json') ? `${JSON.stringify({ ...answer, receipt: answer.receipt.length === 1 ? answer.receipt[0] : answer.receipt })}\n` : inWords(answer));
  return answer.rejected.length === 0 ? 0 : 1;
}

interface Sender {
  readonly client: FirmClient;
  readonly origin: string;
}

function fileClient(world: World, options: Options): Sender {
  const path = options.need('key', FILE);
  const { client, key, house } = readClient(path);
  if (house === undefined) throw new Refusal(`${path} is not registered yet`, 'register it with the code that the authority gave: nigran client register');
  const origin = options.text('origin') ?? house.origin;
  return { origin, client: new FirmClient({ origin, client, key, clock: world.clock, random: world.random, fetch, authorityKeys: authorityKeysOf(house) }) };
}

/** The client of a demo's firm: its key comes from the seed. */
function demoClient(settings: Settings, world: World, options: Options): Sender {
  const firm = options.need('firm', 'sdx');
  const { demo, authority, verifiers } = needInstallation(settings.home);
  if (demo === undefined) throw new Refusal(`${authority} is no demo, so no firm's key is known here`, `name the program's file: --key=${FILE}`);
  const origin = originOf(options.text('origin'), settings.port);
  return { origin, client: new FirmClient({ origin, client: `${firm}-feed`, key: clientKeyOf(demo.seed, firm), clock: world.clock, random: world.random, fetch, authorityKeys: [verifierKeyFor(verifiers.firms, firm)] }) };
}

/** What the house refused, what does not verify and a house that does not answer are each one line. */
async function refused<T>(work: () => Promise<T>, origin: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FilingRefused) throw new Refusal(`the house refused: ${error.message}`, error.remedy === '' ? 'see docs/reference/rejections.md' : error.remedy.replace(/\.$/, ''), error);
    if (error instanceof ReceiptDoubted) throw new Refusal(error.message, 'keep what was sent and answered, and ask the authority', error);
    if (error instanceof TypeError && error.message === 'fetch failed') throw new Refusal(`${origin} does not answer`, 'see that the house runs and that this machine reaches it', error);
    throw error;
  }
}

function readClient(path: string): ClientFile {
  const parsed = clientFile.safeParse(jsonOf(readText(path)));
  if (!parsed.success) throw new Refusal(`${path} is no program's file`, 'make one with nigran client keygen');
  return parsed.data;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Refusal(`${path} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'no file'})`, 'name a file that is there', error);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function inWords(answer: IngestAnswer): string {
  return `accepted ${answer.accepted}, held ${answer.held}, duplicate ${answer.duplicate}, rejected ${answer.rejected.length}\n${answer.rejected.map((one) => `line ${one.line}: ${one.code} ${one.detail ?? ''}\n`).join('')}`;
}
