/**
 * What the house answers, read by schema: a client believes nothing that it has not parsed. A refusal becomes
 * an error with the code of the one list.
 */

import { z } from 'zod';

const count = z.number().int().min(0);

/** The answer to a filing. The receipt is judged by `proof`, not here. */
export const filingShape = z.object({
  submission: z.string(),
  counts: z.object({ accepted: count, held: count, rejected: count, duplicate: count }),
  rejections: z.array(z.object({ line: count, id: z.string().optional(), code: z.string(), detail: z.string().optional() })),
  receipt: z.unknown(),
});
/** How a filing ended. */
export type FilingAnswer = z.infer<typeof filingShape>;

/** A filing as it stands. */
export const submissionShape = z.object({ answer: filingShape, decided: z.boolean(), stillHeld: count });
export type SubmissionAnswer = z.infer<typeof submissionShape>;

/** A program that was registered, and the keys of the house. */
export const enrolledShape = z.object({ client: z.string(), firm: z.string(), keyId: z.string(), authority: z.string(), verifiers: z.object({ ledger: z.string(), firms: z.string() }) });

export const tokenShape = z.object({ access_token: z.string(), expires_in: z.number().int() });
export const identityKeyShape = z.object({ kid: z.string(), kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() });
const refusalShape = z.object({ code: z.string(), message: z.string().optional(), remedy: z.string().optional(), detail: z.unknown().optional() });

/** The house refused a request. `retryAfterMs` is what it asked to wait. */
export class FilingRefused extends Error {
  override readonly name = 'FilingRefused';
  readonly status: number;
  readonly code: string;
  readonly remedy: string;
  readonly retryAfterMs: number;

  constructor(status: number, code: string, remedy: string, retryAfterMs: number, detail: string) {
    super(`${code}${detail === '' ? '' : ` (${detail})`}`);
    this.status = status;
    this.code = code;
    this.remedy = remedy;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Parses an answer, or throws what was refused. */
export async function readAnswer<T>(response: Response, shape: z.ZodType<T>): Promise<T> {
  const text = await response.text();
  const json = readJson(text);
  if (response.ok) return shape.parse(json);
  const refusal = refusalShape.safeParse(json).data;
  const wait = Number(response.headers.get('retry-after') ?? 0) * 1_000;
  const detail = typeof refusal?.detail === 'string' ? refusal.detail : '';
  throw new FilingRefused(response.status, refusal?.code ?? 'UNKNOWN', refusal?.remedy ?? text.slice(0, 200), Number.isFinite(wait) ? wait : 0, detail);
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
