/** An expression judged while it is written: its faults with place and remedy, or what it says in words and what it costs. Nothing of it is kept. */
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { ExpressionAnswer } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { whole } from '../figures.ts';
import { Icon } from '../parts/icon.tsx';
import { ErrorPanel } from '../parts/states.tsx';
import { useWorded, useWords } from '../words.tsx';

export function Expression() {
  const { say } = useWords();
  const [looksAt, setLooksAt] = useState('out');
  const [text, setText] = useState('count[24h](out) >= fan.most and receivers[24h] >= 12');
  const asked = useDeferredValue(`${looksAt}\n${text}`);
  const [first = '', ...rest] = asked.split('\n');
  const judged = useQuery({ queryKey: ['checkExpression', asked], queryFn: () => call('checkExpression', { body: { looksAt: first, text: rest.join(' ') } }), placeholderData: (before) => before });
  return (
    <section className="aside rules__draft" aria-label={say('rules.expression')}>
      <h2>{say('rules.expression')}</h2>
      <p className="note">{say('rules.expression.note')}</p>
      <label className="field"><span>{say('rules.looks-at')}</span><input className="input code" name="looks-at" dir="ltr" maxLength={500} spellCheck={false} value={looksAt} onChange={(event) => setLooksAt(event.target.value)} /></label>
      <label className="field"><span>{say('rules.fires')}</span><textarea className="input code" name="expression" dir="ltr" rows={3} maxLength={20_000} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} /></label>
      {judged.error !== null && <ErrorPanel error={judged.error} />}
      {judged.data !== undefined && <Verdict of={judged.data} />}
    </section>
  );
}

function Verdict(props: { of: ExpressionAnswer }) {
  const worded = useWorded();
  const { faults, sound } = props.of;
  return (
    <div role="status">
      {faults.map((fault, place) => <p key={place} className="flag"><Icon name="warn" /><span><b className="code">{fault.code}</b> <bdi dir="ltr" className="code">{fault.place}</bdi> <span lang="en" dir="ltr">{fault.detail}. {fault.remedy}</span></span></p>)}
      {sound !== null && <p><Icon name="check" /> {worded(sound.looksAt)}: {worded(sound.fires)} <span className="note" dir="ltr">{whole(sound.cost.nanoseconds)} ns · {whole(sound.cost.bytes)} B</span></p>}
    </div>
  );
}
