/**
 * The nation now. One fact leads: completeness, accepted = decided. Each number opens what is behind it,
 * and parts add up on the screen to the total that is shown.
 */
import type { OverviewAnswer } from '../../src/contract/console.ts';
import { useLine } from '../live.ts';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { Corridors } from './overview-corridors.tsx';
import { AlertGrid, AlertsByRule, Ladder, RejectionCodes } from './overview-side.tsx';
import { Strip } from './overview-strip.tsx';
import { ReportingFirms } from './overview-firms.tsx';

export function Overview() {
  const query = useAnswer('overview', {});
  return <Answer query={query} bones={14}>{(data) => <Sheet data={data} />}</Answer>;
}

function Sheet(props: { data: OverviewAnswer }) {
  const { data } = props;
  const isStale = useLine().state === 'lost';
  return (
    <div className={isStale ? 'is-stale' : undefined}>
      <Strip data={data} />
      <div className="overview">
        <div><Corridors data={data} /><ReportingFirms data={data} /></div>
        <div>
          <Ladder ladder={data.ladder} />
          <AlertGrid alerts={data.alerts} />
          <AlertsByRule alerts={data.alerts} />
          <RejectionCodes rejections={data.rejections} today={data.today.day} />
        </div>
      </div>
    </div>
  );
}
