/**
 * What the firm owes: overdue first, then by day, and the same on a calendar of one month. Each duty says its clause,
 * whether it binds or only reminds, and what ticks it off. What no law sets is never shown as a breach.
 */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { formatKarachiDay, karachiDay, instantOf } from '../../src/terms/index.ts';
import { call } from '../api.ts';
import { useActions, useMay } from '../actions.tsx';
import { CsvButton } from '../parts/csv.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { SourceTag } from '../parts/marks.tsx';
import { Refused } from '../parts/refused.tsx';
import { Empty } from '../parts/states.tsx';
import { useWorded, useWords } from '../words.tsx';
import { DueMark, useDayText } from './desk-due.tsx';
import { MomentDialog } from './desk-moment.tsx';
import { DeskHead, OwnDossier, useAct, type Dossier, type Due } from './desk-parts.tsx';

export function Obligations() {
  return <OwnDossier>{(dossier) => <Sheet dossier={dossier} />}</OwnDossier>;
}

const rank: Readonly<Record<Due['state'], number>> = { breach: 0, overdue: 1, reminds: 2, due: 3, open: 4 };
const keyOf = (due: Due): string => `due-${due.obligation}-${due.occurrence}`.replaceAll(/[^A-Za-z0-9-]/g, '-');

function Sheet(props: { dossier: Dossier }) {
  const { say } = useWords();
  const { dossier } = props;
  const { month } = useSearch({ from: '/desk/obligations' });
  const navigate = useNavigate({ from: '/desk/obligations' });
  const [done, setDone] = useState<Due | null>(null);
  const [isRecording, setRecording] = useState(false);
  const may = useMay();
  const today = formatKarachiDay(karachiDay(instantOf(dossier.asOf)));
  const rows = dossier.due.toSorted((a, b) => rank[a.state] - rank[b.state] || (a.day ?? '9').localeCompare(b.day ?? '9'));
  const shown = month ?? today.slice(0, 7);
  const go = (months: number): void => void navigate({ search: { month: monthAfter(shown, months) }, replace: true });
  useActions([
    { name: 'record-moment', label: say('desk.moment'), group: 'here', permission: 'dossier.file', keys: 'n', perform: () => setRecording(true) },
    { name: 'month-before', label: say('desk.month.before'), group: 'here', permission: null, keys: '[', perform: () => go(-1) },
    { name: 'month-after', label: say('desk.month.after'), group: 'here', permission: null, keys: ']', perform: () => go(1) },
  ]);
  return (
    <>
      <DeskHead dossier={dossier} />
      <div className="firm">
        <section>
          <div className="head"><h2>{say('desk.due')}</h2><span className="head__note">{say('desk.due.note')}</span><span className="head__end">{may('dossier.file') && <button type="button" className="button" onClick={() => setRecording(true)}>{say('desk.moment')}</button>} <CsvButton name="obligations" head={['obligation', 'occurrence', 'day', 'state', 'binds', 'status', 'clause']} rows={rows.map((one) => [one.obligation, one.occurrence, one.day ?? '', one.state, String(one.binds), one.provenance.status, one.provenance.clause?.en ?? ''])} /></span></div>
          {rows.length === 0 ? <Empty title={say('desk.due.none')}><p>{say('desk.due.none.text')}</p></Empty> : <DueTable rows={rows} today={today} onDone={setDone} />}
        </section>
        <div><Calendar month={shown} today={today} rows={rows} go={go} /></div>
      </div>
      {isRecording && <MomentDialog dossier={dossier} onClose={() => setRecording(false)} />}
      {done !== null && <DoneDialog dossier={dossier} due={done} onClose={() => setDone(null)} />}
    </>
  );
}

