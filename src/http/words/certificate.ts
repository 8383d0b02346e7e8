/** What the printed certificate says, in English and Urdu. */

type Worded = { readonly en: string; readonly ur: string };

/** Words of the certificate. */
export const CERTIFICATE_WORDS = {
  title: { en: 'Certificate of the register', ur: 'رجسٹر کا سرٹیفکیٹ' },
  issued: { en: 'As of', ur: 'بتاریخ' },
  until: { en: 'Good until, unless it is revoked', ur: 'کارآمد تا، اگر منسوخ نہ ہو' },
  check: { en: 'Verify a certificate', ur: 'سرٹیفکیٹ کی تصدیق' },
  offline: { en: 'Signature, status and the entry in the register log are checked on your phone, without a network too.', ur: 'دستخط، حیثیت اور رجسٹر کا اندراج آپ کے فون پر جانچے جاتے ہیں، نیٹ ورک کے بغیر بھی۔' },
  code: { en: 'QR code with the signed certificate', ur: 'دستخط شدہ سرٹیفکیٹ والا کیو آر کوڈ' },
  how: {
    en: 'The code holds the whole certificate with its signature. The verifier, or nigran verify, judges it without asking anybody; the address below shows what the register says today.',
    ur: 'کوڈ میں پورا سرٹیفکیٹ دستخط سمیت موجود ہے۔ تصدیق کا صفحہ یا nigran verify کسی سے پوچھے بغیر اسے جانچتا ہے؛ نیچے دیا گیا پتہ بتاتا ہے کہ رجسٹر آج کیا کہتا ہے۔',
  },
  since: { en: 'Holds this standing since', ur: 'یہ حیثیت حاصل ہے از' },
  printed: {
    en: 'The code holds this certificate with its signature and the proof that it stands in the public register log. The verifier of the register, or nigran verify, judges a photo of the code or this file without asking anybody; the address below shows what the register says today.',
    ur: 'کوڈ میں یہ سرٹیفکیٹ، اس کا دستخط اور عوامی رجسٹر میں اندراج کا ثبوت موجود ہے۔ رجسٹر کا تصدیق کنندہ یا nigran verify کوڈ کی تصویر یا اس فائل کو کسی سے پوچھے بغیر جانچتا ہے؛ نیچے دیا گیا پتہ بتاتا ہے کہ رجسٹر آج کیا کہتا ہے۔',
  },
  paper: {
    en: 'Paper cannot know what came after: a genuine certificate may have been revoked since. Ask the register before you rely on it.',
    ur: 'کاغذ نہیں جانتا کہ بعد میں کیا ہوا: اصلی سرٹیفکیٹ بھی منسوخ ہو چکا ہو سکتا ہے۔ بھروسا کرنے سے پہلے رجسٹر سے پوچھیں۔',
  },
} as const satisfies Readonly<Record<string, Worded>>;
