/**
 * The office: who has a conflict of interest in which firm, and who stands in for whom. An officer declares their own at
 * the firm; another officer ends one. A deputy is proposed by one person and agreed to by another, neither of them the
 * deputy, for one role and a period, each with presence proven.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActions, useMay } from '../actions.tsx';
import { call, type Answered } from '../api.ts';
import { now } from '../clock.ts';
import { StateMark, Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { DecisionForm, noteMin, useDeciding } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { TextField, instantIn } from './dossier-form.tsx';

type Deputies = Answered<'deputies'>;
type Deputy = Deputies['items'][number];
type Conflict = Answered<'conflicts'>['items'][number];
type Open = { readonly what: 'propose' } | { readonly what: 'agree' | 'close'; readonly deputy: Deputy } | { readonly what: 'end'; readonly conflict: Conflict };

export function Office() {
  const { say } = useWords();
  const may = useMay();
  const [open, setOpen] = useState<Open | null>(null);
  const conflicts = useAnswer('conflicts', {});
  const deputies = useAnswer('deputies', {});
  useActions([{ name: 'deputy', label: say('office.propose'), group: 'here', permission: 'deputy.propose', keys: 'n', perform: () => setOpen({ what: 'propose' }) }]);
  const close = (): void => setOpen(null);
  return (
    <div className="stack">
      <section>
        <div className="head"><h2>{say('office.deputies')}</h2><span className="head__note">{say('office.deputies.note')}</span>{may('deputy.propose') && <span className="head__end"><button type="button" className="button button--primary" onClick={() => setOpen({ what: 'propose' })}>{say('office.propose')}</button></span>}</div>
        <Answer query={deputies} bones={3}>{(answer) => (answer.items.length === 0 ? <Empty title={say('office.deputies.none')}><p>{say('office.deputies.none.text')}</p></Empty> : <DeputyTable items={answer.items} open={setOpen} />)}</Answer>
      </section>
      <section>
        <div className="head"><h2>{say('office.conflicts')}</h2><span className="head__note">{say('office.conflicts.note')}</span></div>
        <Answer query={conflicts} bones={3}>{(answer) => (answer.items.length === 0 ? <Empty title={say('office.conflicts.none')}><p>{say('office.conflicts.none.text')}</p></Empty> : <ConflictTable items={answer.items} open={setOpen} />)}</Answer>
      </section>
      {open?.what === 'propose' && deputies.data !== undefined && <ProposeDialog answer={deputies.data} onClose={close} />}
      {(open?.what === 'agree' || open?.what === 'close') && <DeputyDialog what={open.what} deputy={open.deputy} onClose={close} />}
      {open?.what === 'end' && <EndDialog conflict={open.conflict} onClose={close} />}
    </div>
  );
}

function DeputyTable(props: { items: readonly Deputy[]; open: (open: Open) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('office.deputy')}</th><th>{say('office.for')}</th><th>{say('office.role')}</th><th>{say('office.matters')}</th><th>{say('office.period')}</th><th>{say('column.state')}</th><th><span className="hidden-text">{say('dossier.act')}</span></th></tr></thead>
        <tbody>
          {props.items.map((one) => (
            <tr key={one.proposal}>
              <td><bdi>{one.deputyName}</bdi></td><td><bdi>{one.name}</bdi></td><td>{worded(one.role.title)}</td><td className="wraps">{say(`office.matters.${one.matters}`)}</td>
              <td className="soft"><Time at={one.from} form="date" /> – <Time at={one.to} form="date" /></td>
              <td><StateMark tone={one.state === 'set' ? 'met' : 'due'}>{say(one.state === 'set' ? 'office.set' : 'office.waits')}</StateMark></td>
              <td className="num">
                {one.maySecond && <button type="button" className="button button--small" onClick={() => props.open({ what: 'agree', deputy: one })}>{say('second.approve')}<span className="hidden-text"> {one.deputyName}</span></button>}{' '}
                {may('deputy.propose') && <button type="button" className="n" onClick={() => props.open({ what: 'close', deputy: one })}>{say(closing(one))}<span className="hidden-text"> {one.deputyName}</span></button>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const closing = (one: Deputy): 'office.relieve' | 'action.withdraw' | 'action.send-back' => (one.state === 'set' ? 'office.relieve' : one.mine ? 'action.withdraw' : 'action.send-back');

function ConflictTable(props: { items: readonly Conflict[]; open: (open: Open) => void }) {
  const { say } = useWords();
  const may = useMay();
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('office.officer')}</th><th>{say('column.firm')}</th><th><span className="hidden-text">{say('dossier.act')}</span></th></tr></thead>
        <tbody>
          {props.items.map((one) => (
            <tr key={`${one.account} ${one.firm}`}>
              <td className="fills"><bdi>{one.name}</bdi>{one.mine && <span className="faint"> {say('desk.person.you')}</span>}</td><td><span className="chip chip--firm">{one.firm}</span></td>
              <td className="num">{may('conflict.end') && !one.mine && <button type="button" className="n" onClick={() => props.open({ what: 'end', conflict: one })}>{say('office.end')}<span className="hidden-text"> {one.name}, {one.firm}</span></button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const proven = (stepUp: string | undefined): { stepUp?: string } => (stepUp === undefined ? {} : { stepUp });

/** Sends an act of the office and reads its lists again. */
function useOffice<T>(send: (stepUp: string | undefined) => Promise<T>, done: () => void) {
  const client = useQueryClient();
  const again = (): void => void Promise.all(['conflicts', 'deputies', 'dossier', 'session'].map((name) => client.invalidateQueries({ queryKey: [name] })));
  return useDeciding(send, { done: () => { again(); done(); }, stale: again });
}

