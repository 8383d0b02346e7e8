/**
 * Credentials of ours and of others: Data Integrity documents, SD-JWT, status lists, and the keys they name. A door
 * of its own, because who proves that an entry is in a log needs none of it.
 */
export { addProof } from './data-integrity.ts';
export { verifyCredential, type Status } from './credential.ts';
export { partsOfJson, splitSdJwt, verifySdJwt } from './sd-jwt.ts';
export { keyOfJwk, keyOfPoint, multibaseOf, verifyWithKey, type PublicKey } from './public-key.ts';
export { issueSdJwt, issueStatusToken } from './sd-jwt-issue.ts';
export { packList } from './status-list.ts';
export { keysOfDocument } from './verification-method.ts';
export { isObject, itemsOf, readStrictJson, type JsonObject } from './strict-json.ts';
