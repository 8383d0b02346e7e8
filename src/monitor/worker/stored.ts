/**
 * A batch as the log stores it, stepped. Whatever goes wrong inside one is a broken invariant: this process
 * must decide nothing more, and a batch that has done so twice is set aside.
 */

import { decodeBatch, type StoredBatch } from '../../log/index.ts';
import { BrokenInvariant, type Instant } from '../../terms/index.ts';
import type { Law } from '../engine/law.ts';
import type { State } from '../engine/state.ts';
import { step, type Outcome, type Owns } from '../engine/step.ts';

/** Decodes and steps a batch as admitted at an instant. Throws a `BrokenInvariant` that names it. */
export function stepStored(state: State, law: Law, batch: StoredBatch, admittedAt: Instant, owns?: Owns): Outcome {
  try {
    return step(state, { events: decodeBatch(batch.bytes), admittedAt }, law, owns);
  } catch (error) {
    const broken = new BrokenInvariant(`batch ${batch.partition}/${batch.offset} of ${batch.firm} cannot be decided: ${error instanceof Error ? error.message : String(error)}`);
    broken.cause = error;
    throw broken;
  }
}
