/** How gates were judged: each criterion with its note and score, the outcome and the reasons, by whom and when, with its proof. */
import type { DossierAnswer } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { ProofLink, StateMark, Time } from '../parts/marks.tsx';
import { Empty } from '../parts/states.tsx';
import { useWorded, useWords } from '../words.tsx';
import { useOpen } from './dossier-open.ts';

type Finding = NonNullable<DossierAnswer['weighed']>['findings'][number];
type Gate = DossierAnswer['steps'][number]['gates'][number];

export function Assessment(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const { dossier } = props;
  const gates = [...new Map(dossier.steps.flatMap((step) => step.gates).filter((gate) => gate.shown === 'found').map((gate) => [gate.gate, gate])).values()];
  const judged = new Set(dossier.weighed?.findings.map((one) => one.gate));
  const waiting = gates.filter((gate) => !judged.has(gate.gate));
  if (gates.length === 0 && judged.size === 0) return <Empty title={say('assessment.none.title')}><p>{say('assessment.none.text')}</p></Empty>;
  return (
    <div className="stack">
      {waiting.map((gate) => <Unjudged key={gate.gate} gate={gate} />)}
      <Findings dossier={dossier} />
    </div>
  );
}

function Unjudged(props: { gate: Gate }) {
  const { say } = useWords();
  const worded = useWorded();
  const { gate } = props;
  return (
    <section>
      <div className="head"><h3>{worded(gate.title)}</h3><span className="head__note"><StateMark tone="due">{say('assessment.not-judged')}</StateMark></span><JudgeButton gate={gate} /></div>
      <ul className="plain">{gate.criteria.map((one) => <li key={one.criterion}>{worded(one.title)}</li>)}</ul>
    </section>
  );
}

function JudgeButton(props: { gate: Gate }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const open = useOpen();
  if (!may('dossier.assess')) return null;
  return <span className="head__end"><button type="button" className="button button--small" onClick={() => open({ what: 'judge', gate: props.gate })}>{say('dossier.judge')}<span className="hidden-text"> {worded(props.gate.title)}</span></button></span>;
}

/** The judgements so far; `only` some gates. */
export function Findings(props: { dossier: DossierAnswer; only?: ReadonlySet<string> }) {
  const { dossier } = props;
  const findings = (dossier.weighed?.findings ?? []).filter((one) => props.only?.has(one.gate) ?? true);
  const gates = dossier.steps.flatMap((step) => step.gates);
  return findings.map((finding) => <FindingPart key={finding.gate} finding={finding} gate={gates.find((one) => one.gate === finding.gate)} />);
}

function FindingPart(props: { finding: Finding; gate: Gate | undefined }) {
  const { say } = useWords();
  const worded = useWorded();
  const { finding, gate } = props;
  const stale = gate?.lacks.some((lack) => lack.what === 'finding' && lack.why === 'stale') === true;
  return (
    <section>
      <div className="head">
        <h3>{worded(finding.title)}</h3>
        <span className="head__note"><StateMark tone={stale ? 'due' : finding.outcome === 'met' ? 'met' : 'breach'} icon={stale ? 'clock' : finding.outcome === 'met' ? 'check' : 'cross'}>{say(stale ? 'lack.stale' : `dossier.gate.${finding.outcome}`)}</StateMark> · <bdi>{finding.by}</bdi>, <Time at={finding.at} form="short" /> · <ProofLink entry={finding.entry} /></span>
        {gate !== undefined && <JudgeButton gate={gate} />}
      </div>
      <p className="words soft" dir="auto">{finding.reasons}</p>
      <div className="box">
        <table className="table table--dense">
          <thead><tr><th>{say('judge.criterion')}</th><th>{say('column.note')}</th><th className="num">{say('judge.score')}</th></tr></thead>
          <tbody>{finding.criteria.map((one) => <tr key={one.criterion}><td className="wraps roomy">{worded(one.title)}</td><td className="wraps fills"><bdi className="words">{one.note}</bdi></td><td className="num">{one.score === null ? '–' : say('judge.score.short', { score: one.score })}</td></tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}
