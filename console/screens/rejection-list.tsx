/** Records that were turned away: what each code means, what mends it, the line, and whether it came again and was accepted. */
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RejectionRow, RejectionsAnswer } from '../../src/contract/console.ts';
import { whole } from '../figures.ts';
import { CsvButton } from '../parts/csv.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { FirmChip, StateMark, Time } from '../parts/marks.tsx';
import { Prose } from '../parts/prose.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer, usePages } from '../read.ts';
import { useRejectionWords } from '../rejections.ts';
import type { searches } from '../search.ts';
import { useWords } from '../words.tsx';
import type * as z from 'zod';

type Search = z.output<typeof searches.rejections>;

export function RejectionList(props: { search: Search }) {
  const { say } = useWords();
  const pages = usePages('rejections', (cursor) => ({ query: { ...props.search, limit: 100, ...(cursor === undefined ? {} : { cursor }) } }));
  return (
    <Answer query={pages} bones={10}>
      {(data) => {
        const rows = data.pages.flatMap((page) => page.items);
        const [first] = data.pages;
        if (first === undefined || rows.length === 0) return <Empty title={say('rejections.none.title')}><p>{say('rejections.none.text')}</p></Empty>;
        return (
          <>
            <ByCode answer={first} search={props.search} />
            <Records rows={rows} total={first.total} />
            {pages.hasNextPage && <button type="button" className="button" onClick={() => void pages.fetchNextPage()}>{say('action.more')}</button>}
          </>
        );
      }}
    </Answer>
  );
}

function ByCode(props: { answer: RejectionsAnswer; search: Search }) {
  const { say } = useWords();
  const words = useRejectionWords();
  return (
    <section>
      <div className="head"><h2>{say('rejections.by-code')}</h2><span className="head__note">{say('rejections.by-code.note')}</span></div>
      <div className="box">
        <table className="table table--dense">
          <thead><tr><th>{say('column.code')}</th><th>{say('column.meaning')}</th><th>{say('column.remedy')}</th><th className="num">{say('rejections.records')}</th></tr></thead>
          <tbody>
            {props.answer.byCode.map((one) => (
              <tr key={one.code} aria-selected={props.search.code === one.code ? true : undefined}>
                <td><Link className="n" to="/rejections" search={{ ...props.search, code: props.search.code === one.code ? undefined : one.code }}><span className="code">{one.code}</span></Link></td>
                <td className="wraps"><Prose>{words(one.code)?.meaning}</Prose></td><td className="wraps soft"><Prose>{words(one.code)?.remedy}</Prose></td>
                <td className="num"><Link className="n" to="/rejections" search={{ ...props.search, code: one.code }}>{whole(one.count)}</Link></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Records(props: { rows: readonly RejectionRow[]; total: number }) {
  const { say } = useWords();
  const words = useRejectionWords();
  const [open, setOpen] = useState<RejectionRow | null>(null);
  return (
    <section>
      {open !== null && <KeptLine row={open} onClose={() => setOpen(null)} />}
      <div className="head">
        <h2>{say('rejections.list')}</h2><span className="head__note">{say('list.shown', { shown: whole(props.rows.length), total: whole(props.total) })}</span>
        <span className="head__end"><CsvButton name="rejections" head={['firm', 'submission', 'line', 'at_us', 'code', 'place', 'mended_by']} rows={props.rows.map((row) => [row.firm.code, row.submission, row.line, row.at, row.code, row.place ?? '', row.mendedBy ?? ''])} /></span>
      </div>
      <div className="box">
        <table className="table table--dense">
          <thead><tr><th>{say('column.at')}</th><th>{say('column.firm')}</th><th>{say('submissions.id')}</th><th className="num">{say('column.line')}</th><th>{say('column.code')}</th><th>{say('rejections.place')}</th><th>{say('column.remedy')}</th><th>{say('column.state')}</th></tr></thead>
          <tbody>
            {props.rows.map((row) => (
              <tr key={row.id}>
                <td><Time at={row.at} form="short" /></td><td><FirmChip code={row.firm.code} /></td>
                <td><Link className="n" to="/submissions/$id" params={{ id: row.submission }}><span className="code">{row.submission}</span></Link></td>
                <td className="num"><button type="button" className="n" aria-label={say('rejections.kept.open', { line: row.line })} onClick={() => setOpen(row)}>{row.line === 0 ? say('rejections.whole') : whole(row.line)}</button></td>
                <td title={words(row.code)?.meaning}><span className="code">{row.code}</span></td><td><span className="code">{row.place ?? ''}</span></td>
                <td className="wraps fills soft"><Prose>{words(row.code)?.remedy}</Prose></td>
                <td>{row.mendedBy === null ? <StateMark tone="wait">{say('rejections.open')}</StateMark> : <StateMark tone="met"><Link className="n" to="/submissions/$id" params={{ id: row.mendedBy }}>{say('rejections.mended.by')}</Link></StateMark>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The line as it is kept: what the firm must mend, beside the code and its remedy. */
function KeptLine(props: { row: RejectionRow; onClose: () => void }) {
  const { say } = useWords();
  const words = useRejectionWords();
  const { row } = props;
  const kept = useAnswer('keptLine', { params: { id: row.submission, line: row.line } });
  return (
    <Dialog label={say('rejections.kept')} onClose={props.onClose}>
      <h2>{say('rejections.kept')} <span className="note">{say('rejections.kept.note')}</span></h2>
      <dl className="dl">
        <dt>{say('column.code')}</dt><dd><span className="code">{row.code}</span>{row.place !== null && <span className="code faint"> {row.place}</span>}</dd>
        <dt>{say('column.meaning')}</dt><dd><Prose>{words(row.code)?.meaning}</Prose></dd>
        <dt>{say('column.remedy')}</dt><dd><Prose>{words(row.code)?.remedy}</Prose></dd>
        <dt>{say('submissions.id')}</dt><dd><span className="code code--wraps">{row.submission}</span> · {say('event.line', { line: whole(row.line) })}</dd>
      </dl>
      <Answer query={kept} bones={3}>
        {(answer) => (
          <>
            <pre className="aside code fields" tabIndex={0} dir="ltr">{answer.text}</pre>
            {answer.cut && <p className="note">{say('rejections.kept.cut', { shown: whole(answer.text.length), total: whole(answer.bytes) })}</p>}
          </>
        )}
      </Answer>
      <div className="dialog__actions"><button type="button" className="button button--primary" onClick={props.onClose}>{say('action.close')}</button></div>
    </Dialog>
  );
}
