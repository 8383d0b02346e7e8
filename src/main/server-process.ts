/**
 * The server's process: the doors, intake, and the alerts' fold. It holds nothing that another start cannot
 * fold again from the database, so it may be killed at any moment.
 */

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import pino from 'pino';
import { BrowserDoor, ClientRegister, FirmGate, SecretFiles, StaffDesk, openKeys } from '../access/index.ts';
import { followFindings, readAlertsOf, readEvidence, readOutcomes } from '../alerts/index.ts';
import { openApi } from '../contract/index.ts';
import { numberAt, parameterAt, type Framework } from '../framework/index.ts';
import {
  LiveLine, alertRoutes, createServer, dossierActRoutes, dossierRoutes, eventRoutes, filingRoutes, firmRoutes, healthRoutes, ledgerRoutes, openCertificates, openEnrolDoor, openFirmDoor, openFrameworkPage, openPublicLog, openRegister, openScreenDoor, openStatus, openStaffDoor, openStatic, officeRoutes, sessionRoutes, complaintRoutes, foreignRoutes, subscriberRoutes, openComplaints, openMarket, openVerifier, publicationRoutes, ruleRoutes, screeningRoutes, type DossierGround, type HealthGround, type ComplaintFigures,
} from '../http/index.ts';
import { BacktestDesk, peopleByClass } from '../insight/index.ts';
import { Admission, FilingDesk, readFiling } from '../intake/index.ts';
import { LicensingDesk } from '../licensing/index.ts';
import { Analytics, LEDGER, LocalObjects, PgEventLog, PublicLog, SYSTEM, openPool, sha256, signHead, withActor, type AnalyticsAddress } from '../log/index.ts';
import { ObligationBook } from '../obligations/index.ts';
import { verifierKey } from '../proof/index.ts';
import { verifyRequest } from '../proof/http-signature.ts';
import { CertificateDesk, ComplaintDesk, ForeignDesk, PublicationDesk, PushDesk, RegisterDesk, StatusDesk } from '../register/index.ts';
import { ListBooks } from '../screening/hits/index.ts';
import { ScreeningDesk } from '../screening/index.ts';
import type { Instant } from '../terms/index.ts';
import { VaultClient, sealLetter, type VaultAddress } from '../vault/index.ts';
import { foldInThread } from './backtest-thread.ts';
import { receiveSettings, tellParent } from './child.ts';
import { DEMO_ACCOUNTS } from './demo-accounts.ts';
import { drawOf } from './demo-keys.ts';
import { HouseDirectory } from './directory.ts';
import { askParts } from './engine-states.ts';
import { Facts } from './facts.ts';
import { openFramework } from './framework.ts';
import { issuerKeys, readIssuerKeys } from './issuer.ts';
import { HouseWatch } from './house-watch.ts';
import { linkAddress } from './origin.ts';
import { Outbound } from './outbound.ts';
import type { World } from './world.ts';

/** What the parent tells the server. */
export interface ServerSettings {
  readonly home: string;
  readonly host: string;
  readonly port: number;
  readonly origin: string;
  readonly authority: string;
  /** Directory of the signing keys. */
  readonly keys: string;
  /** A demo's seed: its keys come from it. */
  readonly seed: string | undefined;
  readonly framework: string;
  readonly synthetic: boolean;
  readonly database: pg.PoolConfig;
  readonly analytics: AnalyticsAddress;
  readonly vault: VaultAddress;
  readonly partitions: number;
  readonly consoleDirectory: string;
  readonly pushHosts: readonly string[];
}

/** Held events are tried again, findings followed and the ledger's head signed at least this often. */
const TICK_MS = 500;
const PING_MS = 15_000;
/** A commit of few events, and a statement of the replay guard, wait so long for company: each costs the same for one request as for dozens. */
const GATHER_MS = 12;
const GUARD_GATHER_MS = 6;
/** Clocks that end by themselves and what has become late are looked at so often: law counts in days and hours. */
const ROUNDS_MS = 20_000;
/** Workers that answer questions about names, each with an index of some 150 MB: they start with the first question. */
const SCREENING_WORKERS_MAX = 4;
const SECONDS_US = 1_000_000;
const URDU_FONT = new URL('../../console/fonts/nastaliq-urdu-400.woff2', import.meta.url);

