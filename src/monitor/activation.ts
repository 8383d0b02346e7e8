/**
 * Bringing rules into force: the document of the newest rules under a pack's parameters is put into
 * objects, and an entry commits to it. Events before the first rule set are judged by the first.
 */

import { append, type Entry, type Objects, type Tx } from '../log/index.ts';
import type { Instant } from '../terms/index.ts';
import type { Parameters } from './engine/rule.ts';
import { ruleDocument } from './rules/rule-set.ts';

/** Who brings which parameters into force, from when, and on what basis. */
export interface Activation {
  /** Values of the pack (`ruleParametersAt`). A rule that lacks one is off. */
  readonly parameters: Parameters;
  readonly effectiveFrom: Instant;
  readonly actor: string;
  readonly second?: string;
  readonly basis: string;
}

/** Activates the newest version of every rule. The object is on disk before the entry is appended. */
export async function activateRules(tx: Tx, objects: Objects, now: Instant, activation: Activation): Promise<Entry<'rule-set-activated'>[]> {
  const { bytes, hash, rules } = ruleDocument(activation.parameters);
  await objects.put(bytes);
  const { actor, second, basis, effectiveFrom } = activation;
  return append(tx, now, [{ kind: 'rule-set-activated', actor, ...(second === undefined ? {} : { second }), basis, body: { hash, effectiveFrom, rules } }]);
}
