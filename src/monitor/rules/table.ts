/**
 * The rules, for a lawyer to read. Each says which events it looks at, what must hold, in the rules' language
 * (thresholds are parameters of the framework pack, by name), how long it then stays quiet, and what would explain it
 * innocently. One finding is never suspicion by itself: FATF asks for combinations, so findings carry
 * weight towards an alert's score. RF- numbers are ours for the indicators of FATF's report of September
 * 2020, told in our own words. A version that was in force never changes; the next one is added.
 */

import { assert } from '../../terms/index.ts';
import type { RuleTerm, Worded } from '../engine/rule.ts';
import type { Attribute, Condition, Where } from '../language/form.ts';
import { parseCondition } from '../language/parse.ts';

const FATF = 'FATF, Virtual Assets Red Flag Indicators, September 2020';
const MONITORING = 'Virtual Assets Act 2026, s.48; AMLA 2010, s.7';

const any = (...attributes: Attribute[]): Where => ({ any: attributes, all: [], none: [] });

/** A condition as text, its comparisons named in their order. */
function when(text: string, ...codes: string[]): Condition {
  const read = parseCondition(text);
  assert('tree' in read, `${text}: ${JSON.stringify(read)}`);
  const parts = read.tree.is === 'all' ? read.tree.of : [read.tree];
  assert(parts.length === codes.length && parts.every((part) => part.is === 'compare' || part.is === 'event-is'), `${text} has ${codes.length} comparisons`);
  const [only, ...more] = parts.map((part, i) => ({ ...part, code: codes[i] ?? '' }));
  assert(only !== undefined, 'a rule has a condition');
  return more.length === 0 ? only : { is: 'all', of: [only, ...more] };
}

