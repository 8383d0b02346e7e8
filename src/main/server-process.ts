/**
 * The server's process: the doors and intake. It holds nothing that another start cannot fold again from
 * the database, so it may be killed at any moment.
 */

import type pg from 'pg';
import pino from 'pino';
import { FirmGate, SecretFiles, openKeys } from '../access/index.ts';
import { openApi } from '../contract/index.ts';
import { openFirmDoor } from '../http/firm.ts';
import { createServer } from '../http/server.ts';
import { openStatic } from '../http/static.ts';
import { Admission, AssetBook, FilingDesk, ReceiptDesk, readFiling, type Identified, type Sealed } from '../intake/index.ts';
import { LEDGER, PgEventLog, SYSTEM, isKind, openPool, readEntries, signHead, withActor, type AnalyticsAddress } from '../log/index.ts';
import { verifyRequest } from '../proof/http-signature.ts';
import { receiveSettings, tellParent } from './child.ts';
import { connectVault, type VaultAddress } from './vault-client.ts';
import type { World } from './world.ts';

/** What the parent tells the server. */
export interface ServerSettings {
  readonly home: string;
  readonly host: string;
  readonly port: number;
  readonly origin: string;
  readonly authority: string;
  readonly synthetic: boolean;
  readonly database: pg.PoolConfig;
  readonly analytics: AnalyticsAddress;
  readonly vault: VaultAddress;
  readonly partitions: number;
  readonly latenessMaxUs: number;
  readonly claimGapShare: number;
  readonly consoleDirectory: string;
}

/** Held events are tried again, and the ledger's head is signed, at least this often. */
const TICK_MS = 1_000;
/** Entries that are folded at once at start. */
const PAGE_ENTRIES = 5_000;

/** Runs the server until its parent ends it. */
export async function runServer(world: World): Promise<void> {
  const settings = await receiveSettings<ServerSettings>();
  const pool = openPool(settings.database, 16);
  const logger = pino({ level: 'warn', redact: ['req.headers', 'req.url'] }, pino.destination(2));
  const keys = openKeys(new SecretFiles({ directory: `${settings.home}/keys`, draw: (_label, length) => world.random(length) }));
  const facts = await foldFacts(pool);
  const vault = connectVault(settings.vault);
  const identify = (sealed: readonly Sealed[]): Promise<Identified[]> => vault.identify(sealed);
  const admission = new Admission({
    pool, book: facts.book, identify, events: new PgEventLog(pool), partitions: settings.partitions, latenessMaxUs: settings.latenessMaxUs,
    claimGapShare: settings.claimGapShare, clock: world.clock, numberOf: (firm) => numberOf(facts, firm), onError: (error) => logger.error({ err: error }, 'a commit failed; intake folds its state again'),
  });
  await admission.load();
  const receipts = new ReceiptDesk({ pool, signerFor: (firm) => keys.receipt(`${settings.authority}/firm/${firm}`) });
  const desk = new FilingDesk({ pool, admission, receipts, identify });
  const gate = new FirmGate({
    pool, signer: keys.token(`${settings.authority}/token`), random: world.random, origin: settings.origin, numberOf: (firm) => facts.numbers.get(firm),
    verifySignature: verifyRequest,
  });
  const server = createServer(logger);
  openFirmDoor(server, {
    gate, desk, clock: world.clock, origin: settings.origin, openapi: () => openApi(settings.origin), identityKey: () => vault.publicKey(),
    submission: async (firm, id) => {
      const state = await readFiling(pool, firm, id);
      return state === undefined ? undefined : { answer: JSON.parse(state.answer), decided: state.decided, stillHeld: state.stillHeld };
    },
  });
  openStatic(server, settings.consoleDirectory);
  await server.listen({ host: settings.host, port: settings.port });
  const ticker = setInterval(() => {
    admission.sweep();
    foldMore(pool, facts).catch((error: unknown) => logger.error({ err: error }, 'the ledger could not be read'));
    signHead(pool, LEDGER, keys.checkpoint(`${settings.authority}/ledger`), world.clock()).catch((error: unknown) => logger.error({ err: error }, 'the head could not be signed'));
  }, TICK_MS);
  process.once('SIGTERM', () => {
    clearInterval(ticker);
    server.close().then(() => admission.drain()).finally(() => process.exit(0));
  });
  tellParent({ ready: { port: settings.port } });
}

/** What intake needs from the ledger: assets, rates, firms' numbers. */
interface Facts {
  readonly book: AssetBook;
  readonly numbers: Map<string, number>;
  next: number;
}

async function foldFacts(pool: pg.Pool): Promise<Facts> {
  const facts: Facts = { book: new AssetBook(), numbers: new Map(), next: 0 };
  await foldMore(pool, facts);
  return facts;
}

async function foldMore(pool: pg.Pool, facts: Facts): Promise<void> {
  for (;;) {
    const entries = await withActor(pool, SYSTEM, (tx) =>
      readEntries(tx, { from: facts.next, kinds: ['asset-registered', 'rate-published', 'firm-registered'], limit: PAGE_ENTRIES }));
    for (const entry of entries) {
      if (entry.index < facts.next) continue;
      if (isKind(entry, 'asset-registered')) facts.book.register(entry.body);
      else if (isKind(entry, 'rate-published')) facts.book.publish(entry.body);
      else if (isKind(entry, 'firm-registered')) facts.numbers.set(entry.body.firm, entry.body.number);
      facts.next = entry.index + 1;
    }
    if (entries.length < PAGE_ENTRIES) return;
  }
}

function numberOf(facts: Facts, firm: string): number {
  const number = facts.numbers.get(firm);
  if (number === undefined) throw new Error(`the ledger knows no firm ${firm}`);
  return number;
}
