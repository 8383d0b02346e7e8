/**
 * The rules again, from the words of the rule table and nothing else: each looks at one act and at all that
 * the person did before it, every time anew. Slow and plain on purpose; what is fast is what it judges.
 *
 * A window at an instant t holds (t - length, t]. `primary` is the first measure: after a finding a rule is
 * quiet about its subject until its quiet period is over or the first measure has doubled.
 */

import type { Act } from './acts.ts';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
/** Measures that look at a person's movements one by one look at the newest thousand. */
const NEWEST = 1_000;

/** What an act must be seen with: the acts up to and with it, oldest first, and the values in force. */
export interface Sight {
  readonly act: Act;
  readonly past: readonly Act[];
  /** Since when the person is known to any firm, however late that was said; `Infinity` when to none. */
  readonly knownSince: number;
  value(name: string): number;
}

/** A rule: does it hold, and with which first measure? `undefined` when it does not. */
export interface AuditRule {
  readonly id: string;
  readonly version: number;
  /** Name of the quiet period; empty when it is never quiet. */
  readonly quiet: string;
  readonly perFirm: boolean;
  holds(sight: Sight): number | undefined;
}

type Pick_ = (act: Act) => boolean;
const isIn: Pick_ = (act) => act.way === 'in';
const isOut: Pick_ = (act) => act.way === 'out';
const isTrade: Pick_ = (act) => act.way === 'trade';
const isMove: Pick_ = (act) => act.way !== 'onboard';

function within({ act, past }: Sight, length: number, pick: Pick_): Act[] {
  return past.filter((one) => one.at > act.at - length && one.at <= act.at && pick(one));
}

const sum = (acts: readonly Act[]): number => acts.reduce((total, act) => total + act.paisa, 0);
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

function isNear(act: Act, value: Sight['value']): boolean {
  const threshold = value('record.threshold');
  return (isIn(act) || isOut(act)) && act.paisa >= Math.ceil(threshold * value('near.share')) && act.paisa < threshold;
}

function isHigh(act: Act, value: Sight['value']): boolean {
  return (isIn(act) || isOut(act)) && act.paisa >= value('high.value');
}

/** Is a share between the rule's least and most? */
const isBetween = (part: number, { value }: Sight, rule: string): boolean => part >= value(`${rule}.share`) && part <= value(`${rule}.most`);
const when = (holds: boolean, primary: number): number | undefined => (holds ? primary : undefined);

const isCoin: Pick_ = (act) => isTrade(act) && act.isPrivacy;

/** How many acts of a kind lie in the window, the act itself being one, when they are as many as the rule asks for. */
function countOf(sight: Sight, length: number, pick: Pick_, threshold: string): number | undefined {
  if (!pick(sight.act)) return undefined;
  const many = within(sight, length, pick).length;
  return when(many >= sight.value(threshold), many);
}

