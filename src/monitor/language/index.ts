/**
 * The language of rules: a door of its own, for whoever writes rules or shows them and runs none.
 */
export { checkRule, type ToldFault } from './check-rule.ts';
export { parseCondition } from './parse.ts';
export { printCondition } from './print.ts';
export { conditionWords, eventWords } from './wording.ts';
