/**
 * Who sits here. The session is read once and kept; without one the sign-in stands in place of the screen,
 * at the same address, so that after signing in the same view opens.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect } from 'react';
import type { Session } from '../src/contract/console.ts';
import { Refusal, call } from './api.ts';
import { setClock } from './clock.ts';

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext;

/** The session of the reader; only for what is drawn inside the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('a screen is drawn only for someone who is signed in');
  return session;
}

/** Reads the session: null is "nobody is signed in". */
export function useSessionQuery() {
  const client = useQueryClient();
  useEffect(() => client.getQueryCache().subscribe((event) => {
    const error: unknown = event.query.state.error;
    const isOther = event.query.queryKey[0] !== 'session';
    if (isOther && event.type === 'updated' && error instanceof Refusal && error.problem.code === 'SESSION_REQUIRED') client.setQueryData(['session'], null);
  }), [client]);
  return useQuery({
    queryKey: ['session'],
    queryFn: async (): Promise<Session | null> => {
      const { session } = await call('session', {});
      if (session !== null) setClock(session.now);
      return session;
    },
    staleTime: 60_000,
  });
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await call('signOut', {}).catch((error: unknown) => { if (!(error instanceof Refusal)) throw error; });
    client.clear();
    client.setQueryData(['session'], null);
  };
}
