/**
 * A back-test as it runs and what it found: who is added and dropped, day by day, by rule, by province and income class, and how that stands
 * to what officers decided. Each percentage stands beside its base.
 */
import { Link, useNavigate } from '@tanstack/react-router';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { BacktestAnswer, BacktestFound, RulesAnswer } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { call } from '../api.ts';
import { fixed, percent, whole } from '../figures.ts';
import { Icon } from '../parts/icon.tsx';
import { PersonCode, Time } from '../parts/marks.tsx';
import { Answer } from '../parts/states.tsx';
import { reading } from '../read.ts';
import { Say, useWorded, useWords, type WordKey } from '../words.tsx';
import { Changes } from './rules-draft.tsx';

/** A running one is read again so often. */
const againMs = 700;

export function BacktestPanel(props: { id: number; answer: RulesAnswer }) {
  const { say } = useWords();
  const navigate = useNavigate({ from: '/rules' });
  const query = useQuery({ ...reading('backtest', { params: { id: props.id } }), refetchInterval: (one) => (one.state.data?.state === 'running' ? againMs : false) });
  const client = useQueryClient();
  const state = query.data?.state;
  // The list of back-tests says which of them is done: a proposal looks there for its own.
  useEffect(() => { if (state !== undefined && state !== 'running') void client.invalidateQueries({ queryKey: ['rules'] }); }, [client, state]);
  return (
    <section className="aside rules__test" aria-label={say('rules.test', { id: props.id })}>
      <div className="head"><h2>{say('rules.test', { id: props.id })}</h2><button type="button" className="button button--small button--quiet" onClick={() => void navigate({ search: (before) => ({ ...before, test: undefined }), replace: true })}>{say('action.close')}</button></div>
      <Answer query={query} bones={6}>{(one) => <Test one={one} answer={props.answer} />}</Answer>
    </section>
  );
}

function Test(props: { one: BacktestAnswer; answer: RulesAnswer }) {
  const { say } = useWords();
  const { one } = props;
  const share = one.rowsTotal === 0 ? 0 : Math.min(1, one.rowsDone / one.rowsTotal);
  return (
    <>
      <p className="note"><Say k="rules.test.asked" nodes={{ by: <bdi>{one.by}</bdi>, from: <Time at={one.from} form="date" />, to: <Time at={one.to - 1} form="date" /> }} /></p>
      <Changes answer={props.answer} changes={one.changes} />
      <div className="rules__progress">
        <progress aria-label={say('rules.test.progress')} value={share} max={1} />
        <span role="status">{say(`rules.test.state.${one.state}`)} · <bdi dir="ltr">{whole(one.rowsDone)} / {whole(one.rowsTotal)}</bdi> {say('rules.test.rows')} · {fixed(one.seconds, 1)} {say('unit.s')}</span>
        <Control one={one} />
      </div>
      {one.fault !== null && <p className="flag"><Icon name="warn" /><span><b className="code">{one.fault}</b> {say('rules.test.fault')}</span></p>}
      {one.found !== null && <Found found={one.found} />}
    </>
  );
}

function Control(props: { one: BacktestAnswer }) {
  const { say } = useWords();
  const may = useMay();
  const client = useQueryClient();
  const { id, state } = props.one;
  const acting = useMutation({
    mutationFn: (name: 'cancelBacktest' | 'resumeBacktest') => call(name, { params: { id }, body: {} }),
    onSettled: async () => { await client.invalidateQueries({ queryKey: ['backtest'] }); await client.invalidateQueries({ queryKey: ['rules'] }); },
  });
  if (!may('rule.propose')) return null;
  if (state === 'running') return <button type="button" className="button button--small" disabled={acting.isPending} onClick={() => acting.mutate('cancelBacktest')}>{say('rules.test.cancel')}</button>;
  if (state === 'stopped') return <button type="button" className="button button--small" disabled={acting.isPending} onClick={() => acting.mutate('resumeBacktest')}>{say('rules.test.resume')}</button>;
  return null;
}

