/** What the public register says beside the framework's own words, in English and Urdu. */

import type { Likeness, RegisterClass } from '../../register/index.ts';

type Worded = { readonly en: string; readonly ur: string };
const w = (en: string, ur: string): Worded => ({ en, ur });

/** A class in one short sentence: the first thing that a reader sees of a firm. */
export const CLASS_WORDS: Readonly<Record<RegisterClass, Worded>> = {
  licensed: w('Licensed', 'لائسنس یافتہ'),
  'aml-registered': w('Holds an NOC and is AML-registered: not a licence', 'این او سی اور اے ایم ایل رجسٹریشن حاصل ہے، لائسنس نہیں'),
  noc: w('Holds an NOC: not a licence', 'این او سی حاصل ہے، لائسنس نہیں'),
  transitional: w('Transitional: no licence yet', 'عبوری حیثیت: ابھی لائسنس نہیں'),
  sandbox: w('In a sandbox test: not a licence', 'سینڈ باکس آزمائش میں ہے، لائسنس نہیں'),
  'no-action': w('Holds a no-action letter: not a licence', 'عدم کارروائی خط حاصل ہے، لائسنس نہیں'),
  suspended: w('Suspended', 'معطل'),
  revoked: w('Revoked', 'منسوخ'),
  ended: w('Holds no status any more', 'اب کوئی حیثیت حاصل نہیں'),
};

/** What each class means, for who has never heard of it. */
export const CLASS_MEANS: Readonly<Record<RegisterClass, Worded>> = {
  licensed: w('The authority has licensed this firm for the services below, and for no others.', 'اتھارٹی نے اس کمپنی کو نیچے درج خدمات کا لائسنس دیا ہے، کسی اور خدمت کا نہیں۔'),
  'aml-registered': w('The authority has given a no-objection certificate, and the firm is registered against money laundering. This is a step before a licence; the services below are open meanwhile.', 'اتھارٹی نے عدم اعتراض سرٹیفکیٹ دیا ہے اور کمپنی منی لانڈرنگ کی روک تھام کے لیے رجسٹرڈ ہے۔ یہ لائسنس سے پہلے کا مرحلہ ہے؛ اس دوران نیچے درج خدمات کی اجازت ہے۔'),
  noc: w('The authority has given a no-objection certificate. It allows preparation: registration against money laundering, a company in Pakistan, an application. It opens no service.', 'اتھارٹی نے عدم اعتراض سرٹیفکیٹ دیا ہے۔ یہ صرف تیاری کی اجازت ہے: منی لانڈرنگ کی روک تھام کی رجسٹریشن، پاکستان میں کمپنی، اور درخواست۔ کسی خدمت کی اجازت نہیں۔'),
  transitional: w('This firm served before the law began, and may go on with the services below while its application is decided.', 'یہ کمپنی قانون سے پہلے خدمات دے رہی تھی، اور درخواست کے فیصلے تک نیچے درج خدمات جاری رکھ سکتی ہے۔'),
  sandbox: w('This firm tests a product with few customers under the authority\'s watch. It may do what its test names, and nothing else.', 'یہ کمپنی اتھارٹی کی نگرانی میں چند صارفین کے ساتھ آزمائش کر رہی ہے۔ صرف وہی کر سکتی ہے جو آزمائش میں درج ہے۔'),
  'no-action': w('The authority has said that it will not act against the conduct that the letter names. It can be taken back at any time, and protects nobody from other law.', 'اتھارٹی نے کہا ہے کہ خط میں درج عمل پر کارروائی نہیں کرے گی۔ یہ کسی بھی وقت واپس ہو سکتا ہے۔'),
  suspended: w('The authority has suspended this firm. It may offer no service now. Do not send it money.', 'اتھارٹی نے اس کمپنی کو معطل کر دیا ہے۔ ابھی کوئی خدمت نہیں دے سکتی۔ اسے رقم نہ بھیجیں۔'),
  revoked: w('The authority has taken back what this firm held. It may offer no service, and must return customers\' assets. Do not send it money.', 'اتھارٹی نے اس کمپنی کی اجازت منسوخ کر دی ہے۔ کوئی خدمت نہیں دے سکتی اور صارفین کے اثاثے واپس کرنا لازم ہے۔ اسے رقم نہ بھیجیں۔'),
  ended: w('This firm held a status once and holds none now. It may offer no service.', 'اس کمپنی کو پہلے حیثیت حاصل تھی، اب نہیں۔ کوئی خدمت نہیں دے سکتی۔'),
};

