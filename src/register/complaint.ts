/**
 * Complaints of the public: received with a tracking number, triaged by kind and firm, referred, closed with an outcome,
 * counted. Whoever complains and what they wrote is sealed before it comes here; nothing of it is in an entry or a row.
 *
 * However many come, each is either kept whole, with its number, or refused by a code and not kept at all: the house
 * takes so many a day, and the same text within a day gets the number that it has.
 */

import { createHash } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { decide, type Member } from '../access/index.ts';
import { append, isKind, readEntries, withActor, SYSTEM, type Db, type Entry, type Tx } from '../log/index.ts';
import { DAY_US, assert, reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import type { RegisterClass } from './row.ts';

/** Kinds, queues and outcomes as their entries have them. */
export type ComplaintKind = EntryBody<'complaint-received'>['kind'];
export type ComplaintQueue = EntryBody<'complaint-received'>['queue'];

/** Complaints that the house takes in a day: what some hundred officers could read. Above it a complaint is refused, and may come again tomorrow. */
const DAY_MAX = 20_000;
/** Texts of the last day whose number is remembered. */
const REMEMBERED_MAX = 20_000;
const PAGE_MAX = 100;
const PAGE_ENTRIES = 1_000;
/** A public figure stands on at least so many firms, and none of them is more than this share of it. */
const FIRMS_MIN = 3;
const SHARE_MAX = 0.85;

/** Where a complaint belongs. A firm that may serve answers for its own service first (s.45 of the Act); what it must never do goes to officers; frauds and names without a status to who warns. */
export function triage(kind: ComplaintKind, of: RegisterClass | undefined): ComplaintQueue {
  if (kind === 'impersonation' || kind === 'unlicensed') return 'warnings';
  if (of === undefined || of === 'ended' || of === 'revoked') return kind === 'other' ? 'elsewhere' : 'warnings';
  if (kind === 'fees' || kind === 'service' || kind === 'other') return 'firm-first';
  return 'conduct';
}

/** A complaint as it arrives at the room: its words are sealed already. */
export interface NewComplaint {
  readonly kind: ComplaintKind;
  readonly firm: string | undefined;
  readonly of: RegisterClass | undefined;
  readonly lossMinor: number | undefined;
  /** SHA-256 of the sealed words, which lie in objects. */
  readonly sealed: string;
  /** The words themselves, to know the same text again; they are not kept. */
  readonly text: string;
}

const rowShape = z.object({
  complaint: z.string(), kind: z.string(), firm: z.string().nullable(), queue: z.string(), state: z.enum(['received', 'referred', 'closed']), outcome: z.string().nullable(), referred_to: z.string().nullable(), words: z.string(), sealed: z.string(),
  loss_minor: z.number().nullable(), received_at: z.number(), changed_at: z.number(), entry: z.number(),
});

/** A complaint as it stands. */
export type Complaint = z.output<typeof rowShape>;

/** The room's desk of complaints. `random`: bytes by chance, for tracking numbers. Reads see what the transaction's actor may see. */
export class ComplaintDesk {
  readonly #random: (count: number) => Uint8Array;
  readonly #dayMax: number;
  readonly #known = new Map<string, { readonly complaint: string; readonly at: Instant }>();
  #day = { from: 0, taken: 0 };

  constructor(random: (count: number) => Uint8Array, dayMax = DAY_MAX) {
    this.#random = random;
    this.#dayMax = dayMax;
  }

  /** The complaint of a tracking number, in any case and with or without its hyphens. */
  read(db: Db, complaint: string): Promise<Complaint | undefined> {
    return readComplaint(db, complaint);
  }

  /** Complaints as an officer reads them, oldest first. `after`: the entry of the last one seen. */
  list(db: Db, of: { readonly queue?: string; readonly firm?: string; readonly open: boolean; readonly after: number }): Promise<{ readonly complaints: readonly Complaint[]; readonly total: number }> {
    return readComplaints(db, of);
  }

  /** Complaints of all firms by kind. Figures that stand on fewer than three firms, or of which one firm is more than 85%, are withheld. */
  count(db: Db): Promise<{ readonly total: number; readonly kinds: readonly ComplaintCount[] }> {
    return countComplaints(db);
  }

  /** Has this text come within a day? Then its number. */
  known(text: string, now: Instant): string | undefined {
    const found = this.#known.get(hashOf(text));
    return found !== undefined && now - found.at < DAY_US ? found.complaint : undefined;
  }

  /** Whether the day has room for another. */
  hasRoom(now: Instant): boolean {
    if (now - this.#day.from >= DAY_US) this.#day = { from: now, taken: 0 };
    return this.#day.taken < this.#dayMax;
  }

  /** Takes a complaint; gives its tracking number, or `CAPACITY` when the day is full. It is on disk when this answers. */
  async receive(pool: pg.Pool, now: Instant, wanted: NewComplaint): Promise<string | Rejection> {
    const known = this.known(wanted.text, now);
    if (known !== undefined) return known;
    if (!this.hasRoom(now)) return reject('CAPACITY', 'complaints of a day');
    this.#day.taken += 1;
    const complaint = trackingNumber(this.#random(8));
    const body: EntryBody<'complaint-received'> = {
      complaint, kind: wanted.kind, queue: triage(wanted.kind, wanted.of), sealed: wanted.sealed, ...(wanted.firm === undefined ? {} : { firm: wanted.firm }), ...(wanted.lossMinor === undefined ? {} : { lossMinor: wanted.lossMinor }),
    };
    await withActor(pool, SYSTEM, async (tx) => foldComplaints(tx, await append(tx, now, [{ kind: 'complaint-received', actor: 'public', basis: 'complaint', body }])));
    this.#remember(wanted.text, complaint, now);
    return complaint;
  }

  #remember(text: string, complaint: string, now: Instant): void {
    this.#known.set(hashOf(text), { complaint, at: now });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= REMEMBERED_MAX) break;
      this.#known.delete(oldest);
    }
  }

  /** An officer refers or closes a complaint. */
  async move(tx: Tx, now: Instant, wanted: EntryBody<'complaint-moved'>, by: Member): Promise<Entry<'complaint-moved'> | Rejection> {
    const found = await readComplaint(tx, wanted.complaint);
    const may = decide(by, 'complaint.handle', found?.firm === undefined || found.firm === null ? {} : { firm: found.firm });
    if (!may.allowed) return may.rejection;
    if (found === undefined) return reject('NOT_FOUND', 'complaint');
    if (found.state === 'closed') return reject('DECISION_STALE', 'complaint');
    if ((wanted.to === 'referred') !== (wanted.referredTo !== undefined) || (wanted.to === 'closed') !== (wanted.outcome !== undefined)) return reject('DECISION_INVALID', wanted.to === 'referred' ? 'referredTo' : 'outcome');
    const made = await append(tx, now, [{ kind: 'complaint-moved', actor: by.account, basis: 'complaint', body: wanted }]);
    await foldComplaints(tx, made);
    const [entry] = made;
    assert(entry !== undefined, 'an append gives its entries back');
    return entry;
  }
}

/** Folds entries of complaints into their view. */
async function foldComplaints(tx: Tx, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    if (isKind(entry, 'complaint-received')) {
      const { body } = entry;
      await tx.query(
        `insert into register.complaint (complaint, kind, firm, queue, state, words, sealed, loss_minor, received_at, changed_at, entry) values ($1, $2, $3, $4, 'received', '', $5, $6, $7, $7, $8)`,
        [body.complaint, body.kind, body.firm ?? null, body.queue, body.sealed, body.lossMinor ?? null, entry.admittedAt, entry.index]);
    } else if (isKind(entry, 'complaint-moved')) {
      const { body } = entry;
      await tx.query('update register.complaint set state = $2, outcome = $3, referred_to = coalesce($4, referred_to), words = $5, changed_at = $6 where complaint = $1', [body.complaint, body.to, body.outcome ?? null, body.referredTo ?? null, body.words, entry.admittedAt]);
    }
  }
}

