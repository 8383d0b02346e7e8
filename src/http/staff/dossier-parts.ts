/** What the dossiers' routes share: a firm that was opened for a reader, and the words of a source. */

import type { Answer } from '../../contract/console.ts';
import type { Source } from '../../framework/index.ts';
import type { Dossier, Firm } from '../../licensing/index.ts';
import type { FirmCard } from './directory.ts';

/** A firm with its dossier, as the reader may see it. */
export interface Opened {
  readonly card: FirmCard;
  readonly firm: Firm;
  readonly dossier: Dossier;
}

/** Status and clause of a source. */
export function sourceShape({ status, clause }: Pick<Source, 'status' | 'clause'>): Answer<'dossier'>['steps'][number]['provenance'] {
  return { status, clause };
}
