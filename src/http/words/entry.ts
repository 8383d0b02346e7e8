/** What each kind of ledger entry, and the ground on which it was made, is called on screens. */

import type { EntryKind } from '../../terms/index.ts';

type Worded = { readonly en: string; readonly ur: string };

const TITLES: Readonly<Record<EntryKind, Worded>> = {
  'alert-decided': { en: 'Act on an alert', ur: 'انتباہ پر کارروائی' },
  'alert-raised': { en: 'Alert raised', ur: 'انتباہ جاری ہوا' },
  'answers-opened': { en: 'Sealed answers opened', ur: 'مہر بند جوابات کھولے گئے' },
  'applicant-screened': { en: 'Applicant screened', ur: 'درخواست گزار کی جانچ' },
  'asset-freeze-moved': { en: 'Freeze acknowledged, contested or released', ur: 'انجماد کی تعمیل، اعتراض یا رہائی' },
  'asset-freeze-ordered': { en: 'Freeze ordered on a list match', ur: 'فہرست سے مطابقت پر انجماد کا حکم' },
  'asset-registered': { en: 'Asset registered', ur: 'اثاثہ درج ہوا' },
  'batch-admitted': { en: 'Filings admitted', ur: 'ارسال قبول ہوا' },
  'batch-quarantined': { en: 'Batch set aside', ur: 'کھیپ الگ رکھی گئی' },
  'batch-released': { en: 'Batch released', ur: 'کھیپ بحال ہوئی' },
  'client-registered': { en: 'Machine client registered', ur: 'مشین کلائنٹ درج ہوا' },
  'client-revoked': { en: 'Machine client revoked', ur: 'مشین کلائنٹ منسوخ ہوا' },
  'clock-ticked': { en: 'Clock ticked', ur: 'گھڑی کی ٹک' },
  'conditions-set': { en: 'Conditions set', ur: 'شرائط مقرر ہوئیں' },
  'complaint-moved': { en: 'Complaint referred or closed', ur: 'شکایت آگے بھیجی یا نمٹائی گئی' },
  'complaint-opened': { en: 'Sealed complaint read', ur: 'سربمہر شکایت پڑھی گئی' },
  'subscriber-ended': { en: 'Subscription ended', ur: 'اطلاع کی درخواست ختم' },
  'subscriber-registered': { en: 'Subscription registered', ur: 'اطلاع کی درخواست درج' },
  'complaint-received': { en: 'Complaint received', ur: 'شکایت موصول ہوئی' },
  'conflict-declared': { en: 'Conflict of interest declared', ur: 'مفادات کا ٹکراؤ ظاہر کیا گیا' },
  'conflict-ended': { en: 'Conflict of interest over', ur: 'مفادات کا ٹکراؤ ختم' },
  'deputy-closed': { en: 'Deputy not set, or relieved', ur: 'نائب مقرر نہ ہوا، یا سبکدوش ہوا' },
  'deputy-proposed': { en: 'Deputy proposed', ur: 'نائب تجویز ہوا' },
  'deputy-set': { en: 'Deputy set', ur: 'نائب مقرر ہوا' },
  'waiver-closed': { en: 'Waiver sent back or withdrawn', ur: 'معافی واپس بھیجی گئی یا واپس لی گئی' },
  'waiver-proposed': { en: 'Waiver proposed', ur: 'معافی تجویز ہوئی' },
  'decision-closed': { en: 'Proposal ended', ur: 'تجویز ختم ہوئی' },
  'decision-proposed': { en: 'Decision proposed', ur: 'فیصلہ تجویز ہوا' },
  'document-filed': { en: 'Document filed', ur: 'دستاویز جمع ہوئی' },
  'enforcement-acted': { en: 'Enforcement act', ur: 'نفاذ کی کارروائی' },
  'feed-stopped': { en: 'Feed stopped or started', ur: 'فیڈ رکی یا شروع ہوئی' },
  'findings-recorded': { en: 'Findings recorded', ur: 'نتائج درج ہوئے' },
  'findings-settled': { en: 'Findings settled', ur: 'نتائج طے ہوئے' },
  'firm-registered': { en: 'Firm known to the authority', ur: 'ادارہ اتھارٹی کے علم میں آیا' },
  'foreign-register-taken': { en: 'State of another register taken in', ur: 'دوسرے رجسٹر کی حالت لی گئی' },
  'form-filed': { en: 'Form filed', ur: 'فارم جمع ہوا' },
  'framework-adopted': { en: 'Framework adopted', ur: 'فریم ورک اختیار ہوا' },
  'framework-proposed': { en: 'Framework proposed', ur: 'فریم ورک تجویز ہوا' },
  'gate-found': { en: 'Gate judged', ur: 'شرط کا جائزہ' },
  'holiday-announced': { en: 'Holiday announced', ur: 'تعطیل کا اعلان' },
  'installation-opened': { en: 'Installation opened', ur: 'تنصیب کا آغاز' },
  'letter-sent': { en: 'Letter sent', ur: 'خط بھیجا گیا' },
  'list-held': { en: 'Refresh of a list held back', ur: 'فہرست کی تجدید روک لی گئی' },
  'list-version': { en: 'New version of a list', ur: 'فہرست کا نیا نسخہ' },
  'moment-recorded': { en: 'Moment recorded', ur: 'واقعہ درج ہوا' },
  'obligation-discharged': { en: 'Obligation discharged', ur: 'ذمہ داری پوری ہوئی' },
  'obligation-noticed': { en: 'Reminder or breach', ur: 'یاد دہانی یا خلاف ورزی' },
  'obligation-waived': { en: 'Obligation waived', ur: 'ذمہ داری معاف ہوئی' },
  'officer-registered': { en: 'Officer registered', ur: 'افسر درج ہوا' },
  'officer-linked': { en: 'One-time link issued', ur: 'ایک بار کا لنک جاری ہوا' },
  'person-erased': { en: 'Identity of a person destroyed', ur: 'فرد کی شناخت مٹا دی گئی' },
  'person-merged': { en: 'Two person ids found to be one', ur: 'دو شناختیں ایک ثابت ہوئیں' },
  'person-opened': { en: 'Page of a person opened', ur: 'فرد کا صفحہ کھولا گیا' },
  'person-unmasked': { en: 'Identity opened', ur: 'شناخت کھولی گئی' },
  'rate-published': { en: 'Reference rates published', ur: 'حوالہ نرخ شائع ہوئے' },
  'register-detailed': { en: 'Details for the public register', ur: 'عوامی رجسٹر کی تفصیل' },
  'rule-set-activated': { en: 'Rules in force', ur: 'قواعد نافذ ہوئے' },
  'rules-closed': { en: 'Proposed rules ended', ur: 'قواعد کی تجویز ختم ہوئی' },
  'rules-proposed': { en: 'Rules proposed', ur: 'قواعد تجویز ہوئے' },
  'screening-decided': { en: 'Decision on a screening hit', ur: 'فہرست سے مشابہت پر فیصلہ' },
  'screening-hit': { en: 'A person comes near a listed one', ur: 'فرد کی فہرست سے مشابہت' },
  'screening-released': { en: 'Screening hit over', ur: 'فہرست سے مشابہت ختم' },
  'stage-changed': { en: 'Stage changed', ur: 'مرحلہ تبدیل ہوا' },
  'warning-closed': { en: 'Proposed warning ended', ur: 'انتباہ کی تجویز ختم ہوئی' },
  'warning-issued': { en: 'Public warning', ur: 'عوامی انتباہ' },
  'warning-proposed': { en: 'Public warning proposed', ur: 'عوامی انتباہ تجویز ہوا' },
  'warning-replied': { en: 'Reply to a public warning', ur: 'عوامی انتباہ کا جواب' },
};

