/** A hit is over by itself: the entry has left its list or says something else, the person was stated anew or erased. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const screeningReleased = entryKind({
  kind: 'screening-released', version: 1, owner: 'screening', readers: ['obligations', 'insight'], control: false,
  body: z.strictObject({
    hit: z.number().int().min(0), reason: z.enum(['delisted', 'entry-changed', 'erased']),
    /** Version of the list that brought it about. */
    version: z.string().max(200).optional(),
  }),
});
