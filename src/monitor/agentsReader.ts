/**
 * Reads the agents of one root: folders of a swarm, or the files of another layout, with file times and git facts; keeps the last
 * good content of each. What did not change costs a look at its size and time: its text is not read again, and its agent is
 * judged again only when its time is up.
 */
import type { StatusReading } from '../sources/agentStatus';
import {
  type AgentReading,
  type AgentsReading,
  type JoinPlan,
  joinAgents,
  joinPlan,
  readAgent,
} from '../sources/agents';
import { bulkTimes, type FileFacts, holdsUntil, type LivenessOptions } from '../sources/liveness';
import type { StatusTime } from '../sources/statusWarnings';
import { type AgentFile, dueAt, type FileChange, type Grounds, type RememberedAgent } from './agentFile';
import { AgentFilesLook } from './agentFiles';
import { type Folders, type LayoutFiles, layoutFolders, noFolders, swarmFolders } from './agentListing';
import type { Clock, FileSystem, GitFacts } from './ports';
import type { ReadScope } from './readSources';
import type { Root } from './rootFiles';
import { noTally, noteWrites, type Tally, writtenOf } from './seenWrites';
import { Sweep } from './sweep';
import type { Walk } from './walk';

/** While files change all the time, git is asked about those that are new this often. */
const askGitEveryMs = 30_000;

/** How the agents of some names are joined. */
interface NamedPlan {
  readonly names: readonly string[];
  readonly plan: JoinPlan;
}

interface RootState {
  /** Of what the rest was read. */
  readonly layoutKey: string;
  folders: Folders;
  /** Where a sweep goes on; 0: it begins. */
  turn: number;
  /** Of the sweep so far. */
  tally: Tally;
  joined: NamedPlan;
  git: { readonly at: number; readonly facts: Awaited<ReturnType<GitFacts['forFiles']>> } | null;
  last: AgentsReading | null;
}

const nobody: NamedPlan = { names: [], plan: joinPlan([]) };

export class AgentsReader {
  private readonly roots = new Map<string, RootState>();
  private optionsKey = '';
  private readonly sweep: Sweep;

  constructor(
    private readonly fs: FileSystem,
    private readonly clock: Clock,
    private git: GitFacts | null,
  ) {
    this.sweep = new Sweep(clock);
  }

  /** A tick begins, in which the agents of each root and source are read once. */
  begin(scope: ReadScope): void {
    if (scope !== 'due') this.sweep.begin(scope === 'all');
  }

  /** The last sweep has files left: the next one goes on with them. */
  get isMidSweep(): boolean {
    return this.sweep.isUnfinished;
  }

  /** Facts from git from now on; null while the workspace is not trusted. */
  setGit(git: GitFacts | null): void {
    if (git === this.git) return;
    this.git = git;
    for (const state of this.roots.values()) state.git = null;
  }

  /** Forgets the data sources that the definition has no more. */
  keepOnly(sources: ReadonlySet<string>): void {
    for (const key of this.roots.keys()) {
      const source = key.slice(key.indexOf('\n') + 1);
      if (source !== '' && !sources.has(source)) this.roots.delete(key);
    }
  }

