/** What every act on warnings at the console shares. */
import { useQueryClient } from '@tanstack/react-query';
import type { Answered } from '../api.ts';
import { useDeciding, type Deciding } from '../shell/deciding.tsx';

export type Warnings = Answered<'warnings'>;
export type OneWarning = Warnings['warnings'][number];

/** Sends an act on warnings and reads the list again. */
export function useWarningAct<T>(send: (stepUp: string | undefined) => Promise<T>, done: () => void): Deciding {
  const client = useQueryClient();
  const again = (): void => void client.invalidateQueries({ queryKey: ['warnings'] });
  return useDeciding(send, { done: () => { again(); done(); }, stale: again });
}
