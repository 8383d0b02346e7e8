/**
 * What a cap that was passed is called, and what it weighs. A cap is no rule of ours: it is law, by the pack or by a
 * decision about the firm, and the finding cites it; only its words and its weight towards an alert stand here.
 */

import type { RuleTerm, Unit, Worded } from '../engine/rule.ts';
import { MEASURE_NAMES, RULES } from '../rules/table.ts';

const CLAUSE = 'the limit of the framework, or the decision that set it';
/** Breaking a condition of one's grant weighs as much as a service that the stage does not allow. */
const WEIGHT = 50;

/** What a cap is on: how screens call the figure, and its unit. */
interface CapRule extends RuleTerm {
  readonly figure: { readonly code: string; readonly unit: Unit };
}

const EVERY_EVENT = { any: [], all: [], none: [] } as const;

const cap = (id: string, code: string, unit: Unit, title: Worded, innocent: Worded): CapRule => ({
  id, version: 1, title, indicator: null, clause: CLAUSE, weight: WEIGHT, subject: 'firm', crossFirm: false, on: EVERY_EVENT, when: { is: 'event-is', where: EVERY_EVENT, code }, quiet: '', innocent,
  figure: { code, unit },
});

const COUNT_INNOCENT: Worded = { en: 'Accounts opened twice for one person, or customers taken over with a decision that is not entered yet.', ur: 'ایک شخص کے دو کھاتے، یا ایسے صارفین جو کسی ایسے فیصلے سے منتقل ہوئے جو ابھی درج نہیں۔' };

/** One for each measure that a cap can have. */
const LIMIT_RULES: readonly CapRule[] = [
  cap('cap-customers', 'capCustomers', 'count', { en: 'More customers than the firm may have', ur: 'ادارے کے صارفین اجازت سے زیادہ' }, COUNT_INNOCENT),
  cap('cap-traded', 'capTraded', 'paisa', { en: 'More traded than the firm may', ur: 'ادارے کی تجارت اجازت سے زیادہ' },
    { en: 'A single large trade that the firm had announced, or a price that was reported wrongly.', ur: 'ایک بڑی تجارت جس کا پہلے سے بتایا گیا تھا، یا غلط بتائی گئی قیمت۔' }),
  cap('cap-paid-out', 'capPaidOut', 'paisa', { en: 'More paid out than the firm may', ur: 'ادائیگی اجازت سے زیادہ' },
    { en: 'The return of one deposit in several parts, or a payment that was reported twice under two ids.', ur: 'ایک رقم کی کئی حصوں میں واپسی، یا دو شناختوں سے دو بار بتائی گئی ادائیگی۔' }),
  cap('cap-assets', 'capAssets', 'count', { en: 'More assets than the firm may offer', ur: 'اثاثے اجازت سے زیادہ' },
    { en: 'An asset that a customer sent unasked, or one asset reported under two names.', ur: 'ایسا اثاثہ جو صارف نے بن مانگے بھیجا، یا ایک اثاثہ جو دو ناموں سے بتایا گیا۔' }),
];

/** What each measure is called on screens. */
const LIMIT_MEASURE_NAMES: Readonly<Record<string, Worded>> = {
  capCustomers: { en: 'Customers', ur: 'صارفین' },
  capTraded: { en: 'Traded', ur: 'تجارت' },
  capPaidOut: { en: 'Paid out', ur: 'ادائیگی' },
  capAssets: { en: 'Assets', ur: 'اثاثے' },
};

/** The rule of a limit's measure. */
export function limitRule(measure: string): CapRule | undefined {
  return LIMIT_RULES.find((rule) => rule.id === `cap-${measure}`);
}

/** Rules of events and caps of firms together: what a finding can be of. */
export const EVERY_RULE: readonly RuleTerm[] = [...RULES, ...LIMIT_RULES];
/** What each of their measures is called. */
export const EVERY_MEASURE_NAME: Readonly<Record<string, Worded>> = { ...MEASURE_NAMES, ...LIMIT_MEASURE_NAMES };
