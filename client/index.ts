/**
 * A firm's own program: from a key to a verified receipt. `nigran client` and `nigran ingest` are made of it,
 * and so are the firms of the demo.
 */
export type { FilingAnswer, SubmissionAnswer } from './answers.ts';
export { FirmClient, sealBody, type FirmClientGround, type Patience, type SealedBody } from './firm-client.ts';
export { ingestLines, type IngestAnswer } from './ingest.ts';
export { makeKey, registrationOf, type ClientKey, type PublicKey } from './keys.ts';
