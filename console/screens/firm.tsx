/**
 * One firm: the stage rail leads; then gates, limits against live figures, services, what it sent, its
 * alerts, and its history with a proof for each entry. For a real firm only the published fact is shown.
 */
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { FirmAnswer } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { whole } from '../figures.ts';
import { ProofLink, Time } from '../parts/marks.tsx';
import { Icon } from '../parts/icon.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { tabActive } from '../search.ts';
import { Say, useWorded, useWords } from '../words.tsx';
import { FirmAlerts, FirmFeed, FirmSubmissions } from './firm-activity.tsx';
import { DossierCaps, DossierDue, DossierGates, DossierTabs } from './firm-dossier.tsx';
import { Gates, Limits, Services, StageRail } from './firm-standing.tsx';

export function Firm() {
  const { code } = useParams({ from: '/firms/$code' });
  const query = useAnswer('firm', { params: { code } });
  const shown = query.isPlaceholderData ? { ...query, data: undefined, isPending: true } : query;
  return <Answer query={shown} bones={12}>{(firm) => <Sheet firm={firm} />}</Answer>;
}

function Sheet(props: { firm: FirmAnswer }) {
  const { say } = useWords();
  const may = useMay();
  const { firm } = props;
  const { tab = 'overview' } = useSearch({ from: '/firms/$code' });
  const { code } = firm.row.firm;
  return (
    <>
      <FirmHead firm={firm} />
      <nav className="tabs tabs--ruled" aria-label={say('firm.tabs')}>
        {(['overview', 'services', 'history'] as const).map((one) => (
          <Link key={one} to="/firms/$code" params={{ code }} search={one === 'overview' ? {} : { tab: one }} activeOptions={tabActive} aria-current={one === tab ? 'page' : undefined}>
            {say(`firm.tab.${one}`)}{one === 'history' && <span className="count">{whole(firm.historyTotal)}</span>}
          </Link>
        ))}
        <DossierTabs code={code} invented={firm.row.firm.invented} />
        {firm.row.activity !== null && (
          <>
            {may('submission.read') && <Link to="/submissions" search={{ firm: code }}>{say('nav.submissions')}</Link>}
            {may('alert.read') && <Link to="/alerts" search={{ firm: code }}>{say('nav.alerts')}<span className="count">{whole(firm.row.activity.openAlerts)}</span></Link>}
            {may('event.read') && <Link to="/events" search={{ firm: code }}>{say('nav.events')}</Link>}
          </>
        )}
      </nav>
      <StageRail steps={firm.steps} />
      {tab === 'overview' && <Standing firm={firm} />}
      {tab === 'services' && <Services firm={firm} />}
      {tab === 'history' && <History firm={firm} all />}
    </>
  );
}

function FirmHead(props: { firm: FirmAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { firm, stage } = props.firm.row;
  return (
    <header className="firm__head">
      <h2>{worded(firm.name)}{firm.invented && <span className="invented"> {say('invented')}</span>}</h2>
      {firm.code !== firm.name.en && <span className="chip chip--firm">{firm.code}</span>}
      {props.firm.registerNumber !== null && <span className="faint">{say('firm.register')} <span className="code">{props.firm.registerNumber}</span></span>}
      <span className={stage.isStopped ? 'chip chip--breach' : 'chip'}>{stage.isLicence || stage.isStopped ? worded(stage.title) : say('firm.not-a-licence', { stage: worded(stage.title) })}</span>
    </header>
  );
}

function Standing(props: { firm: FirmAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { firm } = props;
  const of = { code: firm.row.firm.code, invented: firm.row.firm.invented };
  return (
    <div className="firm">
      <div>
        {firm.published !== null && <Empty title={say('firm.published')}><p dir="auto">{worded(firm.published.text)}</p><p className="faint"><Say k="firm.source" nodes={{ source: <bdi>{firm.published.source}</bdi> }} /></p></Empty>}
        {firm.gates.length > 0 ? <Gates firm={firm} /> : <DossierGates {...of} />}
        {firm.limits.length > 0 ? <Limits firm={firm} /> : <DossierCaps {...of} />}
        {firm.row.activity === null && firm.published === null && <Empty title={say('firm.no-feed.title', { name: worded(firm.row.firm.name) })}><p>{say('firm.no-feed.text')}</p></Empty>}
        <History firm={firm} all={false} />
      </div>
      <div>
        {firm.flags.map((flag, place) => <section key={place} className="flag"><Icon name="warn" /><p><b>{worded(flag.title)}</b> {worded(flag.text)}</p></section>)}
        <DossierDue {...of} />
        {firm.row.activity !== null && <><FirmFeed firm={firm} activity={firm.row.activity} /><FirmSubmissions firm={firm} activity={firm.row.activity} /><FirmAlerts firm={firm} /></>}
      </div>
    </div>
  );
}

/** Entries shown before the whole history is asked for. */
const historyShort = 6;

function History(props: { firm: FirmAnswer; all: boolean }) {
  const { say } = useWords();
  const worded = useWorded();
  const { firm } = props;
  if (firm.history.length === 0) return null;
  const shown = props.all ? firm.history : firm.history.slice(0, historyShort);
  return (
    <section>
      <div className="head">
        <h3>{say('firm.tab.history')}</h3><span className="head__note">{say('firm.history.note')}</span>
        {!props.all && firm.historyTotal > shown.length && <span className="head__end"><Link className="n" to="/firms/$code" params={{ code: firm.row.firm.code }} search={{ tab: 'history' }}>{say('firm.history.all', { count: firm.historyTotal })}</Link></span>}
      </div>
      <div className="box">
        <table className="table table--dense">
          <thead className="hidden-text"><tr><th>{say('column.at')}</th><th>{say('column.event')}</th><th>{say('column.who')}</th><th>{say('column.basis')}</th><th>{say('column.proof')}</th></tr></thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.entry}>
                <td className="soft"><Time at={one.at} form="date" /></td><td className="fills wraps">{worded(one.title)}</td><td className="soft">{one.actors.join(', ')}</td>
                <td className="faint">{one.basis === null ? '' : worded(one.basis)}</td><td className="num"><ProofLink entry={one.entry} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
