/**
 * What `nigran verify` answers: each check by its name, and a verdict in a sentence that begins with a code where it
 * is no. The first check that failed gives the code, so a script can tell "not signed by a known key" from "revoked".
 */

import type { Check } from '../proof/index.ts';
import type { Status } from '../proof/credentials.ts';

/** What kinds of thing are known by their form. */
export type Kind = 'receipt' | 'checkpoint' | 'note' | 'proof' | 'log' | 'credential' | 'presentation' | 'document' | 'sd-jwt' | 'sd-jwt-vc' | 'code' | 'pdf' | 'image' | 'unknown';

/** The code that the first failed check gives the reason. */
const CODES: Readonly<Record<string, string>> = {
  form: 'FORM_UNKNOWN', json: 'JSON_UNREADABLE', key: 'KEY_UNREADABLE', 'known key': 'KEY_UNKNOWN', commitment: 'COMMITMENT_INVALID', signature: 'SIGNATURE_INVALID', checkpoint: 'SIGNATURE_INVALID',
  firm: 'TREE_OF_ANOTHER', size: 'SIZE_MISMATCH', inclusion: 'INCLUSION_INVALID', answer: 'ANSWER_MISMATCH', 'ledger entry': 'LEDGER_ENTRY_MISMATCH', 'ledger inclusion': 'LEDGER_INCLUSION_INVALID',
  missing: 'FILE_MISSING', files: 'FILE_INVALID', root: 'ROOT_MISMATCH', witnesses: 'WITNESSES_MISSING', earlier: 'CHECKPOINT_OF_ANOTHER', consistency: 'LOG_FORKED',
  proof: 'PROOF_MISSING', suite: 'SUITE_UNKNOWN', purpose: 'PURPOSE_MISMATCH', 'did document': 'DID_DOCUMENT_MISSING', 'proof time': 'PROOF_NOT_VALID_NOW', challenge: 'CHALLENGE_MISMATCH', domain: 'DOMAIN_MISMATCH',
  'previous proof': 'PREVIOUS_PROOF_MISSING', context: 'CONTEXT_UNKNOWN', model: 'CREDENTIAL_INCOMPLETE', issuer: 'ISSUER_MISMATCH', holder: 'HOLDER_MISMATCH', validity: 'NOT_VALID_NOW', expiry: 'EXPIRED',
  status: 'STATUS_NOT_VALID', 'status list': 'STATUS_LIST_INVALID', 'status list expiry': 'STATUS_LIST_EXPIRED', seal: 'SEAL_INVALID', sealed: 'SEAL_MISSING', 'image size': 'IMAGE_TOO_LARGE', code: 'CODE_UNREADABLE', address: 'ADDRESS_MISMATCH', disclosures: 'DISCLOSURES_INVALID', type: 'TYPE_INVALID', 'holder binding': 'HOLDER_BINDING_INVALID',
};
const STATUS_CODES: Readonly<Partial<Record<Status, string>>> = { revoked: 'REVOKED', suspended: 'SUSPENDED' };

/** What `nigran verify --json` prints. `reason` begins with a code where the answer is no. */
export interface Verified {
  readonly kind: Kind;
  readonly verified: boolean;
  readonly checks: readonly Check[];
  readonly reason: string;
  /** Of credentials: what is known of their status, and since when. */
  readonly status?: Status;
  readonly statusAsOf?: string;
}

/** What is told of a credential's status beside the checks. */
export interface StatusSaid {
  readonly status: Status;
  readonly statusAsOf?: string;
  /** When it was issued: it was in force then. */
  readonly issuedAt?: string;
}

/** All checks must hold, and there must be one. */
export function answerOf(kind: Kind, checks: readonly Check[], said?: StatusSaid): Verified {
  const failed = checks.find((check) => !check.ok);
  const verified = failed === undefined && checks.length > 0;
  const reason = failed === undefined ? `the ${kind} ${holdsAs(said)}` : `${codeOf(failed, said)}: ${failed.detail}`;
  const { issuedAt: _issued, ...told } = said ?? {};
  return { kind, verified, checks, reason, ...told };
}

/** What a yes means: of a status that is known, as of when; nobody here knows what came after. */
function holdsAs(said: StatusSaid | undefined): string {
  if (said?.status === 'unknown') return `is authentic; ${said.issuedAt === undefined ? 'its status is unknown here' : `in force as of ${said.issuedAt}, when it was issued, and unknown since`}`;
  return said?.status === 'valid' && said.statusAsOf !== undefined ? `is authentic; in force as of ${said.statusAsOf}, unknown since` : 'verifies';
}

function codeOf(failed: Check, said: StatusSaid | undefined): string {
  const ofStatus = failed.name === 'status' && said !== undefined ? STATUS_CODES[said.status] : undefined;
  return ofStatus ?? CODES[failed.name] ?? 'CHECK_FAILED';
}
