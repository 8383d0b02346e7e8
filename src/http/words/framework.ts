/** What the framework's page says beside the framework's own words, in English and Urdu. */

import type { FrameworkAnswer, FrameworkInstrument, FrameworkRow } from '../../contract/console.ts';

type Worded = { readonly en: string; readonly ur: string };
const w = (en: string, ur: string): Worded => ({ en, ur });

/** What each part of the framework is called. */
export const PART_TITLES: Readonly<Record<FrameworkAnswer['parts'][number]['kind'], Worded>> = {
  stage: w('Stages, and what each allows', 'مراحل، اور ہر ایک کی اجازت'), step: w('What moves a firm', 'ادارے کا مرحلہ کیسے بدلتا ہے'), gate: w('Gates', 'شرائطِ گزر'), condition: w('Conditions', 'شرائط'),
  limit: w('Limits', 'حدود'), obligation: w('Duties', 'ذمہ داریاں'), clock: w('Clocks', 'مدتیں'), parameter: w('Parameters', 'پیمانے'), rung: w('Enforcement ladder', 'نفاذ کے درجے'), offence: w('Offences', 'جرائم'), fee: w('Fees', 'فیس'),
  capital: w('Capital', 'سرمایہ'), retention: w('How long records are kept', 'ریکارڈ کتنا عرصہ رکھا جاتا ہے'), service: w('Services', 'خدمات'), form: w('Forms', 'فارم'), document: w('Documents', 'دستاویزات'), role: w('Key individuals', 'کلیدی افراد'),
  criterion: w('Criteria', 'معیار'), warning: w('Warnings', 'تنبیہات'), list: w('Lists', 'فہرستیں'), holiday: w('Holidays', 'تعطیلات'),
};

export const STATUS_WORDS: Readonly<Record<FrameworkRow['status'], Worded>> = {
  prescribed: w('prescribed', 'مقرر شدہ'), draft: w('draft, not law', 'مسودہ، قانون نہیں'), assumption: w('assumption, not law', 'مفروضہ، قانون نہیں'), unset: w('unset', 'مقرر نہیں'),
};

export const EVIDENCE_WORDS: Readonly<Record<FrameworkRow['evidence'], Worded>> = {
  quoted: w('quoted: read where the instrument is quoted', 'منقول: جہاں دستاویز نقل ہوئی وہاں پڑھا گیا'), reported: w('reported by a secondary source', 'ثانوی ذریعے سے معلوم'), recalled: w('recalled, not looked up', 'یادداشت سے، دیکھا نہیں گیا'),
  ours: w('this system\'s own', 'اس نظام کا اپنا'),
};

export const INSTRUMENT_STATES: Readonly<Record<FrameworkInstrument['state'], Worded>> = {
  'in-force': w('in force', 'نافذ'), lapsed: w('no longer in force', 'اب نافذ نہیں'), coming: w('not yet in force', 'ابھی نافذ نہیں'), draft: w('draft, not law', 'مسودہ، قانون نہیں'), none: w('not law', 'قانون نہیں'),
};

export const PAGE_WORDS = {
  heading: w('The framework in force', 'نافذ فریم ورک'), other: w('اردو', 'English'), contents: w('Contents', 'فہرست'), sources: w('How good the sources are', 'ماخذ کتنے معتبر ہیں'),
  flags: w('Conflicts in the law', 'قانون میں تضادات'), flagsNote: w('Shown as they stand; this system does not resolve them.', 'جیسے ہیں ویسے دکھائے گئے؛ یہ نظام انہیں حل نہیں کرتا۔'), crosswalk: w('From lapsed instruments to those in force', 'ختم شدہ قانون سے نافذ قانون تک'),
  instruments: w('Instruments', 'قانونی دستاویزات'), what: w('What', 'کیا'), says: w('It says', 'متن'), status: w('Status', 'حیثیت'), clause: w('Clause and detail', 'شق اور تفصیل'), about: w('About', 'موضوع'), evidence: w('Known', 'کیسے معلوم'),
  note: w('Note', 'نوٹ'), inForce: w('In force', 'نفاذ'), from: w('from {day}', '{day} سے'), span: w('from {from} until {to}', '{from} سے {to} تک'), coming: w('from {day}, not yet in force', '{day} سے، ابھی نافذ نہیں'),
  binds: w('binds: late is a breach', 'لازم: تاخیر خلاف ورزی ہے'), reminds: w('only reminds', 'صرف یاد دہانی'), past: w('{n} values that are no longer in force are left out here; they stand in the data.', '{n} قدریں جو اب نافذ نہیں یہاں نہیں؛ وہ ڈیٹا میں ہیں۔'),
  asOf: w('In force on {day}. Revision {revision}; content hash', '{day} کو نافذ۔ نظرثانی {revision}؛ مواد کا ہیش'), json: w('The same as data (JSON)', 'یہی بطور ڈیٹا (JSON)'), concerns: w('Concerns', 'متعلقہ'), replaces: w('Is now', 'اب'), was: w('Was', 'پہلے'),
  legend: w('Prescribed: an instrument in force sets it. Draft and assumption are not law. Unset: nobody has set it.', 'مقرر شدہ: نافذ قانون نے طے کیا۔ مسودہ اور مفروضہ قانون نہیں۔ مقرر نہیں: کسی نے طے نہیں کیا۔'),
  synthetic: w('Demonstration installation. The framework is real as far as its sources go; every firm figure elsewhere is invented.', 'مظاہرے کی تنصیب۔ فریم ورک اپنے ماخذ کی حد تک حقیقی ہے؛ باقی ہر جگہ اداروں کے اعداد فرضی ہیں۔'),
} as const satisfies Readonly<Record<string, Worded>>;
