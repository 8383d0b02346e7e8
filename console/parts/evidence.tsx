/**
 * Numbers that open what is behind them. `Evidence` opens the events of a filter; `Figure` writes a quantity
 * of any kind in the reader's language; `Sentence` is the server's explanation with each figure opening its
 * events.
 */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DAY_US, instantOf } from '../../src/terms/index.ts';
import type { EventFilter, Explained, Measure, Quantity } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { amountText, percent, rupees, span, timeText, whole } from '../figures.ts';
import { fill, useWorded, useWords, type Sayer } from '../words.tsx';
import type { Language } from '../preferences.ts';
import type { AlertsSearch, RejectionsSearch, SubmissionsSearch } from '../search.ts';
import { PersonCode } from './marks.tsx';

/** A figure keeps its own direction: left to right, unless its unit is an Urdu word. */
export function Bdi(props: { children: string; code?: boolean }) {
  return <bdi dir={/[\u0600-\u06FF]/.test(props.children) ? 'rtl' : 'ltr'} className={props.code === true ? 'code' : undefined}>{props.children}</bdi>;
}

/** A number that opens its events; plain for who may not read events. */
export function Evidence(props: { of: EventFilter | null; children: ReactNode; label?: string }) {
  const may = useMay();
  if (props.of === null || !may('event.read')) return <>{props.children}</>;
  return <Link className="n" to="/events" search={props.of} aria-label={props.label}>{props.children}</Link>;
}

/** A number or a name that opens the alerts it counts; plain for who may not read alerts. */
export function ToAlerts(props: { search?: AlertsSearch; children: ReactNode; title?: string; plain?: boolean }) {
  const may = useMay();
  if (!may('alert.read')) return <>{props.children}</>;
  return <Link className={props.plain === true ? undefined : 'n'} to="/alerts" search={props.search ?? {}} title={props.title}>{props.children}</Link>;
}

/** A figure that engine health explains; plain for who may not read it. */
export function ToEngine(props: { children: ReactNode }) {
  const may = useMay();
  return may('engine.read') ? <Link className="n" to="/engine">{props.children}</Link> : <>{props.children}</>;
}

/** A count of rejected records; plain for who may not read submissions. */
export function ToRejections(props: { search: RejectionsSearch; children: ReactNode }) {
  const may = useMay();
  return may('submission.read') ? <Link className="n" to="/rejections" search={props.search}>{props.children}</Link> : <>{props.children}</>;
}

/** A count of what was sent, as filings; plain for who may not read submissions. */
export function ToSubmissions(props: { search: SubmissionsSearch; children: ReactNode }) {
  const may = useMay();
  return may('submission.read') ? <Link className="n" to="/submissions" search={props.search}>{props.children}</Link> : <>{props.children}</>;
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
