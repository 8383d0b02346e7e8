/** An asset enters the register with its decimals and class; amounts in it are accepted from here on. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const assetRegistered = entryKind({
  kind: 'asset-registered', version: 1, owner: 'intake', readers: ['monitor', 'insight'], control: false,
  body: z.strictObject({ id: z.string(), symbol: z.string(), decimals: z.number().int().min(0).max(30), class: z.enum(['fiat', 'stable', 'coin', 'privacy', 'token']) }),
});
