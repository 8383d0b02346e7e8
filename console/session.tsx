/**
 * Who sits here. The session is read once and kept; without one the sign-in stands in place of the screen,
 * at the same address, so that after signing in the same view opens.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef } from 'react';
import type { Session } from '../src/contract/console.ts';
import { Refusal, call } from './api.ts';
import { MINUTE_US } from '../src/terms/index.ts';
import { setClock } from './clock.ts';
import { untouchedUs, watchPresence } from './presence.ts';

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
  useEffect(() => {
    const unlessEnded = (error: unknown): void => {
      if (error instanceof Refusal && error.problem.code === 'SESSION_REQUIRED') client.setQueryData(['session'], null);
    };
    const unread = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.query.queryKey[0] !== 'session') unlessEnded(event.query.state.error);
    });
    const undo = client.getMutationCache().subscribe((event) => { if (event.type === 'updated') unlessEnded(event.mutation.state.error); });
    return () => {
      unread();
      undo();
    };
  }, [client]);
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

/** Minutes without a key or a touch after which the session ends, as on the server, which is told with each request whether somebody is there. */
const idleMinutes = 30;
const lookMs = 15_000;

/** Signs out a person who has left. */
export function useIdleEnd(): void {
  const signOut = useSignOut();
  const leave = useRef(signOut);
  useEffect(() => { leave.current = signOut; });
  useEffect(() => {
    const stop = watchPresence();
    const timer = setInterval(() => { if (untouchedUs() > idleMinutes * MINUTE_US) void leave.current(); }, lookMs);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, []);
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await call('signOut', {}).catch((error: unknown) => { if (!(error instanceof Refusal)) throw error; });
    // The session's own answer stays and becomes null: whoever watches it shows the entrance. Everything else that was read is forgotten.
    client.setQueryData(['session'], null);
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  };
}
