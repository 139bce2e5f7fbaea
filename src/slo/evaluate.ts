/** The verdict on one objective from its input, with every figure behind it. Pure; instants in ms since the epoch. */
import type { ObjectiveDefinition } from './definition/model';
import type { IndicatorInput } from './indicatorInput';
import { objectiveValueText } from './text';
import {
  type EvaluationOptions,
  evaluateCurrent,
  holdsTarget,
  type Known,
  NOTHING,
  type ObjectiveEvaluation,
  type Verdict,
} from './verdict';
import { evaluateEvents, evaluateSlices } from './windowEvaluation';

function evaluateKnown(objective: ObjectiveDefinition, input: Known, options: EvaluationOptions): Verdict {
  if (input.kind === 'events') return evaluateEvents(objective, input.events, options);
  if (objective.mode === 'window') return evaluateSlices(objective, input, options);
  const newest = input.samples.at(-1);
  if (!newest) return { ...NOTHING, state: 'no_data', reason: 'no sample' };
  if ('value' in newest)
    return evaluateCurrent(objective, newest.value, newest.time, input.samples.length, options.now);
  if (newest.total <= 0) return { ...NOTHING, state: 'no_data', reason: 'nothing to count: the total is 0' };
  return evaluateCurrent(objective, newest.good / newest.total, newest.time, newest.total, options.now);
}

function evaluateInput(objective: ObjectiveDefinition, input: IndicatorInput, options: EvaluationOptions): Verdict {
  switch (input.kind) {
    case 'none':
      return { ...NOTHING, state: 'no_data', reason: input.reason };
    case 'error': {
      const { lastGood, since } = input;
      // A read that fails for a moment keeps the previous one, for as long as an old sample would count.
      if (lastGood && options.now - since <= objective.staleAfterMs) {
        const verdict = evaluateInput(objective, lastGood, options);
        return { ...verdict, reason: `${verdict.reason} (last good reading; the source fails: ${input.reason})` };
      }
      return { ...NOTHING, state: 'error', reason: input.reason };
    }
    default:
      return evaluateKnown(objective, input, options);
  }
}

/**
 * Evaluates one objective. A proxy counts only while the real source has no data, is judged like a current value,
 * and can only violate: one that would meet leaves the state at no data with its figure shown.
 */
export function evaluateObjective(
  objective: ObjectiveDefinition,
  input: IndicatorInput,
  options: EvaluationOptions,
): ObjectiveEvaluation {
  const verdict = evaluateInput(objective, input, options);
  const proxy = options.proxy ?? null;
  const valueText = objectiveValueText(objective, verdict.value, verdict.p95);
  const past = options.past ?? null;
  const plain = {
    ...verdict,
    objective,
    input,
    past,
    parts: null,
    valueText,
    proxy: proxy && { ...proxy, used: false },
  };
  if (!proxy || verdict.state !== 'no_data') return plain;
  if (!Number.isFinite(proxy.value) || options.now - proxy.observedAt > proxy.staleAfterMs) return plain;
  const shown = `stand-in: ${proxy.label} ${proxy.valueText}`;
  if (holdsTarget(objective, proxy.value))
    return { ...plain, reason: `${verdict.reason}; ${shown}, and a stand-in never meets` };
  return {
    ...plain,
    state: 'violating',
    reason: `${shown}; target: ${objective.targetText}; ${verdict.reason}`,
    valueText: proxy.valueText,
    proxy: { ...proxy, used: true },
  };
}
