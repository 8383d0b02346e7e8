/**
 * Asking the lists: one name with what else is known, or a file of many. The answer stands with its reasons, word by
 * word; what could not be compared is told with its code. Nothing that was asked is kept, here or by the house.
 */
import { useMutation } from '@tanstack/react-query';
import { useState, type ChangeEvent, type FormEvent } from 'react';
import * as z from 'zod';
import { call } from '../api.ts';
import { fixed, whole } from '../figures.ts';
import { CsvButton } from '../parts/csv.tsx';
import { StateMark, type Tone } from '../parts/marks.tsx';
import { Prose } from '../parts/prose.tsx';
import { Empty, ErrorPanel, Loading } from '../parts/states.tsx';
import { useRejectionWords } from '../rejections.ts';
import { useWords } from '../words.tsx';

const told = z.object({ code: z.string(), detail: z.string().optional() });
const answerShape = z.union([
  z.object({
    decision: z.enum(['clear', 'review', 'match']), warnings: z.array(told).optional(),
    candidates: z.array(z.object({ list: z.string(), entry: z.string(), name: z.string(), score: z.number(), decision: z.enum(['clear', 'review', 'match']), evidence: z.object({ strength: z.number(), says: z.array(z.string()), listVersion: z.string().nullable() }) })),
  }),
  told,
]);
type Told = z.infer<typeof answerShape>;
type Asked = { readonly line: string; readonly answer: Told };

const fields = ['name', 'birth', 'father', 'nationality', 'number', 'as-of'] as const;
type Field = (typeof fields)[number];
const keyOf: Readonly<Record<Field, string>> = { name: 'name', birth: 'birthDate', father: 'fatherName', nationality: 'nationality', number: 'identifiers', 'as-of': 'asOf' };
const tones: Readonly<Record<'clear' | 'review' | 'match', Tone>> = { clear: 'met', review: 'due', match: 'breach' };
const linesMax = 1_000;

export function Ask() {
  const { say } = useWords();
  const [draft, setDraft] = useState<Readonly<Partial<Record<Field, string>>>>({});
  const asking = useMutation({ mutationFn: async (lines: readonly string[]): Promise<readonly Asked[]> => (await call('askLists', { body: { lines: [...lines] } })).answers.map((answer, at) => ({ line: lines[at] ?? '', answer: answerShape.parse(JSON.parse(answer)) })) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    asking.mutate([JSON.stringify(Object.fromEntries(fields.flatMap((field) => ((draft[field] ?? '').trim() === '' ? [] : [[keyOf[field], field === 'number' ? [draft[field]] : draft[field]]]))))]);
  };
  const file = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const lines = ((await event.target.files?.[0]?.text()) ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '').slice(0, linesMax);
    if (lines.length > 0) asking.mutate(lines);
  };
  return (
    <>
      <form className="ask" onSubmit={submit}>
        {fields.map((field) => <label className="field" key={field}><span>{say(`ask.${field}`)}</span><input className="input" type={field === 'as-of' ? 'date' : 'text'} maxLength={field === 'name' ? 1_000 : 200} dir="auto" value={draft[field] ?? ''} onChange={(event) => setDraft({ ...draft, [field]: event.target.value })} /></label>)}
        <button type="submit" className="button button--primary" disabled={(draft.name ?? '').trim() === '' || asking.isPending}>{say('ask.submit')}</button>
        <label className="field"><span>{say('ask.batch')}</span><input className="input" type="file" accept=".jsonl,.ndjson,.json,.txt" onChange={(event) => void file(event)} /></label>
      </form>
      <p className="note">{say('ask.batch.note')}</p>
      {asking.isPending && <Loading rows={3} />}
      {asking.error !== null && <ErrorPanel error={asking.error} />}
      {asking.data === undefined && !asking.isPending && asking.error === null && <Empty title={say('ask.none.title')}><p>{say('ask.none.text')}</p></Empty>}
      {asking.data !== undefined && (asking.data.length === 1 && asking.data[0] !== undefined ? <One told={asking.data[0].answer} /> : <Many asked={asking.data} />)}
    </>
  );
}

