/**
 * A form as it is filled in: a sheet of rows by section, made from the contract's form shapes. Pure. It splits what
 * is written into open answers and those that are to be sealed, and counts what is still missing. Whether an answer
 * is of its type is judged by the server alone; what is not a number is sent as it was written, and is refused there.
 */
import type { Answered, Asked } from './api.ts';

export type FormShape = Answered<'forms'>['forms'][number];
export type SectionShape = FormShape['sections'][number];
export type FieldShape = SectionShape['fields'][number];
/** What stands in a field: a text, a yes or no, or several choices. */
export type Written = string | boolean | readonly string[];
export type SheetRow = Readonly<Record<string, Written>>;
/** Rows by section; a section that does not repeat has one. */
export type Sheet = Readonly<Record<string, readonly SheetRow[]>>;
export type SealedRows = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

/** Times that a section may be filled, as the server has it. */
export const REPEATS_MAX = 60;

export const isWritten = (value: Written | undefined): value is Written => value !== undefined && value !== '' && (!Array.isArray(value) || value.length > 0);

/** The rows of a section, at least one. */
export function rowsOf(sheet: Sheet, section: SectionShape): readonly SheetRow[] {
  const rows = sheet[section.section] ?? [];
  return rows.length === 0 ? [{}] : rows;
}

/** The place of a field as the server names it: with the row's number where a section that repeats was filled. */
export const placeOf = (section: SectionShape, row: number, field: string): string => (section.repeats ? `${section.section}.${row}.${field}` : `${section.section}.${field}`);

/** How many of the required answers are given. */
export function countGiven(section: SectionShape, sheet: Sheet): { asked: number; given: number } {
  const required = section.fields.filter((field) => field.required);
  const rows = rowsOf(sheet, section);
  return { asked: rows.length * required.length, given: rows.reduce((sum, row) => sum + required.filter((field) => isWritten(row[field.field])).length, 0) };
}

/** The same over a whole form. */
export function countForm(form: FormShape, sheet: Sheet): { asked: number; given: number } {
  return form.sections.map((section) => countGiven(section, sheet)).reduce((sum, one) => ({ asked: sum.asked + one.asked, given: sum.given + one.given }), { asked: 0, given: 0 });
}

/** A sheet with one field written anew. */
export function write(sheet: Sheet, section: SectionShape, at: number, field: string, value: Written | undefined): Sheet {
  const rows = rowsOf(sheet, section).map((row, place) => (place === at ? { ...row, [field]: value ?? '' } : row));
  return { ...sheet, [section.section]: rows };
}

export function addRow(sheet: Sheet, section: SectionShape): Sheet {
  const rows = rowsOf(sheet, section);
  return rows.length >= REPEATS_MAX ? sheet : { ...sheet, [section.section]: [...rows, {}] };
}

export function removeRow(sheet: Sheet, section: SectionShape, at: number): Sheet {
  return { ...sheet, [section.section]: rowsOf(sheet, section).filter((_, place) => place !== at) };
}

/** A sheet without what names natural persons: the part that may be kept on this machine. */
export function openPart(form: FormShape, sheet: Sheet): Sheet {
  return Object.fromEntries(form.sections.map((section) => [section.section, rowsOf(sheet, section).map((row) => pick(row, section.fields.filter((field) => !field.identity)))]));
}

function pick(row: SheetRow, fields: readonly FieldShape[]): SheetRow {
  return Object.fromEntries(fields.flatMap((field) => { const value = row[field.field]; return isWritten(value) ? [[field.field, value]] : []; }));
}

/** What is sent: open answers, what goes under the seal, and the places that are sealed for every row. */
export interface SplitForm {
  readonly answers: Asked<'fileForm'>['body']['answers'];
  readonly sealed: SealedRows;
  readonly sealedFields: string[];
}

/** Splits a sheet. A place counts as sealed only where each of its rows is given, so a gap is never hidden by the seal. */
export function splitForm(form: FormShape, sheet: Sheet): SplitForm {
  const answers: Record<string, Record<string, string | number | boolean | string[]>[]> = {};
  const sealed: Record<string, Record<string, string>[]> = {};
  const sealedFields: string[] = [];
  for (const section of form.sections) {
    const rows = rowsOf(sheet, section);
    const hidden = section.fields.filter((field) => field.identity);
    const open = rows.map((row) => openAnswers(row, section.fields));
    const closed = rows.map((row) => Object.fromEntries(hidden.flatMap((field) => { const value = row[field.field]; return isWritten(value) ? [[field.field, String(value)]] : []; })));
    if (rows.length > 1 || open.some((row) => Object.keys(row).length > 0)) answers[section.section] = open;
    if (closed.some((row) => Object.keys(row).length > 0)) sealed[section.section] = closed;
    sealedFields.push(...hidden.filter((field) => rows.every((row) => isWritten(row[field.field]))).map((field) => `${section.section}.${field.field}`));
  }
  return { answers, sealed, sealedFields };
}

function openAnswers(row: SheetRow, fields: readonly FieldShape[]): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(fields.filter((field) => !field.identity).flatMap((field): [string, string | number | boolean | string[]][] => {
    const value = row[field.field];
    if (!isWritten(value)) return [];
    if (typeof value === 'boolean') return [[field.field, value]];
    if (typeof value !== 'string') return [[field.field, [...value]]];
    return [[field.field, field.type === 'number' && /^\d{1,15}$/.test(value.trim()) ? Number(value.trim()) : value]];
  }));
}

/** A filed form's open answers as a sheet to go on from. */
export function sheetOf(answers: Asked<'fileForm'>['body']['answers']): Sheet {
  return Object.fromEntries(Object.entries(answers).map(([section, rows]) => [section, rows.map((row) => Object.fromEntries(Object.entries(row).map(([field, value]) => [field, typeof value === 'number' ? String(value) : value])))]));
}
