/**
 * Which chain family a row of a wallet list speaks of. OFAC files by ticker, and a ticker is no chain: USDT holds
 * Bitcoin (Omni), TRON and EVM addresses, and one EVM address stands under ETH, USDT and USDC. So the ticker says
 * which forms may stand there, and the form of the address decides.
 *
 * A form that no other chain writes counts under any ticker: OFAC's list of 2024 files a TRON address under XBT,
 * and a listed wallet is listed wherever a clerk wrote it down. Refuses every other text that has none of its
 * ticker's forms: such a row is set aside with its reason, never guessed at.
 */

import { canonicalAddress, type ChainFamily } from '../terms/index.ts';

/** A wallet as it is matched: its family and the one text of its address. */
export interface WalletKey {
  readonly family: ChainFamily;
  readonly address: string;
}

/** Why a row cannot be read. */
export type Unreadable = 'ticker-unknown' | 'form-unknown';

interface Form {
  readonly family: ChainFamily;
  readonly written: RegExp;
}

const form = (family: ChainFamily, written: RegExp): Form => ({ family, written });
const BASE58 = '[1-9A-HJ-NP-Za-km-z]';
const EVM = form('evm', /^0x[0-9a-fA-F]{40}$/);
const TRON = form('tron', new RegExp(`^T${BASE58}{33}$`));
const BITCOIN = form('bitcoin', new RegExp(`^(?:[13]${BASE58}{24,34}|bc1[02-9ac-hj-np-z]{11,71}|BC1[02-9AC-HJ-NP-Z]{11,71})$`));
const CASH = form('bitcoin', /^(?:bitcoincash:)?[qp][02-9ac-hj-np-z]{41}$/);
const fork = (first: string): Form => form('bitcoin', new RegExp(`^${first}${BASE58}{32,33}$`));

/** Forms that may stand under each ticker of OFAC. A ticker that is not here is no chain that the house reads. */
const FORMS: Readonly<Record<string, readonly Form[]>> = {
  XBT: [BITCOIN], ETH: [EVM], ETC: [EVM], ARB: [EVM], BSC: [EVM], USDC: [EVM, TRON], USDT: [EVM, TRON, BITCOIN], TRX: [TRON],
  LTC: [fork('[LM3]'), form('bitcoin', /^ltc1[02-9ac-hj-np-z]{11,71}$/)], BCH: [CASH, BITCOIN], BSV: [BITCOIN], BTG: [fork('[GA]'), form('bitcoin', /^btg1[02-9ac-hj-np-z]{11,71}$/)],
  DASH: [fork('[X7]')], XVG: [fork('D')], ZEC: [form('bitcoin', new RegExp(`^t[13]${BASE58}{33}$`)), form('bitcoin', /^zs1[02-9ac-hj-np-z]{75}$/)],
  // 95 characters, or 106 with a payment id inside. A row of 64 hex digits is a key, and no address.
  XMR: [form('other', new RegExp(`^[48]${BASE58}{94}(?:${BASE58}{11})?$`))],
  XRP: [form('ripple', new RegExp(`^r${BASE58}{24,34}$`))], SOL: [form('solana', new RegExp(`^${BASE58}{32,44}$`))],
};

/** Forms that no other chain writes: a TRON address begins with T by its version byte, bech32 names its chain. */
const UNMISTAKABLE: readonly Form[] = [EVM, TRON, form('bitcoin', /^(?:bc1|ltc1)[02-9ac-hj-np-z]{11,71}$/)];

/** The key of a row's address under its ticker, or why there is none. */
export function walletKey(ticker: string, written: string): WalletKey | Unreadable {
  const forms = Object.hasOwn(FORMS, ticker) ? FORMS[ticker] : undefined;
  if (forms === undefined) return 'ticker-unknown';
  const family = [...forms, ...UNMISTAKABLE].find((one) => one.written.test(written))?.family;
  const address = family === undefined ? undefined : canonicalAddress(family, written);
  return family === undefined || address === undefined ? 'form-unknown' : { family, address };
}
