/** A preview in words: every figure with what it was counted from. Plain text. */
import { operatorSymbol } from '../comparison';
import type { Indicator, ObjectiveDefinition } from '../definition/model';
import { durationText } from '../duration';
import { percentText } from '../rollup';
import { STATE_WORDS } from '../status';
import { budgetText } from '../text';
import type { Preview } from './preview';
import { measuresAlike, type ReplayedAlert } from './replay';

/** `< 5, target 0.99`: the numbers of an objective that a preview is about; of a composite those of its parts. */
export function numbersText({ threshold, target, indicator }: ObjectiveDefinition): string {
  if (indicator.kind === 'composite')
    return indicator.components.map(({ objective }) => numbersText(objective)).join('; ');
  const within =
    indicator.kind === 'ratio'
      ? indicator.numerator.where.flatMap(({ field, test }) =>
          test.kind === 'compare' ? [`${field} ${operatorSymbol(test.operator)} ${test.limit}, `] : [],
        )
      : [];
  const limit = threshold ? `${operatorSymbol(threshold.operator)} ${threshold.limit}, ` : '';
  return `${within.join('')}${limit}target ${Number(target.toFixed(8))}`;
}

/** "2026-11-28 09:30 UTC" */
function minuteText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function recordedText({ recorded, evaluation }: Preview, now: number): string {
  if (!recorded) return 'No history: nothing was recorded of this objective within its window.';
  const { good, bad, nodata, unit, from } = recorded;
  const known = good + bad;
  const s = known === 1 ? '' : 's';
  const of = unit === 'events' ? `event${s}` : `slice${s} of ${sliceText(evaluation.objective.sliceMs)}`;
  const silent = nodata > 0 ? `; ${countText(nodata)} more had no data` : '';
  return `${percentText(good / known)} of ${countText(known)} recorded ${of} good, since ${minuteText(from)} (${durationText(now - from)})${silent}.`;
}

function sliceText(ms: number): string {
  return ms % 3_600_000 === 0 ? `${ms / 3_600_000} h` : `${ms / 60_000} min`;
}

function alertText({ policy, fires, lastAt, isFiring, isKnown }: ReplayedAlert): string {
  const name = `${policy.severity} ${policy.name}`;
  if (!isKnown) return `${name}: not replayed`;
  if (fires === 0 || lastAt === null) return `${name}: would not have ${policy.edge ? 'been logged' : 'alerted'}`;
  const times = fires === 1 ? 'once' : `${countText(fires)} times`;
  const still = isFiring ? ', and would still be firing' : '';
  return `${name}: would have ${policy.edge ? 'been logged' : 'alerted'} ${times}, last at ${minuteText(lastAt)}${still}`;
}

/** One line for a place above the objective. */
export function previewLine(preview: Preview): string {
  const { evaluation, recorded, alerts } = preview;
  const state = STATE_WORDS[evaluation.state];
  const value = evaluation.value === null ? '' : ` (${evaluation.valueText})`;
  const share = recorded
    ? `${percentText(recorded.good / (recorded.good + recorded.bad))} of ${countText(recorded.good + recorded.bad)} recorded ${recorded.unit} good`
    : 'no history';
  const budget = evaluation.budget ? ` · budget: ${budgetText(evaluation.budget, evaluation.objective)}` : '';
  const fires = alerts.reduce((sum, one) => sum + (one.policy.edge ? 0 : one.fires), 0);
  const alerted =
    recorded && alerts.length > 0
      ? ` · ${fires === 0 ? 'no alert' : `${countText(fires)} ${fires === 1 ? 'alert' : 'alerts'}`}`
      : '';
  return `${state}${value} · ${share}${budget}${alerted}`;
}

/** The whole of it, a sentence a line. */
export function previewLines(preview: Preview, now: number): readonly string[] {
  const { evaluation, alerts, limits } = preview;
  const { budget, objective } = evaluation;
  return [
    `Now: ${STATE_WORDS[evaluation.state]}; ${evaluation.reason}.`,
    recordedText(preview, now),
    ...(budget ? [`Budget: ${budgetText(budget, objective)}.`] : []),
    ...alerts.map((one) => `${alertText(one)}.`),
    ...limits,
  ];
}

/** Are the verdict-deciding numbers of two definitions the same? */
export function sameNumbers(a: ObjectiveDefinition, b: ObjectiveDefinition): boolean {
  return (
    a.target === b.target &&
    a.timeSliceTarget === b.timeSliceTarget &&
    a.sliceMs === b.sliceMs &&
    a.mode === b.mode &&
    a.method === b.method &&
    a.zeroTolerance === b.zeroTolerance &&
    a.countBudget === b.countBudget &&
    a.minEvents === b.minEvents &&
    a.staleAfterMs === b.staleAfterMs &&
    a.threshold?.operator === b.threshold?.operator &&
    a.threshold?.limit === b.threshold?.limit &&
    JSON.stringify(a.window) === JSON.stringify(b.window) &&
    measuresAlike(a, b) &&
    samePartNumbers(a.indicator, b.indicator)
  );
}

function samePartNumbers(a: Indicator, b: Indicator): boolean {
  if (a.kind !== 'composite' || b.kind !== 'composite') return true;
  return a.components.every(({ objective }, index) => {
    const other = b.components[index];
    return other !== undefined && sameNumbers(objective, other.objective);
  });
}
