/** What each kind of ledger entry is called on screens. */

import type { EntryKind } from '../../terms/index.ts';

type Worded = { readonly en: string; readonly ur: string };

const TITLES: Readonly<Record<EntryKind, Worded>> = {
  'alert-decided': { en: 'Act on an alert', ur: 'الرٹ پر کارروائی' },
  'alert-raised': { en: 'Alert raised', ur: 'الرٹ جاری ہوا' },
  'asset-registered': { en: 'Asset registered', ur: 'اثاثہ درج ہوا' },
  'batch-admitted': { en: 'Filings admitted', ur: 'فائلنگ قبول ہوئی' },
  'batch-quarantined': { en: 'Batch set aside', ur: 'بیچ الگ رکھا گیا' },
  'batch-released': { en: 'Batch released', ur: 'بیچ بحال ہوا' },
  'client-registered': { en: 'Machine client registered', ur: 'مشین کلائنٹ درج ہوا' },
  'client-revoked': { en: 'Machine client revoked', ur: 'مشین کلائنٹ منسوخ ہوا' },
  'clock-ticked': { en: 'Clock ticked', ur: 'گھڑی کی ٹک' },
  'feed-stopped': { en: 'Feed stopped or started', ur: 'فیڈ رکی یا شروع ہوئی' },
  'findings-recorded': { en: 'Findings recorded', ur: 'نتائج درج ہوئے' },
  'findings-settled': { en: 'Findings settled', ur: 'نتائج حتمی ہوئے' },
  'firm-registered': { en: 'Firm known to the authority', ur: 'فرم اتھارٹی کے علم میں آئی' },
  'installation-opened': { en: 'Installation opened', ur: 'تنصیب کا آغاز' },
  'list-held': { en: 'Refresh of a list held back', ur: 'فہرست کی تجدید روک لی گئی' },
  'list-version': { en: 'New version of a list', ur: 'فہرست کا نیا نسخہ' },
  'officer-registered': { en: 'Officer registered', ur: 'افسر درج ہوا' },
  'person-erased': { en: 'Identity of a person destroyed', ur: 'فرد کی شناخت مٹا دی گئی' },
  'person-merged': { en: 'Two person ids found to be one', ur: 'دو شناختیں ایک ثابت ہوئیں' },
  'person-unmasked': { en: 'Identity opened', ur: 'شناخت کھولی گئی' },
  'rate-published': { en: 'Reference rates published', ur: 'حوالہ نرخ شائع ہوئے' },
  'rule-set-activated': { en: 'Rules in force', ur: 'قواعد نافذ ہوئے' },
  'stage-changed': { en: 'Stage changed', ur: 'مرحلہ تبدیل ہوا' },
};

/** Title of a kind in both languages. */
export function entryTitle(kind: EntryKind): Worded {
  return TITLES[kind];
}
