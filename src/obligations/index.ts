/**
 * Who owes what by when: the list of what is due, reminders, breaches, discharges and waivers.
 */
export { ObligationBook } from './book.ts';
export { dueList, dutiesOf, occurrencesOf, type Occurrence } from './due.ts';
export { obligationMigrations, obligationViews, rebuildObligations } from './views.ts';
