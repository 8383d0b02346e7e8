/**
 * A firm's verbs: `client keygen` makes a key and says what to register, `ingest` files a file of events through
 * every door. Options are words of the form `--name=value`.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { FirmClient, ingestLines, makeKey, registrationOf } from '../../client/index.ts';
import { Refusal } from '../log/engine/index.ts';
import type { World } from './world.ts';

const keySchema = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), d: z.string() });

/** The value of an option, or a refusal that names it. */
export function optionOf(world: World, name: string, example: string): string {
  const found = world.arguments.find((word) => word.startsWith(`--${name}=`));
  if (found === undefined) throw new Refusal(`--${name} is missing`, `for example --${name}=${example}`);
  return found.slice(name.length + 3);
}

/** `client keygen --client=ID --firm=ID --key=FILE`: writes the private key, prints what the authority registers. */
export function makeClient(world: World, words: readonly string[]): number {
  if (words[0] !== 'keygen') throw new Refusal('client takes the word "keygen"', 'npm run nigran -- help shows how');
  const [client, firm, file] = [optionOf(world, 'client', 'sdx-feed'), optionOf(world, 'firm', 'sdx'), optionOf(world, 'key', 'sdx-feed.jwk')];
  const key = makeKey(world.random);
  writeFileSync(file, JSON.stringify(key), { mode: 0o600, flag: 'wx' });
  process.stdout.write(`${JSON.stringify(registrationOf(client, firm, key))}\n`);
  return 0;
}

/** `ingest FILE --client=ID --key=FILE --origin=URL`: exit 0 when nothing was rejected, 1 when something was. */
export async function ingestFile(world: World, words: readonly string[], json: boolean): Promise<number> {
  const [file] = words;
  if (file === undefined) throw new Refusal('ingest needs a file', 'for example: npm run nigran -- ingest events.ndjson --client=sdx-feed --key=sdx-feed.jwk --origin=http://localhost:7411');
  const key = keySchema.parse(JSON.parse(readFileSync(optionOf(world, 'key', 'sdx-feed.jwk'), 'utf8')));
  const client = new FirmClient({ origin: optionOf(world, 'origin', 'http://localhost:7411'), client: optionOf(world, 'client', 'sdx-feed'), key, clock: world.clock, random: world.random, fetch });
  const answer = await ingestLines(client, readFileSync(file, 'utf8').split('\n'));
  process.stdout.write(json ? `${JSON.stringify(answer)}\n` : `accepted ${answer.accepted}, held ${answer.held}, duplicate ${answer.duplicate}, rejected ${answer.rejected.length}\n${answer.rejected.map((one) => `line ${one.line}: ${one.code} ${one.detail ?? ''}\n`).join('')}`);
  return answer.rejected.length === 0 ? 0 : 1;
}
