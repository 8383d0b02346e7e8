/**
 * A firm's dossier for both desks: what it filed, how its gates and clocks stand, what it owes, letters, proposals and
 * decisions. A firm's own people get the shared part of their own firm's. `version` is what a decision must name:
 * anything newer makes it stale. Titles and clauses come from the framework, so the console never restates law.
 */
import * as z from 'zod';
import { SERVICES } from '../terms/index.ts';
import { stageStep } from './console-firms.ts';
import { base64, count, day, firmCode, firmRef, instant, pageQuery, provenance, sha256Hex, stage, worded } from './console-parts.ts';

const name = z.string().min(1).max(60);
const words = (max: number) => z.string().max(max);
const hashes = z.array(sha256Hex).max(50);
const services = z.array(z.enum(SERVICES).exclude(['none'])).max(10);
/** A cap on a limit of the framework, in its unit: a count, or hundredths of the currency. Null lifts what an earlier decision set. */
const caps = z.array(z.strictObject({ limit: name, value: count.nullable() })).min(1).max(40);
const entry = z.coerce.number().int().nonnegative();

export const dossierParams = z.object({ code: firmCode });
export const dossierObjectParams = z.object({ code: firmCode, sha256: sha256Hex });
export const proposalParams = z.object({ code: firmCode, proposal: entry });

/** What a gate asks for and does not have. `not-run`: a screening that was not run. */
export const lack = z.object({
  what: z.enum(['form', 'document', 'role', 'moment', 'finding', 'gate', 'screening']), name: z.string().max(130), title: worded,
  why: z.enum(['missing', 'incomplete', 'not-searchable', 'no-board-approval', 'stale', 'unmet', 'not-run', 'review', 'match']),
});
export const gateStanding = z.object({ gate: name, title: worded, state: z.enum(['met', 'unmet', 'not-run']), shown: z.enum(['filed', 'found', 'recorded', 'screened']),
  /** Forms whose filings it is about. */
  about: z.array(name).max(40), criteria: z.array(z.object({ criterion: name, title: worded })).max(40), lacks: z.array(lack).max(200), entry: count.nullable(), provenance });
