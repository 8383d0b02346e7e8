/** The virtual table of events: rows of one height, the head stays in sight, the next page comes before its end is reached. */
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { EventRow } from '../../src/contract/console.ts';
import { endWords, usePlaces } from '../charts/sankey.tsx';
import { amountText, rupees } from '../figures.ts';
import { FirmChip, PersonCode, StateMark, Time, type Tone } from '../parts/marks.tsx';
import { useWorded, useWords } from '../words.tsx';

const rowHeight = { en: 24, ur: 38 } as const;
const tones: Readonly<Record<EventRow['state'], Tone>> = { decided: 'met', undecided: 'due', quarantined: 'breach', held: 'wait', corrected: 'wait', cancelled: 'wait' };

export function EventTable(props: { rows: readonly EventRow[]; total: number; more: (() => void) | null }) {
  const { say, language } = useWords();
  const box = useRef<HTMLDivElement>(null);
  // No React Compiler runs here, so that this library's changing functions cannot be memoised is no matter.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: props.rows.length, getScrollElement: () => box.current, estimateSize: () => rowHeight[language], overscan: 12 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { more } = props;
  const nearEnd = last >= props.rows.length - 40;
  useEffect(() => { if (nearEnd && more !== null) more(); }, [nearEnd, more]);
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="box events__box" ref={box} tabIndex={0} role="region" aria-label={say('nav.events')}>
      <table className="table table--dense table--tight table--sticky" aria-rowcount={props.total}>
        <thead>
          <tr>
            <th>{say('column.happened')}</th><th>{say('column.firm')}</th><th>{say('filter.kind')}</th><th>{say('filter.person')}</th><th className="num">{say('column.amount')}</th><th className="num">PKR</th>
            <th>{say('column.end')}</th><th>{say('column.counterparty')}</th><th>{say('column.state')}</th><th>{say('nav.alerts')}</th><th className="num">{say('submissions.id')}</th>
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden="true" className="spacer"><td colSpan={11} style={{ blockSize: above }} /></tr>}
          {items.map((item) => {
            const row = props.rows[item.index];
            return row === undefined ? null : <Row key={`${row.firm} ${row.id}`} row={row} place={item.index + 1} />;
          })}
          {below > 0 && <tr aria-hidden="true" className="spacer"><td colSpan={11} style={{ blockSize: below }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}

function Row(props: { row: EventRow; place: number }) {
  const { say } = useWords();
  const worded = useWorded();
  const places = usePlaces();
  const { row } = props;
  const sign = row.way === 'out' ? '\u2212' : '';
  return (
    <tr aria-rowindex={props.place + 1}>
      <td><Link className="n" to="/events/$firm/$id" params={{ firm: row.firm, id: row.id }}><Time at={row.at} form="short" /></Link>{row.late && <span className="chip chip--open" title={say('event.late.why')}>{say('event.late')}</span>}</td>
      <td><FirmChip code={row.firm} /></td>
      <td>{say(`kind.${row.kind}`)}</td>
      <td>{row.person !== null && <Link className="n" to="/events" search={{ person: row.person }}><PersonCode id={row.person} /></Link>}</td>
      <td className="num">{row.money !== null && <bdi dir="ltr">{sign}{amountText(row.money.amount)} <span className="unit">{row.money.symbol}</span></bdi>}</td>
      <td className="num">{row.pkr !== null && <bdi dir="ltr" title={worded(row.pkr.source)}>{sign}{rupees(row.pkr.paisa)}</bdi>}</td>
      <td>{row.end !== null && endWords(row.end, say, places)}</td>
      <td><span className="code" title={row.counterparty ?? undefined}>{shortened(row.counterparty)}</span></td>
      <td><StateMark tone={tones[row.state]}>{say(`event.state.${row.state}`)}</StateMark></td>
      <td>{row.alerts.slice(0, 1).map((id) => <Link key={id} className="n" to="/alerts" search={{ id }}><span className="code">{id}</span></Link>)}{row.alerts.length > 1 && <span className="faint"> +{row.alerts.length - 1}</span>}</td>
      <td className="num"><bdi dir="ltr"><Link className="n" to="/submissions/$id" params={{ id: row.submission }}><span className="code">{shortened(row.submission)}</span></Link> <span className="faint">:{row.line}</span></bdi></td>
    </tr>
  );
}

/** The two ends of an address or hash; the whole stands on hover and on the event's own page. */
function shortened(text: string | null): string {
  if (text === null) return '';
  return text.length > 16 ? `${text.slice(0, 7)}…${text.slice(-5)}` : text;
}
