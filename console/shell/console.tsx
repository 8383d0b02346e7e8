/**
 * The shell: rail, top bar, work and the four-eyes bar. It stands around every screen, so the synthetic
 * mark, the live line and the waiting decisions are always in sight.
 */
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useMatches } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Session } from '../../src/contract/console.ts';
import { ActionBoard, useKeyboard } from '../actions.tsx';
import { openLine } from '../live.ts';
import { usePreferences } from '../preferences.ts';
import { SessionProvider, useIdleEnd, useSessionQuery } from '../session.tsx';
import { ErrorPanel } from '../parts/states.tsx';
import { openedLink } from '../screens/link.tsx';
import { SignIn } from '../screens/sign-in.tsx';
import { useWords } from '../words.tsx';
import { DecisionBar } from './bar.tsx';
import { CommandPalette, ShortcutHelp } from './palette.tsx';
import { Rail } from './rail.tsx';
import { ShellActions } from './shell-actions.tsx';
import { Topbar } from './topbar.tsx';

export function Console() {
  const session = useSessionQuery();
  if (session.data === null || openedLink() !== null) return <SignIn />;
  if (session.data !== undefined) {
    return (
      <SessionProvider value={session.data}>
        <ActionBoard permissions={session.data.permissions}><Shell session={session.data} /></ActionBoard>
      </SessionProvider>
    );
  }
  if (session.error !== null) return <main className="sign-in"><ErrorPanel error={session.error} again={() => void session.refetch()} /></main>;
  return null;
}

export type Open = 'palette' | 'help' | null;

function Shell(props: { session: Session }) {
  const { say } = useWords();
  const client = useQueryClient();
  const { railClosed } = usePreferences();
  const [open, setOpen] = useState<Open>(null);
  const matches = useMatches();
  const last = matches.at(-1);
  const title = say(last?.staticData.title ?? 'nav.nowhere');
  const isTriage = last?.routeId === '/alerts';
  useKeyboard();
  useIdleEnd();
  useEffect(() => openLine(client, () => client.setQueryData(['session'], null)), [client]);
  useEffect(() => { document.title = `${title} · ${say('brand')}`; }, [title, say]);
  const classes = ['shell', props.session.synthetic ? 'shell--synthetic' : '', railClosed || isTriage ? 'shell--closed' : ''];
  return (
    <div className={classes.filter((name) => name !== '').join(' ')}>
      <ShellActions open={setOpen} />
      <Rail />
      <Topbar title={title} path={last?.pathname ?? ''} openPalette={() => setOpen('palette')} />
      <main id="work" tabIndex={-1} className={isTriage ? 'work work--flush' : 'work'}><Outlet /></main>
      <DecisionBar />
      {open === 'palette' && <CommandPalette onClose={() => setOpen(null)} />}
      {open === 'help' && <ShortcutHelp onClose={() => setOpen(null)} />}
    </div>
  );
}
