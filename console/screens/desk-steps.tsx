/**
 * Steps that the firm takes itself: it applies, it withdraws. Each says where it leads and on which clause, takes a note that
 * stands in the ledger, and is sent once; what a gate still lacks is said by the server in words.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActions, useMay, type Action } from '../actions.tsx';
import { call } from '../api.ts';
import { SourceTag, StageText } from '../parts/marks.tsx';
import { DecisionForm, noteMin, useDeciding } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { TextField } from './dossier-form.tsx';
import type { Dossier } from './desk-parts.tsx';

type Step = Dossier['steps'][number];

export function OwnSteps(props: { dossier: Dossier }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const [taking, take] = useState<Step | null>(null);
  const steps = props.dossier.steps.filter((step) => step.own);
  useActions(steps.map((step): Action => ({ name: `step-${step.event}-${step.to.id}`, label: worded(step.title), group: 'here', permission: 'dossier.file', perform: () => take(step) })));
  if (steps.length === 0 || !may('dossier.file')) return null;
  return (
    <section>
      <div className="head"><h3>{say('desk.steps')}</h3><span className="head__note">{say('desk.steps.note')}</span></div>
      <div className="box">
        <table className="table table--dense">
          <thead className="hidden-text"><tr><th>{say('dossier.which')}</th><th>{say('column.source')}</th><th>{say('desk.acts')}</th></tr></thead>
          <tbody>
            {steps.map((step) => (
              <tr key={`${step.event} ${step.to.id}`}>
                <td className="wraps fills">{worded(step.title)} <span className="faint">{say('dossier.step.to')} <StageText stage={step.to} /></span></td><td><SourceTag of={step.provenance} /></td>
                <td className="num"><button type="button" className="button button--small" onClick={() => take(step)}>{say('desk.step.take')}<span className="hidden-text"> {worded(step.title)}</span></button></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {taking !== null && <TakeDialog dossier={props.dossier} step={taking} onClose={() => take(null)} />}
    </section>
  );
}

function TakeDialog(props: { dossier: Dossier; step: Step; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const client = useQueryClient();
  const { dossier, step } = props;
  const [note, setNote] = useState('');
  const again = (): Promise<unknown> => Promise.all(['dossier', 'dossiers', 'headroom'].map((name) => client.invalidateQueries({ queryKey: [name] })));
  const deciding = useDeciding(() => call('takeStep', { params: { code: dossier.firm.code }, body: { event: step.event, to: step.to.id, note: note.trim() } }), { done: async () => { await again(); props.onClose(); }, stale: () => void again() });
  return (
    <DecisionForm label={worded(step.title)} deciding={deciding} onClose={props.onClose} submit={say('desk.step.take')} ready={note.trim().length >= noteMin}>
      <dl className="dl">
        <dt>{say('dossier.leads')}</dt><dd><StageText stage={step.to} /></dd>
        <dt>{say('column.basis')}</dt><dd>{step.provenance.clause !== null && worded(step.provenance.clause)} <SourceTag of={step.provenance} /></dd>
      </dl>
      <TextField label={say('column.note')} hint={say('decide.note.kept')} max={4_000} rows={3} value={note} onChange={setNote} />
    </DecisionForm>
  );
}
