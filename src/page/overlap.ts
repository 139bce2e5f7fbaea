/** Incidents that belong together because they fired at the same time. */
import type { IncidentReport } from '../report/historyReport';

/** What names one incident: an alert fires once at a time. */
export type IncidentName = Pick<IncidentReport, 'key' | 'begin'>;

/** Begin and end, ms since the epoch; what still fires ends now. */
export function spanOf(
  { begin, end }: Pick<IncidentReport, 'begin' | 'end'>,
  now: number,
): { readonly from: number; readonly to: number } {
  const from = Date.parse(begin);
  return { from, to: Math.max(from, end === null ? now : Date.parse(end)) };
}

/** Those that fired for a moment at least of a span; the earliest first. */
export function firedWithin(
  incidents: readonly IncidentReport[],
  span: { readonly from: number; readonly to: number },
  now: number,
): readonly IncidentReport[] {
  return incidents
    .filter((incident) => {
      const own = spanOf(incident, now);
      return own.from <= span.to && own.to >= span.from;
    })
    .sort((a, b) => Date.parse(a.begin) - Date.parse(b.begin));
}

/** What else fired while an incident went on, and began in its time: what is told together with it. What had long been firing is another matter. */
export function beganMeanwhile(
  incidents: readonly IncidentReport[],
  incident: IncidentReport,
  now: number,
): readonly IncidentReport[] {
  const span = spanOf(incident, now);
  return firedWithin(incidents, span, now).filter(
    (other) => other !== incident && Date.parse(other.begin) >= span.from,
  );
}
