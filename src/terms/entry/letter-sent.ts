/**
 * A letter between authority and firm; its text and attachments are objects by hash. `role`: a question waits for an
 * answer and stops the clocks that the framework stops meanwhile; `answers` names the question's entry.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const letterSent = entryKind({
  kind: 'letter-sent', version: 1, owner: 'licensing', readers: [], control: false,
  body: z.strictObject({
    firm: z.string(), from: z.enum(['authority', 'firm']), role: z.enum(['letter', 'question', 'answer', 'decision']), subject: z.string().max(200), text: z.string(), attachments: z.array(z.string()).max(20), answers: z.number().int().optional(),
  }),
});
