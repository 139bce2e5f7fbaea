/** Data sources of agents: which files each reads, by which limits, and what its agents are as records. */
import type { DataSourceDefinition } from '../slo/definition/model';
import { parseDuration } from '../slo/duration';
import type { SourceReading, SourceRecord } from '../slo/indicatorInput';
import { agentLayout, heartbeatOf, isSwarmLayout } from '../sources/agentLayout';
import type { AgentReading, AgentsReading } from '../sources/agents';
import { DECLARED_STATES } from '../sources/declaredState';
import { defaultLiveness, type LivenessOptions } from '../sources/liveness';
import type { AgentFiles, AgentsReader } from './agentsReader';
import { filesOf } from './recordsReader';
import { matching, type Root, type RootPath } from './rootFiles';
import type { Walk } from './walk';

/** Agents that one data source found in one root. */
export interface SourceAgents {
  readonly source: string;
  readonly root: Root;
  readonly reading: AgentsReading;
}

type Details = Readonly<Record<string, unknown>>;

function mapOf(value: unknown): Details {
  return typeof value === 'object' && value !== null ? (value as Details) : {};
}

/** Folders of a swarm: named so, or nothing is named at all. */
function readsSwarm(details: Details): boolean {
  return isSwarmLayout(details) || details.files === undefined;
}

/** The agents of a data source in every root. */
export async function readAgents(
  source: DataSourceDefinition,
  reader: AgentsReader,
  roots: readonly { readonly root: Root; readonly walk: Walk | null }[],
  liveness: LivenessOptions,
  onlyDue: boolean,
): Promise<readonly SourceAgents[]> {
  const details = source.connectionDetails;
  const options = livenessOf(details, liveness);
  const found: SourceAgents[] = [];
  for (const { root, walk } of roots) {
    const other: AgentFiles | null = readsSwarm(details)
      ? null
      : { source: source.name, layout: agentLayout(details), files: walk ? matching(walk, filesOf(details)) : [] };
    const reading = await reader.read(root, options, onlyDue, other);
    if (reading) found.push({ source: source.name, root, reading });
  }
  return found;
}

/** What two sources both read is shown once, as the first has it. */
export function addAgents(all: SourceAgents[], own: readonly SourceAgents[]): void {
  const keyOf = (root: Root, { file, id }: AgentReading): string => `${root.path}\n${file}\n${id}`;
  const seen = new Set(
    own.length === 0 ? [] : all.flatMap(({ root, reading }) => reading.agents.map((agent) => keyOf(root, agent))),
  );
  for (const one of own) {
    const agents =
      seen.size === 0 ? one.reading.agents : one.reading.agents.filter((agent) => !seen.has(keyOf(one.root, agent)));
    if (agents.length === one.reading.agents.length) all.push(one);
    else if (agents.length > 0)
      all.push({
        ...one,
        reading: { agents, active: agents.filter(({ liveness }) => liveness.active).length, tasks: null },
      });
  }
}

export function filesOfAgents(agents: readonly SourceAgents[]): readonly RootPath[] {
  const seen = new Set<string>();
  return agents.flatMap(({ root, reading }) =>
    reading.agents.flatMap(({ file }) => {
      const key = `${root.path}\n${file}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ root, path: file }];
    }),
  );
}

/** Its agents as records: counts that were taken at this moment. */
export function agentsReading(
  { connectionDetails }: DataSourceDefinition,
  agents: readonly SourceAgents[],
  now: number,
): SourceReading {
  if (agents.length === 0)
    return {
      kind: 'none',
      reason: readsSwarm(connectionDetails) ? 'there is no agent folder' : 'there is no file of an agent',
    };
  return {
    kind: 'entities',
    takenAt: now,
    records: agents.flatMap(({ reading }) => reading.agents.map(agentRecord)),
  };
}

function agentRecord({ liveness, content, folder, id }: AgentReading): SourceRecord {
  const fields = { ...content?.fields, active: liveness.active, state: content?.declared ?? 'none', agent: folder };
  return { time: liveness.lastSeen, id, fields };
}

/** Limits of a data source; a setting that is not left at its default goes before them. */
export function livenessOf(details: Details, base: LivenessOptions): LivenessOptions {
  const active = mapOf(details.activeWhen);
  const heartbeat = heartbeatOf(details);
  const isSwarm = readsSwarm(details);
  const own = <K extends 'activeMinutes' | 'restingMinutes' | 'futureToleranceSeconds'>(
    key: K,
    value: unknown,
    unitMs: number,
  ): number => {
    const ms = typeof value === 'string' ? (parseDuration(value)?.ms ?? null) : null;
    return ms === null || base[key] !== defaultLiveness[key] ? base[key] : ms / unitMs;
  };
  const zone = heartbeat.assumeTimezone;
  const { declaredNot, stateNotMatching } = active;
  const fallback = heartbeat.fallback ?? (isSwarm ? 'mtime' : 'none');
  return {
    activeMinutes: own('activeMinutes', active.heartbeatWithin, 60_000),
    restingMinutes: own('restingMinutes', active.restingWithin, 60_000),
    futureToleranceSeconds: own('futureToleranceSeconds', heartbeat.maxFutureSkew, 1_000),
    timeZone:
      base.timeZone === defaultLiveness.timeZone && typeof zone === 'string' && zone !== '' ? zone : base.timeZone,
    ...(Array.isArray(declaredNot) ? { declaredNot: DECLARED_STATES.filter((one) => declaredNot.includes(one)) } : {}),
    ...(typeof stateNotMatching === 'string' ? { stateNotMatching } : {}),
    // One file of many agents is written for any of them.
    ...(fallback === 'mtime' && details.agents === undefined ? {} : { trustsFileTime: false }),
  };
}
