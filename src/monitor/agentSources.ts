/** Data sources of agents: which files each reads, by which limits, and what its agents are as records. */
import type { DataSourceDefinition } from '../slo/definition/model';
import { parseDuration } from '../slo/duration';
import type { SourceReading, SourceRecord } from '../slo/indicatorInput';
import { agentLayout, heartbeatOf, isSwarmLayout } from '../sources/agentLayout';
import type { AgentReading, AgentsReading } from '../sources/agents';
import { DECLARED_STATES } from '../sources/declaredState';
import { defaultLiveness, type LivenessOptions } from '../sources/liveness';
import type { FieldValue } from '../sources/records';
import type { LayoutFiles } from './agentListing';
import type { AgentsReader } from './agentsReader';
import type { ReadScope } from './readSources';
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
  scope: ReadScope,
): Promise<readonly SourceAgents[]> {
  const details = source.connectionDetails;
  const options = livenessOf(details, liveness);
  const found: SourceAgents[] = [];
  for (const { root, walk } of roots) {
    const other: LayoutFiles | null = readsSwarm(details)
      ? null
      : { source: source.name, layout: agentLayout(details), files: walk ? matching(walk, filesOf(details)) : [] };
    const reading = await reader.read(root, options, scope, other, walk);
    if (reading) found.push({ source: source.name, root, reading });
  }
  return found;
}

/** Readings whose id another agent has too, as they are shown, and the other way round. */
const renamed = new WeakMap<AgentReading, AgentReading>();
const original = new WeakMap<AgentReading, AgentReading>();

/** The same reading gives the same value, so that it is no news. */
function withId(agent: AgentReading, id: string): AgentReading {
  const known = renamed.get(agent);
  if (known?.id === id) return known;
  const other = { ...agent, id };
  renamed.set(agent, other);
  original.set(other, agent);
  return other;
}

/** What two sources both read is shown once, as the first has it; ids are told apart where two sources or roots have the same. */
export function addAgents(all: SourceAgents[], own: readonly SourceAgents[]): void {
  for (const one of own) {
    if (all.length === 0) all.push(one);
    else if (!all.some(({ root, reading }) => root === one.root && reading === one.reading)) {
      const shown = besideOthers(one, all);
      if (shown.reading.agents.length > 0) all.push(shown);
    }
  }
}

/** A file with an agent of it. */
const keyOf = ({ file, id }: AgentReading): string => `${file}\n${id}`;

function besideOthers(one: SourceAgents, all: readonly SourceAgents[]): SourceAgents {
  const { root, source, reading } = one;
  const seen = new Set<string>();
  const ids = new Set<string>();
  for (const other of all) {
    const isSameRoot = other.source !== source && other.root.path === root.path;
    for (const agent of other.reading.agents) {
      ids.add(agent.id);
      if (isSameRoot) seen.add(keyOf(original.get(agent) ?? agent));
    }
  }
  let isWhole = true;
  const agents: AgentReading[] = [];
  for (const agent of reading.agents) {
    if (seen.size > 0 && seen.has(keyOf(agent))) {
      isWhole = false;
      continue;
    }
    const isTaken = ids.has(agent.id);
    if (isTaken) isWhole = false;
    agents.push(isTaken ? withId(agent, `${agent.id} ${root.name}/${agent.file}`) : agent);
  }
  if (isWhole) return one;
  // The tasks of who is shown elsewhere count there.
  const tasks = agents.length === reading.agents.length ? reading.tasks : null;
  let active = 0;
  let warnings = 0;
  for (const agent of agents) {
    if (agent.liveness.active) active++;
    warnings += agent.warnings.length;
  }
  return { ...one, reading: { agents, active, warnings, tasks } };
}

/** What was read of a data source before. */
export interface AgentsBefore {
  readonly files: readonly RootPath[] | undefined;
  readonly reading: SourceReading | undefined;
}

/** Of which agents a reading was made. */
const madeOf = new WeakMap<SourceReading, readonly SourceAgents[]>();

function isMadeOf(reading: SourceReading | undefined, agents: readonly SourceAgents[]): boolean {
  const before = reading && madeOf.get(reading);
  return (
    before !== undefined &&
    agents.length === before.length &&
    agents.every(({ root, reading }, index) => before[index]?.root === root && before[index].reading === reading)
  );
}

/** Their files, each once; the list of before where it is the same. */
export function filesOfAgents(
  { connectionDetails }: DataSourceDefinition,
  agents: readonly SourceAgents[],
  before: AgentsBefore,
): readonly RootPath[] {
  const known = before.files;
  if (known && isMadeOf(before.reading, agents)) return known;
  const files: RootPath[] = [];
  let isSame = known !== undefined;
  for (const { root, reading } of agents) {
    // A folder of a swarm has one file; another layout may have several agents in each.
    const seen = readsSwarm(connectionDetails) ? null : new Set<string>();
    for (const { file } of reading.agents) {
      if (seen?.has(file)) continue;
      seen?.add(file);
      const same = known?.[files.length];
      const isKnown = same?.root === root && same.path === file;
      isSame &&= isKnown;
      files.push(isKnown ? same : { root, path: file });
    }
  }
  return isSame && known?.length === files.length ? known : files;
}

/** Its agents as records: counts that were taken at this moment. */
export function agentsReading(
  { connectionDetails }: DataSourceDefinition,
  agents: readonly SourceAgents[],
  now: number,
  before: AgentsBefore,
): SourceReading {
  if (agents.length === 0)
    return {
      kind: 'none',
      reason: readsSwarm(connectionDetails) ? 'there is no agent folder' : 'there is no file of an agent',
    };
  const reading: SourceReading = { kind: 'entities', takenAt: now, records: agentRecords(agents, before.reading) };
  madeOf.set(reading, agents);
  return reading;
}

/** They are of the moment when they were read; the records of before where they say the same. */
function agentRecords(agents: readonly SourceAgents[], before: SourceReading | undefined): readonly SourceRecord[] {
  const known = before?.kind === 'entities' ? before.records : [];
  if (isMadeOf(before, agents)) return known;
  const records: SourceRecord[] = [];
  for (const one of agents)
    for (const agent of one.reading.agents) {
      const same = known[records.length];
      records.push(same && saysSame(same, agent) ? same : recordOf(agent));
    }
  return records;
}

type NamedFields = Readonly<Record<string, FieldValue>>;

/** Of a record what a definition names besides; a swarm's agents have nothing of it. */
const namedIn = new WeakMap<SourceRecord, NamedFields>();

function recordOf({ liveness, content, folder, id }: AgentReading): SourceRecord {
  const named = content?.fields;
  const fields = { ...named, active: liveness.active, state: content?.declared ?? 'none', agent: folder };
  const record: SourceRecord = { time: null, id, fields };
  if (named) namedIn.set(record, named);
  return record;
}

function saysSame(record: SourceRecord, { liveness, content, folder, id }: AgentReading): boolean {
  const { fields } = record;
  return (
    record.id === id &&
    fields.active === liveness.active &&
    fields.state === (content?.declared ?? 'none') &&
    fields.agent === folder &&
    areSame(namedIn.get(record), content?.fields)
  );
}

function areSame(a: NamedFields | undefined, b: NamedFields | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
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
