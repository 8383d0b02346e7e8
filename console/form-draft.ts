/**
 * Drafts of forms, kept in this browser until they are filed: by account, form and subject, the open answers alone.
 * What names a natural person is never written here. Where storage is refused or full, a draft lives as long as the
 * page and the form says so. Bounded: so many drafts, each so long; the oldest gives way.
 */
import * as z from 'zod';
import { now } from './clock.ts';
import type { Sheet } from './form-answers.ts';

const draftsMax = 60;
/** UTF-16 units of a draft: twice the longest text of a form. A browser keeps about five million for a house. */
const lengthMax = 60_000;
const prefix = 'nigran.draft.';
const shape = z.object({ at: z.number(), sheet: z.record(z.string(), z.array(z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])))) });

export type Draft = { readonly at: number; readonly sheet: Sheet };

export const draftKey = (account: string, firm: string, form: string, about: string): string => `${prefix}${account}/${firm}/${form}/${about}`;

/** The draft, or null where none is kept or it cannot be read. */
export function readDraft(key: string): Draft | null {
  try {
    const kept = shape.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}

/** Keeps a draft; gives when, or null when this browser does not keep it. */
export function keepDraft(key: string, sheet: Sheet): number | null {
  const at = now();
  const text = JSON.stringify({ at, sheet });
  if (text.length > lengthMax) return null;
  try {
    for (const old of draftKeys().filter((one) => one !== key).slice(draftsMax - 1)) localStorage.removeItem(old);
    localStorage.setItem(key, text);
    return at;
  } catch {
    return null;
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Where storage is refused nothing was kept.
  }
}

/** Subjects of a form of which a draft is kept. */
export function draftsOf(account: string, firm: string, form: string): string[] {
  const start = draftKey(account, firm, form, '');
  try {
    return draftKeys().filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
  } catch {
    return [];
  }
}

/** Keys of all drafts, the newest first. */
function draftKeys(): string[] {
  const keys = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place) ?? '').filter((key) => key.startsWith(prefix));
  return keys.toSorted((a, b) => (readDraft(b)?.at ?? 0) - (readDraft(a)?.at ?? 0));
}
