/** The ten rules of the fake nation, worded as the real table words them: title, indicator, clause, text, innocent explanation. */
import type { Finding, Worded } from '../../src/contract/console.ts';
import { w } from './nation-firms.ts';

export type FakeRule = Finding['rule'] & { readonly innocent: Worded };
const fatf = (en: string, ur: string): Worded => w(`FATF, Virtual Assets Red Flag Indicators, Sept 2020: ${en}`, `FATF، ورچوئل اثاثوں کے خطرے کے اشارے، ستمبر 2020: ${ur}`);
const own = w('Nigran’s own rule; no instrument names it', 'نگران کا اپنا قاعدہ؛ کسی دستاویز میں نہیں');

const rule = (id: string, indicator: string | null, title: Worded, clause: Worded, text: Worded, innocent: Worded): FakeRule => ({ id, version: 3, indicator, title, clause, text, innocent });
const size = fatf('transactions, size and frequency', 'لین دین کا حجم اور تعداد');
const patterns = fatf('transaction patterns', 'لین دین کے سلسلے');

export const rules = {
  manyIn: rule('many-in-one-out', 'RF-P6', w('Many wallets in, one private wallet out', 'کئی والٹ اندر، ایک نجی والٹ باہر'), patterns,
    w('Within 24 h at least 8 different wallets send in, and at least 90 % of it leaves to one private wallet.', '24 گھنٹے میں کم از کم 8 مختلف والٹ بھیجتے ہیں، اور کم از کم 90 فیصد ایک نجی والٹ کو جاتا ہے۔'),
    w('Someone who trades person to person for family or a shop gathers payments from many wallets and moves them to a hardware wallet for safe keeping. It would show as proof that the wallet is their own, and a declared turnover that covers the sum.', 'جو شخص خاندان یا دکان کے لیے فرد سے فرد سودا کرتا ہے وہ کئی والٹ سے ادائیگیاں جمع کر کے حفاظت کے لیے اپنے ہارڈ‌ویئر والٹ میں رکھتا ہے۔ اس کا ثبوت یہ ہوگا کہ والٹ اسی کا ہے اور ظاہر کردہ کاروبار اس رقم کے برابر ہے۔')),
  private: rule('straight-to-private', 'RF-T4c', w('Deposit straight to a private wallet', 'جمع ہوتے ہی نجی والٹ کو'), size,
    w('At least 90 % of a deposit leaves to a private wallet within 2 h.', 'جمع کا کم از کم 90 فیصد 2 گھنٹے میں نجی والٹ کو جاتا ہے۔'), w('Many keep their own keys and use an exchange only to buy.', 'بہت سے لوگ اپنی کلیدیں خود رکھتے ہیں اور ایکس‌چینج صرف خریداری کے لیے استعمال کرتے ہیں۔')),
  pass: rule('pass-through-firms', null, w('Pass-through between two firms', 'دو اداروں سے گزر'), own,
    w('At least 80 % of what comes in at one firm leaves from another within 3 h.', 'ایک ادارے میں آنے والے کا کم از کم 80 فیصد 3 گھنٹے میں دوسرے ادارے سے نکلتا ہے۔'), w('A better price at another firm is a common reason to move a balance.', 'دوسرے ادارے میں بہتر قیمت رقم منتقل کرنے کی عام وجہ ہے۔')),
  structuring: rule('structuring', 'RF-T1', w('Structuring under the draft PKR 1,000,000', 'مجوزہ PKR 1,000,000 سے ذرا کم حصے'), size,
    w('In 24 h at least 4 deposits between 90 % and 100 % of the threshold.', '24 گھنٹے میں حد کے 90 سے 100 فیصد کے درمیان کم از کم 4 جمع۔'), w('A bank’s own daily limit for transfers makes such parts too.', 'بینک کی اپنی یومیہ حد بھی ایسے ہی حصے بناتی ہے۔')),
  burst: rule('burst', 'RF-T2', w('Burst of activity', 'اچانک تیز سرگرمی'), size, w('One hour holds ten times the usual count.', 'ایک گھنٹے میں معمول سے دس گنا۔'), w('Prices that move fast make everyone trade more.', 'تیزی سے بدلتی قیمتوں میں سب زیادہ سودے کرتے ہیں۔')),
  dormant: rule('dormant-wake', 'RF-P3', w('Dormant account wakes with a large deposit', 'خاموش کھاتہ بڑی رقم سے جاگا'), patterns, w('Nothing for 180 days, then a deposit above the usual.', '180 دن کچھ نہیں، پھر معمول سے بڑی رقم۔'), w('A long journey, an illness or a new salary account.', 'لمبا سفر، بیماری یا تنخواہ کا نیا کھاتہ۔')),
  drain: rule('new-user-drain', 'RF-U2', w('New customer drains the whole balance', 'نیا گاہک پورا بقایا نکالتا ہے'), fatf('anomalies of the user', 'صارف کی بے قاعدگیاں'), w('Within a day of onboarding 95 % leaves.', 'اندراج کے ایک دن میں 95 فیصد نکل جاتا ہے۔'), w('A first purchase that is moved to one’s own wallet.', 'پہلی خریداری جو اپنے والٹ میں رکھی جائے۔')),
  listed: rule('sanctioned-wallet', 'RF-S1', w('Deposit from a listed wallet', 'فہرست میں شامل والٹ سے جمع'), fatf('source of funds', 'رقم کا ماخذ'), w('The other wallet stands on a list in force.', 'دوسرا والٹ نافذ فہرست میں ہے۔'), w('Dust that a listed wallet sends to many, unasked.', 'معمولی رقم جو فہرست کا والٹ بے طلب بہت سوں کو بھیجتا ہے۔')),
  service: rule('service-not-permitted', null, w('Service outside the stage: lending', 'مرحلے سے باہر خدمت: قرض'), w('NOC reg. 2.3', 'NOC ضابطہ 2.3'), w('An event names a service that the firm’s stage does not open.', 'واقعہ ایسی خدمت بتاتا ہے جو ادارے کے مرحلے میں کھلی نہیں۔'), w('A wrongly labelled event of a service that is open.', 'کھلی خدمت کا غلط نام والا واقعہ۔')),
} as const;
export type RuleKey = keyof typeof rules;
