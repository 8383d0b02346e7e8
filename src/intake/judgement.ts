/**
 * What a line becomes, without a house: a door for whoever judges events of others by intake's own rules.
 */
export { parseEvent, type ParsedLine } from './parse-line.ts';
export { AssetBook } from './rates.ts';
export { rowsOf, type Known, type RowOutcome } from './row.ts';
