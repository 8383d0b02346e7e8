export type Step = 'leaf' | 'leaf-given' | 'path' | 'size' | 'signature' | 'consistency';
export type Check = { readonly step: Step; readonly ok: boolean; readonly detail: string };
import type { CheckpointAnswer, EntryAnswer, ProofAnswer } from '../src/contract/console.ts';
export async function verifyEntry(_e: EntryAnswer, p: ProofAnswer): Promise<Check[]> { return [{ step: 'leaf', ok: false, detail: p.leafHash }]; }
export async function verifyHead(_c: CheckpointAnswer, _f: (from: number, to: number) => Promise<unknown>): Promise<{ origin: string; size: number; root: string; checks: Check[]; before: number | null }> {
  return { origin: 'x', size: 1, root: 'x', checks: [], before: null };
}
export const contentText = (canonical: string): string => atob(canonical);
