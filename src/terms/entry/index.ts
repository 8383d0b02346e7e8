/**
 * Every kind of ledger entry, one file each. The list is the ledger's whole vocabulary: `log` refuses a
 * kind that is not here.
 */

import type { z } from 'zod';
import { alertDecided } from './alert-decided.ts';
import { alertRaised } from './alert-raised.ts';
import { answersOpened } from './answers-opened.ts';
import { applicantScreened } from './applicant-screened.ts';
import { assetFreezeMoved } from './asset-freeze-moved.ts';
import { assetFreezeOrdered } from './asset-freeze-ordered.ts';
import { assetRegistered } from './asset-registered.ts';
import { batchAdmitted } from './batch-admitted.ts';
import { batchQuarantined } from './batch-quarantined.ts';
import { batchReleased } from './batch-released.ts';
import { clientRegistered } from './client-registered.ts';
import { clientRevoked } from './client-revoked.ts';
import { clockTicked } from './clock-ticked.ts';
import { conditionsSet } from './conditions-set.ts';
import { conflictDeclared } from './conflict-declared.ts';
import { conflictEnded } from './conflict-ended.ts';
import { complaintMoved } from './complaint-moved.ts';
import { complaintOpened } from './complaint-opened.ts';
import { complaintReceived } from './complaint-received.ts';
import { decisionClosed } from './decision-closed.ts';
import { decisionProposed } from './decision-proposed.ts';
import { deputyClosed } from './deputy-closed.ts';
import { deputyProposed } from './deputy-proposed.ts';
import { deputySet } from './deputy-set.ts';
import { documentFiled } from './document-filed.ts';
import { enforcementActed } from './enforcement-acted.ts';
import { feedStopped } from './feed-stopped.ts';
import { findingsRecorded } from './findings-recorded.ts';
import { findingsSettled } from './findings-settled.ts';
import { firmRegistered } from './firm-registered.ts';
import { foreignRegisterTaken } from './foreign-register-taken.ts';
import { formFiled } from './form-filed.ts';
import { frameworkAdopted } from './framework-adopted.ts';
import { frameworkProposed } from './framework-proposed.ts';
import { gateFound } from './gate-found.ts';
import { holidayAnnounced } from './holiday-announced.ts';
import { installationOpened } from './installation-opened.ts';
import { letterSent } from './letter-sent.ts';
import { listHeld } from './list-held.ts';
import { listVersion } from './list-version.ts';
import { momentRecorded } from './moment-recorded.ts';
import { obligationDischarged } from './obligation-discharged.ts';
import { obligationNoticed } from './obligation-noticed.ts';
import { obligationWaived } from './obligation-waived.ts';
import { officerRegistered } from './officer-registered.ts';
import { officerLinked } from './officer-linked.ts';
import { personErased } from './person-erased.ts';
import { personMerged } from './person-merged.ts';
import { personOpened } from './person-opened.ts';
import { personUnmasked } from './person-unmasked.ts';
import { ratePublished } from './rate-published.ts';
import { registerDetailed } from './register-detailed.ts';
import { ruleSetActivated } from './rule-set-activated.ts';
import { rulesClosed } from './rules-closed.ts';
import { rulesProposed } from './rules-proposed.ts';
import { screeningDecided } from './screening-decided.ts';
import { screeningHit } from './screening-hit.ts';
import { screeningReleased } from './screening-released.ts';
import { stageChanged } from './stage-changed.ts';
import { subscriberEnded } from './subscriber-ended.ts';
import { subscriberRegistered } from './subscriber-registered.ts';
import { waiverClosed } from './waiver-closed.ts';
import { waiverProposed } from './waiver-proposed.ts';
import { warningClosed } from './warning-closed.ts';
import { warningIssued } from './warning-issued.ts';
import { warningProposed } from './warning-proposed.ts';
import { warningReplied } from './warning-replied.ts';

/** Declarations of every entry kind, by kind. */
export const ENTRY_KINDS = {
  'alert-decided': alertDecided,
  'alert-raised': alertRaised,
  'answers-opened': answersOpened,
  'applicant-screened': applicantScreened,
  'asset-freeze-moved': assetFreezeMoved,
  'asset-freeze-ordered': assetFreezeOrdered,
  'asset-registered': assetRegistered,
  'batch-admitted': batchAdmitted,
  'batch-quarantined': batchQuarantined,
  'batch-released': batchReleased,
  'client-registered': clientRegistered,
  'client-revoked': clientRevoked,
  'clock-ticked': clockTicked,
  'conditions-set': conditionsSet,
  'conflict-declared': conflictDeclared,
  'conflict-ended': conflictEnded,
  'complaint-moved': complaintMoved,
  'complaint-opened': complaintOpened,
  'complaint-received': complaintReceived,
  'decision-closed': decisionClosed,
  'decision-proposed': decisionProposed,
  'deputy-closed': deputyClosed,
  'deputy-proposed': deputyProposed,
  'deputy-set': deputySet,
  'document-filed': documentFiled,
  'enforcement-acted': enforcementActed,
  'feed-stopped': feedStopped,
  'findings-recorded': findingsRecorded,
  'findings-settled': findingsSettled,
  'firm-registered': firmRegistered,
  'foreign-register-taken': foreignRegisterTaken,
  'form-filed': formFiled,
  'framework-adopted': frameworkAdopted,
  'framework-proposed': frameworkProposed,
  'gate-found': gateFound,
  'holiday-announced': holidayAnnounced,
  'installation-opened': installationOpened,
  'letter-sent': letterSent,
  'list-held': listHeld,
  'list-version': listVersion,
  'moment-recorded': momentRecorded,
  'obligation-discharged': obligationDischarged,
  'obligation-noticed': obligationNoticed,
  'obligation-waived': obligationWaived,
  'officer-registered': officerRegistered,
  'officer-linked': officerLinked,
  'person-erased': personErased,
  'person-merged': personMerged,
  'person-opened': personOpened,
  'person-unmasked': personUnmasked,
  'rate-published': ratePublished,
  'register-detailed': registerDetailed,
  'rule-set-activated': ruleSetActivated,
  'rules-closed': rulesClosed,
  'rules-proposed': rulesProposed,
  'screening-decided': screeningDecided,
  'screening-hit': screeningHit,
  'screening-released': screeningReleased,
  'stage-changed': stageChanged,
  'subscriber-ended': subscriberEnded,
  'subscriber-registered': subscriberRegistered,
  'waiver-closed': waiverClosed,
  'waiver-proposed': waiverProposed,
  'warning-closed': warningClosed,
  'warning-issued': warningIssued,
  'warning-proposed': warningProposed,
  'warning-replied': warningReplied,
} as const;

/** Name of an entry kind. */
export type EntryKind = keyof typeof ENTRY_KINDS;
/** Body of an entry of kind `K`. */
export type EntryBody<K extends EntryKind> = z.output<(typeof ENTRY_KINDS)[K]['body']>;
