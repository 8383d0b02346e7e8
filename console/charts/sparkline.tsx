/** A value per day as one line, its highest day ringed and its last day filled. The figures beside it say both. */

const width = 116;
const height = 36;

export function Sparkline(props: { values: readonly number[]; label: string }) {
  const most = Math.max(...props.values);
  const least = Math.min(...props.values);
  const x = (place: number): number => 3 + (place / Math.max(props.values.length - 1, 1)) * (width - 6);
  const y = (value: number): number => 6 + (1 - (value - least) / Math.max(most - least, 1)) * (height - 12);
  const points = props.values.map((value, place) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const last = props.values.length - 1;
  const top = props.values.indexOf(most);
  return (
    <svg className="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={props.label}>
      <polygon className="fill-1 area" points={`${x(0)},${height} ${points} ${x(last)},${height}`} />
      <polyline className="line-1" fill="none" strokeWidth="1.5" strokeLinejoin="round" points={points} />
      <circle className="fill-1" cx={x(last)} cy={y(props.values[last] ?? 0)} r="2.5" />
      <circle className="hollow line-1" cx={x(top)} cy={y(most)} r="2.5" strokeWidth="1.5" />
    </svg>
  );
}
