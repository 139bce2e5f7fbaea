/** Reads every data source that the definition in force names, and what the views show besides. */
import type { FileFindings, Finding } from '../analyzer/findings/findings';
import type { DataSourceDefinition, Definition, ObjectiveDefinition } from '../slo/definition/model';
import type { ProxyInput, SourceReading, SourceRecord } from '../slo/indicatorInput';
import { PROXY_LABELS, PROXY_STALE_AFTER_MS, proxyKind } from '../slo/proxies';
import { percentText } from '../slo/rollup';
import { globMatcher } from '../sources/glob';
import type { LivenessOptions } from '../sources/liveness';
import type { QueueReading } from '../sources/messageQueue';
import type { SourceProblem } from '../sources/problems';
import { addAgents, agentsReading, filesOfAgents, readAgents, type SourceAgents } from './agentSources';
import type { AgentsReader } from './agentsReader';
import { type CodeScan, isScript } from './code/codeScan';
import type { ScanResult } from './code/scanResult';
import type { Cancellation, FileSystem, GitFacts, ProcessReader } from './ports';
import { filesOf, type RecordsReader } from './recordsReader';
import type { HashStore, Root, RootPath } from './rootFiles';
import { readSnapshots, type SnapshotsReading } from './snapshotsReader';
import type { Walk } from './walk';

export interface ReadState {
  readonly root: Root;
  readonly scan: CodeScan;
  readonly walk: Walk | null;
  readonly result: ScanResult | null;
}

export interface WorkspaceSources {
  readonly at: number;
  /** By name of the data source. */
  readonly readings: ReadonlyMap<string, SourceReading>;
  /** Files that each data source was read from, by name. */
  readonly filesOf: ReadonlyMap<string, readonly RootPath[]>;
  /** Everyone once, by the source that showed them first. */
  readonly agents: readonly SourceAgents[];
  readonly expectedAgents: number | null;
  readonly snapshots: readonly SnapshotsReading[];
  readonly queues: readonly { readonly root: Root; readonly path: string; readonly queue: QueueReading }[];
  readonly problems: readonly { readonly root: Root; readonly problem: SourceProblem }[];
  /** Data sources of which some records have no time but that of their file. */
  readonly byFileTime: ReadonlySet<string>;
  /** Bytes of logs that are not read yet. */
  readonly lag: number;
  readonly proxyOf: (objective: ObjectiveDefinition) => ProxyInput | null;
}

/**
 * `all`; `sweep`: what may change without a sign, agents, logs and small files, but not the snapshots, and of thousands of agents
 * a part (`sweep.ts`); `due`: only agents whose
 * time is up.
 */
export type ReadScope = 'all' | 'sweep' | 'due';

export interface ReadOptions {
  readonly fs: FileSystem;
  readonly now: number;
  readonly agents: AgentsReader;
  readonly hashes: HashStore;
  readonly records: RecordsReader;
  /** null in a workspace that is not trusted, and where the shell has none. */
  readonly processes: ProcessReader | null;
  readonly git: GitFacts | null;
  readonly definition: Definition;
  readonly states: readonly ReadState[];
  readonly liveness: LivenessOptions;
  readonly scan: { readonly state: string; readonly at: number | null };
  readonly cancellation: Cancellation;
  /** What was read before, for sources that fail now. */
  readonly previous: WorkspaceSources | null;
  /** What of it is looked at again; everything else is as it was read before. */
  readonly scope: ReadScope;
}

/** A source that fails keeps its last good reading at hand; how long that counts is the evaluation's matter. */
function withLastGood(reading: SourceReading, before: SourceReading | undefined): SourceReading {
  if (reading.kind !== 'error' || !before || before.kind === 'none') return reading;
  return before.kind === 'error'
    ? { ...reading, since: before.since, lastGood: before.lastGood }
    : { ...reading, lastGood: before };
}

/** Findings that count for objectives: unsuppressed, of confidence medium or high. */
function countedOf({ findings }: FileFindings): readonly Finding[] {
  return findings.filter(({ confidence }) => confidence !== 'low');
}

export function countedFindings(
  result: ScanResult | null,
): readonly { readonly path: string; readonly finding: Finding }[] {
  return (result?.files ?? []).flatMap((file) => countedOf(file).map((finding) => ({ path: file.path, finding })));
}

