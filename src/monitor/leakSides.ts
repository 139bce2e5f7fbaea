/** Objectives over findings alone: what a branch changes about them needs no agent, no log and no clock. */
import type { DataSourceDefinition, Definition, ObjectiveDefinition } from '../slo/definition/model';
import { evaluateDefinition } from '../slo/evaluateDefinition';
import type { GateSide } from '../slo/gate';
import { gateSide } from '../slo/gateSides';
import { sourcesOf } from '../slo/indicator';
import type { SourceReading } from '../slo/indicatorInput';

/** Objectives whose every source is the findings of a scan. */
export function leakObjectives(definition: Definition): readonly ObjectiveDefinition[] {
  const leaks = new Set(definition.sources.filter(({ type }) => type === 'LeakFindings').map(({ name }) => name));
  return definition.objectives.filter((objective) => {
    const sources = sourcesOf(objective);
    return sources.length > 0 && sources.every((source) => leaks.has(source));
  });
}

/** How the findings stand under a definition, by name of the objective. */
export function leakSides(
  definition: Definition,
  readingOf: (source: DataSourceDefinition) => SourceReading,
  now: number,
): ReadonlyMap<string, GateSide> {
  const read = (name: string): SourceReading | undefined => {
    const source = definition.sources.find((one) => one.name === name);
    return source && readingOf(source);
  };
  const objectives = leakObjectives(definition);
  const evaluation = evaluateDefinition({ ...definition, objectives }, { now, read });
  return new Map(
    evaluation.objectives.map(({ objective, state, value, budget }) => [
      objective.name,
      gateSide(objective, { state, value, remaining: budget?.remaining ?? null }),
    ]),
  );
}
