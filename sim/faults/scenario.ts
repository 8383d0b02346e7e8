/**
 * Scenarios: what happens to a nation's filings and to the house while they are sent. Each is drawn from its
 * seed. `storm` is all of them at once, but for `poison` (a batch that no worker survives) and `jump` (the house's own
 * clock is an hour ahead, then an hour behind).
 */

import { formatInstant, instantOf } from '../../src/terms/index.ts';
import { Chance, PURPOSE, type SeedKey } from '../world/chance.ts';
import type { Sending } from '../world/delivery.ts';
import type { WorldIdentity } from '../world/identity.ts';
import { PARTS, type Part } from './house.ts';

/** Everything that can be tried by name. */
export const SCENARIOS = [...PARTS, 'disorder', 'silence', 'clock', 'storm', 'poison', 'jump'] as const;
/** A scenario by name. */
export type Scenario = (typeof SCENARIOS)[number];

/** Lines of one firm that are sent in one request. */
export interface PlannedFiling {
  readonly firm: string;
  readonly sendings: readonly Sending[];
  /** What is killed while this filing is under way, and after how many milliseconds. */
  readonly kills: readonly Kill[];
}

/** A process that is killed. The next one finds its clock set by `shiftUs` from the true time. */
export interface Kill {
  readonly part: Part;
  readonly afterMs: number;
  readonly shiftUs?: number;
}

const LINES = { from: 20, to: 90 } as const;
/** Of a disordered feed: share sent twice more, share that comes at the very end, how far lines are shuffled. */
const DISORDER = { twice: 0.05, last: 0.04, shuffle: 40 } as const;
/** A kill falls within this part of the filings, and so long after one was begun. */
const KILLED = { from: 0.15, to: 0.9, afterMsMax: 40 } as const;
const MINUTE_US = 60_000_000;
/** How far the house's clock jumps, either way. */
export const JUMP_US = 60 * MINUTE_US;
/** An identity of nobody: no locality has citizen numbers that begin with 00. */
const NOBODY: WorldIdentity = { v: 1, type: 'person', name: 'Invented Person', cnic: '0098989898989', birthDate: '1990-01-01', nationality: 'PK' };

/** The filings of a scenario. `now`: the instant by which a firm's clock is wrong. */
export function planScenario(key: SeedKey, scenario: Scenario, sent: readonly Sending[], now: number): PlannedFiling[] {
  const chance = new Chance(key, PURPOSE.fuzz, SCENARIOS.indexOf(scenario));
  const has = (one: Scenario): boolean => scenario === one || scenario === 'storm';
  let lines = [...sent];
  if (has('silence')) lines = silenced(chance, lines);
  if (has('disorder')) lines = disordered(chance, lines);
  if (has('clock')) lines = [...lines, ...wrongClock(lines, now)];
  const filings = cut(chance, lines);
  if (scenario === 'poison') filings.splice(Math.floor(filings.length / 2), 0, ...poisoned(lines));
  return scenario === 'jump' ? withJumps(filings) : withKills(chance, filings, PARTS.filter((part) => has(part)));
}

/** One firm falls silent half-way: what it would have sent does not exist. */
function silenced(chance: Chance, lines: readonly Sending[]): Sending[] {
  const firms = [...new Set(lines.map((one) => one.firm))];
  const silent = chance.pick(firms);
  const from = lines[Math.floor(lines.length * 0.6)]?.sentAt ?? 0;
  return lines.filter((one) => one.firm !== silent || one.sentAt < from);
}

/** Lines of a firm out of order, some sent again, some at the end. What names an earlier event stays after it. */
function disordered(chance: Chance, lines: readonly Sending[]): Sending[] {
  const out: { readonly place: number; readonly one: Sending }[] = [];
  for (const [i, one] of lines.entries()) {
    const isMovable = one.expect === 'accepted' && one.identity === undefined && !['correct', 'cancel', 'closing-statement'].includes(one.event.kind);
    const isTarget = isMovable && lines.some((other) => 'target' in other.event && other.firm === one.firm && other.event.target === one.event.id);
    const isRepeated = isMovable && lines.some((other) => other !== one && other.firm === one.firm && other.event.id === one.event.id);
    const free = isMovable && !isTarget && !isRepeated;
    const place = free && chance.happens(DISORDER.last) ? lines.length + i : i + (free ? chance.below(DISORDER.shuffle) : 0);
    out.push({ place, one });
    if (free && chance.happens(DISORDER.twice)) out.push({ place: place + 1 + chance.below(200), one: { ...one, expect: 'duplicate' } });
  }
  return out.sort((a, b) => a.place - b.place).map(({ one }) => one);
}