/** Reads all sources once. */
export async function readWorkspaceSources(options: ReadOptions): Promise<WorkspaceSources> {
  const { fs, now, definition, states } = options;
  const readings = new Map<string, SourceReading>();
  const files = new Map<string, readonly RootPath[]>();
  const agents: SourceAgents[] = [];
  const snapshots: SnapshotsReading[] = [];
  const queues: { root: Root; path: string; queue: QueueReading }[] = [];
  const problems: { root: Root; problem: SourceProblem }[] = [];
  const byFileTime = new Set<string>();
  let lag = 0;
  let expectedAgents: number | null = null;
  const names = new Set(definition.sources.map((source) => source.name));
  options.records.keepOnly(names);
  options.agents.keepOnly(names);
  options.agents.begin(options.scope);
  for (const source of definition.sources) {
    // Other work has its turn between two sources.
    await new Promise((done) => setImmediate(done));
    const details = source.connectionDetails;
    switch (source.type) {
      case 'AgentStatusFiles': {
        const own = await readAgents(source, options.agents, states, options.liveness, options.scope);
        addAgents(agents, own);
        expectedAgents ??= typeof details.expectedAgents === 'number' ? details.expectedAgents : null;
        const { previous } = options;
        const before = { files: previous?.filesOf.get(source.name), reading: previous?.readings.get(source.name) };
        files.set(source.name, filesOfAgents(source, own, before));
        readings.set(source.name, agentsReading(source, own, now, before));
        break;
      }
      case 'LeakFindings':
        readings.set(source.name, leakReading(options, source.connectionDetails));
        break;
      case 'SnapshotFiles': {
        const { previous } = options;
        const before = options.scope !== 'all' ? previous?.readings.get(source.name) : undefined;
        if (previous && before) {
          snapshots.push(...(snapshots.length === 0 ? previous.snapshots : []));
          files.set(source.name, previous.filesOf.get(source.name) ?? []);
          readings.set(source.name, before);
          problems.push(
            ...previous.snapshots.flatMap(({ root, problems: own }) => own.map((problem) => ({ root, problem }))),
          );
          break;
        }
        const read: SnapshotsReading[] = [];
        for (const { root, walk } of states) {
          if (!walk) continue;
          const reading = await readSnapshots(fs, root, walk, options.hashes, snapshotSource(source), now);
          if (!reading) continue;
          read.push(reading);
          problems.push(...reading.problems.map((problem) => ({ root, problem })));
        }
        snapshots.push(...read);
        files.set(
          source.name,
          read.flatMap(({ root, artefacts, cachePath }) =>
            cachePath === null
              ? artefacts.filter((artefact) => artefact.present).map(({ path }) => ({ root, path }))
              : [{ root, path: cachePath }],
          ),
        );
        readings.set(source.name, snapshotReading(read, now));
        break;
      }
      case 'EventLog':
      case 'SampleLog':
      case 'HealthFiles':
      case 'PointerFiles': {
        const walked = states.flatMap(({ root, walk }) => (walk ? [{ root, walk }] : []));
        const { name, type } = source;
        const { processes, git } = options;
        const timeZone = options.liveness.timeZone;
        const read = await options.records.read({ name, type, details }, walked, { now, timeZone, processes, git });
        readings.set(source.name, withLastGood(read.reading, options.previous?.readings.get(source.name)));
        files.set(source.name, read.files);
        problems.push(...read.problems);
        queues.push(...read.queues);
        if (read.byFileTime) byFileTime.add(source.name);
        lag += read.lag;
        break;
      }
      default:
        readings.set(source.name, { kind: 'none', reason: `a data source of type ${source.type} is not read here` });
    }
  }
  return {
    at: now,
    readings,
    filesOf: files,
    agents,
    expectedAgents,
    snapshots,
    queues,
    problems,
    byFileTime,
    lag,
    proxyOf: proxies(agents, { now, scan: options.scan, states }),
  };
}

/** The same sources with the findings of now: what an edit in the editor changes. */
export function withFindings(
  sources: WorkspaceSources,
  options: Pick<ReadOptions, 'definition' | 'states' | 'scan'>,
): WorkspaceSources {
  const readings = new Map(sources.readings);
  for (const source of options.definition.sources)
    if (source.type === 'LeakFindings') readings.set(source.name, leakReading(options, source.connectionDetails));
  return { ...sources, readings };
}

const unitMinutes: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440, w: 10_080 };

function durationMinutes(text: string): number | null {
  const unit = unitMinutes[text.slice(-1)];
  return unit === undefined ? null : Number(text.slice(0, -1)) * unit;
}

/** Do the findings in a file count for a data source of them? Without `paths` all do. */
export function countedPaths({ paths }: Readonly<Record<string, unknown>>): (path: string) => boolean {
  const globs = (Array.isArray(paths) ? paths : [paths]).filter((one): one is string => typeof one === 'string');
  return globs.length === 0 ? () => true : globMatcher(globs);
}

