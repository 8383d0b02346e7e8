/** The menu of the person who sits here: language, theme, keys, passkey, sign out. */
import { useQueryClient } from '@tanstack/react-query';
import { prefer, usePreferences } from '../preferences.ts';
import { addPasskey, passkeysWork } from '../passkey.ts';
import { useSession, useSignOut } from '../session.tsx';
import { changeLanguage, useWords } from '../words.tsx';

const themes = { system: 'light', light: 'dark', dark: 'system' } as const;

export function WhoMenu(props: { id: string }) {
  const { say, language, words } = useWords();
  const chosen = usePreferences();
  const session = useSession();
  const signOut = useSignOut();
  const client = useQueryClient();
  const other = language === 'ur' ? 'en' : 'ur';
  const setLanguage = async (): Promise<void> => {
    await changeLanguage(words, other);
    prefer({ language: other });
  };
  const enrol = async (): Promise<void> => {
    client.setQueryData(['session'], await addPasskey());
  };
  return (
    <div className="menu menu--who" id={props.id} popover="auto">
      <button type="button" onClick={() => prefer({ theme: themes[chosen.theme] })}><span>{say('menu.theme')}</span><span>{say(`theme.${chosen.theme}`)}</span></button>
      <button type="button" onClick={() => void setLanguage()}><span>{say('menu.language')}</span><span lang={other}>{say('language.other')}</span></button>
      <button type="button" aria-pressed={chosen.keys} onClick={() => prefer({ keys: !chosen.keys })}><span>{say('menu.keys')}</span><span>{say(chosen.keys ? 'menu.on' : 'menu.off')}</span></button>
      <button type="button" aria-pressed={chosen.railClosed} onClick={() => prefer({ railClosed: !chosen.railClosed })}><span>{say('menu.rail')}</span><span>{say(chosen.railClosed ? 'menu.on' : 'menu.off')}</span></button>
      {passkeysWork() && <button type="button" onClick={() => void enrol()}><span>{say(session.hasPasskey ? 'menu.passkey.another' : 'menu.passkey')}</span></button>}
      <button type="button" onClick={() => void signOut()}><span>{say('menu.out')}</span></button>
    </div>
  );
}
