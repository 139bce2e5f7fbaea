/** Alerts: what is on, and what alerted before as a timeline and as a table. */
import type { IncidentReport } from '../report/historyReport';
import type { WorkspaceReport } from '../report/report';
import { currentAlerts, levelMark } from './alerts';
import { timeline } from './charts/timeline';
import { does, objectivesOf, type PageContext, table, windowKey } from './context';
import { type Child, type El, h } from './element';
import { shortName, spanText } from './words';

const LENGTHS_MS = { '1h': 3_600_000, '1d': 86_400_000, '7d': 7 * 86_400_000, '30d': 30 * 86_400_000 } as const;
const MAX_ROWS = 50;
const COLUMNS = ['Alert', 'Level', 'State', 'Began', 'Ended', 'Lasted', 'Value when it began'];

/** Begin of what the timeline shows: the chosen window; of an objective's own window the longest there is. */
function beginOf(context: PageContext): number {
  const key = windowKey(context);
  return context.now - LENGTHS_MS[key === 'window' ? '30d' : key];
}

function isWithin({ end }: WorkspaceReport['incidents'][number], from: number): boolean {
  return end === null || Date.parse(end) >= from;
}

/** Of one policy on several objectives, the objective tells its alerts apart. */
function namesOf({ report }: PageContext): (incident: IncidentReport) => string {
  const objectives = new Map(objectivesOf(report).map((objective) => [objective.name, shortName(objective)]));
  const keys = new Map<string, Set<string>>();
  for (const { displayName, key } of report.incidents)
    keys.set(displayName, (keys.get(displayName) ?? new Set<string>()).add(key));
  return ({ displayName, objective }) =>
    (keys.get(displayName)?.size ?? 0) > 1 ? `${displayName} · ${objectives.get(objective) ?? objective}` : displayName;
}

/** The section. */
export function incidentsSection(context: PageContext): El {
  const { report, now, clock } = context;
  const from = beginOf(context);
  const nameOf = namesOf(context);
  const shown = report.incidents
    .filter((one) => isWithin(one, from))
    .sort((a, b) => Number(b.end === null) - Number(a.end === null));
  const earlier = report.incidents.length - shown.length;
  const picture = timeline(report.incidents, { from, to: now, nameOf, isLive: context.interactive }, clock);
  return h(
    'section',
    { 'aria-labelledby': 'alerts' },
    h('h2', { id: 'alerts' }, 'Alerts'),
    currentAlerts(context),
    h('h3', {}, `Incidents of the last ${spanText(now - from)}`),
    picture
      ? [
          picture,
          h(
            'details',
            { class: 'figures', key: 'incidents', open: !context.interactive },
            h('summary', {}, `${shown.length} ${shown.length === 1 ? 'incident' : 'incidents'} as a table`),
            table(
              'Incidents',
              context.interactive ? [...COLUMNS, 'Actions'] : COLUMNS,
              shown.slice(0, MAX_ROWS).map((incident) => row(incident, nameOf, context)),
              { hideCaption: true },
            ),
            shown.length > MAX_ROWS
              ? h('p', { class: 'muted' }, `… and ${shown.length - MAX_ROWS} more in this time`)
              : null,
          ),
        ]
      : h('p', {}, 'No alert fired in this time, as far as anybody watched.'),
    earlier > 0
      ? h('p', { class: 'muted' }, `${earlier} earlier ${earlier === 1 ? 'incident' : 'incidents'} not shown.`)
      : null,
  );
}

function row(
  incident: IncidentReport,
  nameOf: (incident: IncidentReport) => string,
  { now, clock, interactive }: PageContext,
): readonly Child[] {
  const { key, level: own, begin, end, endedUnwatched, valueText } = incident;
  const last = end === null ? now : Date.parse(end);
  const name = nameOf(incident);
  return [
    name,
    levelMark(own),
    end === null ? h('strong', {}, 'firing') : endedUnwatched ? 'ended while nobody watched' : 'resolved',
    clock.full(Date.parse(begin)),
    end === null ? '–' : clock.full(last),
    spanText(last - Date.parse(begin)),
    valueText,
    ...(interactive
      ? [
          h(
            'button',
            {
              type: 'button',
              class: 'link',
              'aria-label': `Draft post-mortem: ${name}, ${clock.full(Date.parse(begin))}`,
              ...does({ type: 'postMortem', key, begin }),
            },
            'Draft post-mortem',
          ),
        ]
      : []),
  ];
}
