/**
 * The quick yes for events, made of the event's own schema.
 */

import { z } from 'zod';
import { eventSchema, type Event } from './event.ts';
import { checkOf } from './quick-check.ts';

/** Makes a check that is true only of what `eventSchema` takes as it stands; false says nothing: ask the schema. */
export function eventCheck(): (value: unknown) => value is Event {
  const check = checkOf(z.toJSONSchema(eventSchema, { io: 'output' }), 'kind');
  return (value): value is Event => check(value);
}
