/**
 * Is somebody there? An open page reads by itself when the house says that something changed; only what a person
 * touched keeps a session awake. A page that was just opened counts as touched.
 */
import { now } from './clock.ts';
import { MINUTE_US } from '../src/terms/index.ts';

let touchedAt = now();

/** Microseconds since the last key or touch. */
export function untouchedUs(): number {
  return now() - touchedAt;
}

/** A key or a touch within the last minute: the server writes down at most once a minute that a session is awake. */
export function isAttended(): boolean {
  return untouchedUs() < MINUTE_US;
}

const kinds = ['keydown', 'pointerdown', 'wheel', 'touchstart'] as const;

/** Watches keys and touches; gives the way to stop. */
export function watchPresence(): () => void {
  const touch = (): void => { touchedAt = now(); };
  touch();
  for (const kind of kinds) addEventListener(kind, touch, { passive: true, capture: true });
  return () => {
    for (const kind of kinds) removeEventListener(kind, touch, { capture: true });
  };
}
