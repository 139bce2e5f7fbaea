/** Incidents as bars over time, a row for each alert. A table beside it says the same. */
import type { IncidentReport } from '../../report/historyReport';
import { does } from '../context';
import { type El, h } from '../element';
import type { Clockface } from '../words';
import { timeTicks } from './scale';

const WIDTH = 1080;
const LABELS = 330;
const ROW = 24;
const AXIS = 24;

const n = (value: number): string => String(Math.round(value * 10) / 10);
const LEVELS = ['P1', 'P2', 'P3'] as const;
const MAX_LABEL = 46;

function shortened(text: string): string {
  return text.length <= MAX_LABEL ? text : `${text.slice(0, MAX_LABEL - 1)}…`;
}

/**
 * @param from begin of what is shown, ms since the epoch; longer incidents are cut there. `nameOf` tells alerts apart. `isLive`: a
 * click on a bar drafts the post-mortem of its incident, as the button in the table does
 * @returns null when there is none in that time
 */
export function timeline(
  incidents: readonly IncidentReport[],
  {
    from,
    to,
    nameOf,
    isLive,
  }: {
    readonly from: number;
    readonly to: number;
    readonly nameOf: (incident: IncidentReport) => string;
    readonly isLive: boolean;
  },
  clock: Clockface,
): El | null {
  const shown = incidents.filter(
    ({ begin, end }) => Date.parse(begin) <= to && (end === null || Date.parse(end) >= from),
  );
  const keys = [...new Set(shown.map(({ key }) => key))].sort((a, b) => {
    const level = (key: string) => LEVELS.indexOf(shown.find((one) => one.key === key)?.level ?? 'P3');
    return level(a) - level(b);
  });
  if (keys.length === 0) return null;
  const height = keys.length * ROW + AXIS;
  const x = (at: number) => LABELS + ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * (WIDTH - LABELS - 4);
  return h(
    'svg',
    {
      class: 'chart timeline',
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: 'img',
      'aria-label': `Timeline of ${shown.length} ${shown.length === 1 ? 'incident' : 'incidents'} of ${keys.length} ${keys.length === 1 ? 'alert' : 'alerts'}; the table below lists them`,
    },
    timeTicks(from, to, clock).map(({ at, text }) => [
      h('line', { class: 'grid', x1: n(x(at)), x2: n(x(at)), y1: 0, y2: n(height - AXIS) }),
      h(
        'text',
        { class: 'tick', x: n(x(at)), y: n(height - 6), 'text-anchor': x(at) > WIDTH - 50 ? 'end' : 'middle' },
        text,
      ),
    ]),
    keys.map((key, row) => {
      const own = shown.filter((one) => one.key === key);
      const [first] = own;
      const top = row * ROW;
      return [
        h('line', { class: 'grid', x1: 0, x2: WIDTH, y1: n(top + ROW), y2: n(top + ROW) }),
        h('text', { class: `level ${first?.level ?? ''}`, x: 0, y: n(top + 16) }, first?.level ?? ''),
        h('text', { class: 'name', x: 28, y: n(top + 16) }, shortened(first ? nameOf(first) : key)),
        own.map((incident) => {
          const { begin, end, level } = incident;
          const [left, right] = [x(Date.parse(begin)), x(end === null ? to : Date.parse(end))];
          return h(
            'rect',
            {
              class: `incident ${level}${end === null ? ' firing' : ''}`,
              x: n(left),
              width: n(Math.max(3, right - left)),
              y: n(top + 6),
              height: ROW - 12,
              rx: 2,
              ...(isLive ? does({ type: 'postMortem', key, begin }) : {}),
            },
            isLive &&
              h('title', {}, `${nameOf(incident)}, ${clock.full(Date.parse(begin))}: click to draft its post-mortem`),
          );
        }),
      ];
    }),
  );
}