/** Every version of every rule that was ever in force, and the newest. */
export const RULES: readonly RuleTerm[] = [
  {
    id: 'structuring', version: 1, indicator: 'RF-T1', clause: FATF, weight: 35, subject: 'person', crossFirm: true, on: any('near'), quiet: 'structuring.quiet',
    title: { en: 'Amounts kept just below the record threshold', ur: 'رقوم ریکارڈ کی حد سے ذرا نیچے رکھی گئیں' },
    when: when('count[24h](near) >= structuring.count and sum[24h](near) >= record.threshold', 'nearCount', 'nearSum'),
    innocent: { en: 'A regular payer with a usual amount near the threshold: salary, rent, or a bank\'s own limit for one transfer.', ur: 'معمول کی ادائیگی جو حد کے قریب ہو: تنخواہ، کرایہ، یا بینک کی فی منتقلی حد۔' },
  },
  {
    id: 'burst', version: 1, indicator: 'RF-T2a', clause: FATF, weight: 25, subject: 'person', crossFirm: true, on: any('high'), quiet: 'burst.quiet',
    title: { en: 'Several high-value movements within a day', ur: 'ایک دن میں کئی بڑی مالیت کی نقل و حرکت' },
    when: when('count[24h](high) >= burst.count and sum[24h](high) >= burst.sum', 'highCount', 'highSum'),
    innocent: { en: 'Sale of property or a business, or a trader who moves the same capital in and out.', ur: 'جائیداد یا کاروبار کی فروخت، یا تاجر جو ایک ہی سرمایہ بار بار گھماتا ہے۔' },
  },
  {
    id: 'dormant', version: 1, indicator: 'RF-T2c', clause: FATF, weight: 25, subject: 'person', crossFirm: true, on: any('high'), quiet: 'dormant.quiet',
    title: { en: 'High value after long silence', ur: 'طویل خاموشی کے بعد بڑی مالیت' },
    when: when('value >= high.value and silence otherwise 0s >= dormant.silence', 'value', 'silence'),
    innocent: { en: 'A long-term holder who sells or buys once a year; return from abroad or from illness.', ur: 'طویل مدتی سرمایہ کار جو سال میں ایک بار خرید و فروخت کرے؛ بیرونِ ملک یا بیماری سے واپسی۔' },
  },
  {
    id: 'untraded', version: 1, indicator: 'RF-T4a', clause: FATF, weight: 20, subject: 'person', crossFirm: true, on: any('out'), quiet: 'untraded.quiet',
    title: { en: 'Received and sent out again without a trade', ur: 'بغیر کسی تجارت کے رقم آئی اور نکل گئی' },
    when: when('sum[24h](in) >= untraded.received and sum[24h](out) / sum[24h](in) otherwise 0% >= untraded.share and count[24h](trade) <= untraded.trades', 'received24h', 'leftShare24h', 'trades24h'),
    innocent: { en: 'A purchase that was given up, a wrong deposit sent back, or a transfer between the person\'s own wallets.', ur: 'خریداری کا ارادہ ترک، غلط رقم کی واپسی، یا اپنے ہی والٹس کے درمیان منتقلی۔' },
  },
  {
    id: 'private', version: 1, indicator: 'RF-T4c', clause: FATF, weight: 30, subject: 'person', crossFirm: false, on: any('private'), quiet: 'private.quiet',
    title: { en: 'Received and within the hour sent to a private wallet', ur: 'رقم آئی اور ایک گھنٹے میں نجی والٹ کو بھیجی گئی' },
    when: when('sum[1h](in) >= private.received and sum[1h](private) / sum[1h](in) otherwise 0% >= private.share', 'received1h', 'privateShare1h'),
    innocent: { en: 'Buying for self-custody, which is lawful and common.', ur: 'اپنی تحویل میں رکھنے کے لیے خریداری، جو جائز اور عام ہے۔' },
  },
  {
    id: 'drain', version: 1, indicator: 'RF-P2/P3', clause: FATF, weight: 30, subject: 'person', crossFirm: true, on: any('out'), quiet: 'drain.quiet',
    title: { en: 'New customer: funded and emptied within days', ur: 'نیا صارف: چند دن میں رقم ڈالی اور نکال لی' },
    when: when('sum[7d](in) >= drain.received and sum[7d](out) / sum[7d](in) otherwise 0% >= drain.share and age otherwise 30d <= drain.age', 'received7d', 'leftShare7d', 'age'),
    innocent: { en: 'Someone who tries the service once, or opened the account for one payment abroad.', ur: 'کوئی جو سروس صرف آزمائے، یا بیرونِ ملک ایک ادائیگی کے لیے کھاتہ کھولے۔' },
  },
  {
    id: 'funnel', version: 1, indicator: 'RF-P6', clause: FATF, weight: 35, subject: 'person', crossFirm: true, on: any('out'), quiet: 'funnel.quiet',
    title: { en: 'Many senders, one way out', ur: 'بھیجنے والے بہت، نکاسی ایک' },
    when: when('value / sum[7d](in) otherwise 0% >= funnel.share and senders[7d] >= funnel.senders', 'ownShare7d', 'senders7d'),
    innocent: { en: 'A shopkeeper, a charity or a family collecting for one purpose.', ur: 'دکاندار، خیراتی ادارہ، یا خاندان جو ایک مقصد کے لیے جمع کرے۔' },
  },
  {
    id: 'pass-through', version: 1, indicator: null, clause: MONITORING, weight: 40, subject: 'person', crossFirm: true, on: any('out'), quiet: 'pass.quiet',
    title: { en: 'Received at one firm, sent out at another', ur: 'ایک ادارے پر وصول، دوسرے سے روانہ' },
    when: when('elsewhere[24h] >= pass.received and left-here[24h] / elsewhere[24h] otherwise 0% >= pass.share', 'elsewhere24h', 'hereShare24h'),
    innocent: { en: 'Price differences between exchanges, used by someone with accounts at both.', ur: 'دو ایکسچینجوں کی قیمتوں کے فرق سے فائدہ، جب دونوں پر کھاتہ ہو۔' },
  },
  {
    id: 'sanctioned-wallet', version: 1, indicator: 'RF-F1', clause: FATF, weight: 80, subject: 'person', crossFirm: false, on: any('listed'), quiet: '',
    title: { en: 'Wallet on a list', ur: 'فہرست میں شامل والٹ' },
    when: when('event is (listed)', 'listedWallet'),
    innocent: { en: 'Dust sent unasked to many addresses; an address listed after the payment; a list without force in Pakistan.', ur: 'بلا طلب بھیجی گئی معمولی رقم؛ ادائیگی کے بعد درج ہونے والا پتہ؛ ایسی فہرست جس کی پاکستان میں قانونی حیثیت نہیں۔' },
  },
  {
    id: 'service-barred', version: 1, indicator: null, clause: 'Virtual Assets Act 2026, s.19 and s.21; NOC Regulations 2.3 and 17.1', weight: 50, subject: 'firm', crossFirm: false, on: any('barred'), quiet: 'barred.quiet',
    title: { en: 'A service that the firm\'s stage does not allow', ur: 'ایسی خدمت جس کی ادارے کے مرحلے میں اجازت نہیں' },
    when: when('event is (barred)', 'barredService'),
    innocent: { en: 'A service code chosen wrongly in the report, or the last settlement of business begun while it was allowed.', ur: 'رپورٹ میں خدمت کا غلط کوڈ، یا اجازت کے دوران شروع ہوئے کام کا آخری تصفیہ۔' },
  },
  {
    id: 'private', version: 2, indicator: 'RF-T4c', clause: FATF, weight: 15, subject: 'person', crossFirm: false, on: any('private'), quiet: 'private.quiet',
    title: { en: 'Received and within the hour sent to a private wallet', ur: 'رقم آئی اور ایک گھنٹے میں نجی والٹ کو بھیجی گئی' },
    when: when('sum[1h](in) >= private.received and sum[1h](private) / sum[1h](in) otherwise 0% >= private.share', 'received1h', 'privateShare1h'),
    innocent: { en: 'Buying for self-custody, which is lawful and common: by itself it says little, so it weighs less than in version 1.', ur: 'اپنی تحویل میں رکھنے کے لیے خریداری، جو جائز اور عام ہے؛ تنہا یہ کم بتاتی ہے، اس لیے وزن پہلے سے کم ہے۔' },
  },
  {
    id: 'pass-through', version: 2, indicator: null, clause: MONITORING, weight: 45, subject: 'person', crossFirm: true, on: any('out'), quiet: 'pass.quiet',
    title: { en: 'Received at one firm, as much sent out at another', ur: 'ایک ادارے پر وصول، اتنا ہی دوسرے سے روانہ' },
    when: when('elsewhere[24h] >= pass.received and left-here[24h] / elsewhere[24h] otherwise 0% >= pass.share and left-here[24h] / elsewhere[24h] otherwise 0% <= pass.most', 'elsewhere24h', 'hereShare24h', 'hereShare24h'),
    innocent: { en: 'Price differences between exchanges, used by someone with accounts at both.', ur: 'دو ایکسچینجوں کی قیمتوں کے فرق سے فائدہ، جب دونوں پر کھاتہ ہو۔' },
  },
  {
    id: 'handed-on', version: 1, indicator: null, clause: MONITORING, weight: 60, subject: 'person', crossFirm: true, on: { any: ['out'], all: ['internal'], none: [] }, quiet: 'handed.quiet',
    title: { en: 'Received from customers and handed on to customers', ur: 'صارفین سے وصول اور صارفین ہی کو آگے دیا' },
    when: when('sum[24h](in with internal) >= handed.received and sum[24h](out with internal) / sum[24h](in with internal) otherwise 0% >= handed.share and sum[24h](out with internal) / sum[24h](in with internal) otherwise 0% <= handed.most', 'handed24h', 'handedShare24h', 'handedShare24h'),
    innocent: { en: 'Someone who collects for a family or a shop and pays it on; a loan that is returned.', ur: 'خاندان یا دکان کے لیے جمع کر کے آگے دینے والا؛ قرض کی واپسی۔' },
  },
  {
    id: 'fan-out', version: 1, indicator: null, clause: MONITORING, weight: 50, subject: 'person', crossFirm: true, on: any('out'), quiet: 'fan.quiet',
    title: { en: 'Many receivers within a day', ur: 'ایک دن میں بہت سے وصول کنندگان' },
    when: when('count[24h](out) <= fan.most and receivers[24h] >= fan.receivers', 'payments24h', 'receivers24h'),
    innocent: { en: 'An employer on payday, or a person who pays many small bills at once.', ur: 'تنخواہ کے دن آجر، یا کوئی جو ایک ساتھ بہت سے چھوٹے بل ادا کرے۔' },
  },
  {
    id: 'hops', version: 1, indicator: null, clause: MONITORING, weight: 50, subject: 'person', crossFirm: true, on: { any: ['out'], all: ['chain'], none: [] }, quiet: 'hops.quiet',
    title: { en: 'From chain to chain, again and again', ur: 'ایک چین سے دوسری چین، بار بار' },
    when: when('count[24h](in with chain) >= hops.count and count[24h](out with chain) >= hops.count and count[24h](trade) >= hops.trades and sum[24h](out with chain) / sum[24h](in with chain) otherwise 0% >= hops.share and sum[24h](out with chain) / sum[24h](in with chain) otherwise 0% <= hops.most', 'arrived24h', 'departed24h', 'trades24h', 'hopShare24h', 'hopShare24h'),
    innocent: { en: 'A trader who moves the same capital between venues to use price differences.', ur: 'تاجر جو قیمتوں کے فرق کے لیے ایک ہی سرمایہ مختلف جگہوں پر گھماتا ہے۔' },
  },
  {
    id: 'through', version: 1, indicator: null, clause: MONITORING, weight: 15, subject: 'person', crossFirm: true, on: { any: ['out'], all: ['hosted'], none: [] }, quiet: 'through.quiet',
    title: { en: 'Paid in, converted and gone to another provider within the hour', ur: 'جمع، تبدیل اور ایک گھنٹے میں دوسرے فراہم کنندہ کو روانہ' },
    when: when('sum[1h](in with fiat) >= through.received and sum[1h](out with hosted) / sum[1h](in with fiat) otherwise 0% >= through.share and sum[1h](out with hosted) / sum[1h](in with fiat) otherwise 0% <= through.most', 'paidIn1h', 'throughShare1h', 'throughShare1h'),
    innocent: { en: 'Buying at one provider to pay or trade at another, which is common.', ur: 'ایک فراہم کنندہ سے خرید کر دوسرے پر ادائیگی یا تجارت، جو عام ہے۔' },
  },
  {
    id: 'first-high', version: 1, indicator: 'RF-P1', clause: FATF, weight: 8, subject: 'person', crossFirm: false, on: { any: ['in'], all: ['high'], none: [] }, quiet: 'first.quiet',
    title: { en: 'New customer: the first payment is of high value', ur: 'نیا صارف: پہلی ہی رقم بڑی مالیت کی' },
    when: when('age otherwise 30d <= first.age and silence otherwise 0s <= 0s', 'age', 'silence'),
    innocent: { en: 'Someone who sold property or saved for long, and opened the account for that.', ur: 'کوئی جس نے جائیداد بیچی یا عرصے تک بچت کی، اور اسی لیے کھاتہ کھولا۔' },
  },
  {
    id: 'big-swap', version: 1, indicator: 'RF-P8', clause: FATF, weight: 4, subject: 'person', crossFirm: false, on: any('trade'), quiet: 'swap.quiet',
    title: { en: 'A very large conversion at once', ur: 'ایک ہی بار بہت بڑی تبدیلی' },
    when: when('value >= swap.value', 'value'),
    innocent: { en: 'A company\'s treasury, or a holder of many years who sells in one order.', ur: 'کسی کمپنی کا خزانہ، یا برسوں کا سرمایہ کار جو ایک ہی سودے میں فروخت کرے۔' },
  },
  {
    id: 'coin-swap', version: 1, indicator: 'RF-A2', clause: FATF, weight: 8, subject: 'person', crossFirm: true, on: { any: ['trade'], all: ['privacy'], none: [] }, quiet: 'coin.quiet',
    title: { en: 'From a public chain at once into a privacy coin', ur: 'عوامی چین سے فوراً پرائیویسی کوائن میں' },
    when: when('sum[1h](in with chain) >= coin.received and sum[1h](trade with privacy) / sum[1h](in with chain) otherwise 0% >= coin.share', 'chainIn1h', 'coinShare1h'),
    innocent: { en: 'Someone who values privacy for its own sake, or trades between coins by their prices.', ur: 'کوئی جو محض رازداری چاہے، یا قیمتوں کے فرق سے کوائنز کی تجارت کرے۔' },
  },
  {
    id: 'coins', version: 1, indicator: 'RF-A1', clause: FATF, weight: 4, subject: 'person', crossFirm: true, on: { any: ['trade'], all: ['privacy'], none: [] }, quiet: 'coins.quiet',
    title: { en: 'Privacy coins traded again and again', ur: 'پرائیویسی کوائن کی بار بار تجارت' },
    when: when('count[7d](trade with privacy) >= coins.count', 'coinTrades7d'),
    innocent: { en: 'A trader to whom these are coins like any other.', ur: 'تاجر جس کے لیے یہ دوسرے کوائنز جیسے ہی ہیں۔' },
  },
  {
    id: 'hidden', version: 1, indicator: 'RF-A10', clause: FATF, weight: 4, subject: 'person', crossFirm: true, on: { any: ['in', 'out'], all: ['hidden'], none: [] }, quiet: 'hidden.quiet',
    title: { en: 'Moves value through Tor, a VPN or a proxy', ur: 'ٹور، وی پی این یا پراکسی سے رقم کی نقل و حرکت' },
    when: when('count[24h](in|out with hidden) >= hidden.count and value >= hidden.value', 'hidden24h', 'value'),
    innocent: { en: 'A company\'s network, a traveller, or someone who protects a connection in public places.', ur: 'کمپنی کا نیٹ ورک، مسافر، یا عوامی جگہوں پر اپنا رابطہ محفوظ رکھنے والا۔' },
  },
  {
    id: 'untold', version: 1, indicator: 'RF-X6', clause: 'FATF Recommendation 16 (travel rule); Virtual Assets Act 2026, s.47', weight: 4, subject: 'person', crossFirm: true, on: { any: ['in', 'out'], all: ['hosted', 'untold'], none: [] }, quiet: 'untold.quiet',
    title: { en: 'With other providers again and again without whole travel-rule data', ur: 'دوسرے فراہم کنندگان سے بار بار نامکمل ٹریول رول معلومات کے ساتھ' },
    when: when('count[7d](in|out with hosted, untold) >= untold.count', 'untold7d'),
    innocent: { en: 'The other provider is small, or in a country where the travel rule does not yet bind.', ur: 'دوسرا فراہم کنندہ چھوٹا ہو، یا ایسے ملک میں جہاں ٹریول رول ابھی لازم نہیں۔' },
  },
  {
    id: 'cash-card', version: 1, indicator: 'RF-F3', clause: FATF, weight: 8, subject: 'person', crossFirm: true, on: { any: ['out'], all: ['card'], none: [] }, quiet: 'cash.quiet',
    title: { en: 'Much cash in, taken out by card', ur: 'بہت سی نقد رقم آئی، کارڈ سے نکلی' },
    when: when('sum[7d](in with cash) >= cash.received and sum[7d](out with card) / sum[7d](in with cash) otherwise 0% >= cash.share', 'cash7d', 'cardShare7d'),
    innocent: { en: 'A shop whose takings are cash and whose purchases are by card.', ur: 'دکان جس کی آمدنی نقد اور خریداری کارڈ سے ہو۔' },
  },
  {
    id: 'collected', version: 1, indicator: 'RF-P5c', clause: FATF, weight: 4, subject: 'person', crossFirm: false, on: { any: ['in'], all: ['internal'], none: [] }, quiet: 'collected.quiet',
    title: { en: 'Several customers pay large amounts to one', ur: 'کئی صارفین ایک کو بڑی رقوم دیتے ہیں' },
    when: when('sum[7d](in with internal) >= collected.received and senders[7d] >= collected.senders', 'collected7d', 'senders7d'),
    innocent: { en: 'A family or a business that gathers money for one purchase.', ur: 'خاندان یا کاروبار جو ایک خریداری کے لیے رقم جمع کرے۔' },
  },
  {
    id: 'spread', version: 1, indicator: 'RF-T3a', clause: FATF, weight: 4, subject: 'person', crossFirm: true, on: { any: ['out'], all: ['hosted'], none: [] }, quiet: 'spread.quiet',
    title: { en: 'To several places at other providers within the hour', ur: 'ایک گھنٹے میں دوسرے فراہم کنندگان کے کئی پتوں پر' },
    when: when('count[1h](out with hosted) >= spread.count and receivers[1h] >= spread.count', 'hostedOut1h', 'receivers1h'),
    innocent: { en: 'A trader who spreads capital over several exchanges.', ur: 'تاجر جو اپنا سرمایہ کئی ایکسچینجوں پر بانٹتا ہے۔' },
  },
];

