/** One submission: its counts, its receipt, its events, and each record that was turned away. */
import { Link, useParams } from '@tanstack/react-router';
import type { SubmissionRow } from '../../src/contract/console.ts';
import { whole } from '../figures.ts';
import { Evidence } from '../parts/evidence.tsx';
import { FirmName, ProofLink, Time } from '../parts/marks.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useWords } from '../words.tsx';
import { RejectionList } from './rejection-list.tsx';
import { SubmissionTabs } from './submissions.tsx';

export function Submission() {
  const { id } = useParams({ from: '/submissions/$id' });
  const query = useAnswer('submission', { params: { id } });
  return (
    <>
      <SubmissionTabs on="submissions" />
      <Answer query={query}>{(row) => <Sheet row={row} />}</Answer>
    </>
  );
}

function Sheet(props: { row: SubmissionRow }) {
  const { say } = useWords();
  const { row } = props;
  return (
    <>
      <div className="firm__head"><h2><span className="code">{row.id}</span></h2><span><FirmName firm={row.firm} withCode /></span><span className="faint"><Time at={row.receivedAt} form="full" /></span></div>
      <dl className="dl">
        <dt>{say('count.Sent')}</dt><dd>{whole(row.sent)} · {row.format} · {say('submission.bytes', { n: whole(row.bytes) })}</dd>
        <dt>{say('count.Accepted')}</dt><dd><Evidence of={{ submission: row.id }}>{whole(row.accepted)}</Evidence></dd>
        <dt>{say('count.Duplicate')}</dt><dd>{whole(row.duplicate)}</dd>
        <dt>{say('count.Held')}</dt><dd>{whole(row.held)}</dd>
        <dt>{say('count.Rejected')}</dt><dd><Link className="n" to="/rejections" search={{ submission: row.id }}>{whole(row.rejected)}</Link></dd>
        <dt>{say('submissions.receipt')}</dt>
        <dd>
          {row.receipt === null ? say('submissions.receipt.wait') : (
            <>{say('submission.receipt', { leaf: whole(row.receipt.leaf), size: whole(row.receipt.treeSize) })} {row.receipt.entry !== null && <ProofLink entry={row.receipt.entry} word />}<br /><span className="code code--wraps faint">{row.receipt.batchHash}</span></>
          )}
        </dd>
      </dl>
      {row.rejected > 0 && <section className="stack"><RejectionList search={{ submission: row.id }} /></section>}
    </>
  );
}
