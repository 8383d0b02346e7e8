/**
 * The arithmetic of trust: pure, without I/O, the same in a browser as on the server.
 */
export {
  appendLeaves, consistencyProof, equalBytes, inclusionProof, leafHash, nodeHash, verifyConsistency, verifyInclusion, type Frontier, type Hash, type NodeReader, type TreeNode,
} from './merkle.ts';
