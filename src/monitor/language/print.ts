/**
 * A rule as one line of text (`parse.ts` reads it back): for those who would rather write than click. Whatever tree is printed is read again as the same tree.
 *
 *   count[24h](near) >= structuring.count and sum[24h](near) >= record.threshold
 *   value / sum[7d](in) otherwise 0% >= 90% and not event is (trade|onboard)
 *
 * Windows stand in brackets, events in parentheses: `a|b` any of, `with c` and also, `without d` and not, `*` every event. Money is
 * `5 PKR`, time `90d`, `24h`, `15m`, `1s`, a share `12.5%`; a plain whole number counts; a name with a dot is a parameter.
 */

import type { Comparison, Condition, Literal, Number_, Where } from './form.ts';

/** The two comparisons as they are written. */
export const SIGNS: Readonly<Record<Comparison, string>> = { 'at-least': '>=', 'at-most': '<=' };
const MARKS = { plus: '+', minus: '-', times: '*', per: '/' } as const;
/** Units of time as they are written, in microseconds. */
export const TIME = [['d', 86_400e6], ['h', 3_600e6], ['m', 60e6], ['s', 1e6], ['us', 1]] as const;

/** The text of a condition. */
export function printCondition(node: Condition): string {
  switch (node.is) {
    case 'compare':
      return `${printNumber(node.left)} ${SIGNS[node.how]} ${printNumber(node.right)}`;
    case 'event-is':
      return `event is (${printWhere(node.where)})`;
    case 'not':
      return `not ${inParentheses(node.of, node.of.is === 'all' || node.of.is === 'any' || node.of.is === 'compare')}`;
    case 'all':
    case 'any':
      // A junction of one is kept as what it is: its text has the parentheses that say so.
      if (node.of.length === 1) return `${node.is}(${node.of.map(printCondition).join('')})`;
      return node.of.map((one) => inParentheses(one, one.is === 'all' || one.is === 'any')).join(node.is === 'all' ? ' and ' : ' or ');
  }
}

function inParentheses(node: Condition, needed: boolean): string {
  const text = printCondition(node);
  return needed && !(node.is === 'all' || node.is === 'any' ? node.of.length === 1 : false) ? `(${text})` : text;
}

/** The text of a number. */
export function printNumber(node: Number_): string {
  switch (node.is) {
    case 'feature':
      return `${node.what}[${node.window}](${printWhere(node.where)})`;
    case 'walk':
      return `${node.what}[${node.window}]`;
    case 'event':
      return node.what;
    case 'number':
      return printLiteral(node);
    case 'parameter':
      return node.name;
    case 'otherwise':
      return `${operand(node.value)} otherwise ${operand(node.instead)}`;
    default:
      return `${operand(node.left)} ${MARKS[node.is]} ${operand(node.right)}`;
  }
}

/** Arithmetic inside arithmetic stands in parentheses: nobody has to know which binds tighter. */
function operand(node: Number_): string {
  return 'left' in node || node.is === 'otherwise' ? `(${printNumber(node)})` : printNumber(node);
}

function printLiteral({ value, unit }: Literal): string {
  if (unit === 'count') return String(value);
  if (unit === 'paisa') return `${value / 100} PKR`;
  if (unit === 'ratio') return `${Number((value * 100).toPrecision(15))}%`;
  const [mark, size] = (value === 0 ? TIME[3] : TIME.find(([, length]) => value % length === 0)) ?? TIME[4];
  return `${value / size}${mark}`;
}

function printWhere({ any, all, none }: Where): string {
  const some = any.length === 0 ? '*' : any.join('|');
  return `${some}${all.length === 0 ? '' : ` with ${all.join(', ')}`}${none.length === 0 ? '' : ` without ${none.join(', ')}`}`;
}