const dayText = (at: number): string => new Date(at / 1000 + 5 * 3_600_000).toISOString().slice(0, 10);
const DAYS_MEANT = 14;

function ProposeDialog(props: { answer: Deputies; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { officers } = props.answer;
  const [account, setAccount] = useState(officers[0]?.account ?? '');
  const [deputy, setDeputy] = useState('');
  const [role, setRole] = useState('');
  const [matters, setMatters] = useState<'conflicts' | 'all'>('conflicts');
  const [from, setFrom] = useState(() => dayText(now()));
  const [to, setTo] = useState(() => dayText(now() + DAYS_MEANT * 86_400_000_000));
  const [reason, setReason] = useState('');
  const roles = officers.find((one) => one.account === account)?.roles ?? [];
  const chosen = roles.some((one) => one.id === role) ? role : roles[0]?.id ?? '';
  const [begins, ends] = [instantIn(`${from}T00:00`), instantIn(`${to}T00:00`)];
  const deciding = useOffice((stepUp) => call('proposeDeputy', { body: { account, deputy, role: chosen, matters, from: begins ?? 0, to: ends ?? 0, reason: reason.trim(), ...proven(stepUp) } }), props.onClose);
  const ready = deputy !== '' && deputy !== account && chosen !== '' && begins !== undefined && ends !== undefined && begins < ends && reason.trim().length >= noteMin;
  return (
    <DecisionForm label={say('office.propose')} deciding={deciding} ready={ready} submit={say('office.propose')} onClose={props.onClose}>
      <label className="field"><span>{say('office.for')}</span><select className="input" value={account} onChange={(event) => setAccount(event.target.value)}>{officers.map((one) => <option key={one.account} value={one.account}>{one.name}</option>)}</select></label>
      <label className="field"><span>{say('office.role')}</span><select className="input" value={chosen} onChange={(event) => setRole(event.target.value)}>{roles.map((one) => <option key={one.id} value={one.id}>{worded(one.title)}</option>)}</select></label>
      <label className="field"><span>{say('office.deputy')}</span><select className="input" value={deputy} onChange={(event) => setDeputy(event.target.value)}><option value="">–</option>{officers.filter((one) => one.account !== account).map((one) => <option key={one.account} value={one.account}>{one.name}</option>)}</select></label>
      <fieldset className="field">
        <legend>{say('office.matters')}</legend>
        {(['conflicts', 'all'] as const).map((one) => <label key={one} className="choice"><input type="radio" name="matters" checked={matters === one} onChange={() => setMatters(one)} />{say(`office.matters.${one}`)}</label>)}
      </fieldset>
      <label className="field"><span>{say('office.from')}</span><input className="input" type="date" value={from} onChange={(event) => setFrom(event.target.value)} /></label>
      <label className="field"><span>{say('office.to')}</span><input className="input" type="date" value={to} onChange={(event) => setTo(event.target.value)} /><span>{say('office.to.hint')}</span></label>
      <TextField label={say('dossier.reasons')} hint={say('decide.note.kept')} max={2_000} rows={3} value={reason} onChange={setReason} />
    </DecisionForm>
  );
}

function DeputyDialog(props: { what: 'agree' | 'close'; deputy: Deputy; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { what, deputy } = props;
  const [note, setNote] = useState('');
  const params = { proposal: deputy.proposal };
  const deciding = useOffice((stepUp) => (what === 'agree' ? call('agreeDeputy', { params, body: proven(stepUp) }) : call('closeDeputy', { params, body: { note: note.trim() } })), props.onClose);
  const label = say(what === 'agree' ? 'office.agree' : closing(deputy));
  const needsNote = what === 'close' && !(deputy.state === 'waits' && deputy.mine);
  return (
    <DecisionForm label={label} deciding={deciding} ready={!needsNote || note.trim().length >= noteMin} submit={what === 'agree' ? say('second.approve') : label} onClose={props.onClose}>
      <dl className="dl">
        <dt>{say('office.deputy')}</dt><dd><bdi>{deputy.deputyName}</bdi></dd>
        <dt>{say('office.for')}</dt><dd><bdi>{deputy.name}</bdi>, {worded(deputy.role.title)}</dd>
        <dt>{say('office.matters')}</dt><dd>{say(`office.matters.${deputy.matters}`)}</dd>
        <dt>{say('office.period')}</dt><dd><Time at={deputy.from} form="date" /> – <Time at={deputy.to} form="date" /></dd>
        <dt>{say('decide.proposed')}</dt><dd><bdi>{deputy.proposedBy}</bdi></dd>
        <dt>{say('decide.reason')}</dt><dd className="words" dir="auto">{deputy.reason}</dd>
      </dl>
      {what === 'close' && <TextField label={say('column.note')} hint={say('decide.note.kept')} max={2_000} rows={3} value={note} onChange={setNote} />}
    </DecisionForm>
  );
}

function EndDialog(props: { conflict: Conflict; onClose: () => void }) {
  const { say } = useWords();
  const { account, firm, name } = props.conflict;
  const [reason, setReason] = useState('');
  const deciding = useOffice(() => call('endConflict', { params: { account }, body: { firm, reason: reason.trim() } }), props.onClose);
  return (
    <DecisionForm label={say('office.end.title', { name, firm })} deciding={deciding} ready={reason.trim().length >= noteMin} submit={say('office.end')} onClose={props.onClose}>
      <TextField label={say('dossier.reasons')} hint={say('decide.note.kept')} max={2_000} rows={3} value={reason} onChange={setReason} />
    </DecisionForm>
  );
}

/** An officer declares a conflict of interest in a firm, at its dossier. */
export function DeclareDialog(props: { code: string; name: string; onClose: () => void }) {
  const { say } = useWords();
  const [reason, setReason] = useState('');
  const deciding = useOffice(() => call('declareConflict', { body: { firm: props.code, reason: reason.trim() } }), props.onClose);
  return (
    <DecisionForm label={say('conflict.declare')} deciding={deciding} ready={reason.trim().length >= noteMin} submit={say('conflict.declare.submit')} onClose={props.onClose}>
      <p className="soft">{say('conflict.declare.text', { firm: props.name })}</p>
      <TextField label={say('dossier.reasons')} hint={say('decide.note.kept')} max={2_000} rows={3} value={reason} onChange={setReason} />
    </DecisionForm>
  );
}
