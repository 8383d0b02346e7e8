/**
 * The second moment. When the watermark passes the time from which a person is in doubt, everything from
 * there on is computed again in event order by the same code that decided it, and only the difference
 * leaves: added, said anew, withdrawn. Then findings whose events the watermark has passed are confirmed.
 * A person whose events came in order is never computed twice.
 */

import { assert } from '../../terms/index.ts';
import { doubtOf, valuesAt } from './chain.ts';
import { evaluate, type Raised, type ValuesAt } from './evaluate.ts';
import type { FindingChange, FindingState } from './finding.ts';
import type { Law } from './law.ts';
import { PERSON } from './people.ts';
import type { Standing, State } from './state.ts';

/** Moves the watermark and settles what it passed. It never moves back. */
export function settle(state: State, law: Law, watermark: number, out: FindingChange[]): void {
  const frontier = state.watermark;
  state.watermark = Math.max(frontier, watermark);
  for (;;) {
    const person = state.dirty.take(state.watermark);
    if (person === undefined) break;
    refold(state, law, person, frontier, out);
  }
  for (;;) {
    const standing = state.unsettled.take(state.watermark);
    if (standing === undefined) break;
    if (standing.gone || standing.settled) continue;
    standing.settled = true;
    out.push({ change: 'confirmed', id: standing.id, state: 'settled' });
  }
}

/** Computes a person again from where it is in doubt to the newest record. `frontier`: events up to it were settled before. */
export function refold(state: State, law: Law, person: number, frontier: number, out: FindingChange[]): void {
  const { people, records } = state;
  const from = doubtOf(state, person);
  if (from === 0) return;
  people.doubts.delete(person);
  people.unmark(person, PERSON.inDoubt);
  let start = 0;
  for (let r = people.tail(person); r !== 0 && records.at(r) >= from; r = records.before(r)) start = r;
  const stood = state.findings.get(person) ?? [];
  const kept = stood.filter((finding) => finding.at < from);
  const old = stood.slice(kept.length);
  const again = start === 0 ? [] : foldAgain(state, law, person, start, kept);
  emitDifference(state, old, again, frontier, out);
  if (kept.length === 0) state.findings.delete(person);
  else state.findings.set(person, kept);
}

/** Evaluates every record from `start` on; `kept` grows by the findings that stand. */
function foldAgain(state: State, law: Law, person: number, start: number, kept: Standing[]): Raised[] {
  const { windows, people, records } = state;
  const block = people.block(person);
  const raised: Raised[] = [];
  if (block !== 0) windows.seek(block, start, people.tail(person));
  for (let r = start; r !== 0; r = records.after(r)) {
    if (block !== 0) windows.advance(0, r);
    raised.push(...evaluate(state, law, person, r, block === 0 ? valuesAt : inScratch, kept));
  }
  assert(block === 0 || windows.agrees(block), 'a person folded again has the windows that were kept');
  return raised;
}

/** The scratch block was slid to the record. */
const inScratch: ValuesAt = () => 0;

/** Old findings that do not stand are withdrawn; new ones are raised; those that say other numbers are revised. */
function emitDifference(state: State, old: readonly Standing[], again: readonly Raised[], frontier: number, out: FindingChange[]): void {
  const before = new Map(old.map((standing) => [standing.id, standing]));
  for (const { standing, finding } of again) {
    const known = before.get(standing.id);
    before.delete(standing.id);
    if (known !== undefined) known.gone = true;
    const isSame = known?.digest === standing.digest;
    standing.settled = isSame ? known.settled : standing.at <= frontier;
    if (!standing.settled) state.unsettled.add(standing.at, standing);
    if (isSame) continue;
    const stateNow: FindingState = standing.at <= frontier ? 'corrected' : 'provisional';
    out.push({ change: known === undefined ? 'added' : 'revised', id: standing.id, state: stateNow, finding, digest: standing.digest });
  }
  for (const gone of before.values()) {
    gone.gone = true;
    out.push({ change: 'withdrawn', id: gone.id, state: 'withdrawn' });
  }
}
