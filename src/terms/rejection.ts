/**
 * The one list of rejection codes: what a door says when it turns something away. A code is stable
 * for ever; meaning and remedy are for the person who must mend it. The page
 * `docs/reference/rejections.md` is generated from this list and a test keeps them equal.
 *
 * A rejection is a value, never an exception: it says that what was sent cannot be read or trusted.
 * What ought not to have *happened* is never rejected; it is a finding (DESIGN §3).
 */

/** `record`: one event of a filing. `request`: the whole request. `decision`: an officer's act. `pack`: a place in a framework pack. `query`: one question to the lists. */
export type RejectionScope = 'record' | 'request' | 'decision' | 'pack' | 'query';

interface RejectionTerm {
  readonly scope: RejectionScope;
  /** HTTP status when it ends a request. A record's rejection rides in a 200 answer. */
  readonly status: number;
  readonly meaning: string;
  readonly remedy: string;
}

const term = (scope: RejectionScope, status: number, meaning: string, remedy: string): RejectionTerm => ({ scope, status, meaning, remedy });

/** Every rejection code with its scope, HTTP status, meaning and remedy. */
export const REJECTIONS = {
  BODY_EMPTY: term('request', 400, 'The request carries no event.', 'Send at least one event, one JSON object a line.'),
  BODY_TOO_LARGE: term('request', 413, 'The body, after decompression, is larger than 16 MiB.', 'Split the filing into several requests.'),
  BODY_TOO_MANY: term('request', 413, 'The body holds more than 10,000 events.', 'Split the filing into several requests.'),
  BODY_ENCODING: term('request', 415, 'The content encoding is not identity, gzip or zstd, or the bytes do not decompress.', 'Send identity, gzip or zstd, and check that the body was not cut.'),
  BODY_TYPE: term('request', 415, 'The content type is not one that this door reads.', 'Use application/json for one event, application/x-ndjson for many, text/csv for an upload.'),
  REQUEST_UNKNOWN: term('request', 404, 'There is nothing at this address.', 'See the API description at /v1/openapi.json.'),
  REQUEST_INVALID: term('request', 400, 'The request does not have the form that this door reads.', 'Compare it with the API description; `detail` names the place.'),
  REQUEST_TOO_MANY: term('request', 429, 'Too many requests in a short time.', 'Wait for the seconds that Retry-After names, then send again.'),
  IDEMPOTENCY_KEY_MISSING: term('request', 400, 'A filing needs an Idempotency-Key header.', 'Send a key of 8 to 128 characters that is new for each filing and the same for its retries.'),
  IDEMPOTENCY_KEY_REUSED: term('request', 409, 'This Idempotency-Key was used for another body.', 'Use a new key for a new filing.'),
  CLIENT_UNKNOWN: term('request', 401, 'The client is not registered, or its registration has ended.', 'Register the client and its key with the authority.'),
  INVITATION_UNKNOWN: term('request', 401, 'The code is unknown, was used, has ended, or is for another client.', 'Ask the authority for a new code; it is good once and for three days.'),
  CLIENT_ASSERTION_INVALID: term('request', 401, 'The client assertion does not verify, is too old, or was used before.', 'Sign a fresh private_key_jwt (RFC 7523) with the registered key and a new jti.'),
  TOKEN_INVALID: term('request', 401, 'The access token is missing, has ended, or does not verify.', 'Ask the token endpoint for a new one.'),
  TOKEN_PROOF_INVALID: term('request', 401, 'The DPoP proof is missing, does not match the token, or was used before.', 'Send a DPoP proof (RFC 9449) made with the key that the token is bound to.'),
  SIGNATURE_MISSING: term('request', 401, 'The filing carries no HTTP message signature.', 'Sign the request by RFC 9421 as the guide for firms shows.'),
  SIGNATURE_INVALID: term('request', 401, 'The HTTP message signature does not verify with a registered key.', 'Check key id, covered components and the signed bytes.'),
  SIGNATURE_EXPIRED: term('request', 401, 'The signature was created more than 300 seconds ago, or in the future.', 'Set the clock and sign again.'),
  SIGNATURE_REPLAYED: term('request', 409, 'This signature was used before.', 'Sign each request anew, with a new nonce.'),
  DIGEST_MISMATCH: term('request', 400, 'Content-Digest is missing or does not match the body.', 'Compute Content-Digest (RFC 9530, sha-256) over the bytes that are sent.'),
  SESSION_REQUIRED: term('request', 401, 'Nobody is signed in, or the session has ended.', 'Sign in again.'),
  SIGN_IN_FAILED: term('request', 401, 'Name, password or code is wrong.', 'Try again; after ten failures the account rests for fifteen minutes.'),
  FORBIDDEN: term('request', 403, 'This role may not do this.', '`detail` names the roles that may.'),
  STEP_UP_REQUIRED: term('request', 403, 'This decision needs a fresh proof of who you are.', 'Confirm with your passkey or code, then decide.'),
  SECOND_PERSON_REQUIRED: term('decision', 409, 'This decision needs a second person, and the proposer cannot be that person.', 'Let another officer who may decide this second it.'),
  DECISION_STALE: term('decision', 409, 'What this decision was made on has changed since.', 'Read the present state and decide again.'),
  DECISION_INVALID: term('decision', 400, 'The decision lacks something, such as its reason.', '`detail` names what is missing.'),
  NOT_FOUND: term('request', 404, 'There is no such item, or it is not yours to see.', 'Check the reference.'),
  FIRM_TAKEN: term('decision', 409, 'A firm of this id or code is known already.', 'Use the firm that is known, or choose another id and code.'),
  FIRM_UNKNOWN: term('decision', 404, 'No firm of this id is known.', 'Register the firm first.'),
  STAGE_UNKNOWN: term('decision', 400, 'The framework has no stage of this name.', 'Use a stage of the framework in force.'),
  STAGE_STEP_CLOSED: term('decision', 409, 'The framework has no step from the firm\'s stage to that one.', 'Take a step that the framework has; `detail` names the stages that are open from here.'),
  STAGE_INSTANT_CLOSED: term('decision', 409, 'The step would take effect before, or at, the firm\'s last one.', 'Choose a later instant; the past of a firm is not rewritten by a step.'),
  STAGE_SERVICES_WRONG: term('decision', 400, 'The services do not fit the stage.', 'Name services where the stage leaves them to the grant, and nowhere else.'),
  CONFLICT_OF_INTEREST: term('decision', 403, 'Whoever acts has a conflict of interest in this firm.', 'Let a colleague or a deputy act.'),
  CONFLICT_KNOWN: term('decision', 409, 'The officer has this conflict of interest on record already, or has it no more.', 'Read the list of conflicts again; another officer than the one concerned ends one.'),
  DEPUTY_INVALID: term('decision', 400, 'A deputy is another officer of the same organisation, for a role that the officer holds, over a period that is not past and of at most a year; neither of the two persons who set one is the deputy.', '`detail` names what does not fit; mend it and propose again.'),
  GATE_UNMET: term('decision', 409, 'A gate of this step is not met.', '`detail` names the gates; a screening that was not run leaves its gate unmet.'),
  GATE_UNKNOWN: term('decision', 400, 'The framework has no gate of this name that an officer judges.', 'Use a gate of the framework in force that is shown by a finding.'),
  EVENT_NOT_IN_STAGE: term('decision', 409, 'The framework does not know this event, or the firm\'s stage refuses it.', '`detail` names the clause; take an event that the stage has.'),
  PROPOSAL_UNKNOWN: term('decision', 404, 'No proposal of this number waits.', 'Read the firm\'s dossier; the proposal was decided, sent back or withdrawn.'),
  FORM_UNKNOWN: term('decision', 404, 'The framework has no form of this name.', 'Use a form of the framework in force.'),
  FORM_CLOSED: term('decision', 409, 'The form cannot be filed in the firm\'s stage.', 'File it in a stage that the form names.'),
  FORM_ANSWER_INVALID: term('decision', 400, 'An answer of the form is not of its type, or is no answer of the form.', '`detail` names the section and field; nothing was kept.'),
  FORM_IDENTITY_OPEN: term('decision', 400, 'An answer that names a natural person was sent in the open.', 'Seal such answers with the key at /v1/identity-key and name them in `sealedFields`.'),
  DOCUMENT_INVALID: term('decision', 400, 'The document is no PDF that can be read, is protected, or is larger than 8 MiB.', 'Send an unprotected PDF.'),
  CAP_INVALID: term('decision', 400, 'A cap is of no limit that the house measures, stands twice, or does not fit where the firm stands.', '`detail` names the limit; say other conditions in words, in the reasons.'),
  RULES_FAULTY: term('decision', 400, 'The rules with these values have a fault.', '`detail` names rule, fault and place; check the draft, which gives the remedy of each.'),
  BACKTEST_BUSY: term('decision', 409, 'Another back-test is running.', 'Wait until it is done, or cancel it.'),
  PACK_NOT_NEXT: term('decision', 409, 'The pack is no later revision of the framework in force.', 'Propose a later revision of the same framework; `detail` names the one in force.'),
  RUNG_UNKNOWN: term('decision', 400, 'The ladder has no such rung, or it cannot be used here.', 'Use a rung of the framework in force; `detail` says what it lacks.'),
  FINE_ABOVE_CAP: term('decision', 409, 'The fine is above the cap of the law, or none is given where one is due.', 'Set a fine within the cap; `detail` names it.'),
  HEARING_MISSING: term('decision', 409, 'The firm was not given notice and heard.', 'Serve the notice and hold the hearing first; an emergency freeze needs neither.'),
  PLAN_MISSING: term('decision', 409, 'A revocation needs a plan for the return of customers\' assets.', 'Add the wind-down plan as a document.'),
  HOLIDAY_KNOWN: term('decision', 409, 'This day is a day of rest or a holiday already.', 'Nothing is to be done.'),
  OBLIGATION_UNKNOWN: term('decision', 404, 'The firm owes no such thing, or it is done or waived already.', 'Read the list of what is due; a form or an event is ticked off by itself.'),
  LIST_UNKNOWN: term('decision', 400, 'The framework does not say what force this list has.', 'Declare the list in the pack\'s lists.yaml.'),
  LIST_VERSION_KNOWN: term('decision', 409, 'This version of the list was taken in before.', 'Nothing is to be done; a new state of the list needs a version of its own.'),
  LIST_EMPTY: term('decision', 400, 'No row of the list could be read.', 'Check that the file is the list and came whole.'),
  LIST_SHRUNK: term('decision', 409, 'The list lost so many rows at once that the last good version stays in use.', 'Check the source; a second person may confirm that the rows are gone.'),
  LIST_FILE_UNKNOWN: term('decision', 400, 'The file has the form of no list that the house reads.', 'See the forms in the guide for operators; name columns as a plain table does, or fetch the file again.'),
  LIST_FILE_BROKEN: term('decision', 400, 'The file is not whole or not well formed, so nothing of it is taken.', '`detail` names the place; fetch the file again.'),
  LIST_FILE_FORBIDDEN: term('decision', 400, 'The file declares a document type or entities, which no publisher of lists does.', 'Fetch the file from its publisher.'),
  LIST_FILE_ENCODING: term('decision', 400, 'The bytes of the file are no text in its encoding.', 'Send UTF-8, or UTF-16 with its mark.'),
  LIST_FILE_TOO_LARGE: term('decision', 413, 'The file, unpacked, is larger than any list that is published.', 'Check the source; `detail` names the limit.'),
  PACK_FILE_MISSING: term('pack', 422, 'A file of the pack is not there.', 'Add the file; a list without blocks is written as the word none.'),
  PACK_YAML: term('pack', 422, 'The file is no YAML that can be read.', 'Mend the place; see YAML 1.2.'),
  PACK_STYLE: term('pack', 422, 'The file is not written in block style.', 'Write each value on a line of its own, without braces, brackets, tags or further documents.'),
  PACK_INHERITS: term('pack', 422, 'A value is taken over from another place.', 'Write the value out; anchors, aliases and merge keys are not used in a pack.'),
  PACK_KEY_TWICE: term('pack', 422, 'A key stands twice in one block.', 'Keep one of the two.'),
  PACK_KEY_UNKNOWN: term('pack', 422, 'A key is not part of the form.', 'Remove it, or write it as frameworks/schema.json has it.'),
  PACK_KEY_MISSING: term('pack', 422, 'A key that the form needs is missing.', 'Add it; `detail` names it.'),
  PACK_FIELD_INVALID: term('pack', 422, 'A key has a value that the form does not allow.', '`detail` says what it takes. Texts that look like numbers stand in quotes.'),
  PACK_NAME_TWICE: term('pack', 422, 'A name is declared twice.', 'Keep one, or give the other a name of its own.'),
  PACK_NAME_UNKNOWN: term('pack', 422, 'A name is used that is declared nowhere.', 'Declare it, or use a name that is declared.'),
  PACK_SOURCE_MISSING: term('pack', 422, 'A value does not say where it comes from.', 'Give instrument, version and section; an assumption cites the house\'s own list of assumptions.'),
  PACK_SECTION_UNDECLARED: term('pack', 422, 'A value cites a section that instruments.yaml does not declare.', 'Declare the section under its instrument, or cite the right one.'),
  PACK_STATUS_WRONG: term('pack', 422, 'The status does not fit the instrument: only law in force prescribes, only a draft is a draft, only our own list assumes.', 'Give the status that the instrument allows.'),
  PACK_HOLE: term('pack', 422, 'A value is neither given nor marked unset.', 'Give the value, or write `status: unset`.'),
  PACK_VALUE_WITH_UNSET: term('pack', 422, 'A value is given although it is marked unset.', 'Remove the value, or give it the status that it has; a working default is called workingDefault.'),
  PACK_UNIT_WRONG: term('pack', 422, 'The unit is not the one that this value is measured in, or the value is not written in its unit.', '`detail` says which unit, and how a value is written in it.'),
  PACK_PERIOD_EMPTY: term('pack', 422, 'A period ends before it begins.', 'Let effectiveTo be later than effectiveFrom.'),
  PACK_PERIOD_OVERLAP: term('pack', 422, 'Two values of one name are in force on the same day.', 'End the earlier one by effectiveTo on the day that the later one begins.'),
  PACK_PERIOD_GAP: term('pack', 422, 'There are days on which no value of a name is in force.', 'Let each value begin on the day that the one before ends, the first on the pack\'s effectiveFrom at the latest.'),
  PACK_CYCLE: term('pack', 422, 'Steps forward lead back to where they began.', 'Remove the step that goes back, or give it the way that it goes: sanction, restore (undoes a sanction) or end.'),
  PACK_STAGE_UNREACHABLE: term('pack', 422, 'No step leads to a stage, and none begins there.', 'Add a step to it, or mark it as initial.'),
  PACK_STAGE_DEAD_END: term('pack', 422, 'No step leads out of a stage that is not final, or one leads out of a stage that is.', 'Add a step that leads out, or mark the stage as final; never both.'),
  PACK_WAY_WRONG: term('pack', 422, 'A step does not go the way that it says: a return that undoes no sanction, a sanction into no suspension, or a step by a clock that approves or punishes.', 'Give the step the way that it goes; `detail` says which it is not.'),
  PACK_EVENT_NOWHERE: term('pack', 422, 'Something is declared that leads nowhere: an event without a step, or a moment, gate or form that nothing asks for.', 'Let a step, clock, gate or obligation use it, or remove it.'),
  PACK_TABLE_HOLE: term('pack', 422, 'A stage has no answer to an event that moves firms.', 'Add a step from that stage by that event, or list the stage under `closed` of the event.'),
  PACK_TABLE_TWICE: term('pack', 422, 'A stage both takes a step by an event and refuses it.', 'Remove the stage from `closed` of the event, or remove the step.'),
  PACK_GATE_UNMEETABLE: term('pack', 422, 'A gate can never be met.', '`detail` says why: let something show that it is met, on the way to the step that asks for it.'),
  PACK_CLOCK_NO_START: term('pack', 422, 'A clock has no start: none is named, no event of that name is declared, or it waits for its own end.', 'Name an event of events.yaml that happens before the clock runs.'),
  PACK_PERIOD_OUTSIDE: term('pack', 422, 'Something is in force on a day on which what it stands on is not.', 'Let it begin later or end earlier, or let what it names hold on those days.'),
  PACK_FILE_UNKNOWN: term('pack', 422, 'The directory holds a file that is no part of the form.', 'Remove it, or give it the name that the form has.'),
  CAPACITY: term('request', 503, 'The system takes no more for the moment. Nothing of this request was kept.', 'Send the same request again, with the same key, after the seconds that Retry-After names.'),
  EVENT_NOT_JSON: term('record', 400, 'The line is not a JSON object in UTF-8.', 'Send one JSON object a line.'),
  EVENT_TOO_LONG: term('record', 400, 'The line is longer than 64 KiB.', 'Send documents by hash, not inside events.'),
  EVENT_VERSION_UNKNOWN: term('record', 400, 'The schema version is not one that this door reads.', 'Set `v` to a version that /v1/openapi.json describes.'),
  EVENT_KIND_UNKNOWN: term('record', 400, 'The kind is not in the event schema.', 'Use a kind that /v1/openapi.json describes.'),
  EVENT_KIND_RESERVED: term('record', 400, 'The kind is reserved: its schema stands, its supervision does not yet.', 'Keep the records; send them when the authority opens the kind.'),
  EVENT_FIELD_MISSING: term('record', 400, 'A field that the kind needs is missing.', '`detail` names the field.'),
  EVENT_FIELD_UNKNOWN: term('record', 400, 'A field is not part of the kind.', '`detail` names the field; nothing is read and dropped in silence.'),
  EVENT_FIELD_INVALID: term('record', 400, 'A field has a value that its schema does not allow.', '`detail` names the field and what it takes.'),
  EVENT_AMOUNT_INVALID: term('record', 400, 'An amount is no decimal of its asset, or is out of range.', 'Send a plain unsigned decimal with at most the decimals of the asset.'),
  EVENT_ASSET_UNKNOWN: term('record', 400, 'The asset is not in the asset register.', 'Ask the authority to enter the asset; then send the record again.'),
  EVENT_ADDRESS_INVALID: term('record', 400, 'The address is none of its chain.', 'Send the address as its chain writes it, with the right CAIP-2 chain.'),
  EVENT_INSTANT_INVALID: term('record', 400, 'The instant is no RFC 3339 text with an offset, or the date does not exist.', 'Send for example 2026-11-24T09:20:00.123456Z.'),
  EVENT_IN_FUTURE: term('record', 400, 'The instant lies more than 5 minutes ahead of the authority\'s clock.', 'Set the clock; send the record when it has happened.'),
  EVENT_ID_CONFLICT: term('record', 409, 'An event with this id was admitted before with other content.', 'To change an event send `correct`; to withdraw it send `cancel`; a new event needs a new id.'),
  EVENT_SEQUENCE_CONFLICT: term('record', 409, 'This sequence number of the stream was used by another event.', 'Give each event of a stream the next number.'),
  EVENT_TARGET_UNKNOWN: term('record', 400, 'The event that `correct` or `cancel` names was never admitted from this firm.', 'Name the id of an admitted event.'),
  EVENT_IDENTITY_INVALID: term('record', 400, 'The sealed identity is no compact JWE for the authority\'s present key.', 'Seal the identity with the key at /v1/identity-key.'),
  QUERY_NOT_JSON: term('query', 400, 'The line is no JSON in UTF-8.', 'Send one JSON object a line.'),
  QUERY_NOT_OBJECT: term('query', 400, 'The line is neither an object nor a name.', 'Send an object with a name, or a name as a text.'),
  QUERY_TOO_LONG: term('query', 413, 'The line is longer than 64 KiB.', 'Send one person or firm a line.'),
  QUERY_NAME_MISSING: term('query', 400, 'There is no name, or none with a letter or digit in it.', 'Send the name as its bearer writes it.'),
  QUERY_NAME_TOO_LONG: term('query', 413, 'The name has more than 1,000 characters or 64 words. It was not screened.', 'Send the name alone; send several names as several queries.'),
  QUERY_FIELD_INVALID: term('query', 400, 'A field has a value that cannot be read. Nothing was screened, because an answer without the field would say less than it seems.', '`detail` names the field.'),
  QUERY_LIST_UNKNOWN: term('query', 404, 'A list was asked for that is not here.', 'Name lists that were read: ofac, un, uk, eu, nacta or the authority\'s own.'),
  QUERY_NATIONALITY_UNKNOWN: term('query', 400, 'A nationality is no country that the house knows by this name. It was not compared; all else was.', 'Send the ISO 3166 code of two or three letters, or the country\'s name in English.'),
  QUERY_GENDER_UNKNOWN: term('query', 400, 'The gender is neither male nor female as lists know it. It was not compared; all else was.', 'Send `male` or `female`, or leave it out.'),
  QUERY_AS_OF_UNKNOWN: term('query', 404, 'A list that was asked is not known as of that day.', 'Ask for a later day, name other `lists`, or give the lists of that day.'),
  CSV_INVALID: term('request', 400, 'The CSV has no header line that this door reads.', 'Take the column names from the guide for firms.'),
} as const satisfies Record<string, RejectionTerm>;

/** A stable code of the list. */
export type RejectionCode = keyof typeof REJECTIONS;

/** What a door answers: the code, and where the trouble lies, never what was in the record. */
export interface Rejection {
  readonly code: RejectionCode;
  /** Names a place (`amount.value`), never a value: values may be personal. */
  readonly detail?: string;
}

/** A rejection value. */
export function reject(code: RejectionCode, detail?: string): Rejection {
  return detail === undefined ? { code } : { code, detail };
}