/** Title of a kind in both languages. */
export function entryTitle(kind: EntryKind): Worded {
  return TITLES[kind];
}

/** Grounds that the house itself gives. A ground that a person wrote is shown as it was written. */
const BASES: Readonly<Record<string, string>> = {
  'synthetic: opening of the demo': 'فرضی: مظاہرے کا آغاز',
  'synthetic reference rates': 'فرضی حوالہ نرخ',
  'OFAC, digital currency addresses, as vendored with provenance': 'OFAC، ڈیجیٹل کرنسی کے پتے، ماخذ کے ساتھ محفوظ',
  'held events released': 'روکے گئے واقعات جاری ہوئے',
  'findings wait to be settled': 'نتائج طے ہونے کے منتظر',
  'an entry for each admission': 'ہر قبولیت کا ایک اندراج',
  'one identifier': 'ایک ہی شناختی نمبر',
  'Virtual Assets Act 2026, s.48': 'ورچوئل اثاثہ جات ایکٹ 2026، دفعہ 48',
  'Virtual Assets Act 2026, s.9 and s.48': 'ورچوئل اثاثہ جات ایکٹ 2026، دفعات 9 اور 48',
};

/** Ground of an entry in both languages; Urdu falls back to the words that the entry holds. */
export function basisWords(basis: string): Worded {
  return { en: basis, ur: BASES[basis] ?? basis };
}
