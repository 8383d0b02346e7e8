/** What folding views again needs of the log: for the program's own entry. */
export { mustRefold, viewsFolded } from './database.ts';
export { checkLedger } from './ledger-check.ts';
export { refoldViews, type ViewDifference } from './views.ts';