/** Runs the server until its parent ends it. */
export async function runServer(world: World): Promise<void> {
  const settings = await receiveSettings<ServerSettings>();
  const house = await openHouse(settings, world);
  const server = createServer(house.logger);
  openFirms(server, house);
  openEnrolment(server, house);
  const live = openStaff(server, house);
  openPublic(server, house);
  openStatic(server, settings.consoleDirectory);
  await server.listen({ host: settings.host, port: settings.port });
  const timers = [setInterval(() => tick(house, live), TICK_MS), setInterval(() => void live.ping().catch(() => undefined), PING_MS), setInterval(() => makeRounds(house), ROUNDS_MS)];
  process.once('SIGTERM', () => {
    for (const timer of timers) clearInterval(timer);
    live.close();
    void server.close().then(() => house.admission.drain()).finally(() => process.exit(0));
  });
  makeRounds(house);
  tellParent({ ready: { port: settings.port } });
}

type House = Awaited<ReturnType<typeof openHouse>>;

async function openHouse(settings: ServerSettings, world: World) {
  const pool = openPool(settings.database, 12);
  const framework: Framework = openFramework(settings.framework);
  const logger = pino({ level: 'warn' }, pino.destination(2));
  const keys = openKeys(new SecretFiles({ directory: settings.keys, draw: drawOf(settings.seed, world.random) }));
  const facts = new Facts();
  await facts.follow(pool);
  const watch = new HouseWatch();
  const vault = new VaultClient(settings.vault);
  const now = world.clock();
  const admission = new Admission({
    pool, book: facts.book, identify: (sealed) => vault.identify(sealed), events: new PgEventLog(pool), partitions: settings.partitions,
    latenessMaxUs: numberAt(framework, 'lateness.max', now), claimGapShare: numberAt(framework, 'claim.gap', now), clock: world.clock, numberOf: (firm) => facts.numberOf(firm), isFull: () => watch.isFull,
    signerFor: (firm) => keys.receipt(`${settings.authority}/firm/${firm}`),
    gather: () => pause(GATHER_MS),
    onError: (error) => logger.error({ err: error }, 'a commit failed; intake folds its state again'),
  });
  await admission.load();
  const objects = new LocalObjects(join(settings.home, 'objects'));
  const licensing = new LicensingDesk(framework, objects);
  const directory = new HouseDirectory(framework, facts.book, now);
  await directory.refresh(pool, now);
  const register = new RegisterDesk(framework);
  await register.follow(pool);
  const publicLog = new PublicLog(pool, keys.register(`${settings.authority}/register`));
  const statusSigner = keys.status(`${settings.authority}/status`);
  const status = new StatusDesk(register.book, statusSigner, settings.synthetic);
  const outbound = new Outbound({ hosts: settings.pushHosts });
  const push = new PushDesk({ pool, book: register.book, status, signer: statusSigner, random: world.random, mayReach: (address) => outbound.allows(address), send: (message) => outbound.send(message) });
  return {
    settings, status, statusSigner, push, world, since: now, licensing, obligations: new ObligationBook(licensing), pool, framework, logger, keys, facts, watch, vault, admission, directory, register, publicLog, objects, complaints: new ComplaintDesk(world.random), figures: { complaints: undefined as ComplaintFigures | undefined }, analytics: new Analytics(settings.analytics), screening: new ScreeningDesk(pool, new LocalObjects(join(settings.home, 'objects')), Math.min(SCREENING_WORKERS_MAX, availableParallelism())),
    desk: new FilingDesk({ pool, admission, identify: (sealed) => vault.identify(sealed) }), ticking: { busy: false },
  };
}

function openFirms(server: ReturnType<typeof createServer>, house: House): void {
  const { settings, world, pool, keys, facts } = house;
  const gate = new FirmGate({
    pool, signer: keys.token(`${settings.authority}/token`), random: world.random, origin: settings.origin, numberOf: (firm) => facts.numbers.get(firm),
    verifySignature: (request, keyOf) => verifyRequest(request, keyOf, sha256), gather: () => pause(GUARD_GATHER_MS),
  });
  openFirmDoor(server, {
    gate, desk: house.desk, clock: world.clock, origin: settings.origin, openapi: () => openApi(settings.origin), identityKey: async () => {
      const key = await house.vault.publicKey();
      return key === undefined ? undefined : { ...key };
    },
    submission: async (firm, id) => {
      const state = await readFiling(pool, firm, id);
      return state === undefined ? undefined : { answer: JSON.parse(state.answer), decided: state.decided, stillHeld: state.stillHeld };
    },
  });
  openScreenDoor(server, { gate, clock: world.clock, origin: settings.origin, screen: (lines) => house.screening.answer(lines) });
}

