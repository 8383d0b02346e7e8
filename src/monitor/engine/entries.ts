/**
 * Control entries between batches. Law that takes effect in the past is applied to what is already known:
 * the events it reaches are classed again and their people folded again. A merge joins two people: the
 * absorbed id's findings are withdrawn, its events enter the surviving id's chain, and that is folded.
 */

import type { Entry, EventBatch } from '../../log/index.ts';
import { assert } from '../../terms/index.ts';
import { standingClasses } from './amend.ts';
import { discard, doubt, reclass } from './chain.ts';
import { CLASS } from './classes.ts';
import type { ControlState, Effect, Fetched } from './control.ts';
import type { FindingChange } from './finding.ts';
import { LATENESS_MAX_US } from './limits.ts';
import { idWords } from './people.ts';
import { refold, settle } from './settle.ts';
import { reserve, type State } from './state.ts';
import { adopt, type Outcome, type Owns } from './step.ts';

/** Rows of an absorbed person, read back from the log of whichever partition held them. */
export interface History {
  readonly events: EventBatch;
  readonly indexes: readonly number[];
}

/** Applies one control entry to the law and to the state, then settles to the entry's instant. */
export function applyEntry(state: State, law: ControlState, entry: Entry, fetched: Fetched & { readonly history?: readonly History[] }, owns: Owns): Outcome {
  const history = fetched.history ?? [];
  if (!reserve(state, history.reduce((sum, one) => sum + one.indexes.length, 1))) return { full: true };
  const effect = law.apply(entry, fetched);
  const changes: FindingChange[] = [];
  if (effect.kind === 'reconsider') reconsider(state, law, effect);
  if (effect.kind === 'merge') merge(state, law, effect, history, owns, changes);
  settle(state, law, entry.admittedAt - LATENESS_MAX_US, changes);
  return { full: false, decided: 0, changes };
}

/** Classes known events again from an instant on. New rules put everybody with such an event in doubt. */
function reconsider(state: State, law: ControlState, effect: Extract<Effect, { kind: 'reconsider' }>): void {
  if (effect.from > state.newestAt) return;
  const { records, people } = state;
  for (let person = 1; person < people.next; person++) {
    for (let r = people.tail(person); r !== 0 && records.at(r) >= effect.from; r = records.before(r)) {
      if ((effect.firm !== null && records.firm(r) !== effect.firm) || (records.classes(r) & CLASS.void) !== 0) continue;
      reclass(state, person, r, standingClasses(state, law, r));
      if (effect.rules) doubt(state, person, records.at(r));
    }
  }
}

function merge(state: State, law: ControlState, effect: Extract<Effect, { kind: 'merge' }>, history: readonly History[], owns: Owns, changes: FindingChange[]): void {
  assert(effect.from !== effect.into, 'a person is merged into another');
  const from = state.people.find(idWords(effect.from), 0);
  if (from !== 0) forget(state, from, changes);
  if (!owns(Number.parseInt(effect.into.slice(0, 2), 16))) return;
  const words = idWords(effect.into);
  const into = state.people.find(words, 0) || state.people.add(words, 0);
  for (const { events, indexes } of history) adopt(state, into, events, indexes, law);
  refold(state, law, into, state.watermark, changes);
}

/** Forgets an absorbed person: findings are withdrawn, records given back. The row stays, empty. */
function forget(state: State, person: number, changes: FindingChange[]): void {
  const { people, records, windows } = state;
  for (const standing of state.findings.get(person) ?? []) {
    standing.gone = true;
    changes.push({ change: 'withdrawn', id: standing.id, state: 'withdrawn' });
  }
  state.walks.drop(person);
  state.findings.delete(person);
  state.amendments.delete(person);
  let record = people.head(person);
  while (record !== 0) {
    const next = records.after(record);
    discard(state, record);
    record = next;
  }
  const block = people.block(person);
  if (block !== 0) windows.give(block);
  people.clear(person);
}
