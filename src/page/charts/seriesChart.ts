/** A line over time with its limit, and below it what each step was. A function of numbers; colours are the theme's. */
import { type El, h } from '../element';
import type { Clockface } from '../words';
import { niceScale, type Scale, timeTicks } from './scale';

export interface SeriesChart {
  readonly from: number;
  readonly stepMs: number;
  readonly values: readonly (number | null)[];
  /** One letter per step: g good, b bad, m both, n no data, `.` nobody watched. */
  readonly states: string;
  readonly limit: { readonly value: number; readonly text: string } | null;
  readonly scale: Scale;
  readonly format: (value: number) => string;
  /** Figures below it are marked as bad; null: none. */
  readonly floor: number | null;
  /** Said instead of the picture. */
  readonly label: string;
  readonly kind: 'budget' | 'measured';
}

const WIDTH = 520;
const HEIGHT = 168;
const LEFT = 46;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 40;
const STRIP = 8;

const n = (value: number): string => String(Math.round(value * 10) / 10);

/** Paths of stretches without a gap: each step is level, so that no slope is invented between two figures. */
export function stepPaths(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): readonly { readonly line: string; readonly first: number; readonly last: number }[] {
  const found: { line: string; first: number; last: number }[] = [];
  let open: { line: string; first: number; last: number } | null = null;
  values.forEach((value, index) => {
    if (value === null) {
      open = null;
      return;
    }
    if (open) {
      open.line += values[index - 1] === value ? '' : `V${n(y(value))}`;
      open.last = index;
    } else {
      open = { line: `M${n(x(index))} ${n(y(value))}`, first: index, last: index };
      found.push(open);
    }
    if (values[index + 1] !== value) open.line += `H${n(x(index + 1))}`;
  });
  return found;
}

/** Runs of equal letters. */
export function runs(
  states: string,
): readonly { readonly state: string; readonly first: number; readonly end: number }[] {
  const found: { state: string; first: number; end: number }[] = [];
  [...states].forEach((state, index) => {
    const last = found.at(-1);
    if (last?.state === state) last.end = index + 1;
    else found.push({ state, first: index, end: index + 1 });
  });
  return found;
}

export const stripNames: Readonly<Record<string, string>> = {
  g: 'good',
  b: 'bad',
  m: 'mixed',
  n: 'silent',
};

/** The strip of steps: bad ones are higher than good ones, silent ones a thin line, gaps nothing. */
export function strip(states: string, x: (index: number) => number, top: number, height: number): readonly El[] {
  return runs(states).flatMap(({ state, first, end }) => {
    const name = stripNames[state];
    if (name === undefined) return [];
    const share = state === 'b' || state === 'm' ? 1 : state === 'g' ? 0.5 : 0.2;
    return [
      h('rect', {
        class: `step ${name}`,
        x: n(x(first)),
        width: n(Math.max(0.8, x(end) - x(first))),
        y: n(top + height * (1 - share)),
        height: n(height * share),
      }),
    ];
  });
}

/** The scale of shares: always up to 100 %, down to where they fall. */
export function shareScale(values: readonly (number | null)[], limit: number | null): Scale {
  const known = [...values.filter((value) => value !== null), ...(limit === null ? [] : [limit])];
  return niceScale([...known, 1], {
    high: 1,
    ...(Math.min(1, ...known) < 0.6 ? { low: Math.min(0, niceScale([...known, 0]).low) } : {}),
  });
}

export function seriesChart(chart: SeriesChart, clock: Clockface): El {
  const { values, scale, from, stepMs, states, limit } = chart;
  const count = values.length;
  const x = (index: number) => LEFT + (index / count) * (WIDTH - LEFT - RIGHT);
  const bottom = HEIGHT - BOTTOM;
  const y = (value: number) =>
    bottom -
    ((Math.min(scale.high, Math.max(scale.low, value)) - scale.low) / (scale.high - scale.low)) * (bottom - TOP);
  const lines = stepPaths(values, x, y);
  const base = n(y(Math.max(scale.low, Math.min(scale.high, 0))));
  const end = from + count * stepMs;
  return h(
    'svg',
    { class: `chart ${chart.kind}`, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': chart.label },
    chart.floor !== null && scale.low < chart.floor
      ? h('rect', {
          class: 'overspent',
          x: n(LEFT),
          width: n(WIDTH - LEFT - RIGHT),
          y: n(y(chart.floor)),
          height: n(bottom - y(chart.floor)),
        })
      : null,
    scale.ticks.map((tick) => [
      h('line', {
        class: tick === 0 ? 'axis' : 'grid',
        x1: n(LEFT),
        x2: n(WIDTH - RIGHT),
        y1: n(y(tick)),
        y2: n(y(tick)),
      }),
      h('text', { class: 'tick', x: n(LEFT - 6), y: n(y(tick) + 4), 'text-anchor': 'end' }, chart.format(tick)),
    ]),
    timeTicks(from, end, clock).map(({ at, text }, index, all) => {
      const place = LEFT + ((at - from) / (end - from)) * (WIDTH - LEFT - RIGHT);
      const anchor = place > WIDTH - 40 ? 'end' : place < LEFT + 24 ? 'start' : 'middle';
      return [
        h('line', { class: 'grid', x1: n(place), x2: n(place), y1: n(TOP), y2: n(bottom) }),
        // At the very edge a text would run into the next.
        anchor === 'start' && index === 0 && all.length > 5
          ? null
          : h('text', { class: 'tick', x: n(place), y: n(HEIGHT - 6), 'text-anchor': anchor }, text),
      ];
    }),
    runs(states).flatMap(({ state, first, end: last }) =>
      state === 'n'
        ? [
            h('rect', {
              class: 'unknown',
              x: n(x(first)),
              width: n(x(last) - x(first)),
              y: n(TOP),
              height: n(bottom - TOP),
            }),
          ]
        : [],
    ),
    lines.map(({ line, first, last }) =>
      h('path', { class: 'area', d: `${line}V${base}H${n(x(first))}Z`, 'data-steps': last - first + 1 }),
    ),
    limit && limit.value >= scale.low && limit.value <= scale.high
      ? h('line', { class: 'limit', x1: n(LEFT), x2: n(WIDTH - RIGHT), y1: n(y(limit.value)), y2: n(y(limit.value)) })
      : null,
    lines.map(({ line }) => h('path', { class: 'line', d: line })),
    strip(states, x, HEIGHT - BOTTOM + 6, STRIP),
  );
}

/** A small line without axes, for a row of a table; its text stands beside it. */
export function sparkline(values: readonly (number | null)[], states: string, scale: Scale): El {
  const [width, height, stripHeight] = [132, 30, 5];
  const x = (index: number) => (index / values.length) * width;
  const y = (value: number) =>
    2 +
    (1 - (Math.min(scale.high, Math.max(scale.low, value)) - scale.low) / (scale.high - scale.low)) *
      (height - stripHeight - 6);
  return h(
    'svg',
    { class: 'chart spark', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
    stepPaths(values, x, y).map(({ line }) => h('path', { class: 'line', d: line })),
    strip(states, x, height - stripHeight, stripHeight),
  );
}
