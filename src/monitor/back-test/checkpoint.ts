/**
 * A back-test between two slices, as bytes: how far it is, what it has found, and the engine's own snapshot. It saves time
 * and proves nothing: bytes that are of another form are no checkpoint, and the back-test begins anew.
 */

import { z } from 'zod';

const MAGIC = 0x3142_474b;

const profileSchema = z.strictObject({ ageBand: z.string(), province: z.string(), incomeClass: z.string(), riskClass: z.string(), isCompany: z.boolean(), isPep: z.boolean() });
const findingSchema = z.strictObject({
  id: z.string(), rule: z.string(), version: z.number(), person: z.string(), firm: z.number(), event: z.string(), at: z.number(), firms: z.array(z.number()), values: z.array(z.number()), profile: profileSchema, digest: z.string(),
});
/**
 * A finding of a back-test: rule, person (32 hex digits), the event by firm number and id, firms whose events are behind it, and the measures' values in the rule's
 * order. `profile`: the person's classes as they were known then, by the names of `terms`; empty where nothing was said.
 */
export type BackTestFinding = z.output<typeof findingSchema>;

const headSchema = z.strictObject({
  order: z.strictObject({ rules: z.string(), from: z.number(), to: z.number(), since: z.number().nullable() }), pass: z.number(), passes: z.number(), readTo: z.number(), rows: z.number(), rowsTotal: z.number(), done: z.boolean(),
  found: z.array(findingSchema),
});
type Head = z.output<typeof headSchema>;

/** Head and snapshot as bytes. */
export function packCheckpoint(head: Head, state: Uint8Array): Uint8Array {
  const text = Buffer.from(JSON.stringify(head));
  const start = Buffer.alloc(8);
  start.writeUInt32LE(MAGIC, 0);
  start.writeUInt32LE(text.length, 4);
  return Buffer.concat([start, text, state]);
}

/** What `packCheckpoint` packed; `undefined` for anything else. */
export function unpackCheckpoint(bytes: Uint8Array): { readonly head: Head; readonly state: Uint8Array } | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < 8 || all.readUInt32LE(0) !== MAGIC) return undefined;
  const end = 8 + all.readUInt32LE(4);
  if (end > all.length) return undefined;
  const json: unknown = JSON.parse(all.toString('utf8', 8, end));
  const head = headSchema.safeParse(json);
  return head.success ? { head: head.data, state: all.subarray(end) } : undefined;
}
