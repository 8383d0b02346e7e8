/** The watermark passed: findings that late events added or withdrew. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const findingsSettled = entryKind({
  kind: 'findings-settled', version: 2, owner: 'monitor', readers: ['alerts', 'insight'], control: false,
  body: z.strictObject({ partition: z.number().int(), watermark: z.number().int(), added: z.number().int(), withdrawn: z.number().int(), sha256: z.string(), engine: z.string().optional() }),
});
