/**
 * A one-time link opened: it adds a passkey to the account that it was made for, and nothing else. The link's word
 * stands behind `#`, so no server and no log sees it before the button is pressed; pressing it spends the link.
 */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api.ts';
import { Icon } from '../parts/icon.tsx';
import { Refused } from '../parts/refused.tsx';
import { addPasskey, passkeysWork } from '../passkey.ts';
import { useWords } from '../words.tsx';

/** The word of the link that this page was opened by; null on any other page. */
export function openedLink(): string | null {
  const word = location.hash.slice(1);
  return location.pathname === '/link' && word !== '' ? word : null;
}

/** The steps of a link. `done` is told when the passkey stands and the person can sign in with it. */
export function LinkSteps(props: { link: string; done: () => void }) {
  const { say } = useWords();
  // The link is spent by the first step; when the browser's own dialog is turned away, only the second is tried again.
  const [isSpent, setSpent] = useState(false);
  const add = useMutation({
    mutationFn: async () => {
      if (!isSpent) await call('signInLink', { body: { link: props.link } });
      setSpent(true);
      await addPasskey();
    },
    onSuccess: () => {
      history.replaceState(null, '', '/');
      props.done();
    },
  });
  return (
    <div className="field">
      <p className="note">{say('link.text')}</p>
      <button type="button" className="button button--primary button--wide" disabled={add.isPending || !passkeysWork()} onClick={() => add.mutate()}>
        <Icon name="key" />{say('link.add')}
      </button>
      {!passkeysWork() && <span>{say('sign-in.passkey.none')}</span>}
      <Refused error={add.error} />
    </div>
  );
}
