/**
 * Cases for measuring the matcher, and the page of its quality. A command and a bench ask for them; no room does.
 */
export { qualitySet } from './cases.ts';
export { qualityPage } from './measure.ts';
export { randomOf, syntheticPerson } from './synthetic-names.ts';