/** A limit on which a decision may set a cap. */
const openCap = z.object({ limit: name, title: worded, unit: words(20), per: z.enum(['firm', 'customer']), window: words(20).nullable(), provenance });
export type OpenCap = z.infer<typeof openCap>;
export const openStep = z.object({
  event: name, title: worded, from: name, to: stage, second: z.boolean(), way: z.enum(['forward', 'vary', 'restore', 'sanction', 'end']),
  /** The stage leaves its services to the grant, which must name them. */
  namesServices: z.boolean(),
  /** The firm takes it itself: it applies, it withdraws. */
  own: z.boolean(), gates: z.array(gateStanding).max(30), provenance,
  /** Caps that the step may bring as its conditions; none for a firm's own people. */
  caps: z.array(openCap).max(40),
});
export const clockStanding = z.object({
  clock: name, title: worded, startedAt: instant, state: z.enum(['runs', 'ran-out', 'stopped', 'word', 'unset', 'answered']), day: day.nullable(), provisional: z.boolean(),
  /** `open`: when it has run out the law does not say what follows, and nothing does. */
  ends: z.enum(['overdue', 'event', 'open']), word: z.string().max(40).nullable(), provenance,
  /** What answered it: it runs no more. */
  answer: z.object({ at: instant, entry: count }).nullable(),
});
export const dueRow = z.object({
  firm: firmRef, obligation: name, title: worded, means: worded, occurrence: z.string().max(40), day: day.nullable(), provisional: z.boolean(), state: z.enum(['open', 'due', 'reminds', 'overdue', 'breach']),
  /** It is law, and its time too: being late is a breach. */
  binds: z.boolean(), doneBy: z.enum(['form', 'event', 'report', 'submission', 'notice', 'conduct']), form: name.nullable(), provenance,
  /** A waiver of it that waits for a second person; null for a firm's own people. */
  waiver: z.object({ proposal: count, by: z.string().max(80), at: instant, reason: words(4_000), mine: z.boolean(), maySecond: z.boolean() }).nullable(),
});
const proposal = z.object({
  entry: count, at: instant, by: z.string().max(80), state: z.enum(['waits', 'agreed', 'sent-back', 'withdrawn']), seen: z.number().int(), reasons: words(8_000), basis: words(400), maySecond: z.boolean(), mine: z.boolean(),
  evidence: hashes,
  step: z.object({ event: name, title: worded, to: stage, services: services.nullable(), effectiveFrom: instant.nullable() }).nullable(),
  rung: z.object({ rung: name, title: worded, target: words(200), terms: words(8_000), fineMinor: count.nullable(), plan: sha256Hex.nullable() }).nullable(),
  caps: z.array(z.object({ limit: name, title: worded, unit: words(20), value: count.nullable() })).max(40),
});
const rung = z.object({
  rung: name, title: worded, means: worded, event: name.nullable(), capMinor: count.nullable(), hearing: z.boolean(), second: z.boolean(),
  /** Clocks that it starts or waits for: notice, objection and answer, appeal, its own end. */
  clocks: z.array(name).max(6), provenance,
});
/** The last judgement of a gate: criterion by criterion, in the officer's words. */
const finding = z.object({
  gate: name, title: worded, about: z.array(name).max(40), outcome: z.enum(['met', 'unmet']), entry: count, at: instant, by: z.string().max(80), seen: z.number().int(), reasons: words(4_000),
  criteria: z.array(z.object({ criterion: name, title: worded, note: words(2_000), score: z.number().int().min(1).max(5).nullable() })).max(40),
});
/** The last screening of those whom forms name, by the form and what it is about. */
const screening = z.object({
  entry: count, at: instant, by: z.string().max(80), lists: z.array(z.object({ list: name, title: worded, version: words(60) })).max(20),
  results: z.array(z.object({ form: name, about: words(60), result: z.enum(['clear', 'review', 'match']) })).max(300),
});
const measure = z.object({
  entry: count, at: instant, by: z.string().max(80), second: z.string().max(80).nullable(), rung: name, title: worded, target: words(200), terms: words(8_000), reasons: words(8_000), fineMinor: count.nullable(), plan: sha256Hex.nullable(),
});
/** What the authority alone weighs; `null` for a firm's own people. */
const weighed = z.object({
  /** The reader has a conflict of interest in this firm, and may read but not act. */
  conflict: z.boolean(),
  /** Who stands in for the reader here now, and for whom the reader does. */
  deputies: z.array(z.object({ name: z.string().max(80), role: worded })).max(50), standsInFor: z.array(z.object({ name: z.string().max(80), role: worded })).max(50),
  findings: z.array(finding).max(100), screening: screening.nullable(),
  /** What an officer may record here, and the lists that a screening may name. */
  moments: z.array(z.object({ event: name, title: worded, by: words(20), provenance })).max(100), lists: z.array(z.object({ list: name, title: worded })).max(30),
});

export const dossierAnswer = z.object({
  asOf: instant, firm: firmRef, stage, version: z.number().int(),
  /** The stages that the firm came through, where it is, and those that lie ahead on the way forward. */
  way: z.array(stageStep).max(20),
  steps: z.array(openStep).max(60), clocks: z.array(clockStanding).max(100), due: z.array(dueRow).max(500),
  forms: z.array(z.object({ form: name, code: words(20), title: worded, about: words(60), n: count, at: instant, faults: count, answers: sha256Hex, sealed: z.boolean(), filedFor: words(20), roles: z.array(z.object({ role: name, title: worded })).max(20) })).max(1_000),
  documents: z.array(z.object({ document: name, title: words(200), label: words(40), n: count, at: instant, sha256: sha256Hex, pages: count, searchable: z.boolean(), board: z.boolean() })).max(1_000),
  letters: z.array(z.object({ entry: count, at: instant, from: z.enum(['authority', 'firm']), role: z.enum(['letter', 'question', 'answer', 'decision']), subject: words(200), text: sha256Hex, answers: count.nullable(), open: z.boolean(), attachments: z.array(sha256Hex).max(20) })).max(1_000),
  /** Caps that bind the firm now. `entry`: the decision that set it; null where the framework prescribes it. */
  caps: z.array(z.object({ limit: name, title: worded, unit: words(20), value: count, entry: count.nullable(), provenance })).max(40),
  /** Limits on which a decision may set a cap where the firm stands. */
  capsOpen: z.array(openCap).max(40),
  proposals: z.array(proposal).max(200), ladder: z.array(rung).max(40), measures: z.array(measure).max(200), weighed: weighed.nullable(),
  history: z.array(z.object({ entry: count, at: instant, title: worded, about: words(300), actor: words(80), second: words(80).nullable(), basis: words(400) })).max(1_000),
});

