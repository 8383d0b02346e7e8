/**
 * Marks that carry a meaning: severity, state, provenance of a value, a firm, a person, a key. Each says it
 * by shape and by word; colour repeats it.
 */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { pseudonym, parsePersonId, instantOf } from '../../src/terms/index.ts';
import type { FindingState, FirmRef, Provenance, Severity, Stage, StaffRef } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { isoText, timeText, utcText, type TimeForm } from '../figures.ts';
import { useWorded, useWords } from '../words.tsx';
import { Icon, type IconName } from './icon.tsx';

export function SeverityMark(props: { severity: Severity; quiet?: boolean }) {
  const { say } = useWords();
  const word = say(`severity.${props.severity}`);
  return (
    <span className={`sev sev--${props.severity}`} title={props.quiet === true ? word : undefined}>
      <Icon name={props.severity} />{props.quiet === true ? <span className="hidden-text">{word}</span> : word}
    </span>
  );
}

export type Tone = 'met' | 'due' | 'breach' | 'wait';
const toneIcons: Readonly<Record<Tone, IconName>> = { met: 'check', due: 'clock', breach: 'warn', wait: 'dash' };

export function StateMark(props: { tone: Tone; icon?: IconName | undefined; children: ReactNode }) {
  return <span className={`state state--${props.tone}`}><Icon name={props.icon ?? toneIcons[props.tone]} />{props.children}</span>;
}

/** Settled is the rule and is said quietly; provisional and withdrawn are said plainly. */
export function FindingMark(props: { state: FindingState }) {
  const { say } = useWords();
  const word = say(`finding.${props.state}`);
  if (props.state === 'settled') return <span className="chip" title={say('finding.settled.why')}><Icon name="check" />{word}</span>;
  if (props.state === 'provisional') return <span className="chip chip--due" title={say('finding.provisional.why')}><Icon name="clock" />{word}</span>;
  return <span className="chip chip--open" title={say('finding.withdrawn.why')}><Icon name="cross" />{word}</span>;
}

export function SourceTag(props: { of: Provenance }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <span className={`source source--${props.of.status}`} title={props.of.clause === null ? undefined : worded(props.of.clause)}>
      {say(`source.${props.of.status}`)}
    </span>
  );
}

/** One tag in the heading serves a table whose rows agree; null when they do not. */
export function agreedStatus(all: readonly Provenance[]): Provenance | null {
  const first = all[0];
  return first !== undefined && all.every((one) => one.status === first.status) ? first : null;
}

export function FirmChip(props: { code: string; title?: string }) {
  const may = useMay();
  if (!may('firm.read')) return <span className="chip chip--firm" title={props.title}>{props.code}</span>;
  return <Link className="chip chip--firm" to="/firms/$code" params={{ code: props.code }} title={props.title}>{props.code}</Link>;
}

export function FirmName(props: { firm: FirmRef; withCode?: boolean }) {
  const worded = useWorded();
  const may = useMay();
  return (
    <>
      {may('firm.read') ? <Link className="n" to="/firms/$code" params={{ code: props.firm.code }}>{worded(props.firm.name)}</Link> : worded(props.firm.name)}
      {props.withCode === true && props.firm.code !== props.firm.name.en && <> <span className="faint code">{props.firm.code}</span></>}
    </>
  );
}

/** A stage short of a licence is neutral and says what it is not. Suspended and revoked stand out. */
export function StageText(props: { stage: Stage }) {
  const worded = useWorded();
  const text = worded(props.stage.title);
  return props.stage.isStopped ? <span className="chip chip--breach">{text}</span> : <>{text}</>;
}

export function PersonCode(props: { id: string }) {
  const id = parsePersonId(props.id);
  return <span className="code">{id === undefined ? props.id : pseudonym(id)}</span>;
}

export function Initials(props: { staff: StaffRef; title: string }) {
  const letters = props.staff.name.split(/[\s.]+/).filter((part) => part !== '').map((part) => part[0] ?? '').join('').slice(0, 2).toUpperCase();
  return <span className="initials initials--small" title={props.title}>{letters}<span className="hidden-text"> {props.title}</span></span>;
}

/** Keys of a shortcut: `g d` is two keys after each other. */
export function Keys(props: { keys: string }) {
  return <span className="keys" aria-hidden="true">{props.keys.split(' ').map((key, place) => <kbd key={place}>{key.replace('mod+', 'Ctrl ').replace('enter', 'Enter').replace(/k$/, props.keys.startsWith('mod+') ? 'K' : 'k')}</kbd>)}</span>;
}

/** An instant in local time, with UTC on hover and in `datetime`. */
export function Time(props: { at: number; form: TimeForm }) {
  const { language } = useWords();
  const at = instantOf(props.at);
  return <time dateTime={isoText(at)} title={utcText(at)}>{timeText(at, props.form, language)}</time>;
}

/** The small tree: what the ledger can prove. It carries the entry's number and opens the proof. */
export function ProofLink(props: { entry: number; word?: boolean }) {
  const { say } = useWords();
  const may = useMay();
  const number = props.entry.toLocaleString('en');
  if (!may('ledger.read')) return <>{props.word === true ? say('proof.entry', { entry: number }) : number}</>;
  return (
    <Link className="proof" to="/ledger" search={{ entry: props.entry }}>
      <Icon name="proof" />{props.word === true ? say('proof.entry', { entry: number }) : <><span className="hidden-text">{say('proof.of')} </span>{number}</>}
    </Link>
  );
}
