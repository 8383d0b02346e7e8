/** Screening by the house, in the dialog that records one: who is named is searched for within the vault, and what came of it is recorded at once. */
import { useQueryClient, useMutation } from '@tanstack/react-query';
import type { Answer as AnswerOf, DossierAnswer } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { fixed } from '../figures.ts';
import { ProofLink, StateMark, type Tone } from '../parts/marks.tsx';
import { ErrorPanel } from '../parts/states.tsx';
import { useWords } from '../words.tsx';

type Filing = AnswerOf<'screenApplicant'>['filings'][number];
const tones: Readonly<Record<'clear' | 'review' | 'match', Tone>> = { clear: 'met', review: 'due', match: 'breach' };

export function HouseRun(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const client = useQueryClient();
  const { code } = props.dossier.firm;
  const running = useMutation({ mutationFn: () => call('screenApplicant', { params: { code }, body: {} }), onSuccess: () => client.invalidateQueries({ queryKey: ['dossier'] }) });
  return (
    <section className="aside">
      <p>{say('run.note')}</p>
      <button type="button" className="button" disabled={running.isPending} onClick={() => running.mutate()}>{say('run.start')}</button>
      {running.error !== null && <ErrorPanel error={running.error} />}
      {running.data !== undefined && (
        <div role="status">
          <p>{running.data.entry === null ? say('run.nobody') : <>{say('run.recorded')} <ProofLink entry={running.data.entry} /> {running.data.lists.map((one) => `${one.list} ${one.version}`).join(say('comma'))}</>}</p>
          <dl className="dl">{running.data.filings.map((one) => <Line key={`${one.form}/${one.about}`} filing={one} />)}</dl>
        </div>
      )}
    </section>
  );
}

function Line(props: { filing: Filing }) {
  const { say } = useWords();
  const { filing } = props;
  return (
    <>
      <dt><bdi>{filing.form.toUpperCase()} {filing.about}</bdi></dt>
      <dd>{filing.result === null ? <StateMark tone="wait">{say('screened.not-run')} <span className="code">{filing.code}</span></StateMark> : <StateMark tone={tones[filing.result]}>{say(`ask.answer.${filing.result}`)}</StateMark>}
        {filing.near.map((near) => <span className="note block" key={`${near.list} ${near.entry}`}><bdi dir="auto">{near.name}</bdi> <bdi className="code">{near.list} {near.entry}</bdi> {fixed(near.score, 2)}</span>)}</dd>
    </>
  );
}
