/**
 * What all firms owe: a list with what is late first, and a calendar of the month. Late is red only where the duty and
 * its time are law; what is an assumption or a draft is a reminder. A duty is waived with a reason, which stands in the
 * ledger.
 */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Answer as AnswerOf, DueRow } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { dayText, whole } from '../figures.ts';
import { CsvButton } from '../parts/csv.tsx';
import { Choice } from '../parts/filters.tsx';
import { SourceTag } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { usePages } from '../read.ts';
import { tabActive } from '../search.ts';
import '../style/licensing.css';
import { useWorded, useWords } from '../words.tsx';
import { Calendar } from './obligations-calendar.tsx';
import { DueMark } from './obligations-mark.tsx';
import { WaiveDialog, WaiverDialog } from './obligations-waive.tsx';

const states = ['breach', 'overdue', 'reminds', 'due', 'open'] as const;

export function Obligations() {
  const { say } = useWords();
  const { view, month: _month, ...query } = useSearch({ from: '/obligations' });
  const pages = usePages('obligations', (cursor) => ({ query: { ...query, limit: view === 'calendar' ? 500 : 100, ...(cursor === undefined ? {} : { cursor }) } }));
  const [waiving, waive] = useState<DueRow | null>(null);
  return (
    <>
      <Views />
      <Answer query={pages} bones={12}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items);
          const [first] = data.pages;
          return (
            <>
              {first !== undefined && <Filters answer={first} rows={rows} />}
              {view === 'calendar' ? <Calendar rows={rows} /> : rows.length === 0
                ? <Empty title={say('obligations.none.title')} actions={<Link className="button" to="/obligations">{say('filter.clear')}</Link>}><p>{say('obligations.none.text')}</p></Empty>
                : <DueTable rows={rows} waive={waive} />}
              {pages.hasNextPage && <button type="button" className="button" onClick={() => void pages.fetchNextPage()}>{say('action.more')}</button>}
            </>
          );
        }}
      </Answer>
      {waiving !== null && (waiving.waiver === null ? <WaiveDialog due={waiving} onClose={() => waive(null)} /> : <WaiverDialog due={waiving} waiver={waiving.waiver} onClose={() => waive(null)} />)}
    </>
  );
}

function Views() {
  const { say } = useWords();
  const search = useSearch({ from: '/obligations' });
  const { view, ...rest } = search;
  return (
    <nav className="tabs tabs--ruled" aria-label={say('nav.obligations')}>
      <Link to="/obligations" search={rest} activeOptions={tabActive} aria-current={view === undefined ? 'page' : undefined}>{say('obligations.view.list')}</Link>
      <Link to="/obligations" search={{ ...rest, view: 'calendar' }} activeOptions={tabActive} aria-current={view === 'calendar' ? 'page' : undefined}>{say('obligations.view.calendar')}</Link>
    </nav>
  );
}

function Filters(props: { answer: AnswerOf<'obligations'>; rows: readonly DueRow[] }) {
  const { say } = useWords();
  const worded = useWorded();
  const { answer } = props;
  const search = useSearch({ from: '/obligations' });
  const navigate = useNavigate({ from: '/obligations' });
  const set = (part: { firm?: string | undefined; duty?: string | undefined; state?: DueRow['state'] | undefined }): void => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <form className="filters filters--top" onSubmit={(event) => event.preventDefault()}>
      <Choice label={say('filter.firm')} all={say('filter.firm.all')} value={search.firm} options={answer.firms.map((firm) => ({ value: firm.code, label: worded(firm.name) }))} onChange={(firm) => set({ firm })} />
      <Choice label={say('obligations.duty')} all={say('obligations.duty.all')} value={search.duty} options={answer.duties.map((one) => ({ value: one.obligation, label: worded(one.title) }))} onChange={(duty) => set({ duty })} />
      <Choice label={say('column.state')} all={say('filter.state.all')} value={search.state} options={states.map((state) => ({ value: state, label: `${say(`due.${state}`)} (${answer.counts[state]})` }))} onChange={(value) => set({ state: states.find((state) => state === value) })} />
      <span className="end">
        <span className="note">{say('obligations.shown', { shown: whole(props.rows.length), total: whole(answer.total) })}</span>
        <CsvButton name="obligations" head={['firm', 'duty', 'occurrence', 'day', 'state', 'law']} rows={props.rows.map((row) => [row.firm.code, row.title.en, row.occurrence, row.day ?? '', row.state, row.provenance.status])} />
      </span>
    </form>
  );
}

function DueTable(props: { rows: readonly DueRow[]; waive: (row: DueRow) => void }) {
  const { say } = useWords();
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('column.state')}</th><th>{say('column.due')}</th><th>{say('column.firm')}</th><th>{say('obligations.duty')}</th><th>{say('obligations.done-by')}</th><th>{say('column.basis')}</th><th>{say('column.source')}</th><th className="num"><span className="hidden-text">{say('dossier.act')}</span></th></tr></thead>
        <tbody>{props.rows.map((row) => <DueLine key={`${row.firm.code} ${row.obligation} ${row.occurrence}`} row={row} waive={props.waive} />)}</tbody>
      </table>
    </div>
  );
}

function DueLine(props: { row: DueRow; waive: (row: DueRow) => void }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const may = useMay();
  const { row } = props;
  return (
    <tr>
      <td><DueMark state={row.state} /></td>
      <td className="soft">{row.day === null ? <span className="faint">{say('obligations.no-day')}</span> : dayText(row.day, 'date', language)}{row.provisional && <span className="note block">{say('dossier.clock.provisional')}</span>}</td>
      <td><Link className="n" to="/applications/$code" params={{ code: row.firm.code }}>{worded(row.firm.name)}</Link></td>
      <td className="wraps fills" title={worded(row.means)}>{worded(row.title)}</td>
      <td className="soft">{say(`obligations.by.${row.doneBy}`)}</td>
      <td className="faint">{row.provenance.clause !== null && worded(row.provenance.clause)}</td><td><SourceTag of={row.provenance} />{!row.binds && row.provenance.status === 'prescribed' && <span className="note block">{say('obligations.time-ours')}</span>}</td>
      <td className="num">{row.waiver !== null && (may('obligation.second') ? <button type="button" className="n" onClick={() => props.waive(row)}>{say('waiver.waits')}<span className="hidden-text"> {worded(row.title)}, {worded(row.firm.name)}</span></button> : <span className="note">{say('waiver.waits')}</span>)}{row.waiver === null && may('obligation.waive') && <button type="button" className="n" onClick={() => props.waive(row)}>{say('obligations.waive')}<span className="hidden-text"> {worded(row.title)}, {worded(row.firm.name)}</span></button>}</td>
    </tr>
  );
}
