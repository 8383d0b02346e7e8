/**
 * Firms of the fake nation. All are invented but Binance and HTX, which stand here as what was announced on
 * 12 December 2025: holders of a no-objection certificate, without any figure.
 */
import type { FirmRef, Provenance, Stage, Worded } from '../../src/contract/console.ts';

export const w = (en: string, ur: string): Worded => ({ en, ur });
export const clause = (status: Provenance['status'], en: string, ur: string): Provenance => ({ status, clause: w(en, ur) });

export const stages = {
  application: { stage: { id: 'noc-application', title: w('Applying for an NOC', 'این او سی کی درخواست'), isLicence: false, isStopped: false }, may: w('none', 'کوئی نہیں') },
  noc: { stage: { id: 'noc-holder', title: w('NOC holder', 'این او سی یافتہ'), isLicence: false, isStopped: false }, may: w('per NOC', 'این او سی کے مطابق') },
  aml: { stage: { id: 'aml-registered', title: w('AML-registered', 'AML رجسٹرڈ'), isLicence: false, isStopped: false }, may: w('four services', 'چار خدمات') },
  licensing: { stage: { id: 'licence-application', title: w('Licence application', 'لائسنس کی درخواست'), isLicence: false, isStopped: false }, may: w('four services', 'چار خدمات') },
  provisional: { stage: { id: 'provisional-licence', title: w('Provisional licence', 'عبوری لائسنس'), isLicence: true, isStopped: false }, may: w('as named', 'جو نامزد ہوں') },
  licensed: { stage: { id: 'licensed', title: w('Licensed', 'لائسنس یافتہ'), isLicence: true, isStopped: false }, may: w('as named', 'جو نامزد ہوں') },
  sandbox: { stage: { id: 'sandbox', title: w('Sandbox', 'سینڈ‌باکس'), isLicence: false, isStopped: false }, may: w('the test only', 'صرف آزمائش') },
  suspended: { stage: { id: 'suspended', title: w('Suspended', 'معطل'), isLicence: false, isStopped: true }, may: w('safe exit', 'محفوظ اخراج') },
  revoked: { stage: { id: 'revoked', title: w('Revoked', 'منسوخ'), isLicence: false, isStopped: true }, may: w('none', 'کوئی نہیں') },
} as const satisfies Record<string, { stage: Stage; may: Worded }>;
export type StageKey = keyof typeof stages;
export const stageOrder: readonly StageKey[] = ['application', 'noc', 'aml', 'licensing', 'provisional', 'licensed', 'sandbox', 'suspended', 'revoked'];

export type FakeFirm = { readonly firm: FirmRef; readonly at: StageKey; readonly since: string; readonly register: string | null; readonly share: number };
const invented = (code: string, en: string, ur: string, at: StageKey, since: string, share = 0): FakeFirm => ({
  firm: { code, name: w(en, ur), invented: true }, at, since, share, register: at === 'application' ? null : `SYN-${String(code.charCodeAt(0) * 7 + code.charCodeAt(1)).padStart(4, '0')}`,
});
const real = (code: string, name: string): FakeFirm => ({ firm: { code, name: w(name, name), invented: false }, at: 'noc', since: '2025-12-12', share: 0, register: null });

/** `share` is the part of the nation's activity that a firm reports; 0 has no feed. */
export const firms: readonly FakeFirm[] = [
  invented('SDX', 'Sindh Digital Exchange', 'سندھ ڈیجیٹل ایکس‌چینج', 'aml', '2026-06-29', 0.28),
  invented('RCH', 'Ravi Coin House', 'راوی کوائن ہاؤس', 'aml', '2026-07-14', 0.2),
  invented('MKB', 'Makran Bitworks', 'مکران بٹ ورکس', 'aml', '2026-08-03', 0.08),
  invented('KHX', 'Khunjerab Exchange', 'خنجراب ایکس‌چینج', 'licensing', '2026-09-21', 0.17),
  invented('CHX', 'Chenab Exchange', 'چناب ایکس‌چینج', 'provisional', '2026-10-05', 0.08),
  invented('DSM', 'Deosai Markets', 'دیوسائی مارکیٹس', 'licensed', '2026-10-26', 0.17),
  invented('TTD', 'Thar Token Desk', 'تھر ٹوکن ڈیسک', 'suspended', '2026-11-11', 0.02),
  real('Binance', 'Binance'),
  real('HTX', 'HTX'),
  invented('HZL', 'Hunza Ledger', 'ہنزہ لیجر', 'noc', '2026-10-19'),
  invented('MGM', 'Margalla Markets', 'مارگلہ مارکیٹس', 'noc', '2026-11-02'),
  invented('BLN', 'Bolan Digital', 'بولان ڈیجیٹل', 'application', '2026-11-09'),
  invented('GRK', 'Gorakh Exchange', 'گورکھ ایکس‌چینج', 'application', '2026-11-12'),
  invented('SLT', 'Saltrange Tokens', 'سالٹ رینج ٹوکن', 'application', '2026-11-18'),
  invented('PTT', 'Pothohar Token Test', 'پوٹھوہار ٹوکن ٹیسٹ', 'sandbox', '2026-08-24'),
  invented('ZRP', 'Ziarat Remit Pilot', 'زیارت ریمٹ پائلٹ', 'sandbox', '2026-09-07'),
  invented('KRC', 'Kirthar Coin', 'کیرتھر کوائن', 'revoked', '2026-05-04'),
];
export const reporting = firms.filter((one) => one.share > 0);

export const staff = {
  siddiqui: { id: 'st-1', name: 'H. Siddiqui', role: w('Senior analyst, surveillance', 'سینئر تجزیہ کار، نگرانی') },
  raza: { id: 'st-2', name: 'A. Raza', role: w('Analyst, surveillance', 'تجزیہ کار، نگرانی') },
  khan: { id: 'st-3', name: 'S. Khan', role: w('Analyst, surveillance', 'تجزیہ کار، نگرانی') },
  baig: { id: 'st-4', name: 'N. Baig', role: w('Head of supervision', 'سربراہِ نگرانی') },
  mirza: { id: 'st-5', name: 'F. Mirza', role: w('Clerk', 'کلرک') },
  malik: { id: 'st-6', name: 'N. Malik', role: w('Licensing officer', 'لائسنسنگ افسر') },
} as const;
