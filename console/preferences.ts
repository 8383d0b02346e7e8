/**
 * What a reader chose for this browser: language, theme, whether single keys act, whether the rail is
 * closed. Kept in localStorage; never sent. Where storage is refused (private windows) the choice lives as
 * long as the page.
 */
import { useSyncExternalStore } from 'react';
import * as z from 'zod';

const shape = z.object({
  language: z.enum(['en', 'ur']).default('en'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** WCAG 2.1.4: single-key shortcuts can be turned off. */
  keys: z.boolean().default(true),
  railClosed: z.boolean().default(false),
});
export type Preferences = z.infer<typeof shape>;
export type Language = Preferences['language'];

const storageKey = 'nigran.preferences';
const listeners = new Set<() => void>();
let current = read();

function read(): Preferences {
  let kept: unknown = {};
  try {
    kept = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
  } catch {
    kept = {};
  }
  const parsed = shape.safeParse(kept);
  const preferences = parsed.success ? parsed.data : shape.parse({});
  const asked = new URLSearchParams(location.search).get('lang');
  return asked === 'ur' || asked === 'en' ? { ...preferences, language: asked } : preferences;
}

export const preferences = (): Preferences => current;

/** Changes some choices, keeps them, and puts language, direction and theme on the page's root. */
export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Storage is refused: the choice lives as long as the page, which is what can be done.
  }
  applyToPage();
  for (const tell of listeners) tell();
}

export function applyToPage(): void {
  const root = document.documentElement;
  root.lang = current.language;
  root.dir = current.language === 'ur' ? 'rtl' : 'ltr';
  if (current.theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = current.theme;
}

export function usePreferences(): Preferences {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, preferences);
}
