/**
 * The rules on one screen: each as a sentence with its clause, thresholds, weight and cost. Turning a threshold makes a draft that lives in
 * the address; it is checked at once, tried on the past, and proposed to a second person. Nothing here changes what is in force.
 */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import type { RuleParameterRow, RuleRow, RulesAnswer } from '../../src/contract/console.ts';
import { useActions, useMay } from '../actions.tsx';
import { whole } from '../figures.ts';
import { Icon } from '../parts/icon.tsx';
import { SourceTag, Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { changesIn, textOf, unitOf, valueIn, withValue, written } from '../rule-draft.ts';
import { Say, useWorded, useWords } from '../words.tsx';
import { BacktestPanel } from './rules-backtest.tsx';
import { DraftPanel } from './rules-draft.tsx';
import { Expression } from './rules-expression.tsx';
import { Proposals, Trials } from './rules-proposals.tsx';
import '../style/rules.css';

export function Rules() {
  return <Answer query={useAnswer('rules', {})} bones={16}>{(answer) => <Sheet answer={answer} />}</Answer>;
}

/** All texts of a rule, to be searched. */
const textIn = (row: RuleRow): string => JSON.stringify([row.id, row.title, row.indicator, row.clause, row.fires, row.looksAt, row.text]).toLowerCase();

function Sheet(props: { answer: RulesAnswer }) {
  const { say } = useWords();
  const { answer } = props;
  const { q, draft, test } = useSearch({ from: '/rules' });
  const navigate = useNavigate({ from: '/rules' });
  const field = useRef<HTMLInputElement>(null);
  useActions([{ name: 'search-rules', label: say('rules.search'), group: 'here', permission: null, keys: '/', perform: () => field.current?.focus() }]);
  const changes = useMemo(() => changesIn(draft), [draft]);
  const wanted = useDeferredValue(q?.toLowerCase() ?? '');
  const rows = answer.rules.filter((row) => textIn(row).includes(wanted));
  const waits = answer.proposals.filter((one) => one.state === 'waits').length;
  const { inForce } = answer;
  return (
    <div className="rules">
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <input ref={field} className="input input--inline" type="search" maxLength={100} aria-label={say('rules.search')} placeholder={say('rules.search')} value={q ?? ''} onChange={(event) => void navigate({ search: (before) => ({ ...before, q: event.target.value === '' ? undefined : event.target.value }), replace: true })} />
        <span className="end note" role="status">{say('rules.found', { count: rows.length })}{waits > 0 && <> · <b>{say('rules.waits', { count: waits })}</b></>}</span>
      </form>
      <p className="note"><Say k="rules.in-force" nodes={{ from: <Time at={inForce.effectiveFrom} form="short" />, actor: <bdi>{inForce.actor}</bdi>, second: <bdi>{inForce.second ?? say('rules.nobody')}</bdi> }} /> <bdi dir="ltr" className="code">{inForce.hash.slice(0, 16)}</bdi></p>
      {answer.coming.map((set) => <p key={set.entry} className="flag"><Icon name="clock" /><span><Say k="rules.coming" nodes={{ from: <Time at={set.effectiveFrom} form="short" />, actor: <bdi>{set.actor}</bdi>, second: <bdi>{set.second ?? ''}</bdi> }} /> <bdi dir="ltr" className="code">{set.hash.slice(0, 16)}</bdi></span></p>)}
      <Proposals answer={answer} waiting />
      <DraftPanel answer={answer} changes={changes} />
      {test !== undefined && <BacktestPanel id={test} answer={answer} />}
      <section>
        <div className="head"><h2>{say('rules.table')}</h2><span className="head__note">{say('rules.table.note')}</span></div>
        {rows.length === 0 ? <Empty title={say('rules.none.title')}><p>{say('rules.none.text')}</p></Empty> : <Table answer={answer} rows={rows} />}
      </section>
      <Expression />
      <Proposals answer={answer} waiting={false} />
      <Trials answer={answer} />
    </div>
  );
}

function Table(props: { answer: RulesAnswer; rows: readonly RuleRow[] }) {
  const { say } = useWords();
  const parameters = useMemo(() => new Map(props.answer.parameters.map((one) => [one.name, one])), [props.answer]);
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('rules.rule')}</th><th>{say('rules.fires')}</th><th>{say('rules.thresholds')}</th><th className="num">{say('rules.weight')}</th><th className="num">{say('rules.cost')}</th></tr></thead>
        <tbody>{props.rows.map((row) => <Row key={row.id} row={row} parameters={parameters} />)}</tbody>
      </table>
    </div>
  );
}

