/** How a live figure stands to its limit, and how that is said. */
import type { FirmAnswer, Provenance } from '../src/contract/console.ts';
import { numberOf } from './charts/places.ts';

/** Share of a ceiling from which a live figure is called near. It is how the screen speaks, no limit of the law. */
const nearShare = 0.9;

export type Limit = FirmAnswer['limits'][number];

/** Does it bind? Law does, and what the authority decided about the firm; a draft or an assumption reminds. */
export function binds(of: Provenance): boolean {
  return of.status === 'prescribed' || of.status === 'decided';
}

/** Inside, near or past a limit. Past an `assumption` or `draft` is a reminder, never a breach (DESIGN §7). */
export function limitTone(limit: Limit): { tone: 'met' | 'due' | 'breach' | 'wait'; word: 'inside' | 'near' | 'past' | 'none'; share: number | null } {
  const live = numberOf(limit.live);
  const bound = numberOf(limit.limit);
  if (live === null || bound === null || bound === 0) return { tone: 'wait', word: 'none', share: null };
  const share = live / bound;
  const isPast = limit.bound === 'ceiling' ? share > 1 : share < 1;
  if (isPast) return { tone: binds(limit.provenance) ? 'breach' : 'due', word: 'past', share };
  return limit.bound === 'ceiling' && share >= nearShare ? { tone: 'due', word: 'near', share } : { tone: 'met', word: 'inside', share };
}
