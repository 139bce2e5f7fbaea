/** State files of claude-flow (ruflo) whose shape no pointer reaches: maps of agents and workers, and totals of a session. */
import { isObject, type JsonObject, type JsonValue } from './jsonScan';
import type { FieldValue, LogRecord } from './records';
import { parseTimestamp } from './timestamps';

type Reader = (value: JsonObject) => readonly LogRecord[];

/** A moment with a zone of its own (these tools write ISO with Z, or ms); null otherwise. */
function instant(value: JsonValue | undefined): number | null {
  const time = parseTimestamp(value, 'UTC');
  return time.precision === 'instant' ? time.ms : null;
}

/** The plain values of an object under snake_case names. */
function plainFields(value: JsonObject): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = Object.create(null);
  for (const [key, field] of Object.entries(value))
    if (field === null || typeof field !== 'object')
      fields[key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = field as FieldValue;
  return fields;
}

function newest(times: readonly (number | null)[]): number | null {
  return times.reduce((best, time) => (time !== null && (best === null || time > best) ? time : best), null);
}

function record(time: number | null, series: string, fields: Readonly<Record<string, FieldValue>>): LogRecord {
  return { time, series, fields };
}

/** `daemon-state.json`: the daemon as component `orchestrator`, each worker as `orchestrator-worker-<name>`; `up` as run and last run say. */
const daemonState: Reader = (value) => {
  const savedAt = instant(value.savedAt);
  const records: LogRecord[] = [];
  if (typeof value.running === 'boolean')
    records.push(record(savedAt, 'orchestrator', { component: 'orchestrator', up: value.running ? 1 : 0 }));
  if (isObject(value.workers))
    for (const [name, worker] of Object.entries(value.workers))
      if (isObject(worker)) {
        const component = `worker-${name}`;
        const fields = { ...plainFields(worker), component };
        records.push(record(newest([instant(worker.lastRun)]) ?? savedAt, component, fields));
      }
  return records;
};

/** `performance.json`: totals of the session, counters; as of the last activity. */
const performance: Reader = (value) => [
  record(instant(value.lastActivity), 'claude-flow', { component: 'claude-flow', ...plainFields(value) }),
];

/** `swarm-activity.json`: is the swarm active, and how many agents it counts itself. */
const swarmActivity: Reader = (value) => [
  record(instant(value.timestamp), 'swarm', {
    component: 'swarm',
    ...(isObject(value.swarm) ? plainFields(value.swarm) : {}),
  }),
];

/** `agents.json`: one record per agent. The file has no last-seen: an agent's record has the time of the file's own, or none. */
const agents: Reader = (value) => {
  if (!isObject(value.agents)) return [];
  const time = newest([instant(value.timestamp), instant(value.savedAt), instant(value.updatedAt)]);
  return Object.entries(value.agents).flatMap(([id, agent]) =>
    isObject(agent) ? [record(time, id, { ...plainFields(agent), agent: id })] : [],
  );
};

const readers: readonly (readonly [RegExp, Reader])[] = [
  [/(?:^|\/)\.claude-flow\/(?:.*\/)?daemon-state\.json$/, daemonState],
  [/(?:^|\/)\.claude-flow\/(?:.*\/)?performance\.json$/, performance],
  [/(?:^|\/)\.claude-flow\/(?:.*\/)?swarm-activity\.json$/, swarmActivity],
  [/(?:^|\/)\.claude-flow\/(?:agents\/store|agents)\.json$/, agents],
];

/** Records of a state file of claude-flow, known by its path; null when the path or the shape is another's. */
export function recordsOfClaudeFlow(path: string, value: JsonValue): readonly LogRecord[] | null {
  const reader = readers.find(([pattern]) => pattern.test(path))?.[1];
  return reader && isObject(value) ? reader(value) : null;
}
