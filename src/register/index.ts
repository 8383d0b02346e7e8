/**
 * The public face: who holds what of the authority, found by any spelling, told in open forms.
 */
export { StatusDesk, type SignedAnswer } from './answer.ts';
export { CertificateDesk, isCertified, type Certificate, type IssuerKey } from './certificate.ts';
export { ComplaintDesk, type Complaint, type ComplaintCount } from './complaint.ts';
export { ForeignDesk, type Elsewhere } from './foreign.ts';
export { changesAtom, rowJson, rowsCsv } from './formats.ts';
export { registerMigrations } from './migrations.ts';
export type { Likeness } from './lookalike.ts';
export { PublicationDesk } from './publication.ts';
export { PushDesk, type Push, type PushState } from './push.ts';
export { isInForce, matchOf, type Warning } from './warning.ts';
export { NameIndex } from './search.ts';
export { REGISTER_CLASSES, type RegisterClass, type RegisterPeriod, type RegisterRow } from './row.ts';
export type { RegisterBook } from './book.ts';
export type { RegisterChange } from './change.ts';
export { RegisterDesk, rebuildRegister, registerViews } from './views.ts';
