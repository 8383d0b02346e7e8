/**
 * Bytes of others within bounds: a body is read up to a limit and no further, an address is asked once, without
 * following where it points to elsewhere, and for a limited time. Only the program's own verbs use it, for addresses
 * that the operator named.
 */

import { Refusal } from '../log/engine/index.ts';

/** A bundle of 256 entries of 65,535 bytes is the largest file of a log. */
const FILE_BYTES_MAX = 17 * 1024 * 1024;
const TIME_MAX_MS = 20_000;

/** Reads to the end, or gives `undefined` when there is more than `bytesMax`. */
export async function readBounded(body: AsyncIterable<unknown>, bytesMax: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    if (!(part instanceof Uint8Array)) continue;
    length += part.length;
    if (length > bytesMax) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The body at an address; `undefined` where it answers that there is none. */
export async function fetchBounded(address: string, post?: string): Promise<Uint8Array | undefined> {
  const { status, body } = await ask(address, post);
  if (status === 404) return undefined;
  if (status !== 200) throw new Refusal(`${address.slice(0, 200)} answers with ${status}`, 'look at what is served there');
  return body;
}

/** Asks an address once. Refuses a redirection, an answer that is too long, and one that does not come in time. */
export async function ask(address: string, post?: string): Promise<{ readonly status: number; readonly body: Uint8Array }> {
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIME_MAX_MS), ...(post === undefined ? {} : { method: 'POST', body: post, headers: { 'content-type': 'text/plain; charset=utf-8' } }) });
    const body = response.body === null ? new Uint8Array(0) : await readBounded(response.body, FILE_BYTES_MAX);
    if (body === undefined) throw new Refusal(`${address.slice(0, 200)} answers with more than ${FILE_BYTES_MAX} bytes`, 'this is no file of a log');
    return { status: response.status, body };
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(`${address.slice(0, 200)} does not answer, or points elsewhere`, 'check the address; redirections are not followed', error);
  }
}
