/**
 * The four-eyes bar at the foot of every screen. On an alert it holds that alert's decision; elsewhere it
 * tells which decisions wait. What cannot be done now is disabled with its reason in words, never hidden.
 */
import { Link, useMatches, useSearch } from '@tanstack/react-router';
import { useMay } from '../actions.tsx';
import { Icon } from '../parts/icon.tsx';
import { Keys, Time } from '../parts/marks.tsx';
import { useAnswer } from '../read.ts';
import { Say, useWorded, useWords } from '../words.tsx';
import { AlertBar } from './alert-bar.tsx';

export function DecisionBar() {
  const { say } = useWords();
  const may = useMay();
  const last = useMatches().at(-1);
  const { id } = useSearch({ strict: false });
  const alertId = last?.routeId === '/alerts' && id !== undefined && may('alert.read') ? id : null;
  return (
    <footer className="bar" aria-label={say('bar.label')}>
      {alertId !== null ? <AlertBar key={alertId} id={alertId} /> : may('alert.read') ? <WaitingBar /> : <span className="bar__title"><Icon name="two" />{say('bar.no-part')}</span>}
    </footer>
  );
}

/** Decisions shown in the bar itself; the rest is one click away. */
const shownMax = 2;

function WaitingBar() {
  const { say } = useWords();
  const worded = useWorded();
  const decisions = useAnswer('decisions', { query: { state: 'waiting', limit: 5 } });
  if (decisions.data === undefined) return <span className="bar__title"><Icon name="two" />{decisions.error === null ? say('bar.loading') : say('bar.unknown')}</span>;
  const { waiting, mine, items } = decisions.data;
  return (
    <>
      <span className="bar__title"><Icon name="two" />{waiting === 0 ? say('bar.none') : say('bar.waiting', { count: waiting })}</span>
      <span className="bar__items">
        {items.slice(0, shownMax).map((one) => (
          <span key={one.id}>
            <Say
              k={one.outcome === 'dismiss' ? 'bar.item.dismiss' : 'bar.item.escalate'}
              nodes={{
                alert: <Link className="n" to="/alerts" search={{ view: 'open', id: one.alert }} title={worded(one.alertTitle)}>{one.alert}</Link>,
                name: <bdi>{one.proposedBy.name}</bdi>, at: <Time at={one.proposedAt} form="minute" />,
              }}
            />
          </span>
        ))}
      </span>
      <span className="bar__end">
        <Link className="button" to="/decisions">{mine > 0 ? say('bar.review', { count: mine }) : say('bar.see')} <Keys keys="g d" /></Link>
      </span>
    </>
  );
}
