/**
 * The doors: one server, the firms' door, the console's door with its live line, and the console's files.
 */
export { createServer } from './server.ts';
export { openEnrolDoor, type EnrolDoor } from './enrol.ts';
export { openFirmDoor, type FirmDoor, type FirmGate, type GateRequest } from './firm.ts';
export { openScreenDoor } from './screen.ts';
export { openStaffDoor, type Call, type StaffDoor, type StaffRoutes } from './staff.ts';
export { openStatic } from './static.ts';
export { openFrameworkPage } from './framework-page.ts';
export { openCertificates } from './anyone/certificate.ts';
export { Printer } from './print/printer.ts';
export { openPublicLog } from './anyone/log.ts';
export { openComplaints } from './anyone/complaints.ts';
export { openMarket, type ComplaintFigures } from './anyone/market.ts';
export { openRegister } from './anyone/register.ts';
export { openStatus } from './anyone/status.ts';
export { openVerifier } from './anyone/verifier.ts';
export { LiveLine, type LiveGround } from './staff/live.ts';
export { alertRoutes, type AlertGround } from './staff/alerts.ts';
export type { Directory, FirmCard, FirmRef, Limit, Stage } from './staff/directory.ts';
export { complaintRoutes } from './staff/complaints.ts';
export { dossierRoutes, type DossierGround } from './staff/dossiers.ts';
export { dossierActRoutes } from './staff/dossier-acts.ts';
export { eventRoutes, type EventGround } from './staff/events.ts';
export { filingRoutes } from './staff/filings.ts';
export { firmRoutes } from './staff/firms.ts';
export { foreignRoutes } from './staff/foreign.ts';
export { healthRoutes, type HealthGround, type ProcessState } from './staff/health.ts';
export { ledgerRoutes, type LedgerGround } from './staff/ledger.ts';
export { officeRoutes, type OfficeGround } from './staff/office.ts';
export { publicationRoutes } from './staff/publication.ts';
export { ruleRoutes } from './staff/rules.ts';
export { screeningRoutes } from './staff/screening.ts';
export { subscriberRoutes } from './staff/subscribers.ts';
export { sessionRoutes, type SessionGround } from './staff/session.ts';
