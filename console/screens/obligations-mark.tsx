/** How an obligation stands, by shape and word. */
import type { DueRow } from '../../src/contract/console.ts';
import { StateMark } from '../parts/marks.tsx';
import { useWords } from '../words.tsx';

/** How an obligation stands: late is red only where it is law. */
export function DueMark(props: { state: DueRow['state'] }) {
  const { say } = useWords();
  const { state } = props;
  const late = state === 'breach' || state === 'overdue';
  return <StateMark tone={late ? 'breach' : state === 'reminds' ? 'due' : 'wait'} icon={late ? 'warn' : state === 'open' ? 'dash' : 'clock'}>{say(`due.${state}`)}</StateMark>;
}
