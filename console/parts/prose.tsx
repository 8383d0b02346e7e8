/** A sentence of the rejection list: what stands between backticks is code. */
import { Fragment } from 'react';

export function Prose(props: { children: string | undefined }) {
  const pieces = (props.children ?? '').split('`');
  return pieces.map((piece, place) => (place % 2 === 0 ? <Fragment key={place}>{piece}</Fragment> : <span key={place} className="code">{piece}</span>));
}
