/**
 * Complaints of the public: queues by what they are about, words opened one by one with a reason, referral, outcome. How
 * many lie in each queue stands above; what the public sees of them is counted by the house, never of one firm alone.
 */
import { Link, useSearch } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answered } from '../api.ts';
import { rupees } from '../figures.ts';
import { StateMark, Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { tabActive } from '../search.ts';
import { DecisionForm, noteMin, useDeciding } from '../shell/deciding.tsx';
import { useWords } from '../words.tsx';
import { LineField, TextField } from './dossier-form.tsx';

type Complaint = Answered<'complaints'>['complaints'][number];
type Words = Answered<'openComplaint'>;
type Open = { readonly what: 'open' | 'refer' | 'close'; readonly of: Complaint } | { readonly what: 'words'; readonly of: Complaint; readonly words: Words };

const queues = ['firm-first', 'conduct', 'warnings', 'elsewhere'] as const;
const outcomes = ['upheld', 'partly-upheld', 'not-upheld', 'not-for-the-authority', 'withdrawn'] as const;
const tones = { received: 'due', referred: 'wait', closed: 'met' } as const;

export function Complaints() {
  const { say } = useWords();
  const { queue, open: shown = 'true' } = useSearch({ from: '/complaints' });
  const [open, setOpen] = useState<Open | null>(null);
  const query = useAnswer('complaints', { query: { open: shown, ...(queue === undefined ? {} : { queue }) } });
  return (
    <>
      <nav className="tabs tabs--ruled" aria-label={say('nav.complaints')}>
        <Link to="/complaints" search={shown === 'true' ? {} : { open: shown }} activeOptions={tabActive} aria-current={queue === undefined ? 'page' : undefined}>{say('complaint.all')}</Link>
        {queues.map((one) => <QueueTab key={one} queue={one} shown={shown} isHere={one === queue} />)}
      </nav>
      <div className="head"><h2>{say(shown === 'true' ? 'complaint.open' : 'complaint.every')}</h2><span className="head__note"><a className="n" href="/register/market">{say('complaint.counted')}</a></span><span className="head__end"><Link className="button" to="/complaints" search={{ ...(queue === undefined ? {} : { queue }), ...(shown === 'true' ? { open: 'false' as const } : {}) }}>{say(shown === 'true' ? 'complaint.show-closed' : 'complaint.show-open')}</Link></span></div>
      <Answer query={query} bones={6}>{(answer) => (answer.complaints.length === 0 ? <Empty title={say('complaint.none')}><p>{say('complaint.none.text')}</p></Empty> : <ComplaintTable items={answer.complaints} open={setOpen} />)}</Answer>
      {open?.what === 'open' && <OpenDialog of={open.of} onOpened={(words) => setOpen({ what: 'words', of: open.of, words })} onClose={() => setOpen(null)} />}
      {open?.what === 'words' && <WordsDialog of={open.of} words={open.words} onClose={() => setOpen(null)} />}
      {(open?.what === 'refer' || open?.what === 'close') && <MoveDialog what={open.what} of={open.of} onClose={() => setOpen(null)} />}
    </>
  );
}

function QueueTab(props: { queue: (typeof queues)[number]; shown: 'true' | 'false'; isHere: boolean }) {
  const { say } = useWords();
  const { queue, shown } = props;
  const counted = useAnswer('complaints', { query: { queue, open: shown } });
  return <Link to="/complaints" search={{ queue, ...(shown === 'true' ? {} : { open: shown }) }} activeOptions={tabActive} aria-current={props.isHere ? 'page' : undefined}>{say(`complaint.queue.${queue}`)}<span className="count">{counted.data?.total}</span></Link>;
}

function ComplaintTable(props: { items: readonly Complaint[]; open: (open: Open) => void }) {
  const { say } = useWords();
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('complaint.number')}</th><th>{say('complaint.kind')}</th><th>{say('column.firm')}</th><th>{say('column.state')}</th><th>{say('complaint.received')}</th><th className="num">{say('complaint.loss')}</th><th><span className="hidden-text">{say('dossier.act')}</span></th></tr></thead>
        <tbody>
          {props.items.map((one) => (
            <tr key={one.complaint}>
              <td><bdi className="code">{one.complaint}</bdi></td><td>{kindWord(say, one.kind)}</td><td>{one.firm === null ? <span className="faint">–</span> : <span className="chip chip--firm">{one.firm}</span>}</td>
              <td className="wraps"><StateMark tone={tones[one.state]}>{say(`complaint.state.${one.state}`)}</StateMark>{one.outcome !== null && <span className="note"> {outcomeWord(say, one.outcome)}</span>}{one.referredTo !== null && <span className="note"> <bdi>{one.referredTo}</bdi></span>}</td>
              <td className="soft"><Time at={one.received} form="short" /></td><td className="num">{one.lossMinor === null ? '–' : rupees(one.lossMinor)}</td>
              <td className="num">
                <button type="button" className="button button--small" onClick={() => props.open({ what: 'open', of: one })}>{say('complaint.read')}<span className="hidden-text"> {one.complaint}</span></button>{' '}
                {one.state !== 'closed' && <><button type="button" className="button button--small" onClick={() => props.open({ what: 'refer', of: one })}>{say('complaint.refer')}<span className="hidden-text"> {one.complaint}</span></button>{' '}<button type="button" className="button button--small" onClick={() => props.open({ what: 'close', of: one })}>{say('complaint.close')}<span className="hidden-text"> {one.complaint}</span></button></>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Say = ReturnType<typeof useWords>['say'];
const kinds = ['withdrawal', 'fraud', 'impersonation', 'unlicensed', 'fees', 'identity', 'advertising', 'service', 'other'] as const;
function kindWord(say: Say, kind: string): string {
  const known = kinds.find((one) => one === kind);
  return known === undefined ? kind : say(`complaint.kind.${known}`);
}
function outcomeWord(say: Say, outcome: string): string {
  const known = outcomes.find((one) => one === outcome);
  return known === undefined ? outcome : say(`complaint.outcome.${known}`);
}

/** Reading a complaint is an act of its own: it names a reason and is an entry. */
function OpenDialog(props: { of: Complaint; onOpened: (words: Words) => void; onClose: () => void }) {
  const { say } = useWords();
  const [reason, setReason] = useState('');
  const deciding = useDeciding(() => call('openComplaint', { params: { complaint: props.of.complaint }, body: { reason: reason.trim() } }), { done: props.onOpened, stale: () => undefined });
  return (
    <DecisionForm label={say('complaint.read.title', { complaint: props.of.complaint })} deciding={deciding} ready={reason.trim().length >= noteMin} submit={say('complaint.read')} onClose={props.onClose}>
      <p className="soft">{say('complaint.read.text')}</p>
      <TextField label={say('dossier.reasons')} hint={say('decide.note.kept')} max={2_000} rows={2} value={reason} onChange={setReason} />
    </DecisionForm>
  );
}

function WordsDialog(props: { of: Complaint; words: Words; onClose: () => void }) {
  const { say } = useWords();
  const { words } = props;
  const nothing = useDeciding(() => Promise.resolve(null), { done: props.onClose, stale: () => undefined });
  return (
    <DecisionForm label={props.of.complaint} deciding={nothing} ready submit={say('action.close')} onClose={props.onClose} wide>
      <p className="words" dir="auto">{words.text}</p>
      <dl className="dl"><dt>{say('complaint.who')}</dt><dd><bdi>{words.name === '' ? '–' : words.name}</bdi></dd><dt>{say('complaint.contact')}</dt><dd><bdi>{words.contact === '' ? '–' : words.contact}</bdi></dd><dt>{say('column.firm')}</dt><dd><bdi>{words.firm === '' ? '–' : words.firm}</bdi></dd></dl>
    </DecisionForm>
  );
}

function MoveDialog(props: { what: 'refer' | 'close'; of: Complaint; onClose: () => void }) {
  const { say } = useWords();
  const client = useQueryClient();
  const { what, of } = props;
  const [to, setTo] = useState('');
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('upheld');
  const [redress, setRedress] = useState('');
  const [words, setWords] = useState('');
  const [note, setNote] = useState('');
  const again = (): void => void client.invalidateQueries({ queryKey: ['complaints'] });
  const own = what === 'refer' ? { to: 'referred' as const, referredTo: to.trim() } : { to: 'closed' as const, outcome, ...(redress.trim() === '' ? {} : { redressMinor: Math.round(Number(redress) * 100) }) };
  const deciding = useDeciding(() => call('moveComplaint', { params: { complaint: of.complaint }, body: { ...own, words: words.trim(), note: note.trim() } }), { done: () => { again(); props.onClose(); }, stale: again });
  const isWhole = what === 'refer' ? to.trim() !== '' : redress.trim() === '' || /^\d{1,12}(\.\d{1,2})?$/.test(redress.trim());
  return (
    <DecisionForm label={say(what === 'refer' ? 'complaint.refer.title' : 'complaint.close.title', { complaint: of.complaint })} deciding={deciding} ready={isWhole && words.trim().length >= noteMin} submit={say(what === 'refer' ? 'complaint.refer' : 'complaint.close')} onClose={props.onClose}>
      {what === 'refer' ? <LineField label={say('complaint.refer.to')} max={200} value={to} onChange={setTo} /> : (
        <>
          <label className="field"><span>{say('complaint.outcome')}</span><select className="input" value={outcome} onChange={(event) => setOutcome(outcomes.find((one) => one === event.target.value) ?? 'upheld')}>{outcomes.map((one) => <option key={one} value={one}>{say(`complaint.outcome.${one}`)}</option>)}</select></label>
          <LineField label={say('complaint.redress')} max={16} value={redress} onChange={setRedress} />
        </>
      )}
      <TextField label={say('complaint.words')} hint={say('complaint.words.hint')} max={2_000} rows={3} value={words} onChange={setWords} />
      <TextField label={say('column.note')} hint={say('complaint.note.hint')} max={4_000} rows={2} value={note} onChange={setNote} />
    </DecisionForm>
  );
}
