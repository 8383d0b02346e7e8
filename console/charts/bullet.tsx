/**
 * A bullet bar: a live figure against a limit (a tick) or a floor (a dashed tick). It repeats the numbers
 * that stand beside it in the same row, so it is hidden from readers.
 */
import type { Quantity } from '../../src/contract/console.ts';
import { bulletPlaces, numberOf } from './places.ts';

export function Bullet(props: { at: number; limit: number; tone?: 'near' | 'over' | undefined; floor?: boolean }) {
  const tone = props.tone === undefined ? '' : ` bullet__value--${props.tone}`;
  return (
    <svg className="bullet" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      <rect className="bullet__ground" y="4" width="100" height="8" />
      <rect className={`bullet__value${tone}`} y="4" width={props.at} height="8" />
      <line className={props.floor === true ? 'bullet__limit bullet__limit--floor' : 'bullet__limit'} x1={props.limit} x2={props.limit} y1="0" y2="16" />
    </svg>
  );
}

export function QuantityBullet(props: { value: Quantity; limit: Quantity | null; floor?: boolean; tone?: 'near' | 'over' | undefined }) {
  const value = numberOf(props.value);
  const limit = numberOf(props.limit);
  if (value === null || limit === null) return null;
  const places = bulletPlaces(value, limit, props.value.kind === 'ratio');
  return <Bullet at={places.at} limit={places.limit} tone={props.tone} floor={props.floor === true} />;
}
