/** The first entry of every ledger: which authority this installation serves, and under which pack. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const installationOpened = entryKind({
  kind: 'installation-opened', version: 1, owner: 'log', readers: ['licensing', 'register'], control: true,
  body: z.strictObject({ authority: z.string(), framework: z.string(), frameworkHash: z.string(), synthetic: z.boolean(), partitions: z.number().int() }),
});
