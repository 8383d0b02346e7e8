/**
 * A rule in sentences, made from its tree, in English and Urdu: what a lawyer reads. The words say what the tree says and nothing more; a
 * threshold shows the value it has now. Digits are Latin in both languages.
 */

import type { WindowName } from '../engine/limits.ts';
import type { Attribute, Condition, Number_, Unit, Where } from './form.ts';

/** A sentence in both languages. */
export interface Sentence {
  readonly en: string;
  readonly ur: string;
}
/** What a parameter is worth now; nothing where it has no value. */
export type ValueOf = (parameter: string) => { readonly value: number; readonly unit: Unit } | undefined;

const both = (en: string, ur: string): Sentence => ({ en, ur });
const joined = (parts: readonly Sentence[], en: string, ur: string): Sentence => both(parts.map((part) => part.en).join(en), parts.map((part) => part.ur).join(ur));

const WINDOW_WORDS: Readonly<Record<WindowName, Sentence>> = {
  '1h': both('within one hour', 'ایک گھنٹے میں'), '24h': both('within 24 hours', '24 گھنٹوں میں'), '7d': both('within 7 days', '7 دنوں میں'), '30d': both('within 30 days', '30 دنوں میں'),
};

/** What events with an attribute are called where it stands alone, and what it adds where it stands beside another. */
const NOUNS: Readonly<Record<Attribute, Sentence>> = {
  in: both('receipts', 'وصولیاں'), out: both('payments out', 'روانہ ادائیگیاں'), trade: both('trades', 'تجارتیں'), private: both('withdrawals to private wallets', 'نجی والٹس کو رقوم'),
  near: both('movements just below the record threshold', 'ریکارڈ کی حد سے ذرا نیچے نقل و حرکت'), high: both('movements of high value', 'بڑی مالیت کی نقل و حرکت'), onboard: both('onboardings', 'شمولیتیں'),
  barred: both('events of a service that the firm\'s stage does not allow', 'ایسی خدمت کے واقعات جس کی ادارے کے مرحلے میں اجازت نہیں'), listed: both('movements with a wallet on a list', 'فہرست میں شامل والٹ سے نقل و حرکت'),
  fiat: both('movements of rupees', 'روپے کی نقل و حرکت'), chain: both('movements on chains', 'چین پر نقل و حرکت'), internal: both('movements between customers of one firm', 'ایک ادارے کے صارفین کے درمیان نقل و حرکت'),
  hosted: both('movements with other providers', 'دوسرے فراہم کنندگان سے نقل و حرکت'), cash: both('movements of cash', 'نقد کی نقل و حرکت'), stable: both('movements of stablecoins', 'سٹیبل کوائن کی نقل و حرکت'), privacy: both('movements of privacy coins', 'پرائیویسی کوائن کی نقل و حرکت'),
  hidden: both('movements through Tor, a VPN or a proxy', 'ٹور، وی پی این یا پراکسی سے نقل و حرکت'), card: both('movements by card', 'کارڈ سے نقل و حرکت'), untold: both('movements without whole travel-rule data', 'نامکمل ٹریول رول معلومات والی نقل و حرکت'),
};
const QUALITIES: Readonly<Record<Attribute, Sentence>> = {
  in: both('received', 'وصول شدہ'), out: both('paid out', 'روانہ شدہ'), trade: both('traded', 'تجارت شدہ'), private: both('to private wallets', 'نجی والٹس کو'), near: both('just below the record threshold', 'ریکارڈ کی حد سے ذرا نیچے'),
  high: both('of high value', 'بڑی مالیت کی'), onboard: both('onboarding', 'شمولیت'), barred: both('of a barred service', 'ممنوعہ خدمت کی'), listed: both('with a wallet on a list', 'فہرست کے والٹ سے'), fiat: both('in rupees', 'روپے میں'), chain: both('on chains', 'چین پر'),
  internal: both('between customers of the firm', 'ادارے کے صارفین کے درمیان'), hosted: both('with other providers', 'دوسرے فراہم کنندگان سے'), cash: both('in cash', 'نقد'), stable: both('in stablecoins', 'سٹیبل کوائن میں'), privacy: both('in privacy coins', 'پرائیویسی کوائن میں'),
  hidden: both('through Tor, a VPN or a proxy', 'ٹور، وی پی این یا پراکسی سے'), card: both('by card', 'کارڈ سے'), untold: both('without whole travel-rule data', 'نامکمل ٹریول رول معلومات کے ساتھ'),
};

/** Which events, in words. */
export function eventWords({ any, all, none }: Where): Sentence {
  const some = any.length === 0 ? both('events', 'واقعات') : joined(any.map((one) => NOUNS[one]), ' or ', ' یا ');
  const also = all.map((one) => QUALITIES[one]);
  const not = none.map((one) => QUALITIES[one]);
  const en = `${some.en}${also.map((one) => ` ${one.en}`).join('')}${not.length === 0 ? '' : `, but not ${not.map((one) => one.en).join(' or ')}`}`;
  const ur = `${some.ur}${also.length === 0 ? '' : ` (${also.map((one) => one.ur).join('، ')})`}${not.length === 0 ? '' : ` (${not.map((one) => one.ur).join('، ')} کے سوا)`}`;
  return both(en, ur);
}

