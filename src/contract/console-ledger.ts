/**
 * The ledger as the console shows it. Every proof is checked in the reader's browser by `src/proof`; the
 * server's word that it verifies is never sent. Formats: C2SP tlog-checkpoint and signed-note, RFC 6962 hashing.
 */
import * as z from 'zod';
import { base64, count, firmCode, instant, pageQuery, sha256Hex, worded } from './console-parts.ts';

export const ledgerQuery = pageQuery.extend({
  kind: z.string().max(80).optional(),
  firm: firmCode.optional(),
  /** Start at this index and go down; the newest when it is left out. */
  at: z.coerce.number().int().nonnegative().optional(),
});

export const entryRow = z.object({
  index: count,
  kind: z.string().max(80),
  version: count,
  at: instant,
  /** Who did it: a colleague, a firm or a room of the house. */
  actor: z.string().max(120),
  second: z.string().max(120).nullable(),
  basis: worded.nullable(),
  title: worded,
  firm: firmCode.nullable(),
});
export type EntryRow = z.infer<typeof entryRow>;

export const ledgerAnswer = z.object({
  asOf: instant,
  size: count,
  items: z.array(entryRow).max(500),
  next: z.string().nullable(),
  kinds: z.array(z.string().max(80)).max(200),
});
export type LedgerAnswer = z.infer<typeof ledgerAnswer>;

/** One entry. `bytes` is the canonical JSON, with its 16 random bytes in it; `leafHash` is the RFC 6962 leaf hash of exactly these. */
export const entryAnswer = z.object({
  asOf: instant,
  row: entryRow,
  /** Null where the reader may not see the content; the leaf hash and its proof are still given. */
  bytes: base64.nullable(),
  leafHash: sha256Hex,
});
export type EntryAnswer = z.infer<typeof entryAnswer>;

/** A signed tree head as text (signed note), and the keys that may have signed it (`name+hash+base64`). */
export const checkpointAnswer = z.object({ note: z.string().max(4000), keys: z.array(z.string().max(400)).max(20) });
export type CheckpointAnswer = z.infer<typeof checkpointAnswer>;

export const proofQuery = z.object({ size: z.coerce.number().int().positive().optional() });
/** Inclusion of `index` in the tree of `size`, against the checkpoint given with it. Hashes are hexadecimal, leaf side first. */
export const proofAnswer = z.object({
  index: count, size: count, leafHash: sha256Hex, path: z.array(sha256Hex).max(64), checkpoint: checkpointAnswer,
});
export type ProofAnswer = z.infer<typeof proofAnswer>;

export const consistencyQuery = z.object({ from: z.coerce.number().int().positive(), to: z.coerce.number().int().positive() });
/** The tree of `to` extends the tree of `from`: nothing before was changed. */
export const consistencyAnswer = z.object({ from: count, to: count, path: z.array(sha256Hex).max(128) });
