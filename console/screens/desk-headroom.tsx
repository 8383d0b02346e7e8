/**
 * Headroom: "may I take this customer, list this asset, offer this service, pay this out?", answered with figures and
 * clauses from the framework, decisions that the firm was told of, and its own figures. Nothing of alerts, cases or
 * other firms stands behind it, so the answer gives nothing away. The question is in the address.
 */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useActions } from '../actions.tsx';
import { Bullet } from '../charts/bullet.tsx';
import { bulletPlaces } from '../charts/places.ts';
import { fixed, percent, rupees, span, whole } from '../figures.ts';
import { answerOf, type Ask, type Ground, type HeadroomAnswer, type Limit } from '../headroom.ts';
import { binds } from '../limits.ts';
import { SourceTag, StageText, StateMark, Time, type Tone } from '../parts/marks.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useWorded, useWords, type Sayer } from '../words.tsx';
import { OwnFirm } from './desk-parts.tsx';

const asks: readonly Ask[] = ['customer', 'asset', 'service', 'payout'];

export function Headroom() {
  return <OwnFirm>{(firm) => <Read code={firm.code} />}</OwnFirm>;
}

function Read(props: { code: string }) {
  return <Answer query={useAnswer('headroom', { params: { code: props.code } })} bones={12}>{(headroom) => <Sheet headroom={headroom} />}</Answer>;
}

