/**
 * What every entry kind declares: its version, the one room that may append it, the rooms that read
 * it, and the schema of its body. The house test holds the code to `owner`; `log` parses each body
 * by its schema before it is written, so nothing unreadable can enter the ledger.
 */

import type { z } from 'zod';

/** Rooms by name. */
export type Room =
  | 'log' | 'framework' | 'access' | 'vault' | 'licensing' | 'screening' | 'intake' | 'tracing' | 'monitor' | 'alerts' | 'cases' | 'obligations'
  | 'reserves' | 'assets' | 'insight' | 'reports' | 'register';

/** Declaration of one kind of ledger entry. */
export interface EntryKindTerm<Body extends z.ZodType = z.ZodType> {
  readonly kind: string;
  readonly version: number;
  /** The only room that may append it. */
  readonly owner: Room;
  readonly readers: readonly Room[];
  /** Monitor workers apply it before any batch of a later control epoch. */
  readonly control: boolean;
  readonly body: Body;
}

/** Keeps the literal types of a declaration. */
export function entryKind<const Kind extends string, Body extends z.ZodType>(
  term: EntryKindTerm<Body> & { readonly kind: Kind },
): EntryKindTerm<Body> & { readonly kind: Kind } {
  return term;
}
