/**
 * The staff API: every route that the console calls, in one table. The server implements exactly these, the
 * console calls nothing else, and both take shapes from here. A refusal is `problem` with its HTTP status.
 *
 * For all routes: JSON, UTF-8. The session is a cookie. A request that changes something has
 * `content-type: application/json` and an `Origin` of this house, or it is refused. Unknown query keys are
 * refused (`invalid`). Answers carry `cache-control: no-store`. `may` is the permission asked of `access`
 * (`null`: no session needed, `'signed-in'`: any session); row-level security narrows the rows below that.
 * `nigran-attended: no` says that a page reads by itself and nobody is there: its session is not kept from idling out.
 */
import * as z from 'zod';
import {
  accountParam, againBody, clientParam, clientsAnswer, conflictBody, conflictsAnswer, deputiesAnswer, deputyAgreeBody, deputyBody, deputyCloseBody, deputyParams, invitationAnswer, invitationBody, linkAnswer, linkBody, newFirmAnswer, newFirmBody, officerBody,
  officersAnswer, revocationBody,
} from './console-access.ts';
import {
  actedAnswer, alert, alertId, alertsAnswer, alertsQuery, assignBody, decisionId, decisionsAnswer, decisionsQuery,
  proposeBody, secondBody,
} from './console-alerts.ts';
import { eventAnswer, eventsAnswer, eventsQuery } from './console-events.ts';
import {
  firmAnswer, firmsAnswer, firmsQuery, keptLine, rejectionsAnswer, rejectionsQuery, submissionRow, submissionsAnswer, submissionsQuery,
} from './console-firms.ts';
import { engineAnswer } from './console-engine.ts';
import { adoptionAnswer, frameworkAnswer, packAgreeBody, packBody, packDifferenceAnswer, packFilesBody, packHashParams, packParams, packWeighedAnswer } from './console-framework.ts';
import {
  checkpointAnswer, consistencyAnswer, consistencyQuery, entryAnswer, ledgerAnswer, ledgerQuery, proofAnswer, proofQuery,
} from './console-ledger.ts';
import {
  actAnswer, agreeBody, closeBody, decisionBody, dischargeBody, documentBody, documentFiledAnswer, dossierAnswer, firmPeopleAnswer, dossierObjectParams, dossierParams,
  dossiersAnswer, dossiersQuery, formBody, formFiledAnswer, formsAnswer, headroomAnswer, headroomAskAnswer, headroomQuery, holidayBody, judgementBody,
  letterBody, letterDraftAnswer, letterParams, momentBody, objectAnswer, obligationsAnswer, obligationsQuery, openAnswersBody, openedAnswersAnswer,
  ownStepBody, proposalParams, returnAnswer, returnQuery, screeningBody, sealingKeyAnswer, serviceTimesAnswer, waiverAgreeBody, waiverBody,
} from './console-dossier.ts';
import { overviewAnswer } from './console-overview.ts';
import { complaintMoveBody, complaintOpenBody, complaintParam, complaintWordsAnswer, complaintsAnswer, complaintsQuery, elsewhereAnswer, foreignStateAnswer, foreignStateBody, registerDetailBody, subscriberBody, subscriberEndBody, subscriberParam, subscribersAnswer, warningAgreeBody, warningBody, warningCloseBody, warningParam, warningProposalParam, warningReplyBody, warningsAnswer } from './console-publication.ts';
import { firmCode } from './console-parts.ts';
import {
  applicantAnswer, askListsAnswer, askListsBody, changeAnswer, changeParam, confirmHeldBody, freezeMoveBody, freezeParam, freezesAnswer, heldParam, hitActedAnswer, hitAnswer, hitDecisionBody, hitParam, hitSecondBody,
  hitsAnswer, hitsQuery, listsAnswer, takeListAnswer, takeListBody, tuningAnswer, tuningQuery,
} from './console-screening.ts';
import { eraseBody, identityAnswer, openPersonBody, personActAnswer, personActParam, personActsAnswer, personAnswer, personParam, personVerdictBody, unmaskBody } from './console-people.ts';
import { agreeRulesBody, backtestAnswer, backtestBegun, backtestBody, backtestParams, closeRulesBody, draftAnswer, draftBody, expressionAnswer, expressionBody, proposeRulesBody, ruleProposalParams, rulesAnswer } from './console-rules.ts';
import {
  house, passkeyBody, passkeyOptions, passwordAnswer, passwordBody, session, sessionAnswer, staffList, stepUpAnswer, stepUpBody, totpBody,
  type Permission,
} from './console-session.ts';

