/** Which dialog of a dossier is open, and the way for its parts to open one. */
import { createContext, useContext } from 'react';
import type { DossierAnswer } from '../../src/contract/console.ts';

type StepOf = DossierAnswer['steps'][number];
export type Opened =
  | { readonly what: 'propose'; readonly step: StepOf | null }
  | { readonly what: 'rung'; readonly rung: DossierAnswer['ladder'][number] }
  | { readonly what: 'judge'; readonly gate: StepOf['gates'][number] }
  | { readonly what: 'screen' }
  | { readonly what: 'caps' }
  | { readonly what: 'conflict' }
  | { readonly what: 'moment'; readonly event: string | null }
  | { readonly what: 'letter'; readonly role: 'letter' | 'question' | 'decision' };

export const OpenDialog = createContext<(what: Opened) => void>(() => undefined);

/** Opens a dialog of the dossier that is shown. */
export const useOpen = (): ((what: Opened) => void) => useContext(OpenDialog);
