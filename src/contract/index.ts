/**
 * Routes and shapes, safe in a browser: one zod source for types, validation, OpenAPI and forms.
 */
export {
  EVENTS_PER_REQUEST_MAX, EVENT_BYTES_MAX, EVENT_VERSION, REQUEST_BYTES_MAX, eventSchema, type Access, type Event, type EventInput, type MovementEvent,
  type Profile,
} from './event.ts';
export { eventCheck } from './event-check.ts';
export { enrolmentBody, type AuthorityAnswer, type EnrolmentAnswer } from './firm.ts';
export { openApi } from './openapi.ts';
