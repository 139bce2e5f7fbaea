/** What would feed an objective that has no data: the files, and an example of what they would say. Text only; pure. */

import { agentLayout, isSwarmLayout } from '../sources/agentLayout';
import { pointerTokens } from '../sources/records';
import type {
  DataSourceDefinition,
  FieldCondition,
  MetricQuery,
  ObjectiveDefinition,
  Scalar,
} from './definition/model';
import { durationText } from './duration';
import { sourcesOf } from './indicator';

export interface Feed {
  /** Globs, relative to the workspace folder. */
  readonly files: readonly string[];
  /** A record that the objective would count, as JSON; null where the source is no file of records. */
  readonly example: string | null;
  /** How many records it takes, and in what time. */
  readonly need: string | null;
}

function strings(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
}

/** A value that passes the test. */
function passing({ test }: FieldCondition): Scalar {
  switch (test.kind) {
    case 'equals':
      return test.anyOf[0] ?? null;
    case 'compare': {
      const step = Math.max(1, Math.abs(test.limit) / 10);
      return test.operator === 'lt' || test.operator === 'lte' ? test.limit - step : test.limit + step;
    }
    case 'exists':
      return 1;
    case 'matches':
      return test.glob.replace(/\*+/g, '-1').replace(/[?[\]{}()!]/g, '');
  }
}

/** Queries whose records the example must satisfy. */
function queriesOf({ indicator }: ObjectiveDefinition): readonly MetricQuery[] {
  switch (indicator.kind) {
    case 'threshold':
    case 'raw':
      return [indicator.query];
    case 'ratio':
      // What is good is eligible too, unless the bad are counted.
      return indicator.part === 'good' ? [indicator.total, indicator.numerator] : [indicator.total];
    default:
      return [];
  }
}

/** Puts a value where the pointer says; only as deep as pointers of definitions go. */
function put(target: Record<string, unknown>, pointer: string, value: unknown): void {
  const tokens = [...pointerTokens(pointer)];
  const last = tokens.pop();
  let at = target;
  for (const token of tokens) {
    const next = Object.hasOwn(at, token) ? at[token] : undefined;
    const object = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : Object.create(null);
    at[token] = object;
    at = object;
  }
  if (last !== undefined) at[last] = value;
}

/** A figure that holds the comparison, where the objective has one. */
function goodValue({ threshold }: ObjectiveDefinition): number {
  if (!threshold) return 1;
  const { operator, limit } = threshold;
  if (operator === 'lt') return limit / 2;
  return operator === 'gt' ? limit + 1 : limit;
}

function exampleOf(objective: ObjectiveDefinition, source: DataSourceDefinition, at: string): string | null {
  const queries = queriesOf(objective);
  const { fields, time, id } = source.connectionDetails;
  if (queries.length === 0 || typeof fields !== 'object' || fields === null) return null;
  const values = new Map<string, unknown>();
  for (const query of queries) {
    for (const condition of query.where) values.set(condition.field, passing(condition));
    if (query.query === 'fractionUp') values.set(query.field ?? 'up', 1);
    else if (query.field !== null && !values.has(query.field))
      values.set(query.field, query.query === 'slopePerHour' ? 50_000_000 : goodValue(objective) / query.scale);
  }
  const record: Record<string, unknown> = Object.create(null);
  const [timePointer] = strings(time);
  const [idPointer] = strings(id);
  if (timePointer !== undefined) put(record, timePointer, at);
  if (idPointer !== undefined) put(record, idPointer, 'm-1');
  for (const [name, value] of values) {
    const pointers = new Map(Object.entries(fields)).get(name);
    const [pointer] = strings(pointers);
    if (pointer !== undefined) put(record, pointer, value);
  }
  return JSON.stringify(record);
}

/** What an agent's file would say, by the pointers of its source. */
function exampleAgent({ connectionDetails }: DataSourceDefinition, at: string): string | null {
  const { agents, id, state, heartbeat, words } = agentLayout(connectionDetails);
  if (isSwarmLayout(connectionDetails) || agents !== null) return null;
  const record: Record<string, unknown> = Object.create(null);
  const active = [...words].find(([, meaning]) => meaning === 'active')?.[0] ?? 'ACTIVE';
  if (typeof id !== 'string') put(record, id[0] ?? '/id', 'agent-1');
  if (state[0] !== undefined) put(record, state[0], active.toLowerCase());
  put(record, heartbeat?.[0] ?? '/last_updated', at);
  return JSON.stringify(record);
}

function needOf(objective: ObjectiveDefinition): string | null {
  const [query] = queriesOf(objective);
  if (query?.query === 'slopePerHour')
    return `at least ${query.minSamples} samples of one process over ${durationText(query.minSpanMs)}`;
  if (objective.minEvents > 0) return `at least ${objective.minEvents} of them`;
  return `not older than ${durationText(objective.staleAfterMs)}`;
}

/** What would feed the objective from its source (of a ratio, the total's). `at`: the instant the example bears, ISO 8601. */
export function feedOf(objective: ObjectiveDefinition, source: DataSourceDefinition, at: string): Feed {
  const { files, queues, pid, pidFiles } = source.connectionDetails;
  const isRecords = ['EventLog', 'SampleLog', 'HealthFiles', 'PointerFiles'].includes(source.type);
  return {
    files: [
      ...strings(files),
      ...strings(queues).map((glob) => `${glob} (message queue)`),
      ...strings(pidFiles).map((glob) => `${glob} (process id)`),
      ...(typeof pid === 'number' ? [`process ${pid}`] : []),
    ],
    example: isRecords
      ? exampleOf(objective, source, at)
      : source.type === 'AgentStatusFiles'
        ? exampleAgent(source, at)
        : null,
    need: isRecords ? needOf(objective) : null,
  };
}

/** The same in one sentence, without a full stop. */
export function feedText(objective: ObjectiveDefinition, sources: readonly DataSourceDefinition[], at: string): string {
  const name = sourcesOf(objective).at(-1);
  const source = sources.find((candidate) => candidate.name === name);
  if (!source) return 'a data source that this program reads';
  if (source.type === 'LeakFindings') return 'a scan of TypeScript or JavaScript in this workspace';
  const { files, example, need } = feedOf(objective, source, at);
  const parts = [
    `${source.displayName}: ${files.join(', ')}`,
    ...(example === null ? [] : [`for example ${example}`]),
    ...(need === null ? [] : [need]),
  ];
  return parts.join('; ');
}
