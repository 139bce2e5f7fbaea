/** What follows from the slices that are remembered: how fast a budget burns, when it will be gone, how long the target was met. */
import { termReader } from './alerts/conditionTerms';
import { outageToTarget, timeToExhaustion } from './budget';
import { windowAt } from './calendar';
import { durationText, HOUR_MS, MINUTE_MS } from './duration';
import { numberText } from './text';
import type { ObjectiveEvaluation } from './verdict';

export interface BurnOutlook {
  /** Burn rate of the last hour; 1 spends the budget exactly in the window. */
  readonly burnRate: number;
  /** When the budget is spent if it goes on like this, ms since the epoch; null when nothing burns or nothing is left. */
  readonly exhaustedAt: number | null;
  /** "burns 2.3 times as fast as allowed, gone in 9 d" */
  readonly text: string;
}

/** How the budget of a window burns; null for other budgets, and while too little of the last hour is known. */
export function burnOutlook(evaluation: ObjectiveEvaluation, now: number): BurnOutlook | null {
  const { objective, budget } = evaluation;
  const remaining = budget?.remaining ?? null;
  if (objective.mode !== 'window' || remaining === null || budget?.kind === 'zero') return null;
  const burnRate = termReader(evaluation, { now, history: [], minEvents: 0 })({ kind: 'burn', overMs: HOUR_MS });
  const window = windowAt(objective.window, now);
  if (burnRate === null || !window) return null;
  const left = remaining > 0 ? timeToExhaustion(window.end - window.start, remaining, burnRate) : null;
  // A calendar window begins anew before then: this budget outlasts it.
  const outlasts = left !== null && objective.window.kind === 'calendar' && now + left > window.end;
  const speed = `${numberText(burnRate)} times as fast as allowed in the last hour`;
  const end =
    left === null ? '' : outlasts ? ', enough for this window' : `, gone in ${durationText(Math.round(left))}`;
  return {
    burnRate,
    exhaustedAt: left === null || outlasts ? null : now + left,
    text: burnRate === 0 ? 'nothing burnt in the last hour' : `burns ${speed}${end}`,
  };
}

export interface OutageLeft {
  readonly minutes: number;
  /** "43 min of total outage in the window would bring it down to its target" */
  readonly text: string;
}

/**
 * How long everything may fail in the window, the rest of it as measured, until the target is just met. Null without a window
 * over slices, where nothing may fail at all, and while nothing is measured.
 */
export function outageLeft({ objective, figures }: ObjectiveEvaluation, now: number): OutageLeft | null {
  const window = windowAt(objective.window, now);
  const isOfSlices = objective.mode === 'window' && objective.method !== 'Occurrences' && !objective.zeroTolerance;
  if (!isOfSlices || !window || figures === null || figures.observed === null) return null;
  const { sliceMs: slice, target } = objective;
  const ms = outageToTarget({
    windowSlices: (window.end - window.start) / slice,
    slice,
    baseline: figures.observed,
    attack: 0,
    target,
  });
  if (ms === null) return null;
  const minutes = ms / MINUTE_MS;
  return {
    minutes,
    text:
      ms === 0
        ? 'no outage is left: what was measured is not above the target'
        : `${durationText(ms)} of total outage in the window would bring it down to its target`,
  };
}

export interface WatchedTime {
  /** Minutes of the window in which the target was met, was not, and nothing was known. Others nobody watched. */
  readonly metMinutes: number;
  readonly missedMinutes: number;
  readonly unknownMinutes: number;
  /** "met 95.8% of 720 min watched" */
  readonly text: string;
}

/** How long an objective over slices was met within its window; null when no slice is remembered. */
export function watchedTime({ objective, past }: ObjectiveEvaluation, now: number): WatchedTime | null {
  const window = windowAt(objective.window, now);
  if (!past || !window || objective.method === 'Occurrences') return null;
  const { sliceMs } = objective;
  const { good, bad, nodata } = past.sums(Math.ceil(window.start / sliceMs), Math.floor(now / sliceMs));
  if (good + bad + nodata === 0) return null;
  const minutes = (slices: number) => (slices * sliceMs) / 60_000;
  const known = good + bad;
  const share = known === 0 ? 'nothing known' : `met ${Math.floor((1000 * good) / known + 1e-9) / 10}%`;
  const silent = nodata === 0 ? '' : `, ${durationText(nodata * sliceMs)} without data`;
  return {
    metMinutes: minutes(good),
    missedMinutes: minutes(bad),
    unknownMinutes: minutes(nodata),
    text: `${share} of ${durationText(known * sliceMs)} watched${silent}`,
  };
}
