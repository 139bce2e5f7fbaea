/**
 * The first commit that crossed the limit of an objective over findings: commits are scanned from git's objects, under the
 * definition of now. Analyses are kept from one commit to the next, so that each costs what differs.
 */
import type { CommitReport, CrossingOutcome, CrossingReport } from '../report/crossing';
import type { FindingReport } from '../report/report';
import { findCrossing } from '../slo/crossing';
import type { DataSourceDefinition, Definition, ObjectiveDefinition } from '../slo/definition/model';
import { UNKNOWN_SIDE } from '../slo/gateSides';
import { sourcesOf } from '../slo/indicator';
import type { SourceReading } from '../slo/indicatorInput';
import { objectiveValueText } from '../slo/text';
import { countedFindings } from './countedFindings';
import { leakObjectives, leakSides } from './leakSides';
import type { Monitor } from './monitor';
import type { Cancellation, FileSystem, GitRevisions, IoResult } from './ports';

export interface CrossingSearch {
  readonly objective: ObjectiveDefinition;
  readonly definition: Definition;
  /** The working tree, scanned. */
  readonly now: Monitor;
  /** Folder of the repository, absolute. */
  readonly root: string;
  readonly revisions: GitRevisions;
  /** A monitor of the folder as a file system has it, with the settings of `now`. */
  readonly monitorOver: (fs: FileSystem) => Monitor;
  readonly cancellation: Cancellation;
  /** Told what is being scanned. */
  readonly progress: (text: string) => void;
}

/** Objectives that the search can be made for: those that count findings as they are now. */
export function searchable(definition: Definition): readonly ObjectiveDefinition[] {
  return leakObjectives(definition).filter(({ mode }) => mode === 'current');
}

class Fault extends Error {}

/** Searches along the first parents of HEAD, through the commits that changed something below the folder. */
export async function findFirstCrossing(search: CrossingSearch): Promise<CrossingReport> {
  const { name, displayName, targetText } = search.objective;
  const states = new States(search);
  let outcome: CrossingOutcome;
  try {
    outcome = await run(search, states);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    outcome = { kind: 'failed', message: error.message };
  }
  return {
    objective: { name, displayName, targetText },
    outcome,
    scanned: states.scanned,
    commits: states.commits.length,
  };
}

async function run(search: CrossingSearch, states: States): Promise<CrossingOutcome> {
  const { objective, root, revisions } = search;
  const text = ({ value }: State): string => objectiveValueText(objective, value);
  const now = stateOf(search.now, search);
  if (now.violates !== true) return { kind: 'not-violated', valueText: now.violates === null ? 'no data' : text(now) };
  await states.list();
  const head = await states.at(0);
  if (head.violates !== true)
    return {
      kind: 'uncommitted',
      commit: await states.describe(0),
      before: text(head),
      after: text(now),
      came: newOf(now, head),
    };
  const { at, hasBefore } = await findCrossing(
    states.commits.length,
    async (place) => (await states.at(place)).violates,
  );
  const crossed = await states.at(at);
  const commit = await states.describe(at);
  if (!hasBefore)
    return { kind: 'always', commit, valueText: text(crossed), isShallow: orFault(await revisions.isShallow(root)) };
  const before = await states.at(at + 1);
  return { kind: 'found', commit, before: text(before), after: text(crossed), came: newOf(crossed, before) };
}

function orFault<T>(result: IoResult<T>): T {
  if (!result.ok) throw new Fault(result.error.message);
  return result.value;
}

/** How the objective stands in one state of the files. */
interface State {
  /** As the objective counts; null when nothing is known. */
  readonly value: number | null;
  readonly violates: boolean | null;
  /** What it counts. */
  readonly findings: readonly FindingReport[];
}

