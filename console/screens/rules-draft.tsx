/**
 * A draft while it is made: what changes, what the checks say, the new words of the rules that it touches; then the two ways on, trying it on
 * the past and proposing it.
 */
import { useNavigate } from '@tanstack/react-router';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DraftAnswer, RuleChange, RulesAnswer } from '../../src/contract/console.ts';
import { instantOf } from '../../src/terms/index.ts';
import { useActions, useMay } from '../actions.tsx';
import { call } from '../api.ts';
import { now } from '../clock.ts';
import { dayOf } from '../figures.ts';
import { Icon } from '../parts/icon.tsx';
import { Keys } from '../parts/marks.tsx';
import { ErrorPanel } from '../parts/states.tsx';
import { textOf, unitOf, written } from '../rule-draft.ts';
import { DecisionForm, noteMin, useDeciding, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { LineField, TextField, instantIn } from './dossier-form.tsx';

const dayUs = 86_400_000_000;
/** Days that a back-test looks back at first: a quarter. */
const firstSpanDays = 91;

export function DraftPanel(props: { answer: RulesAnswer; changes: readonly RuleChange[] }) {
  const { say } = useWords();
  const may = useMay();
  const navigate = useNavigate({ from: '/rules' });
  const { answer, changes } = props;
  const [isProposing, setProposing] = useState(false);
  const joins = answer.rules.some((row) => row.state === 'joins');
  const isAny = changes.length > 0 || joins;
  const checked = useQuery({ queryKey: ['checkRules', answer.base, changes], queryFn: () => call('checkRules', { body: { changes: [...changes] } }), enabled: isAny });
  const isSound = checked.data !== undefined && checked.data.faults.length === 0 && checked.data.touched.length > 0;
  const blocked = !isAny ? say('rules.draft.none') : isSound ? null : say('rules.draft.unsound');
  useActions([{ name: 'propose-rules', label: say('rules.propose'), group: 'here', permission: 'rule.propose', keys: 'p', blocked, perform: () => setProposing(true) }]);
  if (!may('rule.propose') || !isAny) return null;
  const clear = (): void => void navigate({ search: (before) => ({ ...before, draft: undefined }), replace: true });
  return (
    <section className="aside rules__draft" aria-label={say('rules.draft')}>
      <h2>{say('rules.draft')}</h2>
      <Changes answer={answer} changes={changes} onDrop={(name) => void navigate({ search: (before) => ({ ...before, draft: textOf(changes.filter((one) => one.parameter !== name)) }), replace: true })} />
      {checked.error !== null && <ErrorPanel error={checked.error} />}
      {checked.data !== undefined && <Checked answer={answer} of={checked.data} />}
      <TryForm answer={answer} changes={changes} ready={isSound} />
      <div className="dialog__actions">
        {changes.length > 0 && <button type="button" className="button button--quiet" onClick={clear}>{say('rules.draft.clear')}</button>}
        <button type="button" className="button button--primary" disabled={!isSound} onClick={() => setProposing(true)}>{say('rules.propose')} <Keys keys="p" /></button>
      </div>
      {isProposing && <ProposeDialog answer={answer} changes={changes} onClose={() => setProposing(false)} />}
    </section>
  );
}

/** What a draft changes, from what to what. */
export function Changes(props: { answer: RulesAnswer; changes: readonly (RuleChange & { readonly before?: number | null })[]; onDrop?: (parameter: string) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const known = new Map(props.answer.parameters.map((one) => [one.name, one]));
  if (props.changes.length === 0) return null;
  return (
    <ul className="rules__changes">
      {props.changes.map(({ parameter, value, before }) => {
        const one = known.get(parameter);
        const { size, word } = one === undefined ? { size: 1, word: null } : unitOf(one);
        const from = before === undefined ? one?.value : before;
        return (
          <li key={parameter}>
            {one === undefined ? <bdi dir="ltr">{parameter}</bdi> : worded(one.title)}: <bdi dir="ltr" className="rules__step">{from === undefined || from === null ? '–' : written(from, size)} → <b>{written(value, size)}</b></bdi> {word !== null && say(word)}
            {props.onDrop !== undefined && <button type="button" className="button button--small button--quiet" onClick={() => props.onDrop?.(parameter)}>{say('rules.draft.drop')}<span className="hidden-text"> {one === undefined ? parameter : worded(one.title)}</span></button>}
          </li>
        );
      })}
    </ul>
  );
}

function Checked(props: { answer: RulesAnswer; of: DraftAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const titles = new Map(props.answer.rules.map((row) => [row.id, row.title]));
  const titleOf = (id: string): string => { const title = titles.get(id); return title === undefined ? id : worded(title); };
  const { faults, touched, joins } = props.of;
  return (
    <div role="status">
      {faults.map((fault, place) => (
        <p key={place} className="flag"><Icon name="warn" /><span><b className="code">{fault.code}</b> {fault.rule !== '' && <>{titleOf(fault.rule)} </>}<bdi dir="ltr" className="code">{fault.place}</bdi> <span lang="en" dir="ltr">{fault.detail}. {fault.remedy}</span></span></p>
      ))}
      {touched.map((one) => <p key={one.id}><b>{titleOf(one.id)}</b> {joins.includes(one.id) && <span className="chip chip--open">{say('rules.state.joins')}</span>} {worded(one.fires)}</p>)}
    </div>
  );
}

function TryForm(props: { answer: RulesAnswer; changes: readonly RuleChange[]; ready: boolean }) {
  const { say } = useWords();
  const navigate = useNavigate({ from: '/rules' });
  const client = useQueryClient();
  const { reach } = props.answer;
  const last = dayOf(now());
  const [from, setFrom] = useState(() => dayOf(instantOf(Math.max(reach?.from ?? 0, now() - firstSpanDays * dayUs))));
  const [to, setTo] = useState(last);
  const at = (day: string): number | undefined => instantIn(`${day}T00:00`);
  const [begin, end] = [at(from), at(to)];
  const trying = useMutation({
    mutationFn: () => call('startBacktest', { body: { changes: [...props.changes], from: begin ?? 0, to: (end ?? 0) + dayUs } }),
    onSuccess: async ({ id }) => {
      await navigate({ search: (before) => ({ ...before, test: id }), replace: true });
      await client.invalidateQueries({ queryKey: ['rules'] });
    },
  });
  if (reach === null) return <p className="note">{say('rules.try.nothing')}</p>;
  const isSpan = begin !== undefined && end !== undefined && begin <= end;
  return (
    <form className="filters" onSubmit={(event) => { event.preventDefault(); if (props.ready && isSpan) trying.mutate(); }}>
      <label className="rules__day"><span>{say('rules.try.from')}</span><input className="input input--inline" type="date" name="from" value={from} max={last} onChange={(event) => setFrom(event.target.value)} /></label>
      <label className="rules__day"><span>{say('rules.try.to')}</span><input className="input input--inline" type="date" name="to" value={to} max={last} onChange={(event) => setTo(event.target.value)} /></label>
      <button type="submit" className="button" disabled={!props.ready || !isSpan || trying.isPending}>{say('rules.try')}</button>
      {trying.error !== null && <ErrorPanel error={trying.error} title={say('rules.try.failed')} />}
    </form>
  );
}

const isText = (kept: unknown): kept is string => typeof kept === 'string';

/** A Karachi instant as a `datetime-local` field holds it. */
const localOf = (at: number): string => new Date(at / 1000 + 5 * 3_600_000).toISOString().slice(0, 16);

function ProposeDialog(props: { answer: RulesAnswer; changes: readonly RuleChange[]; onClose: () => void }) {
  const { say } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate({ from: '/rules' });
  const { answer, changes } = props;
  const [reasons, write, forget] = useDraft(`rules ${textOf(changes) ?? ''}`, '', isText);
  const [from, setFrom] = useState(() => localOf(now()));
  const key = (all: readonly RuleChange[]): string => [...all].map((one) => `${one.parameter}:${one.value}`).toSorted().join(',');
  const tried = answer.backtests.find((one) => one.state === 'done' && one.base === answer.base && key(one.changes) === key(changes));
  const effective = instantIn(from);
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['rules'] });
  const deciding = useDeciding((stepUp) => call('proposeRules', {
    body: { base: answer.base, changes: [...changes], effectiveFrom: effective ?? 0, reasons: reasons.trim(), ...(tried === undefined ? {} : { backtest: tried.id }), ...(stepUp === undefined ? {} : { stepUp }) },
  }), { done: async () => { forget(); props.onClose(); await navigate({ search: (before) => ({ ...before, draft: undefined }), replace: true }); await again(); }, stale: () => void again() });
  return (
    <DecisionForm label={say('rules.propose.title')} wide deciding={deciding} onClose={props.onClose} submit={say('rules.propose')} ready={reasons.trim().length >= noteMin && effective !== undefined}>
      <Changes answer={answer} changes={changes} />
      <LineField label={say('rules.propose.from')} hint={say('rules.propose.from.hint')} type="datetime-local" max={20} value={from} onChange={setFrom} />
      <TextField label={say('dossier.reasons')} hint={say('decide.note.kept')} max={4_000} value={reasons} onChange={write} />
      <p className="note">{tried === undefined ? say('rules.propose.untried') : say('rules.propose.tried', { id: tried.id })}</p>
    </DecisionForm>
  );
}