function Verdict(props: { told: Told }) {
  const { say } = useWords();
  const { told: of } = props;
  return 'code' in of ? <StateMark tone="wait">{say('ask.answer.refused')} <span className="code">{of.code}</span></StateMark> : <StateMark tone={tones[of.decision]}>{say(`ask.answer.${of.decision}`)}</StateMark>;
}

function One(props: { told: Told }) {
  const { say } = useWords();
  const rejection = useRejectionWords();
  const { told: of } = props;
  return (
    <section role="status">
      <div className="head"><h2><Verdict told={of} /></h2></div>
      {'code' in of ? <p><Prose>{`${rejection(of.code)?.meaning ?? ''} ${rejection(of.code)?.remedy ?? ''}`}</Prose> <bdi>{of.detail}</bdi></p> : (
        <>
          {(of.warnings ?? []).map((one, at) => <p key={at} className="note">{say('ask.warnings')}: <Prose>{rejection(one.code)?.meaning ?? one.code}</Prose> <bdi>{one.detail}</bdi></p>)}
          {of.candidates.length === 0 ? <p>{say('ask.nobody')}</p> : (
            <table className="table table--screened">
              <caption className="hidden-text">{say('ask.candidates')}</caption>
              <thead><tr><th>{say('hits.listed')}</th><th>{say('column.state')}</th><th className="num">{say('hits.score')}</th><th className="num">{say('hits.strength')}</th><th>{say('ask.says')}</th></tr></thead>
              <tbody>{of.candidates.map((one) => (
                <tr key={`${one.list} ${one.entry}`}><td className="wraps"><bdi dir="auto">{one.name}</bdi><span className="note block"><bdi className="code">{one.list} {one.entry}</bdi> · <bdi>{one.evidence.listVersion}</bdi></span></td><td className="wraps"><StateMark tone={tones[one.decision]}>{say(`ask.answer.${one.decision}`)}</StateMark></td>
                  <td className="num">{fixed(one.score, 2)}</td><td className="num">{fixed(one.evidence.strength, 2)}</td><td className="wraps fills" lang="en" dir="ltr">{one.evidence.says.join('; ')}</td></tr>
              ))}</tbody>
            </table>
          )}
        </>
      )}
    </section>
  );
}

function Many(props: { asked: readonly Asked[] }) {
  const { say } = useWords();
  const best = (of: Told) => ('code' in of ? undefined : of.candidates[0]);
  return (
    <section role="status">
      <div className="head"><h2>{whole(props.asked.length)}</h2><span className="head__note"><CsvButton name="screening" head={['line', 'query', 'answer', 'list', 'entry', 'name', 'score']} rows={props.asked.map((one, at) => [at + 1, one.line, 'code' in one.answer ? one.answer.code : one.answer.decision, best(one.answer)?.list ?? '', best(one.answer)?.entry ?? '', best(one.answer)?.name ?? '', best(one.answer)?.score ?? ''])} /></span></div>
      <div className="box"><table className="table table--dense">
        <thead><tr><th className="num">{say('ask.line')}</th><th>{say('ask.name')}</th><th>{say('column.state')}</th><th>{say('ask.candidates')}</th><th className="num">{say('hits.score')}</th></tr></thead>
        <tbody>{props.asked.map((one, at) => <tr key={at}><td className="num">{whole(at + 1)}</td><td className="wraps"><bdi dir="auto">{one.line.slice(0, 120)}</bdi></td><td><Verdict told={one.answer} /></td><td className="wraps fills"><bdi dir="auto">{best(one.answer)?.name}</bdi></td><td className="num">{best(one.answer) === undefined ? '' : fixed(best(one.answer)?.score ?? 0, 2)}</td></tr>)}</tbody>
      </table></div>
    </section>
  );
}
