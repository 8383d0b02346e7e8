/**
 * What a firm's dossier adds to its page: the gates to the next step, limits and caps against live figures, what it owes,
 * and the ways to its people, its letters and the measures against it. Only for who may read dossiers.
 */
import { Link } from '@tanstack/react-router';
import type { DossierAnswer } from '../../src/contract/console.ts';
import '../style/licensing.css';
import { useMay } from '../actions.tsx';
import { whole } from '../figures.ts';
import { SourceTag } from '../parts/marks.tsx';
import { useAnswer } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';
import { CapsPart } from './dossier-caps.tsx';
import { GateTable } from './dossier-gates.tsx';
import { newest } from './dossier-rows.ts';
import { DueDay } from './obligations-mark.tsx';

/** A firm's dossier, where the reader may see it. */
function useDossier(code: string, invented: boolean): DossierAnswer | undefined {
  const may = useMay();
  const dossier = useAnswer('dossier', { params: { code } }, invented && may('dossier.read'));
  return dossier.isPlaceholderData ? undefined : dossier.data;
}

/** Tabs that lead to the parts of the dossier. */
export function DossierTabs(props: { code: string; invented: boolean }) {
  const { say } = useWords();
  const dossier = useDossier(props.code, props.invented);
  if (dossier === undefined) return null;
  const late = dossier.due.filter((one) => one.state === 'breach' || one.state === 'overdue').length;
  const params = { code: props.code };
  return (
    <>
      <Link to="/applications/$code" params={params}>{say('firm.tab.application')}</Link>
      <Link to="/applications/$code" params={params} search={{ tab: 'people' }}>{say('dossier.tab.people')}<span className="count">{whole(newest(dossier.forms).filter((one) => one.filedFor === 'person').length)}</span></Link>
      <Link to="/obligations" search={{ firm: props.code }}>{say('nav.obligations')}<span className="count">{late > 0 ? say('firm.overdue', { count: late }) : whole(dossier.due.length)}</span></Link>
      <Link to="/applications/$code" params={params} search={{ tab: 'letters' }}>{say('dossier.tab.letters')}<span className="count">{whole(dossier.letters.length)}</span></Link>
      <Link to="/applications/$code" params={params} search={{ tab: 'measures' }}>{say('dossier.tab.measures')}<span className="count">{whole(dossier.measures.length)}</span></Link>
    </>
  );
}

/** Gates to each step that leads on. */
export function DossierGates(props: { code: string; invented: boolean }) {
  const { say } = useWords();
  const worded = useWorded();
  const dossier = useDossier(props.code, props.invented);
  const forward = dossier?.steps.filter((step) => step.way === 'forward' && step.gates.length > 0) ?? [];
  return forward.map((step) => (
    <section key={step.event}>
      <div className="head"><h3>{say('firm.gates.to', { step: worded(step.title) })}</h3><span className="head__note">{say('dossier.step.gates', { met: step.gates.filter((gate) => gate.state === 'met').length, gates: step.gates.length })}</span></div>
      <GateTable gates={step.gates} plain />
    </section>
  ));
}

export function DossierCaps(props: { code: string; invented: boolean }) {
  const dossier = useDossier(props.code, props.invented);
  return dossier === undefined ? null : <CapsPart code={props.code} caps={dossier.caps} />;
}

/** Duties shown before the rest is only linked. */
const dueMax = 6;

export function DossierDue(props: { code: string; invented: boolean }) {
  const { say } = useWords();
  const worded = useWorded();
  const dossier = useDossier(props.code, props.invented);
  if (dossier === undefined) return null;
  return (
    <section>
      <div className="head"><h3>{say('nav.obligations')}</h3><span className="head__end"><Link className="n" to="/obligations" search={{ firm: props.code, view: 'calendar' }}>{say('obligations.view.calendar')}</Link></span></div>
      {dossier.due.length === 0 ? <p className="note">{say('obligations.none.title')}</p> : (
        <table className="table table--dense">
          <thead className="hidden-text"><tr><th>{say('obligations.duty')}</th><th>{say('column.source')}</th><th>{say('column.due')}</th></tr></thead>
          <tbody>
            {dossier.due.slice(0, dueMax).map((one) => (
              <tr key={`${one.obligation} ${one.occurrence}`}><td className="wraps fills">{worded(one.title)}</td><td><SourceTag of={one.provenance} /></td><td className="num"><DueDay row={one} /></td></tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
