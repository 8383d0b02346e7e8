/** The mark of a hit: how it stands, and whether a decision waits for its second person. */
import type { HitRow } from '../../src/contract/console.ts';
import { StateMark, type Tone } from '../parts/marks.tsx';
import { useWords } from '../words.tsx';

const tones: Readonly<Record<HitRow['state'], Tone>> = { open: 'due', confirmed: 'breach', cleared: 'met', released: 'wait', replaced: 'wait' };

/** The state of a hit, in its tone and word. */
export function HitMark(props: { hit: HitRow }) {
  const { say } = useWords();
  const { hit } = props;
  return <><StateMark tone={tones[hit.state]}>{say(`hits.state.${hit.state}`)}</StateMark>{hit.proposed !== null && <span className="note block">{say('hits.waiting')}</span>}</>;
}
