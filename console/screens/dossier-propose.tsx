/**
 * Proposing a step: which one, how its gates stand, on which clause, with which reasons, services and evidence, and from
 * when. What cannot be proposed says why; what was proposed waits for another person who sees the same version.
 */
import { useState } from 'react';
import type { DossierAnswer } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { Icon } from '../parts/icon.tsx';
import { SourceTag, StageText } from '../parts/marks.tsx';
import { useAnswer } from '../read.ts';
import { DecisionForm, noteMin, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { CapFields, capsIn, type CapTexts } from './dossier-caps.tsx';
import { EvidenceField, LineField, TextField, instantIn, servicesIn, useAct, useSeen } from './dossier-form.tsx';
import { GateTable } from './dossier-gates.tsx';

type Step = DossierAnswer['steps'][number];
type Draft = { readonly reasons: string; readonly evidence: readonly string[]; readonly services: readonly string[]; readonly from: string; readonly caps: CapTexts };
const nothingYet: Draft = { reasons: '', evidence: [], services: [], from: '', caps: {} };
const isDraft = (kept: unknown): kept is Draft => typeof kept === 'object' && kept !== null && 'services' in kept;
const keyOf = (step: Step): string => `${step.event} ${step.to.id}`;

export function ProposeDialog(props: { dossier: DossierAnswer; step: Step | null; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier } = props;
  const steps = dossier.steps.filter((step) => step.way !== 'sanction');
  const [chosen, choose] = useState(props.step === null ? (steps.find((step) => step.way === 'forward') ?? steps[0]) : props.step);
  const step = dossier.steps.find((one) => chosen !== undefined && keyOf(one) === keyOf(chosen)) ?? null;
  const [draft, write, forget] = useDraft(`${dossier.firm.code} ${step?.event ?? ''}`, nothingYet, isDraft);
  const caps = capsIn(draft.caps, step?.caps ?? []);
  const { seen, changedFor } = useSeen(dossier);
  const deciding = useAct((stepUp) => {
    if (step === null) throw new Error('the form is sent only with a step');
    const at = instantIn(draft.from);
    return call('proposeStep', {
      params: { code: dossier.firm.code },
      body: {
        seen, reasons: draft.reasons.trim(), evidence: [...draft.evidence], ...(stepUp === undefined ? {} : { stepUp }),
        step: { event: step.event, from: step.from, to: step.to.id, ...(step.namesServices ? { services: servicesIn(draft.services) } : {}), ...(at === undefined ? {} : { effectiveFrom: at }) },
        ...(caps === undefined || caps.length === 0 ? {} : { caps }),
      },
    });
  }, () => { forget(); props.onClose(); });
  const changed = changedFor(deciding);
  const waits = dossier.proposals.some((one) => one.state === 'waits');
  const unmet = step?.gates.filter((gate) => gate.state !== 'met').length ?? 0;
  const ready = step !== null && caps !== undefined && unmet === 0 && !waits && changed === undefined && draft.reasons.trim().length >= noteMin && (!step.namesServices || draft.services.length > 0);
  return (
    <DecisionForm label={step === null ? say('dossier.propose.title') : say('dossier.propose.of', { step: worded(step.title) })} wide deciding={deciding} onClose={props.onClose} submit={say(step?.second === false ? 'dossier.decide' : 'dossier.propose')} ready={ready} changed={changed}>
      {props.step === null && <StepChoice steps={steps} chosen={step} choose={choose} />}
      {step !== null && <StepFacts step={step} />}
      {waits && <section className="flag"><Icon name="clock" /><p>{say('dossier.propose.waits')}</p></section>}
      {unmet > 0 && <section className="flag"><Icon name="warn" /><p>{say('dossier.propose.unmet', { count: unmet })}</p></section>}
      {step?.namesServices === true && <ServiceChoice code={dossier.firm.code} chosen={draft.services} onChange={(services) => write({ ...draft, services })} />}
      {step !== null && <CapFields open={step.caps} caps={dossier.caps} texts={draft.caps} onChange={(texts) => write({ ...draft, caps: texts })} />}
      <TextField label={say('dossier.reasons')} hint={say('decide.note.kept')} value={draft.reasons} max={8_000} onChange={(reasons) => write({ ...draft, reasons })} />
      <EvidenceField dossier={dossier} chosen={draft.evidence} onChange={(evidence) => write({ ...draft, evidence })} />
      <LineField label={say('dossier.from')} hint={say('dossier.from.hint')} type="datetime-local" max={16} value={draft.from} onChange={(from) => write({ ...draft, from })} />
      {step !== null && <p className="note">{say(step.second ? 'dossier.step.second' : 'dossier.step.alone')}</p>}
    </DecisionForm>
  );
}

function StepChoice(props: { steps: readonly Step[]; chosen: Step | null; choose: (step: Step) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <fieldset className="field">
      <legend>{say('dossier.which')}</legend>
      {props.steps.map((step) => {
        const met = step.gates.filter((gate) => gate.state === 'met').length;
        return <label key={keyOf(step)} className="choice"><input type="radio" name="step" checked={props.chosen !== null && keyOf(step) === keyOf(props.chosen)} onChange={() => props.choose(step)} /><span>{worded(step.title)}{step.gates.length > 0 && <span className="faint"> {say('dossier.step.gates', { met, gates: step.gates.length })}</span>}</span></label>;
      })}
      {props.steps.length === 0 && <span className="note">{say('dossier.steps.none.text')}</span>}
    </fieldset>
  );
}

function StepFacts(props: { step: Step }) {
  const { say } = useWords();
  const worded = useWorded();
  const { step } = props;
  return (
    <>
      <dl className="dl">
        <dt>{say('dossier.leads')}</dt><dd><StageText stage={step.to} /></dd>
        <dt>{say('column.basis')}</dt><dd>{step.provenance.clause !== null && worded(step.provenance.clause)} <SourceTag of={step.provenance} /></dd>
      </dl>
      {step.gates.length > 0 && <GateTable gates={step.gates} plain />}
    </>
  );
}

/** A grant names the services that it opens. */
export function ServiceChoice(props: { code: string; chosen: readonly string[]; onChange: (chosen: readonly string[]) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const headroom = useAnswer('headroom', { params: { code: props.code } });
  const { chosen } = props;
  return (
    <fieldset className="field">
      <legend>{say('dossier.services')}</legend>
      <div className="halves halves--even">
        {headroom.data?.services.map((one) => <label key={one.id} className="choice"><input type="checkbox" checked={chosen.includes(one.id)} onChange={() => props.onChange(chosen.includes(one.id) ? chosen.filter((each) => each !== one.id) : [...chosen, one.id])} />{worded(one.title)}</label>)}
      </div>
    </fieldset>
  );
}

/** Services of a grant, by their names in the framework. */
export function ServiceNames(props: { code: string; services: readonly string[] }) {
  const { say } = useWords();
  const worded = useWorded();
  const headroom = useAnswer('headroom', { params: { code: props.code } });
  return <>{props.services.map((id) => { const found = headroom.data?.services.find((one) => one.id === id); return found === undefined ? id : worded(found.title); }).join(say('comma'))}</>;
}
