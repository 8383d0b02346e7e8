/** What may be done with a hit: confirm it, find another person until a day, second or send back, take back. Buttons, keys and palette play the same. */
import { useState } from 'react';
import { instantOf } from '../../src/terms/index.ts';
import type { HitAnswer } from '../../src/contract/console.ts';
import { useActions, useMay, type Action } from '../actions.tsx';
import { call } from '../api.ts';
import { now } from '../clock.ts';
import { timeText } from '../figures.ts';
import { Keys, PersonCode } from '../parts/marks.tsx';
import { DecisionForm, noteMin, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { TextField } from './dossier-form.tsx';
import { useScreeningAct } from './screening-act.ts';

type Open = 'confirm' | 'clear' | 'second' | null;
const isText = (kept: unknown): kept is string => typeof kept === 'string';
/** Days offered for a decision that a person is another: at most a year. */
const spans = [30, 90, 180, 365] as const;
const dayUs = 86_400_000_000;

export function HitActs(props: { answer: HitAnswer }) {
  const { say, language } = useWords();
  const may = useMay();
  const [open, setOpen] = useState<Open>(null);
  const { answer } = props;
  const { hit } = answer;
  const decideBlocked = hit.proposed !== null ? say('hit.blocked.waits') : answer.mayDecide ? null : say('hit.blocked.done');
  const secondBlocked = hit.proposed === null ? say('hit.blocked.nothing') : hit.isOwnProposal || answer.maySecond ? null : say('hit.blocked.own');
  const acts: readonly Action[] = [
    { name: 'hit-confirm', label: say('hit.confirm'), group: 'here', permission: 'screening.decide', keys: 'c', blocked: hit.state === 'open' ? decideBlocked : say('hit.blocked.done'), perform: () => setOpen('confirm') },
    { name: 'hit-clear', label: say('hit.clear'), group: 'here', permission: 'screening.decide', keys: 'x', blocked: decideBlocked, perform: () => setOpen('clear') },
    { name: 'hit-second', label: say(hit.isOwnProposal ? 'hit.take-back' : 'hit.second'), group: 'here', permission: 'screening.read', keys: 'y', blocked: secondBlocked, perform: () => setOpen('second') },
  ];
  useActions(acts);
  const proposed = hit.proposed;
  return (
    <div className="hit__acts">
      {acts.filter((act) => may(act.permission) && (act.name === 'hit-second') === (proposed !== null)).map((act) => (
        <button key={act.name} type="button" className={act.name === 'hit-second' ? 'button button--primary' : 'button'} disabled={act.blocked !== null} title={act.blocked ?? undefined} onClick={act.perform}>{act.label}{act.keys !== undefined && <Keys keys={act.keys} />}</button>
      ))}
      {proposed !== null && <span className="note">{proposed.act === 'confirm' ? say('hit.proposed.confirm') : say('hit.proposed.clear', { day: proposed.until === null ? '' : timeText(instantOf(proposed.until), 'date', language) })} · <bdi>{proposed.by.name}</bdi>. {secondBlocked}</span>}
      {(open === 'confirm' || open === 'clear') && <Decide answer={answer} act={open} onClose={() => setOpen(null)} />}
      {open === 'second' && <Second answer={answer} onClose={() => setOpen(null)} />}
    </div>
  );
}

function About(props: { answer: HitAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { hit } = props.answer;
  return (
    <dl className="dl">
      <dt>{say('hits.person')}</dt><dd><PersonCode id={hit.person} /></dd>
      <dt>{say('hits.listed')}</dt><dd><bdi dir="auto">{hit.name}</bdi>, {worded(hit.title)} <bdi className="code">{hit.entry}</bdi></dd>
      <dt>{say('hits.rests')}</dt><dd>{say(`hits.decision.${hit.decision}`)}, {say(`hits.ground.${hit.ground}`)}</dd>
    </dl>
  );
}

function Decide(props: { answer: HitAnswer; act: 'confirm' | 'clear'; onClose: () => void }) {
  const { say, language } = useWords();
  const { answer, act } = props;
  const { hit } = answer;
  const [seen] = useState(hit.seen);
  const [reason, write, forget] = useDraft(`${hit.id} ${act}`, '', isText);
  const [days, setDays] = useState<number>(90);
  const [until] = useState(() => new Map(spans.map((one) => [one as number, instantOf(now() + one * dayUs)])));
  const day = until.get(days);
  const deciding = useScreeningAct((stepUp) => call('decideHit', { params: { id: hit.id }, body: { act, reason: reason.trim(), seen, ...(act === 'clear' && day !== undefined ? { until: day } : {}), ...(stepUp === undefined ? {} : { stepUp }) } }), () => { forget(); props.onClose(); });
  return (
    <DecisionForm label={say(`hit.${act}`)} deciding={deciding} onClose={props.onClose} submit={say(`hit.${act}`)} ready={reason.trim().length >= noteMin}>
      <About answer={answer} />
      {act === 'clear' && (
        <label className="field"><span>{say('hit.until')}</span>
          <select className="input" value={days} onChange={(event) => setDays(Number(event.target.value))}>{spans.map((one) => <option key={one} value={one}>{timeText(until.get(one) ?? instantOf(0), 'date', language)}</option>)}</select>
        </label>
      )}
      <TextField label={say('decide.reason')} hint={say('decide.note.kept')} max={2_000} value={reason} onChange={write} />
      <p className="note">{say(`hit.${act}.note`)} {answer.takesTwo && say('hit.two')}</p>
    </DecisionForm>
  );
}

function Second(props: { answer: HitAnswer; onClose: () => void }) {
  const { say } = useWords();
  const { answer } = props;
  const { hit } = answer;
  const [seen] = useState(hit.seen);
  const [note, setNote] = useState('');
  const [closes, setCloses] = useState(hit.isOwnProposal);
  const deciding = useScreeningAct((stepUp) => call('secondHit', { params: { id: hit.id }, body: { verdict: closes ? 'send-back' : 'approve', note: note.trim(), seen, ...(stepUp === undefined ? {} : { stepUp }) } }), props.onClose);
  const reason = [...answer.steps].reverse().find((step) => step.what.startsWith('propose'))?.reason ?? '';
  return (
    <DecisionForm label={say('hit.second')} deciding={deciding} onClose={props.onClose} submit={say(!closes ? 'second.approve' : hit.isOwnProposal ? 'action.withdraw' : 'action.send-back')} ready={!closes || hit.isOwnProposal || note.trim().length >= noteMin}>
      <About answer={answer} />
      <dl className="dl"><dt>{say('decide.proposed')}</dt><dd>{say(hit.proposed?.act === 'clear' ? 'hit.clear' : 'hit.confirm')}, <bdi>{hit.proposed?.by.name}</bdi></dd><dt>{say('decide.reason')}</dt><dd className="words" dir="auto">{reason}</dd></dl>
      {!hit.isOwnProposal && <label className="choice"><input type="checkbox" checked={closes} onChange={(event) => setCloses(event.target.checked)} />{say('action.send-back')}</label>}
      {closes && <TextField label={say(hit.isOwnProposal ? 'decide.note.optional' : 'decide.note.why-back')} hint={say('decide.note.kept')} max={2_000} rows={3} value={note} onChange={setNote} />}
    </DecisionForm>
  );
}
