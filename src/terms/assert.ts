/**
 * Broken invariants end the process: state that is wrong must not decide anything further, and
 * replay of the log brings it back right. An assertion is never used for bad input (that is a
 * `Rejection`) nor for an operating error (that is thrown and handled at a door).
 */

/** Thrown when an invariant does not hold. Nobody catches it but the process's last line. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** Asserts that `condition` holds; `message` says what should have been true. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new BrokenInvariant(message);
}
