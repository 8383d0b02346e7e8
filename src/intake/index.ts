/**
 * What firms send becomes events or coded rejections; the count balances; the firm gets a signed receipt.
 */
export { Admission, type AdmissionGround, type Sealed } from './admission.ts';
export { publishAssets, publishRates } from './catalogue.ts';
export { watchFeeds } from './feed-watch.ts';
export { FilingDesk, type Filer, type FilingAnswer, type FilingRequest } from './filing.ts';
export { intakeMigrations } from './migrations.ts';
export type { Identified } from './plan.ts';
export { AssetBook } from './rates.ts';
export { readFiling, type FilingState } from './receipt.ts';
export { countCustomers, readClosing, readDaily, readFeeds, readFilings, readPersonFirms, readRefusals } from './views.ts';
