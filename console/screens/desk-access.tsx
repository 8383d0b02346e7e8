/**
 * The firm's own people and programs: who may sign in and with which office, which keys file for the firm. Letting in,
 * linking anew, ending and inviting ask for presence, and each is an entry with its reason. A link or code is shown
 * once, here, and nowhere again.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call, type Answered } from '../api.ts';
import { useActions, useMay } from '../actions.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { StateMark, Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useSession } from '../session.tsx';
import { DecisionForm, useDeciding } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { OwnFirm } from './desk-parts.tsx';

type Officer = Answered<'officers'>['items'][number];
type Key = Answered<'clients'>['items'][number];

/** Letters of a reason, as the contract has it. */
const basisMin = 3;

/** Which dialog is open, and about whom. */
type Open = { readonly what: 'person' | 'key' } | { readonly what: 'link' | 'end'; readonly officer: Officer } | { readonly what: 'revoke'; readonly key: Key } | { readonly what: 'secret'; readonly secret: Secret };
interface Secret {
  readonly of: string;
  readonly kind: 'link' | 'code';
  readonly text: string;
  readonly expires: number;
}

export function PeopleAndKeys() {
  return <OwnFirm>{(firm) => <Sheet code={firm.code} />}</OwnFirm>;
}

function Sheet(props: { code: string }) {
  const { say } = useWords();
  const may = useMay();
  const client = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const officers = useAnswer('officers', {}, may('staff.register'));
  const keys = useAnswer('clients', {}, may('client.revoke'));
  useActions([
    { name: 'let-in', label: say('desk.person.let-in'), group: 'here', permission: 'staff.register', keys: 'n', perform: () => setOpen({ what: 'person' }) },
    { name: 'invite-key', label: say('desk.key.invite'), group: 'here', permission: 'client.register', keys: 'i', perform: () => setOpen({ what: 'key' }) },
  ]);
  if (!may('staff.register') && !may('client.revoke')) return <Empty title={say('desk.access.none')}><p>{say('desk.access.none.text')}</p></Empty>;
  const close = (): void => setOpen(null);
  const done = (secret: Secret | null): void => {
    void Promise.all(['officers', 'clients'].map((name) => client.invalidateQueries({ queryKey: [name] })));
    setOpen(secret === null ? null : { what: 'secret', secret });
  };
  return (
    <>
      {may('staff.register') && (
        <section>
          <div className="head"><h2>{say('desk.people')}</h2><span className="head__note">{say('desk.people.note')}</span><span className="head__end"><button type="button" className="button button--primary" onClick={() => setOpen({ what: 'person' })}>{say('desk.person.let-in')}</button></span></div>
          <Answer query={officers} bones={3}>{(answer) => <PeopleTable items={answer.items} open={setOpen} />}</Answer>
        </section>
      )}
      <section>
        <div className="head"><h2>{say('desk.keys')}</h2><span className="head__note">{say('desk.keys.note')}</span><span className="head__end">{may('client.register') && <button type="button" className="button" onClick={() => setOpen({ what: 'key' })}>{say('desk.key.invite')}</button>}</span></div>
        <Answer query={keys} bones={3}>{(answer) => (answer.items.length === 0 ? <Empty title={say('desk.keys.none')}><p>{say('desk.keys.none.text')}</p></Empty> : <KeyTable items={answer.items} open={setOpen} />)}</Answer>
      </section>
      {open?.what === 'person' && <PersonDialog roles={officers.data?.roles ?? []} onDone={done} onClose={close} />}
      {open?.what === 'key' && <KeyDialog code={props.code} onDone={done} onClose={close} />}
      {(open?.what === 'link' || open?.what === 'end') && <AgainDialog what={open.what} officer={open.officer} onDone={done} onClose={close} />}
      {open?.what === 'revoke' && <RevokeDialog key={open.key.id} of={open.key} onDone={done} onClose={close} />}
      {open?.what === 'secret' && <SecretDialog secret={open.secret} onClose={close} />}
    </>
  );
}

