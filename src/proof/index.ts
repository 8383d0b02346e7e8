/**
 * The arithmetic of trust: pure, without I/O, the same in a browser as on the server.
 */
export {
  appendLeaves, consistencyProof, inclusionProof, leafHash, nodeHash, verifyConsistency, verifyInclusion, type Frontier, type Hash, type NodeReader, type TreeNode,
} from './merkle.ts';
export { base64, equalBytes } from './bytes.ts';
export { checkpointText, openCheckpoint, parseCheckpoint, signCheckpoint, type Checkpoint } from './checkpoint.ts';
export { contentDigest } from './content-digest.ts';
export { signRequest, verifyRequest, type RequestVerifier, type SignedRequest } from './http-signature.ts';
export { openNote, parseVerifierKey, signNote, verifierKey, type NoteVerifier, type OpenedNote } from './note.ts';
export type { Check, Verdict } from './check.ts';
export { verifyReceipt, type Receipt } from './receipt.ts';
export { signerOfSeed, verifySignature, type SignatureAlgorithm, type Signer } from './signer.ts';
