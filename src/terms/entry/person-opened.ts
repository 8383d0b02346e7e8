/** An officer opened a person's page: who looked at whom, and on what ground. The page names nobody. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const personOpened = entryKind({
  kind: 'person-opened', version: 1, owner: 'access', readers: ['insight'], control: false,
  body: z.strictObject({ person: z.string(), alert: z.string().optional() }),
});