/** Words of the pages. */
export const REGISTER_WORDS = {
  register: w('Public register', 'عوامی رجسٹر'), rules: w('Rules in force', 'نافذ قواعد'), pages: w('Pages', 'صفحات'), other: w('اردو', 'English'),
  sample: w('Sample', 'نمونہ'), synthetic: w('Sample: this is no official register', 'نمونہ: یہ سرکاری رجسٹر نہیں'), invented: w('invented', 'فرضی'),
  correctAt: w('Correct as of', 'درست تا'), same: w('The same as:', 'یہی معلومات:'),
  lead: w('Look here before you send money. A firm that is not in this register has no permission.', 'رقم بھیجنے سے پہلے یہاں دیکھیں۔ جو کمپنی اس رجسٹر میں نہیں اسے اجازت حاصل نہیں۔'),
  ask: w('Name of the firm, in any spelling', 'کمپنی کا نام، کسی بھی ہجے میں'), search: w('Search', 'تلاش'), service: w('Service', 'خدمت'), any: w('any', 'کوئی بھی'), state: w('State', 'حیثیت'), found: w('{n} firms', '{n} کمپنیاں'),
  nothing: w('No firm of this name is in the register. It holds no permission of the authority. Check the spelling, or ask the authority before you send money.', 'اس نام کی کوئی کمپنی رجسٹر میں نہیں۔ اسے اتھارٹی کی اجازت حاصل نہیں۔ ہجے دیکھ لیں، یا رقم بھیجنے سے پہلے اتھارٹی سے پوچھیں۔'),
  empty: w('No firm holds a status yet. The first certificate that the authority grants will stand here.', 'ابھی کسی کمپنی کو حیثیت حاصل نہیں۔ پہلا سرٹیفکیٹ یہاں نظر آئے گا۔'),
  gone: w('There is no such firm in the register', 'رجسٹر میں ایسی کوئی کمپنی نہیں'), since: w('since {day}', '{day} سے'), more: w('Next page', 'اگلا صفحہ'), before: w('Page before', 'پچھلا صفحہ'),
  may: w('What this firm may do', 'یہ کمپنی کیا کر سکتی ہے'), mayNot: w('What this firm may not do', 'یہ کمپنی کیا نہیں کر سکتی'), mayNothing: w('It may offer no service.', 'کوئی خدمت نہیں دے سکتی۔'),
  callLicensed: w('Call itself licensed, or let it seem so', 'خود کو لائسنس یافتہ کہنا یا ظاہر کرنا'), clause: w('Legal basis', 'قانونی بنیاد'), status: w('status of this value', 'اس قدر کی حیثیت'),
  history: w('History', 'تاریخچہ'), services: w('Services', 'خدمات'), notYet: w('not yet', 'ابھی نہیں'), licence: w('Licence', 'لائسنس'), facts: w('What was published', 'کیا شائع ہوا'), source: w('Source', 'ماخذ'),
  risk: w('The value of virtual assets can fall. The authority does not guarantee your money.', 'ورچوئل اثاثوں کی قیمت گر سکتی ہے۔ اتھارٹی آپ کی رقم کی ضمانت نہیں دیتی۔'),
  warnings: w('Warnings', 'انتباہات'), warnLead: w('Impersonators, false websites and apps, firms without permission. A name that is not here is not safe for that: look it up in the register.', 'بہروپیے، جعلی ویب سائٹس اور ایپس، بغیر اجازت کمپنیاں۔ جو نام یہاں نہیں وہ اس سے محفوظ نہیں ہو جاتا: رجسٹر میں دیکھیں۔'),
  warnAsk: w('Name, website, app or wallet', 'نام، ویب سائٹ، ایپ یا والٹ'), check: w('Check', 'جانچیں'), noWarning: w('There is no warning about this. That does not make it safe.', 'اس کے بارے میں کوئی انتباہ نہیں۔ اس سے یہ محفوظ نہیں ہو جاتا۔'), noWarnings: w('No warning is in force. The first that the authority issues will stand here.', 'کوئی انتباہ نافذ نہیں۔ پہلا انتباہ یہاں نظر آئے گا۔'),
  personWithheld: w('A natural person. The name is not shown; who knows it can search for it.', 'ایک شخص۔ نام ظاہر نہیں کیا جاتا؛ جسے معلوم ہو تلاش کر سکتا ہے۔'), alias: w('Also called', 'دیگر نام'), domains: w('Websites', 'ویب سائٹس'), apps: w('Apps', 'ایپس'), wallets: w('Wallets', 'والٹ'), imitates: w('Pretends to be', 'جس کا بہروپ ہے'),
  issued: w('Issued', 'جاری'), amended: w('Corrected', 'درستی'), expires: w('Ends', 'اختتام'), lifted: w('Lifted', 'واپس'), overNow: w('no longer in force', 'اب نافذ نہیں'), reply: w('Reply of whom this is about', 'متعلقہ فریق کا جواب'), evidence: w('Evidence, kept by the authority; SHA-256', 'ثبوت، اتھارٹی کے پاس محفوظ؛ SHA-256'),
  rightOfReply: w('Who is named here may reply, and may ask for a correction, at the authority. The reply is published beside the warning.', 'جس کا یہاں ذکر ہے وہ اتھارٹی کو جواب دے سکتا اور درستی مانگ سکتا ہے۔ جواب انتباہ کے ساتھ شائع ہوتا ہے۔'), cannotSay: w('The authority warns of it. It holds no permission.', 'اتھارٹی اس سے خبردار کرتی ہے۔ اسے اجازت حاصل نہیں۔'),
  isOwn: w('This is a website of {name}, as the register holds it.', 'یہ رجسٹر کے مطابق {name} کی ویب سائٹ ہے۔'), looksLike: w('This looks like {name} and is none of the websites that the register holds for it: {why}.', 'یہ {name} سے ملتا جلتا ہے مگر رجسٹر میں اس کی ویب سائٹ نہیں: {why}۔'), looksLikeNone: w('This looks like {name}. The register holds no website for it, so nobody can tell from here whether it is its own: {why}.', 'یہ {name} سے ملتا جلتا ہے۔ رجسٹر میں اس کی کوئی ویب سائٹ درج نہیں، اس لیے یہاں سے معلوم نہیں ہو سکتا کہ یہ اسی کی ہے: {why}۔'),
  lookWarns: w('A likeness is a reason to look twice, not a finding.', 'مشابہت دوبارہ دیکھنے کی وجہ ہے، فیصلہ نہیں۔'), law: w('Class of warning', 'انتباہ کی قسم'), details: w('As its own, the register holds', 'رجسٹر میں اس کی اپنی تفصیل'), lei: w('Legal entity identifier', 'قانونی شناخت کنندہ'),
  noService: w('no service', 'کوئی خدمت نہیں'), id: w('Code', 'کوڈ'),
} as const satisfies Readonly<Record<string, Worded>>;

/** Why a domain or a name passes for a firm. */
export const LIKENESS_WORDS: Readonly<Record<Likeness<unknown>['kind'], Worded>> = {
  own: w('its own', 'اس کی اپنی'), letters: w('letters that look alike', 'ملتے جلتے حروف'), 'other-ending': w('the same name under another ending', 'وہی نام، دوسرا اختتام'), 'added-words': w('the name with words added', 'نام کے ساتھ اضافی الفاظ'),
  'in-front': w('the name in front of another website', 'کسی اور ویب سائٹ کے آگے نام'), slip: w('a letter or two differ', 'ایک دو حروف کا فرق'),
};
