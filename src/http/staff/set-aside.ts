/** Batches that the monitor could not decide: quarantined by an entry, and not yet released by another. */

import type { Tx } from '../../log/index.ts';

/** A batch that has killed its worker twice and waits for a mended engine. `at`: when it was set aside; `day`: Karachi day of its admission. */
export interface SetAside {
  readonly entry: number; readonly firm: string; readonly count: number; readonly day: number; readonly at: number; readonly partition: number; readonly offset: number; readonly reason: string;
}

/** Batches that were set aside and not released. */
export async function setAside(tx: Tx): Promise<readonly SetAside[]> {
  const rows = await tx.query<SetAside>(
    `with q as (select index, admitted_at, convert_from(bytes, 'UTF8')::jsonb -> 'body' as b from log.entry where kind = 'batch-quarantined')
     select q.index as entry, q.b ->> 'firm' as firm, (q.b ->> 'count')::int as count, (q.b ->> 'partition')::int as partition, (q.b ->> 'offset')::bigint as "offset", q.b ->> 'reason' as reason,
            q.admitted_at as at, floor((e.admitted_at + 18000000000) / 86400000000.0)::int as day
     from q join log.event_batch e on e.partition = (q.b ->> 'partition')::int and e."offset" = (q.b ->> 'offset')::bigint
     where not exists (select from log.entry r where r.kind = 'batch-released' and convert_from(r.bytes, 'UTF8')::jsonb #>> '{body,partition}' = q.b ->> 'partition'
                       and convert_from(r.bytes, 'UTF8')::jsonb #>> '{body,offset}' = q.b ->> 'offset')`);
  return rows.rows;
}
