/** One entry: who, why, its exact content, and each step of its proof as this browser found it. */
import { useQuery } from '@tanstack/react-query';
import type { EntryAnswer } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { whole } from '../figures.ts';
import { FirmChip, Time } from '../parts/marks.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { contentText, verifyEntry } from '../verify.ts';
import { useWorded, useWords } from '../words.tsx';
import { Checks } from './ledger-checks.tsx';

export function LedgerEntry(props: { index: number }) {
  const query = useAnswer('entry', { params: { index: props.index } });
  const shown = query.isPlaceholderData ? { ...query, data: undefined, isPending: true } : query;
  return <Answer query={shown}>{(entry) => <Sheet entry={entry} />}</Answer>;
}

function Sheet(props: { entry: EntryAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { row, bytes } = props.entry;
  return (
    <article aria-labelledby="entry-title">
      <section>
        <div className="head"><h2 id="entry-title">{say('proof.entry', { entry: whole(row.index) })}</h2><span className="head__note">{worded(row.title)}</span></div>
        <dl className="dl">
          <dt>{say('column.at')}</dt><dd><Time at={row.at} form="exact" /></dd>
          <dt>{say('ledger.kind')}</dt><dd className="code">{row.kind} · v{row.version}</dd>
          <dt>{say('column.who')}</dt><dd>{row.actor}{row.second !== null && <> · {say('ledger.second', { name: row.second })}</>}</dd>
          {row.basis !== null && <><dt>{say('column.basis')}</dt><dd>{worded(row.basis)}</dd></>}
          {row.firm !== null && <><dt>{say('column.firm')}</dt><dd><FirmChip code={row.firm} /></dd></>}
        </dl>
      </section>
      <EntryProof entry={props.entry} />
      <section>
        <div className="head"><h3>{say('ledger.content')}</h3><span className="head__note">{say('ledger.content.note')}</span></div>
        {bytes === null ? <p className="note">{say('ledger.content.none')}</p> : <pre className="aside code fields" tabIndex={0} dir="ltr">{contentText(bytes)}</pre>}
      </section>
    </article>
  );
}

function EntryProof(props: { entry: EntryAnswer }) {
  const { say } = useWords();
  const { index } = props.entry.row;
  const proof = useQuery({
    queryKey: ['proof', index],
    queryFn: async ({ signal }) => verifyEntry(props.entry, await call('proof', { params: { index }, query: {} }, signal)),
  });
  return (
    <section>
      <div className="head"><h3>{say('ledger.proof')}</h3><span className="head__note">{say('ledger.proof.note')}</span></div>
      <Answer query={proof} bones={4}>{(checks) => <Checks checks={checks} />}</Answer>
    </section>
  );
}