/** The header in which a page says that nobody is there: `no`. */
export const ATTENDED_HEADER = 'nigran-attended';

type Shape = z.ZodType;
/** One route: how it is asked, who may ask, and the schemas of what goes in and comes out. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:name` is a parameter, validated by `params`. */
  readonly path: string;
  readonly may: Permission | 'signed-in' | null;
  readonly params?: Shape;
  readonly query?: Shape;
  readonly body?: Shape;
  /** Bytes of a body where it may be larger than others. */
  readonly bodyBytesMax?: number;
  readonly response: Shape;
};

const none = z.object({});
const indexParam = z.object({ index: z.coerce.number().int().nonnegative() });

/** Every route by its name. The server registers exactly these; `GET /api/live` alone stands beside them. */
export const consoleRoutes = {
  house: { method: 'GET', path: '/api/house', may: null, response: house },
  signInPassword: { method: 'POST', path: '/api/session/password', may: null, body: passwordBody, response: passwordAnswer },
  signInTotp: { method: 'POST', path: '/api/session/totp', may: null, body: totpBody, response: session },
  signInPasskeyOptions: { method: 'POST', path: '/api/session/passkey/options', may: null, body: none, response: passkeyOptions },
  signInPasskey: { method: 'POST', path: '/api/session/passkey', may: null, body: passkeyBody, response: session },
  /** By a one-time link: a session that may only add a passkey. The link is spent. */
  signInLink: { method: 'POST', path: '/api/session/link', may: null, body: linkBody, response: session },
  session: { method: 'GET', path: '/api/session', may: null, response: sessionAnswer },
  signOut: { method: 'DELETE', path: '/api/session', may: 'signed-in', response: none },
  addPasskeyOptions: { method: 'POST', path: '/api/session/passkeys/options', may: 'signed-in', body: none, response: passkeyOptions },
  addPasskey: { method: 'POST', path: '/api/session/passkeys', may: 'signed-in', body: passkeyBody, response: session },
  stepUp: { method: 'POST', path: '/api/session/step-up', may: 'signed-in', body: stepUpBody, response: stepUpAnswer },
  staff: { method: 'GET', path: '/api/staff', may: 'alert.assign', response: staffList },

  officers: { method: 'GET', path: '/api/officers', may: 'staff.register', response: officersAnswer },
  registerOfficer: { method: 'POST', path: '/api/officers', may: 'staff.register', body: officerBody, response: linkAnswer },
  linkOfficer: { method: 'POST', path: '/api/officers/:account/link', may: 'staff.register', params: accountParam, body: againBody, response: linkAnswer },
  endOfficer: { method: 'POST', path: '/api/officers/:account/end', may: 'staff.register', params: accountParam, body: againBody, response: none },
  conflicts: { method: 'GET', path: '/api/conflicts', may: 'conflict.declare', response: conflictsAnswer },
  /** Of the reader; from here on they read about the firm and do not act on it. */
  declareConflict: { method: 'POST', path: '/api/conflicts', may: 'conflict.declare', body: conflictBody, response: actAnswer },
  endConflict: { method: 'POST', path: '/api/conflicts/:account/end', may: 'conflict.end', params: accountParam, body: conflictBody, response: actAnswer },
  deputies: { method: 'GET', path: '/api/deputies', may: 'conflict.declare', response: deputiesAnswer },
  proposeDeputy: { method: 'POST', path: '/api/deputies', may: 'deputy.propose', body: deputyBody, response: actAnswer },
  agreeDeputy: { method: 'POST', path: '/api/deputies/:proposal/agree', may: 'deputy.second', params: deputyParams, body: deputyAgreeBody, response: actAnswer },
  closeDeputy: { method: 'POST', path: '/api/deputies/:proposal/close', may: 'deputy.propose', params: deputyParams, body: deputyCloseBody, response: actAnswer },
  registerFirm: { method: 'POST', path: '/api/firms', may: 'firm.register', body: newFirmBody, response: newFirmAnswer },
  clients: { method: 'GET', path: '/api/clients', may: 'client.revoke', response: clientsAnswer },
  inviteClient: { method: 'POST', path: '/api/clients', may: 'client.register', body: invitationBody, response: invitationAnswer },
  revokeClient: { method: 'POST', path: '/api/clients/:id/revoke', may: 'client.revoke', params: clientParam, body: revocationBody, response: none },

  /** Opening a person's page is an act, because it is an entry. */
  openPerson: { method: 'POST', path: '/api/people/:person/open', may: 'person.read', params: personParam, body: openPersonBody, response: personAnswer },
  proposeUnmasking: { method: 'POST', path: '/api/people/:person/unmask', may: 'person.unmask', params: personParam, body: unmaskBody, response: personActAnswer },
  proposeErasure: { method: 'POST', path: '/api/people/:person/erase', may: 'person.erase', params: personParam, body: eraseBody, response: personActAnswer },
  personActs: { method: 'GET', path: '/api/person-acts', may: 'person.read', response: personActsAnswer },
  secondPersonAct: { method: 'POST', path: '/api/person-acts/:id/second', may: 'decision.second', params: personActParam, body: personVerdictBody, response: personActAnswer },
  /** By the officer who proposed it, within an hour of the second person's word; each look is an entry. */
  readIdentity: { method: 'POST', path: '/api/person-acts/:id/identity', may: 'person.unmask', params: personActParam, body: none, response: identityAnswer },

  overview: { method: 'GET', path: '/api/overview', may: 'overview.read', response: overviewAnswer },

  firms: { method: 'GET', path: '/api/firms', may: 'firm.read', query: firmsQuery, response: firmsAnswer },
  firm: { method: 'GET', path: '/api/firms/:code', may: 'firm.read', params: z.object({ code: firmCode }), response: firmAnswer },
  submissions: { method: 'GET', path: '/api/submissions', may: 'submission.read', query: submissionsQuery, response: submissionsAnswer },
  submission: { method: 'GET', path: '/api/submissions/:id', may: 'submission.read', params: z.object({ id: z.string().max(80) }), response: submissionRow },
  rejections: { method: 'GET', path: '/api/rejections', may: 'submission.read', query: rejectionsQuery, response: rejectionsAnswer },
  keptLine: { method: 'GET', path: '/api/submissions/:id/lines/:line', may: 'submission.read', params: z.object({ id: z.string().max(80), line: z.coerce.number().int().nonnegative().max(10_000) }), response: keptLine },

  events: { method: 'GET', path: '/api/events', may: 'event.read', query: eventsQuery, response: eventsAnswer },
  event: { method: 'GET', path: '/api/events/:firm/:id', may: 'event.read', params: z.object({ firm: firmCode, id: z.string().max(120) }), response: eventAnswer },

  alerts: { method: 'GET', path: '/api/alerts', may: 'alert.read', query: alertsQuery, response: alertsAnswer },
  alert: { method: 'GET', path: '/api/alerts/:id', may: 'alert.read', params: z.object({ id: alertId }), response: alert },
  assign: { method: 'POST', path: '/api/alerts/:id/assign', may: 'alert.assign', params: z.object({ id: alertId }), body: assignBody, response: actedAnswer },
  propose: { method: 'POST', path: '/api/alerts/:id/decisions', may: 'alert.decide', params: z.object({ id: alertId }), body: proposeBody, response: actedAnswer },
  decisions: { method: 'GET', path: '/api/decisions', may: 'alert.read', query: decisionsQuery, response: decisionsAnswer },
  second: { method: 'POST', path: '/api/decisions/:id/second', may: 'decision.second', params: z.object({ id: decisionId }), body: secondBody, response: actedAnswer },
  /** By the person who proposed it, while it waits. */
  withdraw: { method: 'POST', path: '/api/decisions/:id/withdraw', may: 'alert.decide', params: z.object({ id: decisionId }), body: none, response: actedAnswer },

  dossiers: { method: 'GET', path: '/api/dossiers', may: 'dossier.read', query: dossiersQuery, response: dossiersAnswer },
  obligations: { method: 'GET', path: '/api/obligations', may: 'dossier.read', query: obligationsQuery, response: obligationsAnswer },
  forms: { method: 'GET', path: '/api/forms', may: 'dossier.read', response: formsAnswer },
  dossier: { method: 'GET', path: '/api/dossiers/:code', may: 'dossier.read', params: dossierParams, response: dossierAnswer },
  firmPeople: { method: 'GET', path: '/api/dossiers/:code/people', may: 'dossier.assess', params: dossierParams, response: firmPeopleAnswer },
  dossierObject: { method: 'GET', path: '/api/dossiers/:code/objects/:sha256', may: 'dossier.read', params: dossierObjectParams, response: objectAnswer },
  sealingKey: { method: 'GET', path: '/api/sealing-key', may: 'dossier.file', response: sealingKeyAnswer },
  openAnswers: { method: 'POST', path: '/api/dossiers/:code/objects/:sha256/open', may: 'dossier.assess', params: dossierObjectParams, body: openAnswersBody, response: openedAnswersAnswer },
  takeStep: { method: 'POST', path: '/api/dossiers/:code/steps', may: 'dossier.file', params: dossierParams, body: ownStepBody, response: actAnswer },
  decisionLetter: { method: 'GET', path: '/api/dossiers/:code/decisions/:entry/letter', may: 'dossier.assess', params: letterParams, response: letterDraftAnswer },
  serviceTimes: { method: 'GET', path: '/api/service-times', may: 'dossier.assess', response: serviceTimesAnswer },
  headroom: { method: 'GET', path: '/api/dossiers/:code/headroom', may: 'dossier.read', params: dossierParams, response: headroomAnswer },
  headroomAsk: { method: 'GET', path: '/api/dossiers/:code/headroom/ask', may: 'dossier.read', params: dossierParams, query: headroomQuery, response: headroomAskAnswer },
  amlReturn: { method: 'GET', path: '/api/dossiers/:code/aml-return', may: 'dossier.read', params: dossierParams, query: returnQuery, response: returnAnswer },
  fileForm: { method: 'POST', path: '/api/dossiers/:code/forms', may: 'dossier.file', params: dossierParams, body: formBody, response: formFiledAnswer },
  fileDocument: { method: 'POST', path: '/api/dossiers/:code/documents', may: 'dossier.file', params: dossierParams, body: documentBody, bodyBytesMax: 12 * 1024 * 1024, response: documentFiledAnswer },
  /** Both desks write letters and record moments; what each may write is judged by the act. */
  sendLetter: { method: 'POST', path: '/api/dossiers/:code/letters', may: 'dossier.read', params: dossierParams, body: letterBody, response: actAnswer },
  recordMoment: { method: 'POST', path: '/api/dossiers/:code/moments', may: 'dossier.read', params: dossierParams, body: momentBody, response: actAnswer },
  judgeGate: { method: 'POST', path: '/api/dossiers/:code/judgements', may: 'dossier.assess', params: dossierParams, body: judgementBody, response: actAnswer },
  /** By the house, within the vault: nobody reads a name. */
  screenApplicant: { method: 'POST', path: '/api/dossiers/:code/screenings/run', may: 'dossier.assess', params: dossierParams, body: none, response: applicantAnswer },
  recordScreening: { method: 'POST', path: '/api/dossiers/:code/screenings', may: 'dossier.assess', params: dossierParams, body: screeningBody, response: actAnswer },
  proposeStep: { method: 'POST', path: '/api/dossiers/:code/proposals', may: 'stage.decide', params: dossierParams, body: decisionBody, response: actAnswer },
  agree: { method: 'POST', path: '/api/dossiers/:code/proposals/:proposal/agree', may: 'stage.second', params: proposalParams, body: agreeBody, response: actAnswer },
  closeProposal: { method: 'POST', path: '/api/dossiers/:code/proposals/:proposal/close', may: 'stage.decide', params: proposalParams, body: closeBody, response: actAnswer },
  discharge: { method: 'POST', path: '/api/dossiers/:code/discharges', may: 'dossier.file', params: dossierParams, body: dischargeBody, response: actAnswer },
  waive: { method: 'POST', path: '/api/dossiers/:code/waivers', may: 'obligation.waive', params: dossierParams, body: waiverBody, response: actAnswer },
  agreeWaiver: { method: 'POST', path: '/api/dossiers/:code/waivers/:proposal/agree', may: 'obligation.second', params: proposalParams, body: waiverAgreeBody, response: actAnswer },
  closeWaiver: { method: 'POST', path: '/api/dossiers/:code/waivers/:proposal/close', may: 'obligation.second', params: proposalParams, body: closeBody, response: actAnswer },
  announceHoliday: { method: 'POST', path: '/api/holidays', may: 'calendar.announce', body: holidayBody, response: actAnswer },

  /** Public warnings and what waits for a second person. Issuing, correcting and lifting take two people, each with presence proven. */
  warnings: { method: 'GET', path: '/api/warnings', may: 'warning.decide', response: warningsAnswer },
  proposeWarning: { method: 'POST', path: '/api/warnings', may: 'warning.decide', body: warningBody, response: actAnswer },
  agreeWarning: { method: 'POST', path: '/api/warnings/proposals/:proposal/agree', may: 'warning.second', params: warningProposalParam, body: warningAgreeBody, response: actAnswer },
  closeWarning: { method: 'POST', path: '/api/warnings/proposals/:proposal/close', may: 'warning.decide', params: warningProposalParam, body: warningCloseBody, response: actAnswer },
  replyToWarning: { method: 'POST', path: '/api/warnings/:warning/replies', may: 'warning.decide', params: warningParam, body: warningReplyBody, response: actAnswer },
  complaints: { method: 'GET', path: '/api/complaints', may: 'complaint.handle', query: complaintsQuery, response: complaintsAnswer },
  /** Reading a complaint is an act, because it is an entry. */
  openComplaint: { method: 'POST', path: '/api/complaints/:complaint/open', may: 'complaint.handle', params: complaintParam, body: complaintOpenBody, response: complaintWordsAnswer },
  moveComplaint: { method: 'POST', path: '/api/complaints/:complaint/moves', may: 'complaint.handle', params: complaintParam, body: complaintMoveBody, response: actAnswer },
  subscribers: { method: 'GET', path: '/api/subscribers', may: 'subscriber.register', response: subscribersAnswer },
  registerSubscriber: { method: 'POST', path: '/api/subscribers', may: 'subscriber.register', body: subscriberBody, response: actAnswer },
  endSubscriber: { method: 'POST', path: '/api/subscribers/:subscriber/end', may: 'subscriber.register', params: subscriberParam, body: subscriberEndBody, response: actAnswer },
  takeForeignState: { method: 'POST', path: '/api/foreign-registers', may: 'register.detail', body: foreignStateBody, bodyBytesMax: 25 * 1024 * 1024, response: foreignStateAnswer },
  elsewhere: { method: 'GET', path: '/api/dossiers/:code/elsewhere', may: 'dossier.assess', params: dossierParams, response: elsewhereAnswer },
  enterDetail: { method: 'POST', path: '/api/register/:code/detail', may: 'register.detail', params: dossierParams, body: registerDetailBody, response: actAnswer },

  /** People against lists. A decision on a list that freezes, or on a match, takes two; a freeze is the firm's to answer. */
  hits: { method: 'GET', path: '/api/screening/hits', may: 'screening.read', query: hitsQuery, response: hitsAnswer },
  hit: { method: 'GET', path: '/api/screening/hits/:id', may: 'screening.read', params: hitParam, response: hitAnswer },
  decideHit: { method: 'POST', path: '/api/screening/hits/:id/decisions', may: 'screening.decide', params: hitParam, body: hitDecisionBody, response: hitActedAnswer },
  /** By another than the proposer; the proposer may take it back. */
  secondHit: { method: 'POST', path: '/api/screening/hits/:id/second', may: 'screening.read', params: hitParam, body: hitSecondBody, response: hitActedAnswer },
  lists: { method: 'GET', path: '/api/screening/lists', may: 'list.read', response: listsAnswer },
  listChange: { method: 'GET', path: '/api/screening/lists/:list/versions/:version', may: 'list.read', params: changeParam, response: changeAnswer },
  takeList: { method: 'POST', path: '/api/screening/lists', may: 'list.take', body: takeListBody, bodyBytesMax: 64 * 1024 * 1024, response: takeListAnswer },
  confirmHeld: { method: 'POST', path: '/api/screening/lists/held/:entry/confirm', may: 'list.take', params: heldParam, body: confirmHeldBody, response: actAnswer },
  askLists: { method: 'POST', path: '/api/screening/ask', may: 'list.read', body: askListsBody, bodyBytesMax: 4 * 1024 * 1024, response: askListsAnswer },
  tuning: { method: 'GET', path: '/api/screening/tuning', may: 'screening.read', query: tuningQuery, response: tuningAnswer },
  /** All for the authority, their own for a firm's people. */
  freezes: { method: 'GET', path: '/api/screening/freezes', may: 'freeze.read', response: freezesAnswer },
  moveFreeze: { method: 'POST', path: '/api/screening/freezes/:id/moves', may: 'freeze.read', params: freezeParam, body: freezeMoveBody, response: actAnswer },

  ledger: { method: 'GET', path: '/api/ledger', may: 'ledger.read', query: ledgerQuery, response: ledgerAnswer },
  entry: { method: 'GET', path: '/api/ledger/entries/:index', may: 'ledger.read', params: indexParam, response: entryAnswer },
  proof: { method: 'GET', path: '/api/ledger/entries/:index/proof', may: 'ledger.read', params: indexParam, query: proofQuery, response: proofAnswer },
  checkpoint: { method: 'GET', path: '/api/ledger/checkpoint', may: 'ledger.read', response: checkpointAnswer },
  consistency: { method: 'GET', path: '/api/ledger/consistency', may: 'ledger.read', query: consistencyQuery, response: consistencyAnswer },

  /** What the law says is no secret: every role may read it, and `/framework` shows it to anyone. */
  framework: { method: 'GET', path: '/api/framework', may: 'signed-in', response: frameworkAnswer },
  adoption: { method: 'GET', path: '/api/framework/adoption', may: 'ledger.read', response: adoptionAnswer },
  /** Judges a pack's files and compares them with the running pack; what has no fault is kept by its hash, to be looked at by the second person. */
  weighPack: { method: 'POST', path: '/api/framework/weigh', may: 'framework.adopt', body: packFilesBody, bodyBytesMax: 2 * 1024 * 1024, response: packWeighedAnswer },
  packDifference: { method: 'GET', path: '/api/framework/packs/:hash', may: 'ledger.read', params: packHashParams, response: packDifferenceAnswer },
  /** By its hash, as `nigran framework diff` prints it; the house starts under it after a second person agreed. */
  proposePack: { method: 'POST', path: '/api/framework/adoption', may: 'framework.adopt', body: packBody, response: actAnswer },
  adoptPack: { method: 'POST', path: '/api/framework/adoption/:proposal/agree', may: 'framework.second', params: packParams, body: packAgreeBody, response: actAnswer },

  rules: { method: 'GET', path: '/api/rules', may: 'rule.read', response: rulesAnswer },
  /** Asks what a draft comes to; nothing is kept. */
  checkRules: { method: 'POST', path: '/api/rules/drafts', may: 'rule.read', body: draftBody, response: draftAnswer },
  /** Judges an expression beside the rules of the table. */
  checkExpression: { method: 'POST', path: '/api/rules/expressions', may: 'rule.read', body: expressionBody, response: expressionAnswer },
  startBacktest: { method: 'POST', path: '/api/rules/backtests', may: 'rule.propose', body: backtestBody, response: backtestBegun },
  backtest: { method: 'GET', path: '/api/rules/backtests/:id', may: 'rule.read', params: backtestParams, response: backtestAnswer },
  cancelBacktest: { method: 'POST', path: '/api/rules/backtests/:id/cancel', may: 'rule.propose', params: backtestParams, body: none, response: backtestBegun },
  resumeBacktest: { method: 'POST', path: '/api/rules/backtests/:id/resume', may: 'rule.propose', params: backtestParams, body: none, response: backtestBegun },
  proposeRules: { method: 'POST', path: '/api/rules/proposals', may: 'rule.propose', body: proposeRulesBody, response: actAnswer },
  agreeRules: { method: 'POST', path: '/api/rules/proposals/:proposal/agree', may: 'rule.second', params: ruleProposalParams, body: agreeRulesBody, response: actAnswer },
  closeRules: { method: 'POST', path: '/api/rules/proposals/:proposal/close', may: 'rule.read', params: ruleProposalParams, body: closeRulesBody, response: actAnswer },

  engine: { method: 'GET', path: '/api/engine', may: 'engine.read', response: engineAnswer },
  // GET /api/live is a stream, not a JSON answer: see console-live.ts. May: 'signed-in'.
} as const satisfies Record<string, Route>;

export type ConsoleRoutes = typeof consoleRoutes;
/** The name of a route in the table. */
export type RouteName = keyof ConsoleRoutes;
/** What a route answers, as the console gets it after parsing. */
export type Answer<N extends RouteName> = z.infer<ConsoleRoutes[N]['response']>;

export * from './console-access.ts';
export * from './console-alerts.ts';
export * from './console-dossier.ts';
export * from './console-engine.ts';
export * from './console-events.ts';
export * from './console-firms.ts';
export * from './console-framework.ts';
export * from './console-ledger.ts';
export * from './console-live.ts';
export * from './console-overview.ts';
export * from './console-parts.ts';
export * from './console-people.ts';
export * from './console-rules.ts';
export * from './console-screening.ts';
export * from './console-session.ts';