export const dossiersAnswer = z.object({
  asOf: instant, next: z.string().nullable(), total: count,
  items: z.array(z.object({
    firm: firmRef, stage, version: z.number().int(), waiting: count, questions: count, breaches: count,
    /** The next step forward and how many of its gates are met; null where none leads on. */
    forward: z.object({ title: worded, met: count, gates: count }).nullable(),
    /** The clock of the authority or the firm that runs out first. */
    deadline: z.object({ title: worded, day }).nullable(),
  })).max(500),
});
export type DossierAnswer = z.infer<typeof dossierAnswer>;
export type DossierRow = z.infer<typeof dossiersAnswer>['items'][number];
export const dossiersQuery = pageQuery.extend({ stage: name.optional(), waiting: z.enum(['true']).optional() });

/** Forms as the framework types them, what documents it names, and the moments that a firm records itself. A field of the type `role` or `services` has its choices too. */
export const formsAnswer = z.object({
  documents: z.array(z.object({ document: name, title: worded, boardApproved: z.boolean(), provenance })).max(100),
  moments: z.array(z.object({ event: name, title: worded, provenance })).max(100),
  forms: z.array(z.object({
    form: name, code: words(20), title: worded, means: worded, filedFor: words(20), stages: z.array(name).max(60), note: words(2_000), provenance,
    sections: z.array(z.object({
      section: name, number: words(8), title: worded, repeats: z.boolean(),
      fields: z.array(z.object({ field: name, label: worded, type: words(20), required: z.boolean(), identity: z.boolean(), choices: z.array(z.object({ choice: name, label: worded })).max(30).nullable() })).max(60),
    })).max(40),
  })).max(100),
});

export type FormTerm = z.infer<typeof formsAnswer>['forms'][number];

/** What firms owe: overdue first, then by day. */
export const obligationsQuery = pageQuery.extend({ firm: firmCode.optional(), duty: name.optional(), state: dueRow.shape.state.optional() });
export const obligationsAnswer = z.object({
  asOf: instant, next: z.string().nullable(), total: count, items: z.array(dueRow).max(500),
  /** How many stand so, whatever the filter of state; the duties and the firms that are in the list at all. */
  counts: z.object({ open: count, due: count, reminds: count, overdue: count, breach: count }), duties: z.array(z.object({ obligation: name, title: worded })).max(100), firms: z.array(firmRef).max(500),
});
export type DueRow = z.infer<typeof dueRow>;

/** Opens the sealed answers of a filing, named by the hash of its open answers, to judge fitness. The entry says who and why. */
export const openAnswersBody = z.strictObject({ reason: words(2_000), stepUp: base64.optional() });
export const openedAnswersAnswer = z.object({ asOf: instant, entry: count, form: name, about: words(60), answers: z.record(name, z.array(z.record(name, z.union([words(20_000), z.number(), z.boolean(), z.array(words(60)).max(60)]))).max(60)) });

export const objectAnswer = z.object({ sha256: sha256Hex, base64 });

/** The vault's public key (ECDH-ES+A256KW, A256GCM): what names natural persons is sealed for it by the firm's own browser, and by nobody on the way. */
export const sealingKeyAnswer = z.object({ kid: words(100), kty: z.literal('EC'), crv: z.literal('P-256'), x: words(60), y: words(60), alg: z.literal('ECDH-ES+A256KW'), use: z.literal('enc') });
/** What is inside the seal: the answers of the sealed fields, by section, row for row beside the open ones. A document that names a person is told by its SHA-256; the firm keeps the file. */
export const sealedAnswers = z.strictObject({ v: z.literal(1), form: name, about: words(60), answers: z.record(name, z.array(z.record(name, z.string().max(20_000))).max(60)) });

