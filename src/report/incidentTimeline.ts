/** What happened in the time of an incident, in order: alerts that fired and ended, what people said of them, refreshes and other activity. */
import { firedWithin } from '../page/overlap';
import type { Clockface } from '../page/words';
import type { IncidentReport } from './historyReport';
import type { Stretch } from './recordedSpan';
import type { ActivityReport, WorkspaceReport } from './report';

export interface TimelineEvent {
  /** ms since the epoch */
  readonly at: number;
  /** Plain text; names in it come from files. */
  readonly text: string;
}

/** An activity and an incident that lie so close tell of the same. */
const SAME_MS = 60_000;

const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_MS;

/**
 * Fires and ends are told by the incidents, which outlive a session; the activity tells them again. A session that does not
 * remember what fired tells of an alert that has long been firing as if it had just begun.
 */
function isTold({ at, kind, text }: ActivityReport, incidents: readonly IncidentReport[]): boolean {
  const isFire = kind === 'alert-fire' || kind === 'alert-fire-no-data';
  if (!isFire && !kind.startsWith('alert-resolve')) return false;
  const moment = Date.parse(at);
  return incidents.some(({ begin, end, displayName, objective }) => {
    if (!text.includes(`${displayName.replace(/: no data$/, '')} `) || !text.includes(`(${objective}: `)) return false;
    const last = end === null ? Number.POSITIVE_INFINITY : Date.parse(end);
    return isFire ? Date.parse(begin) <= moment + SAME_MS && moment <= last : isSame(last, moment);
  });
}

function incidentEvents(
  incident: IncidentReport,
  isSubject: boolean,
  from: number,
  { nameOf, clock }: { readonly nameOf: (objective: string) => string; readonly clock: Clockface },
): readonly TimelineEvent[] {
  const { level, displayName, objective, begin, end, endedUnwatched, valueText } = incident;
  const name = `${level} ${displayName}`;
  const other = isSubject ? '' : ' (another alert)';
  const value = valueText === '' ? '' : `: ${valueText}`;
  const began = Date.parse(begin);
  return [
    ...(began < from
      ? [{ at: from, text: `${name} was firing already, since ${clock.full(began)} (${nameOf(objective)})${other}` }]
      : []),
    { at: began, text: `${name} fired (${nameOf(objective)}${value})${other}` },
    ...(end === null
      ? []
      : [
          {
            at: Date.parse(end),
            text: endedUnwatched
              ? `${name} was found to have ended: it ended while nobody watched${other}`
              : `${name} ended${other}`,
          },
        ]),
  ];
}

/** What people said of alerts, as it stands: it outlives the session that the activity is of. */
function handlingEvents({ alerts, activity }: WorkspaceReport, keys: ReadonlySet<string>): readonly TimelineEvent[] {
  const isInActivity = (at: number, kind: string): boolean =>
    activity.some((one) => one.kind === kind && isSame(Date.parse(one.at), at));
  return alerts
    .filter(({ key }) => keys.has(key))
    .flatMap(({ level, displayName, acknowledgedAt, snooze }): readonly TimelineEvent[] => {
      const said: readonly (readonly [string | null, string, string])[] = [
        [acknowledgedAt, 'alert-acknowledge', 'was acknowledged'],
        [snooze?.from ?? null, 'alert-snooze', 'was snoozed'],
      ];
      return said.flatMap(([instant, kind, words]) => {
        const at = instant === null ? Number.NaN : Date.parse(instant);
        return Number.isNaN(at) || isInActivity(at, kind) ? [] : [{ at, text: `${level} ${displayName} ${words}` }];
      });
    });
}

/**
 * The events of a span, the earliest first.
 * @param subjects incidents that the account is of; others that fired meanwhile are marked
 */
export function incidentTimeline(
  report: WorkspaceReport,
  subjects: readonly IncidentReport[],
  span: Stretch,
  clock: Clockface,
): readonly TimelineEvent[] {
  const now = Date.parse(report.generatedAt);
  const names = new Map(
    report.services.flatMap(({ objectives }) => objectives.map(({ name, displayName }) => [name, displayName])),
  );
  const nameOf = (objective: string): string => names.get(objective) ?? objective;
  const within = firedWithin(report.incidents, span, now);
  const keys = new Set(within.map(({ key }) => key));
  return [
    ...within.flatMap((incident) =>
      incidentEvents(incident, subjects.includes(incident), span.from, { nameOf, clock }),
    ),
    ...handlingEvents(report, keys),
    ...report.activity
      .filter((one) => !isTold(one, report.incidents))
      .map(({ at, text }) => ({ at: Date.parse(at), text }))
      // The newest comes first there; what is of one moment is told as it happened.
      .reverse(),
  ]
    .filter(({ at }) => at >= span.from && at <= span.to)
    .sort((a, b) => a.at - b.at);
}
