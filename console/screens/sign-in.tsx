/**
 * The sign-in: a passkey, or in a demonstration a password and then a six-digit code. It stands at the
 * address that was asked for, and that view opens afterwards. A one-time link comes in here, too.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { House, Session } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { setClock } from '../clock.ts';
import { Icon } from '../parts/icon.tsx';
import { Answer } from '../parts/states.tsx';
import { Refused } from '../parts/refused.tsx';
import { passkeysWork, signInWithPasskey } from '../passkey.ts';
import { useAnswer } from '../read.ts';
import { LanguageLink } from '../shell/topbar.tsx';
import { useWorded, useWords } from '../words.tsx';
import { LinkSteps, openedLink } from './link.tsx';

export function SignIn() {
  const house = useAnswer('house', {});
  return (
    <div className={house.data?.synthetic === true ? 'entrance shell--synthetic' : 'entrance'}>
      <main className="sign-in"><Answer query={house}>{(data) => <Entrance house={data} />}</Answer></main>
    </div>
  );
}

function useEnter(): (session: Session) => void {
  const client = useQueryClient();
  return (session) => {
    setClock(session.now);
    client.setQueryData(['session'], session);
  };
}

function Entrance(props: { house: House }) {
  const { say } = useWords();
  const worded = useWorded();
  const { house } = props;
  const enter = useEnter();
  const passkey = useMutation({ mutationFn: signInWithPasskey, onSuccess: enter });
  const [link, setLink] = useState(openedLink);
  const [isAdded, setAdded] = useState(false);
  const added = (): void => {
    setLink(null);
    setAdded(true);
  };
  return (
    <>
      <div className="sign-in__brand"><Icon name="brand" /><span><b>{say('brand')}</b> <span className="faint">{worded(house.authority)}</span></span><LanguageLink /></div>
      <h1>{say(link === null ? 'sign-in.title' : 'link.title')}</h1>
      {house.synthetic && <p><span className="synthetic">{say('synthetic')}</span> <span className="note">{say('synthetic.text')}</span></p>}
      {link !== null && <LinkSteps link={link} done={added} />}
      {isAdded && <p className="note" role="status">{say('link.added')}</p>}
      {link === null && house.methods.includes('passkey') && (
        <div className="field">
          <button type="button" className={house.methods.includes('password') ? 'button button--wide' : 'button button--primary button--wide'} disabled={passkey.isPending || !passkeysWork()} onClick={() => passkey.mutate()}>
            <Icon name="key" />{say('sign-in.passkey')}
          </button>
          {!passkeysWork() && <span>{say('sign-in.passkey.none')}</span>}
          <Refused error={passkey.error} />
        </div>
      )}
      {link === null && house.methods.includes('password') && <PasswordSteps house={house} enter={enter} />}
    </>
  );
}

function PasswordSteps(props: { house: House; enter: (session: Session) => void }) {
  const { say } = useWords();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [ticket, setTicket] = useState<string | null>(null);
  const first = useMutation({ mutationFn: () => call('signInPassword', { body: { account, password } }), onSuccess: (answer) => setTicket(answer.ticket) });
  if (ticket !== null) return <CodeStep ticket={ticket} enter={props.enter} back={() => setTicket(null)} />;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    first.mutate();
  };
  return (
    <>
      <form className="sign-in__form" onSubmit={onSubmit}>
        <label className="field"><span>{say('sign-in.account')}</span><input className="input" name="username" autoComplete="username" dir="ltr" required value={account} onChange={(event) => setAccount(event.target.value)} /></label>
        <label className="field"><span>{say('sign-in.password')}</span><input className="input" name="password" type="password" autoComplete="current-password" dir="ltr" required value={password} onChange={(event) => setPassword(event.target.value)} /></label>
        <Refused error={first.error} />
        <button type="submit" className="button button--primary button--wide" disabled={first.isPending}>{say('sign-in.next')}</button>
      </form>
      <DemoAccounts house={props.house} take={setAccount} />
    </>
  );
}

function CodeStep(props: { ticket: string; enter: (session: Session) => void; back: () => void }) {
  const { say } = useWords();
  const hint = useId();
  const [code, setCode] = useState('');
  const second = useMutation({ mutationFn: () => call('signInTotp', { body: { ticket: props.ticket, code } }), onSuccess: props.enter });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (/^\d{6}$/.test(code)) second.mutate();
  };
  return (
    <form className="sign-in__form" onSubmit={onSubmit}>
      <label className="field">
        <span>{say('sign-in.code')}</span>
        <input className="input" name="code" inputMode="numeric" autoComplete="one-time-code" pattern="\d{6}" maxLength={6} dir="ltr" autoFocus required aria-describedby={hint} value={code} onChange={(event) => setCode(event.target.value)} />
        <span id={hint}>{say('sign-in.code.hint')}</span>
      </label>
      <Refused error={second.error} />
      <button type="submit" className="button button--primary button--wide" disabled={second.isPending}>{say('sign-in.title')}</button>
      <button type="button" className="button button--quiet button--wide" onClick={props.back}>{say('action.back')}</button>
    </form>
  );
}

function DemoAccounts(props: { house: House; take: (account: string) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { demoAccounts, demoHint } = props.house;
  if (demoAccounts.length === 0) return null;
  return (
    <section className="sign-in__demo">
      <div className="head"><h2>{say('sign-in.demo')}</h2></div>
      <ul>
        {demoAccounts.map((one) => (
          <li key={one.account}><button type="button" className="n" onClick={() => props.take(one.account)}><span className="code">{one.account}</span></button> <span className="faint"><bdi>{one.name}</bdi> · {worded(one.role)}</span></li>
        ))}
      </ul>
      {demoHint !== null && <p className="note">{worded(demoHint)}</p>}
    </section>
  );
}