/** What anyone may ask: the register, and a bank's question with its signed answer. */
function openPublic(server: ReturnType<typeof createServer>, house: House): void {
  const { settings, world, keys, register, publicLog } = house;
  const pages = openRegister(server, { book: register.book, clock: world.clock, origin: settings.origin, synthetic: settings.synthetic });
  openMarket(pages, () => house.figures.complaints);
  openComplaints(server, pages, { pool: house.pool, objects: house.objects, desk: house.complaints, seal: async (text) => {
    const key = await house.vault.publicKey();
    return key === undefined ? undefined : sealLetter(key, text);
  } });
  const { status, statusSigner } = house;
  openStatus(server, { desk: status, clock: world.clock, verifier: verifierKey(statusSigner.keyId, statusSigner.publicKey) });
  const origin = keys.register(`${settings.authority}/register`);
  const verifier = verifierKey(origin.keyId, origin.publicKey);
  const log = { verifier, prove: (n: number) => publicLog.proofOf(`change:${n}`) };
  const issuer = { origin: settings.origin, log, name: register.book.framework.authority.en, synthetic: settings.synthetic, keys: issuerKeys(keys, settings.authority, readIssuerKeys(settings.home)), random: world.random };
  openCertificates(server, { desk: new CertificateDesk(register.book, issuer), clock: world.clock, authority: register.book.framework.authority, synthetic: settings.synthetic, serviceTitle: serviceTitleOf(register.book.framework) });
  openVerifier(server, { clock: world.clock, authority: register.book.framework.authority, synthetic: settings.synthetic });
  openPublicLog(server, { log: publicLog, clock: world.clock, verifier });
}

const serviceTitleOf = (framework: Framework) => (service: string) => [...framework.services].find(([id]) => id === service)?.[1].title ?? { en: service, ur: service };

/** A program registers its key, and reads the keys of the house. */
function openEnrolment(server: ReturnType<typeof createServer>, { settings, world, pool, keys }: House): void {
  const [ledger, firms] = [keys.checkpoint(`${settings.authority}/ledger`), keys.receipt(`${settings.authority}/firm`)];
  const clients = new ClientRegister(pool);
  openEnrolDoor(server, {
    clock: world.clock, enrol: (now, wanted) => clients.enrol(now, settings.origin, wanted),
    authority: { authority: settings.authority, verifiers: { ledger: verifierKey(ledger.keyId, ledger.publicKey), firms: verifierKey(firms.keyId, firms.publicKey) } },
  });
}

function openStaff(server: ReturnType<typeof createServer>, house: House): LiveLine {
  const { settings, world, pool, directory, analytics, framework } = house;
  const browser = new BrowserDoor(settings.origin);
  const desk = new StaffDesk({ pool, random: world.random, synthetic: settings.synthetic, party: { name: framework.authority.en, origin: settings.origin } });
  const sessionOf: StaffDesk['session'] = (now, token, isAttended) => desk.session(now, token, isAttended);
  const live = new LiveLine({ clock: world.clock, token: (cookies) => browser.token(cookies), sessionOf: (now, token) => sessionOf(now, token, false) });
  const ground: HealthGround = {
    pool, analytics, directory, partitions: settings.partitions, parts: () => askParts({ pool, analytics, vault: house.vault, objects: join(settings.home, 'objects'), since: house.since, node: process.version }),
    evidenceOf: (alert, finding) => withActor(pool, SYSTEM, (tx) => readEvidence(tx, { ...(alert === undefined ? {} : { alert: Number(alert.replace('AL-', '')) }), ...(finding === undefined ? {} : { finding }) })),
    alertsOf: async (events) => {
      const found = await withActor(pool, SYSTEM, (tx) => readAlertsOf(tx, events));
      return new Map([...found].map(([event, alerts]) => [event, alerts.map((id) => `AL-${id}`)]));
    },
  };
  const ledger = { pool, signer: house.keys.checkpoint(`${settings.authority}/ledger`), codeOf: (firm: string) => directory.byId(firm)?.ref.code, firmOf: (code: string) => directory.byCode(code)?.id };
  const words = {
    authority: framework.authority, synthetic: settings.synthetic, methods: settings.synthetic ? ['password' as const, 'passkey' as const] : ['passkey' as const],
    demoAccounts: settings.synthetic ? DEMO_ACCOUNTS.filter((each) => each.organisation !== 'fmu').map((each) => ({ account: each.account, name: each.name, role: officeOf(each, directory) })) : [],
    demoHint: settings.synthetic ? { en: 'Password and the code of the moment: npm run nigran -- demo-code ACCOUNT', ur: 'پاس ورڈ اور کوڈ: npm run nigran -- demo-code ACCOUNT' } : null,
  };
  const dossiers: DossierGround = { pool, desk, directory, licensing: house.licensing, obligations: house.obligations, tell: (name, change) => live.tell(name, change), sealingKey: () => house.vault.publicKey() };
  openStaffDoor(server, {
    browser, clock: world.clock, sessionOf,
    routes: {
      ...sessionRoutes({ desk, browser, house: words, authority: framework.authority, firmOf: (id) => directory.byId(id)?.ref }), ...firmRoutes(ground), ...filingRoutes(ground), ...eventRoutes(ground), ...ledgerRoutes(ledger), ...healthRoutes(ground),
      ...dossierRoutes(dossiers), ...dossierActRoutes({ ...dossiers, vault: house.vault, analytics }),
      ...officeRoutes({ framework, pool, desk, directory, vault: house.vault, clients: new ClientRegister(pool), random: world.random, linkOf: (ticket) => linkAddress(settings.origin, ticket) }),
      ...screeningRoutes({ ...dossiers, vault: house.vault, framework, objects: house.objects, screening: house.screening, books: new ListBooks(house.objects) }),
      ...publicationRoutes({ pool, desk, book: house.register.book, publication: new PublicationDesk(house.register, world.random) }),
      ...ruleRoutes({ pool, desk, framework, objects: house.objects, backtests: openBacktests(house) }),
      ...foreignRoutes({ pool, book: house.register.book, foreign: new ForeignDesk(house.objects) }),
      ...subscriberRoutes({ pool, desk, book: house.register.book, push: house.push }),
      ...complaintRoutes({ pool, objects: house.objects, book: house.register.book, complaints: house.complaints, vault: house.vault }),
      ...openFrameworkPage(server, { framework, clock: world.clock, synthetic: settings.synthetic, urduFont: readFileSync(URDU_FONT) }),
      ...alertRoutes({ ...ground, desk, tell: (name, change) => live.tell(name, change) }),
    },
  });
  live.open(server);
  return live;
}