  /**
   * null when the root has no agent folder at all. Nothing changed and nobody fell silent: the reading of before.
   * @param scope which files are looked at: `due`, those of agents whose time is up, so that a silence shows without a look at
   * all; `sweep`, of thousands as many as a tick has time for, the next ones each time
   * @param other files of another layout than the swarm's folders
   * @param walk of the root, whose names of the files are taken instead of new ones
   */
  async read(
    root: Root,
    options: LivenessOptions,
    scope: ReadScope = 'all',
    other: LayoutFiles | null = null,
    walk: Walk | null = null,
  ): Promise<AgentsReading | null> {
    const state = this.stateOf(root, other);
    if (scope !== 'due' || state.last === null) {
      const folders = other
        ? layoutFolders(other, state.folders)
        : await swarmFolders(this.fs, this.clock, root, state.folders, walk);
      // Who is gone is forgotten with what was said of all.
      if (folders.files !== state.folders.files) {
        state.last = null;
        state.turn = 0;
      }
      state.folders = folders;
    }
    const { files } = state.folders;
    if (files.length === 0) {
      state.last = null;
      return null;
    }
    const isFirst = files.every(({ text }) => text === undefined);
    const look = new AgentFilesLook({ fs: this.fs, clock: this.clock }, root, {
      timeZone: options.timeZone,
      layout: other?.layout ?? null,
    });
    const { changes, among } = await this.look(look, state, scope);
    const facts = await this.factsOf(root, state, changes.length > 0);
    const now = this.clock.now();
    if (!isFirst) noteWrites(changes, among, facts, now);
    const isBulk = bulkTimes(mtimesOf(files));
    const optionsKey = this.keyOf(options);
    // A file of several agents may have lost one, which no reading shows.
    let isSame = state.last !== null && (other === null || changes.length === 0);
    const readings: AgentReading[] = [];
    let grounds: Grounds | null = null;
    for (const file of files) {
      if (file.text === undefined) throw new Error(`${file.absolute} was not looked at`);
      const fact = facts?.get(file.path);
      const git = fact?.state ?? 'unknown';
      const lastCommit = fact?.lastCommitMs ?? null;
      const bulk = isBulk(file.mtime);
      const { members } = file;
      for (let at = 0; at < (members?.length ?? 1); at++) {
        const member = members?.[at];
        const agent: RememberedAgent = member ?? file;
        grounds = groundsOf(git, lastCommit, bulk, optionsKey, agent.grounds, grounds);
        if (agent.reading && agent.grounds === grounds && now < agent.until) {
          readings.push(agent.reading);
          continue;
        }
        isSame = false;
        const status = member ? member.status : file.status;
        readings.push(judge(file, agent, status, grounds, now, options));
        if (status?.ok) agent.lastGood = status;
      }
    }
    if (isSame && state.last && state.last.agents.length > 0) return state.last;
    state.joined = planFor(readings, state.joined);
    state.last = joinAgents(readings, state.joined.plan);
    return state.last;
  }

  /**
   * Looks at the files that it is the turn of.
   * @returns what changed, and among how many files so many were written
   */
  private async look(
    look: AgentFilesLook,
    state: RootState,
    scope: ReadScope,
  ): Promise<{ readonly changes: readonly FileChange[]; readonly among: Tally }> {
    const { files } = state.folders;
    const now = this.clock.now();
    const isNew = files.some(({ text }) => text === undefined);
    if (scope === 'due' && state.last !== null) {
      const { changes } = await look.at(files.filter((file) => now >= dueAt(file)));
      return { changes, among: { looked: files.length, written: writtenOf(changes) } };
    }
    // Whoever is new is not left for another time.
    const isWhole = scope !== 'sweep' || isNew;
    if (!isWhole && !this.sweep.isAsked(state)) return { changes: [], among: state.tally };
    if (isWhole) state.turn = 0;
    const isEnough = (): boolean => !isWhole && this.sweep.isTimeUp;
    const { changes, count } = await look.at(state.turn === 0 ? files : files.slice(state.turn), isEnough);
    const before = state.turn === 0 ? noTally : state.tally;
    state.tally = { looked: before.looked + count, written: before.written + writtenOf(changes) };
    state.turn += count;
    if (state.turn >= files.length) state.turn = 0;
    else this.sweep.leave(state);
    return { changes, among: state.tally };
  }

  /** Of options that are the same the same string, so that comparing is one of places. */
  private keyOf(options: LivenessOptions): string {
    const key = JSON.stringify(options);
    if (this.optionsKey !== key) this.optionsKey = key;
    return this.optionsKey;
  }