function Found(props: { found: BacktestFound }) {
  const { say } = useWords();
  const worded = useWorded();
  const { found } = props;
  const { judged } = found;
  const part = (n: number, of: number): string => (of === 0 ? say('rules.test.no-base') : `${percent(n / of, 0)} (${whole(n)} / ${whole(of)})`);
  const precision = (side: 'base' | 'draft'): string => part(judged.escalated[side], judged.escalated[side] + judged.dismissed[side]);
  return (
    <>
      <div className="box"><table className="table table--measure">
        <thead><tr><th>{say('rules.test.measure')}</th><th className="num">{say('rules.test.base')}</th><th className="num">{say('rules.test.draft')}</th></tr></thead>
        <tbody>
          <Line name={say('rules.test.people')} base={whole(found.people.base)} draft={whole(found.people.draft)} />
          <Line name={say('rules.test.findings')} base={whole(found.findings.base)} draft={whole(found.findings.draft)} />
          <Line name={say('rules.test.per-day')} base={perDay(found, 'base')} draft={perDay(found, 'draft')} />
          <Line name={say('rules.test.precision')} base={precision('base')} draft={precision('draft')} />
          <Line name={say('rules.test.recall')} base={part(judged.escalated.base, judged.escalatedInAll)} draft={part(judged.escalated.draft, judged.escalatedInAll)} />
        </tbody>
      </table></div>
      <p className="note">{say('rules.test.judged')}</p>
      <p><b>{say('rules.test.added', { count: found.added })}</b> <Persons people={found.addedPeople} /></p>
      <p><b>{say('rules.test.dropped', { count: found.dropped })}</b> <Persons people={found.droppedPeople} /></p>
      <div className="rules__tables">
        <Groups title={say('rules.test.by-rule')} rows={found.rules.map((one) => ({ name: worded(one.title), base: one.base, draft: one.draft }))} />
        <Groups title={say('rules.test.by-province')} rows={found.provinces.map((one) => ({ ...one, name: say(provinces[one.name] ?? 'rules.province.unknown') }))} />
        <Groups title={say('rules.test.by-income')} rows={found.incomes.map((one) => ({ ...one, name: say(incomes[one.name] ?? 'rules.income.unknown') }))} />
        <Groups title={say('rules.test.by-day')} rows={found.days.map((one) => ({ name: one.day, base: one.people.base, draft: one.people.draft }))} isCode />
      </div>
    </>
  );
}

const perDay = (found: BacktestFound, side: 'base' | 'draft'): string => (found.days.length === 0 ? '0' : fixed(found.people[side] / found.days.length, 1));

function Line(props: { name: string; base: string; draft: string }) {
  return <tr><td className="wraps">{props.name}</td><td className="num"><bdi dir="ltr">{props.base}</bdi></td><td className="num"><bdi dir="ltr">{props.draft}</bdi></td></tr>;
}

/** Persons by their pseudonyms, for who may read alerts; each opens their alerts. */
function Persons(props: { people: readonly string[] }) {
  return <span className="rules__persons">{props.people.slice(0, 20).map((person) => <Link key={person} className="n" to="/alerts" search={{ person }}><PersonCode id={person} /></Link>)}</span>;
}

type GroupRow = { readonly name: string; readonly people?: number; readonly base: number; readonly draft: number };

/** Counts of a group under both sets; with people the share of the group that is alerted, so that a rule that falls on the poor is seen. */
function Groups(props: { title: string; rows: readonly GroupRow[]; isCode?: boolean }) {
  const { say } = useWords();
  const withPeople = props.rows.some((row) => row.people !== undefined);
  if (props.rows.length === 0) return null;
  const share = (n: number, of: number | undefined): string => (of === undefined || of === 0 ? whole(n) : `${whole(n)} · ${percent(n / of)}`);
  return (
    <div>
      <h3>{props.title}</h3>
      <div className="box rules__long" tabIndex={0} role="group" aria-label={props.title}><table className="table table--measure">
        <thead><tr><th>{say('rules.test.group')}</th>{withPeople && <th className="num">{say('rules.test.group.people')}</th>}<th className="num">{say('rules.test.base')}</th><th className="num">{say('rules.test.draft')}</th></tr></thead>
        <tbody>{props.rows.map((row) => (
          <tr key={row.name}><td className="wraps">{props.isCode === true ? <bdi dir="ltr">{row.name}</bdi> : row.name}</td>{withPeople && <td className="num">{whole(row.people ?? 0)}</td>}<td className="num"><bdi dir="ltr">{share(row.base, row.people)}</bdi></td><td className="num"><bdi dir="ltr">{share(row.draft, row.people)}</bdi></td></tr>
        ))}</tbody>
      </table></div>
    </div>
  );
}

const provinces: Readonly<Record<string, WordKey>> = {
  balochistan: 'rules.province.balochistan', 'gilgit-baltistan': 'rules.province.gilgit-baltistan', 'azad-kashmir': 'rules.province.azad-kashmir', islamabad: 'rules.province.islamabad',
  'khyber-pakhtunkhwa': 'rules.province.khyber-pakhtunkhwa', punjab: 'rules.province.punjab', sindh: 'rules.province.sindh', abroad: 'rules.province.abroad',
};
const incomes: Readonly<Record<string, WordKey>> = { none: 'rules.income.none', low: 'rules.income.low', middle: 'rules.income.middle', high: 'rules.income.high', veryHigh: 'rules.income.veryHigh' };