/** What each measure is called on screens. */
export const MEASURE_NAMES: Readonly<Record<string, Worded>> = {
  nearCount: { en: 'Movements just below the threshold, 24 h', ur: 'حد سے ذرا نیچے نقل و حرکت، ۲۴ گھنٹے' },
  nearSum: { en: 'Their sum, 24 h', ur: 'ان کا مجموعہ، ۲۴ گھنٹے' },
  highCount: { en: 'High-value movements, 24 h', ur: 'بڑی مالیت کی نقل و حرکت، ۲۴ گھنٹے' },
  highSum: { en: 'Their sum, 24 h', ur: 'ان کا مجموعہ، ۲۴ گھنٹے' },
  value: { en: 'Value of this event', ur: 'اس واقعے کی مالیت' },
  silence: { en: 'Time since the movement before', ur: 'پچھلی نقل و حرکت سے وقفہ' },
  received24h: { en: 'Received, 24 h', ur: 'وصول، ۲۴ گھنٹے' },
  leftShare24h: { en: 'Sent out as a share of it, 24 h', ur: 'اس میں سے روانہ حصہ، ۲۴ گھنٹے' },
  trades24h: { en: 'Trades, 24 h', ur: 'تجارتیں، ۲۴ گھنٹے' },
  received1h: { en: 'Received, 1 h', ur: 'وصول، ۱ گھنٹہ' },
  privateShare1h: { en: 'Sent to private wallets as a share of it, 1 h', ur: 'نجی والٹس کو روانہ حصہ، ۱ گھنٹہ' },
  received7d: { en: 'Received, 7 d', ur: 'وصول، ۷ دن' },
  leftShare7d: { en: 'Sent out as a share of it, 7 d', ur: 'اس میں سے روانہ حصہ، ۷ دن' },
  age: { en: 'Time since first onboarded', ur: 'پہلی شمولیت سے گزرا وقت' },
  ownShare7d: { en: 'This event as a share of what was received, 7 d', ur: 'وصول شدہ میں اس واقعے کا حصہ، ۷ دن' },
  senders7d: { en: 'Different senders, 7 d', ur: 'مختلف بھیجنے والے، ۷ دن' },
  elsewhere24h: { en: 'Received at other firms, 24 h', ur: 'دوسرے اداروں پر وصول، ۲۴ گھنٹے' },
  hereShare24h: { en: 'Sent out here as a share of it, 24 h', ur: 'اس میں سے یہاں سے روانہ حصہ، ۲۴ گھنٹے' },
  handed24h: { en: 'Received from customers, 24 h', ur: 'صارفین سے وصول، ۲۴ گھنٹے' },
  handedShare24h: { en: 'Handed on to customers as a share of it, 24 h', ur: 'اس میں سے صارفین کو دیا گیا حصہ، ۲۴ گھنٹے' },
  payments24h: { en: 'Payments out, 24 h', ur: 'روانہ ادائیگیاں، ۲۴ گھنٹے' },
  receivers24h: { en: 'Different receivers, 24 h', ur: 'مختلف وصول کنندگان، ۲۴ گھنٹے' },
  arrived24h: { en: 'Arrivals on chains, 24 h', ur: 'چین پر آمد، ۲۴ گھنٹے' },
  departed24h: { en: 'Departures on chains, 24 h', ur: 'چین پر روانگی، ۲۴ گھنٹے' },
  hopShare24h: { en: 'Departed as a share of what arrived, 24 h', ur: 'آمد میں سے روانہ حصہ، ۲۴ گھنٹے' },
  paidIn1h: { en: 'Paid in, 1 h', ur: 'جمع، ۱ گھنٹہ' },
  throughShare1h: { en: 'Sent to other providers as a share of it, 1 h', ur: 'دیگر فراہم کنندگان کو روانہ حصہ، ۱ گھنٹہ' },
  chainIn1h: { en: 'Arrived on chains, 1 h', ur: 'چین پر آمد، ۱ گھنٹہ' },
  coinShare1h: { en: 'Traded into privacy coins as a share of it, 1 h', ur: 'اس میں سے پرائیویسی کوائن میں تبدیل حصہ، ۱ گھنٹہ' },
  coinTrades7d: { en: 'Trades of privacy coins, 7 d', ur: 'پرائیویسی کوائن کی تجارتیں، ۷ دن' },
  hidden24h: { en: 'Movements through Tor, a VPN or a proxy, 24 h', ur: 'ٹور، وی پی این یا پراکسی سے نقل و حرکت، ۲۴ گھنٹے' },
  untold7d: { en: 'Movements without whole travel-rule data, 7 d', ur: 'نامکمل ٹریول رول معلومات والی نقل و حرکت، ۷ دن' },
  cash7d: { en: 'Cash received, 7 d', ur: 'وصول نقد، ۷ دن' },
  cardShare7d: { en: 'Taken out by card as a share of it, 7 d', ur: 'اس میں سے کارڈ سے نکالا گیا حصہ، ۷ دن' },
  collected7d: { en: 'Received from customers, 7 d', ur: 'صارفین سے وصول، ۷ دن' },
  hostedOut1h: { en: 'Payments to other providers, 1 h', ur: 'دیگر فراہم کنندگان کو ادائیگیاں، ۱ گھنٹہ' },
  receivers1h: { en: 'Different receivers, 1 h', ur: 'مختلف وصول کنندگان، ۱ گھنٹہ' },
  listedWallet: { en: 'Wallet on a list', ur: 'فہرست میں شامل والٹ' },
  barredService: { en: 'Service not allowed in this stage', ur: 'اس مرحلے میں خدمت کی اجازت نہیں' },
};
