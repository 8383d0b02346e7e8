/** An alert was opened for a subject by its first finding: the number that people use is from here on its own. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const alertRaised = entryKind({
  kind: 'alert-raised', version: 1, owner: 'alerts', readers: ['cases', 'insight'], control: false,
  body: z.strictObject({ alert: z.string(), subject: z.string(), finding: z.string() }),
});
