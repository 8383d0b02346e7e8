/**
 * The answer of every verifier here: what was checked, one by one, and the verdict in a sentence. The
 * verdict is yes only when every check is; a check that could not be made is a check that failed.
 */

/** One thing that was checked. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** A verdict with its checks. `reason` says why not, or that it verifies. */
export interface Verdict {
  readonly verified: boolean;
  readonly checks: readonly Check[];
  readonly reason: string;
}

/** The verdict of checks about a thing, for example `the receipt`. Without any check the answer is no. */
export function verdictOf(subject: string, checks: readonly Check[]): Verdict {
  const failed = checks.filter((check) => !check.ok);
  const first = failed[0];
  if (first !== undefined) return { verified: false, checks, reason: `${subject} does not verify: ${first.name}: ${first.detail}` };
  return checks.length === 0 ? { verified: false, checks, reason: `nothing of ${subject} was checked` } : { verified: true, checks, reason: `${subject} verifies` };
}
