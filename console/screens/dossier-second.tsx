/**
 * What waits for a second person: the same text, the same version, the gates as they stand now. Agreeing is signed over
 * the decision's hash; a dossier that has moved on, the same person twice and a conflict of interest are refused in words.
 */
import type { DossierAnswer } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { rupees, whole } from '../figures.ts';
import { Icon } from '../parts/icon.tsx';
import { ProofLink, StageText, Time } from '../parts/marks.tsx';
import { DecisionForm, noteMin, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { capText } from './dossier-caps.tsx';
import { TextField, useAct, useSeen } from './dossier-form.tsx';
import { ServiceNames } from './dossier-propose.tsx';
import { GateTable } from './dossier-gates.tsx';

type Proposal = DossierAnswer['proposals'][number];

export function AgreeDialog(props: { dossier: DossierAnswer; proposal: Proposal; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier, proposal } = props;
  const { seen, changedFor } = useSeen(dossier);
  const deciding = useAct((stepUp) => call('agree', { params: { code: dossier.firm.code, proposal: proposal.entry }, body: { seen, ...(stepUp === undefined ? {} : { stepUp }) } }), props.onClose);
  const changed = changedFor(deciding);
  const stale = proposal.seen !== dossier.version;
  const waits = dossier.proposals.some((one) => one.entry === proposal.entry && one.state === 'waits');
  const step = dossier.steps.find((one) => one.event === proposal.step?.event && one.to.id === proposal.step.to.id);
  return (
    <DecisionForm label={say('second.title', { firm: worded(dossier.firm.name) })} wide deciding={deciding} onClose={props.onClose} submit={say('second.approve')} ready={!stale && waits && changed === undefined} changed={changed}>
      <Proposed dossier={dossier} proposal={proposal} />
      {step !== undefined && step.gates.length > 0 && <GateTable gates={step.gates} plain />}
      {!waits && <section className="flag"><Icon name="warn" /><p>{say('second.gone')}</p></section>}
      {waits && stale && <section className="flag"><Icon name="warn" /><p>{say('second.stale', { seen: whole(proposal.seen), version: whole(dossier.version) })}</p></section>}
      {waits && !stale && <p className="note"><Icon name="check" /> {say('second.same', { version: whole(proposal.seen) })}</p>}
    </DecisionForm>
  );
}

function Proposed(props: { dossier: DossierAnswer; proposal: Proposal }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier, proposal } = props;
  const { step, rung } = proposal;
  const documents = new Map(dossier.documents.map((one) => [one.sha256, one.title]));
  return (
    <dl className="dl">
      <dt>{say('decide.proposed')}</dt><dd><bdi>{proposal.by}</bdi>, <Time at={proposal.at} form="short" /> · <ProofLink entry={proposal.entry} /></dd>
      {rung !== null && <><dt>{say('ladder.rung')}</dt><dd>{worded(rung.title)}</dd><dt>{say('ladder.target')}</dt><dd><bdi>{rung.target}</bdi></dd><dt>{say('ladder.terms')}</dt><dd className="words" dir="auto">{rung.terms}</dd></>}
      {rung !== null && rung.fineMinor !== null && <><dt>{say('ladder.fine')}</dt><dd><bdi dir="ltr">PKR {rupees(rung.fineMinor)}</bdi></dd></>}
      {rung !== null && rung.plan !== null && <><dt>{say('ladder.plan')}</dt><dd><bdi>{documents.get(rung.plan) ?? rung.plan}</bdi></dd></>}
      {step !== null && <><dt>{say('dossier.which')}</dt><dd>{worded(step.title)} · <StageText stage={step.to} /></dd></>}
      {step !== null && step.services !== null && <><dt>{say('dossier.services')}</dt><dd><ServiceNames code={dossier.firm.code} services={step.services} /></dd></>}
      {step !== null && <><dt>{say('dossier.from')}</dt><dd>{step.effectiveFrom === null ? say('dossier.from.once') : <Time at={step.effectiveFrom} form="short" />}</dd></>}
      {proposal.caps.map((cap) => <Cap key={cap.limit} title={worded(cap.title)} value={cap.value === null ? say('caps.lifted') : capText(cap.value, cap.unit, say)} />)}
      <dt>{say('column.basis')}</dt><dd>{proposal.basis}</dd>
      <dt>{say('decide.reason')}</dt><dd className="words" dir="auto">{proposal.reasons}</dd>
      <dt>{say('evidence.title')}</dt><dd>{proposal.evidence.length === 0 ? say('evidence.not') : proposal.evidence.map((hash) => <span key={hash} className="block"><bdi>{documents.get(hash) ?? say('evidence.paper')}</bdi> <span className="code code--wraps faint">{hash}</span></span>)}</dd>
    </dl>
  );
}

function Cap(props: { title: string; value: string }) {
  return <><dt>{props.title}</dt><dd><bdi>{props.value}</bdi></dd></>;
}

const isText = (kept: unknown): kept is string => typeof kept === 'string';

/** Sends a proposal back with a note, or takes one's own back. */
export function CloseDialog(props: { dossier: DossierAnswer; proposal: Proposal; onClose: () => void }) {
  const { say } = useWords();
  const { dossier, proposal } = props;
  const [note, write, forget] = useDraft(`${dossier.firm.code} close ${proposal.entry}`, '', isText);
  const deciding = useAct(() => call('closeProposal', { params: { code: dossier.firm.code, proposal: proposal.entry }, body: { note: note.trim() } }), () => { forget(); props.onClose(); });
  return (
    <DecisionForm label={say(proposal.mine ? 'second.withdraw.title' : 'second.back.title')} deciding={deciding} onClose={props.onClose} submit={say(proposal.mine ? 'action.withdraw' : 'action.send-back')} ready={proposal.mine || note.trim().length >= noteMin}>
      <Proposed dossier={dossier} proposal={proposal} />
      <TextField label={say(proposal.mine ? 'decide.note.optional' : 'decide.note.why-back')} hint={say('decide.note.kept')} max={4_000} value={note} onChange={write} />
    </DecisionForm>
  );
}
