/** Firms that report: value, counts and lag; the columns add up to the totals in the foot. */
import type { OverviewAnswer } from '../../src/contract/console.ts';
import { scaleOf, shares, span, whole } from '../figures.ts';
import { Evidence, ToEngine, ToRejections } from '../parts/evidence.tsx';
import { FirmName, StageText, StateMark, Time } from '../parts/marks.tsx';
import { Empty } from '../parts/states.tsx';
import { TRADED_KINDS } from '../search.ts';
import { Say, useWords } from '../words.tsx';
import { CsvButton } from '../parts/csv.tsx';

export function ReportingFirms(props: { data: OverviewAnswer }) {
  const { say } = useWords();
  const { firms, today, asOf } = props.data;
  const period = { from: props.data.traded.days[0]?.day, to: props.data.traded.days.at(-1)?.day };
  const total = firms.reduce((sum, one) => sum + one.traded30d, 0);
  const scale = scaleOf(Math.max(0, ...firms.map((one) => one.traded30d)));
  const traded = shares(firms.map((one) => one.traded30d), scale);
  if (firms.length === 0) return <section><Empty title={say('reporting.none.title')}><p>{say('reporting.none.text')}</p></Empty></section>;
  const [totalText = ''] = shares([total], scale);
  const rows = firms.map((one, place) => [one.firm.code, one.firm.name.en, one.stage.title.en, one.traded30d / 100, one.today.accepted, one.today.rejected, one.feed.lagMs ?? '', traded[place] ?? '']);
  return (
    <section>
      <div className="head">
        <h2>{say('reporting.title')}</h2><span className="head__note"><Say k="reporting.note" nodes={{ at: <Time at={asOf} form="minute" /> }} /></span>
        <span className="head__end"><CsvButton name="firms" head={['code', 'name', 'stage', 'traded_30d_pkr', 'accepted', 'rejected', 'lag_ms', 'traded_shown']} rows={rows} /></span>
      </div>
      <div className="box">
        <table className="table table--dense table--tight">
          <thead><tr><th>{say('column.firm')}</th><th>{say('column.stage')}</th><th className="num">{say('reporting.traded', { unit: say(scale.unit) })}</th><th className="num">{say('count.Accepted')}</th><th className="num">{say('count.Rejected')}</th><th className="num">{say('reporting.lag')}</th></tr></thead>
          <tbody>{firms.map((one, place) => <FirmLine key={one.firm.code} one={one} period={period} traded={traded[place] ?? ''} />)}</tbody>
          <tfoot>
            <tr>
              <th scope="row">{say('reporting.total', { count: firms.length })}</th><td /><td className="num"><Evidence of={{ kind: TRADED_KINDS, ...period }}>{totalText}</Evidence></td>
              <td className="num"><Evidence of={{ from: today.day, to: today.day, clock: 'admitted' }}>{whole(today.accepted)}</Evidence></td>
              <td className="num"><ToRejections search={{ from: today.day, to: today.day }}>{whole(today.rejected)}</ToRejections></td><td />
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

function FirmLine(props: { one: OverviewAnswer['firms'][number]; period: { from: string | undefined; to: string | undefined }; traded: string }) {
  const { say } = useWords();
  const { firm, stage, today, feed } = props.one;
  const day = { firm: firm.code, from: today.day, to: today.day };
  const lag = feed.lagMs === null ? say('feed.silent') : span(feed.lagMs, say);
  const lagLink = <ToEngine>{lag}</ToEngine>;
  return (
    <tr>
      <th scope="row"><FirmName firm={firm} withCode /></th>
      <td><StageText stage={stage} /></td>
      <td className="num"><Evidence of={{ firm: firm.code, kind: TRADED_KINDS, ...props.period }}>{props.traded}</Evidence></td>
      <td className="num"><Evidence of={{ ...day, clock: 'admitted' }}>{whole(today.accepted)}</Evidence></td>
      <td className="num"><ToRejections search={day}>{whole(today.rejected)}</ToRejections></td>
      <td className="num">{feed.late ? <StateMark tone="due">{lagLink}</StateMark> : lagLink}</td>
    </tr>
  );
}
