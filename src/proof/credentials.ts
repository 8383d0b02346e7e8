/**
 * Credentials of ours and of others: Data Integrity documents, SD-JWT, status lists, and the keys they name. A door
 * of its own, because who proves that an entry is in a log needs none of it.
 */
export { verifyCredential, type Status } from './credential.ts';
export { partsOfJson, splitSdJwt, verifySdJwt } from './sd-jwt.ts';
export { keyOfJwk, keyOfPoint, type PublicKey } from './public-key.ts';
export { isObject, readStrictJson, type JsonObject } from './strict-json.ts';
