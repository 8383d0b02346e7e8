/**
 * The life of a freeze: the authority orders it, the firm freezes and says so, somebody may complain of being taken for
 * another; when the match is over the authority orders the release, and the firm releases and says so. The table is
 * total: what stands in no cell is refused.
 */

import { append, lockLedger, type Tx } from '../../log/index.ts';
import { reject, type EntryBody, type Instant, type Rejection } from '../../terms/index.ts';
import { applyToHits } from './fold.ts';

type State = 'ordered' | 'acknowledged' | 'to-release' | 'release-ordered' | 'released';
/** What may be done to a freeze. */
export type FreezeAct = EntryBody<'asset-freeze-moved'>['act'];

/** In which states an act is open, and whose it is. */
const OPEN: Readonly<Record<FreezeAct, { readonly side: 'firm' | 'authority'; readonly states: readonly State[]; readonly contested?: boolean }>> = {
  acknowledge: { side: 'firm', states: ['ordered'] },
  complain: { side: 'authority', states: ['ordered', 'acknowledged'], contested: false },
  refuse: { side: 'authority', states: ['ordered', 'acknowledged'], contested: true },
  // Only when the match is over: two officers found another person, or the list let the entry go.
  'order-release': { side: 'authority', states: ['to-release'] },
  release: { side: 'firm', states: ['release-ordered'] },
};

const NOTE_LENGTH_MAX = 2_000;
const BASIS = 'a freeze on a list match';

/** Acts that are open on a freeze to one side. */
export function openFreezeActs(freeze: { readonly state: string; readonly contested: boolean }, side: 'firm' | 'authority'): FreezeAct[] {
  return (['acknowledge', 'complain', 'refuse', 'order-release', 'release'] as const).filter((act) => {
    const open = OPEN[act];
    return open.side === side && open.states.some((state) => state === freeze.state) && (open.contested === undefined || open.contested === freeze.contested);
  });
}

/** Moves a freeze on; gives the entry. `firm`: whose people act, or undefined for the authority. */
export async function moveFreeze(tx: Tx, now: Instant, wanted: { readonly freeze: number; readonly act: FreezeAct; readonly note: string; readonly complaint?: string }, by: { readonly account: string; readonly firm?: string }): Promise<number | Rejection> {
  const { freeze, act, note, complaint } = wanted;
  await lockLedger(tx, now);
  const found = (await tx.query<{ firm: string; state: State; contested: boolean }>('select firm, state, contested from screening.asset_freeze where id = $1 for update', [freeze])).rows[0];
  if (found === undefined || (by.firm !== undefined && by.firm !== found.firm)) return reject('NOT_FOUND');
  if (note.length > NOTE_LENGTH_MAX || (note.trim() === '' && act !== 'acknowledge' && act !== 'release')) return reject('DECISION_INVALID', 'note');
  if (!openFreezeActs(found, by.firm === undefined ? 'authority' : 'firm').includes(act)) return reject('DECISION_STALE');
  const [entry] = await append(tx, now, [{ kind: 'asset-freeze-moved', actor: by.account, basis: BASIS, body: { freeze, act, note, ...(complaint === undefined ? {} : { complaint }) } }]);
  if (entry === undefined) return reject('CAPACITY');
  await applyToHits(tx, entry);
  return entry.index;
}
