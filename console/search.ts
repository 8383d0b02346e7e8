/**
 * The state of a screen lives in its URL as plain text: `/events?firm=SDX&from=2026-11-01`. A value that its
 * schema refuses is dropped and the rest is kept, so that an old or mistyped link still opens something true.
 */
import * as z from 'zod';
import { alertsQuery, dossiersQuery, eventsQuery, firmsQuery, hitsQuery, ledgerQuery, obligationsQuery, rejectionsQuery, submissionsQuery } from '../src/contract/console.ts';

export type Text = Record<string, unknown>;

export const parseSearch = (text: string): Text => Object.fromEntries(new URLSearchParams(text));

export function stringifySearch(search: Text): string {
  const out = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') out.set(key, String(value));
  }
  const text = out.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text === '' ? '' : `?${text}`;
}

/** A validator that keeps what its schema takes, key by key, and drops the rest. */
export function kept<S extends z.ZodRawShape>(schema: z.ZodObject<S>) {
  return (search: Text): z.output<z.ZodObject<S>> => {
    const known = Object.fromEntries(Object.entries(search).filter(([key]) => key in schema.shape));
    const whole = schema.safeParse(known);
    if (whole.success) return whole.data;
    const wrong = new Set(whole.error.issues.map((issue) => String(issue.path[0])));
    return schema.parse(Object.fromEntries(Object.entries(known).filter(([key]) => !wrong.has(key))));
  };
}

/** Kinds that make up "traded", and those that bring value to a firm or take it away: the same as the server's figures count. */
export const TRADED_KINDS = 'trade,p2p-trade';
export const FLOW_KINDS = 'fiat-in,fiat-out,asset-deposit,asset-withdrawal';

const lists = { cursor: true, limit: true } as const;

export const searches = {
  overview: z.object({ flows: z.enum(['table']).optional() }),
  alerts: alertsQuery.omit(lists).extend({ id: z.string().max(20).optional(), finding: z.string().max(80).optional() }),
  decisions: z.object({ state: z.enum(['waiting', 'all']).optional() }),
  firms: firmsQuery.omit(lists),
  firm: z.object({ tab: z.enum(['overview', 'services', 'history']).optional() }),
  applications: dossiersQuery.omit(lists).extend({ sort: z.enum(['firm']).optional() }),
  application: z.object({ tab: z.enum(['standing', 'filed', 'people', 'assessment', 'letters', 'measures', 'return', 'history']).optional(), open: z.string().regex(/^[0-9a-f]{64}$/).optional(), letter: z.coerce.number().int().nonnegative().optional() }),
  obligations: obligationsQuery.omit(lists).extend({ view: z.enum(['calendar']).optional(), month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/).optional() }),
  submissions: submissionsQuery.omit(lists),
  rejections: rejectionsQuery.omit(lists),
  events: eventsQuery.omit(lists),
  deskForm: z.object({ about: z.string().regex(/^[a-z0-9-]{1,60}$/).optional(), n: z.coerce.number().int().positive().optional(), edit: z.enum(['yes']).optional() }),
  deskDocuments: z.object({ document: z.string().max(60).optional() }),
  deskLetters: z.object({ entry: z.coerce.number().int().nonnegative().optional() }),
  deskHeadroom: z.object({ ask: z.enum(['customer', 'asset', 'service', 'payout']).optional(), service: z.string().max(60).optional(), amount: z.string().regex(/^\d{1,13}(\.\d{1,2})?$/).optional(), count: z.coerce.number().int().nonnegative().max(1_000_000_000).optional() }),
  deskObligations: z.object({ month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/).optional() }),
  deskReturn: z.object({ year: z.coerce.number().int().min(2020).max(2100).optional() }),
  framework: z.object({ q: z.string().max(100).optional(), past: z.enum(['yes']).optional(), open: z.string().max(300).optional() }),
  complaints: z.object({ queue: z.enum(['firm-first', 'conduct', 'warnings', 'elsewhere']).optional(), open: z.enum(['true', 'false']).optional() }),
  adoption: z.object({ look: z.string().regex(/^[0-9a-f]{64}$/).optional() }),
  rules: z.object({ q: z.string().max(100).optional(), open: z.string().max(64).optional(), draft: z.string().max(6_000).optional(), test: z.coerce.number().int().nonnegative().optional() }),
  screening: hitsQuery.omit(lists).extend({ view: z.enum(['lists', 'ask', 'tuning', 'freezes']).optional(), hit: z.string().regex(/^SH-\d{1,15}$/).optional(), version: z.string().max(100).optional() }),
  ledger: ledgerQuery.omit(lists).extend({ entry: z.coerce.number().int().nonnegative().optional() }),
} as const;

/** A tab is a view of one address: the router takes it for the present one only when the search agrees whole. */
export const tabActive = { exact: true, includeSearch: true, explicitUndefined: false } as const;

export type AlertsSearch = z.output<typeof searches.alerts>;
export type RejectionsSearch = z.output<typeof searches.rejections>;
export type SubmissionsSearch = z.output<typeof searches.submissions>;
export type EventsSearch = z.output<typeof searches.events>;
