/** What is remembered of objectives, as parts of the report: series with their words, trends, incidents. Pure but for its cache. */
import type { HistoryReport, HistoryWindow, TrendReport } from '../report/historyReport';
import { operatorSymbol } from '../slo/comparison';
import type { ObjectiveDefinition } from '../slo/definition/model';
import { HOUR_MS, MINUTE_MS } from '../slo/duration';
import { type ObjectiveSeries, type Series, type SeriesKey, seriesOf } from '../slo/history/series';
import { percentText } from '../slo/rollup';
import { measuredText, NO_VALUE, numberText, unitText } from '../slo/text';
import type { ObjectiveEvaluation } from '../slo/verdict';

const LENGTHS: Readonly<Record<Exclude<SeriesKey, 'window'>, string>> = {
  '1h': '1 hour',
  '1d': '1 day',
  '7d': '7 days',
  '30d': '30 days',
};
/** Periods that a trend may be of, the longest first. */
const TREND_PERIODS = [
  { key: '1d', text: '1 day' },
  { key: '1h', text: '1 hour' },
] as const;
/** Of a budget, less is no change. */
const LEVEL_BELOW = 0.0005;

/** Shares lose what is beyond four digits downwards, so that none looks better than it is. */
const share = (value: number | null): number | null => (value === null ? null : Math.floor(value * 1e4 + 1e-6) / 1e4);
const figure = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(6)));

function stepText(ms: number): string {
  const minutes = ms / MINUTE_MS;
  if (minutes < 60) return minutes === 1 ? '1 minute' : `${numberText(minutes)} minutes`;
  const hours = ms / HOUR_MS;
  if (hours < 24) return hours === 1 ? '1 hour' : `${numberText(hours)} hours`;
  return hours === 24 ? '1 day' : `${numberText(hours / 24)} days`;
}

function windowLabel(objective: ObjectiveDefinition, key: SeriesKey): string {
  if (key !== 'window') return LENGTHS[key];
  const { window } = objective;
  return `${window.kind === 'calendar' ? 'calendar window' : 'own window'} of ${window.duration.count}${window.duration.unit}`;
}

function valueText(objective: ObjectiveDefinition, series: ObjectiveSeries, value: number): string {
  if (series.measure === 'share') return percentText(value);
  return measuredText(value, objective.unit);
}

/** What the charts of a window show, for who does not see them. */
function summaryOf(objective: ObjectiveDefinition, series: ObjectiveSeries, window: Series): string {
  const { measured, remaining, stepMs, states } = window;
  const known = measured.filter((value) => value !== null);
  const step = stepText(stepMs);
  if (known.length === 0) return `There is no data for the last ${windowLabel(objective, window.key)}.`;
  const worst = series.better === 'lower' ? Math.max(...known) : Math.min(...known);
  const best = series.better === 'lower' ? Math.min(...known) : Math.max(...known);
  const target =
    series.measure === 'share'
      ? `at least ${percentText(series.limit)}`
      : `${objective.threshold ? operatorSymbol(objective.threshold.operator) : '>='} ${objective.unit === 'ratio' ? percentText(series.limit) : numberText(series.limit)}`;
  const missed = [...states].filter((state) => state === 'b' || state === 'm').length;
  const silent = [...states].filter((state) => state === 'n').length;
  const unwatched = [...states].filter((state) => state === '.').length;
  const text = (value: number) => valueText(objective, series, value);
  const range = worst === best ? text(worst) : `${text(worst)} at worst, ${text(best)} at best`;
  const parts = [
    `${range}, target ${target}`,
    missed === 0 ? 'no step with a miss' : `a miss in ${missed} of ${states.length} steps of ${step}`,
    ...(silent > 0 ? [`${silent} without data`] : []),
    ...(unwatched > 0 && objective.method !== 'Occurrences' ? [`${unwatched} not recorded`] : []),
  ];
  const left = remaining.filter((value) => value !== null);
  const first = left[0];
  const last = left.at(-1);
  const name = series.budget === 'judged' ? 'Error budget left' : 'Time budget left';
  const signed = (value: number) => percentText(value).replace('-', '−');
  const budget =
    first === undefined || last === undefined ? '' : ` ${name}: ${signed(first)} at first, ${signed(last)} at the end.`;
  return `${parts.join('; ')}.${budget}`;
}