  private stateOf(root: Root, other: LayoutFiles | null): RootState {
    const key = `${root.path}\n${other?.source ?? ''}`;
    const layoutKey = other ? JSON.stringify([other.layout, [...other.layout.words]]) : '';
    const known = this.roots.get(key);
    if (known?.layoutKey === layoutKey) return known;
    const fresh: RootState = {
      layoutKey,
      folders: noFolders,
      turn: 0,
      tally: noTally,
      joined: nobody,
      git: null,
      last: null,
    };
    this.roots.set(key, fresh);
    return fresh;
  }

  /** Facts from git. A file that changes all the time is asked about when it is new, and every half minute. */
  private async factsOf(
    root: Root,
    state: RootState,
    hasChanges: boolean,
  ): Promise<Awaited<ReturnType<GitFacts['forFiles']>>> {
    if (!this.git) return null;
    const now = this.clock.now();
    const { files } = state.folders;
    const isMany = files.length > 200;
    const isNew = files.some(({ path }) => state.git?.facts !== null && !state.git?.facts?.has(path));
    const isOld = !state.git || now - state.git.at >= askGitEveryMs || now < state.git.at;
    if (!state.git || isOld || isNew || (hasChanges && !isMany))
      state.git = {
        at: now,
        facts: await this.git.forFiles(
          root.path,
          files.map(({ path }) => path),
        ),
      };
    return state.git.facts;
  }
}

/** The same object while the names are the same: putting thousands in order is not for each second. */
function planFor(readings: readonly AgentReading[], before: NamedPlan): NamedPlan {
  const { names } = before;
  if (names.length === readings.length && readings.every(({ folder }, index) => folder === names[index])) return before;
  const folders = readings.map(({ folder }) => folder);
  return { names: folders, plan: joinPlan(folders) };
}

function mtimesOf(files: readonly AgentFile[]): Float64Array {
  const times = new Float64Array(files.length);
  let count = 0;
  for (const { mtime } of files) if (mtime !== null) times[count++] = mtime;
  return times.subarray(0, count);
}

const noTimes: readonly StatusTime[] = [];

/** One object for all that rests on the same: that of the agent itself, or that of the one before it. */
function groundsOf(
  git: Grounds['git'],
  lastCommit: number | null,
  isBulk: boolean,
  options: string,
  own: Grounds | null,
  before: Grounds | null,
): Grounds {
  const isThat = (one: Grounds | null): one is Grounds =>
    one !== null &&
    one.git === git &&
    one.lastCommit === lastCommit &&
    one.isBulk === isBulk &&
    one.options === options;
  return isThat(own) ? own : isThat(before) ? before : { git, lastCommit, isBulk, options };
}

/** Judges an agent, and remembers how, by what and until when. */
function judge(
  { path, text = null, mtime, changedAt }: AgentFile,
  agent: RememberedAgent,
  status: StatusReading | null,
  grounds: Grounds,
  now: number,
  options: LivenessOptions,
): AgentReading {
  const { folder, id, lastGood } = agent;
  const { git, lastCommit, isBulk } = grounds;
  const facts: FileFacts = { mtime, git, lastCommit, seenChangeAt: changedAt, allMtimesWithin10s: isBulk };
  const reading = readAgent({ folder, id, file: path, text, status, facts, lastGood }, isBulk, now, options);
  const times = reading.content === null ? undefined : (status?.ok ? status : lastGood)?.timestamps;
  agent.reading = reading;
  agent.grounds = grounds;
  agent.until = holdsUntil(reading.liveness, times ?? noTimes, facts, now, options);
  return reading;
}

/** When the next agent falls silent, ms since the epoch; null when none is active. */
export function nextExpiry(agents: readonly AgentReading[]): number | null {
  let next: number | null = null;
  for (const { liveness } of agents) {
    if (!liveness.active || liveness.lastSeen === null) continue;
    const end = liveness.lastSeen + liveness.limitMinutes * 60_000 + 1;
    if (next === null || end < next) next = end;
  }
  return next;
}
