/**
 * Judging a gate: each criterion with a note and, where the officer gives one, a score; each person that the gate is
 * about by themselves; and the outcome. One person who is not fit leaves the gate unmet. The judgement names the version
 * of the dossier that was judged.
 */
import type { DossierAnswer } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { useAnswer } from '../read.ts';
import { DecisionForm, noteMin, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { newest } from './dossier-rows.ts';
import { EvidenceField, TextField, useAct, useSeen } from './dossier-form.tsx';

type Gate = DossierAnswer['steps'][number]['gates'][number];
type Note = { readonly note: string; readonly score: string };
type Draft = { readonly outcome: 'met' | 'unmet' | null; readonly reasons: string; readonly evidence: readonly string[]; readonly notes: Readonly<Record<string, Note>>; readonly unfit: readonly string[] };
const nothingYet: Draft = { outcome: null, reasons: '', evidence: [], notes: {}, unfit: [] };
const isDraft = (kept: unknown): kept is Draft => typeof kept === 'object' && kept !== null && 'unfit' in kept;
const scores = [1, 2, 3, 4, 5] as const;

export function JudgeDialog(props: { dossier: DossierAnswer; gate: Gate; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier, gate } = props;
  const [draft, write, forget] = useDraft(`${dossier.firm.code} gate ${gate.gate}`, nothingYet, isDraft);
  const people = usePeople(dossier, gate);
  const anyUnfit = people.some((one) => draft.unfit.includes(one.about));
  const outcome = anyUnfit ? 'unmet' : draft.outcome;
  const fitness = people.map((one) => `${one.code} ${one.about}: ${draft.unfit.includes(one.about) ? 'not fit and proper' : 'fit and proper'}`).join('\n');
  const { seen, changedFor } = useSeen(dossier);
  const deciding = useAct(() => {
    if (outcome === null) throw new Error('the form is sent only with an outcome');
    return call('judgeGate', {
      params: { code: dossier.firm.code },
      body: {
        gate: gate.gate, outcome, seen, evidence: [...draft.evidence], reasons: [draft.reasons.trim(), fitness].filter((one) => one !== '').join('\n'),
        criteria: gate.criteria.map(({ criterion }) => { const score = Number(draft.notes[criterion]?.score ?? ''); return { criterion, note: (draft.notes[criterion]?.note ?? '').trim(), ...(score > 0 ? { score } : {}) }; }),
      },
    });
  }, () => { forget(); props.onClose(); });
  const changed = changedFor(deciding);
  const noted = gate.criteria.every(({ criterion }) => (draft.notes[criterion]?.note ?? '').trim() !== '');
  const ready = outcome !== null && noted && draft.reasons.trim().length >= noteMin && changed === undefined;
  return (
    <DecisionForm label={worded(gate.title)} wide deciding={deciding} onClose={props.onClose} submit={say('judge.submit')} ready={ready} changed={changed}>
      <p className="note">{gate.provenance.clause !== null && worded(gate.provenance.clause)} · {say('judge.note')}</p>
      {gate.criteria.map((one) => (
        <Criterion key={one.criterion} title={worded(one.title)} note={draft.notes[one.criterion] ?? { note: '', score: '' }} onChange={(note) => write({ ...draft, notes: { ...draft.notes, [one.criterion]: note } })} />
      ))}
      {people.length > 0 && <Fitness people={people} unfit={draft.unfit} onChange={(unfit) => write({ ...draft, unfit })} />}
      <fieldset className="field">
        <legend>{say('judge.outcome')}</legend>
        <label className="choice"><input type="radio" name="outcome" checked={outcome === 'met'} disabled={anyUnfit} onChange={() => write({ ...draft, outcome: 'met' })} />{say('dossier.gate.met')}</label>
        <label className="choice"><input type="radio" name="outcome" checked={outcome === 'unmet'} onChange={() => write({ ...draft, outcome: 'unmet' })} />{say('dossier.gate.unmet')}</label>
        {anyUnfit && <span>{say('judge.unfit')}</span>}
      </fieldset>
      <TextField label={say('dossier.reasons')} hint={say('judge.reasons.hint')} max={2_000} value={draft.reasons} onChange={(reasons) => write({ ...draft, reasons })} />
      <EvidenceField dossier={dossier} chosen={draft.evidence} onChange={(evidence) => write({ ...draft, evidence })} />
    </DecisionForm>
  );
}

function Criterion(props: { title: string; note: Note; onChange: (note: Note) => void }) {
  const { say } = useWords();
  const { note, title } = props;
  return (
    <fieldset className="criterion">
      <legend>{title}</legend>
      <textarea className="input" rows={2} maxLength={2_000} dir="auto" aria-label={`${title}: ${say('column.note')}`} value={note.note} onChange={(event) => props.onChange({ ...note, note: event.target.value })} />
      <select className="input input--inline" aria-label={`${title}: ${say('judge.score')}`} value={note.score} onChange={(event) => props.onChange({ ...note, score: event.target.value })}>
        <option value="">{say('judge.score.none')}</option>
        {scores.map((score) => <option key={score} value={score}>{say('judge.score.of', { score })}</option>)}
      </select>
    </fieldset>
  );
}

interface Person { readonly about: string; readonly code: string }

/** Those whom the gate is about: by the filings of forms that name a position, where the gate asks for positions. */
function usePeople(dossier: DossierAnswer, gate: Gate): readonly Person[] {
  const forms = useAnswer('forms', {});
  const asksForPeople = gate.about.length > 0;
  if (!asksForPeople) return [];
  const personal = new Set(forms.data?.forms.filter((form) => form.filedFor === 'person').map((form) => form.form));
  return newest(dossier.forms).filter((one) => gate.about.includes(one.form) && (personal.size === 0 || personal.has(one.form)));
}

function Fitness(props: { people: readonly Person[]; unfit: readonly string[]; onChange: (unfit: readonly string[]) => void }) {
  const { say } = useWords();
  const { unfit } = props;
  return (
    <fieldset className="field">
      <legend>{say('judge.people')}</legend>
      {props.people.map((one) => (
        <label key={`${one.code} ${one.about}`} className="choice">
          <input type="checkbox" checked={!unfit.includes(one.about)} onChange={() => props.onChange(unfit.includes(one.about) ? unfit.filter((each) => each !== one.about) : [...unfit, one.about])} />
          <span><bdi>{one.about}</bdi> <span className="faint">{one.code}</span> {say(unfit.includes(one.about) ? 'judge.not-fit' : 'judge.fit')}</span>
        </label>
      ))}
    </fieldset>
  );
}
