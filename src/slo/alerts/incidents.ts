/** Alerts that fired, with begin and end: what a timeline shows. Remembered as text of a file; pure. */
import type { AlertSeverity } from '../definition/model';
import { HOURS_KEPT_MS } from '../history/history';
import type { AlertStatus } from './evaluateAlerts';

/** One firing of an alert. Instants in ms since the epoch. */
export interface Incident {
  /** Key of the alert: policy and objective. */
  readonly key: string;
  readonly policy: string;
  readonly displayName: string;
  readonly objective: string;
  readonly level: AlertSeverity;
  readonly begin: number;
  /** null while it fires. */
  readonly end: number | null;
  /** It ended while nobody watched: `end` is when that was found. */
  readonly endedUnwatched: boolean;
  /** The value that fired it. */
  readonly valueText: string;
}

/** As many are kept, the newest first. */
export const MAX_INCIDENTS = 500;
const MAX_TEXT = 300;

/** What a person calls the alert: a silent source is not the condition itself. */
export function alertName({ kind, policy }: Pick<AlertStatus, 'kind' | 'policy'>): string {
  return kind === 'no-data' ? `${policy.displayName}: no data` : policy.displayName;
}

/**
 * Brings the incidents up to date with one evaluation of the alerts: what fires and was not known begins, what was known and
 * fires no more ends. Gives the same list when nothing changed.
 * @param unwatched this is the first look after a while in which nobody looked
 */
export function stepIncidents(
  before: readonly Incident[],
  alerts: readonly AlertStatus[],
  now: number,
  unwatched: boolean,
): readonly Incident[] {
  const firing = new Map(alerts.filter(({ state }) => state === 'firing').map((alert) => [alert.key, alert]));
  const open = new Set(before.filter(({ end }) => end === null).map(({ key }) => key));
  const begun = [...firing.values()]
    .filter(({ key }) => !open.has(key))
    .map(
      (alert): Incident => ({
        key: alert.key,
        policy: alert.policy.name,
        displayName: alertName(alert),
        objective: alert.objective,
        level: alert.policy.severity,
        begin: alert.since ?? now,
        end: null,
        endedUnwatched: false,
        valueText: alert.valueText,
      }),
    );
  const isOver = ({ key, end }: Incident) => end === null && !firing.has(key);
  const isForgotten = ({ end }: Incident) => end !== null && end < now - HOURS_KEPT_MS;
  if (begun.length === 0 && !before.some((one) => isOver(one) || isForgotten(one))) return before;
  const kept = before
    .filter((one) => !isForgotten(one))
    .map((one) => (isOver(one) ? { ...one, end: Math.max(one.begin, now), endedUnwatched: unwatched } : one));
  return [...begun.sort((a, b) => b.begin - a.begin), ...kept].slice(0, MAX_INCIDENTS);
}

/** JSON with a line end. */
export function incidentsText(incidents: readonly Incident[]): string {
  return `${JSON.stringify({ schemaVersion: 1, incidents })}\n`;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function instantOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 8.64e15 ? value : null;
}

function incidentOf(value: unknown): Incident | null {
  if (!isMap(value)) return null;
  const text = (key: string): string | null => {
    const one = value[key];
    return typeof one === 'string' ? one.slice(0, MAX_TEXT) : null;
  };
  const { level } = value;
  const key = text('key');
  const begin = instantOf(value.begin);
  if (key === null || begin === null || (level !== 'P1' && level !== 'P2' && level !== 'P3')) return null;
  const end = instantOf(value.end);
  if (value.end !== null && (end === null || end < begin)) return null;
  return {
    key,
    policy: text('policy') ?? '',
    displayName: text('displayName') ?? key,
    objective: text('objective') ?? '',
    level,
    begin,
    end,
    endedUnwatched: value.endedUnwatched === true,
    valueText: text('valueText') ?? '',
  };
}

/** The incidents of a text, without what is none; null when it is no such text. */
export function readIncidents(text: string): readonly Incident[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (!isMap(value) || value.schemaVersion !== 1 || !Array.isArray(value.incidents)) return null;
  return value.incidents.slice(0, MAX_INCIDENTS).flatMap((one) => incidentOf(one) ?? []);
}
