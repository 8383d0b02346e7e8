/**
 * The way of a filing from its bytes to its answer: read the lines, let the vault open sealed identities,
 * admit; or, when the key was admitted before, find the earlier answer. A retry under the same
 * Idempotency-Key gets the same receipt, byte for byte, also after a crash between commit and answer;
 * the same key with another body is refused.
 */

import { createHash } from 'node:crypto';
import type pg from 'pg';
import { assert, reject, type Instant, type Rejection } from '../terms/index.ts';
import type { Admission, Sealed } from './admission.ts';
import { readBody, type Body } from './body.ts';
import { parseLine } from './parse-line.ts';
import type { FilingLine, Identified } from './plan.ts';
import { readAnswer } from './receipt.ts';

/** Who files, proven by the door before. */
export interface Filer {
  readonly firm: string;
  readonly firmNumber: number;
  readonly client: string;
}

/** A request to file. `contentDigest` is the SHA-256 of the bytes as sent, hex; the door has compared it. */
export interface FilingRequest extends Body {
  readonly filer: Filer;
  readonly idempotencyKey: string;
  readonly contentDigest: string;
  readonly signatureBase: string;
  readonly receivedAt: Instant;
}

/** What a firm gets back: JSON text, the same for each retry. */
export interface FilingAnswer {
  readonly submission: string;
  readonly text: string;
}

/** A key is 8 to 128 plain characters. */
const KEY_FORM = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;

/** Files a firm's request and gives its signed answer; every refusal is a `Rejection`, never thrown. */
export class FilingDesk {
  readonly #pool: pg.Pool;
  readonly #admission: Admission;
  readonly #identify: (sealed: readonly Sealed[]) => Promise<Identified[]>;
  /** Filings under way, by submission: a retry that comes too early waits for the first. */
  readonly #underWay = new Map<string, { readonly digest: string; readonly answer: Promise<FilingAnswer | Rejection> }>();

  constructor(ground: { pool: pg.Pool; admission: Admission; identify: (sealed: readonly Sealed[]) => Promise<Identified[]> }) {
    this.#pool = ground.pool;
    this.#admission = ground.admission;
    this.#identify = ground.identify;
  }

  /** Files once; a retry gets the first answer. */
  async file(request: FilingRequest): Promise<FilingAnswer | Rejection> {
    if (request.idempotencyKey === '') return reject('IDEMPOTENCY_KEY_MISSING');
    if (!KEY_FORM.test(request.idempotencyKey)) return reject('IDEMPOTENCY_KEY_MISSING', 'Idempotency-Key');
    const submission = submissionOf(request.filer.firm, request.idempotencyKey);
    const before = this.#underWay.get(submission);
    if (before !== undefined) return before.digest === request.contentDigest ? before.answer : reject('IDEMPOTENCY_KEY_REUSED');
    const answer = this.#fileOnce(submission, request);
    this.#underWay.set(submission, { digest: request.contentDigest, answer });
    try {
      return await answer;
    } finally {
      this.#underWay.delete(submission);
    }
  }

  async #fileOnce(submission: string, request: FilingRequest): Promise<FilingAnswer | Rejection> {
    const lines = readBody(request);
    if (!Array.isArray(lines)) return lines as Rejection;
    const parsed: FilingLine[] = lines.map((line) => ({
      line: line.line, text: line.text, parsed: line.unreadable === true ? { rejection: reject('EVENT_NOT_JSON') } : parseLine(line.text),
    }));
    const identified = await this.#identified(request.filer.firm, parsed);
    const { filer, idempotencyKey, contentDigest, signatureBase, receivedAt } = request;
    const outcome = await this.#admission.submit({
      submission, firm: filer.firm, firmNumber: filer.firmNumber, client: filer.client, idempotencyKey, contentDigest, signatureBase, receivedAt,
      bytes: request.bytes.length, format: formatOf(request.contentType), lines: identified, ...zstdAsSent(request),
    });
    if (outcome === 'before') return this.#earlier(submission, contentDigest);
    return 'code' in outcome ? outcome : { submission, text: outcome.answer };
  }

  /** The answer to an earlier request under this key. */
  async #earlier(submission: string, contentDigest: string): Promise<FilingAnswer | Rejection> {
    const found = await readAnswer(this.#pool, submission);
    assert(found !== undefined, 'a filing that was admitted has its answer');
    return found.contentDigest === contentDigest ? { submission, text: found.text } : reject('IDEMPOTENCY_KEY_REUSED');
  }

  /** Lines with the vault's answer to each sealed identity. */
  async #identified(firm: string, lines: readonly FilingLine[]): Promise<FilingLine[]> {
    const sealed: (Sealed & { readonly at: number })[] = [];
    for (const [at, line] of lines.entries()) {
      if ('event' in line.parsed && 'identity' in line.parsed.event && line.parsed.event.identity !== undefined) {
        sealed.push({ at, firm, customer: line.parsed.event.customer, jwe: line.parsed.event.identity });
      }
    }
    if (sealed.length === 0) return [...lines];
    const answers = await this.#identify(sealed);
    const out = [...lines];
    for (const [i, one] of sealed.entries()) {
      const line = lines[one.at];
      if (line !== undefined) out[one.at] = { ...line, identified: answers[i] ?? 'down' };
    }
    return out;
  }
}

/** The format that a readable content type names. */
function formatOf(contentType: string): 'json' | 'ndjson' | 'csv' {
  if (contentType.includes('csv')) return 'csv';
  return contentType.includes('ndjson') ? 'ndjson' : 'json';
}

/** The body itself where it may be kept as it came. */
function zstdAsSent({ bytes, contentType, contentEncoding }: Body): { readonly zstdAsSent?: Uint8Array } {
  return formatOf(contentType) === 'ndjson' && contentEncoding.trim().toLowerCase() === 'zstd' ? { zstdAsSent: bytes } : {};
}

/** A submission's id follows from firm and key, so that a retry finds it without an index of its own. */
export function submissionOf(firm: string, idempotencyKey: string): string {
  return `S-${createHash('sha256').update(`${firm}\n${idempotencyKey}`).digest('hex').slice(0, 24)}`;
}
