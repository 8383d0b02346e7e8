import { deepStrictEqual, notStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { eventSchema } from '../../src/contract/index.ts';
import { canonicalAddress, formatUnits, instantOf, karachiDay, parseInstant, parseKarachiDay, parseUnits, type Instant } from '../../src/terms/index.ts';
import type { Sending } from './delivery.ts';
import { identityOf } from './identity.ts';
import { TYPOLOGY_NAMES } from './labels.ts';
import { readListed } from './listed.ts';
import { World, type WorldOptions } from './world.ts';

function instant(text: string): Instant {
  const at = parseInstant(text);
  if (at === undefined) throw new Error('no instant');
  return at;
}

const FROM = instant('2026-10-26T00:00:00+05:00');
const worldOf = (seed: string, more: Partial<WorldOptions> = {}): World => new World({ seed, size: { people: 1_500, perTypology: 2 }, from: FROM, days: 12, ...more });
const hashOf = (sendings: Iterable<Sending>): string => {
  const hash = createHash('sha256');
  for (const one of sendings) hash.update(JSON.stringify(one));
  return hash.digest('hex');
};

describe('a world', () => {
  const world = worldOf('one');
  let sent: Sending[] = [];
  before(() => {
    sent = [...world.sendings()];
  });

  test('is the same for the same seed, byte for byte, and another for another', () => {
    strictEqual(hashOf(worldOf('one').sendings()), hashOf(sent));
    notStrictEqual(hashOf(worldOf('two').sendings()), hashOf(sent));
  });

  test('sends events that the door can read, and lines that it must refuse', () => {
    for (const one of sent) {
      if (one.line !== undefined) continue;
      const parsed = eventSchema.safeParse(one.identity === undefined ? one.event : { ...one.event, identity: 'x'.repeat(400) });
      ok(parsed.success, `${one.event.kind}: ${JSON.stringify(parsed.error?.issues[0])}`);
    }
    ok(sent.some((one) => one.expect === 'duplicate') && sent.some((one) => one.line !== undefined));
  });

  test('sends in order of instants, and most events within seconds', () => {
    ok(sent.every((one, i) => i === 0 || one.sentAt >= (sent[i - 1]?.sentAt ?? 0)));
    const active = sent.filter((one) => one.expect === 'accepted' && one.sentAt >= FROM && one.event.kind !== 'closing-statement');
    const behind = active.map((one) => one.sentAt - instant(one.event.at));
    const share = (isSo: (us: number) => boolean): number => behind.filter(isSo).length / behind.length;
    ok(share((us) => us < 3e6) > 0.95, 'most are quick');
    ok(share((us) => us > 3_600e6) > 0.0005 && share((us) => us > 3_600e6) < 0.01, 'a few are hours late');
  });

  test('numbers each stream without a gap', () => {
    for (const firm of new Set(sent.map((one) => one.firm))) {
      const used = sent.filter((one) => one.firm === firm && one.expect === 'accepted').map((one) => one.event.seq).sort((a, b) => a - b);
      deepStrictEqual(used, used.map((_seq, i) => i + 1));
    }
  });

  test('spoils an address so that it is none on any chain', () => {
    const lines = [...worldOf('spoilt', { activity: 8 }).sendings()].flatMap((one) => (one.expect === 'EVENT_ADDRESS_INVALID' && one.line !== undefined ? [one.line] : []));
    ok(lines.length > 0);
    for (const line of lines) strictEqual(canonicalAddress('other', String(JSON.parse(line)['from'])), undefined, line);
  });

  test('gives no number to what has not happened when a later number is sent, so that a feed can stop anywhere and be whole', () => {
    for (const firm of new Set(sent.map((one) => one.firm))) {
      let earliest = Infinity;
      for (const one of sent.filter((each) => each.firm === firm && each.expect === 'accepted').sort((a, b) => b.event.seq - a.event.seq)) {
        ok((parseInstant(one.event.at) ?? Infinity) <= earliest, `${one.event.id} happened before a later number was sent`);
        earliest = Math.min(earliest, one.sentAt);
      }
    }
  });

  test('closes days with statements that are what was sent of them', () => {
    const statements = sent.flatMap((one) => (one.event.kind === 'closing-statement' ? [{ firm: one.firm, statement: one.event, sentAt: one.sentAt }] : []));
    ok(statements.length >= 7 * 10);
    for (const { firm, statement, sentAt } of statements) {
      const before = sent.filter((one) => one.firm === firm && one.expect === 'accepted' && one.sentAt <= sentAt);
      const theirs = new Map(statement.counts.map((line) => [`${line.kind} ${line.asset ?? ''}`, `${line.count} ${line.sum ?? ''}`]));
      deepStrictEqual(theirs, countDay(before, parseKarachiDay(statement.day)), `${firm} ${statement.day}`);
    }
  });

  test('has one person in eight at two firms or more', () => {
    const people = Array.from({ length: 1_500 }, (_, i) => world.people.person(i));
    const share = people.filter((person) => person.firms.length > 1).length / people.length;
    ok(share > 0.09 && share < 0.15, `${share}`);
    ok(people.every((person) => new Set(person.firms).size === person.firms.length));
  });

  test('gives a firm one reference for each customer', () => {
    const references = new Set(Array.from({ length: 50_000 }, (_, i) => world.people.customer(1, i)));
    strictEqual(references.size, 50_000);
  });

  test('makes up nobody who could be real', () => {
    for (let i = 0; i < 500; i++) {
      const identity = identityOf(world.key, world.people.person(i));
      ok(identity['type'] === 'company' ? String(identity['registrationNumber']).startsWith('SYN') : String(identity['cnic']).startsWith('00'));
    }
  });

  test('has real firms send nothing, and a suspended one move nothing', () => {
    const real = new Set(world.firms.filter((firm) => !firm.synthetic).map((firm) => firm.id));
    deepStrictEqual([...real].sort(), ['binance', 'htx']);
    ok(sent.every((one) => !real.has(one.firm)));
    const suspended = world.firms.find((firm) => firm.suspendedFrom !== undefined);
    const after = sent.filter((one) => one.firm === suspended?.id && instant(one.event.at) >= (suspended.suspendedFrom ?? 0));
    ok(after.length > 0 && after.every((one) => !('amount' in one.event)));
  });

  test('plants every typology, at least half of the cases within one firm, and says so only in the labels', () => {
    const labels = world.labels();
    deepStrictEqual([...new Set(labels.map((label) => label.typology))].sort(), [...TYPOLOGY_NAMES].sort());
    ok(TYPOLOGY_NAMES.length >= 12);
    ok(labels.filter((label) => label.firms.length === 1).length >= labels.length / 2);
    ok(labels.every((label) => label.crossFirm === label.firms.length > 1), 'a case crosses firms when its typology does');
    const ids = new Set(sent.map((one) => `${one.firm}/${one.event.id}`));
    ok(labels.every((label) => label.events.length >= 2 && label.events.every((event) => ids.has(`${event.firm}/${event.id}`))));
    const text = JSON.stringify(sent);
    for (const mark of ['case-', 'planting', 'typology', ...TYPOLOGY_NAMES]) ok(!text.includes(`"${mark}`), mark);
  });

  test('uses wallets of the OFAC list in planted cases alone', () => {
    const { evm, tron, bitcoin } = readListed();
    const listed = new Set([...evm, ...tron, ...bitcoin]);
    const planted = new Set(world.labels().filter((label) => label.typology === 'sanctioned_wallet').flatMap((label) => label.events.map((event) => event.id)));
    const met = sent.filter(({ event }) => (event.kind === 'asset-deposit' && listed.has(event.from)) || (event.kind === 'asset-withdrawal' && listed.has(event.to)));
    ok(met.length >= 2 && met.every((one) => planted.has(one.event.id)));
  });
});

test('a nation streams without being held: forty million people take no memory of their own', () => {
  const world = worldOf('vast', { size: 'nation' });
  const before = process.memoryUsage().heapUsed;
  let n = 0;
  for (const one of world.sendings()) if (one.event.seq > 0 && ++n >= 50_000) break;
  const grown = (process.memoryUsage().heapUsed - before) / 1e6;
  ok(grown < 200, `${grown.toFixed(0)} MB`);
});

test('a world goes on after its history, faster when it is told to', () => {
  const world = worldOf('live', { days: 2, live: { days: 1, pace: 3 } });
  const sent = [...world.sendings()];
  const perDay = (from: number): number => sent.filter((one) => one.sentAt >= from && one.sentAt < from + 8.64e10).length;
  ok(perDay(world.until) > 2 * perDay(FROM + 8.64e10));
});

test('what lies before a world goes live is the same whatever follows, so a feed that was stopped there can go on', () => {
  const from = instantOf(FROM + 3.5 * 8.64e10);
  const linesUntil = (days: number, pace: number): string[] => {
    const world = worldOf('stopped', { days: 2, live: { from, days, pace } });
    strictEqual(world.liveFrom, from);
    const lines: string[] = [];
    for (const one of world.sendings()) if (one.sentAt < world.liveFrom) lines.push(JSON.stringify([one.sentAt, one.event]));
    return lines;
  };
  const once = linesUntil(0, 1);
  deepStrictEqual(linesUntil(2, 10), once);
  ok(once.some((line) => Number(line.slice(1, line.indexOf(','))) >= FROM + 3 * 8.64e10), 'people act between history and live');
});

function countDay(sent: readonly Sending[], day: number | undefined): Map<string, string> {
  const lines = new Map<string, { count: number; units: bigint; asset: string }>();
  for (const { event } of sent) {
    if (event.kind === 'closing-statement' || event.kind === 'order') continue;
    const moved = event.kind === 'correct' ? event.replacement : event;
    if (karachiDay(instant(moved.at)) !== day) continue;
    const asset = 'amount' in moved ? moved.amount.asset : '';
    const line = lines.get(`${event.kind} ${asset}`) ?? { count: 0, units: 0n, asset };
    lines.set(`${event.kind} ${asset}`, line);
    line.count += 1;
    if ('amount' in moved) line.units += parseUnits(moved.amount.value, 18) ?? 0n;
  }
  return new Map([...lines].map(([key, { count, units, asset }]) => [key, `${count} ${asset === '' ? '' : formatUnits(units, 18)}`]));
}
