/** Value in and out by corridor, as ranked flows; the table says the same. No map: boundaries are disputed. */
import { Link, useSearch } from '@tanstack/react-router';
import { flowEndKinds, type Flow, type OverviewAnswer } from '../../src/contract/console.ts';
import { Sankey, endWords, usePlaces } from '../charts/sankey.tsx';
import { dayText, onScale, scaleOf, shares, whole, type Scale } from '../figures.ts';
import { Evidence } from '../parts/evidence.tsx';
import { FLOW_KINDS } from '../search.ts';
import { Empty } from '../parts/states.tsx';
import { Say, useWords } from '../words.tsx';

export function Corridors(props: { data: OverviewAnswer }) {
  const { say, language } = useWords();
  const { flows: view } = useSearch({ from: '/overview' });
  const { items, from, to } = props.data.flows;
  const sum = (way: Flow['way']): number => items.filter((flow) => flow.way === way).reduce((total, flow) => total + flow.paisa, 0);
  const totals = { in: sum('in'), out: sum('out') };
  const scale = scaleOf(Math.max(totals.in, totals.out));
  const kept = totals.in - totals.out;
  const period = { kind: FLOW_KINDS, from, to };
  const kinds = flowEndKinds.filter((kind) => items.some((flow) => flow.end.kind === kind));
  return (
    <section>
      <div className="head">
        <h2 id="flows-title">{say('flows.title')}</h2>
        <span className="head__note">
          <Say
            k="flows.note" values={{ unit: say(scale.unit), from: dayText(from, 'day', language), to: dayText(to, 'day', language), kept: onScale(kept, scale) }}
            nodes={{ in: <Evidence of={{ ...period, way: 'in' }}>{onScale(totals.in, scale)}</Evidence>, out: <Evidence of={{ ...period, way: 'out' }}>{onScale(totals.out, scale)}</Evidence> }}
          />
        </span>
        <span className="head__end"><Link className="n" to="/overview" search={view === 'table' ? {} : { flows: 'table' }} replace>{say(view === 'table' ? 'flows.as-flows' : 'flows.as-table')}</Link></span>
      </div>
      {items.length === 0
        ? <Empty title={say('flows.none.title')}><p>{say('flows.none.text')}</p></Empty>
        : view === 'table' ? <FlowTable flows={items} scale={scale} period={period} /> : <div className="box"><Sankey flows={items} scale={scale} labelledBy="flows-title" /></div>}
      <p className="note legend">{kinds.map((kind) => <span key={kind} className={`key key--${kind}`}><i />{say(`end.legend.${kind}`)}</span>)}</p>
    </section>
  );
}

function FlowTable(props: { flows: readonly Flow[]; scale: Scale; period: { kind: string; from: string; to: string } }) {
  const { say } = useWords();
  const places = usePlaces();
  const ranked = props.flows.toSorted((a, b) => b.paisa - a.paisa);
  const values = shares(ranked.map((flow) => flow.paisa), props.scale);
  return (
    <div className="box flows__table" tabIndex={0} role="region" aria-label={say('flows.title')}>
      <table className="table table--dense">
        <thead><tr><th>{say('column.way')}</th><th>{say('column.firm')}</th><th>{say('column.end')}</th><th className="num">{say('column.events')}</th><th className="num">PKR {say(props.scale.unit)}</th></tr></thead>
        <tbody>
          {ranked.map((flow, place) => {
            const behind = { ...props.period, firm: flow.firm, way: flow.way, end: flow.end.kind, ...(flow.end.place === null ? {} : { place: flow.end.place }) };
            return (
              <tr key={place}>
                <td>{say(`way.${flow.way}`)}</td><td>{flow.firm}</td><td>{endWords(flow.end, say, places)}</td><td className="num"><Evidence of={behind}>{whole(flow.events)}</Evidence></td>
                <td className="num"><Evidence of={behind}>{values[place]}</Evidence></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
