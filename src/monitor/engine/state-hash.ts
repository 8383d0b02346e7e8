/**
 * One hash over what shards know, the same however people were spread over them and in whatever order
 * events came: people by id, each with its records within the horizon, its row, its corrections and its
 * settled findings. What differs by accident of arrival (slots, cursors, records kept a little longer,
 * provisional findings) is left out.
 */

import { createHash } from 'node:crypto';
import { FLAG } from '../../terms/index.ts';
import { cutOf } from './chain.ts';
import { MOVES } from './classes.ts';
import type { State } from './state.ts';

/** SHA-256 over all people of all shards, hex. */
export function hashStates(states: readonly State[]): string {
  return hashLines(states.flatMap(peopleLines));
}

/** `id hash` of each person of a shard: what a state's hash is made of. */
export function peopleLines(state: State): string[] {
  const lines: string[] = [];
  for (let person = 1; person < state.people.next; person++) {
    if ((state.people.columns.events[person] ?? 0) > 0) lines.push(`${state.people.hex(person)} ${hashPerson(state, person)}`);
  }
  return lines;
}

/** SHA-256 over lines in their order as text, hex: people as `id hash`, settled findings as `id digest`. */
export function hashLines(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of [...lines].sort()) hash.update(`${line}\n`);
  return hash.digest('hex');
}

function hashPerson(state: State, person: number): string {
  const people = state.people.columns;
  const { at, prev, classes } = state.records.columns;
  const cut = cutOf(state, person);
  const hash = createHash('sha256');
  let movedAt = people.droppedMovedAt[person] ?? 0;
  for (let r = people.tail[person] ?? 0; r !== 0; r = prev[r] ?? 0) {
    if ((at[r] ?? 0) >= cut) hash.update(recordLine(state, r));
    else if (((classes[r] ?? 0) & MOVES) !== 0) movedAt = Math.max(movedAt, at[r] ?? 0);
  }
  hash.update([people.onboardedAt, people.firstSeenAt, people.lastSeenAt, people.events, people.profile, people.profileAt].map((column) => column[person]).join(' '));
  hash.update(` ${movedAt}\n`);
  const amendments = (state.amendments.get(person) ?? []).filter((one) => one.at >= cut);
  for (const line of amendments.map((one) => `${one.firm} ${one.hi} ${one.lo} ${one.leg} ${one.targetHi} ${one.targetLo} ${one.seq} ${one.at}\n`).sort()) hash.update(line);
  const findings = (state.findings.get(person) ?? []).filter((one) => one.settled && one.at >= cut);
  for (const line of findings.map((one) => `${one.id} ${one.digest}\n`).sort()) hash.update(line);
  return hash.digest('hex');
}

function recordLine(state: State, r: number): string {
  const c = state.records.columns;
  return [c.at, c.firm, c.hashHi, c.hashLo, c.paisa, c.partyHi, c.partyLo, c.kind, c.service, c.classes].map((column) => column[r]).join(' ')
    + ` ${(c.flags[r] ?? 0) & FLAG.secondLeg}\n`;
}