/** Drops the view's rows and folds the ledger again. `tx`: as the owner. */
export async function rebuildComplaints(tx: Tx): Promise<void> {
  await tx.query('delete from register.complaint');
  for (let from = 0; ;) {
    const entries = await readEntries(tx, { from, kinds: ['complaint-received', 'complaint-moved'], limit: PAGE_ENTRIES });
    await foldComplaints(tx, entries);
    const last = entries.at(-1);
    if (last === undefined) return;
    from = last.index + 1;
  }
}

async function readComplaint(db: Db, complaint: string): Promise<Complaint | undefined> {
  const bare = complaint.toUpperCase().replaceAll(/[^0-9A-Z]/g, '').replace(/^C/, '');
  if (!/^[0-9A-Z]{12}$/.test(bare)) return undefined;
  const found = await db.query(`select * from register.complaint where complaint = $1`, [`C-${bare.slice(0, 4)}-${bare.slice(4, 8)}-${bare.slice(8)}`]);
  return found.rows[0] === undefined ? undefined : rowShape.parse(found.rows[0]);
}

async function readComplaints(db: Db, of: { readonly queue?: string; readonly firm?: string; readonly open: boolean; readonly after: number }): Promise<{ readonly complaints: readonly Complaint[]; readonly total: number }> {
  const where = '($1::text is null or queue = $1) and ($2::text is null or firm = $2) and (not $3 or state <> \'closed\')';
  const values = [of.queue ?? null, of.firm ?? null, of.open];
  const found = await db.query(`select * from register.complaint where ${where} and entry > $4 order by entry limit ${PAGE_MAX}`, [...values, of.after]);
  const count = await db.query<{ n: number }>(`select count(*)::int as n from register.complaint where ${where}`, values);
  return { complaints: found.rows.map((row) => rowShape.parse(row)), total: count.rows[0]?.n ?? 0 };
}

