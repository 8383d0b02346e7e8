/** How something owed stands, in one mark: late is a breach only where law sets both the duty and its time. */
import type { Due } from './desk-parts.tsx';
import { StateMark, type Tone } from '../parts/marks.tsx';
import { useWords } from '../words.tsx';

const tones: Readonly<Record<Due['state'], Tone>> = { open: 'wait', due: 'wait', reminds: 'due', overdue: 'breach', breach: 'breach' };

/** Whole days between two days, `YYYY-MM-DD`. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** `2026-11-24` as the reader's language writes a day. */
export function useDayText(): (day: string) => string {
  const { language } = useWords();
  const format = new Intl.DateTimeFormat(language === 'ur' ? 'ur-PK-u-nu-latn' : 'en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
  return (day) => format.format(Date.parse(day));
}

export function DueMark(props: { due: Due; today: string }) {
  const { say } = useWords();
  const dayText = useDayText();
  const { due, today } = props;
  if (due.day === null) return <StateMark tone="wait">{say('desk.due.no-day')}</StateMark>;
  const late = daysBetween(due.day, today);
  return (
    <span title={dayText(due.day)}>
      <StateMark tone={tones[due.state]}>{late > 0 ? say('desk.due.late', { count: late }) : late === 0 ? say('desk.due.today') : dayText(due.day)}</StateMark>
    </span>
  );
}
