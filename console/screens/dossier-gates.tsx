/** Gates met or missing, each with its clause, its source and its proof; a missing one says what would meet it and offers the act that does. */
import type { DossierAnswer } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { ProofLink, SourceTag, StateMark, type Tone } from '../parts/marks.tsx';
import { useWorded, useWords } from '../words.tsx';
import { useOpen, type Opened } from './dossier-open.ts';

type GateOf = DossierAnswer['steps'][number]['gates'][number];

export function GateTable(props: { gates: readonly GateOf[]; plain?: boolean }) {
  const { say } = useWords();
  return (
    <div className="box">
      <table className="table table--dense">
        <thead className="hidden-text"><tr><th>{say('column.state')}</th><th>{say('firm.gate')}</th><th>{say('column.basis')}</th><th>{say('column.source')}</th><th>{say('column.proof')}</th><th>{say('dossier.act')}</th></tr></thead>
        <tbody>{props.gates.map((gate) => <GateRow key={gate.gate} gate={gate} plain={props.plain === true} />)}</tbody>
      </table>
    </div>
  );
}

const gateTones: Readonly<Record<GateOf['state'], Tone>> = { met: 'met', unmet: 'breach', 'not-run': 'due' };

function GateRow(props: { gate: GateOf; plain: boolean }) {
  const { say } = useWords();
  const worded = useWorded();
  const { gate } = props;
  return (
    <>
      <tr className={gate.lacks.length > 0 ? 'leads' : undefined}>
        <td><StateMark tone={gateTones[gate.state]} icon={gate.state === 'met' ? 'check' : gate.state === 'unmet' ? 'cross' : 'clock'}>{say(`dossier.gate.${gate.state}`)}</StateMark></td>
        <td className="wraps fills">{worded(gate.title)}</td>
        <td className="faint">{gate.provenance.clause !== null && worded(gate.provenance.clause)}</td>
        <td><SourceTag of={gate.provenance} /></td>
        <td className="num">{gate.entry !== null && <ProofLink entry={gate.entry} />}</td>
        <td className="num">{!props.plain && <GateAct gate={gate} />}</td>
      </tr>
      {gate.lacks.length > 0 && <tr><td /><td colSpan={5} className="wraps note"><Lacks gate={gate} /></td></tr>}
    </>
  );
}

/** Lacks shown before the rest is only counted. */
const lacksMax = 12;

function Lacks(props: { gate: GateOf }) {
  const { say } = useWords();
  const worded = useWorded();
  const { lacks } = props.gate;
  const lackText = (lack: GateOf['lacks'][number]): string => {
    if (lack.what === 'finding') return say(lack.why === 'missing' ? 'assessment.not-judged' : `lack.${lack.why}`);
    return lack.why === 'missing' ? worded(lack.title) : `${worded(lack.title)} (${say(`lack.${lack.why}`)})`;
  };
  return <>{say('dossier.lacks')} {lacks.slice(0, lacksMax).map(lackText).join(say('comma'))}{lacks.length > lacksMax && ` ${say('dossier.lacks.more', { count: lacks.length - lacksMax })}`}</>;
}

/** The act that meets a gate: a judgement, a screening or a record. What is filed is the firm's to file. */
function GateAct(props: { gate: GateOf }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const open = useOpen();
  const { gate } = props;
  if (!may('dossier.assess')) return null;
  if (gate.shown === 'filed') return gate.state === 'met' ? null : <span className="faint">{say('dossier.gate.firm')}</span>;
  const what: Opened = gate.shown === 'found' ? { what: 'judge', gate } : gate.shown === 'screened' ? { what: 'screen' } : { what: 'moment', event: gate.lacks.find((lack) => lack.what === 'moment')?.name ?? null };
  if (gate.shown === 'recorded' && gate.state === 'met') return null;
  const word = gate.shown === 'found' ? (gate.state === 'met' ? 'dossier.judge.again' : 'dossier.judge') : gate.shown === 'screened' ? 'dossier.screen' : 'dossier.record';
  return <button type="button" className="n" onClick={() => open(what)}>{say(word)}<span className="hidden-text"> {worded(gate.title)}</span></button>;
}