function PeopleTable(props: { items: readonly Officer[]; open: (open: Open) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { staff } = useSession();
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('desk.person')}</th><th>{say('desk.account')}</th><th>{say('desk.office')}</th><th><span className="hidden-text">{say('desk.acts')}</span></th></tr></thead>
        <tbody>
          {props.items.map((one) => (
            <tr key={one.account}>
              <td className="fills"><bdi>{one.name}</bdi></td><td><bdi className="code">{one.account}</bdi></td><td>{one.roles.map((role) => worded(role.title)).join(say('comma'))}</td>
              <td className="desk-access__acts">{one.account === staff.id ? <span className="faint">{say('desk.person.you')}</span> : (
                <>
                  <button type="button" className="button" onClick={() => props.open({ what: 'link', officer: one })}>{say('desk.person.link')}<span className="hidden-text"> {one.name}</span></button>
                  <button type="button" className="button" onClick={() => props.open({ what: 'end', officer: one })}>{say('desk.person.end')}<span className="hidden-text"> {one.name}</span></button>
                </>
              )}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyTable(props: { items: readonly Key[]; open: (open: Open) => void }) {
  const { say } = useWords();
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('desk.key')}</th><th>{say('desk.key.id')}</th><th>{say('desk.key.algorithm')}</th><th>{say('desk.key.since')}</th><th>{say('column.state')}</th><th><span className="hidden-text">{say('desk.acts')}</span></th></tr></thead>
        <tbody>
          {props.items.map((one) => (
            <tr key={one.id}>
              <td className="fills"><bdi className="code">{one.id}</bdi></td><td><bdi className="code" title={one.keyId}>{one.keyId.slice(0, 12)}…</bdi></td><td className="faint"><bdi>{one.algorithm}</bdi></td><td className="soft"><Time at={one.registeredAt} form="date" /></td>
              <td>{one.revokedAt === null ? <StateMark tone="met">{say('desk.key.works')}</StateMark> : <StateMark tone="wait" icon="cross">{say('desk.key.revoked')} <Time at={one.revokedAt} form="date" /></StateMark>}</td>
              <td className="desk-access__acts">{one.revokedAt === null && <button type="button" className="button" onClick={() => props.open({ what: 'revoke', key: one })}>{say('desk.key.revoke')}<span className="hidden-text"> {one.id}</span></button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DialogProps {
  readonly onDone: (secret: Secret | null) => void;
  readonly onClose: () => void;
}

function Basis(props: { value: string; onChange: (text: string) => void }) {
  const { say } = useWords();
  return <label className="field"><span>{say('desk.basis')}</span><input className="input" dir="auto" maxLength={500} value={props.value} onChange={(event) => props.onChange(event.target.value)} /><span>{say('desk.basis.hint')}</span></label>;
}

const proven = (stepUp: string | undefined): { stepUp?: string } => (stepUp === undefined ? {} : { stepUp });
const nothingStale = (): void => undefined;
const linkOf = (answer: Answered<'linkOfficer'>): Secret => ({ of: answer.account, kind: 'link', text: answer.link, expires: answer.expires });

function PersonDialog(props: DialogProps & { roles: Answered<'officers'>['roles'] }) {
  const { say } = useWords();
  const worded = useWorded();
  const [account, setAccount] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState(props.roles[0]?.id ?? '');
  const [basis, setBasis] = useState('');
  const deciding = useDeciding((stepUp) => call('registerOfficer', { body: { account, name: name.trim(), roles: [role], basis: basis.trim(), ...proven(stepUp) } }), { done: (answer) => props.onDone(linkOf(answer)), stale: nothingStale });
  const ready = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(account) && name.trim() !== '' && role !== '' && basis.trim().length >= basisMin;
  return (
    <DecisionForm label={say('desk.person.let-in')} deciding={deciding} ready={ready} submit={say('desk.person.let-in')} onClose={props.onClose}>
      <label className="field"><span>{say('desk.person')}</span><input className="input" dir="auto" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} /></label>
      <label className="field"><span>{say('desk.account')}</span><input className="input" dir="ltr" maxLength={64} spellCheck={false} autoComplete="off" value={account} onChange={(event) => setAccount(event.target.value)} /><span>{say('desk.account.hint')}</span></label>
      <label className="field"><span>{say('desk.office')}</span><select className="input" value={role} onChange={(event) => setRole(event.target.value)}>{props.roles.map((one) => <option key={one.id} value={one.id}>{worded(one.title)}</option>)}</select></label>
      <Basis value={basis} onChange={setBasis} />
    </DecisionForm>
  );
}

function AgainDialog(props: DialogProps & { what: 'link' | 'end'; officer: Officer }) {
  const { say } = useWords();
  const [basis, setBasis] = useState('');
  const { account, name } = props.officer;
  const deciding = useDeciding(async (stepUp): Promise<Secret | null> => {
    const asked = { params: { account }, body: { basis: basis.trim(), ...proven(stepUp) } };
    if (props.what === 'link') return linkOf(await call('linkOfficer', asked));
    await call('endOfficer', asked);
    return null;
  }, { done: props.onDone, stale: nothingStale });
  return (
    <DecisionForm label={say(props.what === 'link' ? 'desk.person.link.title' : 'desk.person.end.title', { name })} deciding={deciding} ready={basis.trim().length >= basisMin} submit={say(props.what === 'link' ? 'desk.person.link' : 'desk.person.end')} onClose={props.onClose}>
      <p className="soft">{say(props.what === 'link' ? 'desk.person.link.text' : 'desk.person.end.text')}</p>
      <Basis value={basis} onChange={setBasis} />
    </DecisionForm>
  );
}

function KeyDialog(props: DialogProps & { code: string }) {
  const { say } = useWords();
  const [id, setId] = useState('');
  const [basis, setBasis] = useState('');
  const deciding = useDeciding((stepUp) => call('inviteClient', { body: { client: id, firm: props.code, basis: basis.trim(), ...proven(stepUp) } }), { done: (answer) => props.onDone({ of: answer.client, kind: 'code', text: answer.invitation, expires: answer.expires }), stale: nothingStale });
  return (
    <DecisionForm label={say('desk.key.invite')} deciding={deciding} ready={/^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$/.test(id) && basis.trim().length >= basisMin} submit={say('desk.key.invite')} onClose={props.onClose}>
      <p className="soft">{say('desk.key.invite.text')}</p>
      <label className="field"><span>{say('desk.key')}</span><input className="input" dir="ltr" maxLength={64} spellCheck={false} autoComplete="off" value={id} onChange={(event) => setId(event.target.value)} /><span>{say('desk.key.hint')}</span></label>
      <Basis value={basis} onChange={setBasis} />
    </DecisionForm>
  );
}

function RevokeDialog(props: DialogProps & { of: Key }) {
  const { say } = useWords();
  const [reason, setReason] = useState('');
  const deciding = useDeciding(async () => { await call('revokeClient', { params: { id: props.of.id }, body: { reason: reason.trim() } }); return null; }, { done: props.onDone, stale: nothingStale });
  return (
    <DecisionForm label={say('desk.key.revoke.title', { key: props.of.id })} deciding={deciding} ready={reason.trim().length >= basisMin} submit={say('desk.key.revoke')} onClose={props.onClose}>
      <p className="soft">{say('desk.key.revoke.text')}</p>
      <Basis value={reason} onChange={setReason} />
    </DecisionForm>
  );
}

/** What is shown once: whoever closes it without handing it over makes another. */
function SecretDialog(props: { secret: Secret; onClose: () => void }) {
  const { say } = useWords();
  const { secret } = props;
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret.text);
    setCopied(true);
  };
  const command: ReactNode = secret.kind === 'code' && <p className="note">{say('desk.secret.command')} <bdi dir="ltr" className="code code--wraps">{`npm run nigran -- client register --key=${secret.of}.json --origin=${location.origin} --code=${secret.text}`}</bdi></p>;
  return (
    <Dialog label={say('desk.secret.title')} firm onClose={props.onClose}>
      <div className="dialog__body">
        <h2>{say(secret.kind === 'link' ? 'desk.secret.link' : 'desk.secret.code', { of: secret.of })}</h2>
        <p className="soft">{say('desk.secret.once')} <Time at={secret.expires} form="short" /></p>
        <p><bdi dir="ltr" className="code code--wraps desk-access__secret">{secret.text}</bdi></p>
        {command}
        <div className="dialog__actions"><span role="status" className="note">{isCopied ? say('desk.secret.copied') : ''}</span><button type="button" className="button" onClick={() => void copy()}>{say('desk.secret.copy')}</button><button type="button" className="button button--primary" data-first onClick={props.onClose}>{say('action.close')}</button></div>
      </div>
    </Dialog>
  );
}
