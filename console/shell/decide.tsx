/**
 * The dialogs of a decision: assign, propose, second, withdraw. Assigning shows at once and is taken back if
 * the server refuses; a decision is shown only when the server has it. Where the server asks for presence,
 * the person signs the decision's hash and the same request is sent again.
 */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dismissReasons, escalateReasons, type Alert, type AlertRow, type Decision } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { ErrorPanel } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useSession } from '../session.tsx';
import { useWorded, useWords } from '../words.tsx';
import { DecisionForm, noteMin, useDeciding, useDraft, type Deciding } from './deciding.tsx';

function showRow(client: QueryClient, row: AlertRow): void {
  client.setQueryData<Alert>(['alert', { params: { id: row.id } }], (before) => (before === undefined ? before : { ...before, row }));
}

async function readAgain(client: QueryClient): Promise<void> {
  await Promise.all(['alert', 'alerts', 'decisions', 'overview'].map((name) => client.invalidateQueries({ queryKey: [name] })));
}

/** Runs a request on an alert, shows what it has become, and reads again what it touches. */
function useDecision<T extends { row: AlertRow }>(send: (stepUp: string | undefined) => Promise<T>, onDone: () => void): Deciding {
  const client = useQueryClient();
  return useDeciding(send, {
    done: async (answer) => {
      showRow(client, answer.row);
      onDone();
      await readAgain(client);
    },
    stale: () => void readAgain(client),
  });
}

type Draft = { readonly reason: Decision['reason'] | null; readonly note: string };
const nothingYet: Draft = { reason: null, note: '' };
const isDraft = (kept: unknown): kept is Draft => typeof kept === 'object' && kept !== null && 'reason' in kept && 'note' in kept;

/** The alert is no longer what this person was shown: says what it is now, and lets them decide on that. */
function Changed(props: { row: AlertRow; take: () => void }) {
  const { say } = useWords();
  const alert = useAnswer('alert', { params: { id: props.row.id } });
  const latest = alert.data?.steps.at(-1);
  const { row, take } = props;
  return (
    <section className="flag" role="status">
      <p><b>{say('decide.changed')}</b> {row.state !== 'open' ? say('decide.changed.closed', { state: say(`alert.state.${row.state}`) }) : row.waiting === null ? say('decide.changed.look', { step: latest === undefined ? '' : say(`step.${latest.what}`) }) : say('decide.changed.waits', { name: row.waiting.proposedBy.name })}</p>
      {row.state === 'open' && row.waiting === null && <button type="button" className="button" onClick={take}>{say('decide.changed.take')}</button>}
    </section>
  );
}

export function ProposeDialog(props: { row: AlertRow; outcome: 'dismiss' | 'escalate'; onClose: () => void }) {
  const { say } = useWords();
  const { row, outcome } = props;
  const reasons: readonly Decision['reason'][] = outcome === 'dismiss' ? dismissReasons : escalateReasons;
  const [{ reason, note }, write, discard] = useDraft(`${row.id} ${outcome}`, nothingYet, isDraft);
  const [seen, setSeen] = useState(row);
  const deciding = useDecision((stepUp) => {
    if (reason === null) throw new Error('the form is sent only with a reason');
    return call('propose', { params: { id: row.id }, body: { outcome, reason, note: note.trim(), version: seen.version, ...(stepUp === undefined ? {} : { stepUp }) } });
  }, () => { discard(); props.onClose(); });
  const take = (): void => { deciding.reset(); setSeen(row); };
  const changed = row.version === seen.version ? undefined : <Changed row={row} take={take} />;
  const verb = row.needsSecond ? (outcome === 'dismiss' ? 'decide.propose.dismiss' : 'decide.propose.escalate') : (outcome === 'dismiss' ? 'decide.dismiss' : 'decide.escalate');
  return (
    <DecisionForm label={say(outcome === 'dismiss' ? 'decide.title.dismiss' : 'decide.title.escalate', { id: row.id })} deciding={deciding} onClose={props.onClose} submit={say(verb)} ready={reason !== null && note.trim().length >= noteMin && changed === undefined} changed={changed}>
      <fieldset className="field">
        <legend>{say('decide.reason')}</legend>
        {reasons.map((one) => <label key={one} className="choice"><input type="radio" name="reason" value={one} checked={reason === one} onChange={() => write({ reason: one, note })} />{say(`reason.${one}`)}</label>)}
      </fieldset>
      <NoteField label={say('decide.note')} note={note} setNote={(text) => write({ reason, note: text })} />
      <p className="note">{row.needsSecond ? say('decide.needs-second', { severity: say(`severity.${row.severity}`) }) : say('decide.alone', { severity: say(`severity.${row.severity}`) })}</p>
    </DecisionForm>
  );
}