function Row(props: { row: RuleRow; parameters: ReadonlyMap<string, RuleParameterRow> }) {
  const { say } = useWords();
  const worded = useWorded();
  const { open } = useSearch({ from: '/rules' });
  const navigate = useNavigate({ from: '/rules' });
  const detail = useId();
  const { row, parameters } = props;
  const isOpen = open === row.id;
  const own = [...row.parameters, ...(row.quiet === null ? [] : [row.quiet])].flatMap((name) => parameters.get(name) ?? []);
  return (
    <Fragment>
      <tr>
        <td className="wraps rules__name">
          <button type="button" className="rules__open" aria-expanded={isOpen} aria-controls={isOpen ? detail : undefined} onClick={() => void navigate({ search: (before) => ({ ...before, open: isOpen ? undefined : row.id }), replace: true })}>{worded(row.title)}</button>
          <span className="note block"><bdi dir="ltr" className="code">{row.id} {row.version}</bdi>{row.indicator !== null && <> · <bdi dir="ltr">{row.indicator}</bdi></>} {row.state !== 'in-force' && <span className="chip chip--open">{say(`rules.state.${row.state}`)}</span>}</span>
        </td>
        <td className="wraps roomy">{worded(row.fires)}</td>
        <td className="rules__values">{own.map((one) => <Threshold key={one.name} of={one} quiet={one.name === row.quiet} />)}</td>
        <td className="num">{whole(row.weight)}</td>
        <td className="num" title={say('rules.cost.title', { bytes: whole(row.cost.bytes) })}>{row.cost.nanoseconds < 1000 ? <bdi dir="ltr">{whole(row.cost.nanoseconds)} ns</bdi> : <bdi dir="ltr">{whole(row.cost.nanoseconds / 1000)} µs</bdi>}</td>
      </tr>
      {isOpen && <tr id={detail}><td colSpan={5} className="rules__detail"><Detail row={row} /></td></tr>}
    </Fragment>
  );
}

/** One value that can be turned. What is written counts when the field is left, or with Enter. */
function Threshold(props: { of: RuleParameterRow; quiet: boolean }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const { draft } = useSearch({ from: '/rules' });
  const navigate = useNavigate({ from: '/rules' });
  const changes = changesIn(draft);
  const { of } = props;
  const { size, word } = unitOf(of);
  const value = changes.find((one) => one.parameter === of.name)?.value ?? of.value;
  const [text, setText] = useState<string | null>(null);
  const isWrong = text !== null && valueIn(text, size, of.unit) === undefined;
  const take = (): void => {
    const read = text === null ? undefined : valueIn(text, size, of.unit);
    if (read === undefined) return;
    setText(null);
    void navigate({ search: (before) => ({ ...before, draft: textOf(withValue(changesIn(before.draft), of, read)) }), replace: true });
  };
  const name = worded(of.title);
  return (
    <div className={value === of.value ? 'rules__value' : 'rules__value rules__value--changed'}>
      <label>
        <span className="rules__label">{name}{props.quiet && <span className="hidden-text"> ({say('rules.quiet')})</span>}</span>
        {may('rule.propose') && of.mayChange
          ? <input className="input input--inline" name={of.name} inputMode="decimal" dir="ltr" maxLength={22} aria-invalid={isWrong} value={text ?? written(value, size)} onChange={(event) => setText(event.target.value)} onBlur={take} onKeyDown={(event) => { if (event.key === 'Enter') take(); if (event.key === 'Escape') setText(null); }} />
          : <b dir="ltr">{written(value, size)}</b>}
      </label>
      {word !== null && <span className="note">{say(word)}</span>} <SourceTag of={of.provenance} />
      {isWrong && <span className="field__error" role="alert">{say('rules.value.wrong')}</span>}
      {of.pack !== null && of.pack !== of.value && <span className="note block">{say('rules.pack', { value: written(of.pack, size) })}</span>}
    </div>
  );
}

function Detail(props: { row: RuleRow }) {
  const { say } = useWords();
  const worded = useWorded();
  const { row } = props;
  return (
    <dl className="dl">
      <dt>{say('rules.looks-at')}</dt><dd>{worded(row.looksAt)}</dd>
      <dt>{say('rules.text')}</dt><dd className="code code--wraps" dir="ltr">{row.text}</dd>
      <dt>{say('rules.innocent')}</dt><dd>{worded(row.innocent)}</dd>
      <dt>{say('column.source')}</dt><dd dir="ltr" lang="en">{row.clause}</dd>
      <dt>{say('rules.about')}</dt><dd>{say(`rules.subject.${row.subject}`)}{row.crossFirm && <>{say('comma')}{say('rules.cross')}</>}</dd>
      <dt>{say('rules.hash')}</dt><dd className="code code--wraps" dir="ltr">{row.hash}</dd>
    </dl>
  );
}
