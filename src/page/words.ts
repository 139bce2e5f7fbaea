/** States, ages, shares and instants in words: one place, so that tree, panel and exported page say the same. */
import type { ObjectiveReport, ObjectiveState, ServiceState, WorkspaceReport } from '../report/report';

export const stateWords: Readonly<Record<ObjectiveState | ServiceState, string>> = {
  meeting: 'meeting',
  at_risk: 'at risk',
  violating: 'violating',
  no_data: 'no data',
  stale: 'stale',
  error: 'error',
  incomplete: 'incomplete',
};

export const stateMarks: Readonly<Record<ObjectiveState | ServiceState, string>> = {
  meeting: '✓',
  at_risk: '!',
  violating: '✗',
  no_data: '–',
  stale: '◷',
  error: '⚠',
  incomplete: '?',
};

/** The worst first. */
export const stateOrder: readonly ObjectiveState[] = ['error', 'violating', 'at_risk', 'stale', 'no_data', 'meeting'];

/** "3 min ago", "5 h ago", "12 d ago"; "never" without an instant. `now` in ms since the epoch. */
export function agoText(instant: string | null, now: number): string {
  if (instant === null) return 'never';
  const minutes = Math.max(0, Math.floor((now - Date.parse(instant)) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

/** Is what is told of the code only what the first scan has found so far? */
export function isFirstScan({ code }: Pick<WorkspaceReport, 'code'>): boolean {
  return code.state === 'scanning' && code.scannedAt === null;
}

/** A share as a percentage, rounded down: 0.9995 is "99.9%", -7.5 is "−750%". */
export function percentText(share: number): string {
  const percent = Math.floor(share * 1000 + 1e-9) / 10;
  return percent < 0 ? `−${-percent}%` : `${percent}%`;
}

/** "12 min", "3 h 5 min", "2 d 4 h": the two largest units. */
export function spanText(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return rest > 0 ? `${hours} h ${rest} min` : `${hours} h`;
  return minutes === 0 ? 'under 1 min' : `${minutes} min`;
}

/** Is it violated by findings, so that a commit may be named that crossed its limit? */
export function countsFindings({ state, proxy, causes }: Pick<ObjectiveReport, 'state' | 'proxy' | 'causes'>): boolean {
  return state === 'violating' && !proxy?.used && causes.some(({ kind }) => kind === 'finding');
}

/** Objectives of a service without the service's own name before each. */
export function shortName({ displayName }: Pick<ObjectiveReport, 'displayName'>): string {
  const short = displayName.replace(/^[^:]+: /, '');
  return short.charAt(0).toUpperCase() + short.slice(1);
}

/** The figure of an objective, with its stand-in where that is what there is. */
export function figureText({ state, valueText, proxy }: ObjectiveReport): string {
  if (state === 'no_data') return proxy ? `no data; stand-in: ${proxy.valueText}` : 'no data';
  return `${valueText}${proxy?.used ? ' (stand-in)' : ''}`;
}

/** "50.6% left", "34 findings, 4 allowed"; null where an objective has no budget that is judged. */
export function budgetLeftText({ budget }: Pick<ObjectiveReport, 'budget'>): string | null {
  if (!budget) return null;
  if (budget.remaining === null || budget.kind === 'zero') return budget.text;
  // Of things that are counted a negative share says nothing to anybody.
  if (budget.remaining < 0 && budget.kind === 'count') return budget.text;
  return budget.remaining < 0 ? `${percentText(budget.remaining)}, overspent` : `${percentText(budget.remaining)} left`;
}

/** Where the numbers of a definition are changed. */
export function whereToSet({ source, places }: WorkspaceReport['definition']): string {
  return source === 'built-in'
    ? 'To change them, run “SLO Lens: Create Definition” and edit .slo-lens/slo.yaml'
    : `To change them, edit ${places[0]?.path ?? 'the definition'}`;
}

export const trendArrows = { up: '↗', down: '↘', level: '→' } as const;

/** "1 of 5 met, 8 not measured": the headline where there is little room. */
export function shortHeadline({ headline }: Pick<WorkspaceReport, 'headline'>): string {
  const { met, measured, unknown } = headline;
  if (measured === 0) return 'no data';
  return `${met} of ${measured} met${unknown > 0 ? `, ${unknown} not measured` : ''}`;
}

/** "↘ −12.4 points in 1 day" */
export function trendText({ trend }: Pick<ObjectiveReport, 'trend'>): string | null {
  return trend && `${trendArrows[trend.direction]} ${trend.text}`;
}

/** Instants for people, in one zone. */
export interface Clockface {
  /** "24 Nov 2026, 14:05" */
  readonly full: (ms: number) => string;
  /** "14:05" */
  readonly time: (ms: number) => string;
  /** "24 Nov" */
  readonly day: (ms: number) => string;
  /** Hour of the day and minute, 0 to 23 and 0 to 59. */
  readonly hourOf: (ms: number) => { readonly hour: number; readonly minute: number };
  /** Name of the zone. */
  readonly zone: string;
}

/** @param timeZone an IANA name; without one the machine's */
export function clockface(timeZone?: string): Clockface {
  const zone = timeZone === undefined ? {} : { timeZone };
  const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', ...zone });
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone });
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', ...zone });
  return {
    full: (ms) => full.format(ms),
    time: (ms) => time.format(ms),
    day: (ms) => day.format(ms),
    hourOf: (ms) => {
      const [hour = 0, minute = 0] = time.format(ms).split(':').map(Number);
      return { hour, minute };
    },
    zone: full.resolvedOptions().timeZone,
  };
}
