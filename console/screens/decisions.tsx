/** Decisions of two people: what waits, who may second it, and what was decided with its proof. */
import { Link, useSearch } from '@tanstack/react-router';
import type { Decision } from '../../src/contract/console.ts';
import { Icon } from '../parts/icon.tsx';
import { ProofLink, SeverityMark, StateMark, Time, type Tone } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { usePages } from '../read.ts';
import { tabActive } from '../search.ts';
import { useWorded, useWords } from '../words.tsx';

const tones: Readonly<Record<Decision['state'], Tone>> = { waiting: 'due', approved: 'met', 'done-alone': 'met', 'sent-back': 'wait', withdrawn: 'wait' };

export function Decisions() {
  const { say } = useWords();
  const { state = 'waiting' } = useSearch({ from: '/decisions' });
  const pages = usePages('decisions', (cursor) => ({ query: { state, limit: 100, ...(cursor === undefined ? {} : { cursor }) } }));
  return (
    <>
      <nav className="tabs tabs--ruled" aria-label={say('nav.decisions')}>
        {(['waiting', 'all'] as const).map((one) => (
          <Link key={one} to="/decisions" search={one === 'waiting' ? {} : { state: one }} activeOptions={tabActive} aria-current={one === state ? 'page' : undefined}>{say(`decisions.${one}`)}{one === 'waiting' && <span className="count">{pages.data?.pages[0]?.waiting}</span>}</Link>
        ))}
      </nav>
      <Answer query={pages}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title={say(state === 'all' ? 'decisions.none.all' : 'decisions.none.title')} actions={<Link className="button" to="/alerts">{say('nav.alerts')}</Link>}><p>{say('decisions.none.text')}</p></Empty>;
          return (
            <>
              <DecisionTable items={items} />
              {pages.hasNextPage && <button type="button" className="button" onClick={() => void pages.fetchNextPage()}>{say('action.more')}</button>}
            </>
          );
        }}
      </Answer>
    </>
  );
}

function DecisionTable(props: { items: readonly Decision[] }) {
  const { say } = useWords();
  return (
    <div className="box">
      <table className="table">
        <thead>
          <tr>
            <th>{say('column.alert')}</th><th>{say('filter.severity')}</th><th>{say('decisions.what')}</th><th>{say('decide.reason')}</th><th>{say('decisions.proposed')}</th><th>{say('decisions.second')}</th>
            <th>{say('column.state')}</th><th className="num">{say('column.proof')}</th>
          </tr>
        </thead>
        <tbody>{props.items.map((one) => <DecisionRow key={one.id} decision={one} />)}</tbody>
      </table>
    </div>
  );
}

function DecisionRow(props: { decision: Decision }) {
  const { say } = useWords();
  const worded = useWorded();
  const { decision } = props;
  return (
    <tr>
      <td className="wraps roomy"><Link className="n" to="/alerts" search={{ id: decision.alert }}><span className="code">{decision.alert}</span></Link> <span className="soft">{worded(decision.alertTitle)}</span></td>
      <td><SeverityMark severity={decision.severity} /></td>
      <td>{say(`decisions.outcome.${decision.outcome}`)}</td>
      <td className="wraps fills">{say(`reason.${decision.reason}`)}<span className="note"> · <bdi>{decision.note}</bdi></span></td>
      <td><bdi>{decision.proposedBy.name}</bdi> <span className="faint"><Time at={decision.proposedAt} form="short" /></span></td>
      <td>{decision.secondBy === null ? <SecondNote decision={decision} /> : <><bdi>{decision.secondBy.name}</bdi> {decision.secondAt !== null && <span className="faint"><Time at={decision.secondAt} form="short" /></span>}</>}</td>
      <td><StateMark tone={tones[decision.state]}>{say(`decisions.state.${decision.state}`)}</StateMark></td>
      <td className="num">{decision.entry !== null && <ProofLink entry={decision.entry} />}</td>
    </tr>
  );
}

function SecondNote(props: { decision: Decision }) {
  const { say } = useWords();
  const worded = useWorded();
  const { decision } = props;
  if (decision.state === 'done-alone') return <span className="faint">{say('decisions.not-needed')}</span>;
  if (decision.state !== 'waiting') return <span className="faint">–</span>;
  if (!decision.maySecond) return <span className="faint">{decision.whyNot === null ? say('bar.second.other') : worded(decision.whyNot)}</span>;
  return <Link className="button" to="/alerts" search={{ id: decision.alert }}><Icon name="two" />{say('decisions.you-may')}</Link>;
}
