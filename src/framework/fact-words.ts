/**
 * The words by which a pack's facts are told to people, in English and Urdu: labels, who owes and to whom, how
 * often, how long, and amounts. A value that nobody has set is called unset in both languages; what the house works
 * with meanwhile never stands without the word that the law has set none.
 */

import type { Quantity } from './compiled.ts';
import type { Worded } from './form-parts.ts';
import type { Length, LengthUnit } from './length.ts';
import { DAY_US, HOUR_US, MINUTE_US, formatPaisa } from '../terms/index.ts';

const w = (en: string, ur: string): Worded => ({ en, ur });

/** The words by table and name; a name that a table does not have is shown as it is written. */
const WORDS: Readonly<Record<string, Readonly<Record<string, Worded>>>> = {
  label: {
    allows: w('Allows', 'اجازت'), standing: w('May be called', 'کیا کہلا سکتا ہے'), from: w('From', 'کہاں سے'), to: w('To', 'کہاں تک'), way: w('Direction', 'سمت'), by: w('Caused by', 'کس کی طرف سے'), after: w('Only after', 'صرف اس کے بعد'),
    gates: w('Gates to be met', 'شرائطِ گزر'), approval: w('Approval', 'منظوری'), reasons: w('Reasons are told to', 'وجوہات کس کو'), shown: w('Shown by', 'ثبوت'), forms: w('Forms', 'فارم'), documents: w('Documents', 'دستاویزات'),
    roles: w('Key individuals', 'کلیدی افراد'), criteria: w('Criteria', 'معیار'), moment: w('Recorded moment', 'درج شدہ واقعہ'), before: w('Gates before', 'پہلے کی شرائطِ گزر'), stages: w('Stages', 'مراحل'), owedBy: w('Owed by', 'ذمہ دار'),
    role: w('Through', 'کے ذریعے'), owedTo: w('Owed to', 'کس کو'), time: w('Time', 'مدت'), timeSource: w('Source of the time', 'مدت کا ماخذ'), rhythm: w('How often', 'کتنی بار'), done: w('Done by', 'کیسے پوری ہوتی ہے'), threshold: w('From this on', 'اس حد سے'),
    start: w('Starts by', 'آغاز'), ends: w('When it has run out', 'مدت ختم ہونے پر'), answered: w('Answered by', 'جواب'), stop: w('Stands still', 'وقفہ'), value: w('Value', 'قدر'), use: w('Used for', 'استعمال'), off: w('Off while it is unset', 'مقرر نہ ہونے پر بند'),
    due: w('Due with', 'کب واجب'), refund: w('Refund', 'واپسی'), service: w('Service', 'خدمت'), measure: w('Counts', 'کیا گنا جاتا ہے'), window: w('Within', 'کے اندر'), against: w('Against', 'کس کے خلاف'), event: w('Moves a firm by', 'ادارے کا مرحلہ بدلتا ہے'),
    cap: w('At most', 'زیادہ سے زیادہ'), hearing: w('Hearing', 'سماعت'), notice: w('Notice', 'نوٹس'), expires: w('Ends by itself', 'خود ختم'), objection: w('Objection', 'اعتراض'), answer: w('Answer to an objection', 'اعتراض کا جواب'), appeal: w('Appeal', 'اپیل'),
    prison: w('Imprisonment, at most', 'قید، زیادہ سے زیادہ'), fine: w('Fine, at most', 'جرمانہ، زیادہ سے زیادہ'), profit: w('Of the profit', 'منافع کا'), turnover: w('Of yearly turnover', 'سالانہ کاروبار کا'), number: w('Number', 'نمبر'), not: w('Does not cover', 'شامل نہیں'),
    force: w('Force', 'اثر'), publisher: w('Published by', 'ناشر'),
  },
  standing: {
    none: w('no status', 'کوئی حیثیت نہیں'), applicant: w('an applicant', 'درخواست گزار'), noc: w('holder of a no-objection certificate, which is not a licence', 'این او سی کا حامل، جو لائسنس نہیں'), licence: w('licensed', 'لائسنس یافتہ'),
    sandbox: w('a sandbox tester, not licensed', 'سینڈباکس میں آزمائش، لائسنس نہیں'), letter: w('holder of a letter, not licensed', 'خط کا حامل، لائسنس نہیں'), suspended: w('suspended', 'معطل'), revoked: w('revoked', 'منسوخ'),
  },
  way: { forward: w('forward', 'آگے'), vary: w('within the stage', 'مرحلے کے اندر'), restore: w('undoes a sanction', 'پابندی کا خاتمہ'), sanction: w('sanction', 'پابندی'), end: w('out of the way', 'اخراج') },
  by: { firm: w('the firm', 'ادارہ'), authority: w('the authority', 'اتھارٹی'), clock: w('itself, when its time has run out', 'خود، مدت ختم ہونے پر'), outside: w('others', 'دیگر') },
  told: { authority: w('the authority', 'اتھارٹی'), firm: w('the firm', 'ادارہ'), public: w('the public', 'عوام') },
  shown: {
    filed: w('the forms and documents are in and complete', 'فارم اور دستاویزات مکمل جمع ہیں'), found: w('an officer finds so, with reasons', 'افسر وجوہات کے ساتھ قرار دے'), recorded: w('the moment is recorded with its evidence', 'واقعہ ثبوت کے ساتھ درج ہو'),
    screened: w('everyone named in the forms is clear', 'فارم میں نامزد ہر فرد صاف ہو'),
  },
  judged: { feed: w('the events that the firm reports', 'ادارے کے بھیجے واقعات'), screening: w('screening', 'جانچ'), filing: w('what is filed', 'جمع کرائی گئی دستاویز'), officer: w('an officer', 'افسر') },
  owedBy: {
    firm: w('the firm', 'ادارہ'), controller: w('whoever controls the firm', 'ادارے پر کنٹرول رکھنے والا'), issuer: w('the issuer', 'اجرا کنندہ'), applicant: w('the applicant', 'درخواست گزار'), affected: w('whoever is affected', 'متاثرہ فریق'),
    authority: w('the authority', 'اتھارٹی'), bank: w('the bank', 'بینک'),
  },
  owedTo: {
    authority: w('the authority', 'اتھارٹی'), fiu: w('the financial intelligence unit', 'مالیاتی انٹیلیجنس یونٹ'), counterparty: w('the counterparty', 'فریقِ ثانی'), internal: w('the firm itself', 'خود ادارہ'), public: w('the public', 'عوام'),
    customers: w('customers', 'صارفین'), tribunal: w('the tribunal', 'ٹریبونل'), court: w('the court', 'عدالت'), parliament: w('parliament', 'پارلیمان'), lists: w('lists', 'فہرستیں'),
  },
  rhythm: {
    once: w('once', 'ایک بار'), each: w('at each occurrence', 'ہر واقعے پر'), monthly: w('monthly', 'ماہانہ'), quarterly: w('quarterly', 'سہ ماہی'), yearly: w('yearly', 'سالانہ'), always: w('always', 'ہمیشہ'),
    directed: w('when the authority asks', 'اتھارٹی کے کہنے پر'), unset: w('unset', 'مقرر نہیں'),
  },
  doneBy: {
    form: w('the form', 'فارم'), event: w('the event', 'واقعہ'), report: w('a report to the financial intelligence unit', 'مالیاتی انٹیلیجنس یونٹ کو رپورٹ'), submission: w('a return or proof', 'گوشوارہ یا ثبوت'), notice: w('a notice', 'نوٹس'),
    conduct: w('conduct; it holds all the time', 'عمل؛ ہر وقت لازم'),
  },
  ends: { overdue: w('it is late', 'تاخیر شمار ہوتی ہے'), event: w('this happens by itself', 'یہ خود بخود ہوتا ہے'), open: w('the law does not say', 'قانون خاموش ہے') },
  against: { firm: w('a firm', 'ادارہ'), person: w('a person', 'فرد'), anyone: w('anyone', 'کوئی بھی') },
  use: { duties: w('obligations', 'ذمہ داریاں'), feed: w('the firms\' feed', 'اداروں کی فیڈ'), lists: w('lists', 'فہرستیں'), reports: w('reports', 'رپورٹیں'), rules: w('rules', 'قواعد'), shown: w('nothing; it is only shown', 'کچھ نہیں؛ صرف دکھایا جاتا ہے') },
  measure: {
    customers: w('customers', 'صارفین'), traded: w('value traded', 'تجارت کی مالیت'), 'paid-out': w('value paid out', 'ادا شدہ مالیت'), held: w('value held', 'زیرِ تحویل مالیت'), assets: w('assets', 'اثاثے'), leverage: w('leverage', 'لیوریج'), 'feed-lag': w('lag of the feed', 'فیڈ کی تاخیر'),
  },
  per: { firm: w('of one firm', 'فی ادارہ'), customer: w('of one customer', 'فی صارف') },
  bound: { ceiling: w('at most', 'زیادہ سے زیادہ'), floor: w('at least', 'کم از کم') },
  force: { freeze: w('freeze', 'منجمد'), review: w('review', 'جائزہ'), information: w('information', 'اطلاع') },
  scope: { none: w('no service', 'کوئی خدمت نہیں'), granted: w('the services that the firm\'s own grant names', 'وہ خدمات جو ادارے کے اپنے اجازت نامے میں درج ہیں') },
  second: { yes: w('a second person (rule of the house)', 'دوسرا فرد (نظام کا اپنا اصول)'), no: w('one person', 'ایک فرد') },
  hearing: { yes: w('yes', 'ہاں'), no: w('no', 'نہیں') },
  refund: { yes: w('refundable', 'قابلِ واپسی'), no: w('not refundable', 'ناقابلِ واپسی') },
  word: { 'at once': w('at once', 'فوراً'), promptly: w('promptly; no number is set', 'بلا تاخیر؛ کوئی عدد مقرر نہیں'), before: w('before', 'اس سے پہلے') },
  status: { prescribed: w('prescribed', 'مقرر شدہ'), draft: w('draft', 'مسودہ'), assumption: w('assumption', 'مفروضہ'), unset: w('unset', 'مقرر نہیں') },
};

