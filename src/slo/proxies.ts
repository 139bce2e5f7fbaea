/** Stand-ins for objectives that often have no source: which objective may take which, told by what it measures and not by its name. */

import type { MetricQuery, ObjectiveDefinition } from './definition/model';
import { DAY_MS } from './duration';

/** `shareDone`: done tasks over done and open ones of all agents. `unclosedHandles`: unsuppressed `handle/*` findings of the last scan. */
export type ProxyKind = 'shareDone' | 'unclosedHandles';

/** How the figure is called wherever it stands. */
export const PROXY_LABELS: Readonly<Record<ProxyKind, string>> = {
  shareDone: 'share done',
  unclosedHandles: 'unclosed sites',
};

/** A stand-in older than this says nothing. */
export const PROXY_STALE_AFTER_MS = DAY_MS;

function tests(query: MetricQuery, field: string): boolean {
  return query.where.some((condition) => condition.field === field);
}

/** The stand-in that means the same as the objective, or null. */
export function proxyKind(objective: ObjectiveDefinition): ProxyKind | null {
  const { indicator } = objective;
  const isTask = (query: MetricQuery) =>
    query.where.some(({ field, test }) => field === 'kind' && test.kind === 'equals' && test.anyOf.includes('task'));
  if (
    indicator.kind === 'ratio' &&
    indicator.part === 'good' &&
    isTask(indicator.total) &&
    tests(indicator.numerator, 'success')
  )
    return 'shareDone';
  if (indicator.kind === 'threshold' && indicator.query.query === 'last' && indicator.query.field === 'open_handles')
    return 'unclosedHandles';
  return null;
}
