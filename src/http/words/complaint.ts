/** What the complaint form and its answers say, in English and Urdu, and the words of the market's page. */

import type { Complaint } from '../../register/index.ts';
import type { EntryBody } from '../../terms/index.ts';

type Worded = { readonly en: string; readonly ur: string };
type Received = EntryBody<'complaint-received'>;
const w = (en: string, ur: string): Worded => ({ en, ur });

/** Kinds, in the order of the form. */
export const KIND_WORDS: Readonly<Record<Received['kind'], Worded>> = {
  withdrawal: w('My money or assets are not paid out', 'میری رقم یا اثاثے واپس نہیں ملے'), fraud: w('I was defrauded', 'میرے ساتھ فراڈ ہوا'), impersonation: w('Somebody pretends to be a firm', 'کوئی کسی کمپنی کا بہروپ بھر رہا ہے'), unlicensed: w('Somebody offers services without permission', 'کوئی بغیر اجازت خدمات دے رہا ہے'),
  fees: w('Fees or prices', 'فیس یا قیمت'), identity: w('My identity or account is misused', 'میری شناخت یا اکاؤنٹ کا غلط استعمال'), advertising: w('Misleading advertising', 'گمراہ کن تشہیر'), service: w('Poor service', 'ناقص خدمت'), other: w('Something else', 'کچھ اور'),
};

/** What happens next, by where triage sent it. */
export const QUEUE_WORDS: Readonly<Record<Received['queue'], Worded>> = {
  'firm-first': w('Complain to the firm first, if you have not: it must answer you. If it does not, or you do not agree, the authority goes on with your complaint.', 'پہلے کمپنی سے شکایت کریں، اگر نہیں کی: اسے جواب دینا ہے۔ جواب نہ ملے یا آپ متفق نہ ہوں تو اتھارٹی آپ کی شکایت پر کارروائی کرے گی۔'),
  conduct: w('An officer of the authority reads your complaint.', 'اتھارٹی کا افسر آپ کی شکایت پڑھے گا۔'), warnings: w('The officers who warn the public read your complaint. Send no more money. If money was taken from you, report it to the police too.', 'عوام کو خبردار کرنے والے افسر آپ کی شکایت پڑھیں گے۔ مزید رقم نہ بھیجیں۔ رقم گئی ہو تو پولیس کو بھی بتائیں۔'),
  elsewhere: w('This may be for another authority. An officer reads it and tells you here where it went.', 'یہ کسی اور ادارے کا معاملہ ہو سکتا ہے۔ افسر پڑھ کر یہاں بتائے گا کہ کہاں بھیجا گیا۔'),
};

export const STATE_WORDS: Readonly<Record<Complaint['state'], Worded>> = { received: w('Received', 'موصول'), referred: w('Referred', 'آگے بھیجی گئی'), closed: w('Closed', 'نمٹا دی گئی') };
export const OUTCOME_WORDS: Readonly<Record<NonNullable<EntryBody<'complaint-moved'>['outcome']>, Worded>> = {
  upheld: w('upheld', 'درست پائی گئی'), 'partly-upheld': w('upheld in part', 'جزوی طور پر درست'), 'not-upheld': w('not upheld', 'درست نہیں پائی گئی'), 'not-for-the-authority': w('not for this authority', 'اس اتھارٹی کے دائرے میں نہیں'), withdrawn: w('withdrawn', 'واپس لی گئی'),
};

export const COMPLAINT_WORDS = {
  title: w('Complain', 'شکایت'), lead: w('Tell the authority about a firm, a website or a person that offers virtual assets. You get a number at once. What you write is sealed: only officers who handle complaints can open it, and each opening is recorded.', 'ورچوئل اثاثے پیش کرنے والی کمپنی، ویب سائٹ یا شخص کے بارے میں اتھارٹی کو بتائیں۔ نمبر فوراً ملے گا۔ آپ کی تحریر سربمہر رہتی ہے: صرف شکایات کے افسر کھول سکتے ہیں، اور ہر بار درج ہوتا ہے۔'),
  kind: w('What is it about?', 'کس بارے میں ہے؟'), firm: w('Firm, website or person', 'کمپنی، ویب سائٹ یا شخص'), text: w('What happened', 'کیا ہوا'), loss: w('Loss in rupees, if any', 'نقصان روپوں میں، اگر ہو'), name: w('Your name (you may leave it out)', 'آپ کا نام (ضروری نہیں)'), contact: w('How to reach you (you may leave it out)', 'رابطہ (ضروری نہیں)'),
  send: w('Send the complaint', 'شکایت بھیجیں'), trap: w('Leave this empty', 'یہ خالی چھوڑیں'), number: w('Your number', 'آپ کا نمبر'), keep: w('Keep it. Nobody can find your complaint without it, and it cannot be sent to you again.', 'اسے محفوظ رکھیں۔ اس کے بغیر شکایت نہیں ملے گی، اور یہ دوبارہ نہیں بھیجا جا سکتا۔'),
  look: w('Where does my complaint stand?', 'میری شکایت کہاں ہے؟'), ask: w('Look', 'دیکھیں'), unknown: w('No complaint has this number. Check each letter.', 'اس نمبر کی کوئی شکایت نہیں۔ ہر حرف دیکھ لیں۔'), referredTo: w('Referred to', 'جسے بھیجی گئی'), since: w('Since', 'کب سے'), answer: w('Answer', 'جواب'), failed: w('The complaint was not taken', 'شکایت قبول نہیں ہوئی'), again: w('Nothing was kept. Go back, mend it and send it again.', 'کچھ محفوظ نہیں ہوا۔ واپس جا کر درست کریں اور دوبارہ بھیجیں۔'),
  market: w('The market', 'منڈی'), marketLead: w('Firms by what they hold, and complaints of the public. A figure that would show one firm alone is withheld: it stands on at least three firms, none of them more than 85% of it.', 'کمپنیاں حیثیت کے لحاظ سے، اور عوام کی شکایات۔ ایسا عدد روک لیا جاتا ہے جو کسی ایک کمپنی کو ظاہر کرے: کم از کم تین کمپنیاں، اور کوئی 85٪ سے زیادہ نہیں۔'),
  firms: w('Firms', 'کمپنیاں'), complaints: w('Complaints', 'شکایات'), received: w('Received', 'موصول'), closed: w('Closed', 'نمٹائی گئیں'), upheld: w('Upheld, also in part', 'درست، جزوی بھی'), days: w('Days to the close, median', 'نمٹانے کے دن، وسطانیہ'), withheld: w('withheld', 'روکا گیا'), invented: w('Invented firms are counted; the installation is a sample.', 'فرضی کمپنیاں شامل ہیں؛ یہ تنصیب نمونہ ہے۔'),
} as const satisfies Readonly<Record<string, Worded>>;
