/** What another threshold would ask of officers, on the house's own people: how many come at or above each score, and what was said of those who were looked at. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { fixed, percent, whole } from '../figures.ts';
import { CsvButton } from '../parts/csv.tsx';
import { Choice } from '../parts/filters.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';

/** Thresholds that are shown: each second hundredth, and the one in force. */
const isShown = (at: number): boolean => Math.round(at * 100) % 2 === 0 && at >= 0.6;

export function Tuning() {
  const { say } = useWords();
  const worded = useWorded();
  const { list } = useSearch({ from: '/screening' });
  const navigate = useNavigate({ from: '/screening' });
  const lists = useAnswer('lists', {});
  const names = (lists.data?.lists ?? []).filter((one) => one.holds === 'names');
  const chosen = list ?? names[0]?.list;
  return (
    <>
      <form className="filters filters--top" onSubmit={(event) => event.preventDefault()}>
        <Choice label={say('hits.list')} all={names[0] === undefined ? say('hits.list.all') : worded(names[0].title)} value={list === names[0]?.list ? undefined : list} options={names.slice(1).map((one) => ({ value: one.list, label: worded(one.title) }))} onChange={(value) => void navigate({ search: (before) => ({ ...before, list: value }), replace: true })} />
      </form>
      <Steps list={chosen} />
    </>
  );
}

function Steps(props: { list: string | undefined }) {
  const { say } = useWords();
  return (
    <Answer query={useAnswer('tuning', { query: props.list === undefined ? {} : { list: props.list } })} bones={12}>
      {(answer) => {
        if (answer.people === 0) return <Empty title={say('tuning.none.title')}><p>{say('tuning.none.text')}</p></Empty>;
        const steps = answer.steps.filter((step) => isShown(step.at));
        return (
          <section>
            <div className="head"><h2>{say('tuning.total', { count: answer.people })}</h2><span className="head__note"><CsvButton name="threshold" head={['threshold', 'people', 'confirmed', 'another person']} rows={answer.steps.map((step) => [step.at, step.people, step.confirmed, step.cleared])} /></span></div>
            <p className="note">{say('tuning.what', { threshold: fixed(answer.threshold, 2) })}</p>
            <div className="box"><table className="table table--measure">
              <thead><tr><th>{say('tuning.at')}</th><th className="num">{say('tuning.people')}</th><th className="num">{say('tuning.share')}</th><th className="wide" aria-hidden="true" /><th className="num">{say('tuning.confirmed')}</th><th className="num">{say('tuning.cleared')}</th></tr></thead>
              <tbody>{steps.map((step) => (
                <tr key={step.at} aria-selected={step.at === answer.threshold}>
                  <th scope="row">{fixed(step.at, 2)}{step.at === answer.threshold && <b> {say('tuning.in-force')}</b>}</th><td className="num">{whole(step.people)}</td><td className="num">{percent(step.people / answer.people, 2)}</td>
                  <td className="wide"><svg className="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" /><rect width={(100 * step.people) / answer.people} height="8" /></svg></td>
                  <td className="num">{whole(step.confirmed)}</td><td className="num">{whole(step.cleared)}</td>
                </tr>
              ))}</tbody>
            </table></div>
          </section>
        );
      }}
    </Answer>
  );
}
