/**
 * A firm filed a document, or the next version of one: its bytes as an object by hash. `document` is the part of
 * the framework that it is, or `annex` and a number for what a form refers to. `searchable`: text was found on
 * its pages. `board`: hash of the evidence that the board approved it.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const documentFiled = entryKind({
  kind: 'document-filed', version: 1, owner: 'licensing', readers: ['obligations'], control: false,
  body: z.strictObject({
    firm: z.string(), document: z.string().max(60), n: z.number().int().min(1), title: z.string().max(200), label: z.string().max(40), language: z.enum(['en', 'ur']), sha256: z.string(), bytes: z.number().int(), pages: z.number().int(), searchable: z.boolean(),
    board: z.string().optional(),
  }),
});
