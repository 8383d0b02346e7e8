/**
 * The icons, as one sprite drawn once on the page. An icon never stands without its word: it is hidden
 * from readers, and the word is beside it or, in a closed rail, read in its place.
 */
import type { ReactNode } from 'react';

const stroked: Readonly<Record<string, ReactNode>> = {
  overview: <><rect x="2.25" y="2.25" width="4.5" height="6.5" rx="1" /><rect x="9.25" y="2.25" width="4.5" height="3.5" rx="1" /><rect x="2.25" y="11.25" width="4.5" height="2.5" rx="1" /><rect x="9.25" y="8.25" width="4.5" height="5.5" rx="1" /></>,
  bell: <path d="M4 6.75a4 4 0 0 1 8 0c0 3.5 1.25 4.5 1.25 4.5H2.75S4 10.25 4 6.75M6.5 13.5a1.75 1.75 0 0 0 3 0" />,
  two: <><circle cx="5.75" cy="5.25" r="2.25" /><circle cx="11.25" cy="6" r="1.75" /><path d="M1.75 13.25c0-2.5 1.75-4 4-4s4 1.5 4 4M11 9.75c2 0 3.25 1.25 3.25 3.25" /></>,
  firm: <path d="M2.5 13.75h11M4 13.5v-10l5-1.25V13.5M9 6.5l3.25.75v6.25M6 6h1M6 8.5h1M6 11h1" />,
  inbox: <path d="M2.25 9.25 4 3.25h8l1.75 6v3.5H2.25zM2.5 9.25h3l1 1.75h3l1-1.75h3" />,
  events: <path d="M5.25 4h8.5M5.25 8h8.5M5.25 12h8.5M2.25 4h.5M2.25 8h.5M2.25 12h.5" />,
  ledger: <><rect x="6.25" y="1.75" width="3.5" height="3.5" rx=".75" /><rect x="1.75" y="10.75" width="3.5" height="3.5" rx=".75" /><rect x="10.75" y="10.75" width="3.5" height="3.5" rx=".75" /><path d="M8 5.5V8M3.5 10.5V8h9v2.5" /></>,
  proof: <><rect x="6.25" y="1.75" width="3.5" height="3.5" rx=".75" /><rect x="1.75" y="10.75" width="3.5" height="3.5" rx=".75" fill="currentColor" /><rect x="10.75" y="10.75" width="3.5" height="3.5" rx=".75" /><path d="M8 5.5V8M3.5 10.5V8h9v2.5" /></>,
  pulse: <path d="M1.75 8.5h3l2-5.25 3 9.5 1.75-4.25h2.75" />,
  file: <path d="M4 1.75h5.25L12.5 5v9.25H4zM9 2v3.25h3.25M6 9.5l1.5 1.5 2.75-3" />,
  calendar: <path d="M2.25 3.75h11.5v10H2.25zM2.25 6.75h11.5M5.25 2v3M10.75 2v3" />,
  search: <><circle cx="7" cy="7" r="4.25" /><path d="M10.25 10.25l3.5 3.5" /></>,
  check: <path d="M3 8.5l3.25 3.25L13 4.75" strokeWidth="2" />,
  cross: <path d="M4 4l8 8M12 4l-8 8" strokeWidth="2" />,
  dash: <path d="M3.5 8h9" strokeWidth="2" />,
  clock: <><circle cx="8" cy="8" r="6" /><path d="M8 4.5V8l2.5 1.5" /></>,
  warn: <path d="M8 2.25L14.25 13.5H1.75zM8 6.5v3.25M8 11.25v.5" />,
  lock: <><rect x="3.25" y="7.25" width="9.5" height="6.5" rx="1" /><path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2" /></>,
  key: <><circle cx="5" cy="11" r="2.75" /><path d="M7 9l6-6M10.5 5.5l2 2M8.75 7.25l1.25 1.25" /></>,
  form: <><rect x="3" y="1.75" width="10" height="12.5" rx="1" /><path d="M5.5 5h5M5.5 8h5M5.5 11h2.5" /></>,
  paper: <path d="M9.25 1.75H4.5a1 1 0 0 0-1 1v10.5a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V5zM9.25 1.75V5h3.25" />,
  letter: <><rect x="1.75" y="3.25" width="12.5" height="9.5" rx="1" /><path d="M2 4l6 4.75L14 4" /></>,
  gauge: <path d="M2.5 12.5a6.25 6.25 0 1 1 11 0M8 10.5l3-4" />,
  sliders: <><path d="M2.25 4.5h5.5M11.25 4.5h2.5M2.25 11.5h1.5M7.25 11.5h6.5" /><circle cx="9.5" cy="4.5" r="1.75" /><circle cx="5.5" cy="11.5" r="1.75" /></>,
  back: <path d="M9.75 3.75 5.5 8l4.25 4.25" />,
};
const filled: Readonly<Record<string, ReactNode>> = {
  critical: <path d="M6 .5 11.5 6 6 11.5.5 6z" fill="currentColor" />,
  high: <path d="M6 1 11.6 11H.4z" fill="currentColor" />,
  medium: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  low: <circle cx="6" cy="6" r="3.75" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

export type IconName = 'brand' | 'overview' | 'bell' | 'two' | 'firm' | 'inbox' | 'events' | 'ledger' | 'proof' | 'pulse' | 'file' | 'calendar' | 'search' | 'check' | 'cross'
  | 'dash' | 'clock' | 'warn' | 'lock' | 'key' | 'form' | 'paper' | 'letter' | 'gauge' | 'sliders' | 'back' | 'critical' | 'high' | 'medium' | 'low';

export function Icon(props: { name: IconName; turns?: boolean }) {
  return <svg className={props.turns === true ? 'icon icon--turns' : 'icon'} aria-hidden="true"><use href={`#i-${props.name}`} /></svg>;
}

export function Sprite() {
  return (
    <svg className="sprite" aria-hidden="true">
      <symbol id="i-brand" viewBox="0 0 24 24">
        <path d="M3.5 9.5c0 6.6 3.4 10 8.5 10s8.5-3.4 8.5-10" fill="none" stroke="currentColor" strokeWidth="2.75" strokeLinecap="round" />
        <path d="M12 3.6 15 6.6 12 9.6 9 6.6z" fill="currentColor" />
      </symbol>
      {Object.entries(stroked).map(([name, drawn]) => (
        <symbol key={name} id={`i-${name}`} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">{drawn}</symbol>
      ))}
      {Object.entries(filled).map(([name, drawn]) => <symbol key={name} id={`i-${name}`} viewBox="0 0 12 12">{drawn}</symbol>)}
      <defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect className="hatch" width="3" height="6" /></pattern>
      </defs>
    </svg>
  );
}
