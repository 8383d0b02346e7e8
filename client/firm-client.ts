/**
 * A firm's client: everything between an event and its receipt. It seals identities, signs and compresses
 * filings, tries again under the same key until there is an answer, and verifies the receipt before it
 * believes that something was taken. It uses the API and nothing else of the house.
 *
 * What was taken is taken once however often it is sent: the key of a filing and its bytes stay the same for
 * all tries, and only the signature is made anew.
 */

import { createHash } from 'node:crypto';
import { constants, zstdCompressSync } from 'node:zlib';
import { CompactEncrypt, importJWK } from 'jose';
import { verifyReceipt, type Verdict } from '../src/proof/index.ts';
import { FilingRefused, filingShape, identityKeyShape, readAnswer, submissionShape, type FilingAnswer, type SubmissionAnswer } from './answers.ts';
import { Pass, type ClientGround } from './pass.ts';

export type { ClientKey } from './keys.ts';

/** How hard a client tries. */
export interface Patience {
  /** Tries of one request at most. */
  readonly triesMax: number;
  /** The pause before the second try; it doubles up to `pauseMaxMs`. */
  readonly pauseMs: number;
  readonly pauseMaxMs: number;
}
export const PATIENCE: Patience = { triesMax: 12, pauseMs: 100, pauseMaxMs: 5_000 };

/** What a client stands on, and what it believes receipts by. */
export interface FirmClientGround extends ClientGround {
  readonly patience?: Patience;
  /** The authority's verifier keys. Without them receipts are kept but not judged. */
  readonly authorityKeys?: readonly string[];
}

/** A receipt did not verify: what it stands for is not to be believed. */
export class ReceiptDoubted extends Error {
  override readonly name = 'ReceiptDoubted';
  readonly verdict: Verdict;

  constructor(submission: string, verdict: Verdict) {
    super(`the receipt of ${submission} does not verify: ${verdict.checks.filter((check) => !check.ok).map((check) => check.name).join(', ')}`);
    this.verdict = verdict;
  }
}

/** A body as it is sent: its bytes, and the digest that names them. */
export interface SealedBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Bytes of a body below which it is sent as it is: to compress and to open so little costs more than to send it. */
const PLAIN_BYTES_MAX = 1_024;

/** Compresses a body, unless it is small, and names its digest (RFC 9530). */
export function sealBody(plain: Uint8Array, contentType: string): SealedBody {
  const isPlain = plain.length < PLAIN_BYTES_MAX;
  const bytes = new Uint8Array(isPlain ? plain : zstdCompressSync(plain, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }));
  const digest = createHash('sha256').update(bytes).digest();
  return {
    bytes, sha256: digest.toString('hex'),
    headers: { 'content-type': contentType, ...(isPlain ? {} : { 'content-encoding': 'zstd' }), 'content-digest': `sha-256=:${digest.toString('base64')}:` },
  };
}

export class FirmClient {
  readonly #ground: FirmClientGround;
  readonly #pass: Pass;
  #sealing: Promise<{ readonly key: CryptoKey | Uint8Array; readonly kid: string }> | undefined;

  constructor(ground: FirmClientGround) {
    this.#ground = ground;
    this.#pass = new Pass(ground);
  }

  /** Seals an identity for the vault: a compact JWE that the door cannot open. */
  async seal(identity: Readonly<Record<string, unknown>>): Promise<string> {
    this.#sealing ??= this.#fetchSealingKey().catch((error: unknown) => {
      this.#sealing = undefined;
      throw error;
    });
    const { key, kid } = await this.#sealing;
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(identity))).setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid }).encrypt(key);
  }

  /** Files lines, each one JSON object as text. */
  async file(lines: readonly string[], idempotencyKey: string): Promise<FilingAnswer> {
    return this.fileBytes(Buffer.from(lines.join('\n')), 'application/x-ndjson', idempotencyKey);
  }

  /** Files a body as it is, and verifies the receipt. */
  async fileBytes(plain: Uint8Array, contentType: string, idempotencyKey: string): Promise<FilingAnswer> {
    const body = sealBody(plain, contentType);
    const answer = await this.#withRetries(async () => readAnswer(await this.#send('POST', '/v1/events', { ...body.headers, 'idempotency-key': idempotencyKey }, body.bytes), filingShape));
    const verdict = this.verify(answer, body.sha256);
    if (verdict !== undefined && !verdict.verified) throw new ReceiptDoubted(answer.submission, verdict);
    return answer;
  }

  /** Judges an answer by the authority's keys; `undefined` without keys. */
  verify(answer: FilingAnswer, sha256: string): Verdict | undefined {
    const keys = this.#ground.authorityKeys;
    return keys === undefined ? undefined : verifyReceipt(answer, keys, sha256);
  }

  /** A filing as it stands: whether everything accepted of it has been decided. */
  async submission(id: string): Promise<SubmissionAnswer> {
    return this.#withRetries(async () => readAnswer(await this.#send('GET', `/v1/submissions/${encodeURIComponent(id)}`, {}, undefined), submissionShape));
  }

  /** All headers of a signed filing, for a driver that sends it by itself. */
  async headersFor(body: SealedBody, idempotencyKey: string): Promise<Record<string, string>> {
    return this.#pass.headers('POST', '/v1/events', { ...body.headers, 'idempotency-key': idempotencyKey }, true);
  }

  async #send(method: string, path: string, headers: Readonly<Record<string, string>>, body: Uint8Array<ArrayBuffer> | undefined): Promise<Response> {
    const all = await this.#pass.headers(method, path, headers, body !== undefined);
    return this.#ground.fetch(`${this.#ground.origin}${path}`, { method, headers: all, ...(body === undefined ? {} : { body }) });
  }

  async #fetchSealingKey(): Promise<{ readonly key: CryptoKey | Uint8Array; readonly kid: string }> {
    const jwk = await this.#withRetries(async () => readAnswer(await this.#ground.fetch(`${this.#ground.origin}/v1/identity-key`), identityKeyShape));
    return { key: await importJWK({ ...jwk }, 'ECDH-ES+A256KW'), kid: jwk.kid };
  }

  async #withRetries<T>(attempt: () => Promise<T>): Promise<T> {
    const { triesMax, pauseMs, pauseMaxMs } = this.#ground.patience ?? PATIENCE;
    for (let n = 1; ; n++) {
      let wait = Math.min(pauseMs * 2 ** (n - 1), pauseMaxMs);
      try {
        return await attempt();
      } catch (error) {
        if (n >= triesMax || !mayEndWell(error)) throw error;
        if (error instanceof FilingRefused && error.status === 401) this.#pass.renew();
        if (error instanceof FilingRefused) wait = Math.max(wait, Math.min(error.retryAfterMs, pauseMaxMs));
      }
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}

/** Is it worth another try? No answer, a house that is busy or starting, a token that has ended: yes. What was judged stays so. */
function mayEndWell(error: unknown): boolean {
  if (!(error instanceof FilingRefused)) return error instanceof TypeError || (error instanceof Error && 'code' in error);
  return error.status >= 500 || error.status === 429 || error.status === 401;
}
