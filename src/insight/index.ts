/**
 * Every statistic, from the events themselves; and what other rules would have found in them.
 */
export { readAmended, readCorrections, readEvents, type EventPage, type EventRecord } from './events.ts';
export type { BatchPlace, EventFilter } from './event-query.ts';
export { flows, newestCopied, peopleByClass, tradedByDay, type Flow, type TradedDay } from './figures.ts';
export { insightMigrations } from './migrations.ts';
export { BacktestDesk, type BacktestGround } from './backtest.ts';
export { foldBacktest, type FoldOrder, type Folded, type TellFold } from './backtest-fold.ts';
export { listBacktests, type BacktestRow } from './backtest-store.ts';
export type { BacktestFound, Outcome, People } from './backtest-part.ts';
