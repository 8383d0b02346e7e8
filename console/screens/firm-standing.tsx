/** Where a firm stands: the stage rail, the gates to its next stage, its limits against live figures, its services. */
import type { FirmAnswer } from '../../src/contract/console.ts';
import { QuantityBullet } from '../charts/bullet.tsx';
import { percent } from '../figures.ts';
import { Bdi, Figure, quantityText } from '../parts/evidence.tsx';
import { SourceTag, StateMark, Time, agreedStatus, type Tone } from '../parts/marks.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { limitTone, type Limit } from '../limits.ts';
import { useWorded, useWords } from '../words.tsx';

export function StageRail(props: { steps: FirmAnswer['steps'] }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <ol className="stages" aria-label={say('firm.stages')}>
      {props.steps.map((step) => (
        <li key={step.stage.id} className={`stage stage--${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
          {step.state === 'done' && <Icon name="check" />}
          <b>{worded(step.stage.title)}</b>
          <span className="hidden-text">{say(`firm.step.${step.state}`)} </span>
          {step.since !== null && <span>{step.state === 'now' && `${say('firm.since')} `}<Time at={step.since} form="date" /></span>}
          {step.note !== null && <span>{worded(step.note)}</span>}
          {step.clause !== null && <span>{worded(step.clause)}</span>}
        </li>
      ))}
    </ol>
  );
}

const gateMarks: Readonly<Record<FirmAnswer['gates'][number]['state'], { tone: Tone; icon: IconName }>> = {
  met: { tone: 'met', icon: 'check' }, missing: { tone: 'breach', icon: 'cross' }, waits: { tone: 'wait', icon: 'clock' },
};

export function Gates(props: { firm: FirmAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { gates } = props.firm;
  const of = (state: 'met' | 'missing' | 'waits'): number => gates.filter((gate) => gate.state === state).length;
  return (
    <section>
      <div className="head"><h3>{say('firm.gates')}</h3><span className="head__note">{say('firm.gates.note', { met: of('met'), missing: of('missing'), waits: of('waits') })}</span></div>
      <div className="box">
        <table className="table table--dense">
          <thead className="hidden-text"><tr><th>{say('column.state')}</th><th>{say('firm.gate')}</th><th>{say('column.at')}</th><th>{say('column.basis')}</th><th>{say('column.source')}</th></tr></thead>
          <tbody>
            {gates.map((gate, place) => (
              <tr key={place}>
                <td><StateMark tone={gateMarks[gate.state].tone} icon={gateMarks[gate.state].icon}>{say(`gate.${gate.state}`)}</StateMark></td>
                <td className="wraps">{worded(gate.title)}</td>
                <td className="soft">{gate.at === null ? gate.note !== null && worded(gate.note) : <Time at={gate.at} form="date" />}</td>
                <td className="faint">{gate.provenance.clause !== null && worded(gate.provenance.clause)}</td>
                <td className="num"><SourceTag of={gate.provenance} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function Limits(props: { firm: FirmAnswer }) {
  const { say } = useWords();
  const { limits } = props.firm;
  const agreed = agreedStatus(limits.map((one) => one.provenance));
  return (
    <section>
      <div className="head">
        <h3>{say('firm.limits')}</h3><span className="head__note"><Time at={props.firm.asOf} form="minute" /> PKT · {say('firm.limits.note')}</span>
        {agreed !== null && <span className="head__end">{say('firm.limits.source')} <SourceTag of={agreed} /></span>}
      </div>
      <div className="box">
        <table className="table table--measure">
          <thead><tr><th>{say('firm.limit')}</th><th className="num">{say('firm.live')}</th><th className="num">{say('firm.bound')}</th><th className="wide"><span className="hidden-text">{say('alert.bar')}</span></th><th className="num">{say('firm.share')}</th><th>{say('column.state')}</th></tr></thead>
          <tbody>{limits.map((one, place) => <LimitRow key={place} limit={one} tagged={agreed === null} />)}</tbody>
        </table>
      </div>
    </section>
  );
}

function LimitRow(props: { limit: Limit; tagged: boolean }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const { limit } = props;
  const { tone, word, share } = limitTone(limit);
  return (
    <tr>
      <td className="wraps">{worded(limit.title)}{limit.live.kind === 'pkr' && ', PKR'}</td>
      <td className="num"><Figure value={limit.live} evidence={limit.evidence} unit={false} /></td>
      <td className="num">{limit.limit === null ? <SourceTag of={limit.provenance} /> : <Bdi>{quantityText(limit.limit, say, language, false)}</Bdi>}{props.tagged && limit.limit !== null && <> <SourceTag of={limit.provenance} /></>}</td>
      <td className="wide"><QuantityBullet value={limit.live} limit={limit.limit} floor={limit.bound === 'floor'} tone={word === 'near' || (word === 'past' && tone === 'due') ? 'near' : word === 'past' ? 'over' : undefined} /></td>
      <td className="num">{share === null ? '' : percent(share, 0)}</td>
      <td><StateMark tone={tone} icon={word === 'near' || word === 'past' ? 'warn' : undefined}>{say(`limit.${word}`)}</StateMark></td>
    </tr>
  );
}

export function Services(props: { firm: FirmAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { services } = props.firm;
  const open = services.filter((one) => one.open).length;
  return (
    <section>
      <div className="head"><h3>{say('firm.services')}</h3><span className="head__note">{say('firm.services.note', { open, closed: services.length - open })}</span></div>
      <div className="box">
        <table className="table">
          <thead><tr><th>{say('firm.service')}</th><th>{say('column.state')}</th><th>{say('column.basis')}</th><th className="num">{say('column.source')}</th></tr></thead>
          <tbody>
            {services.map((one) => (
              <tr key={one.id}>
                <td className="fills">{worded(one.title)}</td>
                <td><StateMark tone={one.open ? 'met' : 'wait'} icon={one.open ? 'check' : 'cross'}>{say(one.open ? 'service.open' : 'service.closed')}</StateMark></td>
                <td className="faint">{one.provenance.clause !== null && worded(one.provenance.clause)}</td><td className="num"><SourceTag of={one.provenance} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
