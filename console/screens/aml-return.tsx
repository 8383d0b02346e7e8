/**
 * The statutory annual return beside the raw feed, for both desks: each answer computed from what the firm reported, a number
 * that differs from what was filed with the events behind it, and what the feed cannot hold marked as the firm's word. The
 * firm prepares its draft from the same numbers.
 */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import type { Answer as AnswerOf } from '../../src/contract/console.ts';
import { formatKarachiDay, instantOf, karachiDay } from '../../src/terms/index.ts';
import { useMay } from '../actions.tsx';
import { now } from '../clock.ts';
import { whole } from '../figures.ts';
import { draftKey, keepDraft, readDraft } from '../form-draft.ts';
import { ProofLink, StateMark, Time } from '../parts/marks.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { fieldState, prefilled, type ReturnField } from '../return-draft.ts';
import { useSession } from '../session.tsx';
import { useWorded, useWords } from '../words.tsx';
import { OwnFirm } from './desk-parts.tsx';

type Return = AnswerOf<'amlReturn'>;

/** The last whole year: the one that a return is due about. */
const lastYear = (): number => Number(formatKarachiDay(karachiDay(instantOf(now()))).slice(0, 4)) - 1;
const YEARS = 3;

/** On the firm's own desk. */
export function OwnReturn() {
  const { year = lastYear() } = useSearch({ from: '/desk/return' });
  const navigate = useNavigate({ from: '/desk/return' });
  return <OwnFirm>{(firm) => <ReturnOf code={firm.code} year={year} choose={(next) => void navigate({ search: { year: next }, replace: true })} own />}</OwnFirm>;
}

/** On the officer's side, as a tab of the firm's dossier. */
export function FirmReturn(props: { code: string }) {
  const [year, choose] = useState(lastYear);
  return <ReturnOf code={props.code} year={year} choose={choose} own={false} />;
}

function ReturnOf(props: { code: string; year: number; choose: (year: number) => void; own: boolean }) {
  const { say } = useWords();
  const query = useAnswer('amlReturn', { params: { code: props.code }, query: { year: props.year } });
  const years = Array.from({ length: YEARS }, (_, back) => lastYear() + 1 - back);
  return (
    <section>
      <div className="head">
        <h2>{say('return.title')}</h2><span className="head__note">{say('return.note')}</span>
        <span className="head__end"><label className="choice">{say('return.year')} <select className="input input--inline" value={props.year} onChange={(event) => props.choose(Number(event.target.value))}>{years.map((year) => <option key={year} value={year}>{year}</option>)}</select></label></span>
      </div>
      <Answer query={query} bones={12}>{(answer) => <Sheet answer={answer} own={props.own} />}</Answer>
    </section>
  );
}

function Sheet(props: { answer: Return; own: boolean }) {
  const { say } = useWords();
  const { answer } = props;
  const differing = answer.fields.filter((field) => fieldState(field) === 'differs').length;
  return (
    <>
      <p role="status">
        {answer.filed === null ? <StateMark tone="due">{say('return.not-filed', { year: answer.year })}</StateMark> : <>{say('return.filed', { n: answer.filed.n })} <Time at={answer.filed.at} form="short" /> · <ProofLink entry={answer.filed.entry} word /></>}
        {answer.filed !== null && <> · <StateMark tone={differing === 0 ? 'met' : 'due'} icon={differing === 0 ? undefined : 'warn'}>{say('return.differing', { count: differing })}</StateMark></>}
      </p>
      {props.own && <Prepare answer={answer} />}
      <Fields answer={answer} />
    </>
  );
}

/** Fills the draft of the form with the computed numbers and opens it; what names people is asked for there. */
function Prepare(props: { answer: Return }) {
  const { say } = useWords();
  const { staff } = useSession();
  const may = useMay();
  const navigate = useNavigate();
  const { answer } = props;
  const about = String(answer.year);
  const [refused, refuse] = useState(false);
  if (!may('dossier.file')) return null;
  const prepare = (): void => {
    const key = draftKey(staff.id, answer.firm.code, answer.form, about);
    const filed = Object.fromEntries([...Map.groupBy(answer.fields.filter((one) => one.filed !== null), (one) => one.section)].map(([section, fields]) => [section, [Object.fromEntries(fields.map((one) => [one.field, typeof one.filed === 'boolean' ? one.filed : String(one.filed)]))]]));
    if (keepDraft(key, prefilled(readDraft(key)?.sheet ?? filed, answer.fields)) === null) refuse(true);
    else void navigate({ to: '/desk/forms/$form', params: { form: answer.form }, search: { about, edit: 'yes' } });
  };
  return <p><button type="button" className="button button--primary" onClick={prepare}>{say('return.prepare', { year: answer.year })}</button> <span className="note">{say(refused ? 'return.prepare.refused' : 'return.prepare.note')}</span></p>;
}

function Fields(props: { answer: Return }) {
  const { say } = useWords();
  const { answer } = props;
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('return.field')}</th><th className="num">{say('return.computed')}</th><th className="num">{say('return.given')}</th><th>{say('column.state')}</th><th>{say('return.events')}</th></tr></thead>
        <tbody>{answer.fields.map((field) => { const key = `${field.section}.${field.field}`; return <FieldRow key={key} field={field} code={answer.firm.code} open={open === key} flip={() => setOpen(open === key ? null : key)} />; })}</tbody>
      </table>
    </div>
  );
}

const tones = { word: 'wait', unfiled: 'wait', agrees: 'met', differs: 'due' } as const;

function FieldRow(props: { field: ReturnField; code: string; open: boolean; flip: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { field, open } = props;
  const state = fieldState(field);
  const given = field.filed === null ? '–' : typeof field.filed === 'number' ? whole(field.filed) : typeof field.filed === 'boolean' ? say(field.filed ? 'yes' : 'no') : field.filed;
  return (
    <Fragment>
      <tr>
        <td className="wraps fills">{worded(field.label)}{field.means !== null && <div className="note">{worded(field.means)}</div>}</td>
        <td className="num">{field.computed === null ? '–' : <bdi dir="ltr">{whole(field.computed)}</bdi>}</td>
        <td className="num wraps"><bdi>{given}</bdi></td>
        <td><StateMark tone={tones[state]} icon={state === 'differs' ? 'warn' : undefined}>{say(`return.state.${state}`)}</StateMark></td>
        <td>{field.eventsTotal > 0 && <button type="button" className="n" aria-expanded={open} onClick={props.flip}>{say('return.behind', { count: field.eventsTotal })}<span className="hidden-text"> {worded(field.label)}</span></button>}</td>
      </tr>
      {open && <tr><td colSpan={5} className="wraps"><Behind field={field} code={props.code} /></td></tr>}
    </Fragment>
  );
}

/** The events behind a number, by the firm's own ids; whoever may open events opens them here. */
function Behind(props: { field: ReturnField; code: string }) {
  const { say } = useWords();
  const may = useMay();
  const { field, code } = props;
  return (
    <>
      {field.filter !== null && may('event.read') && <p><Link className="button button--small" to="/events" search={field.filter}>{say('return.open')}</Link></p>}
      <p className="code code--wraps" dir="ltr">{field.events.map((id, place) => <Fragment key={id}>{place > 0 && ', '}{may('event.read') ? <Link className="n" to="/events/$firm/$id" params={{ firm: code, id }}>{id}</Link> : id}</Fragment>)}</p>
      {field.eventsTotal > field.events.length && <p className="note">{say('return.more', { shown: field.events.length, count: field.eventsTotal })}</p>}
    </>
  );
}
