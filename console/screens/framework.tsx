/**
 * The framework in force: every value with its status and its clause, conflicts in the law first. A row opens
 * what stands behind it. What is unset shows as unset, and an assumption or a draft never as law; the search is
 * over all that the page holds, in both languages at once.
 */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, useDeferredValue, useId, useMemo, useRef } from 'react';
import type { FrameworkAnswer, FrameworkRow } from '../../src/contract/console.ts';
import { useActions, useMay } from '../actions.tsx';
import { SourceTag } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';
import '../style/framework.css';

type Part = FrameworkAnswer['parts'][number];

export function Framework() {
  return <Answer query={useAnswer('framework', {})} bones={16}>{(answer) => <Sheet answer={answer} />}</Answer>;
}

/** A day keeps its order inside a sentence that runs from right to left (Unicode isolates). */
const leftToRight = (day: string): string => `\u2066${day}\u2069`;

/** All texts of a row, to be searched. */
const textOf = (row: FrameworkRow): string => JSON.stringify([row.id, row.title, row.line, row.facts, row.clause, row.status, row.about, row.note]).toLowerCase();

function Sheet(props: { answer: FrameworkAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { answer } = props;
  const { q, past } = useSearch({ from: '/framework/read' });
  const navigate = useNavigate({ from: '/framework/read' });
  const may = useMay();
  const field = useRef<HTMLInputElement>(null);
  useActions([{ name: 'search-framework', label: say('framework.search'), group: 'here', permission: null, keys: '/', perform: () => field.current?.focus() }]);
  const texts = useMemo(() => new Map(answer.parts.flatMap((part) => part.rows.map((row) => [row, textOf(row)] as const))), [answer]);
  const wanted = useDeferredValue(q?.toLowerCase() ?? '');
  const parts = answer.parts.map((part) => ({ ...part, rows: part.rows.filter((row) => (past === 'yes' || row.when !== 'past') && (texts.get(row) ?? '').includes(wanted)) })).filter((part) => part.rows.length > 0);
  const count = parts.reduce((sum, part) => sum + part.rows.length, 0);
  return (
    <div className="framework">
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <input ref={field} className="input input--inline" type="search" maxLength={100} aria-label={say('framework.search')} placeholder={say('framework.search')} value={q ?? ''} onChange={(event) => void navigate({ search: (before) => ({ ...before, q: event.target.value === '' ? undefined : event.target.value }), replace: true })} />
        <label className="choice"><input type="checkbox" checked={past === 'yes'} onChange={(event) => void navigate({ search: (before) => ({ ...before, past: event.target.checked ? 'yes' : undefined }), replace: true })} />{say('framework.past')}</label>
        <span className="end note" role="status">{say('framework.found', { count })}</span>
      </form>
      <section className="aside"><h2>{worded(answer.title)}</h2><p><b>{say('framework.sources')}.</b> {worded(answer.evidence)}</p><p>{say('framework.law')}</p>
        <p className="note">{say('framework.revision', { revision: answer.revision, day: leftToRight(answer.day) })} <bdi dir="ltr" className="code">{answer.hash.slice(0, 16)}</bdi> · <a href="/framework">{say('framework.public')}</a>{may('ledger.read') && <> · <Link className="n" to="/framework/adoption">{say('pack.adoption')}</Link></>}</p></section>
      {wanted === '' && <Flags answer={answer} />}
      {count === 0 ? <Empty title={say('framework.none.title')}><p>{say('framework.none.text')}</p></Empty> : parts.map((part) => <PartTable key={part.kind} part={part} />)}
      {wanted === '' && <Instruments answer={answer} />}
    </div>
  );
}

function Flags(props: { answer: FrameworkAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <section>
      <div className="head"><h2>{say('framework.flags')}</h2><span className="head__note">{say('framework.flags.note')}</span></div>
      {props.answer.flags.map((one) => <div className="aside flag" key={one.id}><h3>{worded(one.title)}</h3><p>{worded(one.text)}</p><p className="note">{one.clauses.map(worded).join(' · ')}</p></div>)}
    </section>
  );
}

function PartTable(props: { part: Part }) {
  const { say } = useWords();
  const worded = useWorded();
  const { open } = useSearch({ from: '/framework/read' });
  const { part } = props;
  return (
    <section>
      <div className="head"><h2>{worded(part.title)}</h2><span className="head__note">{part.rows.length}</span></div>
      <div className="box">
        <table className="table">
          <thead><tr><th>{say('framework.what')}</th><th>{say('framework.says')}</th><th>{say('column.source')}</th><th>{say('framework.clause')}</th></tr></thead>
          <tbody>{part.rows.map((row) => { const key = `${part.kind}:${row.id}:${row.from}`; return <Row key={`${key}:${row.clause.en}`} row={row} name={key} open={open === key} />; })}</tbody>
        </table>
      </div>
    </section>
  );
}

function Row(props: { row: FrameworkRow; name: string; open: boolean }) {
  const { say } = useWords();
  const worded = useWorded();
  const navigate = useNavigate({ from: '/framework/read' });
  const detail = useId();
  const { row } = props;
  return (
    <Fragment>
      <tr>
        <td className="wraps">{worded(row.title)}</td>
        <td className="wraps fills">{worded(row.line)}{row.binds !== null && <span className="faint"> {say(row.binds ? 'framework.binds' : 'framework.reminds')}</span>}{row.when !== 'now' && <span className="chip chip--open">{say(`framework.when.${row.when}`)}</span>}</td>
        <td><SourceTag of={row} /></td>
        <td className="wraps"><button type="button" className="framework__open" aria-expanded={props.open} aria-controls={props.open ? detail : undefined} onClick={() => void navigate({ search: (before) => ({ ...before, open: props.open ? undefined : props.name }), replace: true })}>{worded(row.clause)}</button></td>
      </tr>
      {props.open && <tr id={detail}><td colSpan={4} className="framework__detail"><Detail row={row} /></td></tr>}
    </Fragment>
  );
}

function Detail(props: { row: FrameworkRow }) {
  const { say } = useWords();
  const worded = useWorded();
  const { row } = props;
  return (
    <dl className="dl">
      {row.facts.map((one, place) => <Fragment key={place}><dt>{worded(one.label)}</dt><dd>{worded(one.value)}</dd></Fragment>)}
      <dt>{say('framework.inForce')}</dt><dd>{row.to === null ? say('framework.from', { from: leftToRight(row.from) }) : say('framework.span', { from: leftToRight(row.from), to: leftToRight(row.to) })}</dd>
      {row.about !== '' && <><dt>{say('framework.about')}</dt><dd lang="en" dir="ltr">{row.about}</dd></>}
      <dt>{say('framework.evidence')}</dt><dd>{say(`framework.evidence.${row.evidence}`)}</dd>
      <dt>{say('column.note')}</dt><dd lang="en" dir="ltr">{row.note}</dd>
    </dl>
  );
}

function Instruments(props: { answer: FrameworkAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { crosswalk, instruments } = props.answer;
  return (
    <>
      <section>
        <div className="head"><h2>{say('framework.crosswalk')}</h2></div>
        <ul>{crosswalk.map((one) => <li key={one.id}>{worded(one.about)} <span className="note">{one.from.map(worded).join(' · ')} {'⇒'} {one.to.map(worded).join(' · ')}</span></li>)}</ul>
      </section>
      <section>
        <div className="head"><h2>{say('framework.instruments')}</h2></div>
        <dl className="dl">{instruments.map((one) => <Fragment key={`${one.id} ${one.version}`}><dt>{say(`framework.state.${one.state}`)}</dt><dd>{worded(one.title)} <span className="note" dir="ltr" lang="en">{one.source}</span></dd></Fragment>)}</dl>
      </section>
    </>
  );
}
