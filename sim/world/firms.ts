/**
 * The firms of the demo. All are invented, and named so that nobody takes them for real ones, but two:
 * Binance and HTX stand here as holders of a no-objection certificate of 12 December 2025, as announced,
 * and with nothing else. No event, figure or later stage is ever made up about a real firm, so this file
 * gives a real firm no share of the nation's activity, and a test holds it to that.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DAY_US, assert, instantOf, parseKarachiDay, startOfKarachiDay, type Instant, type Service } from '../../src/terms/index.ts';

/** A step of a firm through the framework's stages, as `licensing` would enter it. */
export interface StageStep {
  readonly from: string | null;
  readonly to: string;
  readonly services?: readonly Exclude<Service, 'none'>[];
  readonly effectiveFrom: Instant;
  readonly reasons: string;
}

/** A firm as the authority enters it, and as the nation uses it. */
export interface WorldFirm {
  readonly id: string;
  readonly number: number;
  readonly code: string;
  readonly name: string;
  readonly nameUr: string;
  readonly synthetic: boolean;
  readonly steps: readonly StageStep[];
  /** Share of the nation's activity that it reports; 0 for a firm without a feed. */
  readonly share: number;
  /** Services that it offers lawfully, beside which it does nothing except in planted cases. */
  readonly offers: readonly Exclude<Service, 'none'>[];
  /** From here on it is suspended and reports sign-ins and changes alone. */
  readonly suspendedFrom?: Instant;
}

const FOUR = ['exchange', 'broker-dealer', 'custody', 'derivatives'] as const;
const NOC_ROAD = ['e2-noc-application', 'e3-noc-granted', 'e4-aml-registered', 'e5-licence-application'] as const;
const SYNTHETIC = 'synthetic: part of the demo nation';

interface Term {
  readonly code: string;
  readonly name: string;
  readonly nameUr: string;
  /** Stages with the days before the world's last day on which each was entered. */
  readonly road: readonly (readonly [stage: string, daysBefore: number])[];
  readonly services?: readonly Exclude<Service, 'none'>[];
  readonly share?: number;
}

/** Days before the end at which a firm that has come so far entered each stage of the road to a licence. */
const noc = (...days: number[]): Term['road'] => [...days.map((day, i) => [NOC_ROAD[i] ?? '', day] as const)];

/** The same for a firm that had its certificate when the register began: how it was granted is not told. */
const certified = (...days: number[]): Term['road'] => noc(...days).slice(1);

