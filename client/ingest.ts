/**
 * `nigran ingest`: a file of events goes through the door in filings of a bounded size. A filing's key follows
 * from its bytes, so sending the same file again files nothing twice. Line numbers of rejections are those of
 * the file.
 */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FirmClient } from './firm-client.ts';

const identifiedShape = z.looseObject({ identity: z.record(z.string(), z.unknown()) });

/** Lines and bytes of one filing at most: half of what the door takes. */
const LINES_MAX = 5_000;
const BYTES_MAX = 8 * 1024 * 1024;

/** What was sent and how it ended. `receipt` holds the receipt of each filing. */
export interface IngestAnswer {
  readonly accepted: number;
  readonly held: number;
  readonly duplicate: number;
  readonly rejected: readonly { readonly line: number; readonly code: string; readonly detail?: string }[];
  readonly receipt: readonly unknown[];
}

/** Sends lines in order; each filing is answered before the next is sent. */
export async function ingestLines(client: Pick<FirmClient, 'file'>, lines: readonly string[]): Promise<IngestAnswer> {
  let [accepted, held, duplicate] = [0, 0, 0];
  const rejected: { line: number; code: string; detail?: string }[] = [];
  const receipt: unknown[] = [];
  for (const { first, part } of parts(lines)) {
    const key = `ingest-${createHash('sha256').update(part.join('\n')).digest('hex').slice(0, 40)}`;
    const answer = await client.file(part, key);
    accepted += answer.counts.accepted;
    held += answer.counts.held;
    duplicate += answer.counts.duplicate;
    for (const { line, code, detail } of answer.rejections) rejected.push({ line: first + line - 1, code, ...(detail === undefined ? {} : { detail }) });
    receipt.push(answer.receipt);
  }
  return { accepted, held, duplicate, rejected, receipt };
}

/** Lines with every identity that stands in the clear sealed; what is no JSON, or has none, stays as it is. */
export async function sealLines(client: Pick<FirmClient, 'seal'>, lines: readonly string[]): Promise<string[]> {
  const sealed: string[] = [];
  for (const line of lines) {
    const event = identifiedShape.safeParse(jsonOf(line));
    sealed.push(event.success ? JSON.stringify({ ...event.data, identity: await client.seal(event.data.identity) }) : line);
  }
  return sealed;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function* parts(lines: readonly string[]): Generator<{ readonly first: number; readonly part: string[] }> {
  let part: string[] = [];
  let bytes = 0;
  let first = 1;
  for (const [i, line] of lines.entries()) {
    const length = Buffer.byteLength(line) + 1;
    if (part.length > 0 && (part.length >= LINES_MAX || bytes + length > BYTES_MAX)) {
      yield { first, part };
      part = [];
      bytes = 0;
      first = i + 1;
    }
    part.push(line);
    bytes += length;
  }
  if (part.some((line) => line.trim() !== '')) yield { first, part };
}
