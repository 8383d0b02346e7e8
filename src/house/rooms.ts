/**
 * The house as data: which rooms there are, what each is for, what each may import (DESIGN, "The
 * house"). Data flows one way, imports point against it, and the only way back is an append to the
 * log; this table is what makes that true. To move a wall, change this table and write a page in
 * `docs/decisions/`.
 */

/** One room of `src/`. */
export interface RoomTerm {
  readonly purpose: string;
  /** Rooms it may import, each through its door. */
  readonly imports: readonly string[];
  /** Runs in a browser too: no `node:` module outside its tests. */
  readonly browser?: true;
  /** Doors beside `index.ts`, each with its reason in the comment. */
  readonly doors?: readonly string[];
  /** Doors that only `main` and tests use. */
  readonly mainDoors?: readonly string[];
}

export const ROOMS: Readonly<Record<string, RoomTerm>> = {
  terms: { purpose: 'the vocabulary, and one file per entry kind', imports: [], browser: true },
  // `console.ts` is a door of its own: the console's bundle then carries nothing of the event schema.
  contract: { purpose: 'routes and shapes, safe in a browser', imports: ['terms'], browser: true, doors: ['console.ts'] },
  // `http-signature.ts`: who signs or judges a request takes the library for it along; who checks a proof does not. `published.ts`: logs and proofs as files. `credentials.ts`: credentials, which a proof of inclusion needs nothing of. `documents.ts`: signed PDF.
  proof: { purpose: 'the arithmetic of trust: hashes, trees, notes, signatures', imports: ['terms'], browser: true, doors: ['http-signature.ts', 'published.ts', 'credentials.ts', 'documents.ts'] },
  // `tree-source.ts`: a log leaves as files by the program's own act.
  // `rebuild.ts`, here and in other rooms: folding views again is the program's own act.
  // `engine/index.ts`: the engines are started by main alone; a room is given connections. `engine/testing.ts`: databases for tests.
  log: { purpose: 'the only memory: append, read, position, replay; the engine boundaries', imports: ['terms', 'proof'], doors: ['engine/index.ts', 'engine/testing.ts'], mainDoors: ['rebuild.ts', 'tree-source.ts'] },
  framework: { purpose: 'parse, check and compile a framework pack', imports: ['terms'] },
  // `person-acts.ts`: acts on a person are two doors' matter, and no room's.
  access: { purpose: 'who may do what', imports: ['terms', 'log'], doors: ['person-acts.ts'] },
  vault: { purpose: 'the only place where a person has a name', imports: ['terms', 'log', 'access'] },
  licensing: { purpose: 'the life of a firm, stage by stage', imports: ['terms', 'log', 'framework', 'access'] },
  // `quality/index.ts`: cases that measure the matcher are a command's and a bench's matter, and no room's. `hits/index.ts`: who deals with people's hits reads no list.
  screening: { purpose: 'lists and matching', imports: ['terms', 'log', 'framework', 'vault'], doors: ['quality/index.ts', 'hits/index.ts'] },
  // `judgement.ts`: a line is judged without a house.
  intake: { purpose: 'what firms send becomes events or coded rejections', imports: ['terms', 'contract', 'proof', 'log', 'framework', 'access', 'vault', 'licensing'], doors: ['judgement.ts'], mainDoors: ['rebuild.ts'] },
  tracing: { purpose: 'value across addresses and chains', imports: ['terms', 'proof', 'log', 'licensing'] },
  // `language/index.ts`: who writes or shows a rule runs none. `rules/indicators.ts`: what is seen and what is not, for a page. `back-test/index.ts`: who tries rules decides nothing. `rules/policy.ts`: who turns thresholds.
  // `engine/index.ts`: the engine by itself, for benches and the judge.
  monitor: { purpose: 'the stateful engine and the rules', imports: ['terms', 'log', 'framework', 'tracing', 'screening'], doors: ['language/index.ts', 'rules/indicators.ts', 'back-test/index.ts', 'rules/policy.ts', 'engine/index.ts'] },
  // `score.ts`: one formula ranks alerts and whoever judges detectors.
  alerts: { purpose: 'findings become grouped, ranked, explained alerts', imports: ['terms', 'log', 'access', 'monitor'], doors: ['score.ts'], mainDoors: ['rebuild.ts'] },
  cases: { purpose: 'human work on suspicion', imports: ['terms', 'log', 'access', 'vault', 'alerts'] },
  obligations: { purpose: 'who owes what by when', imports: ['terms', 'log', 'framework', 'access', 'licensing'] },
  reserves: { purpose: 'proof-of-reserves verification', imports: ['terms', 'proof', 'log', 'access', 'licensing', 'tracing'] },
  assets: { purpose: 'tokenised assets and stablecoins', imports: ['terms', 'log', 'framework', 'access', 'tracing', 'licensing'] },
  insight: { purpose: 'every statistic; what-if replay', imports: ['terms', 'log', 'framework', 'monitor'] },
  reports: {
    purpose: 'what leaves: goAML, returns, exports',
    imports: ['terms', 'log', 'framework', 'access', 'vault', 'licensing', 'obligations', 'alerts', 'cases', 'insight'],
  },
  // `lookalike.ts`, `foreign-casp.ts`: what a check catches and what a state holds is measured outside the house.
  register: { purpose: 'the public face', imports: ['terms', 'proof', 'log', 'framework', 'access', 'vault', 'licensing'], doors: ['lookalike.ts', 'foreign-casp.ts'] },
  http: {
    purpose: 'the doors, one file per audience; nobody imports it',
    imports: [
      'terms', 'contract', 'proof', 'log', 'framework', 'access', 'vault', 'licensing', 'screening', 'intake', 'tracing', 'monitor', 'alerts', 'cases',
      'obligations', 'reserves', 'assets', 'insight', 'reports', 'register',
    ],
  },
};