/** The word of a table in both languages. */
export function wordOf(table: string, name: string): Worded {
  return WORDS[table]?.[name] ?? w(name, name);
}

export const UNSET: Worded = wordOf('status', 'unset');

/** Texts one after another, as lists are written in each language. */
export function joined(all: readonly Worded[], between: Worded = w(', ', '، ')): Worded {
  return { en: all.map((one) => one.en).join(between.en), ur: all.map((one) => one.ur).join(between.ur) };
}

/** What the house works with while the law has set nothing; it never stands without those words. */
export function meanwhile(value: Worded): Worded {
  return w(`unset; the house works with ${value.en}`, `مقرر نہیں؛ یہ نظام فی الحال اس پر چلتا ہے: ${value.ur}`);
}

const UNITS: Readonly<Record<LengthUnit, readonly [one: string, more: string, ur: string]>> = {
  hours: ['hour', 'hours', 'گھنٹے'], 'calendar-days': ['calendar day', 'calendar days', 'کیلنڈر دن'], 'working-days': ['working day', 'working days', 'ایامِ کار'], months: ['month', 'months', 'ماہ'], years: ['year', 'years', 'سال'],
};

/** A clock's length; `undefined` is unset. */
export function lengthWords(length: Length | undefined, isWorkingDefault: boolean): Worded {
  if (length === undefined) return UNSET;
  const said = length.kind === 'word' ? wordOf('word', length.word) : spanWords(length.count, length.unit);
  return isWorkingDefault ? meanwhile(said) : said;
}

