/** All firms by stage. A real firm stands here with its NOC and nothing else. */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { FirmRow, FirmsAnswer } from '../../src/contract/console.ts';
import { rupees, span, thirtyDaysBefore, whole } from '../figures.ts';
import { Evidence, ToAlerts, ToEngine, ToRejections } from '../parts/evidence.tsx';
import { FirmName, StageText, StateMark, Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { usePages } from '../read.ts';
import { TRADED_KINDS } from '../search.ts';
import { useWorded, useWords } from '../words.tsx';
import { CsvButton } from '../parts/csv.tsx';

export function Firms() {
  const { say } = useWords();
  const search = useSearch({ from: '/firms' });
  const pages = usePages('firms', (cursor) => ({ query: { ...search, limit: 200, ...(cursor === undefined ? {} : { cursor }) } }));
  return (
    <Answer query={pages}>
      {(data) => {
        const items = data.pages.flatMap((page) => page.items);
        const [first] = data.pages;
        return (
          <>
            {first !== undefined && <FirmFilters answer={first} rows={items} />}
            {items.length === 0
              ? <Empty title={say('firms.none.title')} actions={<Link className="button" to="/firms">{say('filter.clear')}</Link>}><p>{say('firms.none.text')}</p></Empty>
              : <FirmTable rows={items} />}
          </>
        );
      }}
    </Answer>
  );
}

function FirmFilters(props: { answer: FirmsAnswer; rows: readonly FirmRow[] }) {
  const { say } = useWords();
  const worded = useWorded();
  const search = useSearch({ from: '/firms' });
  const navigate = useNavigate({ from: '/firms' });
  const set = (part: { stage?: string | undefined; q?: string | undefined }): void => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <form className="filters filters--top" onSubmit={(event) => event.preventDefault()}>
      <input className="input input--inline" type="search" aria-label={say('firms.search')} placeholder={say('firms.search')} defaultValue={search.q ?? ''} onChange={(event) => set({ q: event.target.value === '' ? undefined : event.target.value })} />
      <select className="input input--inline" aria-label={say('column.stage')} value={search.stage ?? ''} onChange={(event) => set({ stage: event.target.value === '' ? undefined : event.target.value })}>
        <option value="">{say('firms.all-stages')}</option>
        {props.answer.ladder.map((step) => <option key={step.stage.id} value={step.stage.id}>{worded(step.stage.title)} ({step.firms.length})</option>)}
      </select>
      <span className="end"><span className="note">{say('firms.shown', { count: props.answer.total })}</span><CsvButton name="firms" head={['code', 'name', 'stage', 'invented']} rows={props.rows.map((row) => [row.firm.code, row.firm.name.en, row.stage.title.en, String(row.firm.invented)])} /></span>
    </form>
  );
}

function FirmTable(props: { rows: readonly FirmRow[] }) {
  const { say } = useWords();
  return (
    <div className="box">
      <table className="table">
        <thead>
          <tr>
            <th>{say('column.firm')}</th><th>{say('column.stage')}</th><th>{say('firms.since')}</th><th className="num">{say('firms.traded')}</th>
            <th className="num">{say('firms.accepted')}</th><th className="num">{say('firms.rejected')}</th><th className="num">{say('overview.alerts')}</th><th className="num">{say('reporting.lag')}</th>
          </tr>
        </thead>
        <tbody>{props.rows.map((row) => <FirmLine key={row.firm.code} row={row} />)}</tbody>
      </table>
    </div>
  );
}

function FirmLine(props: { row: FirmRow }) {
  const { say } = useWords();
  const { firm, stage, stageSince, activity } = props.row;
  return (
    <tr>
      <th scope="row"><FirmName firm={firm} withCode /> {firm.invented && <span className="invented">{say('invented')}</span>}</th>
      <td><StageText stage={stage} /></td>
      <td className="soft">{stageSince === null ? '–' : <Time at={stageSince} form="date" />}</td>
      {activity === null ? <td colSpan={5} className="faint">{say(firm.invented ? 'firms.no-feed' : 'firms.real')}</td> : <Activity code={firm.code} activity={activity} />}
    </tr>
  );
}

function Activity(props: { code: string; activity: NonNullable<FirmRow['activity']> }) {
  const { say } = useWords();
  const { code, activity } = props;
  const { today, feed } = activity;
  const lag = feed.lagMs === null ? say('feed.silent') : span(feed.lagMs, say);
  return (
    <>
      <td className="num"><Evidence of={{ firm: code, kind: TRADED_KINDS, ...thirtyDaysBefore(today.day) }}>{rupees(activity.traded30d)}</Evidence></td>
      <td className="num"><Evidence of={{ firm: code, from: today.day, to: today.day, clock: 'admitted' }}>{whole(today.accepted)}</Evidence></td>
      <td className="num"><ToRejections search={{ firm: code, from: today.day, to: today.day }}>{whole(today.rejected)}</ToRejections></td>
      <td className="num"><ToAlerts search={{ firm: code }}>{whole(activity.openAlerts)}</ToAlerts></td>
      <td className="num">{feed.late ? <StateMark tone="due"><ToEngine>{lag}</ToEngine></StateMark> : <ToEngine>{lag}</ToEngine>}</td>
    </>
  );
}
