/** Draws the corridors as ranked flows. Names stand beside their bands; each band's hover tells it in words. */
import { Link } from '@tanstack/react-router';
import type { Flow, FlowEnd } from '../../src/contract/console.ts';
import { onScale, shares, type Scale } from '../figures.ts';
import { useWords, type Sayer } from '../words.tsx';
import { layCorridors, type Node } from './corridors.ts';

const width = 760;
const height = 320;
const leftAt = 158;
const middleAt = 377;
const rightAt = 596;

/** `United Arab Emirates`, `Private wallets`: an end in words. */
export function endWords(end: FlowEnd | null, say: Sayer, places: Intl.DisplayNames): string {
  if (end === null) return say('end.rest');
  if (end.kind === 'firm-abroad' && end.place !== null) return places.of(end.place) ?? end.place;
  return say(`end.${end.kind}`);
}

export function usePlaces(): Intl.DisplayNames {
  const { language } = useWords();
  return new Intl.DisplayNames([language === 'ur' ? 'ur' : 'en'], { type: 'region' });
}

export function Sankey(props: { flows: readonly Flow[]; scale: Scale; labelledBy: string }) {
  const { say } = useWords();
  const places = usePlaces();
  const layout = layCorridors(props.flows, height);
  const tell = (flow: Flow): string => say(flow.way === 'in' ? 'flows.in.title' : 'flows.out.title', {
    end: endWords(flow.end, say, places), firm: flow.firm, value: `PKR ${onScale(flow.paisa, props.scale)} ${say(props.scale.unit)}`,
  });
  const curve = (x0: number, x1: number, y0: number, y1: number, h: number): string => {
    const mid = (x0 + x1) / 2;
    return `M${x0} ${y0}C${mid} ${y0} ${mid} ${y1} ${x1} ${y1}V${y1 + h}C${mid} ${y1 + h} ${mid} ${y0 + h} ${x0} ${y0 + h}z`;
  };
  return (
    <svg className="chart chart--flows" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-labelledby={props.labelledBy}>
      {layout.ribbons.map((ribbon) => (
        <path key={ribbon.key} className={`flow flow--${ribbon.kind === 'rest' ? 'bank' : ribbon.kind}`}
          d={ribbon.flow.way === 'in' ? curve(leftAt + 6, middleAt, ribbon.y0, ribbon.y1, ribbon.height) : curve(middleAt + 6, rightAt, ribbon.y0, ribbon.y1, ribbon.height)}>
          <title>{tell(ribbon.flow)}</title>
        </path>
      ))}
      <Ends nodes={layout.left} x={leftAt} side="in" scale={props.scale} />
      <Ends nodes={layout.right} x={rightAt} side="out" scale={props.scale} />
      {layout.middle.map((node) => (
        <g key={node.key}>
          <rect className="node--firm" x={middleAt} y={node.y} width="6" height={node.height} />
          <Link to="/firms/$code" params={{ code: node.key }}><text className="value halo" x={middleAt + 12} y={node.y + node.height / 2 + 4}>{node.key}</text></Link>
        </g>
      ))}
    </svg>
  );
}

function Ends(props: { nodes: readonly Node[]; x: number; side: 'in' | 'out'; scale: Scale }) {
  const { say, language } = useWords();
  const places = usePlaces();
  const below = language === 'ur' ? 20 : 15;
  const values = shares(props.nodes.map((node) => node.paisa), props.scale);
  const outside = props.side === 'in' ? props.x - 8 : props.x + 14;
  return props.nodes.map((node, place) => {
    const middle = node.y + node.height / 2;
    const name = endWords(node.end, say, places);
    const text = (
      node.height < below * 2
        ? <text className="label" x={outside} y={middle + 4} textAnchor={props.side === 'in' ? 'end' : 'start'}>{name} <tspan className="value">{values[place]}</tspan></text>
        : <text className="label" x={outside} y={middle - 4} textAnchor={props.side === 'in' ? 'end' : 'start'}>{name}<tspan className="value" x={outside} dy={below}>{values[place]}</tspan></text>
    );
    return (
      <g key={node.key}>
        <rect className={`node--${node.end?.kind ?? 'bank'}`} x={props.x} y={node.y} width="6" height={node.height} />
        {node.end === null ? text : <Link to="/events" search={{ way: props.side, end: node.end.kind, ...(node.end.place === null ? {} : { place: node.end.place }) }}>{text}</Link>}
      </g>
    );
  });
}
