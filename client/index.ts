/**
 * A firm's own program: from a key to a verified receipt. `nigran client` and `nigran ingest` are made of it,
 * and so are the firms of the demo.
 */
export { FilingRefused, type FilingAnswer, type SubmissionAnswer } from './answers.ts';
export { FirmClient, ReceiptDoubted, sealBody, type FirmClientGround, type Patience, type SealedBody } from './firm-client.ts';
export { ingestLines, sealLines, type IngestAnswer } from './ingest.ts';
export { makeKey, thumbprint, type ClientKey, type PublicKey } from './keys.ts';
export { authorityKeysOf, clientFile, registerClient, type ClientFile } from './register.ts';
