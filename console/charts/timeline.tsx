/**
 * What came in and went out, on one lane for each firm, from left to right in time. A bar above its lane
 * came in, a wedge below it went out; their height is the PKR value. The table beneath says the same.
 */
import { instantOf, HOUR_US, DAY_US, MINUTE_US } from '../../src/terms/index.ts';
import type { TimelineEvent } from '../../src/contract/console.ts';
import { timeText } from '../figures.ts';
import { useWords } from '../words.tsx';

const width = 368;
const start = 44;
const end = 360;
const laneHeight = 44;
const steps = [15 * MINUTE_US, HOUR_US, 3 * HOUR_US, 6 * HOUR_US, DAY_US, 2 * DAY_US, 7 * DAY_US, 14 * DAY_US];
const ticksMax = 7;

/** Ticks at round local times, at most `ticksMax`. Karachi is five whole hours ahead, so UTC hours are its hours too. */
export function ticksOf(from: number, to: number): number[] {
  const step = steps.find((one) => (to - from) / one <= ticksMax) ?? 30 * DAY_US;
  const offset = 5 * HOUR_US;
  const first = Math.ceil((from + offset) / step) * step - offset;
  const ticks: number[] = [];
  for (let at = first; at <= to && ticks.length <= ticksMax; at += step) ticks.push(at);
  return ticks;
}

export function TimelineChart(props: { events: readonly TimelineEvent[]; label: string }) {
  const { language } = useWords();
  const moving = props.events.filter((event) => event.way !== 'none');
  const lanes = [...new Set(moving.map((event) => event.firm))];
  const from = Math.min(...moving.map((event) => event.at));
  const to = Math.max(...moving.map((event) => event.at));
  const span = Math.max(to - from, MINUTE_US);
  const x = (at: number): number => start + 8 + ((at - from) / span) * (end - start - 16);
  const most = Math.max(1, ...moving.map((event) => Math.abs(event.pkr?.paisa ?? 0)));
  const tall = (event: TimelineEvent): number => 4 + 20 * Math.sqrt(Math.abs(event.pkr?.paisa ?? 0) / most);
  const bottom = lanes.length * laneHeight + 8;
  const form = span > 2 * DAY_US ? 'day' : 'minute';
  return (
    <svg className="chart" width={width} height={bottom + 16} viewBox={`0 0 ${width} ${bottom + 16}`} role="img" aria-label={props.label}>
      {ticksOf(from, to).map((at) => (
        <g key={at}><line className="grid" x1={x(at)} x2={x(at)} y1="8" y2={bottom} /><text x={x(at)} y={bottom + 12} textAnchor="middle">{timeText(instantOf(at), form, language)}</text></g>
      ))}
      {lanes.map((lane, place) => (
        <g key={lane}><text className="label" x="0" y={place * laneHeight + 38}>{lane}</text><line className="axis" x1={start} x2={end} y1={place * laneHeight + 34} y2={place * laneHeight + 34} /></g>
      ))}
      {moving.map((event) => {
        const base = lanes.indexOf(event.firm) * laneHeight + 34;
        const at = x(event.at);
        return event.way === 'in'
          ? <line key={event.id} className="line-1" strokeWidth="4" x1={at} x2={at} y1={base} y2={base - tall(event)} />
          : <path key={event.id} className="fill-3" d={`M${at - 5} ${base + 1}h10L${at} ${base + 1 + tall(event) * 0.6}z`} />;
      })}
    </svg>
  );
}