function DueTable(props: { rows: readonly Due[]; today: string; onDone: (due: Due) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  return (
    <div className="box">
      <table className="table desk__gates">
        <thead><tr><th>{say('desk.duty')}</th><th>{say('column.state')}</th><th>{say('framework.clause')}</th><th>{say('column.source')}</th></tr></thead>
        <tbody>
          {props.rows.map((one) => (
            <tr key={keyOf(one)} id={keyOf(one)} tabIndex={-1}>
              <td className="wraps roomy fills">
                {worded(one.title)}<div className="note">{worded(one.means)}</div>
                <div className="note">{say('desk.ticks')}: <Ticks due={one} /></div>
                {(one.doneBy === 'submission' || one.doneBy === 'notice') && may('dossier.file') && <button type="button" className="button desk__done" onClick={() => props.onDone(one)}>{say('desk.discharge')}<span className="hidden-text"> {worded(one.title)}</span></button>}
              </td>
              <td><DueMark due={one} today={props.today} />{one.provisional && <div className="note">{say('desk.provisional')}</div>}</td>
              <td className="wraps soft desk__clause">{one.provenance.clause === null ? '' : worded(one.provenance.clause)}</td>
              <td><SourceTag of={one.provenance} /><div className="note">{say(one.binds ? 'desk.binds' : 'desk.reminds')}</div></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Ticks(props: { due: Due }) {
  const { say } = useWords();
  const { due } = props;
  if (due.doneBy === 'form' && due.form !== null) return <Link className="n" to="/desk/forms/$form" params={{ form: due.form }}>{say('desk.ticks.form', { form: due.form.toUpperCase() })}</Link>;
  return <span className="soft">{say(`desk.ticks.${due.doneBy}`)}</span>;
}

/** `2026-11` and a number of months later. */
function monthAfter(month: string, months: number): string {
  const [year = 2026, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The days of a month in weeks from Monday to Sunday; null where a week has days of another month. */
export function weeksOf(month: string): (string | null)[][] {
  const [year = 2026, number = 1] = month.split('-').map(Number);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const before = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7;
  const cells: (string | null)[] = [...Array.from({ length: before }, () => null), ...Array.from({ length: days }, (_, day) => `${month}-${String(day + 1).padStart(2, '0')}`)];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

function Calendar(props: { month: string; today: string; rows: readonly Due[]; go: (months: number) => void }) {
  const { say, language } = useWords();
  const { month, today, rows, go } = props;
  const locale = language === 'ur' ? 'ur-PK-u-nu-latn' : 'en-GB';
  const title = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(Date.parse(`${month}-01`));
  const weekday = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' });
  const names = Array.from({ length: 7 }, (_, day) => weekday.format(Date.UTC(2026, 5, 1 + day)));
  return (
    <section>
      <div className="head"><h3>{title}</h3><span className="head__end"><button type="button" className="button button--quiet" onClick={() => go(-1)}>{say('desk.month.before')}</button><button type="button" className="button button--quiet" onClick={() => go(1)}>{say('desk.month.after')}</button></span></div>
      <div className="box">
        <table className="desk-calendar">
          <caption className="hidden-text">{say('desk.calendar', { month: title })}</caption>
          <thead><tr>{names.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
          <tbody>{weeksOf(month).map((week, place) => <tr key={place}>{week.map((day, at) => <Day key={day ?? `${place}/${at}`} day={day} today={today} due={rows.filter((one) => day !== null && one.day === day)} />)}</tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}

/** Brings a row of the list in sight and gives it the focus. */
function show(id: string): void {
  const row = document.getElementById(id);
  row?.scrollIntoView({ block: 'center' });
  row?.focus({ preventScroll: true });
}

function Day(props: { day: string | null; today: string; due: readonly Due[] }) {
  const { say } = useWords();
  const worded = useWorded();
  const dayText = useDayText();
  const { day, due, today } = props;
  if (day === null) return <td className="desk-calendar__none" />;
  const [first] = due;
  const late = due.some((one) => one.state === 'breach' || one.state === 'overdue');
  return (
    <td className={day === today ? 'desk-calendar__today' : undefined} aria-current={day === today ? 'date' : undefined}>
      <span className="tabular">{Number(day.slice(8))}</span>
      {first !== undefined && <button type="button" className={late ? 'chip chip--breach' : 'chip chip--due'} title={due.map((one) => worded(one.title)).join(say('comma'))} onClick={() => show(keyOf(first))}>{due.length}<span className="hidden-text"> {say('desk.due.on', { day: dayText(day) })}</span></button>}
    </td>
  );
}

/** An obligation is discharged with documents that the firm filed. */
function DoneDialog(props: { dossier: Dossier; due: Due; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier, due } = props;
  const [note, setNote] = useState('');
  const [evidence, setEvidence] = useState<readonly string[]>([]);
  const sending = useAct(() => call('discharge', { params: { code: dossier.firm.code }, body: { obligation: due.obligation, occurrence: due.occurrence, note, evidence: [...evidence] } }), props.onClose);
  const ready = note.trim() !== '' && evidence.length > 0;
  const submit = (event: FormEvent): void => { event.preventDefault(); if (ready && !sending.isPending) sending.mutate(undefined); };
  return (
    <Dialog label={say('desk.discharge')} firm onClose={props.onClose}>
      <form onSubmit={submit}>
        <h2>{say('desk.discharge.title', { duty: worded(due.title) })}</h2>
        <label className="field"><span>{say('desk.discharge.note')}</span><textarea className="input" dir="auto" maxLength={2_000} data-first value={note} onChange={(event) => setNote(event.target.value)} /></label>
        <fieldset className="field desk-field__many desk-letters__attach"><legend>{say('desk.discharge.evidence')}</legend>
          {dossier.documents.length === 0 && <p className="note">{say('desk.discharge.no-document')} <Link to="/desk/documents">{say('nav.documents')}</Link></p>}
          {dossier.documents.map((one) => <label className="choice" key={`${one.document}/${one.n}`}><input type="checkbox" checked={evidence.includes(one.sha256)} onChange={(event) => setEvidence(event.target.checked ? [...evidence, one.sha256].slice(0, 50) : evidence.filter((hash) => hash !== one.sha256))} /><bdi>{one.title} · {one.label}</bdi></label>)}
        </fieldset>
        <Refused error={sending.error} />
        <div className="dialog__actions"><button type="button" className="button button--quiet" onClick={props.onClose}>{say('action.cancel')}</button><button type="submit" className="button button--primary" disabled={!ready || sending.isPending}>{say(sending.isPending ? 'desk.sending' : 'desk.discharge')}</button></div>
      </form>
    </Dialog>
  );
}
