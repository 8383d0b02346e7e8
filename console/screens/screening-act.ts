/** Sends an act of screening and reads again what it touches. */
import { useQueryClient } from '@tanstack/react-query';
import { useDeciding, type Deciding } from '../shell/deciding.tsx';

const touched = ['hits', 'hit', 'lists', 'listChange', 'freezes', 'tuning', 'ledger'];

export function useScreeningAct<T>(send: (stepUp: string | undefined) => Promise<T>, done: (answer: T) => void): Deciding {
  const client = useQueryClient();
  const readAgain = async (): Promise<void> => void await Promise.all(touched.map((name) => client.invalidateQueries({ queryKey: [name] })));
  return useDeciding(send, { done: async (answer) => { done(answer); await readAgain(); }, stale: () => void readAgain() });
}
