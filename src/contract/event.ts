/**
 * The canonical event, version 1: what a firm reports. One schema source gives the types, the
 * door's validation, JSON Schema and the OpenAPI description.
 *
 * Every event carries the firm's own `id` (unique in the firm for ever), its place in a gapless
 * stream (`stream`, `seq`), the instant `at` which it happened, and the firm's own `customer`
 * reference; never a name. Identity travels only sealed, in `identity`, and only with the two
 * customer kinds and the opening load. Objects are strict: an unknown key is rejected by name,
 * because what is read and dropped in silence is lost. Bounds: see each field.
 */

import { z } from 'zod';
import { ASSET_FORM, SERVICES } from '../terms/index.ts';

/** The schema version that this file describes. */
export const EVENT_VERSION = 1;
/** Events in one request at most; 10,000 of 500 bytes are 5 MB, well inside the byte bound. */
export const EVENTS_PER_REQUEST_MAX = 10_000;
/** Bytes of one request after decompression at most. */
export const REQUEST_BYTES_MAX = 16 * 1024 * 1024;
/** Bytes of one event at most; a ledger entry is bounded by the same 64 KiB. */
export const EVENT_BYTES_MAX = 65_535;

const token = (max: number) => z.string().min(1).max(max).regex(/^[A-Za-z0-9][A-Za-z0-9._:@/+=-]*$/);
const instant = z.string().min(20).max(40).describe('RFC 3339 with an offset and up to six decimals, for example 2026-11-24T09:20:00.123456Z');
const decimal = z.string().min(1).max(60).regex(/^(0|[1-9]\d*)(\.\d+)?$/).describe('Unsigned decimal, no exponent, at most the decimals of the asset');
const asset = z.string().min(5).max(200).regex(ASSET_FORM).describe('CAIP-19, or iso4217:PKR');
const country = z.string().regex(/^[A-Z]{2}$/).describe('ISO 3166-1 alpha-2');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/).describe('Asia/Karachi day, for example 2026-11-24');

/** An amount with its asset. */
export const amountSchema = z.strictObject({ asset, value: decimal });
/** The firm's own value in rupees: kept as a claim beside ours. */
const claimedPkr = decimal.optional().describe('The firm\'s own PKR value: a claim, compared with the reference rate');

/** What may be said about a customer outside the vault. */
export const profileSchema = z.strictObject({
  type: z.enum(['person', 'company']),
  ageBand: z.enum(['under18', '18-24', '25-34', '35-44', '45-54', '55-64', '65over']).optional(),
  province: z.enum(['balochistan', 'gilgit-baltistan', 'azad-kashmir', 'islamabad', 'khyber-pakhtunkhwa', 'punjab', 'sindh', 'abroad']).optional(),
  incomeClass: z.enum(['none', 'low', 'middle', 'high', 'veryHigh']).optional(),
  riskClass: z.enum(['low', 'medium', 'high']).optional(),
  pep: z.boolean().optional().describe('Politically exposed person, as the firm classified'),
  residence: country.optional(),
});

/** Where and how a customer came in. Tokens are keyed hashes that the firm computes with the key it was given. */
export const accessSchema = z.strictObject({
  ipToken: token(64).optional(),
  deviceToken: token(64).optional(),
  country: country.optional(),
  network: token(64).optional().describe('Autonomous system, for example AS17557'),
  anonymiser: z.enum(['none', 'tor', 'vpn', 'proxy']).optional(),
});

const channelSchema = z.strictObject({
  method: z.enum(['raast', 'ibft', 'rtgs', 'card', 'wallet', 'cheque', 'cash', 'other']),
  bank: token(32).optional().describe('BIC or SBP bank code'),
  accountToken: token(64).optional().describe('Keyed hash of the account number'),
  country: country.optional(),
});

const counterpartySchema = z.strictObject({
  kind: z.enum(['hosted', 'unhosted', 'unknown']),
  firm: token(64).optional().describe('LEI or name token of the hosting provider'),
  country: country.optional(),
});

const travelRuleSchema = z.strictObject({
  status: z.enum(['complete', 'partial', 'missing', 'notRequired']),
  protocol: token(32).optional(),
  message: token(128).optional().describe('Pointer: the message\'s id at the protocol'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).optional(),
});

const head = {
  v: z.literal(EVENT_VERSION),
  id: token(64).describe('The firm\'s id of this event, unique in the firm for ever'),
  stream: token(32).default('main').describe('A firm may number several streams apart'),
  seq: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).describe('Gapless number in the stream, from 1'),
  at: instant,
};
const customer = token(64).describe('The firm\'s own customer reference; never a name or an identifier');
const service = z.enum(SERVICES).exclude(['none']).optional().describe('Licence service, when it is not the kind\'s usual one');
const identity = z.string().min(20).max(32_768).describe('Compact JWE for the key at /v1/identity-key; opened only inside the vault');