function NoteField(props: { label: string; note: string; setNote: (note: string) => void }) {
  const { say } = useWords();
  return (
    <label className="field">
      <span>{props.label}</span>
      <textarea className="input" value={props.note} maxLength={2000} onChange={(event) => props.setNote(event.target.value)} />
      <span>{say('decide.note.kept')}</span>
    </label>
  );
}

export function SecondDialog(props: { row: AlertRow; decision: Decision; verdict: 'approve' | 'send-back'; onClose: () => void }) {
  const { say } = useWords();
  const { decision, verdict } = props;
  const [note, setNote] = useState('');
  const deciding = useDecision((stepUp) => call('second', { params: { id: decision.id }, body: { verdict, note: note.trim(), ...(stepUp === undefined ? {} : { stepUp }) } }), props.onClose);
  const approve = verdict === 'approve';
  const changed = props.row.waiting?.id === decision.id ? undefined : <Changed row={props.row} take={props.onClose} />;
  const submit = approve ? say(decision.outcome === 'dismiss' ? 'action.approve.dismiss' : 'action.approve.escalate') : say('action.send-back');
  return (
    <DecisionForm label={say(approve ? 'decide.title.approve' : 'decide.title.send-back', { id: decision.alert })} deciding={deciding} onClose={props.onClose} submit={submit} ready={(approve || note.trim().length >= noteMin) && changed === undefined} changed={changed}>
      <dl className="dl">
        <dt>{say('decide.proposed')}</dt><dd>{say(decision.outcome === 'dismiss' ? 'bar.title.dismiss' : 'bar.title.escalate')} · {decision.proposedBy.name}</dd>
        <dt>{say('decide.reason')}</dt><dd>{say(`reason.${decision.reason}`)}</dd>
        <dt>{say('decide.note.theirs')}</dt><dd className="words"><bdi>{decision.note}</bdi></dd>
      </dl>
      <NoteField label={say(approve ? 'decide.note.optional' : 'decide.note.why-back')} note={note} setNote={setNote} />
    </DecisionForm>
  );
}

export function WithdrawDialog(props: { decision: Decision; onClose: () => void }) {
  const { say } = useWords();
  const deciding = useDecision(() => call('withdraw', { params: { id: props.decision.id }, body: {} }), props.onClose);
  return (
    <DecisionForm label={say('decide.title.withdraw', { id: props.decision.alert })} deciding={deciding} onClose={props.onClose} submit={say('action.withdraw')} ready>
      <p>{say('decide.withdraw.text')}</p>
    </DecisionForm>
  );
}

export function AssignDialog(props: { row: AlertRow; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const client = useQueryClient();
  const session = useSession();
  const staff = useAnswer('staff', {});
  const { row } = props;
  const [to, setTo] = useState<string>(session.staff.id);
  const people = [session.staff, ...(staff.data?.items.filter((one) => one.id !== session.staff.id) ?? [])];
  const mutation = useMutation({
    mutationFn: () => call('assign', { params: { id: row.id }, body: { to: to === '' ? null : to, version: row.version } }),
    onMutate: () => {
      showRow(client, { ...row, assignee: people.find((one) => one.id === to) ?? null });
      return { before: row };
    },
    onSuccess: (answer) => { showRow(client, answer.row); props.onClose(); },
    // The row of the call, not of this render: the render has the assignee that was refused.
    onError: (_error, _call, kept) => { if (kept !== undefined) showRow(client, kept.before); },
    onSettled: () => readAgain(client),
  });
  return (
    <Dialog label={say('decide.title.assign', { id: row.id })} onClose={props.onClose}>
      <form onSubmit={(event) => { event.preventDefault(); mutation.mutate(); }}>
        <h2>{say('decide.title.assign', { id: row.id })}</h2>
        <fieldset className="field">
          <legend>{say('decide.assign.to')}</legend>
          {people.map((one, place) => (
            <label key={one.id} className="choice"><input type="radio" name="to" autoFocus={place === 0} checked={to === one.id} onChange={() => setTo(one.id)} /><span>{one.name}{one.id === session.staff.id ? ` (${say('decide.assign.me')})` : ''} <span className="faint">{worded(one.role)}</span></span></label>
          ))}
          <label className="choice"><input type="radio" name="to" checked={to === ''} onChange={() => setTo('')} />{say('decide.assign.nobody')}</label>
        </fieldset>
        {mutation.error !== null && <ErrorPanel error={mutation.error} title={say('decide.refused')} />}
        <div className="dialog__actions">
          <button type="button" className="button button--quiet" onClick={props.onClose}>{say('action.cancel')}</button>
          <button type="submit" className="button button--primary" disabled={mutation.isPending}>{say('action.assign')}</button>
        </div>
      </form>
    </Dialog>
  );
}