/** Of units that are no nouns. */
const valueNouns: Readonly<Record<string, string>> = { '': 'value', ratio: 'share', up: 'up or down' };

function measureText(objective: ObjectiveDefinition, series: ObjectiveSeries): string {
  if (series.measure === 'value') return `${valueNouns[objective.unit] ?? objective.unit}, the worst of each step`;
  switch (objective.method) {
    case 'Occurrences':
      return 'share of good events in each step';
    case 'RatioTimeslices':
      return 'mean share in each step';
    case 'Timeslices':
      return 'share of good time in each step';
  }
}

/** The series as the report carries them. `judged`: the budget that decides now; the charts end with it. */
function reportOf(evaluation: ObjectiveEvaluation, series: ObjectiveSeries): HistoryReport {
  const { objective, budget } = evaluation;
  const now = series.budget === 'judged' ? (budget?.remaining ?? null) : null;
  const windows = series.windows.map((window): HistoryWindow => {
    const remaining = now === null ? window.remaining : [...window.remaining.slice(0, -1), now];
    return {
      key: window.key,
      label: windowLabel(objective, window.key),
      from: new Date(window.from).toISOString(),
      stepMinutes: window.stepMs / MINUTE_MS,
      states: window.states,
      measured: window.measured.map(series.measure === 'share' ? share : figure),
      remaining: remaining.map(share),
      summary: summaryOf(objective, series, { ...window, remaining }),
    };
  });
  return {
    measure: series.measure,
    measureText: measureText(objective, series),
    limit: series.limit,
    better: series.better,
    budget: series.budget,
    windows,
    own: series.own,
  };
}

/** The change of the budget that is left, else of the value, over the longest stated period of which both ends are known. */
export function trendOf(objective: ObjectiveDefinition, history: HistoryReport): TrendReport | null {
  for (const { key, text: over } of TREND_PERIODS) {
    const window = history.windows.find((one) => one.key === key);
    if (!window) continue;
    const isBudget = history.budget === 'judged';
    const values = isBudget ? window.remaining : window.measured;
    const before = values[0] ?? null;
    const now = values.at(-1) ?? null;
    // What was not known cannot have changed; a budget of before anybody watched is no budget.
    if (before === null || now === null || (isBudget && window.measured.every((value) => value === null))) continue;
    const change = now - before;
    const isShare = isBudget || history.measure === 'share' || objective.unit === 'ratio';
    const isLevel = Math.abs(change) < (isShare ? LEVEL_BELOW : 1e-9);
    const direction = isLevel ? 'level' : change > 0 ? 'up' : 'down';
    const isBetter = change > 0 === (isBudget || history.better === 'higher');
    const amount = isShare
      ? `${numberText(Math.trunc(Math.abs(change) * 1000 + 1e-6) / 10)} points`
      : amountText(change);
    return {
      of: isBudget ? 'budget' : 'value',
      direction,
      meaning: isLevel ? 'level' : isBetter ? 'better' : 'worse',
      over,
      text: isLevel ? `unchanged in ${over}` : `${change > 0 ? '+' : '−'}${amount} in ${over}`,
    };
  }
  return null;

  function amountText(change: number): string {
    const amount = numberText(Math.abs(change));
    return objective.unit === '' || amount === NO_VALUE
      ? amount
      : `${amount} ${unitText(Math.abs(change), objective.unit)}`;
  }
}

interface Cached {
  readonly key: string;
  readonly series: ObjectiveSeries | null;
}

/** Makes the series of objectives, at most once a minute each: more seldom than a report, because they look at every slice. */
export class HistoryReports {
  private readonly cached = new Map<string, Cached>();

  /** The history of an objective; null when nobody remembers it. */
  of(evaluation: ObjectiveEvaluation, now: number): HistoryReport | null {
    const { objective, past, value, state } = evaluation;
    if (!past) {
      this.cached.delete(objective.name);
      return null;
    }
    const { mode, method, target, threshold, sliceMs, window, countBudget, zeroTolerance } = objective;
    const definition = { mode, method, target, threshold, sliceMs, window, countBudget, zeroTolerance };
    const key = JSON.stringify([Math.floor(now / MINUTE_MS), definition, value, state]);
    const known = this.cached.get(objective.name);
    const series = known?.key === key ? known.series : seriesOf(objective, past, now);
    this.cached.set(objective.name, { key, series });
    return series && reportOf(evaluation, series);
  }
}
