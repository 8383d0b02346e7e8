/**
 * What can be wrong with a rule: a code, the place in the tree, and a remedy. The list is closed; a rule with a fault
 * is not published.
 */

/** Codes with their remedies. */
export const RULE_FAULTS = {
  FORM_WRONG: 'Write the node in one of the forms of the reference page.',
  TREE_TOO_LARGE: 'Split the rule: a rule that cannot be read on one screen cannot be defended.',
  TREE_TOO_DEEP: 'Flatten nested conditions, or split the rule.',
  UNIT_MISMATCH: 'Compare and add like with like: money with money, time with time, counts with counts.',
  PARAMETER_UNKNOWN: 'Use a parameter of the framework pack, or add it there with its source and status.',
  PARAMETER_UNSET: 'The pack leaves this parameter unset and gives no working default; the rule stays off until it has a value.',
  PARAMETER_PRESCRIBED: 'The law prescribes this value: it changes with its instrument, in the next revision of the framework pack.',
  VALUE_WRONG: 'Give one whole number from zero up for a count, an amount or a time, and from 0% to 1000% for a share.',
  MISSING_UNHANDLED: 'Say what holds where the value is missing: write "… otherwise …".',
  DIVISOR_ZERO: 'The divisor is zero, always; choose another.',
  OVERFLOW: 'The value can pass 2^53, where whole numbers end; use a shorter window or a share.',
  THRESHOLD_OUT_OF_RANGE: 'No value of the other side reaches this threshold; choose one within its range.',
  ALWAYS_TRUE: 'Strike the condition: it holds for every event.',
  UNREACHABLE: 'The rule can never fire: two of its conditions exclude each other.',
  EVENTS_NEVER: 'No event has these attributes together.',
  SUBSUMED: 'Another rule fires whenever this one does; keep one of the two, or say what this one adds.',
  TOO_COSTLY: 'The rule costs more than a rule may; use fewer walks or features that other rules already have.',
  TEXT_UNSAFE: 'Take out control and direction characters, and write the name in plain letters of its language.',
  TEXT_EMPTY: 'Give title and innocent explanation in both languages.',
  TEXT_SYNTAX: 'Mend the expression at the place that is named.',
} as const;
export type RuleFaultCode = keyof typeof RULE_FAULTS;

/** One fault. `place`: the path in the tree, or the position in a text. */
export interface RuleFault {
  readonly code: RuleFaultCode;
  readonly place: string;
  readonly detail: string;
}