/** A public figure: of one kind, all firms together; `null` where it would show a single firm. */
export interface ComplaintCount {
  readonly kind: string;
  readonly received: number | null;
  readonly closed: number | null;
  readonly upheld: number | null;
  /** Days from receipt to the close, the middle one. */
  readonly medianDays: number | null;
}

async function countComplaints(db: Db): Promise<{ readonly total: number; readonly kinds: readonly ComplaintCount[] }> {
  const found = await db.query<{ kind: string; received: number; closed: number; upheld: number; days: number | null; firms: number; most: number }>(
    `with per as (select kind, coalesce(firm, '') as firm, count(*)::int as n from register.complaint group by 1, 2)
     select c.kind, count(*)::int as received, (count(*) filter (where state = 'closed'))::int as closed, (count(*) filter (where outcome in ('upheld', 'partly-upheld')))::int as upheld,
       percentile_cont(0.5) within group (order by (changed_at - received_at) / 86400000000.0) filter (where state = 'closed') as days,
       (select count(*) from per p where p.kind = c.kind)::int as firms, (select max(n) from per p where p.kind = c.kind)::int as most
     from register.complaint c group by c.kind order by c.kind`);
  return {
    total: found.rows.reduce((sum, row) => sum + row.received, 0),
    kinds: found.rows.map((row) => {
      const isShown = row.firms >= FIRMS_MIN && row.most <= row.received * SHARE_MAX;
      return { kind: row.kind, received: isShown ? row.received : null, closed: isShown ? row.closed : null, upheld: isShown ? row.upheld : null, medianDays: isShown && row.days !== null ? Math.round(Number(row.days)) : null };
    }),
  };
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Twelve letters that are not taken for one another: 60 bits by chance, so that no number leads to another's complaint. */
function trackingNumber(bytes: Uint8Array): string {
  assert(bytes.length === 8, 'a tracking number is made of eight bytes');
  let rest = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let i = 0; i < 12; i += 1) {
    text += LETTERS[Number(rest & 31n)] ?? '';
    rest >>= 5n;
  }
  return `C-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
