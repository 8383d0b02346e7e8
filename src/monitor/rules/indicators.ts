/**
 * Every indicator of FATF's report of September 2020 (58, in 66 leaves) and a second set from later sources, in our own words: how
 * each can be seen by an authority, and which rule sees it today. A leaf without a rule says so; nothing is claimed that no rule
 * does. The report numbers no indicators; the numbers are ours. Where we only recall the text, the leaf says so.
 */

/**
 * How a leaf can be seen. `rule`: in movements and accounts. `graph`: on chains. `list`: by a list or a label. `device`: in sign-ins and devices.
 * `attested`: the firm says it, and we check that it is said. `unseen`: not in what an authority has; the reason stands beside it.
 */
export const DISPOSITIONS = ['rule', 'graph', 'list', 'device', 'attested', 'unseen'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** One leaf. */
export interface Indicator {
  /** `RF-T1`; leaves of one indicator share the number and differ by a letter. */
  readonly id: string;
  readonly text: string;
  readonly by: readonly Disposition[];
  /** Seen in a stored excerpt or an official derivative; otherwise an unverified recollection. */
  readonly verified: boolean;
  /** Rules of the table that see it, wholly or in the part that `note` names. */
  readonly rules: readonly string[];
  readonly note?: string;
}

/** Parts of the report, and the second set. */
export interface IndicatorPart {
  readonly title: string;
  readonly indicators: readonly Indicator[];
}

type Marks = { readonly rules?: readonly string[]; readonly note?: string };
const seen = (id: string, text: string, by: readonly Disposition[], marks: Marks = {}): Indicator => ({ id: `RF-${id}`, text, by, verified: true, rules: marks.rules ?? [], ...(marks.note === undefined ? {} : { note: marks.note }) });
const recalled = (id: string, text: string, by: readonly Disposition[], marks: Marks = {}): Indicator => ({ ...seen(id, text, by, marks), verified: false });

/** The report's 58 indicators. */
export const FATF_INDICATORS: readonly IndicatorPart[] = [
  {
    title: 'Transactions', indicators: [
      seen('T1', 'Amounts kept below a record or report threshold', ['rule'], { rules: ['structuring'] }),
      seen('T2a', 'Several movements of high value within a short time', ['rule'], { rules: ['burst'] }),
      seen('T2b', 'High value in a regular rhythm, then a long silence, as ransom is paid', ['rule']),
      seen('T2c', 'High value on a new account, or one that slept long', ['rule'], { rules: ['dormant'], note: 'the account that slept; a new one is RF-P1' }),
      seen('T3a', 'Sent at once to several providers in places that have nothing to do with the customer', ['graph', 'rule'], { rules: ['spread'], note: 'several receivers at other providers within the hour; their places are not compared' }),
      seen('T3b', 'Sent at once to several providers where controls are weak or absent', ['graph', 'list']),
      seen('T4a', 'Paid in and taken out without a trade, fees for nothing', ['rule'], { rules: ['untraded'] }),
      seen('T4b', 'Paid in and converted into many assets without a reason', ['rule']),
      seen('T4c', 'Paid in and sent at once to a private wallet: the provider as a mixer', ['rule', 'graph'], { rules: ['private'], note: 'what leaves the provider; the way on the chain is not followed' }),
      seen('T5', 'From addresses that hold stolen assets, or belong to who holds them', ['list', 'graph'], { rules: ['sanctioned-wallet'], note: 'where a list names the address' }),
    ],
  },
  {
    title: 'Patterns', indicators: [
      seen('P1', 'A new customer whose first payment is far beyond the profile', ['rule'], { rules: ['first-high'], note: 'of high value for anybody; the declared income is not compared' }),
      seen('P2', 'A new customer who funds on the first day and trades or withdraws that day or the next', ['rule'], { rules: ['drain'] }),
      seen('P3', 'A new customer who trades or sends away the whole balance', ['rule'], { rules: ['drain'] }),
      seen('P4', 'Several assets or accounts with no business reason', ['rule']),
      seen('P5a', 'Frequent transfers to one account by more than one person', ['rule'], { rules: ['funnel'], note: 'where it then leaves by one way' }),
      seen('P5b', 'The same from one network address', ['device']),
      seen('P5c', 'The same in large amounts', ['rule'], { rules: ['collected'], note: 'among customers of one firm' }),
      seen('P6', 'Small amounts from many unrelated wallets, then swept or cashed out', ['graph', 'rule'], { rules: ['funnel'] }),
      seen('P7', 'Exchange at a loss, or at an unusual commission, without a reason', ['rule']),
      seen('P8', 'A large conversion of money into assets, or of one asset into another, without a reason', ['rule'], { rules: ['big-swap'], note: 'large for anybody; the reason is asked for by whoever weighs the alert' }),
    ],
  },
  {
    title: 'Anonymity', indicators: [
      seen('A1', 'Several assets in spite of fees, privacy coins above all', ['rule', 'list'], { rules: ['coins'], note: 'privacy coins; other assets are not counted' }),
      seen('A2', 'An asset of a public chain turned at once into a privacy coin', ['rule'], { rules: ['coin-swap'] }),
      seen('A3', 'A customer who serves others on peer-to-peer sites without a licence', ['rule', 'attested']),
      seen('A4', 'Unusual cash-outs from wallets of peer-to-peer sites', ['graph']),
      seen('A5', 'Wallets with a past at mixers or peer-to-peer sites', ['graph']),
      seen('A6', 'Mixers used as who hides darknet trade uses them', ['list', 'graph']),
      seen('A7', 'Direct or indirect exposure to darknet, mixer, gambling, ransom or theft', ['graph']),
      recalled('A8', 'A paper or hardware wallet carried across a border', ['unseen'], { note: 'how a key is kept is in no record; wallets that nobody hosts are flagged by RF-X8' }),
      recalled('A9', 'A domain registered through a proxy', ['attested']),
      seen('A10', 'Access through Tor, a VPN or encrypted mail; deals arranged elsewhere', ['device'], { rules: ['hidden'], note: 'where value moves; mail and deals elsewhere are in no record' }),
      seen('A11', 'Many wallets run from one network address or device', ['device']),
      recalled('A12', 'An asset with poor papers, or tied to fraud', ['list']),
      recalled('A13', 'Flows to or from providers with weak or no checks', ['list']),
      seen('A14a', 'Kiosks used in spite of fees, by mules or victims', ['list', 'attested']),
      seen('A14b', 'Kiosks used where crime is frequent', ['list', 'attested']),
    ],
  },
  {
    title: 'Senders and recipients', indicators: [
      seen('S1', 'Accounts under different names to stay below limits', ['rule', 'device']),
      seen('S2', 'A network address that is not trusted, flagged, or of a sanctioned country', ['device', 'list']),
      recalled('S3', 'Repeated sign-ups from one network address at one provider', ['device']),
      recalled('S4', 'A merchant whose domain is registered elsewhere, or where controls are lax', ['attested']),
      recalled('S5', 'Checks that lack something, or are refused', ['attested', 'rule']),
      recalled('S6', 'Who cannot explain a payment, its source or the other side', ['attested']),
      recalled('S7', 'Forged or edited papers', ['attested']),
      recalled('S8', 'An identity, credentials or a device shared with another account', ['device']),
      seen('S9', 'A network address of the payment that is not the profile\'s', ['device']),
      seen('S10', 'An address posted where crime is discussed', ['list']),
      seen('S11', 'Known ties to crime', ['list']),
      seen('S12', 'Who does not know the technology: a mule or a victim', ['attested']),
      recalled('S13', 'Much older than other users, and very active', ['rule']),
      seen('S14', 'Who is in need and used by others', ['attested']),
      recalled('S15', 'Purchases far beyond means or history', ['rule']),
      seen('S16', 'Contact, network or bank details that change often: a taken account', ['device']),
      seen('S17', 'Sign-ins from many network addresses within a day, at one provider or several', ['device']),
      seen('S18', 'Words of a message that hint at unlawful goods', ['rule']),
      seen('S19', 'Trades again and again with the same few people at a large gain or loss', ['rule']),
    ],
  },
  {
    title: 'Source of funds or wealth', indicators: [
      seen('F1', 'Addresses or cards tied to fraud, extortion, ransom, sanctions or darknet', ['list', 'graph'], { rules: ['sanctioned-wallet'], note: 'wallets on a list' }),
      seen('F2', 'To or from online gambling', ['list', 'graph']),
      seen('F3', 'Cards linked to a wallet for much cash, or funded with cash', ['rule'], { rules: ['cash-card'] }),
      seen('F4', 'An unusually large deposit of unknown source, then money', ['rule']),
      seen('F5', 'Opaque origin: shells, offerings, cards in and at once out', ['rule', 'attested']),
      seen('F6', 'Straight from a mixer', ['graph']),
      recalled('F7', 'Wealth mostly from assets or offerings, fraudulent ones among them', ['attested']),
      recalled('F8', 'Wealth drawn mostly from providers without controls', ['graph', 'attested']),
    ],
  },
  {
    title: 'Geography', indicators: [
      seen('G1', 'To or from an exchange that is registered neither where it is nor where the customer is', ['list']),
      seen('G2', 'An exchange or money transmitter in a place of high risk', ['list']),
      seen('G3', 'To providers where assets are not regulated', ['list']),
      recalled('G4', 'A customer who opens or moves an office to such a place', ['attested']),
    ],
  },
];

/** A second set, from later sources. */
export const LATER_INDICATORS: readonly IndicatorPart[] = [{
  title: 'Later sources', indicators: [
    seen('X1', 'From chain to chain, over exchanges or bridges', ['rule', 'graph'], { rules: ['hops'], note: 'at one provider within a day; bridges are not followed' }),
    seen('X2', 'Over a bridge at once after a deposit', ['graph']),
    seen('X3', 'A sum that leaves in ever smaller pieces to new wallets', ['rule', 'graph'], { rules: ['fan-out'], note: 'six receivers within a day; the chain behind them is not followed' }),
    seen('X4', 'A ring that pays in stablecoins without any provider', ['graph']),
    seen('X5', 'A provider abroad that serves the public behind a retail account', ['rule', 'graph']),
    seen('X6', 'Travel-rule data that is missing or does not fit', ['rule'], { rules: ['untold'], note: 'missing or partial; whether it fits is the firm\'s to say' }),
    seen('X7', 'A beneficiary\'s provider that is absent or does not answer', ['attested']),
    seen('X8', 'A private wallet whose owner was not proven above the limit', ['attested', 'rule']),
    seen('X9', 'An address that imitates another', ['rule']),
    seen('X10', 'From a token that its issuer can freeze into a coin that nobody can', ['rule']),
  ],
}];

/** The number of an indicator: a leaf's id without its letter. */
export function numberOf(leaf: Indicator): string {
  return leaf.id.replace(/[a-z]$/, '');
}

/** Why nothing sees a leaf yet, by the first way in which it could be seen. */
const LACKS: Readonly<Record<Disposition, string>> = {
  rule: 'the figure that it asks for is none of the rules\' language yet', graph: 'value is not followed on chains yet, and labels of addresses are not looked up', list: 'the house holds no list of this kind yet',
  device: 'sign-ins and devices are taken in and kept, but the engine has no memory of them yet', attested: 'no event carries the firm\'s word on it yet', unseen: 'it is in no record',
};
/** What exactly is lacking, where more can be said. */
const LACKS_OF: Readonly<Record<string, string>> = {
  'RF-T2b': 'a rhythm, and the silence after it, are no windowed figures', 'RF-T4b': 'different assets are not counted', 'RF-P4': 'different assets and accounts are not counted', 'RF-P7': 'the price of a trade is not compared with the reference rate',
  'RF-A3': 'what somebody earns between buying and selling is not computed', 'RF-S1': 'accounts of one person are one person here; different names are the vault\'s alone', 'RF-S13': 'the age band is known, but rules do not see the profile',
  'RF-S15': 'the income class is known, but rules do not see the profile', 'RF-S18': 'texts are held encrypted, and nothing marks what they hint at', 'RF-S19': 'gain and loss of a trade are not computed',
  'RF-F4': 'whether the source of a payment is known is not told by an event', 'RF-F5': 'who is behind a payer is not told by an event', 'RF-X5': 'how many unrelated people one account serves is not counted', 'RF-X9': 'addresses that look alike are not compared', 'RF-X10': 'which token can be frozen by its issuer is not in the registry of assets',
};

/** Why no rule sees a leaf; nothing where one does. */
export function reasonOf(leaf: Indicator): string | undefined {
  const [way] = leaf.by;
  if (leaf.rules.length > 0 || way === undefined) return undefined;
  return leaf.note ?? LACKS_OF[leaf.id] ?? LACKS[way];
}
