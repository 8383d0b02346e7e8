/** What a hit rests on, strongest first: an equal number, more than the name, the name alone. */

import type { EntryBody } from '../../terms/index.ts';
import type { Weighed } from '../match/matcher.ts';
import { EVIDENCE_POLICY } from '../match/policy.ts';

/** The class of evidence of a weighed pair. */
export function groundOf({ features }: Weighed): EntryBody<'screening-hit'>['ground'] {
  if (features.some((each) => each.feature === 'identifier' && each.evidence >= EVIDENCE_POLICY.identifier.weight)) return 'number';
  return features.some((each) => each.evidence > 0) ? 'evidence' : 'name';
}
