/**
 * The arithmetic of trust: pure, without I/O, the same in a browser as on the server. Signed requests have
 * a door of their own, `http-signature.ts`.
 */
export { base64, equalBytes } from './bytes.ts';
export type { Check, Verdict } from './check.ts';
export { openCheckpoint, signCheckpoint, type Checkpoint } from './checkpoint.ts';
export { appendLeaves, consistencyProof, inclusionProof, leafHash, verifyConsistency, verifyInclusion, type TreeNode } from './merkle.ts';
export { parseVerifierKey, verifierKey } from './note.ts';
export { verifyReceipt, type Receipt } from './receipt.ts';
export { signerOfSeed, type Signer } from './signer.ts';