function map(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Of a file whose findings stand, the records of before. */
const recordsOfFindings = new WeakMap<FileFindings, readonly SourceRecord[]>();

function findingRecords(file: FileFindings): readonly SourceRecord[] {
  const known = recordsOfFindings.get(file);
  if (known) return known;
  const records = countedOf(file).map(({ fingerprint, severity, kind }) => ({
    time: null,
    id: `${file.path}#${fingerprint}`,
    fields: { severity: severity.toUpperCase(), kind, path: file.path },
  }));
  recordsOfFindings.set(file, records);
  return records;
}

/**
 * The findings of the last completed scan.
 * @param details of the data source: `paths` are the globs of the files that count; without them all do
 */
export function leakReading(
  { scan, states }: Pick<ReadOptions, 'scan' | 'states'>,
  details: Readonly<Record<string, unknown>>,
): SourceReading {
  if (scan.at === null)
    return {
      kind: 'none',
      reason: scan.state === 'scanning' ? 'the first scan is running' : 'the code was not scanned yet',
    };
  const analysed = states.reduce((sum, state) => sum + (state.result?.analysed ?? 0), 0);
  if (analysed === 0) return { kind: 'none', reason: 'there is no TypeScript or JavaScript to analyse' };
  const counts = countedPaths(details);
  // Where nothing was looked at, nothing found says nothing.
  if (!states.some(({ walk }) => !walk || walk.files.some(({ path }) => isScript(path) && counts(path))))
    return { kind: 'none', reason: 'there is no TypeScript or JavaScript in the paths of the data source' };
  const records = states.flatMap(({ result }) =>
    (result?.files ?? []).flatMap((file) => (counts(file.path) ? findingRecords(file) : [])),
  );
  return { kind: 'entities', takenAt: scan.at, records };
}

function snapshotSource(source: DataSourceDefinition): SnapshotSourceOf {
  const details = source.connectionDetails;
  const when = map(details.currentWhen);
  const older = map(when.notOlderThan);
  const newestOf = Array.isArray(older.newestOf)
    ? older.newestOf.filter((glob): glob is string => typeof glob === 'string')
    : [];
  const grace = typeof older.grace === 'string' ? durationMinutes(older.grace) : null;
  const age = typeof when.maxAge === 'string' ? durationMinutes(when.maxAge) : null;
  return {
    files: filesOf(details),
    contentHash: typeof when.contentHash === 'string' ? when.contentHash : null,
    notOlderThan: newestOf,
    graceMs: (grace ?? 15) * 60_000,
    maxAgeMs: age === null ? null : age * 60_000,
  };
}
type SnapshotSourceOf = Parameters<typeof readSnapshots>[4];

/** By content hash one record per source file; without hashes one per expected artefact. */
function snapshotReading(read: readonly SnapshotsReading[], now: number): SourceReading {
  if (read.length === 0) return { kind: 'none', reason: 'none of the expected snapshot files is there' };
  const records = read.flatMap(({ currency, artefacts }): SourceRecord[] =>
    currency
      ? [
          ...Array.from({ length: currency.current }, () => ({ time: now, fields: { current: true } })),
          ...[...currency.changedPaths, ...currency.unscannedPaths].map((path) => ({
            time: now,
            fields: { current: false, path },
          })),
        ]
      : artefacts.map((artefact) => ({
          time: artefact.mtimeMs,
          fields: { current: artefact.current, path: artefact.path },
        })),
  );
  return { kind: 'entities', takenAt: now, records };
}

/** The newest sign of life of an agent that counts tasks, in ms; null where none has a time. */
function lastSeenWithTasks(agents: WorkspaceSources['agents']): number | null {
  let newest: number | null = null;
  for (const { reading } of agents)
    for (const { content, liveness } of reading.agents) {
      const counts = content !== null && (content.openTasks !== null || content.doneTasks !== null);
      if (counts && liveness.lastSeen !== null && (newest === null || liveness.lastSeen > newest))
        newest = liveness.lastSeen;
    }
  return newest;
}

/** The stand-ins of one reading. It holds nothing of the readings before: they would hold those before them, for ever. */
function proxies(
  agents: WorkspaceSources['agents'],
  of: Pick<ReadOptions, 'now' | 'scan' | 'states'>,
): WorkspaceSources['proxyOf'] {
  return (objective) => proxyOf(objective, agents, of);
}

function proxyOf(
  objective: ObjectiveDefinition,
  agents: WorkspaceSources['agents'],
  { now, scan, states }: Pick<ReadOptions, 'now' | 'scan' | 'states'>,
): ProxyInput | null {
  switch (proxyKind(objective)) {
    case null:
      return null;
    case 'shareDone': {
      const totals = agents.flatMap(({ reading }) => (reading.tasks ? [reading.tasks] : []));
      const done = totals.reduce((sum, tasks) => sum + tasks.done, 0);
      const all = totals.reduce((sum, tasks) => sum + tasks.done + tasks.open, 0);
      if (all === 0) return null;
      return {
        label: PROXY_LABELS.shareDone,
        value: done / all,
        observedAt: lastSeenWithTasks(agents) ?? now,
        // What is done stays done until somebody writes the file again: an old share is shown as old, and still counts.
        staleAfterMs: Number.POSITIVE_INFINITY,
        valueText: `${done} of ${all} (${percentText(done / all)})`,
      };
    }
    case 'unclosedHandles': {
      if (scan.at === null || !states.some((state) => (state.result?.analysed ?? 0) > 0)) return null;
      const sites = states
        .flatMap((state) => countedFindings(state.result))
        .filter(({ finding }) => finding.family === 'handle').length;
      return {
        label: PROXY_LABELS.unclosedHandles,
        value: sites,
        observedAt: scan.at,
        staleAfterMs: PROXY_STALE_AFTER_MS,
        valueText: `${sites} unclosed ${sites === 1 ? 'site' : 'sites'}`,
      };
    }
  }
}
