/** What firms sent, newest first, each with its counts and its receipt. */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { SubmissionRow, SubmissionsAnswer } from '../../src/contract/console.ts';
import { whole } from '../figures.ts';
import { CsvButton } from '../parts/csv.tsx';
import { Choice, DayField, FirmChoice } from '../parts/filters.tsx';
import { FirmName, ProofLink, Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { usePages } from '../read.ts';
import { Say, useWords } from '../words.tsx';

export function SubmissionTabs(props: { on: 'submissions' | 'rejections'; firm?: string | undefined }) {
  const { say } = useWords();
  const search = props.firm === undefined ? {} : { firm: props.firm };
  return (
    <nav className="tabs tabs--ruled" aria-label={say('nav.submissions')}>
      <Link to="/submissions" search={search} aria-current={props.on === 'submissions' ? 'page' : undefined}>{say('submissions.tab')}</Link>
      <Link to="/rejections" search={search} aria-current={props.on === 'rejections' ? 'page' : undefined}>{say('rejections.tab')}</Link>
    </nav>
  );
}

export function Submissions() {
  const { say } = useWords();
  const search = useSearch({ from: '/submissions' });
  const navigate = useNavigate({ from: '/submissions' });
  const pages = usePages('submissions', (cursor) => ({ query: { ...search, limit: 100, ...(cursor === undefined ? {} : { cursor }) } }));
  const set = (part: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <>
      <SubmissionTabs on="submissions" firm={search.firm} />
      <form className="filters filters--top" onSubmit={(event) => event.preventDefault()}>
        <FirmChoice value={search.firm} onChange={(firm) => set({ firm })} />
        <Choice
          label={say('submissions.outcome')} all={say('submissions.outcome.all')} value={search.outcome}
          options={(['clean', 'held', 'rejected'] as const).map((value) => ({ value, label: say(`submissions.outcome.${value}`) }))}
          onChange={(value) => set({ outcome: value === 'clean' || value === 'held' || value === 'rejected' ? value : undefined })}
        />
        <DayField label={say('filter.from')} value={search.from} onChange={(from) => set({ from })} />
        <DayField label={say('filter.to')} value={search.to} onChange={(to) => set({ to })} />
      </form>
      <Answer query={pages} bones={10}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items);
          const [first] = data.pages;
          if (first === undefined || rows.length === 0) return <Empty title={say('submissions.none.title')}><p>{say('submissions.none.text')}</p></Empty>;
          return (
            <>
              <Sums answer={first} rows={rows} />
              <SubmissionTable rows={rows} />
              {pages.hasNextPage && <button type="button" className="button" onClick={() => void pages.fetchNextPage()}>{say('action.more')}</button>}
            </>
          );
        }}
      </Answer>
    </>
  );
}

function Sums(props: { answer: SubmissionsAnswer; rows: readonly SubmissionRow[] }) {
  const { say } = useWords();
  const { sums, total } = props.answer;
  const search = useSearch({ from: '/submissions' });
  const rejected = { ...(search.firm === undefined ? {} : { firm: search.firm }), ...(search.from === undefined ? {} : { from: search.from }), ...(search.to === undefined ? {} : { to: search.to }) };
  return (
    <div className="head">
      <h2>{say('submissions.count', { count: total, n: whole(total) })}</h2>
      <span className="head__note"><Say k="submissions.sums" values={{ sent: whole(sums.sent), accepted: whole(sums.accepted), duplicate: whole(sums.duplicate) }} nodes={{ held: <Link className="n" to="/submissions" search={{ ...rejected, outcome: 'held' }}>{whole(sums.held)}</Link>, rejected: <Link className="n" to="/rejections" search={rejected}>{whole(sums.rejected)}</Link> }} /></span>
      <span className="head__end"><CsvButton name="submissions" head={['id', 'firm', 'received_us', 'format', 'bytes', 'sent', 'accepted', 'duplicate', 'held', 'rejected']} rows={props.rows.map((row) => [row.id, row.firm.code, row.receivedAt, row.format, row.bytes, row.sent, row.accepted, row.duplicate, row.held, row.rejected])} /></span>
    </div>
  );
}

function SubmissionTable(props: { rows: readonly SubmissionRow[] }) {
  const { say } = useWords();
  return (
    <div className="box">
      <table className="table table--dense">
        <thead>
          <tr>
            <th>{say('submissions.received')}</th><th>{say('column.firm')}</th><th>{say('submissions.id')}</th><th>{say('submissions.format')}</th><th className="num">{say('count.Sent')}</th>
            <th className="num">{say('count.Accepted')}</th><th className="num">{say('count.Duplicate')}</th><th className="num">{say('count.Held')}</th><th className="num">{say('count.Rejected')}</th><th className="num">{say('submissions.receipt')}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.id}>
              <td><Time at={row.receivedAt} form="short" /></td><td><FirmName firm={row.firm} withCode /></td>
              <td><Link className="n" to="/submissions/$id" params={{ id: row.id }}><span className="code">{row.id}</span></Link></td>
              <td className="faint">{row.format}</td><td className="num">{whole(row.sent)}</td><td className="num">{whole(row.accepted)}</td><td className="num">{whole(row.duplicate)}</td><td className="num">{whole(row.held)}</td>
              <td className="num">{row.rejected === 0 ? 0 : <Link className="n" to="/rejections" search={{ submission: row.id }}>{whole(row.rejected)}</Link>}</td>
              <td className="num">{row.receipt === null || row.receipt.entry === null ? <span className="faint">{say('submissions.receipt.wait')}</span> : <ProofLink entry={row.receipt.entry} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
