/** One event whole: its fields as the firm sent them, what became of it, and the proof of its batch. */
import { Link, useParams } from '@tanstack/react-router';
import type { EventAnswer } from '../../src/contract/console.ts';
import { endWords, usePlaces } from '../charts/sankey.tsx';
import { amountText, rupees, whole } from '../figures.ts';
import { FirmChip, PersonCode, ProofLink, StateMark, Time } from '../parts/marks.tsx';
import { Icon } from '../parts/icon.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';

export function OneEvent() {
  const { firm, id } = useParams({ from: '/events/$firm/$id' });
  const query = useAnswer('event', { params: { firm, id } });
  const shown = query.isPlaceholderData ? { ...query, data: undefined, isPending: true } : query;
  return <Answer query={shown}>{(event) => <Sheet event={event} />}</Answer>;
}

function Sheet(props: { event: EventAnswer }) {
  const { say } = useWords();
  const { row } = props.event;
  return (
    <>
      <div className="firm__head">
        <Link className="button button--quiet" to="/events" search={row.person === null ? { firm: row.firm } : { person: row.person }}><Icon name="back" turns />{say(row.person === null ? 'event.all-firm' : 'event.all-person')}</Link>
        <h2>{say(`kind.${row.kind}`)}</h2><FirmChip code={row.firm} /><span className="faint code">{row.id}</span>
      </div>
      <div className="firm">
        <div><Facts event={props.event} /><Batch event={props.event} /></div>
        <Fields body={props.event.body} />
      </div>
    </>
  );
}

function Facts(props: { event: EventAnswer }) {
  const { say } = useWords();
  const places = usePlaces();
  const worded = useWorded();
  const { row } = props.event;
  return (
    <section>
      <div className="head"><h3>{say('event.facts')}</h3></div>
      <dl className="dl">
        <dt>{say('column.happened')}</dt><dd><Time at={row.at} form="exact" /> {row.late && <span className="chip chip--open" title={say('event.late.why')}>{say('event.late')}</span>}</dd>
        <dt>{say('event.admitted')}</dt><dd><Time at={row.admittedAt} form="exact" /></dd>
        {row.person !== null && <><dt>{say('filter.person')}</dt><dd><Link className="n" to="/events" search={{ person: row.person }}><PersonCode id={row.person} /></Link></dd></>}
        {row.money !== null && <><dt>{say('column.amount')}</dt><dd><bdi dir="ltr">{amountText(row.money.amount)} {row.money.symbol}</bdi> <span className="code faint code--wraps">{row.money.asset}</span></dd></>}
        {row.pkr !== null && <><dt>PKR</dt><dd><bdi>{rupees(row.pkr.paisa)}</bdi> <span className="faint">{worded(row.pkr.source)}</span></dd></>}
        {row.way !== 'none' && <><dt>{say('column.way')}</dt><dd>{say(`way.${row.way}`)}</dd></>}
        {row.end !== null && <><dt>{say('column.end')}</dt><dd>{endWords(row.end, say, places)}</dd></>}
        {row.counterparty !== null && <><dt>{say('column.counterparty')}</dt><dd><Link className="n" to="/events" search={{ wallet: row.counterparty }}><span className="code code--wraps">{row.counterparty}</span></Link></dd></>}
        <dt>{say('column.state')}</dt><dd><StateMark tone={row.state === 'decided' ? 'met' : 'wait'}>{say(`event.state.${row.state}`)}</StateMark></dd>
        {row.alerts.length > 0 && <><dt>{say('nav.alerts')}</dt><dd>{row.alerts.map((id) => <Link key={id} className="n" to="/alerts" search={{ id }}><span className="code">{id}</span></Link>)}</dd></>}
      </dl>
    </section>
  );
}

function Batch(props: { event: EventAnswer }) {
  const { say } = useWords();
  const { row, batch, corrections } = props.event;
  return (
    <section>
      <div className="head"><h3>{say('event.batch')}</h3></div>
      <dl className="dl">
        <dt>{say('submissions.id')}</dt><dd><Link className="n" to="/submissions/$id" params={{ id: row.submission }}><span className="code">{row.submission}</span></Link> · {say('event.line', { line: whole(row.line) })}</dd>
        <dt>{say('event.batch.hash')}</dt><dd className="code code--wraps">{batch.hash}</dd>
        <dt>{say('event.position')}</dt><dd className="code">{batch.position}</dd>
        {batch.decidedAt !== null && <><dt>{say('alert.decided')}</dt><dd><Time at={batch.decidedAt} form="exact" /></dd></>}
        <dt>{say('proof.of')}</dt><dd><ProofLink entry={batch.entry} word /></dd>
        {corrections.length > 0 && <><dt>{say('event.corrections')}</dt><dd>{corrections.map((one) => <Link key={one.id} className="n" to="/events/$firm/$id" params={{ firm: row.firm, id: one.id }}>{say(`kind.${one.kind}`)}</Link>)}</dd></>}
      </dl>
    </section>
  );
}

function Fields(props: { body: EventAnswer['body'] }) {
  const { say } = useWords();
  return (
    <section>
      <div className="head"><h3>{say('event.body')}</h3><span className="head__note">{say('event.body.note')}</span></div>
      <pre className="aside code fields" tabIndex={0} dir="ltr">{JSON.stringify(props.body, null, 2)}</pre>
    </section>
  );
}
