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
    if (state.people.events(person) > 0) lines.push(`${state.people.hex(person)} ${hashPerson(state, person)}`);
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
  const { people, records } = state;
  const cut = cutOf(state, person);
  const hash = createHash('sha256');
  let movedAt = people.droppedMovedAt(person);
  for (let r = people.tail(person); r !== 0; r = records.before(r)) {
    if (records.at(r) >= cut) hash.update(recordLine(state, r));
    else if ((records.classes(r) & MOVES) !== 0) movedAt = Math.max(movedAt, records.at(r));
  }
  hash.update([people.onboardedAt(person), people.firstSeenAt(person), people.lastSeenAt(person), people.events(person), people.profile(person), people.profileAt(person)].join(' '));
  hash.update(` ${movedAt}\n`);
  const amendments = (state.amendments.get(person) ?? []).filter((one) => one.at >= cut);
  for (const line of amendments.map((one) => `${one.firm} ${one.hi} ${one.lo} ${one.leg} ${one.targetHi} ${one.targetLo} ${one.seq} ${one.at}\n`).sort()) hash.update(line);
  const findings = (state.findings.get(person) ?? []).filter((one) => one.settled && one.at >= cut);
  for (const line of findings.map((one) => `${one.id} ${one.digest}\n`).sort()) hash.update(line);
  return hash.digest('hex');
}

function recordLine(state: State, r: number): string {
  const c = state.records;
  return `${[c.at(r), c.firm(r), c.hashHi(r), c.hashLo(r), c.paisa(r), c.partyHi(r), c.partyLo(r), c.kind(r), c.service(r), c.classes(r)].join(' ')} ${c.flags(r) & FLAG.secondLeg}\n`;
}
