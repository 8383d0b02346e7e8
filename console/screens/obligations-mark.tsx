/** How an obligation stands, by shape and word. */
import type { DueRow } from '../../src/contract/console.ts';
import { dayText } from '../figures.ts';
import { StateMark } from '../parts/marks.tsx';
import { useWords } from '../words.tsx';

/** How an obligation stands: late is red only where it is law. */
export function DueMark(props: { state: DueRow['state'] }) {
  const { say } = useWords();
  const { state } = props;
  const late = state === 'breach' || state === 'overdue';
  return <StateMark tone={late ? 'breach' : state === 'reminds' ? 'due' : 'wait'} icon={late ? 'warn' : state === 'open' ? 'dash' : 'clock'}>{say(`due.${state}`)}</StateMark>;
}

/** The last day of an obligation, marked as it stands; the word of its state is read and shown on hover. */
export function DueDay(props: { row: Pick<DueRow, 'state' | 'day'> }) {
  const { say, language } = useWords();
  const { state, day } = props.row;
  const late = state === 'breach' || state === 'overdue';
  const word = say(`due.${state}`);
  return (
    <span title={word}>
      <StateMark tone={late ? 'breach' : state === 'reminds' ? 'due' : 'wait'} icon={late ? 'warn' : state === 'open' ? 'dash' : 'clock'}>{day === null ? word : <>{dayText(day, 'day', language)}<span className="hidden-text"> {word}</span></>}</StateMark>
    </span>
  );
}
