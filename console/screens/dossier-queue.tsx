/**
 * Applications: every firm on its way, with the next step and how many of its gates are met, the clock that runs out
 * first, questions without an answer, and whether a decision waits for a second person. The filter stands in the URL.
 */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { DossierRow } from '../../src/contract/console.ts';
import { now } from '../clock.ts';
import { dayText, daysTo, whole } from '../figures.ts';
import { CsvButton } from '../parts/csv.tsx';
import { Choice } from '../parts/filters.tsx';
import { StageText, StateMark } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer, usePages } from '../read.ts';
import { tabActive } from '../search.ts';
import { useWorded, useWords } from '../words.tsx';

export function Applications() {
  const { say } = useWords();
  const { sort, ...query } = useSearch({ from: '/applications' });
  const pages = usePages('dossiers', (cursor) => ({ query: { ...query, limit: 200, ...(cursor === undefined ? {} : { cursor }) } }));
  return (
    <>
      <Views />
      <Answer query={pages} bones={12}>
        {(data) => {
          const rows = sorted(data.pages.flatMap((page) => page.items), sort);
          return (
            <>
              <Filters rows={rows} total={data.pages[0]?.total ?? 0} />
              {rows.length === 0
                ? <Empty title={say('applications.none.title')} actions={<Link className="button" to="/applications">{say('filter.clear')}</Link>}><p>{say('applications.none.text')}</p></Empty>
                : <QueueTable rows={rows} />}
              {pages.hasNextPage && <button type="button" className="button" onClick={() => void pages.fetchNextPage()}>{say('action.more')}</button>}
            </>
          );
        }}
      </Answer>
    </>
  );
}

/** What calls for work first: a decision that waits, then the nearest day, then the rest as the register has them. */
function sorted(rows: readonly DossierRow[], sort: 'firm' | undefined): readonly DossierRow[] {
  if (sort === 'firm') return rows;
  return rows.toSorted((a, b) => Number(b.waiting > 0) - Number(a.waiting > 0) || (a.deadline?.day ?? '9').localeCompare(b.deadline?.day ?? '9'));
}

function Views() {
  const { say } = useWords();
  const { waiting, ...rest } = useSearch({ from: '/applications' });
  const all = useAnswer('dossiers', { query: { limit: 1 } });
  const seconds = useAnswer('dossiers', { query: { waiting: 'true', limit: 1 } });
  return (
    <nav className="tabs tabs--ruled" aria-label={say('nav.applications')}>
      <Link to="/applications" search={rest} activeOptions={tabActive} aria-current={waiting === undefined ? 'page' : undefined}>{say('applications.view.all')}<span className="count">{all.data === undefined ? '' : whole(all.data.total)}</span></Link>
      <Link to="/applications" search={{ ...rest, waiting: 'true' }} activeOptions={tabActive} aria-current={waiting === undefined ? undefined : 'page'}>{say('applications.view.waiting')}<span className="count">{seconds.data === undefined ? '' : whole(seconds.data.total)}</span></Link>
    </nav>
  );
}

function Filters(props: { rows: readonly DossierRow[]; total: number }) {
  const { say } = useWords();
  const worded = useWorded();
  const search = useSearch({ from: '/applications' });
  const navigate = useNavigate({ from: '/applications' });
  const firms = useAnswer('firms', { query: { limit: 1 } });
  const stages = firms.data?.ladder.map((step) => ({ value: step.stage.id, label: `${worded(step.stage.title)} (${step.firms.length})` })) ?? [];
  return (
    <form className="filters filters--top" onSubmit={(event) => event.preventDefault()}>
      <Choice label={say('column.stage')} all={say('firms.all-stages')} value={search.stage} options={stages} onChange={(stage) => void navigate({ search: (before) => ({ ...before, stage }), replace: true })} />
      <Choice label={say('filter.sort')} all={say('applications.sort.urgent')} value={search.sort} options={[{ value: 'firm', label: say('applications.sort.firm') }]} onChange={(sort) => void navigate({ search: (before) => ({ ...before, sort: sort === 'firm' ? sort : undefined }), replace: true })} />
      <span className="end">
        <span className="note">{say('firms.shown', { count: props.total })}</span>
        <CsvButton name="applications" head={['code', 'name', 'stage', 'gates met', 'gates', 'deadline', 'questions', 'waiting', 'breaches']} rows={props.rows.map((row) => [row.firm.code, row.firm.name.en, row.stage.title.en, row.forward?.met ?? '', row.forward?.gates ?? '', row.deadline?.day ?? '', row.questions, row.waiting, row.breaches])} />
      </span>
    </form>
  );
}

function QueueTable(props: { rows: readonly DossierRow[] }) {
  const { say } = useWords();
  return (
    <div className="box">
      <table className="table">
        <thead>
          <tr>
            <th>{say('column.firm')}</th><th>{say('column.stage')}</th><th>{say('applications.next')}</th><th className="num">{say('applications.gates')}</th>
            <th>{say('applications.deadline')}</th><th className="num">{say('applications.questions')}</th><th className="num">{say('applications.breaches')}</th><th>{say('column.state')}</th>
          </tr>
        </thead>
        <tbody>{props.rows.map((row) => <QueueRow key={row.firm.code} row={row} />)}</tbody>
      </table>
    </div>
  );
}

function QueueRow(props: { row: DossierRow }) {
  const { say } = useWords();
  const worded = useWorded();
  const { row } = props;
  const { firm, forward } = row;
  return (
    <tr>
      <th scope="row">
        <Link className="n" to="/applications/$code" params={{ code: firm.code }}>{worded(firm.name)}</Link>
        {firm.code !== firm.name.en && <> <span className="faint code">{firm.code}</span></>} {firm.invented && <span className="invented">{say('invented')}</span>}
      </th>
      <td><StageText stage={row.stage} /></td>
      {firm.invented ? (
        <>
          <td className="wraps fills">{forward === null ? <span className="faint">{say('applications.next.none')}</span> : worded(forward.title)}</td>
          <td className="num">{forward === null || forward.gates === 0 ? '–' : say('applications.gates.of', { met: forward.met, gates: forward.gates })}</td>
          <td><Deadline row={row} /></td>
          <td className="num">{row.questions === 0 ? '–' : whole(row.questions)}</td>
          <td className="num">{row.breaches === 0 ? '–' : <Link className="n" to="/obligations" search={{ firm: firm.code }}>{whole(row.breaches)}</Link>}</td>
          <td>{row.waiting > 0 ? <StateMark tone="due">{say('applications.waits')}</StateMark> : <span className="faint">–</span>}</td>
        </>
      ) : <td colSpan={6} className="faint">{say('firms.real')}</td>}
    </tr>
  );
}

/** Days before the last one on which it is said in amber. */
const soonDays = 7;

function Deadline(props: { row: DossierRow }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const { deadline } = props.row;
  if (deadline === null) return <span className="faint">–</span>;
  const left = daysTo(deadline.day, now());
  const text = <>{dayText(deadline.day, 'date', language)} <span className="faint">{say('applications.left', { days: left })}</span></>;
  return <span title={worded(deadline.title)}>{left <= soonDays ? <StateMark tone="due">{text}</StateMark> : text}</span>;
}
