/** The feed of each firm: when it last sent, its counts of today, gaps in its numbering, and its closing statement. */
import type { EngineAnswer } from '../../src/contract/console.ts';
import { span, whole } from '../figures.ts';
import { Evidence, ToRejections, ToSubmissions } from '../parts/evidence.tsx';
import { FirmName, StateMark, type Tone } from '../parts/marks.tsx';
import { Empty } from '../parts/states.tsx';
import { useWords } from '../words.tsx';

type Feed = EngineAnswer['feeds'][number];
const closingTones: Readonly<Record<Feed['closing'], Tone>> = { agrees: 'met', differs: 'breach', missing: 'due', 'not-due': 'wait' };

export function FeedTable(props: { data: EngineAnswer }) {
  const { say } = useWords();
  const { feeds } = props.data;
  if (feeds.length === 0) return <section><Empty title={say('reporting.none.title')}><p>{say('reporting.none.text')}</p></Empty></section>;
  return (
    <section>
      <div className="head"><h2>{say('engine.feeds')}</h2><span className="head__note">{say('engine.feeds.note')}</span></div>
      <div className="box">
        <table className="table table--measure table--tight">
          <thead>
            <tr>
              <th>{say('column.firm')}</th><th className="num">{say('reporting.lag')}</th><th className="num">{say('count.Accepted')}</th><th className="num">{say('count.Decided')}</th><th className="num">{say('count.Undecided')}</th>
              <th className="num">{say('count.Held')}</th><th className="num">{say('count.Rejected')}</th><th className="num">{say('count.Quarantined')}</th><th className="num">{say('engine.gaps')}</th><th>{say('engine.closing')}</th>
            </tr>
          </thead>
          <tbody>{feeds.map((one) => <FeedRow key={one.firm.code} of={one} />)}</tbody>
        </table>
      </div>
    </section>
  );
}

function FeedRow(props: { of: Feed }) {
  const { say } = useWords();
  const { firm, feed, today, gaps, closing } = props.of;
  const day = { firm: firm.code, from: today.day, to: today.day };
  const admitted = { ...day, clock: 'admitted' } as const;
  const n = (value: number, state: 'undecided' | 'quarantined') => (value === 0 ? 0 : <Evidence of={{ ...admitted, state }}>{whole(value)}</Evidence>);
  return (
    <tr>
      <th scope="row"><FirmName firm={firm} withCode /></th>
      <td className="num"><StateMark tone={feed.late ? 'due' : 'met'}>{feed.lagMs === null ? say('feed.silent') : span(feed.lagMs, say)}</StateMark></td>
      <td className="num"><Evidence of={admitted}>{whole(today.accepted)}</Evidence></td>
      <td className="num"><Evidence of={{ ...admitted, state: 'decided' }}>{whole(today.decided)}</Evidence></td>
      <td className="num">{n(today.undecided, 'undecided')}</td><td className="num">{today.held === 0 ? 0 : <ToSubmissions search={{ ...day, outcome: 'held' }}>{whole(today.held)}</ToSubmissions>}</td>
      <td className="num">{today.rejected === 0 ? 0 : <ToRejections search={day}>{whole(today.rejected)}</ToRejections>}</td>
      <td className="num">{n(today.quarantined, 'quarantined')}</td>
      <td className="num">{gaps === 0 ? 0 : <StateMark tone="due">{whole(gaps)}</StateMark>}</td>
      <td><StateMark tone={closingTones[closing]}>{say(`closing.${closing}`)}</StateMark></td>
    </tr>
  );
}
