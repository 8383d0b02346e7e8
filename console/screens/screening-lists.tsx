/**
 * Lists: which version of each the house holds, how old it is, whether people were run against it, what was held back,
 * and what a version changed with how many people that concerns. A newer state is taken in here; a loss is confirmed by
 * another person than the one who took it in.
 */
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ListRow } from '../../src/contract/console.ts';
import { useActions, useMay } from '../actions.tsx';
import { call } from '../api.ts';
import { span, whole } from '../figures.ts';
import { ProofLink, StateMark, Time } from '../parts/marks.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { DecisionForm, noteMin } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { TextField } from './dossier-form.tsx';
import { useScreeningAct } from './screening-act.ts';
import { ListChange } from './screening-change.tsx';
import { TakeDialog } from './screening-take.tsx';

type Held = ListRow['held'][number];

export function Lists() {
  const { say } = useWords();
  const may = useMay();
  const { list, version } = useSearch({ from: '/screening' });
  const [taking, take] = useState(false);
  const [held, confirm] = useState<{ readonly row: ListRow; readonly held: Held } | null>(null);
  useActions([{ name: 'take-list', label: say('lists.take'), group: 'here', permission: 'list.take', keys: 'n', perform: () => take(true) }]);
  return (
    <>
      {may('list.take') && <p className="filters filters--top"><span className="end"><button type="button" className="button" onClick={() => take(true)}>{say('lists.take')}</button></span></p>}
      <Answer query={useAnswer('lists', {})} bones={6}>
        {(answer) => {
          const chosen = answer.lists.find((one) => one.list === list && one.holds === 'names') ?? answer.lists.find((one) => one.holds === 'names');
          return (
            <>
              <ListTable lists={answer.lists} missing={answer.missing} confirm={confirm} />
              {chosen !== undefined && <div className="screening"><Versions row={chosen} /><ListChange key={[chosen.list, version ?? chosen.version].join(' ')} list={chosen.list} version={chosen.versions.some((one) => one.version === version) && version !== undefined ? version : chosen.version} /></div>}
            </>
          );
        }}
      </Answer>
      {taking && <TakeDialog onClose={() => take(false)} />}
      {held !== null && <ConfirmDialog row={held.row} held={held.held} onClose={() => confirm(null)} />}
    </>
  );
}

function ListTable(props: { lists: readonly ListRow[]; missing: readonly { readonly list: string; readonly title: ListRow['title']; readonly force: ListRow['force'] }[]; confirm: (of: { row: ListRow; held: Held }) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('hits.list')}</th><th>{say('column.state')}</th><th>{say('lists.version')}</th><th>{say('lists.age')}</th><th className="num">{say('lists.entries')}</th><th className="num">{say('lists.set-aside')}</th><th>{say('lists.applied')}</th><th className="num">{say('lists.open')}</th></tr></thead>
        <tbody>
          {props.lists.map((row) => <ListLine key={`${row.list} ${row.holds}`} row={row} confirm={props.confirm} />)}
          {props.missing.map((one) => <tr key={one.list}><td className="wraps">{worded(one.title)}<span className="note block">{say(`hits.force.${one.force}`)}</span></td><td><StateMark tone="breach">{say('lists.missing')}</StateMark></td><td className="wraps faint" colSpan={6}>{say('lists.missing.what')}</td></tr>)}
        </tbody>
      </table>
    </div>
  );
}

function ListLine(props: { row: ListRow; confirm: (of: { row: ListRow; held: Held }) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const { row } = props;
  const isNames = row.holds === 'names';
  return (
    <tr>
      <td className="wraps">{isNames ? <Link className="n" to="/screening" search={{ view: 'lists', list: row.list }}>{worded(row.title)}</Link> : worded(row.title)}<span className="note block">{say(isNames ? 'lists.names' : 'lists.wallets')} · {say(`hits.force.${row.force}`)}</span></td>
      <td className="wraps"><StateMark tone={row.held.length > 0 ? 'breach' : row.isStale ? 'due' : 'met'}>{say(row.held.length > 0 ? 'lists.held' : row.isStale ? 'lists.stale' : 'lists.fresh')}</StateMark>
        {row.held.map((held) => <span className="note block" key={held.entry}>{say('lists.held.what', { version: held.version, count: whole(held.count), last: whole(held.lastGoodCount) })} {isNames && may('list.take') && (held.isOwn ? say('lists.held.own') : <button type="button" className="n" onClick={() => props.confirm({ row, held })}>{say('lists.held.confirm')}</button>)}</span>)}</td>
      <td><bdi>{row.version}</bdi> <ProofLink entry={row.entry} /></td>
      <td>{span(row.ageUs / 1_000, say)}</td>
      <td className="num">{whole(row.count)}</td><td className="num">{whole(row.quarantined)}</td>
      <td className="wraps">{!isNames ? null : row.appliedAt === null ? <StateMark tone="due">{say('lists.applied.not')}</StateMark> : <Time at={row.appliedAt} form="short" />}</td>
      <td className="num">{isNames && (may('screening.read') ? <Link className="n" to="/screening" search={{ list: row.list }}>{whole(row.openHits)}</Link> : whole(row.openHits))}</td>
    </tr>
  );
}

function Versions(props: { row: ListRow }) {
  const { say } = useWords();
  const worded = useWorded();
  const { row } = props;
  return (
    <section>
      <div className="head"><h2>{say('lists.versions', { list: worded(row.title) })}</h2><span className="head__note">{row.publisher}</span></div>
      <div className="box">
        <table className="table">
          <thead><tr><th>{say('lists.version')}</th><th>{say('lists.known')}</th><th className="num">{say('lists.entries')}</th><th className="num">{say('column.proof')}</th></tr></thead>
          <tbody>{row.versions.map((one) => <tr key={one.entry}><td><Link className="n" to="/screening" search={{ view: 'lists', list: row.list, version: one.version }}><bdi>{one.version}</bdi></Link></td><td><Time at={one.admittedAt} form="short" /></td><td className="num">{whole(one.count)}</td><td className="num"><ProofLink entry={one.entry} /></td></tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}

function ConfirmDialog(props: { row: ListRow; held: Held; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const [reason, setReason] = useState('');
  const { row, held } = props;
  const deciding = useScreeningAct((stepUp) => call('confirmHeld', { params: { entry: held.entry }, body: { reason: reason.trim(), ...(stepUp === undefined ? {} : { stepUp }) } }), props.onClose);
  return (
    <DecisionForm label={say('lists.held.confirm')} deciding={deciding} onClose={props.onClose} submit={say('lists.held.confirm')} ready={reason.trim().length >= noteMin}>
      <p><b>{worded(row.title)}</b>. {say('lists.held.what', { version: held.version, count: whole(held.count), last: whole(held.lastGoodCount) })}</p>
      <TextField label={say('decide.reason')} hint={say('decide.note.kept')} max={2_000} value={reason} onChange={setReason} />
    </DecisionForm>
  );
}
