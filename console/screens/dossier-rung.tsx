/**
 * Proposing a measure of the ladder: against whom, on what terms, with reasons and evidence; a fine within its cap, a
 * revocation with the plan of its wind-down, and the step that the measure brings with it. A measure that asks for a
 * hearing says so before it is refused.
 */
import type { DossierAnswer } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { rupees } from '../figures.ts';
import { Icon } from '../parts/icon.tsx';
import { SourceTag, StageText } from '../parts/marks.tsx';
import { DecisionForm, noteMin, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { EvidenceField, LineField, TextField, instantIn, servicesIn, useAct, useSeen } from './dossier-form.tsx';
import { newestDocuments } from './dossier-rows.ts';
import { GateTable } from './dossier-gates.tsx';
import { ServiceChoice } from './dossier-propose.tsx';

type Rung = DossierAnswer['ladder'][number];
type Draft = { readonly target: string; readonly terms: string; readonly reasons: string; readonly evidence: readonly string[]; readonly fine: string; readonly plan: string; readonly moment: string; readonly services: readonly string[]; readonly from: string };
const isDraft = (kept: unknown): kept is Draft => typeof kept === 'object' && kept !== null && 'terms' in kept && 'from' in kept;

/** What the fine field holds, in paisa; `undefined` unless it is a whole number of rupees above nothing. */
const fineIn = (text: string): number | undefined => (/^[1-9]\d{0,11}$/.test(text.replaceAll(',', '').trim()) ? Number(text.replaceAll(',', '').trim()) * 100 : undefined);

export function RungDialog(props: { dossier: DossierAnswer; rung: Rung; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier, rung } = props;
  const [draft, write, forget] = useDraft(`${dossier.firm.code} rung ${rung.rung}`, { target: dossier.firm.name.en, terms: '', reasons: '', evidence: [], fine: '', plan: '', moment: '', services: [], from: '' }, isDraft);
  const from = instantIn(draft.from);
  const [step] = dossier.steps.filter((one) => one.event === rung.event);
  const fine = fineIn(draft.fine);
  const { seen, changedFor } = useSeen(dossier);
  const deciding = useAct((stepUp) => call('proposeStep', {
    params: { code: dossier.firm.code },
    body: {
      seen, reasons: draft.reasons.trim(), evidence: [...draft.evidence], ...(stepUp === undefined ? {} : { stepUp }),
      ...(step === undefined ? {} : { step: { event: step.event, from: step.from, to: step.to.id, ...(step.namesServices ? { services: servicesIn(draft.services) } : {}), ...(from === undefined ? {} : { effectiveFrom: from }) } }),
      rung: { rung: rung.rung, target: draft.target.trim(), terms: draft.terms.trim(), ...(rung.capMinor === null || fine === undefined ? {} : { fineMinor: fine }), ...(draft.plan === '' ? {} : { plan: draft.plan }), ...(draft.moment === '' ? {} : { moment: draft.moment }) },
    },
  }), () => { forget(); props.onClose(); });
  const changed = changedFor(deciding);
  const waits = dossier.proposals.some((one) => one.state === 'waits');
  const closed = rung.event !== null && step === undefined;
  const written = draft.target.trim() !== '' && draft.terms.trim().length >= noteMin && draft.reasons.trim().length >= noteMin;
  const ready = written && !waits && !closed && changed === undefined && (rung.capMinor === null || (fine !== undefined && fine <= rung.capMinor)) && (step?.namesServices !== true || draft.services.length > 0);
  return (
    <DecisionForm label={worded(rung.title)} wide deciding={deciding} onClose={props.onClose} submit={say(rung.second ? 'dossier.propose' : 'dossier.decide')} ready={ready} changed={changed}>
      <p className="soft">{worded(rung.means)}</p>
      <dl className="dl">
        <dt>{say('column.basis')}</dt><dd>{rung.provenance.clause !== null && worded(rung.provenance.clause)} <SourceTag of={rung.provenance} /></dd>
        {step !== undefined && <><dt>{say('dossier.leads')}</dt><dd><StageText stage={step.to} /></dd></>}
      </dl>
      {closed && <section className="flag"><Icon name="warn" /><p>{say('ladder.closed')}</p></section>}
      {waits && <section className="flag"><Icon name="clock" /><p>{say('dossier.propose.waits')}</p></section>}
      {rung.hearing && <section className="flag"><Icon name="warn" /><p>{say('ladder.hearing.note')}</p></section>}
      {step !== undefined && step.gates.length > 0 && <GateTable gates={step.gates} plain />}
      <LineField label={say('ladder.target')} hint={say('ladder.target.hint')} max={200} value={draft.target} onChange={(target) => write({ ...draft, target })} />
      <TextField label={say('ladder.terms')} hint={say('ladder.terms.hint')} max={8_000} value={draft.terms} onChange={(terms) => write({ ...draft, terms })} />
      {rung.capMinor !== null && <LineField label={say('ladder.fine')} hint={say('ladder.fine.hint', { cap: rupees(rung.capMinor) })} max={16} value={draft.fine} onChange={(text) => write({ ...draft, fine: text })} />}
      {step?.namesServices === true && <ServiceChoice code={dossier.firm.code} chosen={draft.services} onChange={(services) => write({ ...draft, services })} />}
      {rung.event !== null && <PlanChoice dossier={dossier} plan={draft.plan} onChange={(plan) => write({ ...draft, plan })} />}
      {step !== undefined && <LineField label={say('dossier.from')} hint={say('dossier.from.hint')} type="datetime-local" max={16} value={draft.from} onChange={(text) => write({ ...draft, from: text })} />}
      {rung.event === null && <MomentChoice dossier={dossier} moment={draft.moment} onChange={(moment) => write({ ...draft, moment })} />}
      <TextField label={say('dossier.reasons')} hint={say('decide.note.kept')} max={8_000} value={draft.reasons} onChange={(reasons) => write({ ...draft, reasons })} />
      <EvidenceField dossier={dossier} chosen={draft.evidence} onChange={(evidence) => write({ ...draft, evidence })} />
      <p className="note">{say(rung.second ? 'dossier.step.second' : 'dossier.step.alone')}</p>
    </DecisionForm>
  );
}

function PlanChoice(props: { dossier: DossierAnswer; plan: string; onChange: (plan: string) => void }) {
  const { say } = useWords();
  return (
    <label className="field">
      <span>{say('ladder.plan')}</span>
      <select className="input" value={props.plan} onChange={(event) => props.onChange(event.target.value)}>
        <option value="">{say('ladder.plan.none')}</option>
        {newestDocuments(props.dossier.documents).map((one) => <option key={one.sha256} value={one.sha256}>{one.title}</option>)}
      </select>
      <span>{say('ladder.plan.hint')}</span>
    </label>
  );
}

/** What else happens by the measure: information is demanded, an order of blocking is served. It starts the clock of the answer. */
function MomentChoice(props: { dossier: DossierAnswer; moment: string; onChange: (moment: string) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <label className="field">
      <span>{say('ladder.moment')}</span>
      <select className="input" value={props.moment} onChange={(event) => props.onChange(event.target.value)}>
        <option value="">{say('ladder.moment.none')}</option>
        {props.dossier.weighed?.moments.filter((one) => one.by === 'authority').map((one) => <option key={one.event} value={one.event}>{worded(one.title)}</option>)}
      </select>
      <span>{say('ladder.moment.hint')}</span>
    </label>
  );
}