const answer = z.union([z.string().max(20_000), z.number(), z.boolean(), z.array(z.string().max(60)).max(60)]);
/** What the object of a filed form holds: the open answers, and the places of those that were sealed. */
export const filedAnswers = z.object({ form: name, about: words(60), answers: z.record(name, z.array(z.record(name, answer)).max(60)), sealedFields: z.array(words(130)).max(200) });
export const formBody = z.strictObject({
  form: name, about: words(60), answers: z.record(name, z.array(z.record(name, answer)).max(60)), sealed: words(64 * 1024).optional(), sealedFields: z.array(words(130)).max(200),
});
export const formFiledAnswer = z.object({ entry: count, missing: z.array(z.object({ place: words(200), why: z.enum(['missing', 'unknown', 'type', 'open', 'repeats']) })).max(1_000) });
/** 8 MiB as base64. */
export const documentBody = z.strictObject({ document: name, title: words(200), label: words(40), language: z.enum(['en', 'ur']), base64: base64.max(11_184_812), board: sha256Hex.optional() });
export const documentFiledAnswer = z.object({ entry: count, sha256: sha256Hex, pages: count, searchable: z.boolean() });
export const letterBody = z.strictObject({ role: z.enum(['letter', 'question', 'answer', 'decision']), subject: words(200), text: words(50_000), attachments: z.array(sha256Hex).max(20), answers: count.optional() });
export const momentBody = z.strictObject({ event: name, at: instant, note: words(2_000), evidence: hashes });
export const judgementBody = z.strictObject({
  gate: name, outcome: z.enum(['met', 'unmet']), seen: z.number().int(), reasons: words(4_000), evidence: hashes,
  criteria: z.array(z.strictObject({ criterion: name, note: words(2_000), score: z.number().int().min(1).max(5).optional() })).max(40),
});
export const screeningBody = z.strictObject({
  lists: z.array(z.strictObject({ list: name, version: words(60) })).min(1).max(20), evidence: z.array(sha256Hex).min(1).max(50),
  results: z.array(z.strictObject({ form: name, about: words(60), result: z.enum(['clear', 'review', 'match']) })).min(1).max(300),
});
export const decisionBody = z.strictObject({
  seen: z.number().int(), reasons: words(8_000), evidence: hashes, stepUp: base64.optional(),
  step: z.strictObject({ event: name, from: name, to: name, services: services.optional(), effectiveFrom: instant.optional() }).optional(),
  rung: z.strictObject({ rung: name, target: words(200), terms: words(8_000), fineMinor: count.optional(), plan: sha256Hex.optional(), moment: name.optional() }).optional(),
  caps: caps.optional(),
});
/** A step that the firm takes itself, of those in `steps` whose event is the firm's. */
export const ownStepBody = z.strictObject({ event: name, to: name, note: words(4_000) });
export const letterParams = z.object({ code: firmCode, entry });
/** The letter that tells a firm of a decision, made of the framework and the decision, for an officer to read and send. */
export const letterDraftAnswer = z.object({ subject: worded, text: z.object({ en: words(50_000), ur: words(50_000) }), reasonsTold: z.enum(['authority', 'firm', 'public']) });
/** How long decisions took. Days are null where fewer than three firms stand behind them. */
export const serviceTimesAnswer = z.object({
  asOf: instant,
  items: z.array(z.object({
    event: name, title: worded, clock: name, clockTitle: worded, decisions: count, firms: count,
    days: z.object({ median: count, longest: count, workingMedian: count, late: count }).nullable(),
  })).max(500),
});
export const agreeBody = z.strictObject({ seen: z.number().int(), stepUp: base64.optional() });
export const closeBody = z.strictObject({ note: words(4_000) });
export const dischargeBody = z.strictObject({ obligation: name, occurrence: words(40), note: words(2_000), evidence: z.array(sha256Hex).min(1).max(50) });
export const waiverBody = z.strictObject({ obligation: name, occurrence: words(40), reason: words(4_000) });
export const waiverAgreeBody = z.strictObject({ stepUp: base64.optional() });
export const holidayBody = z.strictObject({ day, title: worded, source: words(500) });
/** Every act answers with its entry; a decision that waits for a second person with its proposal's. */
export const actAnswer = z.object({ entry: count, waits: z.boolean() });

