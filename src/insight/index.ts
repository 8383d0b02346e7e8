/**
 * Every statistic, from the events themselves.
 */
export { readAmended, readCorrections, readEvents, type EventPage, type EventRecord } from './events.ts';
export type { BatchPlace, EventFilter } from './event-query.ts';
export { flows, newestCopied, tradedByDay, type Flow, type TradedDay } from './figures.ts';