const movement = { ...head, customer, amount: amountSchema, pkr: claimedPkr, service, access: accessSchema.optional() };
const chainLeg = {
  ...movement,
  chain: z.string().regex(/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,64}$/).describe('CAIP-2'),
  txHash: z.string().min(8).max(128).regex(/^[A-Za-z0-9]+$/).optional().describe('Absent while a withdrawal is not yet on chain'),
  from: z.string().min(3).max(128).optional(),
  to: z.string().min(3).max(128).optional(),
  counterparty: counterpartySchema.optional(),
  travelRule: travelRuleSchema.optional(),
  memo: z.string().max(1024).optional().describe('Free text; held encrypted, rules see only its flags'),
};

const customerOnboarded = z.strictObject({ ...head, kind: z.literal('customer-onboarded'), customer, identity, profile: profileSchema, access: accessSchema.optional() });
const customerChanged = z.strictObject({ ...head, kind: z.literal('customer-changed'), customer, identity: identity.optional(), profile: profileSchema.optional(), status: z.enum(['active', 'restricted', 'closed']).optional() });
const fiatIn = z.strictObject({ ...movement, kind: z.literal('fiat-in'), channel: channelSchema });
const fiatOut = z.strictObject({ ...movement, kind: z.literal('fiat-out'), channel: channelSchema });
const assetDeposit = z.strictObject({ ...chainLeg, kind: z.literal('asset-deposit'), from: z.string().min(3).max(128).describe('Sending address') });
const assetWithdrawal = z.strictObject({ ...chainLeg, kind: z.literal('asset-withdrawal'), to: z.string().min(3).max(128).describe('Receiving address') });
const trade = z.strictObject({ ...movement, kind: z.literal('trade'), side: z.enum(['buy', 'sell']), quote: amountSchema, fee: amountSchema.optional(), order: token(64).optional(), counterpartyCustomer: token(64).optional() });
const order = z.strictObject({ ...head, kind: z.literal('order'), customer, order: token(64), side: z.enum(['buy', 'sell']), amount: amountSchema, price: decimal.optional(), state: z.enum(['placed', 'changed', 'cancelled', 'filled']) });
const internalTransfer = z.strictObject({ ...movement, kind: z.literal('internal-transfer'), toCustomer: token(64) });
const p2pTrade = z.strictObject({ ...movement, kind: z.literal('p2p-trade'), side: z.enum(['buy', 'sell']), quote: amountSchema, counterpartyCustomer: token(64), channel: channelSchema });
const signIn = z.strictObject({ ...head, kind: z.literal('sign-in'), customer, access: accessSchema, outcome: z.enum(['success', 'failure']) });
const device = z.strictObject({ ...head, kind: z.literal('device'), customer, access: accessSchema, change: z.enum(['added', 'removed', 'contactChanged', 'credentialChanged']) });
const balanceList = z.array(amountSchema).max(2_000);
const closingStatement = z.strictObject({
  ...head, kind: z.literal('closing-statement'), day,
  lastSeq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).describe('Last number of the stream that the day used'),
  counts: z.array(z.strictObject({ kind: z.string().min(3).max(32), asset: asset.optional(), count: z.number().int().min(0), sum: decimal.optional() })).max(5_000),
  customers: z.number().int().min(0), balances: balanceList,
});
const openingLoad = z.strictObject({ ...head, kind: z.literal('opening-load'), customer, day, identity, profile: profileSchema, onboardedAt: instant, balances: balanceList });
const cancel = z.strictObject({ ...head, kind: z.literal('cancel'), customer, otherCustomer: token(64).optional().describe('Second customer of the earlier event, when it had one'), target: token(64).describe('Id of the earlier event'), reason: z.enum(['duplicate', 'error', 'reversed', 'test']) });

const reported = [customerOnboarded, customerChanged, fiatIn, fiatOut, assetDeposit, assetWithdrawal, trade, order, internalTransfer, p2pTrade, signIn, device, closingStatement, openingLoad] as const;
const replaceable = z.discriminatedUnion('kind', [fiatIn, fiatOut, assetDeposit, assetWithdrawal, trade, internalTransfer, p2pTrade]);
const correct = z.strictObject({ ...head, kind: z.literal('correct'), target: token(64).describe('Id of the earlier event'), replacement: replaceable.describe('The whole event as it should have been; its id, stream and seq are those of the earlier one') });

/** Any event of version 1. */
export const eventSchema = z.discriminatedUnion('kind', [...reported, correct, cancel]);

/** An event as it is after validation. */
export type Event = z.output<typeof eventSchema>;
/** An event as a firm writes it. */
export type EventInput = z.input<typeof eventSchema>;
/** The events that move value and that `correct` may replace. */
export type MovementEvent = z.output<typeof replaceable>;
/** What a firm says of a customer: classes and bands, never an identity. */
export type Profile = z.output<typeof profileSchema>;
/** From where a person acted: network and device, as the firm saw them. */
export type Access = z.output<typeof accessSchema>;

