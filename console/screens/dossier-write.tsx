/**
 * Writing to a firm: a question, which stops the clocks that the framework stops until it is answered; a letter; or the
 * letter of a decision, begun from what two people decided and why. The text is kept by its hash.
 */
import { useState } from 'react';
import type { DossierAnswer } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { dayText, timeText, whole } from '../figures.ts';
import { instantOf } from '../../src/terms/index.ts';
import { DecisionForm, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords, type Sayer } from '../words.tsx';
import { LineField, TextField, useAct } from './dossier-form.tsx';

type Role = 'letter' | 'question' | 'decision';
type Draft = { readonly subject: string; readonly text: string };
const isDraft = (kept: unknown): kept is Draft => typeof kept === 'object' && kept !== null && 'subject' in kept;

export function LetterDialog(props: { dossier: DossierAnswer; role: Role; onClose: () => void }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const { dossier, role } = props;
  const [begun] = useState(() => (role === 'decision' ? decisionDraft(dossier, say, language) : { subject: '', text: '' }));
  const [draft, write, forget] = useDraft(`${dossier.firm.code} ${role} ${begun.subject}`, begun, isDraft);
  const deciding = useAct(() => call('sendLetter', { params: { code: dossier.firm.code }, body: { role, subject: draft.subject.trim(), text: draft.text.trim(), attachments: [] } }), () => { forget(); props.onClose(); });
  return (
    <DecisionForm label={say(`letter.title.${role}`, { firm: worded(dossier.firm.name) })} wide deciding={deciding} onClose={props.onClose} submit={say('letter.send')} ready={draft.subject.trim() !== '' && draft.text.trim() !== ''}>
      <p className="note">{say(`letter.note.${role}`)}</p>
      <LineField label={say('letter.subject')} max={200} value={draft.subject} onChange={(subject) => write({ ...draft, subject })} />
      <TextField label={say('letter.text')} max={50_000} rows={role === 'decision' ? 14 : 8} value={draft.text} onChange={(text) => write({ ...draft, text })} />
    </DecisionForm>
  );
}

/** The letter of the last decision that two people took: what, since when, on which clause, why, and which clocks run. */
function decisionDraft(dossier: DossierAnswer, say: Sayer, language: 'en' | 'ur'): Draft {
  const decided = dossier.proposals.findLast((one) => one.state === 'agreed');
  const what = decided?.step?.title ?? decided?.rung?.title;
  if (decided === undefined || what === undefined) return { subject: '', text: '' };
  const decision = dossier.history.find((one) => one.entry > decided.entry && one.second !== null);
  const clocks = dossier.clocks.filter((clock) => clock.startedAt >= decided.at && clock.day !== null).map((clock) => say('letter.draft.clock', { clock: clock.title[language], day: dayText(clock.day ?? '', 'date', language) }));
  const lines = [
    say('letter.draft.to', { firm: dossier.firm.name[language] }), '', say('letter.draft.decided', { what: what[language], day: timeText(instantOf(decision?.at ?? decided.at), 'date', language) }),
    ...(decided.step === null ? [] : [say('letter.draft.stage', { stage: decided.step.to.title[language] })]), say('letter.draft.basis', { basis: decided.basis }),
    ...(decided.rung === null ? [] : [say('letter.draft.terms', { terms: decided.rung.terms })]), say('letter.draft.reasons', { reasons: decided.reasons }), ...clocks,
    ...(decision === undefined ? [] : [say('letter.draft.entry', { entry: whole(decision.entry) })]),
  ];
  return { subject: what[language], text: lines.join('\n') };
}
