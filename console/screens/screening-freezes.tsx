/** What is frozen on list matches: all of it for the authority, their own for a firm's people, by their own references. */
import { useState } from 'react';
import type { FreezeRow } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { FirmName, ProofLink, StateMark, Time, type Tone } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import '../style/screening.css';
import { useSession } from '../session.tsx';
import { DecisionForm, noteMin } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { LineField, TextField } from './dossier-form.tsx';
import { useScreeningAct } from './screening-act.ts';

const tones: Readonly<Record<FreezeRow['state'], Tone>> = { ordered: 'breach', acknowledged: 'met', 'to-release': 'due', 'release-ordered': 'due', released: 'wait' };

export function Freezes() {
  const { say } = useWords();
  const { firm } = useSession();
  return (
    <Answer query={useAnswer('freezes', {})} bones={6}>
      {(answer) => (answer.items.length === 0 ? <Empty title={say('freezes.none.title')}><p>{say(firm === null ? 'freezes.none.text' : 'freezes.none.desk')}</p></Empty> : <FreezeTable items={answer.items} />)}
    </Answer>
  );
}

export function FreezeTable(props: { items: readonly FreezeRow[] }) {
  const { say } = useWords();
  const { firm } = useSession();
  const [moving, move] = useState<{ readonly freeze: FreezeRow; readonly act: FreezeRow['open'][number] } | null>(null);
  return (
    <div className="box">
      <table className="table table--screened">
        <thead><tr><th>{say('column.state')}</th>{firm === null && <th>{say('column.firm')}</th>}<th>{say('freezes.customers')}</th><th>{say('hits.listed')}</th><th>{say('freezes.ordered')}</th><th className="num"><span className="hidden-text">{say('dossier.act')}</span></th></tr></thead>
        <tbody>{props.items.map((one) => <FreezeLine key={one.id} freeze={one} withFirm={firm === null} move={(act) => move({ freeze: one, act })} />)}</tbody>
      </table>
      {moving !== null && <MoveDialog freeze={moving.freeze} act={moving.act} onClose={() => move(null)} />}
    </div>
  );
}

function FreezeLine(props: { freeze: FreezeRow; withFirm: boolean; move: (act: FreezeRow['open'][number]) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { freeze } = props;
  return (
    <tr>
      <td className="wraps"><StateMark tone={tones[freeze.state]}>{say(`freezes.state.${freeze.state}`)}</StateMark>{freeze.contested && <span className="note block">{say('freezes.contested')} <bdi>{freeze.complaint}</bdi></span>}</td>
      {props.withFirm && <td className="wraps"><FirmName firm={freeze.firm} /></td>}
      <td className="wraps">{freeze.customers.slice(0, 20).map((one) => <bdi className="code block" key={one}>{one}</bdi>)}</td>
      <td className="wraps fills"><bdi dir="auto">{freeze.name}</bdi><span className="note block">{worded(freeze.title)} <bdi className="code">{freeze.entry}</bdi> · {worded(freeze.clause)}</span></td>
      <td className="wraps"><Time at={freeze.orderedAt} form="short" />{freeze.steps.slice(1).map((step) => <span className="note block" key={step.entry}>{say(stepWord(step.act))} <Time at={step.at} form="short" /> <ProofLink entry={step.entry} />{step.note !== '' && <bdi className="block" dir="auto">{step.note}</bdi>}</span>)}</td>
      <td className="num wraps">{freeze.open.map((act) => <button type="button" className="button button--small" key={act} onClick={() => props.move(act)}>{say(`freezes.act.${act}`)}<span className="hidden-text"> {freeze.id}</span></button>)}</td>
    </tr>
  );
}

const acts = ['order', 'acknowledge', 'complain', 'refuse', 'order-release', 'release'] as const;
const stepWord = (act: string) => `freezes.step.${acts.find((one) => one === act) ?? 'order'}` as const;

function MoveDialog(props: { freeze: FreezeRow; act: FreezeRow['open'][number]; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const [note, setNote] = useState('');
  const [complaint, setComplaint] = useState('');
  const { freeze, act } = props;
  const isFirm = act === 'acknowledge' || act === 'release';
  const deciding = useScreeningAct(() => call('moveFreeze', { params: { id: freeze.id }, body: { act, note: note.trim(), ...(act === 'complain' && complaint.trim() !== '' ? { complaint: complaint.trim() } : {}) } }), props.onClose);
  return (
    <DecisionForm label={say(`freezes.act.${act}`)} deciding={deciding} onClose={props.onClose} submit={say(`freezes.act.${act}`)} ready={isFirm || note.trim().length >= noteMin}>
      <dl className="dl">
        <dt>{say('freezes.customers')}</dt><dd>{freeze.customers.slice(0, 20).map((one) => <bdi className="code block" key={one}>{one}</bdi>)}</dd>
        <dt>{say('hits.listed')}</dt><dd><bdi dir="auto">{freeze.name}</bdi>, {worded(freeze.title)} <bdi className="code">{freeze.entry}</bdi></dd>
        <dt>{say('freezes.clause')}</dt><dd>{worded(freeze.clause)}</dd>
      </dl>
      {act === 'complain' && <LineField label={say('freezes.complaint')} max={40} value={complaint} onChange={setComplaint} />}
      <TextField label={say('freezes.note')} hint={say(isFirm ? `freezes.note.${act}` : 'freezes.note.authority')} max={2_000} rows={3} value={note} onChange={setNote} />
    </DecisionForm>
  );
}
