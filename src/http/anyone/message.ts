/**
 * The register by text message: an SMS gateway hands on what a person wrote and gets plain text back. An answer in
 * English keeps to one message of 160 characters, one in Urdu to two of 67; what does not fit is cut at a word.
 */

import type { RegisterBook, RegisterRow } from '../../register/index.ts';
import { formatKarachiDay, karachiDay, type Instant } from '../../terms/index.ts';
import { CLASS_WORDS } from '../words/register.ts';
import type { Language } from './html.ts';

/** Characters of one message in the GSM alphabet, and of two in UCS-2. */
const LENGTH_MAX: Readonly<Record<Language, number>> = { en: 160, ur: 134 };
/** Other firms that a vague question names. */
const OTHERS_MAX = 3;

const WORDS = {
  none: { en: 'No firm of this name is in the register. It holds no permission. Do not send money.', ur: 'اس نام کی کوئی کمپنی رجسٹر میں نہیں۔ اسے اجازت نہیں۔ رقم نہ بھیجیں۔' },
  ask: { en: 'Send the name of a firm.', ur: 'کمپنی کا نام بھیجیں۔' },
} as const;

/** A question in Urdu script is answered in Urdu. */
export function languageOf(question: string): Language {
  return /[\u0600-\u06ff]/.test(question) ? 'ur' : 'en';
}

/** The answer to a question. `found`: best first. */
export function messageText(book: RegisterBook, question: string, found: readonly RegisterRow[], at: Instant): string {
  const language = languageOf(question);
  const [best, ...others] = found;
  if (question.trim() === '') return cut(WORDS.ask[language], language);
  if (best === undefined) return cut(WORDS.none[language], language);
  const { firm, now } = best;
  const comma = language === 'ur' ? '، ' : ', ';
  const name = language === 'ur' ? firm.nameUr ?? firm.name : firm.name;
  const services = now.services.map((service) => book.framework.services.get(service)?.title[language] ?? service).join(comma);
  const also = others.slice(0, OTHERS_MAX).map((row) => row.firm.code).join(comma);
  const text = language === 'ur'
    ? `${name}: ${CLASS_WORDS[now.class].ur}۔ ${services === '' ? 'کوئی خدمت نہیں۔' : `${services}۔`} ${day(at)}${also === '' ? '' : ` یا: ${also}`}`
    : `${name} (${firm.code}): ${CLASS_WORDS[now.class].en}. ${services === '' ? 'No service.' : `May: ${services}.`} ${day(at)}${also === '' ? '' : ` Or: ${also}`}`;
  return cut(text, language);
}

function day(at: Instant): string {
  return formatKarachiDay(karachiDay(at));
}

function cut(text: string, language: Language): string {
  if (text.length <= LENGTH_MAX[language]) return text;
  const whole = text.slice(0, LENGTH_MAX[language] - 2);
  return `${whole.slice(0, Math.max(1, whole.lastIndexOf(' ')))}..`;
}
