/** The month as a calendar: each day with what falls due on it, by firm; what has no day stands in the list alone. */
import { Link, useSearch } from '@tanstack/react-router';
import type { DueRow } from '../../src/contract/console.ts';
import { now } from '../clock.ts';
import { dayOf, dayText, monthText } from '../figures.ts';
import { useWorded, useWords } from '../words.tsx';
import { DueMark } from './obligations-mark.tsx';

const DAY_MS = 86_400_000;
/** Duties shown on a day before the rest is only counted. */
const shownMax = 4;

/** The days of a month's calendar, from the Monday before its first day, in whole weeks. */
export function daysOf(month: string): string[] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const from = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS;
  const next = Date.parse(`${shifted(month, 1)}-01T00:00:00Z`);
  const weeks = Math.ceil((next - from) / (7 * DAY_MS));
  return Array.from({ length: weeks * 7 }, (_, place) => new Date(from + place * DAY_MS).toISOString().slice(0, 10));
}

/** The month so many months after a month. */
export function shifted(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + by;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export function Calendar(props: { rows: readonly DueRow[] }) {
  const { say, language } = useWords();
  const { month = dayOf(now()).slice(0, 7) } = useSearch({ from: '/obligations' });
  const days = daysOf(month);
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
  return (
    <section>
      <div className="head">
        <h2>{monthText(month, language)}</h2>
        <span className="head__end">
          <Link className="button button--small" from="/obligations" to="/obligations" search={(before) => ({ ...before, month: shifted(month, -1) })} replace>{say('calendar.before')}</Link>{' '}
          <Link className="button button--small" from="/obligations" to="/obligations" search={(before) => ({ ...before, month: shifted(month, 1) })} replace>{say('calendar.after')}</Link>
        </span>
      </div>
      <div className="box">
        <table className="table calendar">
          <thead><tr>{(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).map((day) => <th key={day}>{say(`calendar.${day}`)}</th>)}</tr></thead>
          <tbody>{weeks.map((week) => <tr key={week[0]}>{week.map((day) => <Day key={day} day={day} inMonth={day.startsWith(month)} rows={props.rows.filter((row) => row.day === day)} />)}</tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}

function Day(props: { day: string; inMonth: boolean; rows: readonly DueRow[] }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const { day, rows } = props;
  const today = day === dayOf(now());
  return (
    <td className={props.inMonth ? 'calendar__day' : 'calendar__day calendar__day--other'} aria-current={today ? 'date' : undefined}>
      <span className="calendar__number">{dayText(day, 'day', language)}{today && ` · ${say('calendar.today')}`}</span>
      {rows.slice(0, shownMax).map((row) => (
        <span key={`${row.firm.code} ${row.obligation} ${row.occurrence}`} className="calendar__due" title={worded(row.means)}>
          <Link className="chip chip--firm" to="/applications/$code" params={{ code: row.firm.code }} title={worded(row.firm.name)}>{row.firm.code}</Link> {worded(row.title)} <DueMark state={row.state} />
        </span>
      ))}
      {rows.length > shownMax && <span className="note">{say('dossier.lacks.more', { count: rows.length - shownMax })}</span>}
    </td>
  );
}