/** "May I take this customer, list this asset, offer this service, pay this out?" `paisa`: what would be paid, hundredths of the currency; `chain` and `address`: to where. */
export const headroomQuery = z.object({
  ask: z.enum(['take-customer', 'list-asset', 'offer-service', 'pay-out']), service: name.optional(), asset: words(120).optional(), customer: words(80).optional(), paisa: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional(),
  chain: words(60).optional(), address: words(130).optional(),
});
/**
 * The answer, with each ground: figures, limit, source. `unknown`: a figure cannot be had now, or a list asks for a review. A ground that
 * only reminds (a draft, an assumption, an unset limit) never makes it a no.
 */
export const headroomAskAnswer = z.object({
  asOf: instant, firm: firmRef, stage, ask: name, may: z.enum(['yes', 'no', 'unknown']),
  grounds: z.array(z.object({
    what: z.enum(['service', 'limit', 'list']), id: words(120), title: worded, holds: z.enum(['yes', 'no', 'unknown']), reminds: z.boolean(), unit: words(20),
    live: z.number().nullable(), would: z.number().nullable(), limit: z.number().nullable(), entry: count.nullable(), provenance,
  })).max(60),
});

/** The year of a return, in the framework's zone. */
export const returnQuery = z.object({ year: z.coerce.number().int().min(2020).max(2100) });
/**
 * A statutory return, each answer beside what the raw feed gives. `word`: the feed cannot hold it, so it is the firm's word. `differs`: filed
 * and computed are not the same; `events` are behind the computed number, and `filter` opens them.
 */
export const returnAnswer = z.object({
  asOf: instant, firm: firmRef, year: z.number().int(), form: name, title: worded, filed: z.object({ entry: count, at: instant, n: count, about: words(60) }).nullable(),
  fields: z.array(z.object({
    section: name, field: name, label: worded, figure: words(60).nullable(), word: z.boolean(), means: worded.nullable(), computed: count.nullable(), filed: z.union([words(20_000), z.number(), z.boolean()]).nullable(), differs: z.boolean(),
    events: z.array(words(120)).max(200), eventsTotal: count, filter: z.object({ firm: firmCode, kind: words(200), from: day, to: day }).nullable(),
  })).max(600),
});

/** What a firm may do now, from the pack and its own figures alone. `live` and `limit` are null where nobody measures or has set them. */
export const headroomAnswer = z.object({
  asOf: instant, firm: firmRef, stage,
  services: z.array(z.object({ id: name, title: worded, open: z.boolean(), provenance })).max(20),
  /** `measure`: what is counted, over `window` where it has one; `per` customer or over the whole firm. Money is in hundredths of the framework's currency, a duration in microseconds. */
  limits: z.array(z.object({ limit: name, title: worded, measure: words(20), per: z.enum(['firm', 'customer']), window: words(20).nullable(), unit: words(20), bound: z.enum(['ceiling', 'floor']), limitValue: z.number().nullable(), isWorkingDefault: z.boolean(), live: z.number().nullable(), provenance })).max(60),
  conditions: z.array(z.object({ condition: name, title: worded, text: worded, provenance })).max(60),
});

/** Who a form about a person is about, by the firm's own reference; names are sealed. `fitness`: as an officer judged this version, null while nobody has. */
const filedPerson = z.object({
  about: words(60), form: name, code: words(20), n: count, at: instant, entry: count, answers: sha256Hex, sealed: z.boolean(), faults: count,
  screening: z.enum(['clear', 'review', 'match', 'not-run']), fitness: z.object({ fit: z.boolean(), entry: count, by: words(80) }).nullable(),
});
/** A firm's people: each position that the framework knows with who fills it, and the owners with their share of the whole. `controls`: null where no share was given, or none is set. */
export const firmPeopleAnswer = z.object({
  asOf: instant, firm: firmRef, controlFrom: z.object({ share: z.number().nullable(), provenance }).nullable(),
  owners: z.array(filedPerson.extend({ share: z.number().nullable(), controls: z.boolean().nullable() })).max(300),
  positions: z.array(z.object({ role: name, title: worded, needed: z.enum(['certificate', 'licence', 'named']), fitBy: z.enum(['authority', 'firm']), provenance, filledBy: z.array(filedPerson).max(300) })).max(60),
});
