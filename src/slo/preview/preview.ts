/** What an objective would say with an edited number: its verdict now, over what was recorded, and its alerts. */
import { windowAt } from '../calendar';
import { operatorSymbol } from '../comparison';
import { evaluateComposite } from '../composite';
import type { AlertPolicyDefinition, CompositePart, ObjectiveDefinition } from '../definition/model';
import { evaluateObjective } from '../evaluate';
import { History, MINUTES_KEPT_MS } from '../history/history';
import type { PastSlices } from '../history/past';
import { Recorder } from '../history/recorder';
import { buildIndicator } from '../indicator';
import type { IndicatorInput, ProxyInput, SourceReading } from '../indicatorInput';
import { percentText } from '../rollup';
import type { ObjectiveEvaluation } from '../verdict';
import {
  judgesAlike,
  measuresAlike,
  type ReplayedAlert,
  recounted,
  rejudged,
  replayAlerts,
  slicesOfLog,
} from './replay';
import { compositeOfEvents, compositeOfSlices } from './replayedComposite';
import { type RecordedSlices, type ReplayedObjective, SlicesReplay } from './replayedSlices';

export interface PreviewInputs {
  readonly edited: ObjectiveDefinition;
  /** The same objective in the definition in force; null when it is new. */
  readonly inForce: ObjectiveDefinition | null;
  /** Policies of the edited definition that the objective names. */
  readonly policies: readonly AlertPolicyDefinition[];
  /** What was recorded of an objective or a part of one, judged by the definition in force. */
  readonly slices: (objective: ObjectiveDefinition) => RecordedSlices;
  readonly read: (source: string) => SourceReading | undefined;
  /** Slices as they are remembered, hours too; null where nothing is. */
  readonly past: (objective: ObjectiveDefinition) => PastSlices | null;
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

/** An objective, or a part of a composite, judged anew. */
interface Rejudged {
  readonly evaluation: ObjectiveEvaluation;
  readonly replay: ReplayedObjective;
  readonly recorded: Preview['recorded'];
  readonly limits: readonly string[];
  /** Did the log hold too little for a percentile that was asked for? Known once the alerts are replayed. */
  readonly hasLost: () => boolean;
}

/** Judges the slices anew, and evaluates what they and the present readings say. Pure; nothing is recorded. */
export function previewObjective(inputs: PreviewInputs): Preview {
  const { edited, policies } = inputs;
  const { evaluation, replay, recorded, limits, hasLost } =
    edited.indicator.kind === 'composite'
      ? rejudgeComposite(edited, edited.indicator.components, inputs)
      : rejudge(edited, inputs.inForce, inputs.proxy, inputs);
  const alerts = recorded ? replayAlerts(replay, edited.sliceMs, policies) : [];
  return {
    evaluation,
    recorded,
    alerts,
    limits: [
      ...new Set(limits),
      ...(hasLost() ? ['Percentiles are replayed only where the log still holds every event.'] : []),
      ...(alerts.some(({ isKnown }) => !isKnown) ? ['A condition that was never known is not replayed.'] : []),
    ],
  };
}

function rejudge(
  given: ObjectiveDefinition,
  inForce: ObjectiveDefinition | null,
  proxy: ProxyInput | null,
  inputs: PreviewInputs,
): Rejudged & { readonly replay: SlicesReplay } {
  const { now } = inputs;
  // The author's own words for the target may still be those of the number before.
  const edited = { ...given, targetText: targetWords(given) };
  const limits: string[] = [];
  const isMeasured = inForce !== null && measuresAlike(edited, inForce);
  const isAlike = isMeasured && judgesAlike(edited, inForce);
  const input = buildIndicator(edited, inputs.read, { now });
  const logged = input.kind === 'events' ? input.events : [];
  const slices = upToNow(isMeasured ? inputs.slices(edited) : slicesOfLog(logged, edited.sliceMs), input, edited, now);
  if (inForce && !isMeasured)
    limits.push(
      input.kind === 'events'
        ? 'Only events that the log still holds are counted: it was counted otherwise before.'
        : 'What was recorded was measured otherwise, and says nothing of this.',
    );
  const anew = isAlike ? { slices, hasLost: false } : recounted(slices, logged, edited.sliceMs);
  const replayed: RecordedSlices = isAlike
    ? slices
    : { ...slices, at: (index) => rejudged(anew.slices.at(index), edited) };
  const window = windowAt(edited.window, now);
  const recorded = window && countRecorded(edited, replayed, window.start, now);
  if (recorded && !isAlike && recorded.unit === 'slices' && edited.timeSliceTarget < 1)
    limits.push('Past slices are judged by their last value, which is all that is kept of them.');
  if (recorded && recorded.unit === 'events' && edited.threshold !== null && anew.hasLost)
    limits.push('Events that the log holds no more stay as they were judged.');
  if (window && now - window.start > MINUTES_KEPT_MS && !isAlike)
    limits.push(`Of the window only the last ${HISTORY_DAYS} days can be judged anew.`);
  const watchedFrom = Math.min(inputs.watchedFrom, now);
  const remembered = isAlike ? inputs.past(edited) : null;
  const past =
    remembered ??
    pastAnew(edited, replayed, now, (history) => new Recorder(history).observe(edited, input, { now, watchedFrom }));
  const evaluation = evaluateObjective(edited, input, { now, watchedFrom, past, proxy });
  const replay = new SlicesReplay(edited, replayed, logged);
  return { evaluation, replay, recorded, limits, hasLost: () => replay.percentiles.hasLost };
}

/** Events leave a window though none is new: the slices go on to the last that is over. */
function upToNow(
  slices: RecordedSlices,
  input: IndicatorInput,
  { sliceMs }: ObjectiveDefinition,
  now: number,
): RecordedSlices {
  const isOver = Math.floor((now + 1) / sliceMs) - 1;
  return input.kind === 'events' && slices.first <= slices.last
    ? { ...slices, last: Math.max(slices.last, isOver) }
    : slices;
}

function rejudgeComposite(
  edited: ObjectiveDefinition,
  components: readonly CompositePart[],
  inputs: PreviewInputs,
): Rejudged {
  const { inForce, now } = inputs;
  const before = inForce?.indicator.kind === 'composite' ? inForce.indicator.components : [];
  const watchedFrom = Math.min(inputs.watchedFrom, now);
  const parts = components.map(({ objective, weight }) => {
    const same = before.find((one) => one.objective.name === objective.name)?.objective ?? null;
    return { objective, weight, ...rejudge(objective, same, null, inputs) };
  });
  const evaluation = evaluateComposite(edited, parts, { now, watchedFrom });
  const limits = parts.flatMap((part) => part.limits);
  const hasLost = (): boolean => parts.some((part) => part.hasLost());
  const window = windowAt(edited.window, now);
  if (edited.method === 'Occurrences' || !evaluation.past) {
    const recorded = joinedCounts(parts.map((part) => part.recorded));
    return { evaluation, recorded, limits, hasLost, replay: compositeOfEvents(edited, parts) };
  }
  const { replay, slices } = compositeOfSlices(edited, parts, evaluation.past);
  return { evaluation, replay, recorded: window && countRecorded(edited, slices, window.start, now), limits, hasLost };
}

/** Events of all parts together. */
function joinedCounts(all: readonly Preview['recorded'][]): Preview['recorded'] {
  const known = all.filter((one) => one !== null);
  const sum = (of: (one: (typeof known)[number]) => number): number => known.reduce((total, one) => total + of(one), 0);
  const [first] = known;
  return first === undefined
    ? null
    : {
        from: Math.min(...known.map(({ from }) => from)),
        to: Math.max(...known.map(({ to }) => to)),
        unit: first.unit,
        good: sum(({ good }) => good),
        bad: sum(({ bad }) => bad),
        nodata: sum(({ nodata }) => nodata),
      };
}

function targetWords({ threshold, target }: ObjectiveDefinition): string {
  return threshold ? `${operatorSymbol(threshold.operator)} ${threshold.limit}` : `>= ${percentText(target)}`;
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