export const AUDIT_RULES: readonly AuditRule[] = [
  {
    id: 'structuring', version: 1, quiet: 'structuring.quiet', perFirm: false,
    holds: (sight) => {
      if (!isNear(sight.act, sight.value)) return undefined;
      const near = within(sight, DAY, (act) => isNear(act, sight.value));
      return when(near.length >= sight.value('structuring.count') && sum(near) >= sight.value('record.threshold'), near.length);
    },
  },
  {
    id: 'burst', version: 1, quiet: 'burst.quiet', perFirm: false,
    holds: (sight) => {
      if (!isHigh(sight.act, sight.value)) return undefined;
      const high = within(sight, DAY, (act) => isHigh(act, sight.value));
      return when(high.length >= sight.value('burst.count') && sum(high) >= sight.value('burst.sum'), high.length);
    },
  },
  {
    id: 'dormant', version: 1, quiet: 'dormant.quiet', perFirm: false,
    holds: ({ act, past, value }) => {
      if (!isHigh(act, value)) return undefined;
      const before = past.filter((one) => one !== act && isMove(one)).at(-1);
      return when(before !== undefined && act.at - before.at >= value('dormant.silence'), act.paisa);
    },
  },
  {
    id: 'untraded', version: 1, quiet: 'untraded.quiet', perFirm: false,
    holds: (sight) => {
      if (!isOut(sight.act)) return undefined;
      const received = sum(within(sight, DAY, isIn));
      const left = sum(within(sight, DAY, isOut));
      const trades = within(sight, DAY, isTrade).length;
      return when(received >= sight.value('untraded.received') && share(left, received) >= sight.value('untraded.share') && trades <= sight.value('untraded.trades'), received);
    },
  },
  {
    id: 'private', version: 2, quiet: 'private.quiet', perFirm: false,
    holds: (sight) => {
      if (!sight.act.toPrivateWallet) return undefined;
      const received = sum(within(sight, HOUR, isIn));
      const sent = sum(within(sight, HOUR, (act) => act.toPrivateWallet));
      return when(received >= sight.value('private.received') && share(sent, received) >= sight.value('private.share'), received);
    },
  },
  {
    id: 'drain', version: 1, quiet: 'drain.quiet', perFirm: false,
    holds: (sight) => {
      if (!isOut(sight.act)) return undefined;
      const age = sight.knownSince >= sight.act.at ? Infinity : sight.act.at - sight.knownSince;
      const received = sum(within(sight, 7 * DAY, isIn));
      const left = sum(within(sight, 7 * DAY, isOut));
      return when(received >= sight.value('drain.received') && share(left, received) >= sight.value('drain.share') && age <= sight.value('drain.age'), received);
    },
  },
  {
    id: 'funnel', version: 1, quiet: 'funnel.quiet', perFirm: false,
    holds: (sight) => {
      if (!isOut(sight.act)) return undefined;
      const own = share(sight.act.paisa, sum(within(sight, 7 * DAY, isIn)));
      const senders = new Set(within(sight, 7 * DAY, isMove).slice(-NEWEST).filter((act) => isIn(act) && act.party !== '').map((act) => act.party));
      return when(own >= sight.value('funnel.share') && senders.size >= sight.value('funnel.senders'), own);
    },
  },
  {
    id: 'pass-through', version: 2, quiet: 'pass.quiet', perFirm: false,
    holds: (sight) => {
      if (!isOut(sight.act)) return undefined;
      const moves = within(sight, DAY, isMove).slice(-NEWEST);
      const elsewhere = sum(moves.filter((act) => isIn(act) && act.firm !== sight.act.firm));
      const here = sum(moves.filter((act) => isOut(act) && act.firm === sight.act.firm));
      return when(elsewhere >= sight.value('pass.received') && isBetween(share(here, elsewhere), sight, 'pass'), elsewhere);
    },
  },
  {
    id: 'handed-on', version: 1, quiet: 'handed.quiet', perFirm: false,
    holds: (sight) => {
      if (!isOut(sight.act) || sight.act.means !== 'internal') return undefined;
      const moved = within(sight, DAY, (act) => act.means === 'internal');
      const received = sum(moved.filter(isIn));
      return when(received >= sight.value('handed.received') && isBetween(share(sum(moved.filter(isOut)), received), sight, 'handed'), received);
    },
  },
  {
    id: 'fan-out', version: 1, quiet: 'fan.quiet', perFirm: false,
    holds: (sight) => {
      if (!isOut(sight.act)) return undefined;
      const receivers = new Set(within(sight, DAY, isMove).slice(-NEWEST).filter((act) => isOut(act) && act.party !== '').map((act) => act.party)).size;
      const payments = within(sight, DAY, isOut).length;
      return when(payments <= sight.value('fan.most') && receivers >= sight.value('fan.receivers'), payments);
    },
  },
  {
    id: 'hops', version: 1, quiet: 'hops.quiet', perFirm: false,
    holds: (sight) => {
      if (!isOut(sight.act) || sight.act.means !== 'chain') return undefined;
      const moved = within(sight, DAY, (act) => act.means === 'chain');
      const [arrived, departed] = [moved.filter(isIn), moved.filter(isOut)];
      const enough = arrived.length >= sight.value('hops.count') && departed.length >= sight.value('hops.count') && within(sight, DAY, isTrade).length >= sight.value('hops.trades');
      return when(enough && isBetween(share(sum(departed), sum(arrived)), sight, 'hops'), arrived.length);
    },
  },
  {
    id: 'through', version: 1, quiet: 'through.quiet', perFirm: false,
    holds: (sight) => {
      if (!sight.act.toProvider) return undefined;
      const paid = sum(within(sight, HOUR, (act) => isIn(act) && act.means === 'fiat'));
      const sent = sum(within(sight, HOUR, (act) => act.toProvider));
      return when(paid >= sight.value('through.received') && isBetween(share(sent, paid), sight, 'through'), paid);
    },
  },
  {
    id: 'first-high', version: 1, quiet: 'first.quiet', perFirm: false,
    holds: ({ act, past, knownSince, value }) => {
      if (!isIn(act) || !isHigh(act, value)) return undefined;
      const age = knownSince >= act.at ? Infinity : act.at - knownSince;
      const before = past.filter((one) => one !== act && isMove(one)).at(-1);
      return when(age <= value('first.age') && (before === undefined || before.at === act.at), age);
    },
  },
  { id: 'big-swap', version: 1, quiet: 'swap.quiet', perFirm: false, holds: ({ act, value }) => when(isTrade(act) && act.paisa >= value('swap.value'), act.paisa) },
  {
    id: 'coin-swap', version: 1, quiet: 'coin.quiet', perFirm: false,
    holds: (sight) => {
      if (!isCoin(sight.act)) return undefined;
      const arrived = sum(within(sight, HOUR, (act) => isIn(act) && act.means === 'chain'));
      return when(arrived >= sight.value('coin.received') && share(sum(within(sight, HOUR, isCoin)), arrived) >= sight.value('coin.share'), arrived);
    },
  },
  { id: 'coins', version: 1, quiet: 'coins.quiet', perFirm: false, holds: (sight) => countOf(sight, 7 * DAY, isCoin, 'coins.count') },
  {
    id: 'hidden', version: 1, quiet: 'hidden.quiet', perFirm: false,
    holds: (sight) => (sight.act.paisa >= sight.value('hidden.value') ? countOf(sight, DAY, (act) => act.isHidden && (isIn(act) || isOut(act)), 'hidden.count') : undefined),
  },
  { id: 'untold', version: 1, quiet: 'untold.quiet', perFirm: false, holds: (sight) => countOf(sight, 7 * DAY, (act) => act.isHosted && act.isUntold && (isIn(act) || isOut(act)), 'untold.count') },
  {
    id: 'cash-card', version: 1, quiet: 'cash.quiet', perFirm: false,
    holds: (sight) => {
      if (!isOut(sight.act) || !sight.act.isCard) return undefined;
      const cash = sum(within(sight, 7 * DAY, (act) => isIn(act) && act.isCash));
      return when(cash >= sight.value('cash.received') && share(sum(within(sight, 7 * DAY, (act) => isOut(act) && act.isCard)), cash) >= sight.value('cash.share'), cash);
    },
  },
  {
    id: 'collected', version: 1, quiet: 'collected.quiet', perFirm: false,
    holds: (sight) => {
      if (!isIn(sight.act) || sight.act.means !== 'internal') return undefined;
      const received = sum(within(sight, 7 * DAY, (act) => isIn(act) && act.means === 'internal'));
      const senders = new Set(within(sight, 7 * DAY, isMove).slice(-NEWEST).filter((act) => isIn(act) && act.party !== '').map((act) => act.party)).size;
      return when(received >= sight.value('collected.received') && senders >= sight.value('collected.senders'), received);
    },
  },
  {
    id: 'spread', version: 1, quiet: 'spread.quiet', perFirm: false,
    holds: (sight) => {
      if (!isOut(sight.act) || !sight.act.isHosted) return undefined;
      const receivers = new Set(within(sight, HOUR, isMove).slice(-NEWEST).filter((act) => isOut(act) && act.party !== '').map((act) => act.party)).size;
      return receivers >= sight.value('spread.count') ? countOf(sight, HOUR, (act) => isOut(act) && act.isHosted, 'spread.count') : undefined;
    },
  },
  { id: 'sanctioned-wallet', version: 1, quiet: '', perFirm: false, holds: ({ act }) => when(act.isListed, 1) },
  { id: 'service-barred', version: 1, quiet: 'barred.quiet', perFirm: true, holds: ({ act }) => when(act.isBarred, 1) },
];