function stateOf(monitor: Monitor, { objective, definition }: CrossingSearch): State {
  const { generatedAt, code } = monitor.codePart();
  const readingOf = (source: DataSourceDefinition): SourceReading => monitor.leaksOf(source);
  const side = leakSides(definition, readingOf, Date.parse(generatedAt)).get(objective.name) ?? UNKNOWN_SIDE;
  const [name] = sourcesOf(objective).slice(-1);
  const source = definition.sources.find((one) => one.name === name);
  return {
    // Of what should be many the side holds the negative.
    value: side.count === null ? null : Math.abs(side.count),
    violates: side.violates,
    findings: countedFindings(objective, source, code.findings, 1),
  };
}

/** Findings by what they are, wherever in their file they stand. */
function newOf(after: State, before: State): readonly FindingReport[] {
  const nameOf = ({ fingerprint, place }: FindingReport): string => `${place.path} ${fingerprint}`;
  const known = new Set(before.findings.map(nameOf));
  return after.findings.filter((finding) => !known.has(nameOf(finding)));
}

/** States of the repository, each scanned once, by one monitor, which keeps the analyses of files that stay as they are. */
class States {
  private readonly known = new Map<number, State>();
  private readonly files = new PointableFiles();
  private readonly monitor: Monitor;
  /** Ids, the newest first. */
  commits: readonly string[] = [];

  constructor(private readonly search: CrossingSearch) {
    this.monitor = search.monitorOver(this.files);
  }

  get scanned(): number {
    return this.known.size;
  }

  async list(): Promise<void> {
    this.commits = orFault(await this.search.revisions.commits(this.search.root));
    if (this.commits.length === 0) throw new Fault('no commit has a file of this folder');
  }

  async describe(place: number): Promise<CommitReport> {
    const { root, revisions } = this.search;
    const { id, subject, author, at, parents } = orFault(await revisions.describe(root, this.idOf(place)));
    return { id, subject, author, at: new Date(at).toISOString(), isMerge: parents > 1 };
  }

  async at(place: number): Promise<State> {
    const known = this.known.get(place);
    if (known) return known;
    const { root, revisions, cancellation, progress } = this.search;
    const id = this.idOf(place);
    if (cancellation.isCancelled()) throw new Fault(stopped);
    progress(`${id.slice(0, 10)}, ${place} of ${this.commits.length} commits back`);
    this.files.point(orFault(await revisions.filesAt(root, id)));
    await this.monitor.scan(cancellation);
    if (cancellation.isCancelled()) throw new Fault(stopped);
    const { code } = this.monitor.codePart();
    if (code.state === 'failed') throw new Fault(`the scan of ${id.slice(0, 10)} failed: ${code.error ?? ''}`);
    const state = stateOf(this.monitor, this.search);
    this.known.set(place, state);
    return state;
  }

  private idOf(place: number): string {
    const id = this.commits[place];
    if (id === undefined) throw new Error(`there is no commit ${place}`);
    return id;
  }
}

const stopped = 'it was stopped';

/** A file system that is another one from time to time. */
class PointableFiles implements FileSystem {
  private at: FileSystem | null = null;

  point(files: FileSystem): void {
    this.at = files;
  }

  private get files(): FileSystem {
    if (!this.at) throw new Error('no files were given yet');
    return this.at;
  }

  readonly join = (...parts: readonly string[]): string => this.files.join(...parts);
  readonly list: FileSystem['list'] = (path) => this.files.list(path);
  readonly stat: FileSystem['stat'] = (path) => this.files.stat(path);
  readonly realpath: FileSystem['realpath'] = (path) => this.files.realpath(path);
  readonly read: FileSystem['read'] = (path, maxBytes) => this.files.read(path, maxBytes);
  readonly readRange: FileSystem['readRange'] = (path, from, maxBytes) => this.files.readRange(path, from, maxBytes);
  readonly writeAtomic: FileSystem['writeAtomic'] = (path, data) => this.files.writeAtomic(path, data);
  readonly append: FileSystem['append'] = (path, data) => this.files.append(path, data);
  readonly remove: FileSystem['remove'] = (path) => this.files.remove(path);
}
