/**
 * How near people come to lists, counted: for each list and hundredth of the score, how many had it as their best when
 * they were screened last. It says what another threshold would have asked officers to look at; nobody is named by it,
 * and nothing is decided from it. People who were found by a change of a list since are counted by their hit alone.
 */

import type { Db, Tx } from '../../log/index.ts';

/** Counts the best scores of a page of people. Who came near nobody is counted at 0. */
export async function countScores(tx: Tx, lists: readonly string[], people: readonly ReadonlyMap<string, number>[]): Promise<void> {
  const counts = new Map<string, { readonly list: string; readonly bucket: number; people: number }>();
  for (const best of people) {
    for (const list of lists) {
      const bucket = Math.floor((best.get(list) ?? 0) * 100 + 1e-9);
      const key = `${list} ${bucket}`;
      const known = counts.get(key) ?? { list, bucket, people: 0 };
      known.people += 1;
      counts.set(key, known);
    }
  }
  const rows = [...counts.values()];
  await tx.query(
    `insert into screening.best_score (list, bucket, people) select * from unnest($1::text[], $2::smallint[], $3::int[])
     on conflict (list, bucket) do update set people = screening.best_score.people + excluded.people`, [rows.map((row) => row.list), rows.map((row) => row.bucket), rows.map((row) => row.people)]);
}

/** Begins to count anew: everybody is about to be screened again. */
export async function forgetScores(tx: Tx): Promise<void> {
  await tx.query('delete from screening.best_score');
}

/** One step of a threshold. */
export interface ScoreStep {
  /** In hundredths. */
  readonly bucket: number;
  readonly people: number;
}

/** People by their best score with a list, from the highest down. */
export async function readScores(db: Db, list: string): Promise<ScoreStep[]> {
  return (await db.query<ScoreStep>('select bucket, people from screening.best_score where list = $1 order by bucket desc', [list])).rows;
}

/** Hits of a list by score in hundredths and by what officers said of them. */
export async function readDecided(db: Db, list: string): Promise<{ readonly bucket: number; readonly confirmed: number; readonly cleared: number }[]> {
  return (await db.query<{ bucket: number; confirmed: number; cleared: number }>(
    `select floor(score * 100 + 1e-9)::int as bucket, count(*) filter (where state = 'confirmed')::int as confirmed, count(*) filter (where state = 'cleared')::int as cleared
     from screening.hit where list = $1 and state in ('confirmed', 'cleared') group by 1`, [list])).rows;
}