/** What rooms that run in a browser may take from npm: pure arithmetic and parsing. */
export const BROWSER_PACKAGES: readonly string[] = ['zod', '@noble/hashes', '@noble/curves', 'http-message-sig'];

/** Libraries that stay at one edge of the house, so that replacing one is the work of one room. */
export const PACKAGE_HOMES: Readonly<Record<string, readonly string[]>> = {
  fastify: ['http'], qr: ['http'], '@myriaddreamin/typst-ts-node-compiler': ['http'], 'zxing-wasm': ['main', 'console'], '@clickhouse/client': ['log'], chdb: ['log'], yaml: ['framework'], 'any-ascii': ['screening'], 'csv-parse': ['intake', 'screening', 'register'], saxes: ['screening'], vite: ['scripts', 'console'],
  react: ['console'], 'react-dom': ['console'], '@tanstack/react-router': ['console'], '@tanstack/react-query': ['console'], '@tanstack/react-virtual': ['console'],
  i18next: ['console'], 'react-i18next': ['console'], 'oxc-parser': ['house'],
};

/** Folders beside `src/` that hold code, and the rooms whose doors each may use. `all` means every room but `http`. */
export const OUTBUILDINGS: Readonly<Record<string, readonly string[] | 'all'>> = {
  console: ['contract', 'terms', 'proof'],
  // A firm's own program: it knows what a firm knows.
  client: ['contract', 'terms', 'proof'],
  sim: 'all',
  bench: 'all',
  scripts: 'all',
};

/** The auditor judges the engine, so it shares no code with it. */
export const AUDITOR = /^sim\/auditor(\.|\/|-)/;
export const AUDITOR_IMPORTS: readonly string[] = ['terms'];

/** Entry kinds are checked against their owner everywhere; these places handle kinds of every owner without appending them. */
export const READS_EVERY_KIND: readonly string[] = ['log', 'http'];