/** The whole condition, in words. */
export function conditionWords(node: Condition, valueOf: ValueOf): Sentence {
  switch (node.is) {
    case 'compare': {
      const [left, right] = [numberWords(node.left, valueOf), numberWords(node.right, valueOf)];
      return node.how === 'at-least' ? both(`${left.en} is at least ${right.en}`, `${left.ur} کم از کم ${right.ur} ہو`) : both(`${left.en} is at most ${right.en}`, `${left.ur} زیادہ سے زیادہ ${right.ur} ہو`);
    }
    case 'event-is': {
      const words = eventWords(node.where);
      return both(`the event is one of the ${words.en}`, `واقعہ ان میں سے ہو: ${words.ur}`);
    }
    case 'not': {
      const inner = conditionWords(node.of, valueOf);
      return both(`it is not so that ${inner.en}`, `ایسا نہ ہو کہ ${inner.ur}`);
    }
    case 'all':
    case 'any': {
      const parts = node.of.map((one) => (one.is === 'all' || one.is === 'any' ? bracketed(conditionWords(one, valueOf)) : conditionWords(one, valueOf)));
      return node.is === 'all' ? joined(parts, ', and ', '، اور ') : joined(parts, ', or ', '، یا ');
    }
  }
}

const bracketed = (one: Sentence): Sentence => both(`(${one.en})`, `(${one.ur})`);

/** A number, in words. */
function numberWords(node: Number_, valueOf: ValueOf): Sentence {
  switch (node.is) {
    case 'feature': {
      const [which, when] = [eventWords(node.where), WINDOW_WORDS[node.window]];
      return node.what === 'count' ? both(`the number of ${which.en} ${when.en}`, `${when.ur} ${which.ur} کی تعداد`) : both(`the sum of ${which.en} ${when.en}`, `${when.ur} ${which.ur} کا مجموعہ`);
    }
    case 'walk': {
      const when = WINDOW_WORDS[node.window];
      return both(`${WALKS[node.what].en} ${when.en}`, `${when.ur} ${WALKS[node.what].ur}`);
    }
    case 'event':
      return OF_EVENT[node.what];
    case 'number':
      return valueWords(node.value, node.unit);
    case 'parameter': {
      const known = valueOf(node.name);
      return known === undefined ? both(`${node.name} (unset)`, `\u2066${node.name}\u2069 (مقرر نہیں)`) : valueWords(known.value, known.unit);
    }
    case 'otherwise': {
      // What stands instead of a missing share is nothing to a reader: nought of nothing.
      if (node.value.is === 'per' && node.instead.is === 'number' && node.instead.value === 0) return numberWords(node.value, valueOf);
      const [value, instead] = [numberWords(node.value, valueOf), numberWords(node.instead, valueOf)];
      return both(`${value.en} (${instead.en} where there is none)`, `${value.ur} (نہ ہو تو ${instead.ur})`);
    }
    default: {
      const [left, right] = [numberWords(node.left, valueOf), numberWords(node.right, valueOf)];
      if (node.is === 'per') return both(`${left.en}, as a share of ${right.en},`, `${right.ur} میں سے ${left.ur} کا حصہ`);
      return both(`${left.en} ${ARITHMETIC[node.is].en} ${right.en}`, `${left.ur} ${ARITHMETIC[node.is].ur} ${right.ur}`);
    }
  }
}

const WALKS = {
  senders: both('the number of different senders', 'مختلف بھیجنے والوں کی تعداد'), receivers: both('the number of different receivers', 'مختلف وصول کنندگان کی تعداد'),
  elsewhere: both('what was received at other firms', 'دوسرے اداروں پر وصول رقم'), 'left-here': both('what left at this firm', 'اس ادارے سے روانہ رقم'),
} as const;
const OF_EVENT = {
  value: both('the value of the event', 'واقعے کی مالیت'), silence: both('the time since the movement before', 'پچھلی نقل و حرکت سے وقفہ'), age: both('the time since the first onboarding', 'پہلی شمولیت سے گزرا وقت'),
} as const;
const ARITHMETIC = { plus: both('plus', 'جمع'), minus: both('minus', 'منفی'), times: both('times', 'ضرب') } as const;

const SPANS = [[86_400e6, 'day', 'days', 'دن'], [3_600e6, 'hour', 'hours', 'گھنٹے'], [60e6, 'minute', 'minutes', 'منٹ'], [1e6, 'second', 'seconds', 'سیکنڈ']] as const;

/** A value with its unit. */
export function valueWords(value: number, unit: Unit): Sentence {
  const text = (size: number): string => size.toLocaleString('en', { maximumFractionDigits: 2 });
  switch (unit) {
    case 'count':
      return both(text(value), text(value));
    case 'paisa':
      return both(`PKR ${text(value / 100)}`, `\u2066PKR ${text(value / 100)}\u2069`);
    case 'ratio':
      return both(`${text(value * 100)}%`, `\u2066${text(value * 100)}%\u2069`);
    case 'duration': {
      const [size, one, many, ur] = SPANS.find(([length]) => value >= length && value % length === 0) ?? SPANS[3];
      const n = value / size;
      return both(`${text(n)} ${n === 1 ? one : many}`, `${text(n)} ${ur}`);
    }
  }
}
