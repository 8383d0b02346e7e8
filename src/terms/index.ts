/**
 * The vocabulary: the words, quantities and codes that every room shares. It imports nothing.
 * One file per entry kind lies in `entry/`.
 */
export { assert, BrokenInvariant } from './assert.ts';
export { formatPaisa, formatUnits, paisaOf, parseUnits, type Paisa } from './amount.ts';
export { canonicalAddress, chainFamily, type ChainFamily } from './address.ts';
export { ASSET_FORM, PKR, type Asset, type AssetClass } from './asset.ts';
export { canonicalBytes, canonicalJson, type Json } from './canonical-json.ts';
export {
  DAY_US, HOUR_US, MINUTE_US, SECOND_US, formatInstant, formatKarachiDay, instantOf, instantOfMilliseconds, karachiDay, parseInstant,
  parseKarachiDay, startOfKarachiDay, type Instant, type KarachiDay,
} from './instant.ts';
export { parsePersonId, pseudonym, type PersonId } from './person.ts';
export { REJECTIONS, reject, type Rejection, type RejectionCode, type RejectionScope } from './rejection.ts';
export { ENTRY_KINDS, type EntryBody, type EntryKind } from './entry/index.ts';
export type { EntryKindTerm, Room } from './entry/kind.ts';
export {
  AGE_BANDS, ANONYMISERS, CHANNEL_METHODS, EVENT_KINDS, FLAG, INCOME_CLASSES, PROVINCES, RISK_CLASSES, SERVICES, USUAL_SERVICE,
  type EventKind, type Service,
} from './event.ts';
