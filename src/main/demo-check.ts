/**
 * The demo checks itself end to end: the count balances, everything accepted is decided, the door answered each
 * line as it must, each planted case that the rules cover has its alert, receipts and the ledger's proof
 * verify, analytics has caught up. The labels are known to this check alone, never to the house.
 */

import { join } from 'node:path';
import type pg from 'pg';
import { SecretFiles, openKeys } from '../access/index.ts';
import { followFindings } from '../alerts/index.ts';
import { Analytics, LEDGER, SYSTEM, openPool, proveInclusion, readEntries, sha256, signHead, treeHead, withActor } from '../log/index.ts';
import { openCheckpoint, parseVerifierKey, verifierKey, verifyInclusion, verifyReceipt } from '../proof/index.ts';
import { Officer, checkDoors, type NationFeed, type World as Nation } from '../../sim/index.ts';
import { DEMO_PASSWORD, demoTotp } from './demo-accounts.ts';
import { drawOf } from './demo-keys.ts';
import type { Engines } from './house.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** What `npm run demo -- --once --json` prints. */
export interface DemoReport {
  readonly accepted: number;
  readonly rejected: number;
  readonly decided: number;
  readonly undecided: number;
  readonly findings: number;
  readonly alerts: number;
  readonly people: number;
  readonly firms: number;
  readonly seconds: number;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

export interface CheckGround {
  readonly settings: Settings;
  readonly world: World;
  readonly engines: Engines;
  readonly nation: Nation;
  readonly url: string;
  readonly streamed: NationFeed | undefined;
  readonly seconds: () => number;
  readonly say: (line: string) => void;
}

type Check = DemoReport['checks'][number];

const SETTLE_TIMEOUT_MS = 120_000;
/** Alerts and figures follow findings within so long. */
const OFFICER_PATIENCE_MS = 10_000;
const AUTHORITY = 'nigran.example';

/** Waits until the house is at rest, then checks. */
export async function checkDemo(ground: CheckGround): Promise<DemoReport> {
  const pool = openPool(ground.engines.connection('nigran_app'), 4);
  const analytics = new Analytics(ground.engines.analytics);
  try {
    await untilAtRest(pool, ground);
    await followFindings(pool, ground.world.clock());
    const counts = await readCounts(pool);
    const keys = openKeys(new SecretFiles({ directory: join(ground.settings.home, 'keys'), draw: drawOf(ground.settings.seed, ground.world.random) }));
    const checks: Check[] = [
      check('balance', counts.accepted === counts.decided + counts.undecided, `accepted ${counts.accepted} = decided ${counts.decided} + undecided ${counts.undecided}`),
      check('decided', counts.undecided === 0, `${counts.undecided} undecided`),
      check('held', counts.held === 0, `${counts.held} still held`),
      ...doorChecks(ground.streamed),
      ...(await caseChecks(pool, ground.nation)),
      receiptCheck(ground.streamed, (firm) => keys.receipt(`${AUTHORITY}/firm/${firm}`)),
      await ledgerCheck(pool, ground, keys.checkpoint(`${AUTHORITY}/ledger`)),
      await analyticsCheck(analytics, counts.accepted),
      await statementCheck(pool),
      ...(await officerChecks(ground)),
    ];
    return { ...counts, seconds: Math.round(ground.seconds() * 10) / 10, checks };
  } finally {
    await analytics.close();
    await pool.end();
  }
}

const check = (name: string, ok: boolean, detail: string): Check => ({ name, ok, detail });

async function untilAtRest(pool: pg.Pool, ground: CheckGround): Promise<void> {
  const until = ground.world.clock() + SETTLE_TIMEOUT_MS * 1000;
  for (;;) {
    const rows = await withActor(pool, SYSTEM, (tx) => tx.query<{ waiting: number; held: number; copied: boolean }>(
      `select (select count(*) from log.event_partition e left join log.position p on p."group" = 'monitor' and p.partition = e.partition where e.next_offset > coalesce(p."offset", 0)) as waiting,
              (select count(*) from intake.held) as held,
              not exists (select from log.event_partition e left join log.analytics_position a on a.partition = e.partition where e.next_offset > coalesce(a.next, 0)) as copied`));
    const row = rows.rows[0];
    if (row !== undefined && row.waiting === 0 && row.held === 0 && row.copied) return;
    if (ground.world.clock() > until) return ground.say(`not at rest: ${JSON.stringify(row)}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

async function readCounts(pool: pg.Pool): Promise<Omit<DemoReport, 'checks' | 'seconds'> & { held: number }> {
  const rows = await withActor(pool, SYSTEM, (tx) => tx.query<{ accepted: number; held: number; rejected: number; decided: number; findings: number; alerts: number; people: number; firms: number }>(
    `select (select coalesce(sum(accepted), 0) from intake.daily)::bigint as accepted, (select count(*) from intake.held) as held, (select coalesce(sum(rejected), 0) from intake.daily)::bigint as rejected,
            (select coalesce(sum(decided), 0) from monitor.decided)::bigint as decided, (select count(*) from monitor.finding where state <> 'withdrawn') as findings,
            (select count(*) from alerts.alert) as alerts, (select count(distinct person) from intake.customer) as people, (select count(*) from licensing.firm) as firms`));
  const row = rows.rows[0];
  if (row === undefined) throw new Error('the counts could not be read');
  return { ...row, undecided: row.accepted - row.decided };
}

function doorChecks(streamed: NationFeed | undefined): Check[] {
  if (streamed === undefined) return [];
  const { totals, surprises } = streamed;
  const [first] = surprises;
  const detail = first === undefined ? `each line ended as it must; ${totals.rejected} rejected with their codes, ${totals.duplicate} seen as sent before`
    : `${totals.surprises} lines ended otherwise, the first ${first.firm} ${first.event}: ${first.got} instead of ${first.expected}`;
  return [check('door', totals.surprises === 0, detail)];
}

/** An alert of the meant rule for each planted case: on one of the case's people, or on its firm. */
async function caseChecks(pool: pg.Pool, nation: Nation): Promise<Check[]> {
  const missing = new Map<string, { cases: number; missed: string[] }>();
  for (const label of nation.historyLabels()) {
    if (label.rule === null) continue;
    const seen = missing.get(label.typology) ?? { cases: 0, missed: [] };
    missing.set(label.typology, seen);
    seen.cases += 1;
    const customers = label.persons.flatMap((person) => person.customers);
    const found = await withActor(pool, SYSTEM, (tx) => tx.query(
      `select from monitor.finding f where f.rule = $1 and f.state <> 'withdrawn'
         and (f.person in (select replace(c.person::text, '-', '') from intake.customer c join unnest($2::text[], $3::text[]) w(firm, reference) on c.firm = w.firm and c.reference = w.reference)
              or (f.subject = 'firm' and f.firm = any($4::text[]))) limit 1`,
      [label.rule, customers.map((one) => one.firm), customers.map((one) => one.customer), [...label.firms]]));
    if (found.rowCount === 0) seen.missed.push(label.case);
  }
  return [...missing].map(([typology, seen]) => check(`typology ${typology}`, seen.missed.length === 0, `${seen.cases - seen.missed.length} of ${seen.cases} cases raised their rule${seen.missed.length === 0 ? '' : `; missed ${seen.missed.slice(0, 5).join(', ')}`}`));
}

/** What firms said of their days is what was admitted of them. */
async function statementCheck(pool: pg.Pool): Promise<Check> {
  const rows = await withActor(pool, SYSTEM, (tx) => tx.query<{ agree: number; all: number }>(
    `select count(*) filter (where differences = '[]'::jsonb)::int as agree, count(*)::int as all from intake.statement`));
  const { agree, all } = rows.rows[0] ?? { agree: 0, all: 0 };
  return check('closing statements', agree === all, `${agree} of ${all} closing statements agree with what was admitted`);
}

/** The same house as an officer sees it, through the console's API. */
async function officerChecks({ settings, world, nation, url }: CheckGround): Promise<Check[]> {
  const officer = new Officer({ origin: url, account: 'analyst', password: DEMO_PASSWORD, secret: demoTotp(settings.seed, 'analyst'), clock: world.clock, fetch });
  await officer.signIn();
  return checkDoors({ world: nation, officer, patienceMs: OFFICER_PATIENCE_MS, wait: (ms) => new Promise((done) => setTimeout(done, ms)) });
}

type KeyOf = Parameters<typeof signHead>[2];

function receiptCheck(streamed: NationFeed | undefined, signerOf: (firm: string) => KeyOf): Check {
  const receipts = [...streamed?.receipts ?? []];
  const bad = receipts.filter(([firm, result]) => {
    const signer = signerOf(firm);
    return !verifyReceipt(result.receipt, [verifierKey(signer.keyId, signer.publicKey)]).verified;
  });
  return check('receipts', bad.length === 0, `${receipts.length - bad.length} of ${receipts.length} receipts verify`);
}

async function ledgerCheck(pool: pg.Pool, ground: CheckGround, signer: KeyOf): Promise<Check> {
  const signed = await signHead(pool, LEDGER, signer, ground.world.clock());
  const known = parseVerifierKey(verifierKey(signer.keyId, signer.publicKey));
  const checkpoint = known === undefined ? undefined : openCheckpoint(signed.note, [known]);
  const { size } = await treeHead(pool, LEDGER);
  const [entry] = await withActor(pool, SYSTEM, (tx) => readEntries(tx, { from: Math.floor(size / 2), limit: 1 }));
  if (checkpoint === undefined || entry === undefined) return check('ledger', false, 'the head does not open');
  const path = await proveInclusion(pool, LEDGER, entry.index, checkpoint.size);
  const ok = verifyInclusion(entry.leaf, entry.index, checkpoint.size, path, checkpoint.root, sha256);
  return check('ledger', ok, `entry ${entry.index} of ${checkpoint.size} ${ok ? 'is proven' : 'is not proven'} by the signed head`);
}

async function analyticsCheck(analytics: Analytics, accepted: number): Promise<Check> {
  const rows = await analytics.ask('select toUInt32(countIf(not bitTest(flags, 8))) as n from events');
  const [row] = rows;
  const n = typeof row === 'object' && row !== null && 'n' in row ? Number(row.n) : -1;
  return check('analytics', n === accepted, `${n} events copied of ${accepted} accepted`);
}
