/** The parts of the report that look back: series for charts, the trend of an objective, incidents. JSON-serialisable. */
import type { AlertLevel, Instant } from './report';

export type HistoryKey = '1h' | '1d' | '7d' | '30d' | 'window';

/** Bounded, whatever is remembered: at most 200 steps. Figures have four digits. */
export interface HistoryWindow {
  readonly key: HistoryKey;
  /** "1 hour", "objective’s window, 28 days" */
  readonly label: string;
  /** Begin of the first step. */
  readonly from: Instant;
  readonly stepMinutes: number;
  /** One letter per step, the oldest first: g good, b bad, m both, n no data, `.` nobody watched. */
  readonly states: string;
  /** Per step the worst value in it, or the share that was good; null where nothing is known. */
  readonly measured: readonly (number | null)[];
  /** Share of the error budget left at the end of each step; null where it is not known or there is none. */
  readonly remaining: readonly (number | null)[];
  /** What the charts show, in words. */
  readonly summary: string;
}

/** What is remembered of an objective. */
export interface HistoryReport {
  /** What `measured` is: a value in the objective's unit, or a share from 0 to 1. */
  readonly measure: 'value' | 'share';
  /** "active agents, the worst of each step" */
  readonly measureText: string;
  /** Limit of the value, or target of the share. */
  readonly limit: number;
  readonly better: 'higher' | 'lower';
  /** `recorded`: the current value decides the state, the time budget is kept beside it. null: nothing may fail. */
  readonly budget: 'judged' | 'recorded' | null;
  readonly windows: readonly HistoryWindow[];
  /** Which of the windows is the objective's own. */
  readonly own: HistoryKey;
}

/** How a figure has changed over a stated period. */
export interface TrendReport {
  readonly of: 'budget' | 'value';
  readonly direction: 'up' | 'down' | 'level';
  readonly meaning: 'better' | 'worse' | 'level';
  /** "1 day" */
  readonly over: string;
  /** "−12.4 points in 1 day", "unchanged in 1 day" */
  readonly text: string;
}

/** One firing of an alert. */
export interface IncidentReport {
  readonly key: string;
  readonly policy: string;
  readonly displayName: string;
  readonly objective: string;
  readonly level: AlertLevel;
  readonly begin: Instant;
  /** null while it fires. */
  readonly end: Instant | null;
  /** It ended while nobody watched: `end` is when that was found. */
  readonly endedUnwatched: boolean;
  readonly valueText: string;
}