function spanWords(count: number, unit: LengthUnit): Worded {
  const [one, more, ur] = UNITS[unit];
  return w(`${count} ${count === 1 ? one : more}`, `${count} ${ur}`);
}

/** Hundredths of a currency, for example PKR 1,000,000.00. */
export function moneyIn(currency: string, minor: number): Worded {
  const text = `${currency.replace('iso4217:', '')} ${formatPaisa(minor).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
  return w(text, text);
}

/** A measured value; unset is said, and what the house works with meanwhile says that it is that. */
export function measuredWords(currency: string, one: Quantity): Worded {
  if (one.value === undefined) return UNSET;
  const said = amountIn(currency, one.unit, one.value);
  return one.isWorkingDefault ? meanwhile(said) : said;
}

function amountIn(currency: string, unit: Quantity['unit'], value: number | string): Worded {
  if (typeof value === 'string') return w(value, value);
  switch (unit) {
    case 'money':
      return moneyIn(currency, value);
    case 'duration':
      return durationIn(value);
    case 'years':
      return spanWords(value, 'years');
    case 'ratio':
      return w(`${Number((value * 100).toFixed(2))}%`, `${Number((value * 100).toFixed(2))}%`);
    case 'count':
    case 'choice':
    case 'text':
      return w(value.toLocaleString('en'), value.toLocaleString('en'));
  }
}

function durationIn(microseconds: number): Worded {
  if (microseconds % DAY_US === 0) return w(`${microseconds / DAY_US} d`, `${microseconds / DAY_US} دن`);
  return microseconds % HOUR_US === 0 ? spanWords(microseconds / HOUR_US, 'hours') : w(`${microseconds / MINUTE_US} min`, `${microseconds / MINUTE_US} منٹ`);
}
