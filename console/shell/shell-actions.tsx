/** The actions that exist on every screen: going somewhere, the palette, the help, theme and language. */
import { useNavigate } from '@tanstack/react-router';
import { useActions, useMay, type Action } from '../actions.tsx';
import { prefer, preferences } from '../preferences.ts';
import { useSignOut } from '../session.tsx';
import { changeLanguage, useWords } from '../words.tsx';
import type { Open } from './console.tsx';
import { enters, places } from './rail.tsx';

/** The second key after `g` for each place. */
const goKeys: Readonly<Record<string, string>> = {
  '/desk': 'g p', '/desk/documents': 'g c', '/desk/letters': 'g m', '/desk/obligations': 'g b', '/desk/headroom': 'g r', '/desk/freezes': 'g z', '/desk/access': 'g k',
  '/overview': 'g o', '/alerts': 'g a', '/decisions': 'g d', '/screening': 'g x', '/firms': 'g f', '/applications': 'g p', '/obligations': 'g b', '/submissions': 'g s', '/events': 'g e', '/ledger': 'g l', '/engine': 'g h', '/framework/read': 'g w',
};

export function ShellActions(props: { open: (what: Open) => void }) {
  const { say, language, words } = useWords();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const may = useMay();
  const other = language === 'ur' ? 'en' : 'ur';
  const going = places.flat().filter((place) => enters(place, may)).map((place): Action => ({
    name: `go${place.to}`, label: say(place.word), group: 'go', permission: place.permission, ...(goKeys[place.to] === undefined ? {} : { keys: goKeys[place.to] }),
    perform: () => void navigate({ to: place.to }),
  }));
  useActions([
    ...going,
    { name: 'palette', label: say('palette.open'), group: 'settings', permission: null, keys: 'mod+k', perform: () => props.open('palette') },
    { name: 'help', label: say('help.open'), group: 'settings', permission: null, keys: '?', perform: () => props.open('help') },
    { name: 'theme', label: say('action.theme'), group: 'settings', permission: null, perform: () => prefer({ theme: isDark() ? 'light' : 'dark' }) },
    {
      name: 'language', label: say('action.language'), group: 'settings', permission: null,
      perform: () => void changeLanguage(words, other).then(() => prefer({ language: other })),
    },
    { name: 'sign-out', label: say('menu.out'), group: 'settings', permission: null, perform: () => void signOut() },
  ]);
  return null;
}

const isDark = (): boolean => preferences().theme === 'dark' || (preferences().theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
