/**
 * A statutory return as the raw feed fills it: what each field stands at beside what was filed, and the draft that the
 * computed numbers make. Pure. A number that the feed holds replaces what a draft said of it; what it cannot hold is left
 * to the firm.
 */
import type { Answered } from './api.ts';
import type { Sheet } from './form-answers.ts';

export type ReturnField = Answered<'amlReturn'>['fields'][number];

/** How a field stands: `word`: the firm's own word; `unfiled`: computed and not filed; else the two agree or differ. */
export function fieldState(field: ReturnField): 'word' | 'unfiled' | 'differs' | 'agrees' {
  if (field.word) return 'word';
  if (field.filed === null) return 'unfiled';
  return field.differs ? 'differs' : 'agrees';
}

/** The sheet with the computed numbers in their fields. */
export function prefilled(sheet: Sheet, fields: readonly ReturnField[]): Sheet {
  const out: Record<string, Sheet[string]> = { ...sheet };
  for (const field of fields) {
    if (field.computed === null) continue;
    const [first = {}, ...rest] = out[field.section] ?? [];
    out[field.section] = [{ ...first, [field.field]: String(field.computed) }, ...rest];
  }
  return out;
}
