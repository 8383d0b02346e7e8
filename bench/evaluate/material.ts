/**
 * What detectors are judged on: activity as rows that intake would have made, in the order in which firms send it,
 * beside labels that say which events were planted. Two sources give it: a nation from a seed, and files of others.
 *
 * People are known here by a key of their identity, as the vault would know them; a firm's own reference of a
 * customer never joins two firms. The first four hex digits of a key are zeros: a firm's own view puts its number there.
 */

import { createHash } from 'node:crypto';
import type { Event } from '../../src/contract/index.ts';
import type { EventRow } from '../../src/log/index.ts';
import type { Law } from '../../src/monitor/engine/index.ts';

/** Rows of one event with the instant at which the door had it. */
export interface Arrival {
  readonly rows: readonly EventRow[];
  readonly sentAt: number;
}

/** One planted case: its people by key, its events as `firm number/event id`. */
export interface Case {
  readonly id: string;
  readonly typology: string;
  readonly tuned: boolean;
  readonly crossFirm: boolean;
  /** Numbers of the firms whose events it has. */
  readonly firms: readonly number[];
  readonly people: ReadonlySet<string>;
  /** Microseconds UTC. */
  readonly from: number;
  readonly to: number;
}

/** A line that was not judged, and why. */
export interface Unread {
  readonly line: number;
  readonly code: string;
  readonly detail: string;
}

/** Everything that a judge needs. */
export interface Material {
  readonly law: Law;
  /** Weight of each rule in a score. */
  readonly weights: ReadonlyMap<string, number>;
  /** Customers whom nothing introduces. */
  readonly strangers: number;
  /** Once. */
  arrivals(): Iterable<Arrival>;
  /** After the arrivals were read to their end. */
  cases(): readonly Case[];
  unread(): readonly Unread[];
}

/** Key of a person: 32 hex digits, the first four of them zeros. */
export function personKey(identity: string): string {
  return `0000${createHash('sha256').update(identity).digest('hex').slice(0, 28)}`;
}

/** Does this kind of event say who a customer is? */
export function introduces(event: Pick<Event, 'kind'>): boolean {
  return event.kind === 'customer-onboarded' || event.kind === 'opening-load' || event.kind === 'customer-changed';
}
