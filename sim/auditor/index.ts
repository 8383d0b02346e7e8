/**
 * The auditor: judges what the house says from what was sent, and shares no code with the engine. It imports
 * the vocabulary alone.
 */
export { auditCounts, type AdmittedEvent, type ReceiptCounts } from './counts.ts';
export { compareFindings, expectedFindings, type AuditFinding, type Expected } from './findings.ts';
export type { AuditFacts, FirmStage, TakenEvent } from './facts.ts';
