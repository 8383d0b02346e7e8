/**
 * A sentence of the rejection list: what stands between backticks is code. In Urdu a run of Latin text (a path, an
 * instant, a field's name) keeps its own direction, or its parts would be read in the wrong order.
 */
import { Fragment } from 'react';

const latinRun = /((?:\/?[A-Za-z0-9][\w./:+-]*[A-Za-z0-9]|[A-Za-z0-9])(?: (?:[A-Za-z0-9][\w./:+-]*[A-Za-z0-9]|[A-Za-z0-9]))*)/;
const isUrdu = (text: string): boolean => /[\u0600-\u06FF]/.test(text);

/** The pieces of a sentence; those at odd places keep left to right. */
export function directed(text: string): string[] {
  return isUrdu(text) ? text.split(latinRun) : [text];
}

export function Prose(props: { children: string | undefined }) {
  const pieces = (props.children ?? '').split('`');
  return pieces.map((piece, place) => (place % 2 === 0 ? <Directed key={place} text={piece} /> : <bdi key={place} dir="ltr" className="code">{piece}</bdi>));
}

function Directed(props: { text: string }) {
  return directed(props.text).map((piece, place) => (place % 2 === 0 ? <Fragment key={place}>{piece}</Fragment> : <bdi key={place} dir="ltr">{piece}</bdi>));
}
