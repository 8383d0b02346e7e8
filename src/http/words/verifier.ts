/** What the verifier's page says, in English and Urdu. The script takes each word by its name from the page. */

type Worded = { readonly en: string; readonly ur: string };
const w = (en: string, ur: string): Worded => ({ en, ur });

/** Words that stand on the page. */
export const VERIFIER_WORDS = {
  title: w('Verify a certificate', 'سرٹیفکیٹ کی تصدیق'),
  lead: w('Take a photo of the code, or give the PDF, the file or its text. It is checked in this browser: nothing of it is sent anywhere.', 'کوڈ کی تصویر لیں، یا پی ڈی ایف، فائل یا متن دیں۔ جانچ اسی براؤزر میں ہوتی ہے: کچھ بھی کہیں نہیں بھیجا جاتا۔'),
  file: w('Photo, PDF or file', 'تصویر، پی ڈی ایف یا فائل'), text: w('Or the text', 'یا متن'), act: w('Verify', 'تصدیق کریں'),
  kept: w('This page now works without a network. Then it knows the register as of its last visit, and says so.', 'یہ صفحہ اب نیٹ ورک کے بغیر بھی کام کرتا ہے۔ تب اسے رجسٹر آخری بار کے مطابق معلوم ہے، اور یہ بتاتا ہے۔'),
  script: w('This page judges in your browser, and needs its script for it. Without a script, nigran verify does the same.', 'یہ صفحہ آپ کے براؤزر میں جانچتا ہے اور اس کے لیے اسکرپٹ درکار ہے۔ اسکرپٹ کے بغیر nigran verify یہی کرتا ہے۔'),
} as const satisfies Readonly<Record<string, Worded>>;

/** Words that the script takes: outcomes, what each means, checks, classes. */
export const VERIFIER_SCRIPT_WORDS: Readonly<Record<string, Worded>> = {
  'outcome in-force': w('Genuine, and in force as of', 'اصلی، اور اس وقت تک نافذ'), 'means in-force': w('What came after that moment is not known here.', 'اس کے بعد کیا ہوا، یہاں معلوم نہیں۔'),
  'outcome unknown-since': w('Genuine; in force when it was issued', 'اصلی؛ اجرا کے وقت نافذ'), 'means unknown-since': w('Whether it was revoked since is not known here: ask again with a network before you rely on it.', 'بعد میں منسوخ ہوا یا نہیں، یہاں معلوم نہیں: بھروسا کرنے سے پہلے نیٹ ورک کے ساتھ دوبارہ پوچھیں۔'),
  'outcome authentic': w('The signature is genuine', 'دستخط اصلی ہے'), 'means authentic': w('It says nothing of whether it is in force.', 'یہ نافذ ہونے کے بارے میں کچھ نہیں بتاتا۔'),
  'outcome ask-again': w('Ask again', 'دوبارہ پوچھیں'), 'means ask-again': w('It is genuine, but what this page knows of revocations is too old to answer. Open the page with a network.', 'یہ اصلی ہے، مگر اس صفحے کو منسوخی کی جو خبر ہے وہ پرانی ہے۔ نیٹ ورک کے ساتھ کھولیں۔'),
  'outcome revoked': w('No longer in force', 'اب نافذ نہیں'), 'means revoked': w('The certificate is genuine, and the authority has revoked it. The register says what the firm holds today. Do not rely on it.', 'سرٹیفکیٹ اصلی ہے مگر اتھارٹی نے منسوخ کر دیا ہے۔ رجسٹر بتاتا ہے کہ کمپنی کے پاس آج کیا ہے۔ اس پر بھروسا نہ کریں۔'),
  'outcome expired': w('Its time is over', 'مدت ختم'), 'means expired': w('Ask the register for the certificate of today.', 'رجسٹر سے آج کا سرٹیفکیٹ مانگیں۔'),
  'outcome refused': w('Not genuine, or altered', 'اصلی نہیں، یا بدلا ہوا'), 'means refused': w('This does not come from the register as it stands. Do not rely on it, and do not open an address in it.', 'یہ موجودہ شکل میں رجسٹر سے نہیں۔ اس پر بھروسا نہ کریں اور اس میں دیا گیا پتہ نہ کھولیں۔'),
  'outcome unreadable': w('Nothing that can be verified', 'تصدیق کے قابل کچھ نہیں'), 'means unreadable': w('No certificate can be read in it. For a photo: come closer, hold it flat, avoid shadows.', 'اس میں کوئی سرٹیفکیٹ نہیں پڑھا جا سکا۔ تصویر کے لیے: قریب آئیں، سیدھا رکھیں، سائے سے بچیں۔'),
  checks: w('What was checked', 'کیا جانچا گیا'), holds: w('holds', 'درست'), fails: w('FAILS', 'غلط'),
  'claim name': w('Firm', 'کمپنی'), 'claim code': w('Code', 'کوڈ'), 'claim class': w('Standing', 'حیثیت'),
  'check seal': w('seal of the document', 'دستاویز کی مہر'), 'check sealed': w('seal of the document', 'دستاویز کی مہر'), 'check known key': w('whose seal it is', 'مہر کس کی ہے'), 'check signature': w('signature', 'دستخط'), 'check key': w('key', 'کلید'), 'check issuer': w('issuer', 'جاری کنندہ'),
  'check validity': w('time', 'مدت'), 'check expiry': w('time', 'مدت'), 'check status': w('status', 'حیثیت'), 'check status list': w('status list', 'حیثیت کی فہرست'), 'check status list expiry': w('status list', 'حیثیت کی فہرست'), 'check inclusion': w('register log', 'رجسٹر کا اندراج'), 'check address': w('address', 'پتہ'),
  'check context': w('form', 'شکل'), 'check suite': w('form', 'شکل'), 'check purpose': w('purpose', 'مقصد'), 'check disclosures': w('disclosures', 'انکشافات'), 'check type': w('kind', 'قسم'), 'check did document': w('issuer\'s document', 'جاری کنندہ کی دستاویز'),
};
