/**
 * The firms' API as OpenAPI 3.1, generated from the same schemas that judge the requests, so the
 * description cannot say anything else than the door does. JSON Schema dialect 2020-12.
 */

import { z } from 'zod';
import { REJECTIONS, type Json } from '../terms/index.ts';
import { EVENTS_PER_REQUEST_MAX, REQUEST_BYTES_MAX, eventSchema } from './event.ts';
import { authorityAnswer, enrolmentAnswer, enrolmentBody, filingAnswer, identityKeyAnswer, refusal, submissionAnswer, tokenAnswer } from './firm.ts';

const json = (schema: z.ZodType): Json => z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' }) as Json;
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const answer = (description: string, name: string): Json => ({ description, content: { 'application/json': { schema: ref(name) } } });

/** Refusals of a request by status, with the codes that each may carry. */
function refusals(): Record<string, Json> {
  const byStatus = new Map<number, string[]>();
  for (const [code, term] of Object.entries(REJECTIONS)) if (term.scope === 'request') byStatus.set(term.status, [...(byStatus.get(term.status) ?? []), code]);
  return Object.fromEntries([...byStatus].sort(([a], [b]) => a - b).map(([status, codes]) => [String(status), answer(`Refused: ${codes.join(', ')}`, 'Refusal')]));
}

const header = (name: string, description: string): Json => ({ name, in: 'header', required: true, description, schema: { type: 'string' } });

function filePath(): Json {
  return {
    operationId: 'fileEvents',
    summary: 'File events',
    description: `One event as application/json, or up to ${EVENTS_PER_REQUEST_MAX} as application/x-ndjson or text/csv, at most ${REQUEST_BYTES_MAX} bytes after decompression; gzip and zstd are read. Each line ends as accepted, held, duplicate or rejected with a code; the counts add up. A retry under the same Idempotency-Key gets the same answer.`,
    security: [{ dpop: [] }],
    parameters: [
      header('Idempotency-Key', '8 to 128 characters, new for each filing, the same for its retries'),
      header('Content-Digest', 'RFC 9530, sha-256 over the bytes as sent'),
      header('Signature-Input', 'RFC 9421: "@method", "@target-uri", "content-digest", "content-type", "idempotency-key"; created, nonce, keyid, alg'),
      header('Signature', 'RFC 9421'),
      header('DPoP', 'RFC 9449 proof for this request'),
    ],
    requestBody: { required: true, content: { 'application/json': { schema: ref('Event') }, 'application/x-ndjson': { schema: ref('Event') }, 'text/csv': { schema: { type: 'string' } } } },
    responses: { '200': answer('Every line ended as one thing, and it is on disk', 'FilingAnswer'), ...refusals() },
  };
}

function screenPath(): Json {
  const texts: Json = { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };
  const query: Json = {
    type: 'object', required: ['name'], properties: {
      name: { type: 'string', maxLength: 1_000 }, fatherName: { type: 'string' }, birthDate: texts, nationality: texts, gender: { type: 'string' }, schema: { enum: ['Person', 'Organization'] },
      identifiers: { type: 'object', description: 'cnic, nicop, passport, lei, tax or registration, each a number or several' }, lists: texts, asOf: { type: 'string', format: 'date' }, knownAt: { type: 'string', format: 'date' },
    },
  };
  return {
    operationId: 'screen', summary: 'Screen names against the published lists that the authority holds', security: [{ dpop: [] }],
    description: 'One query as application/json, or up to 10,000 as application/x-ndjson, one a line; the answers stand in the same order. Unknown keys are named in `ignored`. Nothing that was asked is kept.',
    parameters: [header('DPoP', 'RFC 9449 proof for this request')],
    requestBody: { required: true, content: { 'application/json': { schema: query }, 'application/x-ndjson': { schema: query } } },
    responses: { '200': { description: 'Candidates with score and evidence, and a decision: clear, review or match', content: { 'application/json': { schema: { type: 'object' } }, 'application/x-ndjson': { schema: { type: 'object' } } } }, ...refusals() },
  };
}

/** The description, ready to be served as JSON. `origin` is where firms call. */
export function openApi(origin: string): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Nigran: API for firms', version: '1.0.0', description: 'What a supervised firm reports, and the receipt it gets.', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: origin }],
    paths: {
      '/oauth/token': {
        post: {
          operationId: 'token', summary: 'Get an access token', security: [],
          description: 'grant_type client_credentials with private_key_jwt (RFC 7523) and a DPoP proof (RFC 9449).',
          requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', required: ['grant_type', 'client_assertion_type', 'client_assertion'], properties: { grant_type: { const: 'client_credentials' }, client_assertion_type: { const: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' }, client_assertion: { type: 'string' } } } } } },
          responses: { '200': answer('A token of ten minutes, bound to the DPoP key', 'TokenAnswer'), '400': { description: 'RFC 6749 §5.2' }, '401': answer('Refused', 'Refusal') },
        },
      },
      '/v1/authority': { get: { operationId: 'authority', summary: 'Name and verifier keys of the authority', security: [], responses: { '200': answer('The present keys', 'Authority') } } },
      '/v1/clients': {
        post: {
          operationId: 'registerClient', summary: 'Register a program\'s key', security: [],
          description: 'With a one-time code that an officer of the authority issued for one client of one firm. The same key asked again gets the same answer.',
          requestBody: { required: true, content: { 'application/json': { schema: ref('Enrolment') } } },
          responses: { '200': answer('The client, and the keys of the authority', 'Registration'), '400': answer('Refused: REQUEST_INVALID', 'Refusal'), '401': answer('Refused: INVITATION_UNKNOWN, CLIENT_ASSERTION_INVALID', 'Refusal') },
        },
      },
      '/v1/identity-key': { get: { operationId: 'identityKey', summary: 'Key that identities are sealed for', security: [], responses: { '200': answer('The present key', 'IdentityKey'), '503': answer('Refused: CAPACITY', 'Refusal') } } },
      '/v1/rejections': { get: { operationId: 'rejections', summary: 'Every code with its meaning and remedy', security: [], responses: { '200': { description: 'Codes', content: { 'application/json': { schema: { type: 'object' } } } } } } },
      '/v1/events': { post: filePath() },
      '/v1/screen': { post: screenPath() },
      '/v1/submissions/{id}': {
        get: {
          operationId: 'submission', summary: 'A filing: its receipt, and whether it is decided', security: [{ dpop: [] }],
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }, header('DPoP', 'RFC 9449 proof for this request')],
          responses: { '200': answer('The filing', 'SubmissionAnswer'), '401': answer('Refused', 'Refusal'), '404': answer('Refused: NOT_FOUND', 'Refusal') },
        },
      },
    },
    components: {
      securitySchemes: { dpop: { type: 'http', scheme: 'DPoP', description: 'Authorization: DPoP <access token>' } },
      schemas: { Event: json(eventSchema), FilingAnswer: json(filingAnswer), SubmissionAnswer: json(submissionAnswer), Refusal: json(refusal), IdentityKey: json(identityKeyAnswer), TokenAnswer: json(tokenAnswer), Authority: json(authorityAnswer), Enrolment: json(enrolmentBody), Registration: json(enrolmentAnswer) },
    },
  };
}
