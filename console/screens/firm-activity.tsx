/** What a firm sends: its feed, today's counts with each rejection code, and its open alerts by severity. */
import { Link } from '@tanstack/react-router';
import type { FirmAnswer, FirmRow } from '../../src/contract/console.ts';
import { span, whole } from '../figures.ts';
import { useMay } from '../actions.tsx';
import { Evidence, ToAlerts, ToRejections, ToSubmissions } from '../parts/evidence.tsx';
import { ProofLink, SeverityMark, SourceTag, StateMark, Time } from '../parts/marks.tsx';
import { Prose } from '../parts/prose.tsx';
import { useRejectionWords } from '../rejections.ts';
import { Say, useWords } from '../words.tsx';

type Part = { firm: FirmAnswer; activity: NonNullable<FirmRow['activity']> };

export function FirmFeed(props: Part) {
  const { say } = useWords();
  const { feed } = props.activity;
  return (
    <section>
      <div className="head"><h3>{say('firm.feed')}</h3><span className="head__end">{say('overview.feeds.limit', { limit: span(feed.limitMs, say) })} <SourceTag of={feed.limit} /></span></div>
      <table className="table table--dense">
        <tbody>
          <tr><td className="fills">{say('feed.last')}</td><td className="num">{feed.lastReceivedAt === null ? say('feed.never') : <Time at={feed.lastReceivedAt} form="second" />}</td></tr>
          <tr><td>{say('reporting.lag')}</td><td className="num"><StateMark tone={feed.late ? 'due' : 'met'}>{feed.lagMs === null ? say('feed.silent') : span(feed.lagMs, say)}</StateMark></td></tr>
        </tbody>
      </table>
    </section>
  );
}

export function FirmSubmissions(props: Part) {
  const { say } = useWords();
  const words = useRejectionWords();
  const may = useMay();
  const { firm } = props;
  const { today } = props.activity;
  const { code } = firm.row.firm;
  const day = { firm: code, from: today.day, to: today.day };
  const ranked = firm.rejections.toSorted((a, b) => b.count - a.count);
  return (
    <section>
      <div className="head"><h3>{say('firm.submissions')}</h3></div>
      <p className="note">
        <Say
          k={today.duplicate + today.held > 0 ? 'firm.sent.with' : 'firm.sent'} 
          nodes={{
            other: <ToSubmissions search={day}>{whole(today.duplicate + today.held)}</ToSubmissions>,
            sent: <ToSubmissions search={day}>{whole(today.sent)}</ToSubmissions>, accepted: <Evidence of={{ ...day, clock: 'admitted' }}>{whole(today.accepted)}</Evidence>,
            rejected: <ToRejections search={day}>{whole(today.rejected)}</ToRejections>,
          }}
        />
      </p>
      {ranked.length > 0 && (
        <div className="box">
          <table className="table table--dense table--tight">
            <thead><tr><th>{say('column.meaning')}</th><th className="num">{say('count.Rejected')}</th></tr></thead>
            <tbody>
              {ranked.slice(0, 8).map((one) => <tr key={one.code}><td className="wraps fills" title={one.code}><Prose>{words(one.code)?.meaning ?? one.code}</Prose></td><td className="num"><ToRejections search={{ ...day, code: one.code }}>{whole(one.count)}</ToRejections></td></tr>)}
            </tbody>
          </table>
        </div>
      )}
      {firm.lastSubmission !== null && (
        <p className="note">
          <Say k="firm.last" values={{ sent: whole(firm.lastSubmission.sent), rejected: whole(firm.lastSubmission.rejected) }} nodes={{ at: may('submission.read') ? <Link className="n" to="/submissions/$id" params={{ id: firm.lastSubmission.id }}><Time at={firm.lastSubmission.at} form="second" /></Link> : <Time at={firm.lastSubmission.at} form="second" /> }} />
          {firm.lastSubmission.entry !== null && <> · <ProofLink entry={firm.lastSubmission.entry} /></>}
        </p>
      )}
    </section>
  );
}

export function FirmAlerts(props: { firm: FirmAnswer }) {
  const { say } = useWords();
  const { code } = props.firm.row.firm;
  const { alerts } = props.firm;
  if (alerts.every((one) => one.count === 0)) return null;
  return (
    <section>
      <div className="head"><h3>{say('overview.alerts')}</h3><span className="head__end"><ToAlerts search={{ firm: code }}>{say('firm.alerts.all')}</ToAlerts></span></div>
      <table className="table table--dense">
        <thead className="hidden-text"><tr><th>{say('filter.severity')}</th><th>{say('overview.alerts')}</th></tr></thead>
        <tbody>
          {alerts.filter((one) => one.count > 0).map((one) => <tr key={one.severity}><td className="fills"><SeverityMark severity={one.severity} /></td><td className="num"><ToAlerts search={{ firm: code, severity: one.severity }}>{whole(one.count)}</ToAlerts></td></tr>)}
        </tbody>
      </table>
    </section>
  );
}
