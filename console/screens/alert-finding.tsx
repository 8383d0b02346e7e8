/** The numbers of one finding: each measure with its threshold, margin and bar; and what each firm alone could see. */
import type { Finding, Measure } from '../../src/contract/console.ts';
import { QuantityBullet } from '../charts/bullet.tsx';
import { Bdi, Evidence, Figure, marginText, quantityText } from '../parts/evidence.tsx';
import { SourceTag, StateMark, agreedStatus } from '../parts/marks.tsx';
import { useWorded, useWords } from '../words.tsx';

const signs = { 'at-least': '≥', 'at-most': '≤', present: '' } as const;

export function FindingNumbers(props: { finding: Finding }) {
  const { say } = useWords();
  const worded = useWorded();
  const { measures } = props.finding;
  const agreed = agreedStatus(measures.map((one) => one.provenance));
  return (
    <section>
      <div className="head">
        <h3>{say('alert.numbers')}</h3><span className="head__note">{worded(props.finding.rule.title)}</span>
        {agreed !== null && <span className="head__end">{say('alert.thresholds')} <SourceTag of={agreed} /></span>}
      </div>
      <div className="box">
        <table className="table table--measure table--tight">
          <thead>
            <tr>
              <th>{say('alert.measure', { window: worded(props.finding.window) })}</th><th className="num">{say('alert.value')}</th><th className="num">{say('alert.threshold')}</th>
              <th className="wide"><span className="hidden-text">{say('alert.bar')}</span></th><th className="num">{say('alert.margin')}</th>
            </tr>
          </thead>
          <tbody>{measures.map((one, place) => <MeasureRow key={place} measure={one} tagged={agreed === null} />)}</tbody>
        </table>
      </div>
      {props.finding.clearing !== null && <p className="note">{say('alert.clearing')} {worded(props.finding.clearing)}</p>}
    </section>
  );
}

/** A unit stands in the first cell, so that figures stand under figures. */
function unitOf(measure: Measure): string {
  if (measure.value.kind === 'pkr') return ', PKR';
  return measure.value.kind === 'money' ? `, ${measure.value.symbol}` : '';
}

function MeasureRow(props: { measure: Measure; tagged: boolean }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const { measure } = props;
  return (
    <tr>
      <td className="wraps">{worded(measure.name)}{unitOf(measure)}</td>
      <td className="num"><Figure value={measure.value} evidence={measure.evidence} unit={false} /></td>
      <td className="num">
        {measure.threshold === null ? <span className="faint">{say('alert.present')}</span> : <Bdi>{`${signs[measure.comparison]} ${quantityText(measure.threshold, say, language, false)}`}</Bdi>}
        {props.tagged && <> <SourceTag of={measure.provenance} /></>}
      </td>
      <td className="wide"><QuantityBullet value={measure.value} limit={measure.threshold} floor={measure.comparison === 'at-most'} /></td>
      <td className="num">{measure.margin === null ? '' : <Bdi>{marginText(measure.margin, say)}</Bdi>}</td>
    </tr>
  );
}

export function SeenAlone(props: { finding: Finding }) {
  const { say } = useWords();
  const worded = useWorded();
  const { finding } = props;
  const alone = finding.seenAlone.filter((one) => one.firm !== null);
  const joined = finding.seenAlone.find((one) => one.firm === null);
  return (
    <section>
      <div className="head"><h3>{say('alert.alone')}</h3></div>
      <div className="box">
        <table className="table table--measure table--tight">
          <thead><tr><th>{say('alert.view')}</th>{finding.measures.map((one, place) => <th key={place} className="num wraps">{worded(one.name)}{unitOf(one)}</th>)}<th>{say('alert.would-fire')}</th></tr></thead>
          <tbody>{alone.map((one) => <AloneRow key={one.firm} of={one} name={say('alert.alone.firm', { firm: one.firm ?? '' })} />)}</tbody>
          {joined !== undefined && <tfoot><AloneRow of={joined} name={say('alert.alone.joined')} isTotal /></tfoot>}
        </table>
      </div>
    </section>
  );
}

function AloneRow(props: { of: Finding['seenAlone'][number]; name: string; isTotal?: boolean }) {
  const worded = useWorded();
  const name = props.isTotal === true ? <th scope="row">{props.name}</th> : <td>{props.name}</td>;
  return (
    <tr>
      {name}
      {props.of.values.map((one, place) => <td key={place} className="num">{one.value === null ? <Evidence of={null}>–</Evidence> : <Figure value={one.value} evidence={one.evidence} unit={false} />}</td>)}
      <td className="wraps"><StateMark tone={props.of.fires ? 'met' : 'wait'}>{worded(props.of.why)}</StateMark></td>
    </tr>
  );
}
