/**
 * The language of rules: a door of its own, for whoever writes rules or shows them and runs none.
 */
export { printCondition } from './print.ts';
export { conditionWords, eventWords } from './wording.ts';
