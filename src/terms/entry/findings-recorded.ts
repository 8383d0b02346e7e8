/** Findings of one worker commit: their count and hash; the rows lie in the monitor's table. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const findingsRecorded = entryKind({
  kind: 'findings-recorded', version: 2, owner: 'monitor', readers: ['alerts', 'insight'], control: false,
  body: z.strictObject({ partition: z.number().int(), from: z.number().int(), to: z.number().int(), decided: z.number().int(), findings: z.number().int(), sha256: z.string(), engine: z.string() }),
});
