/** Days as a pack writes them, `2026-03-07`, read as Asia/Karachi days: that is what caps and clocks are kept by. */

import { parseKarachiDay, type KarachiDay } from '../terms/index.ts';

/** A day that the form has found to exist; NaN, which nothing equals, for any other text. */
export function dayOf(text: string): KarachiDay {
  return parseKarachiDay(text) ?? Number.NaN;
}
