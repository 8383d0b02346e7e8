/**
 * The life of a firm: who it is, which stage it is in and since when, what its dossier holds, and the acts that move
 * it on.
 */
export { changeStage, registerFirm, type NewFirm } from './acts.ts';
export { answerTo, deadlineOf } from './clocks.ts';
export { LicensingDesk } from './desk.ts';
export { foldDossier, type Dossier, type Said } from './dossier.ts';
export { FirmDirectory, type Firm, type Held } from './firm.ts';
export { licensingMigrations } from './migrations.ts';
export { parsePublishedFirms } from './published-firms.ts';
export { standingOf } from './standing.ts';
export { readFirm, readFirms, licensingViews, rebuildLicensing } from './views.ts';
