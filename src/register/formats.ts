/**
 * The register in open forms: JSON, CSV with the columns of ESMA's register of crypto-asset service providers and
 * our own beside them, Atom (RFC 4287). One row an entity, ISO dates, ids that stay. A column of ESMA's that means an
 * authorisation is filled for a licence alone: a certificate is none.
 */

import type { Framework } from '../framework/index.ts';
import { formatInstant, formatKarachiDay, karachiDay, type Instant, type Json } from '../terms/index.ts';
import type { RegisterChange } from './change.ts';
import type { RegisterPeriod, RegisterRow } from './row.ts';

/** A row as JSON: the four fields of the Act (name, number, permitted services, status), and all else that is public. */
export function rowJson(framework: Framework, row: RegisterRow, at: Instant): { readonly [key: string]: Json } {
  const { firm, now, stage } = row;
  return {
    id: firm.code, number: firm.number, name: firm.name, nameUr: firm.nameUr ?? null, synthetic: firm.synthetic,
    class: now.class, isLicence: stage?.isLicence === true, stage: now.stage ?? null, title: stage === undefined ? null : { ...stage.title }, means: stage === undefined ? null : { ...stage.means }, since: formatInstant(now.from),
    permittedServices: [...now.services], clause: row.source?.clause.en ?? null, clauseStatus: row.source?.status ?? null, evidence: framework.evidence.en,
    lei: row.detail?.lei ?? null, names: row.detail?.names ?? [], websites: row.detail?.websites ?? [], apps: (row.detail?.apps ?? []).map((app) => ({ store: app.store, id: app.id, name: app.name ?? null })), address: row.detail?.address ?? null,
    facts: firm.facts.map((one) => ({ ...one })), history: row.history.map(periodJson), asOf: formatInstant(at),
  };
}

function periodJson(period: RegisterPeriod): { readonly [key: string]: Json } {
  return { class: period.class, stage: period.stage ?? null, services: [...period.services], from: formatInstant(period.from), to: period.to === undefined ? null : formatInstant(period.to), entry: period.entry };
}

const COLUMNS = [
  'ae_competentAuthority', 'ae_homeMemberState', 'ae_lei_name', 'ae_lei', 'ae_lei_cou_code', 'ae_commercial_name', 'ae_address', 'ae_website', 'ae_website_platform', 'ac_authorisationNotificationDate', 'ac_authorisationEndDate', 'ac_serviceCode',
  'ac_serviceCode_cou', 'ac_comments', 'ac_lastupdate', 'rg_id', 'rg_number', 'rg_name_ur', 'rg_class', 'rg_is_licence', 'rg_stage', 'rg_since', 'rg_synthetic',
] as const;

/** Rows as CSV (RFC 4180), with a header line. */
export function rowsCsv(framework: Framework, rows: readonly RegisterRow[]): string {
  return [COLUMNS.join(','), ...rows.map((row) => {
    const cells = cellsOf(framework, row);
    return COLUMNS.map((column) => csvCell(cells[column] ?? '')).join(',');
  })].map((line) => `${line}\r\n`).join('');
}

function cellsOf(framework: Framework, { firm, detail, now, stage, history }: RegisterRow): Partial<Record<(typeof COLUMNS)[number], string>> {
  const licensed = history.filter((one) => one.class === 'licensed');
  const ended = licensed.length > 0 && now.class !== 'licensed' ? licensed.at(-1)?.to : undefined;
  const first = licensed[0];
  return {
    ae_competentAuthority: framework.authority.en, ae_homeMemberState: framework.country, ae_lei_name: firm.name, ae_lei: detail?.lei ?? '', ae_lei_cou_code: detail?.country ?? '', ae_commercial_name: (detail?.names ?? []).join('|') || firm.name, ae_address: detail?.address ?? '', ae_website: (detail?.websites ?? []).join('|'),
    ac_authorisationNotificationDate: first === undefined ? '' : dayOf(first.from), ac_authorisationEndDate: ended === undefined ? '' : dayOf(ended), ac_serviceCode: now.services.join('|'), ac_serviceCode_cou: framework.country,
    ac_comments: stage?.means.en ?? '', ac_lastupdate: dayOf(now.from), rg_id: firm.code, rg_number: String(firm.number), rg_name_ur: firm.nameUr ?? '', rg_class: now.class, rg_is_licence: String(stage?.isLicence === true),
    rg_stage: now.stage ?? '', rg_since: dayOf(now.from), rg_synthetic: String(firm.synthetic),
  };
}

function dayOf(at: Instant): string {
  return formatKarachiDay(karachiDay(at));
}

/** A cell that opens with a sign of a formula is kept from being one in a spreadsheet by an apostrophe. */
function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Where a feed lives and how its items are worded. */
export interface FeedGround {
  /** `https://host`: the installation's own origin. */
  readonly origin: string;
  readonly path: string;
  readonly title: string;
  readonly authority: string;
  readonly at: Instant;
  /** A statement's title, and the address of what it is about. */
  readonly wordOf: (change: RegisterChange) => { readonly title: string; readonly path: string };
}

/** Statements as an Atom feed, newest first. Their ids stay for ever. */
export function changesAtom(changes: readonly RegisterChange[], ground: FeedGround): string {
  const host = new URL(ground.origin).host;
  const items = changes.toReversed().map((change) => {
    const { title, path } = ground.wordOf(change);
    return `<entry><id>tag:${xml(host)},2026:register/${change.n}</id><title>${xml(title)}</title><updated>${formatInstant(change.at)}</updated><link href="${xml(ground.origin + path)}"/><content type="text">${xml(change.body)}</content></entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:${xml(host)},2026:${xml(ground.path)}</id><title>${xml(ground.title)}</title><updated>${formatInstant(changes.at(-1)?.at ?? ground.at)}</updated><author><name>${xml(ground.authority)}</name></author><link rel="self" href="${xml(ground.origin + ground.path)}"/>${items.join('')}</feed>
`;
}

const XML_MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML 1.0, without the control characters that it forbids. */
function xml(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll(/[&<>"]/g, (mark) => XML_MARKS[mark] ?? mark);
}