/** Back-tests fold in a thread of their own, so that nothing here is slower for them. */
function openBacktests({ settings, pool, objects, analytics, world }: House): BacktestDesk {
  const folder = { database: settings.database, analytics: settings.analytics, objects: join(settings.home, 'objects'), framework: settings.framework };
  return new BacktestDesk({
    pool, objects, clock: world.clock, fold: (order, checkpoint, tell, signal) => foldInThread({ ...folder, order, checkpoint }, tell, signal),
    people: (before) => peopleByClass(analytics, before), outcomes: () => withActor(pool, SYSTEM, (tx) => readOutcomes(tx)),
  });
}

/** The office of a demo's account in words; of a firm's person with the firm. */
function officeOf({ title, firm }: (typeof DEMO_ACCOUNTS)[number], directory: HouseDirectory): { en: string; ur: string } {
  const name = firm === undefined ? undefined : directory.byId(firm)?.ref.name;
  return name === undefined ? title : { en: `${title.en}, ${name.en}`, ur: `${title.ur}، ${name.ur}` };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The clause of a parameter; what nobody prescribed says so. */
function basisOf(framework: Framework, name: string, now: Instant): string {
  const parameter = parameterAt(framework, name, now);
  return parameter === undefined ? `${name}, which the framework does not set` : parameter.status === 'prescribed' ? parameter.clause.en : `${parameter.clause.en} (${parameter.status})`;
}

/** What happens by itself: held events are tried, findings become alerts, the head is signed, consoles are told. */
function tick(house: House, live: LiveLine): void {
  if (house.ticking.busy) return;
  house.ticking.busy = true;
  void (async () => {
    const now = house.world.clock();
    house.admission.sweep();
    await house.facts.follow(house.pool);
    await house.register.follow(house.pool);
    await house.publicLog.follow(house.register.book.changes, now, house.world.random);
    await house.watch.look(house.pool, now, { us: numberAt(house.framework, 'feed.lag', now), basis: basisOf(house.framework, 'feed.lag', now) });
    await house.directory.refresh(house.pool, now);
    for (const change of await followFindings(house.pool, now)) {
      live.tell('alert', { id: `AL-${change.alert}`, version: change.version, severity: change.severity, change: change.change });
    }
    const head = await signHead(house.pool, LEDGER, house.keys.checkpoint(`${house.settings.authority}/ledger`), now);
    if (now - head.signedAt < SECONDS_US) live.tell('checkpoint', { size: head.size, at: now });
    live.tell('engine', { asOf: now });
  })().catch((error: unknown) => house.logger.error({ err: error }, 'the house could not do its rounds'))
    .finally(() => {
      house.ticking.busy = false;
    });
}

/** What the calendar brings: a freeze that is over ends, firms are reminded, breaches of what is law and late are found. */
function makeRounds(house: House): void {
  const { licensing, obligations, pool, world, logger } = house;
  void withActor(pool, SYSTEM, async (tx) => {
    await licensing.runOut(tx, world.clock());
    await obligations.notice(tx, world.clock());
    house.figures.complaints = await house.complaints.count(tx);
  }).catch((error: unknown) => logger.error({ err: error }, 'the calendar could not be followed'));
  void house.push.round(world.clock()).catch((error: unknown) => logger.error({ err: error }, 'subscribers could not be told'));
}
