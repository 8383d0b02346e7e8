/**
 * A shard's state as bytes, so that a restart need not read the whole log: typed columns as they lie in
 * memory, what is rare as JSON, all of it zstd level 1. Windows and free lists come back as they were, so
 * the steps after a restart are the steps that would have been. Refuses another engine version or layout:
 * then the log is read from its start.
 */

import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { assert, canonicalJson } from '../../terms/index.ts';
import { ENGINE_VERSION } from './limits.ts';
import type { Plan } from './measure.ts';
import { People } from './people.ts';
import { RECORD } from './records.ts';
import { openState, type State, type StateOptions } from './state.ts';

const MAGIC = 0x3153474e;
/** How rows, records, texts and blocks lie in memory; another layout is folded anew from the log. */
const LAYOUT = 2;

const standing = z.strictObject({
  id: z.string(), rule: z.string(), version: z.number(), scope: z.number(), person: z.number(), at: z.number(), firm: z.number(), hi: z.number(), lo: z.number(), leg: z.number(),
  primary: z.number(), digest: z.string(), settled: z.boolean(), gone: z.boolean(),
});
const amendment = z.strictObject({
  firm: z.number(), targetHi: z.number(), targetLo: z.number(), leg: z.number(), seq: z.number(), hi: z.number(), lo: z.number(), at: z.number(), record: z.number(),
});
const listed = z.strictObject({ list: z.string(), entry: z.string(), version: z.string(), force: z.enum(['freeze', 'review', 'information']) });
const headSchema = z.strictObject({
  engine: z.string(), layout: z.literal(LAYOUT), plan: z.string(), blocksFree: z.array(z.number()), droppedLater: z.array(z.tuple([z.number(), z.number()])), doubts: z.array(z.tuple([z.number(), z.number()])), people: z.number(), records: z.number(), free: z.number(), live: z.number(), texts: z.number(), blocks: z.number(),
  watermark: z.number(), newestAt: z.number(), beyondReach: z.number(), repeated: z.number(), textFree: z.array(z.number()),
  findings: z.array(z.tuple([z.number(), z.array(standing)])), amendments: z.array(z.tuple([z.number(), z.array(amendment)])), listed: z.array(z.tuple([z.number(), listed])),
  lengths: z.array(z.number()),
});

const planText = (plan: Plan): string => canonicalJson(plan.features.map((feature) => [feature.what, feature.any, feature.all, feature.none, feature.window]));

/** Columns with how many elements of each are in use, in a fixed order. */
function columnsOf(state: State): { bytes: Uint8Array }[] {
  const { people, records, texts, windows } = state;
  const used = (column: Float64Array | Uint32Array, count: number) => ({ bytes: new Uint8Array(column.buffer, column.byteOffset, count * column.BYTES_PER_ELEMENT) });
  return [
    used(people.words, people.next * (People.rowBytes / 4)), used(people.aside, people.next * People.asideDoubles), used(records.words, records.next * RECORD.words), used(texts.words, texts.units * 2),
    used(windows.values, windows.next * windows.stride), used(windows.cursors, windows.next * windows.width),
  ];
}

/** The state as bytes. */
export function takeSnapshot(state: State): Uint8Array {
  const columns = columnsOf(state);
  const head = Buffer.from(JSON.stringify({
    engine: ENGINE_VERSION, layout: LAYOUT, plan: planText(state.plan), blocksFree: state.windows.free, droppedLater: [...state.people.droppedLater], doubts: [...state.people.doubts], people: state.people.next, records: state.records.next, free: state.records.free, live: state.records.live,
    texts: state.texts.units, blocks: state.windows.next, watermark: state.watermark, newestAt: state.newestAt, beyondReach: state.beyondReach, repeated: state.repeated,
    textFree: [...state.texts.free], findings: [...state.findings], amendments: [...state.amendments], listed: [...state.listed], lengths: columns.map(({ bytes }) => bytes.length),
  } satisfies z.input<typeof headSchema>));
  const start = Buffer.alloc(8);
  start.writeUInt32LE(MAGIC, 0);
  start.writeUInt32LE(head.length, 4);
  return zstdCompressSync(Buffer.concat([start, head, ...columns.map(({ bytes }) => bytes)]), { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/** The state that `takeSnapshot` wrote; `undefined` when another engine or layout wrote it. */
export function readSnapshot(bytes: Uint8Array, options: StateOptions): State | undefined {
  const plain = zstdDecompressSync(bytes);
  assert(plain.readUInt32LE(0) === MAGIC, 'a snapshot starts with its magic');
  const headLength = plain.readUInt32LE(4);
  const text: unknown = JSON.parse(plain.toString('utf8', 8, 8 + headLength));
  const parsed = headSchema.safeParse(text);
  if (!parsed.success || parsed.data.engine !== ENGINE_VERSION || parsed.data.plan !== planText(options.plan)) return undefined;
  const head = parsed.data;
  const state = openState({ ...options, people: head.people });
  const { people, records, texts, windows } = state;
  if (head.people > people.capacity) people.grow(head.people);
  if (head.records > records.capacity) records.grow(head.records);
  if (head.texts > texts.capacity) texts.grow(head.texts);
  if (head.blocks > windows.capacity) windows.grow(head.blocks);
  restoreCounters(state, head);
  let offset = 8 + headLength;
  for (const [i, { bytes: column }] of columnsOf(state).entries()) {
    const length = head.lengths[i] ?? 0;
    assert(length === column.length, 'a column of the snapshot has the length of its place');
    column.set(plain.subarray(offset, offset + length));
    offset += length;
  }
  assert(offset === plain.length, 'a snapshot is as long as its columns');
  state.people.reindex();
  restoreRare(state, head);
  return state;
}

function restoreCounters(state: State, head: z.output<typeof headSchema>): void {
  state.people.next = head.people;
  state.records.next = head.records;
  state.records.free = head.free;
  state.records.live = head.live;
  state.texts.units = head.texts;
  state.texts.free.set(head.textFree);
  state.windows.next = head.blocks;
  state.watermark = head.watermark;
  state.newestAt = head.newestAt;
  state.beyondReach = head.beyondReach;
  state.repeated = head.repeated;
}

function restoreRare(state: State, head: z.output<typeof headSchema>): void {
  for (const [person, list] of head.findings) {
    state.findings.set(person, list);
    for (const one of list) if (!one.settled) state.unsettled.add(one.at, one);
  }
  for (const [person, list] of head.amendments) state.amendments.set(person, list);
  for (const [record, wallet] of head.listed) state.listed.set(record, wallet);
  state.windows.free.push(...head.blocksFree);
  for (const [person, at] of head.droppedLater) state.people.droppedLater.set(person, at);
  for (const [person, at] of head.doubts) {
    state.people.doubts.set(person, at);
    state.dirty.add(at, person);
  }
}
