/**
 * The four-eyes bar at the foot of every screen. On an alert it holds that alert's decision; elsewhere it
 * tells which decisions wait; a firm's person sees what waits for the firm. What cannot be done now is disabled with its reason in words, never hidden.
 */
import { Link, useMatches, useParams, useSearch } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { useMay } from '../actions.tsx';
import { Icon } from '../parts/icon.tsx';
import { Keys, Time } from '../parts/marks.tsx';
import { useAnswer } from '../read.ts';
import { Say, useWorded, useWords } from '../words.tsx';
import { useSession } from '../session.tsx';
import { AlertBar } from './alert-bar.tsx';
import { DeskBar } from './desk-bar.tsx';

const DossierBar = lazy(async () => ({ default: (await import('./dossier-bar.tsx')).DossierBar }));

export function DecisionBar() {
  const { say } = useWords();
  const may = useMay();
  const last = useMatches().at(-1);
  const { id } = useSearch({ strict: false });
  const { firm } = useSession();
  const { code } = useParams({ strict: false });
  const dossier = last?.routeId === '/applications/$code' && code !== undefined && may('dossier.read') ? code : null;
  const alertId = last?.routeId === '/alerts' && id !== undefined && may('alert.read') ? id : null;
  return (
    <footer className="bar" aria-label={say(firm === null ? 'bar.label' : 'bar.desk.waits')}>
      {firm === null ? <BarOf alertId={alertId} dossier={dossier} /> : <DeskBar code={firm.code} />}
    </footer>
  );
}

function BarOf(props: { alertId: string | null; dossier: string | null }) {
  const { say } = useWords();
  const may = useMay();
  const { alertId, dossier } = props;
  if (alertId !== null) return <AlertBar key={alertId} id={alertId} />;
  if (dossier !== null) return <Suspense fallback={<span className="bar__title"><Icon name="two" />{say('bar.loading')}</span>}><DossierBar key={dossier} code={dossier} /></Suspense>;
  if (may('alert.read')) return <WaitingBar />;
  if (may('stage.second')) return <><DossiersWaiting /><span className="bar__end"><Link className="button" to="/applications" search={{ waiting: 'true' }}>{say('bar.see')}</Link></span></>;
  return <span className="bar__title"><Icon name="two" />{say('bar.no-part')}</span>;
}

/** How many decisions on firms wait, beside those on alerts. */
function DossierCount() {
  const { say } = useWords();
  const dossiers = useAnswer('dossiers', { query: { waiting: 'true', limit: 5 } });
  if (dossiers.data === undefined || dossiers.data.total === 0) return null;
  return <Link className="button" to="/applications" search={{ waiting: 'true' }}>{say('bar.dossiers.short', { count: dossiers.data.total })}</Link>;
}

/** Decisions on firms that wait, for who takes part in them. */
function DossiersWaiting() {
  const { say } = useWords();
  const worded = useWorded();
  const dossiers = useAnswer('dossiers', { query: { waiting: 'true', limit: 5 } });
  if (dossiers.data === undefined) return <span className="bar__title"><Icon name="two" />{dossiers.error === null ? say('bar.loading') : say('bar.unknown')}</span>;
  const { total, items } = dossiers.data;
  return (
    <>
      <span className="bar__title"><Icon name="two" />{total === 0 ? say('bar.dossiers.none') : say('bar.dossiers', { count: total })}</span>
      <span className="bar__items">{items.slice(0, shownMax).map((one) => <span key={one.firm.code}><Link className="n" to="/applications/$code" params={{ code: one.firm.code }}>{worded(one.firm.name)}</Link></span>)}</span>
    </>
  );
}

/** Decisions shown in the bar itself; the rest is one click away. */
const shownMax = 2;

function WaitingBar() {
  const { say } = useWords();
  const may = useMay();
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
        {may('stage.second') && <DossierCount />}
        <Link className="button" to="/decisions">{mine > 0 ? say('bar.review', { count: mine }) : say('bar.see')} <Keys keys="g d" /></Link>
      </span>
    </>
  );
}
