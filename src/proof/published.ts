/**
 * What is published and kept as files: logs as static tiles, proofs as texts, signed notes. A door of its own, for
 * who writes or judges such files; who proves one entry to a browser needs none of it.
 */
export { AddressFilter, encodeAddressFilter, type FilteredAddress } from './address-filter.ts';
export { COSIGNATURE_TYPE, cosignNote, noteSigners, openNote, signNote, witnessKey } from './note.ts';
export { tileFiles, type TreeSource } from './tile-log.ts';
export { encodeEntries, encodeHashes, parseTilePath, TILE_WIDTH } from './tile.ts';
export { encodeTlogProof, packTlogProof, parseTlogProof, tlogProofWriter, unpackTlogProof, verifyTlogProof } from './tlog-proof.ts';
export { checkWitnesses, verifyLog, type LogExpectation } from './verify-log.ts';
export { judgeSubmission, submissionText, SUBMISSION_BYTES_MAX, type Seen } from './witness.ts';