const INVENTED: readonly Term[] = [
  { code: 'SDX', name: 'Sindh Digital Exchange', nameUr: 'سندھ ڈیجیٹل ایکس‌چینج', road: noc(300, 215, 148), share: 0.28 },
  { code: 'RCH', name: 'Ravi Coin House', nameUr: 'راوی کوائن ہاؤس', road: certified(290, 205, 133), share: 0.2 },
  { code: 'MKB', name: 'Makran Bitworks', nameUr: 'مکران بٹ ورکس', road: certified(270, 190, 113), share: 0.09 },
  { code: 'KHX', name: 'Khunjerab Exchange', nameUr: 'خنجراب ایکس‌چینج', road: certified(320, 235, 170, 64), share: 0.17 },
  { code: 'CHX', name: 'Chenab Exchange', nameUr: 'چناب ایکس‌چینج', road: [...certified(325, 240, 180, 96), ['l1-limited-licence', 50]], services: ['exchange', 'custody'], share: 0.08 },
  { code: 'DSM', name: 'Deosai Markets', nameUr: 'دیوسائی مارکیٹس', road: [...certified(330, 245, 190, 110), ['l2-licensed', 33]], services: ['exchange', 'broker-dealer', 'custody', 'lending', 'transfer'], share: 0.16 },
  { code: 'TTD', name: 'Thar Token Desk', nameUr: 'تھر ٹوکن ڈیسک', road: [...certified(260, 180, 120), ['q-suspended', 11.4]], share: 0.02 },
  { code: 'HZL', name: 'Hunza Ledger', nameUr: 'ہنزہ لیجر', road: noc(130, 36) },
  { code: 'MGM', name: 'Margalla Markets', nameUr: 'مارگلہ مارکیٹس', road: noc(118, 22) },
  { code: 'BLN', name: 'Bolan Digital', nameUr: 'بولان ڈیجیٹل', road: noc(15) },
  { code: 'GRK', name: 'Gorakh Exchange', nameUr: 'گورکھ ایکس‌چینج', road: noc(12) },
  { code: 'SLT', name: 'Saltrange Tokens', nameUr: 'سالٹ رینج ٹوکن', road: noc(6) },
  { code: 'PTT', name: 'Pothohar Token Test', nameUr: 'پوٹھوہار ٹوکن ٹیسٹ', road: [['s1-sandbox-application', 200], ['s2-sandbox-evaluation', 180], ['s3-sandbox-test', 92]], services: ['issuance'] },
  { code: 'ZRP', name: 'Ziarat Remit Pilot', nameUr: 'زیارت ریمٹ پائلٹ', road: [['s1-sandbox-application', 190], ['s2-sandbox-evaluation', 170], ['s3-sandbox-test', 78]], services: ['transfer'] },
  { code: 'KRC', name: 'Kirthar Coin', nameUr: 'کیرتھر کوائن', road: [...certified(310, 240), ['r-revoked', 204]] },
  { code: 'CLB', name: 'Cholistan Bits', nameUr: 'چولستان بٹس', road: [['e0-unauthorised', 40]] },
  { code: 'GGW', name: 'Gilgit Gateway', nameUr: 'گلگت گیٹ وے', road: [['e0-unauthorised', 60], ['e1-engagement', 25]] },
  { code: 'KCC', name: 'Kaghan Coin Counter', nameUr: 'کاغان کوائن کاؤنٹر', road: [['e0-unauthorised', 220], ['t-transitional', 100]], services: ['exchange'] },
  { code: 'NTL', name: 'Naltar Token Lab', nameUr: 'نلتر ٹوکن لیب', road: [['e0-unauthorised', 50], ['s1-sandbox-application', 9]] },
  { code: 'KJP', name: 'Keenjhar Pilot', nameUr: 'کینجھر پائلٹ', road: [['s1-sandbox-application', 60], ['s2-sandbox-evaluation', 20]] },
  { code: 'RTP', name: 'Rohtas Pilot', nameUr: 'روہتاس پائلٹ', road: [['s1-sandbox-application', 230], ['s2-sandbox-evaluation', 210], ['s3-sandbox-test', 120], ['s4-sandbox-completion', 8]], services: ['issuance'] },
  { code: 'SWL', name: 'Swat Ledger Letter', nameUr: 'سوات لیجر لیٹر', road: [['e0-unauthorised', 90], ['n-no-action', 45]], services: ['advisory'] },
];

/** Stages whose services are those of the firm's own grant. */
const GRANTED = new Set(['l1-limited-licence', 'l2-licensed', 's3-sandbox-test', 'n-no-action', 't-transitional']);

/** All firms, numbered, as of a world that ends at `until`. */
export function firmsOf(until: number): readonly WorldFirm[] {
  const invented = INVENTED.map((term, i) => inventedFirm(term, i + 1, until));
  return [...invented, ...publishedFirms(invented.length + 1)];
}

function inventedFirm(term: Term, number: number, until: number): WorldFirm {
  const steps = term.road.map(([to, days], i): StageStep => ({
    from: term.road[i - 1]?.[0] ?? null, to, effectiveFrom: instantOf(Math.floor(until - days * DAY_US)), reasons: SYNTHETIC,
    ...(GRANTED.has(to) ? { services: term.services ?? [] } : {}),
  }));
  const suspended = steps.find((step) => step.to === 'q-suspended');
  return {
    id: term.code.toLowerCase(), number, code: term.code, name: term.name, nameUr: term.nameUr, synthetic: true, steps, share: term.share ?? 0, offers: term.services ?? FOUR,
    ...(suspended === undefined ? {} : { suspendedFrom: suspended.effectiveFrom }),
  };
}

const publishedShape = z.object({ firms: z.array(z.object({ firm: z.string(), code: z.string(), name: z.string(), nameUr: z.string().optional(), stage: z.string(), since: z.string(), basis: z.string() })) });

/** Real firms, as the file of published facts has them; what else is said of them stands there too. */
function publishedFirms(first: number): WorldFirm[] {
  const text = readFileSync(fileURLToPath(new URL('../../data/published-firms.json', import.meta.url)), 'utf8');
  return publishedShape.parse(JSON.parse(text)).firms.map((firm, i) => {
    const day = parseKarachiDay(firm.since);
    assert(day !== undefined, 'a published fact has its day');
    return {
      id: firm.firm, number: first + i, code: firm.code, name: firm.name, nameUr: firm.nameUr ?? firm.name, synthetic: false, share: 0, offers: [],
      steps: [{ from: null, to: firm.stage, effectiveFrom: startOfKarachiDay(day), reasons: firm.basis }],
    };
  });
}
