/** All objectives of a definition, their services and the headline. */

import { evaluateComposite } from './composite';
import type { Definition, ObjectiveDefinition, ServiceDefinition } from './definition/model';
import { evaluateObjective } from './evaluate';
import { History, MINUTES_KEPT_MS } from './history/history';
import type { PastSlices } from './history/past';
import { Recorder } from './history/recorder';
import { buildIndicator } from './indicator';
import type { IndicatorInput, ProxyInput, SourceReading } from './indicatorInput';
import { countStates, type Headline, headline, headlineText, type ServiceState, serviceState } from './rollup';
import type { ObjectiveEvaluation } from './verdict';

export interface ServiceEvaluation {
  readonly service: ServiceDefinition;
  readonly state: ServiceState;
  readonly objectives: readonly ObjectiveEvaluation[];
}

export interface DefinitionEvaluation {
  readonly services: readonly ServiceEvaluation[];
  /** In the order of the definition. */
  readonly objectives: readonly ObjectiveEvaluation[];
  readonly headline: Headline;
  /** The same form, counting services: "0% of measured (0/2) · 2 of 4 no data". */
  readonly serviceHeadline: string;
}

export interface DefinitionInputs {
  /** Reading of a data source by name. */
  readonly read: (source: string) => SourceReading | undefined;
  readonly now: number;
  /** Since when slices are watched without a break, ms since the epoch; default now. */
  readonly watchedFrom?: number;
  /** What is remembered of an objective's slices, this reading included. */
  readonly past?: (objective: ObjectiveDefinition, input: IndicatorInput) => PastSlices | null;
  /** The stand-in figure of an objective, if there is one (see `proxyKind`). */
  readonly proxy?: (objective: ObjectiveDefinition) => ProxyInput | null;
}

/** Slices of this moment alone: what a composite joins where nobody remembers more. */
function forgetful(now: number, watchedFrom: number): NonNullable<DefinitionInputs['past']> {
  const recorder = new Recorder(new History(now - MINUTES_KEPT_MS));
  return (objective, input) => recorder.observe(objective, input, { now, watchedFrom });
}

/** Evaluates everything at one instant. A data source that nobody reads gives no data. */
export function evaluateDefinition(definition: Definition, inputs: DefinitionInputs): DefinitionEvaluation {
  const { now } = inputs;
  const watched = inputs.watchedFrom === undefined ? {} : { watchedFrom: inputs.watchedFrom };
  const remember = inputs.past ?? forgetful(now, inputs.watchedFrom ?? now);
  const judge = (objective: ObjectiveDefinition, past: DefinitionInputs['past']): ObjectiveEvaluation => {
    const { indicator } = objective;
    const proxy = inputs.proxy?.(objective) ?? null;
    if (indicator.kind === 'composite') {
      const parts = indicator.components.map((part) => ({
        evaluation: judge(part.objective, remember),
        weight: part.weight,
      }));
      return evaluateComposite(objective, parts, { now, ...watched });
    }
    const input = buildIndicator(objective, inputs.read, { now });
    return evaluateObjective(objective, input, { now, ...watched, past: past?.(objective, input) ?? null, proxy });
  };
  const objectives = definition.objectives.map((objective) => judge(objective, inputs.past));
  const services = definition.services.map((service) => {
    const own = objectives.filter((evaluation) => evaluation.objective.service === service.name);
    const states = own.map((evaluation) => evaluation.state);
    return { service, objectives: own, state: serviceState(states, service.rollup) };
  });
  return {
    services,
    objectives,
    headline: headline(objectives.map((evaluation) => evaluation.state)),
    serviceHeadline: headlineText(countStates(services.map((service) => service.state))),
  };
}
