/**
 * Judges whatever a person holds against the register: a photo of the code, the sealed PDF, a credential, a token, or
 * the code's text; by the issuer's document and the status lists that are at hand. Nothing leaves the page, and nothing
 * is believed that the issuer's keys did not sign. What cannot be read says so, and is no verdict.
 */

import { isObject, readStrictJson, splitSdJwt, keysOfDocument, verifyCredential, verifySdJwt, type JsonObject } from '../../src/proof/credentials.ts';
import { isPdf, judgeCode, judgePdf, splitCode, type PaperTrust } from '../../src/proof/documents.ts';
import type { Check } from '../../src/proof/index.ts';

/** What a verdict comes down to; each has its words on the page. */
export type Outcome = 'in-force' | 'unknown-since' | 'authentic' | 'ask-again' | 'revoked' | 'expired' | 'refused' | 'unreadable';

/** A verdict as the page shows it. */
export interface Judged {
  readonly outcome: Outcome;
  /** As of when the outcome stands: RFC 3339. */
  readonly asOf?: string;
  readonly checks: readonly Check[];
  readonly claims?: JsonObject;
}

/** What every verifier of the house answers, as far as it matters here. */
interface Verdict {
  readonly verified: boolean;
  readonly checks: readonly Check[];
  readonly status: string;
  readonly statusAsOf?: string;
  readonly issuedAt?: string;
  readonly claims?: JsonObject;
}

const UNREADABLE: Judged = { outcome: 'unreadable', checks: [] };
/** Bytes of what is judged at most; a photo of today's cameras has ten megabytes. */
export const GIVEN_BYTES_MAX = 64 * 1024 * 1024;

/** Judges bytes of a file that is no photo. */
export async function judgeBytes(bytes: Uint8Array, trust: PaperTrust): Promise<Judged> {
  if (isPdf(bytes)) return judged(await judgePdf(bytes, trust));
  return judgeText(new TextDecoder().decode(bytes), trust);
}

/** Judges a text: the code's, a token, or a credential as JSON. */
export async function judgeText(given: string, trust: PaperTrust): Promise<Judged> {
  const text = given.trim();
  const code = splitCode(text);
  if (code !== undefined) return judged(await judgeCode(code, trust));
  const token = splitSdJwt(text);
  if (token !== undefined) {
    const verdict = await verifySdJwt(token, { nowMs: trust.nowMs, keys: trust.documents.flatMap((document) => keysOfDocument(document, trust.nowMs)), statusLists: trust.statusLists });
    const iat = verdict.claims?.['iat'];
    return judged({ ...verdict, ...(typeof iat === 'number' ? { issuedAt: new Date(iat * 1_000).toISOString() } : {}) });
  }
  const json = readStrictJson(text);
  return 'value' in json && isObject(json.value) ? judgeCredential(json.value, trust) : UNREADABLE;
}

async function judgeCredential(document: JsonObject, trust: PaperTrust): Promise<Judged> {
  const lists = trust.statusLists.flatMap((text) => {
    const read = readStrictJson(text);
    return 'value' in read ? [read.value] : [];
  });
  const verdict = await verifyCredential(document, { nowMs: trust.nowMs, documents: trust.documents, statusLists: lists });
  const { validFrom, credentialSubject } = document;
  return judged({ ...verdict, ...(typeof validFrom === 'string' ? { issuedAt: validFrom } : {}), ...(verdict.verified && isObject(credentialSubject) ? { claims: credentialSubject } : {}) });
}

function judged({ verified, checks, status, statusAsOf, issuedAt, claims }: Verdict): Judged {
  const said = { checks, ...(claims === undefined ? {} : { claims }) };
  const failed = checks.filter((check) => !check.ok).map((check) => check.name);
  if (!verified) return { ...said, outcome: outcomeOfFailure(failed, status) };
  if (status === 'valid' && statusAsOf !== undefined) return { ...said, outcome: 'in-force', asOf: statusAsOf };
  return status === 'unknown' && issuedAt !== undefined ? { ...said, outcome: 'unknown-since', asOf: issuedAt } : { ...said, outcome: 'authentic' };
}

/** One thing that failed has a name of its own; several are not genuine. */
function outcomeOfFailure(failed: readonly string[], status: string): Outcome {
  const [only, ...others] = failed;
  if (others.length > 0) return 'refused';
  if (only === 'status' && (status === 'revoked' || status === 'suspended')) return 'revoked';
  return only === 'status list expiry' ? 'ask-again' : only === 'expiry' ? 'expired' : 'refused';
}
