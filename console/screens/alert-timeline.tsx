/** The events of an alert in time: a chart, and the table that says the same. */
import { dayOf, amountText, rupees, dayText } from '../figures.ts';
import { instantOf } from '../../src/terms/index.ts';
import type { Alert, TimelineEvent } from '../../src/contract/console.ts';
import { Link } from '@tanstack/react-router';
import { TimelineChart } from '../charts/timeline.tsx';
import { eventPhrase } from '../event-words.ts';
import { Bdi, Evidence } from '../parts/evidence.tsx';
import { Time } from '../parts/marks.tsx';
import { Say, useWorded, useWords } from '../words.tsx';

export function AlertTimeline(props: { alert: Alert }) {
  const { say, language } = useWords();
  const { items, total, evidence } = props.alert.timeline;
  const days = new Set(items.map((event) => dayOf(instantOf(event.at))));
  const [onlyDay] = days;
  const symbols = new Set(items.flatMap((event) => (event.money === null ? [] : [event.money.symbol])));
  const [symbol] = symbols;
  const oneSymbol = symbols.size === 1 ? symbol ?? null : null;
  const oneFirm = new Set(items.map((event) => event.firm)).size === 1;
  const allLate = items.length > 0 && items.every((event) => event.late);
  const moves = items.filter((event) => event.way !== 'none');
  return (
    <section>
      <div className="head">
        <h3>{say('alert.timeline')}</h3>
        <span className="head__end legend"><span className="key key--in"><i />{say('way.in')}</span><span className="key key--out"><i />{say('way.out')}</span></span>
      </div>
      {moves.length > 0 && <TimelineChart events={items} label={say('alert.timeline.label', { in: moves.filter((one) => one.way === 'in').length, out: moves.filter((one) => one.way === 'out').length })} />}
      <div className="box">
        <table className="table table--dense table--tight">
          <thead>
            <tr>
              <th>{days.size === 1 && onlyDay !== undefined ? dayText(onlyDay, 'day', language) : say('column.when')} · PKT</th>{!oneFirm && <th>{say('column.firm.at')}</th>}<th>{say('column.event')}</th>
              <th className="num">{oneSymbol ?? say('column.amount')}</th>
            </tr>
          </thead>
          <tbody>{items.map((event) => <TimelineRow key={`${event.firm} ${event.id}`} event={event} sameDay={days.size === 1} oneSymbol={oneSymbol !== null} oneFirm={oneFirm} allLate={allLate} />)}</tbody>
        </table>
      </div>
      <p className="note"><Say k="alert.timeline.all" values={{ count: items.length }} nodes={{ total: <Evidence of={evidence}>{total}</Evidence> }} />{allLate && <> · {say('alert.timeline.late')}</>}</p>
    </section>
  );
}

function TimelineRow(props: { event: TimelineEvent; sameDay: boolean; oneSymbol: boolean; oneFirm: boolean; allLate: boolean }) {
  const { say } = useWords();
  const worded = useWorded();
  const { event } = props;
  const amount = event.money === null ? '' : `${event.way === 'out' ? '\u2212' : ''}${amountText(event.money.amount)}${props.oneSymbol ? '' : `\u00A0${event.money.symbol}`}`;
  return (
    <tr className={event.way === 'out' ? 'strong' : undefined}>
      <td><Time at={event.at} form={props.sameDay ? 'minute' : 'short'} /></td>
      {!props.oneFirm && <td>{event.firm}</td>}
      <td className="fills wraps">{eventPhrase(event, say)}{event.late && !props.allLate && <span className="chip chip--open" title={say('event.late.why')}>{say('event.late')}</span>}</td>
      <td className="num">
        <Link className="n" to="/events/$firm/$id" params={{ firm: event.firm, id: event.id }} title={event.pkr === null ? undefined : `PKR ${rupees(event.pkr.paisa)} · ${worded(event.pkr.source)}`}>
          {amount === '' ? say('event.open') : <Bdi>{amount}</Bdi>}
        </Link>
      </td>
    </tr>
  );
}