/** A firm whose clock runs ten minutes ahead is refused, and one that runs two minutes ahead is taken. */
function wrongClock(lines: readonly Sending[], now: number): Sending[] {
  const like = lines.findLast((one) => one.event.kind === 'sign-in' && one.expect === 'accepted');
  if (like === undefined) return [];
  const last = Math.max(...lines.filter((one) => one.firm === like.firm).map((one) => one.event.seq).filter((seq) => seq < 1e9));
  const at = (us: number): Pick<Sending['event'], 'at'> => ({ at: formatInstant(instantOf(Math.floor(now + us))) });
  return [
    { ...like, event: { ...like.event, ...at(120 * MINUTE_US), id: `${like.firm}-ahead`, seq: last + 1 }, expect: 'EVENT_IN_FUTURE' },
    { ...like, event: { ...like.event, ...at(2 * MINUTE_US), id: `${like.firm}-early`, seq: last + 1 }, expect: 'accepted' },
  ];
}

/** The customer whose batch no worker survives: pays in twice what no window can add up. Nobody else is in that batch. */
export const POISONED = 'c-poisoned';

function poisoned(lines: readonly Sending[]): PlannedFiling[] {
  const like = lines.findLast((one) => one.event.kind === 'sign-in' && one.expect === 'accepted');
  if (like === undefined) return [];
  const { stream, at } = like.event;
  const last = Math.max(...lines.filter((one) => one.firm === like.firm && one.event.stream === stream).map((one) => one.event.seq).filter((seq) => seq < 1e9));
  const head = (n: number) => ({ v: 1 as const, ...(stream === undefined ? {} : { stream }), at, id: `${like.firm}-poison-${n}`, seq: last + n, customer: POISONED });
  const sending = (event: Sending['event']): Sending => ({ firm: like.firm, sentAt: like.sentAt, event, expect: 'accepted' });
  const pay = (n: number) => sending({ ...head(n), kind: 'fiat-in', amount: { asset: 'iso4217:PKR', value: '90000000000000' }, channel: { method: 'ibft' } });
  return [
    { firm: like.firm, kills: [], sendings: [{ ...sending({ ...head(1), kind: 'customer-onboarded', profile: { type: 'person' } }), identity: NOBODY }] },
    { firm: like.firm, kills: [], sendings: [pay(2), pay(3)] },
  ];
}

/** Every process of the deciding path meets a clock an hour ahead, then one an hour behind. */
function withJumps(filings: readonly PlannedFiling[]): PlannedFiling[] {
  const jumps = [[0.3, JUMP_US], [0.65, -JUMP_US]].flatMap(([share = 0, shiftUs = 0]) => (['server', 'worker', 'vault'] as const).map((part, i) => ({ place: Math.floor(filings.length * share) + i, kill: { part, afterMs: 0, shiftUs } })));
  return filings.map((filing, place) => ({ ...filing, kills: [...filing.kills, ...jumps.filter((jump) => jump.place === place).map((jump) => jump.kill)] }));
}

/** Lines become filings, each firm's in its own order. */
function cut(chance: Chance, lines: readonly Sending[]): PlannedFiling[] {
  const filings: PlannedFiling[] = [];
  const waiting = new Map<string, Sending[]>();
  const put = (firm: string): void => {
    const sendings = waiting.get(firm) ?? [];
    waiting.delete(firm);
    if (sendings.length > 0) filings.push({ firm, sendings, kills: [] });
  };
  let size = chance.between(LINES.from, LINES.to);
  for (const one of lines) {
    const own = waiting.get(one.firm) ?? [];
    waiting.set(one.firm, own);
    own.push(one);
    if (own.length < size) continue;
    put(one.firm);
    size = chance.between(LINES.from, LINES.to);
  }
  for (const firm of [...waiting.keys()]) put(firm);
  return filings;
}

function withKills(chance: Chance, filings: PlannedFiling[], parts: readonly Part[]): PlannedFiling[] {
  const planned = filings.map((filing) => ({ ...filing, kills: [...filing.kills] }));
  for (const part of parts) {
    const place = Math.floor(filings.length * (KILLED.from + (KILLED.to - KILLED.from) * chance.real()));
    planned[place]?.kills.push({ part, afterMs: chance.below(KILLED.afterMsMax) });
  }
  return planned;
}
