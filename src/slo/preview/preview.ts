/** What an objective would say with an edited number: its verdict now, over what was recorded, and its alerts. */
import { windowAt } from '../calendar';
import type { AlertPolicyDefinition, ObjectiveDefinition } from '../definition/model';
import { evaluateObjective } from '../evaluate';
import { History, MINUTES_KEPT_MS } from '../history/history';
import type { PastSlices } from '../history/past';
import { Recorder } from '../history/recorder';
import { buildIndicator } from '../indicator';
import type { ProxyInput, SourceReading } from '../indicatorInput';
import type { ObjectiveEvaluation } from '../verdict';
import { judgesAlike, type RecordedSlices, type ReplayedAlert, rejudged, replayAlerts } from './replay';

export interface PreviewInputs {
  readonly edited: ObjectiveDefinition;
  /** The same objective in the definition in force; null when it is new. */
  readonly inForce: ObjectiveDefinition | null;
  /** Policies of the edited definition that the objective names. */
  readonly policies: readonly AlertPolicyDefinition[];
  /** What was recorded of it, judged by the definition in force. */
  readonly slices: RecordedSlices;
  readonly read: (source: string) => SourceReading | undefined;
  /** Its slices as they are remembered, hours too; null where nothing is. */
  readonly past: PastSlices | null;
  readonly proxy: ProxyInput | null;
  readonly now: number;
  readonly watchedFrom: number;
}

export interface Preview {
  /** The verdict at this moment under the edited definition. */
  readonly evaluation: ObjectiveEvaluation;
  /** What the window has of recorded slices or events, judged anew; null: nothing was recorded. */
  readonly recorded: {
    readonly from: number;
    readonly to: number;
    readonly unit: 'slices' | 'events';
    readonly good: number;
    readonly bad: number;
    /** Slices without data; 0 for events. */
    readonly nodata: number;
  } | null;
  readonly alerts: readonly ReplayedAlert[];
  /** What the replay cannot know, one sentence each. */
  readonly limits: readonly string[];
}

const HISTORY_DAYS = MINUTES_KEPT_MS / 86_400_000;

/** Judges the slices anew, and evaluates what they and the present readings say. Pure; nothing is recorded. */
export function previewObjective(inputs: PreviewInputs): Preview {
  const { edited, inForce, now } = inputs;
  const limits: string[] = [];
  const isAlike = inForce !== null && judgesAlike(edited, inForce);
  const { slices } = inputs;
  const replayed: RecordedSlices = isAlike ? slices : { ...slices, at: (index) => rejudged(slices.at(index), edited) };
  const window = windowAt(edited.window, now);
  const recorded = window && countRecorded(edited, replayed, window.start, now);
  if (recorded && !isAlike && recorded.unit === 'slices' && edited.timeSliceTarget < 1)
    limits.push('Past slices are judged by their last value, which is all that is kept of them.');
  if (recorded && !isAlike && recorded.unit === 'events' && edited.threshold !== null)
    limits.push('Events that the log holds no more stay as they were judged.');
  if (window && now - window.start > MINUTES_KEPT_MS && !isAlike)
    limits.push(`Of the window only the last ${HISTORY_DAYS} days can be judged anew.`);
  const input = buildIndicator(edited, inputs.read, { now });
  const watchedFrom = Math.min(inputs.watchedFrom, now);
  const past =
    isAlike && inputs.past
      ? inputs.past
      : pastAnew(edited, replayed, now, (history) =>
          new Recorder(history).observe(edited, input, { now, watchedFrom }),
        );
  const evaluation = evaluateObjective(edited, input, { now, watchedFrom, past, proxy: inputs.proxy });
  const alerts = recorded ? replayAlerts(edited, inputs.policies, replayed) : [];
  if (alerts.some(({ isKnown }) => !isKnown))
    limits.push('Conditions on p95, and those that were never known, are not replayed.');
  return { evaluation, recorded, alerts, limits };
}

function pastAnew(
  { name, sliceMs }: ObjectiveDefinition,
  slices: RecordedSlices,
  now: number,
  observe: (history: History) => PastSlices,
): PastSlices {
  const history = new History(
    Math.max(now - MINUTES_KEPT_MS, slices.first <= slices.last ? slices.first * sliceMs : 0),
  );
  for (let index = slices.first; index <= slices.last; index++) history.settle(name, sliceMs, index, slices.at(index));
  return observe(history);
}

function countRecorded(
  { sliceMs }: ObjectiveDefinition,
  slices: RecordedSlices,
  start: number,
  now: number,
): Preview['recorded'] {
  const first = Math.max(slices.first, Math.ceil(start / sliceMs));
  const last = Math.min(slices.last, Math.floor(now / sliceMs));
  const counts = { good: 0, bad: 0, nodata: 0, goodEvents: 0, events: 0 };
  let from: number | null = null;
  let to = 0;
  for (let index = first; index <= last; index++) {
    const { state, good, eligible } = slices.at(index);
    if (state !== null) counts[state]++;
    counts.goodEvents += good;
    counts.events += eligible;
    if (state !== 'good' && state !== 'bad' && eligible === 0) continue;
    from ??= index * sliceMs;
    to = (index + 1) * sliceMs;
  }
  if (from === null) return null;
  const { good, bad, nodata, goodEvents, events } = counts;
  return events > 0
    ? { from, to, unit: 'events', good: goodEvents, bad: events - goodEvents, nodata: 0 }
    : { from, to, unit: 'slices', good, bad, nodata };
}
