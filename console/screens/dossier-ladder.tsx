/**
 * The enforcement ladder on one firm: what was done, with the clocks that it started, and every rung in order of weight
 * with its clause, its cap, whether it asks for a hearing, and whether it can be used now.
 */
import type { DossierAnswer } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { rupees } from '../figures.ts';
import { ProofLink, SourceTag, StateMark, Time } from '../parts/marks.tsx';
import { Empty } from '../parts/states.tsx';
import { useWorded, useWords } from '../words.tsx';
import { useOpen } from './dossier-open.ts';
import { Clocks } from './dossier-standing.tsx';

export function Ladder(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const { dossier } = props;
  const clocks = new Set(dossier.ladder.flatMap((one) => one.clocks));
  return (
    <div className="firm">
      <div className="stack">
        {dossier.measures.length === 0 ? <Empty title={say('measures.none.title')}><p>{say('measures.none.text')}</p></Empty> : <Taken dossier={dossier} />}
        <Rungs dossier={dossier} />
      </div>
      <div className="stack"><Clocks dossier={dossier} only={clocks} /></div>
    </div>
  );
}

function Taken(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <section>
      <div className="head"><h3>{say('measures.taken')}</h3></div>
      {props.dossier.measures.toReversed().map((one) => (
        <article key={one.entry} className="aside measure">
          <h3>{worded(one.title)} <ProofLink entry={one.entry} /></h3>
          <dl className="dl">
            <dt>{say('column.at')}</dt><dd><Time at={one.at} form="short" /> · <bdi>{one.by}</bdi>{one.second !== null && <> {say('ledger.second', { name: one.second })}</>}</dd>
            <dt>{say('ladder.target')}</dt><dd><bdi>{one.target}</bdi></dd>
            {one.fineMinor !== null && <><dt>{say('ladder.fine')}</dt><dd><bdi dir="ltr">PKR {rupees(one.fineMinor)}</bdi></dd></>}
            <dt>{say('ladder.terms')}</dt><dd className="words" dir="auto">{one.terms}</dd>
            <dt>{say('decide.reason')}</dt><dd className="words" dir="auto">{one.reasons}</dd>
            {one.plan !== null && <><dt>{say('ladder.plan')}</dt><dd className="code code--wraps">{one.plan}</dd></>}
          </dl>
        </article>
      ))}
    </section>
  );
}

function Rungs(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const { dossier } = props;
  return (
    <section>
      <div className="head"><h3>{say('ladder.title')}</h3><span className="head__note">{say('ladder.note')}</span></div>
      <div className="box">
        <table className="table">
          <thead><tr><th>{say('ladder.rung')}</th><th>{say('column.source')}</th><th className="num">{say('ladder.cap')}</th><th>{say('column.state')}</th><th className="num"><span className="hidden-text">{say('dossier.act')}</span></th></tr></thead>
          <tbody>{dossier.ladder.map((rung) => <RungRow key={rung.rung} rung={rung} dossier={dossier} />)}</tbody>
        </table>
      </div>
    </section>
  );
}

function RungRow(props: { rung: DossierAnswer['ladder'][number]; dossier: DossierAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const open = useOpen();
  const { rung, dossier } = props;
  const closed = rung.event !== null && !dossier.steps.some((step) => step.event === rung.event);
  return (
    <>
      <tr className="leads">
        <td className="wraps fills">{worded(rung.title)}</td><td><SourceTag of={rung.provenance} /></td>
        <td className="num">{rung.capMinor === null ? '–' : <bdi dir="ltr">PKR {rupees(rung.capMinor)}</bdi>}</td>
        <td>{closed ? <StateMark tone="wait">{say('ladder.not-here')}</StateMark> : <StateMark tone="met">{say(rung.hearing ? 'ladder.hearing' : 'ladder.open')}</StateMark>}</td>
        <td className="num">{may('stage.decide') && <button type="button" className="button button--small" aria-disabled={closed} title={closed ? say('ladder.closed') : undefined} onClick={() => { if (!closed) open({ what: 'rung', rung }); }}>{say('dossier.propose')}<span className="hidden-text"> {worded(rung.title)}{closed && ` ${say('ladder.closed')}`}</span></button>}</td>
      </tr>
      <tr><td colSpan={5} className="wraps note">{worded(rung.means)}{rung.provenance.clause !== null && <> · {worded(rung.provenance.clause)}</>}</td></tr>
    </>
  );
}