function Sheet(props: { headroom: HeadroomAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { headroom } = props;
  return (
    <>
      <div className="firm__head"><h2>{worded(headroom.firm.name)}</h2>{headroom.firm.invented && <span className="invented">{say('invented')}</span>}<span className="chip"><StageText stage={headroom.stage} />{!headroom.stage.isLicence && !headroom.stage.isStopped && <>: {say('desk.no-licence')}</>}</span><span className="faint">{say('desk.headroom.as-of')} <Time at={headroom.asOf} form="short" /></span></div>
      <div className="firm">
        <div><Question headroom={headroom} /><Limits limits={headroom.limits} /></div>
        <div><Services services={headroom.services} /><Conditions conditions={headroom.conditions} /></div>
      </div>
    </>
  );
}

/** Hundredths of what a person writes as an amount, exactly. */
function hundredths(text: string | undefined): number | undefined {
  const [units, parts = ''] = (text ?? '').split('.');
  return text === undefined || units === undefined || units === '' ? undefined : Number(units) * 100 + Number(parts.padEnd(2, '0'));
}

function Question(props: { headroom: HeadroomAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { headroom } = props;
  const search = useSearch({ from: '/desk/headroom' });
  const navigate = useNavigate({ from: '/desk/headroom' });
  const ask = search.ask ?? 'customer';
  const service = search.service ?? headroom.services[0]?.id;
  const set = (part: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  useActions(asks.map((one, place) => ({ name: `ask-${one}`, label: say(`desk.ask.${one}`), group: 'here', permission: null, keys: String(place + 1), perform: () => set({ ask: one }) })));
  const said = answerOf(headroom, { ask, service, amount: hundredths(search.amount), count: search.count });
  return (
    <section>
      <nav className="tabs tabs--ruled" aria-label={say('desk.ask')}>
        {asks.map((one) => <button type="button" key={one} aria-current={one === ask ? 'true' : undefined} onClick={() => set({ ask: one })}>{say(`desk.ask.${one}`)}</button>)}
      </nav>
      {ask === 'service' && (
        <label className="field desk-ask"><span>{say('desk.ask.which')}</span>
          <select className="input" value={service} onChange={(event) => set({ service: event.target.value })}>{headroom.services.map((one) => <option key={one.id} value={one.id}>{worded(one.title)}</option>)}</select>
        </label>
      )}
      {ask === 'asset' && <NumberField label={say('desk.ask.count')} hint={say('desk.ask.count.hint')} value={search.count === undefined ? '' : String(search.count)} onChange={(text) => set({ count: /^\d{1,9}$/.test(text) ? Number(text) : undefined })} />}
      {ask === 'payout' && <NumberField label={say('desk.ask.amount')} hint={say('desk.ask.amount.hint')} value={search.amount ?? ''} onChange={(text) => set({ amount: /^\d{1,13}(\.\d{1,2})?$/.test(text) ? text : undefined })} />}
      <p className={said.verdict === 'no' ? 'verdict verdict--breach' : said.verdict === 'yes' ? 'verdict verdict--met' : 'verdict desk-verdict'} role="status"><StateMark tone={verdictTones[said.verdict]}>{say(`desk.verdict.${said.verdict}`)}</StateMark></p>
      <Grounds grounds={said.grounds} />
      <p className="note">{say('desk.headroom.note')}</p>
    </section>
  );
}

const verdictTones: Readonly<Record<'yes' | 'no' | 'reminds' | 'unknown', Tone>> = { yes: 'met', no: 'breach', reminds: 'due', unknown: 'wait' };
const groundTones: Readonly<Record<Ground['state'], Tone>> = { inside: 'met', against: 'breach', reminds: 'due', unset: 'wait', unmeasured: 'wait' };

function NumberField(props: { label: string; hint: string; value: string; onChange: (text: string) => void }) {
  return <label className="field desk-ask"><span>{props.label}</span><input key={props.label} className="input" inputMode="decimal" dir="ltr" maxLength={16} defaultValue={props.value} onChange={(event) => props.onChange(event.target.value.trim())} /><span>{props.hint}</span></label>;
}

function Grounds(props: { grounds: readonly Ground[] }) {
  const { say } = useWords();
  const worded = useWorded();
  if (props.grounds.length === 0) return <p className="note">{say('desk.headroom.no-ground')}</p>;
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('desk.ground')}</th><th className="num">{say('desk.figure')}</th><th className="num">{say('desk.limit')}</th><th>{say('column.state')}</th><th>{say('framework.clause')}</th><th>{say('column.source')}</th></tr></thead>
        <tbody>
          {props.grounds.map((one) => {
            const provenance = one.limit?.provenance ?? one.service?.provenance ?? { status: 'unset' as const, clause: null };
            return (
              <tr key={`${one.what}/${one.name}`}>
                <td className="wraps fills">{one.limit !== null ? worded(one.limit.title) : one.service !== null ? worded(one.service.title) : ''}</td>
                <td className="num">{one.limit === null || one.figure === null ? '–' : amountOf(one.limit, one.figure, say)}</td>
                <td className="num">{one.limit === null || one.limit.limitValue === null ? '–' : amountOf(one.limit, one.limit.limitValue, say)}</td>
                <td><StateMark tone={groundTones[one.state]}>{say(one.what === 'service' ? one.state === 'inside' ? 'desk.service.open' : 'desk.service.closed' : `desk.ground.${one.state}`)}</StateMark></td>
                <td className="wraps soft desk__clause">{provenance.clause === null ? '' : worded(provenance.clause)}</td>
                <td><SourceTag of={provenance} /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A figure of a limit with its unit: rupees, a span, a ratio, or a count. */
function amountOf(limit: Limit, value: number, say: Sayer): string {
  switch (limit.unit) {
    case 'money': return `PKR\u00A0${rupees(value)}`;
    case 'duration': return span(value / 1000, say);
    case 'ratio': return fixed(value, 2);
    default: return whole(value);
  }
}

function Limits(props: { limits: readonly Limit[] }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <section>
      <div className="head"><h3>{say('desk.limits')}</h3><span className="head__note">{say('desk.limits.note')}</span></div>
      {props.limits.length === 0 ? <p className="note">{say('desk.limits.none')}</p> : (
        <div className="box">
          <table className="table table--measure">
            <thead><tr><th>{say('desk.limit')}</th><th className="num">{say('desk.figure')}</th><th className="num">{say('desk.limit')}</th><th className="wide"><span className="hidden-text">{say('desk.of-limit')}</span></th><th className="num">{say('desk.of-limit')}</th><th>{say('column.source')}</th></tr></thead>
            <tbody>
              {props.limits.map((one) => {
                const share = one.limitValue === null || one.live === null || one.limitValue === 0 ? null : one.live / one.limitValue;
                const places = one.limitValue === null || one.live === null ? null : bulletPlaces(one.live, one.limitValue, false);
                const isPast = share !== null && (one.bound === 'ceiling' ? share > 1 : share < 1);
                return (
                  <tr key={one.limit}>
                    <td className="wraps fills">{worded(one.title)}{one.isWorkingDefault && <span className="faint"> {say('desk.working-default')}</span>}</td>
                    <td className="num">{one.live === null ? <span className="faint">{say('desk.unmeasured')}</span> : amountOf(one, one.live, say)}</td>
                    <td className="num">{one.limitValue === null ? '–' : amountOf(one, one.limitValue, say)}</td>
                    <td className="wide">{places !== null && <Bullet at={places.at} limit={places.limit} floor={one.bound === 'floor'} tone={!isPast ? undefined : binds(one.provenance) ? 'over' : 'near'} />}</td>
                    <td className="num">{share === null ? '–' : percent(share, 0)}</td>
                    <td><SourceTag of={one.provenance} /></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Services(props: { services: HeadroomAnswer['services'] }) {
  const { say } = useWords();
  const worded = useWorded();
  const open = props.services.filter((one) => one.open).length;
  return (
    <section>
      <div className="head"><h3>{say('desk.services')}</h3><span className="head__note">{say('desk.services.note', { open, all: props.services.length })}</span></div>
      <table className="table table--dense">
        <thead className="hidden-text"><tr><th>{say('desk.ask.which')}</th><th>{say('column.state')}</th><th>{say('column.source')}</th></tr></thead>
        <tbody>{props.services.map((one) => <tr key={one.id}><td className="wraps fills">{worded(one.title)}</td><td><StateMark tone={one.open ? 'met' : 'wait'}>{say(one.open ? 'desk.service.open' : 'desk.service.closed')}</StateMark></td><td><SourceTag of={one.provenance} /></td></tr>)}</tbody>
      </table>
    </section>
  );
}

function Conditions(props: { conditions: HeadroomAnswer['conditions'] }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <section>
      <div className="head"><h3>{say('desk.conditions')}</h3></div>
      {props.conditions.length === 0 ? <p className="note">{say('desk.conditions.none')}</p> : (
        <ul className="desk-conditions">{props.conditions.map((one) => <li key={one.condition}><b>{worded(one.title)}</b> <SourceTag of={one.provenance} />{one.provenance.clause !== null && <span className="faint"> {worded(one.provenance.clause)}</span>}<div className="soft">{worded(one.text)}</div></li>)}</ul>
      )}
    </section>
  );
}
