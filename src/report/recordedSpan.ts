/** What the recorded series of an objective say of a stretch of the past: its worst, its misses, its budget, and what nobody knows. */
import type { HistoryReport, HistoryWindow } from './historyReport';

/** From and to in ms since the epoch. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface RecordedSpan {
  readonly stepMinutes: number;
  /** Before this instant the series know nothing; null when they reach back far enough. */
  readonly knownFrom: number | null;
  readonly steps: number;
  /** Steps with a miss. */
  readonly missed: number;
  readonly worst: number | null;
  /** Sources were silent. */
  readonly silent: readonly Stretch[];
  /** Nothing was recorded: nobody watched, or there were no events. */
  readonly unrecorded: readonly Stretch[];
  /** Share of the budget left before the first step, and after the last; null where it is not known. */
  readonly leftBefore: number | null;
  readonly leftAfter: number | null;
}

/** The finest series that reaches back to an instant, else the one that reaches back furthest. */
function seriesFor(windows: readonly HistoryWindow[], from: number): HistoryWindow | null {
  const begin = ({ from: first }: HistoryWindow): number => Date.parse(first);
  const sorted = [...windows].sort((a, b) => a.stepMinutes - b.stepMinutes);
  return sorted.find((window) => begin(window) <= from) ?? [...windows].sort((a, b) => begin(a) - begin(b))[0] ?? null;
}

/** @returns null when no series touches the span */
export function recordedSpan({ windows, better }: HistoryReport, span: Stretch): RecordedSpan | null {
  const series = seriesFor(windows, span.from);
  if (!series) return null;
  const begin = Date.parse(series.from);
  const stepMs = series.stepMinutes * 60_000;
  const first = Math.max(0, Math.floor((span.from - begin) / stepMs));
  // The step in which the span ends is a part of it.
  const end = Math.min(series.states.length, Math.floor((span.to - begin) / stepMs) + 1);
  if (end <= first) return null;
  const letters = [...series.states].slice(first, end);
  const known = series.measured.slice(first, end).filter((value) => value !== null);
  const stretches = (letter: string): readonly Stretch[] => {
    const found: { from: number; to: number }[] = [];
    letters.forEach((one, index) => {
      if (one !== letter) return;
      const from = Math.max(span.from, begin + (first + index) * stepMs);
      const to = Math.min(span.to, begin + (first + index + 1) * stepMs);
      const last = found.at(-1);
      if (last && last.to === from) last.to = to;
      else if (to > from) found.push({ from, to });
    });
    return found;
  };
  return {
    stepMinutes: series.stepMinutes,
    knownFrom: begin > span.from ? begin : null,
    steps: letters.length,
    missed: letters.filter((letter) => letter === 'b' || letter === 'm').length,
    worst: known.length === 0 ? null : better === 'lower' ? Math.max(...known) : Math.min(...known),
    silent: stretches('n'),
    unrecorded: stretches('.'),
    leftBefore: first > 0 ? (series.remaining[first - 1] ?? null) : null,
    leftAfter: series.remaining[end - 1] ?? null,
  };
}
