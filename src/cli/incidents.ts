/** Incidents as a command line names them. */
import { firedWithin, type IncidentName } from '../page/overlap';
import { plain } from '../report/plainText';
import type { WorkspaceReport } from '../report/report';
import { parseTimestamp } from '../sources/timestamps';
import { UsageError } from './arguments';

/** So many are listed when none fits. */
const MAX_LISTED = 5;

/**
 * The incidents that are meant: `last` is the newest; the key of an alert, or the name of its policy, its newest; a time all
 * that fired then.
 * @param timeZone of a time without an offset
 * Throws UsageError when there is none.
 */
export function incidentsNamed(
  which: string,
  { incidents, generatedAt }: Pick<WorkspaceReport, 'incidents' | 'generatedAt'>,
  timeZone: string,
): readonly IncidentName[] {
  const newest = [...incidents].sort((a, b) => Date.parse(b.begin) - Date.parse(a.begin));
  if (newest.length === 0) throw new UsageError('--post-mortem: the history knows no incident: no alert has fired');
  if (which === 'last') return newest.slice(0, 1);
  const ofAlert = newest.find(({ key, policy }) => key === which || policy === which);
  if (ofAlert) return [ofAlert];
  const time = parseTimestamp(which, timeZone);
  if (time.precision === 'instant' || time.precision === 'no-zone') {
    const then = firedWithin(incidents, { from: time.ms, to: time.ms }, Date.parse(generatedAt));
    if (then.length > 0) return then;
  }
  const listed = newest.slice(0, MAX_LISTED).map(({ key, begin }) => `${plain(key)} (${begin})`);
  throw new UsageError(
    `--post-mortem takes last, an alert or a time at which one fired, not \`${which}\`; incidents are ${listed.join(', ')}${newest.length > MAX_LISTED ? ` and ${newest.length - MAX_LISTED} more` : ''}`,
  );
}
