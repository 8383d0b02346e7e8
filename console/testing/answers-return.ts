/** An annual return of the fake nation: one number that agrees, one that differs, one that only the firm can say. */
import type { Answer } from '../../src/contract/console.ts';
import { nowUs } from './nation-events.ts';
import { firms, w } from './nation-firms.ts';

export function returnAnswer(code: string, year: number): Answer<'amlReturn'> {
  const firm = firms.find((one) => one.firm.code === code)?.firm ?? { code, name: w(code, code), invented: true };
  const filter = { firm: firm.code, kind: 'customer-onboarded,opening-load', from: `${year}-01-01`, to: `${year}-12-31` };
  const field = (name: string, label: [string, string], computed: number | null, filed: number | null): Answer<'amlReturn'>['fields'][number] => ({
    section: 'customers', field: name, label: w(...label), figure: computed === null ? null : `customers.${name}`, word: computed === null, means: computed === null ? null : w('Counted once each', 'ہر ایک ایک بار'), computed, filed,
    differs: computed !== null && filed !== null && filed !== computed, events: computed === null ? [] : ['c-1', 'c-2', 'c-3'].slice(0, computed), eventsTotal: computed ?? 0, filter: computed === null ? null : filter,
  });
  return {
    asOf: nowUs, firm, year, form: 'x1', title: w('Annual return', 'سالانہ گوشوارہ'), filed: { entry: 700, at: nowUs, n: 1, about: String(year) },
    fields: [field('onboarded', ['Customers onboarded', 'شامل صارفین'], 3, 3), field('high-risk', ['Of high risk', 'زیادہ خطرے والے'], 2, 1), field('refused', ['Customers refused', 'رد کیے گئے صارفین'], null, 4)],
  };
}
