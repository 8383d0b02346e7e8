/**
 * Sanctions and tag lists, their versions in time, and the wallets on them. Names join them here.
 */
export { AddressSet } from './address-set.ts';
export type { ListEntry, ListIdentifier, ListName } from './entity.ts';
export { readLists } from './lists/read-lists.ts';
export { answerLines, linesOf, type BatchGround } from './match/batch.ts';
export { Exemptions } from './exempt.ts';
export { importWalletList, type ImportGround, type Importer, type WalletSource } from './import.ts';
export { Matcher, type Candidate, type Decision, type ScreeningResult } from './match/matcher.ts';
export { PastLists, type PastState } from './match/past-lists.ts';
export { readQuery, type ScreeningQuery } from './match/query.ts';
export { screeningMigrations } from './migrations.ts';
export type { SourceFile } from './source.ts';
export { listStates, readHeld, readVersions, rebuildScreening, screeningViews, type ListState } from './views.ts';
export { WalletTable, type ListedWallet } from './wallet-table.ts';
export { PeopleIndex } from './people-index.ts';
export { screenInReverse } from './reverse.ts';
export { subjectsOf } from './subjects.ts';
export { ScreeningDesk } from './desk.ts';
export { importNameList, type NameSource } from './import-names.ts';
export { newestWallets } from './newest-wallets.ts';
export { confirmHeld, takeLists, takeSentLists, type TakenList } from './take-lists.ts';
