/**
 * Someone complained. Who, and in which words, lies sealed for the vault in objects, under the hash `sealed`; the entry
 * has only what triage needs: the kind, the firm if the register knows it, the loss that was claimed in hundredths of
 * the currency, and where triage sent it. `complaint` is the tracking number, which nobody can guess.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

/** Kinds of complaint. Their order is the form's. */
export const COMPLAINT_KINDS = ['withdrawal', 'fraud', 'impersonation', 'unlicensed', 'fees', 'identity', 'advertising', 'service', 'other'] as const;
/** Where triage sends a complaint: the firm answers first; the authority's officers; who warns of frauds; another authority. */
export const COMPLAINT_QUEUES = ['firm-first', 'conduct', 'warnings', 'elsewhere'] as const;

export const complaintReceived = entryKind({
  kind: 'complaint-received', version: 1, owner: 'register', readers: ['insight'], control: false,
  body: z.strictObject({
    complaint: z.string().regex(/^C-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/), kind: z.enum(COMPLAINT_KINDS), firm: z.string().optional(), lossMinor: z.number().int().min(0).optional(), queue: z.enum(COMPLAINT_QUEUES), sealed: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});
