/**
 * The ledger for the console: entries, and what a reader's browser needs to prove each one itself.
 */

import type pg from 'pg';
import { verifierKey, type Signer } from '../../proof/index.ts';
import { ENTRY_KINDS, reject, type EntryKind } from '../../terms/index.ts';
import { LEDGER, newestHead, proveConsistency, proveInclusion, readEntries, signHead, treeHead, withActor, type Entry } from '../../log/index.ts';
import type { Answer } from '../../contract/console.ts';
import { basisWords, entryTitle } from '../words/entry.ts';
import type { StaffRoutes } from '../staff.ts';

/** What the ledger's routes need from the house. */
export interface LedgerGround {
  readonly pool: pg.Pool;
  readonly signer: Signer;
  /** Code of a firm by its id, as screens show it. */
  readonly codeOf: (firm: string) => string | undefined;
  readonly firmOf: (code: string) => string | undefined;
}

const PAGE = 100;

type LedgerRoute = 'ledger' | 'entry' | 'proof' | 'checkpoint' | 'consistency';

/** What answers the ledger's routes. */
export function ledgerRoutes(ground: LedgerGround): Pick<StaffRoutes, LedgerRoute> {
  const keys = [verifierKey(ground.signer.keyId, ground.signer.publicKey)];
  const checkpoint = async (now: Parameters<typeof signHead>[3]) => ({ note: (await newestHead(ground.pool, LEDGER) ?? await signHead(ground.pool, LEDGER, ground.signer, now)).note, keys });
  return {
    ledger: async ({ session, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const limit = query.limit ?? PAGE;
      const below = query.cursor === undefined ? undefined : Number(query.cursor);
      if (below !== undefined && !Number.isSafeInteger(below)) return reject('REQUEST_INVALID', 'cursor');
      const firm = query.firm === undefined ? undefined : ground.firmOf(query.firm);
      return withActor(ground.pool, session.actor, async (tx) => {
        const { size } = await treeHead(tx, LEDGER);
        const found = await tx.query<{ index: number }>(
          `select index from log.entry where index < $1 and ($2::text is null or kind = $2) and ($3::text is null or convert_from(bytes, 'UTF8')::jsonb #>> '{body,firm}' = $3)
           order by index desc limit $4`,
          [below ?? (query.at === undefined ? size : query.at + 1), query.kind ?? null, query.firm === undefined ? null : firm ?? '', limit]);
        const items: Answer<'ledger'>['items'] = [];
        for (const { index } of found.rows) {
          const [entry] = await readEntries(tx, { from: index, to: index + 1, limit: 1 });
          if (entry !== undefined) items.push(entryRow(entry, ground));
        }
        const last = items.at(-1);
        return { asOf: now, size, items, next: items.length < limit || last === undefined ? null : String(last.index), kinds: Object.keys(ENTRY_KINDS) };
      });
    },
    entry: async ({ session, params, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const [entry] = await withActor(ground.pool, session.actor, (tx) => readEntries(tx, { from: params.index, to: params.index + 1, limit: 1 }));
      if (entry === undefined) return reject('NOT_FOUND');
      return { asOf: now, row: entryRow(entry, ground), bytes: Buffer.from(entry.bytes).toString('base64'), leafHash: Buffer.from(entry.leaf).toString('hex') };
    },
    proof: async ({ session, params, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const head = await newestHead(ground.pool, LEDGER) ?? await signHead(ground.pool, LEDGER, ground.signer, now);
      const size = query.size ?? head.size;
      if (params.index >= size || size > head.size) return reject('NOT_FOUND', 'size');
      const [entry] = await withActor(ground.pool, session.actor, (tx) => readEntries(tx, { from: params.index, to: params.index + 1, limit: 1 }));
      if (entry === undefined) return reject('NOT_FOUND');
      const path = await proveInclusion(ground.pool, LEDGER, params.index, size);
      return { index: params.index, size, leafHash: Buffer.from(entry.leaf).toString('hex'), path: path.map(hexOf), checkpoint: { note: head.note, keys } };
    },
    checkpoint: ({ now }) => checkpoint(now),
    consistency: async ({ query }) => {
      const { size } = await treeHead(ground.pool, LEDGER);
      if (query.from > query.to || query.to > size) return reject('NOT_FOUND', 'to');
      return { from: query.from, to: query.to, path: (await proveConsistency(ground.pool, LEDGER, query.from, query.to)).map(hexOf) };
    },
  };
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** An entry as lists show it. */
export function entryRow(entry: Entry, ground: Pick<LedgerGround, 'codeOf'>): Answer<'ledger'>['items'][number] {
  const firm = 'firm' in entry.body ? entry.body.firm ?? undefined : undefined;
  return {
    index: entry.index, kind: entry.kind, version: entry.version, at: entry.admittedAt, actor: entry.actor, second: entry.second ?? null,
    basis: basisWords(entry.basis), title: entryTitle(entry.kind satisfies EntryKind), firm: firm === undefined ? null : ground.codeOf(firm) ?? null,
  };
}
