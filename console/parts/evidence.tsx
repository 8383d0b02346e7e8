/**
 * Numbers that open what is behind them. `Evidence` opens the events of a filter; `Figure` writes a quantity
 * of any kind in the reader's language; `Sentence` is the server's explanation with each figure opening its
 * events.
 */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DAY_US, instantOf } from '../../src/terms/index.ts';
import type { EventFilter, Explained, Measure, Quantity } from '../../src/contract/console.ts';
import { amountText, percent, rupees, span, timeText, whole } from '../figures.ts';
import { fill, useWorded, useWords, type Sayer } from '../words.tsx';
import type { Language } from '../preferences.ts';
import { PersonCode } from './marks.tsx';

/** A figure keeps its own direction: left to right, unless its unit is an Urdu word. */
export function Bdi(props: { children: string; code?: boolean }) {
  return <bdi dir={/[\u0600-\u06FF]/.test(props.children) ? 'rtl' : 'ltr'} className={props.code === true ? 'code' : undefined}>{props.children}</bdi>;
}

export function Evidence(props: { of: EventFilter | null; children: ReactNode; label?: string }) {
  if (props.of === null) return <>{props.children}</>;
  return <Link className="n" to="/events" search={props.of} aria-label={props.label}>{props.children}</Link>;
}

/** A quantity as text. `unit` false leaves the unit to the table's head. */
export function quantityText(value: Quantity, say: Sayer, language: Language, unit = true): string {
  switch (value.kind) {
    case 'count': return whole(value.value);
    case 'pkr': return unit ? `PKR\u00A0${rupees(value.paisa)}` : rupees(value.paisa);
    case 'money': return unit ? `${amountText(value.amount)}\u00A0${value.symbol}` : amountText(value.amount);
    case 'duration': return span(value.ms, say);
    case 'ratio': return percent(value.value);
    case 'instant': return timeText(instantOf(value.at), value.at % DAY_US === 0 ? 'date' : 'short', language);
    case 'person': return value.person;
    case 'code': return value.value;
  }
}

export function Figure(props: { value: Quantity; evidence: EventFilter | null; unit?: boolean }) {
  const { say, language } = useWords();
  const text = props.value.kind === 'person'
    ? <PersonCode id={props.value.person} />
    : <Bdi code={props.value.kind === 'code'}>{quantityText(props.value, say, language, props.unit)}</Bdi>;
  return <Evidence of={props.evidence}>{text}</Evidence>;
}

export function Sentence(props: { of: Explained }) {
  const worded = useWorded();
  const nodes = Object.fromEntries(Object.entries(props.of.figures).map(([name, figure]) => [name, <Figure key={name} value={figure.value} evidence={figure.evidence} />]));
  return <>{fill(worded(props.of.text), nodes)}</>;
}

/** `+4`, `−68 min`, `+9.7 points`: how far a value is past its threshold. */
export function marginText(margin: NonNullable<Measure['margin']>, say: Sayer): string {
  const sign = (negative: boolean, text: string): string => (negative ? text : `+${text}`);
  switch (margin.kind) {
    case 'count': return margin.value === 0 ? '0' : sign(margin.value < 0, whole(margin.value));
    case 'pkr': return margin.paisa === 0 ? '0' : sign(margin.paisa < 0, rupees(margin.paisa));
    case 'money': return sign(margin.amount.startsWith('-'), amountText(margin.amount));
    case 'duration': return sign(margin.ms < 0, span(margin.ms, say));
    case 'ratio': return sign(margin.value < 0, say('unit.points', { value: percent(margin.value).replace(/\u00A0%$/, '') }));
  }
}
