/**
 * Reads the agents of one root: folders, status files, file times, git facts; keeps the last good content of each. What did not
 * change costs a look at its size and time: its text is not read again, and its agent is judged again only when its time is up.
 */
import { createHash } from 'node:crypto';
import { nameOfFile, readAgentFile } from '../sources/agentFiles';
import type { AgentLayout } from '../sources/agentLayout';
import { readStatus, type StatusContent, type StatusReading } from '../sources/agentStatus';
import {
  type AgentFolder,
  type AgentReading,
  type AgentsReading,
  agentFolders,
  folderOrder,
  joinAgents,
  readAgent,
} from '../sources/agents';
import { bulkTimes, holdsUntil, type LivenessOptions } from '../sources/liveness';
import { staysInside } from './confinement';
import type { Clock, FileStat, FileSystem, GitFacts } from './ports';
import { maxFileBytes, type Root } from './rootFiles';
import type { WalkedFile } from './walk';

/** The files of a data source with a layout of its own. */
export interface AgentFiles {
  /** Name of the data source. */
  readonly source: string;
  readonly layout: AgentLayout;
  readonly files: readonly WalkedFile[];
}

/** Before an unreadable file is reported it is read once more: its writer may be at work. */
const rereadMs = 250;
/** Clocks of file systems are coarse: what was written a moment ago may be written again at the same time. */
const settledMs = 2_000;
/** While files change all the time, git is asked about those that are new this often. */
const askGitEveryMs = 30_000;

type Text = AgentFolder['text'];
type Facts = AgentFolder['facts'];
type GitState = { readonly state: Facts['git']; readonly lastCommit: number | null };

/** An agent of a file. */
interface FileAgent {
  readonly folder: string;
  /** null: there is no text to read it from. */
  readonly status: StatusReading | null;
}

/** A file of one agent, or in another layout of several, as it was read last. */
interface Known {
  stamp: string;
  /** The same stamp means the same text. */
  isSettled: boolean;
  /** null: no file; otherwise nothing is kept of a text but what it says. */
  readonly text: Text;
  readonly agents: readonly FileAgent[];
  readonly hash: string | null;
  readonly mtime: number | null;
  readonly changedAt: number | null;
  readonly lastCommit: number | null;
}

interface Judged {
  readonly reading: AgentReading;
  readonly status: StatusReading | null;
  readonly known: Known;
  readonly git: GitState;
  readonly isBulk: boolean;
  readonly options: string;
  readonly until: number;
}

interface Folders {
  readonly stamp: string | null;
  readonly names: readonly string[];
  readonly order: readonly string[];
  readonly absolutes: readonly string[];
  readonly files: readonly string[];
}

interface RootState {
  /** Of what the rest was read. */
  readonly layoutKey: string;
  folders: Folders;
  readonly known: Map<string, Known>;
  readonly judged: Map<string, Judged>;
  readonly lastGood: Map<string, StatusContent>;
  git: { readonly at: number; readonly facts: Awaited<ReturnType<GitFacts['forFiles']>> } | null;
  last: AgentsReading | null;
}

/** Keeps the byte order mark: the reader reports it. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

const unknownGit: GitState = { state: 'unknown', lastCommit: null };

export class AgentsReader {
  private readonly roots = new Map<string, RootState>();

  constructor(
    private readonly fs: FileSystem,
    private readonly clock: Clock,
    private git: GitFacts | null,
  ) {}

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
   * @param onlyDue looks only at the files of agents whose time is up, so that a silence shows without a look at all
   * @param other files of another layout than the swarm's folders
   */
  async read(
    root: Root,
    options: LivenessOptions,
    onlyDue = false,
    other: AgentFiles | null = null,
  ): Promise<AgentsReading | null> {
    const state = this.stateOf(root, other);
    if (!onlyDue || state.last === null)
      state.folders = other ? namedFiles(other, state.folders) : await this.foldersOf(root, state.folders);
    const { names, absolutes } = state.folders;
    forgetOthers(state, new Set(absolutes));
    if (names.length === 0) {
      state.last = null;
      return null;
    }
    const { changed, first } = await this.look(root, state, options, other, onlyDue && state.last !== null);
    const facts = await this.factsOf(root, state, changed.length > 0);
    const now = this.clock.now();
    if (!first) this.noteChanges(state, changed, facts !== null, now);
    const mtimes = absolutes.flatMap((absolute) => state.known.get(absolute)?.mtime ?? []);
    const isBulk = bulkTimes(mtimes);
    const optionsKey = JSON.stringify(options);
    // A file of several agents may have lost one, which no reading shows.
    let isSame = state.last !== null && (other === null || changed.length === 0);
    const readings: AgentReading[] = [];
    for (const [index, absolute] of absolutes.entries()) {
      const file = state.folders.files[index] ?? '';
      const known = state.known.get(absolute);
      if (!known) throw new Error(`${absolute} was not looked at`);
      const fact = facts?.get(file);
      const git = fact ? { state: fact.state, lastCommit: fact.lastCommitMs } : unknownGit;
      const bulk = isBulk(known.mtime);
      for (const { folder, status } of known.agents) {
        const key = keyOf(absolute, folder, known);
        const before = state.judged.get(key);
        if (
          before &&
          before.known === known &&
          before.status === status &&
          before.git.state === git.state &&
          before.git.lastCommit === git.lastCommit &&
          before.isBulk === bulk &&
          before.options === optionsKey &&
          now < before.until
        ) {
          readings.push(before.reading);
          continue;
        }
        isSame = false;
        const lastGood = state.lastGood.get(key) ?? null;
        const judged = judge({ folder, file, status, known, git, bulk, lastGood, now, options });
        state.judged.set(key, { ...judged, status, known, git, isBulk: bulk, options: optionsKey });
        if (status?.ok) state.lastGood.set(key, status.content);
        readings.push(judged.reading);
      }
    }
    if (isSame && state.last && state.last.agents.length > 0) return state.last;
    const order = other ? [...new Set(readings.map(({ folder }) => folder))].sort(folderOrder) : state.folders.order;
    state.last = joinAgents(readings, order);
    return state.last;
  }

  private stateOf(root: Root, other: AgentFiles | null): RootState {
    const key = `${root.path}\n${other?.source ?? ''}`;
    const layoutKey = other ? JSON.stringify([other.layout, [...other.layout.words]]) : '';
    const known = this.roots.get(key);
    if (known?.layoutKey === layoutKey) return known;
    const fresh: RootState = {
      layoutKey,
      folders: { stamp: null, names: [], order: [], absolutes: [], files: [] },
      known: new Map(),
      judged: new Map(),
      lastGood: new Map(),
      git: null,
      last: null,
    };
    this.roots.set(key, fresh);
    return fresh;
  }

  /** The folders of agents; listed again when the folder above them changed. */
  private async foldersOf(root: Root, before: Folders): Promise<Folders> {
    const base = this.fs.join(root.path, 'agent_workspaces');
    const none: Folders = { stamp: null, names: [], order: [], absolutes: [], files: [] };
    const stat = await this.fs.stat(base);
    if (!stat.ok || !(await staysInside(this.fs, base, root.path))) return none;
    const isSettled = this.clock.now() - stat.value.mtimeMs > settledMs && stat.value.mtimeMs > 0;
    const stamp = isSettled ? `${stat.value.mtimeMs} ${stat.value.id ?? ''}` : null;
    if (stamp !== null && stamp === before.stamp) return before;
    const listed = await this.fs.list(base);
    if (!listed.ok) return none;
    const names = agentFolders(listed.value.filter(({ kind }) => kind === 'directory').map(({ name }) => name));
    const isSame = names.length === before.names.length && names.every((name, index) => name === before.names[index]);
    if (isSame) return { ...before, stamp };
    return {
      stamp,
      names,
      order: [...names].sort(folderOrder),
      absolutes: names.map((folder) => this.fs.join(base, folder, 'status.json')),
      files: names.map((folder) => `agent_workspaces/${folder}/status.json`),
    };
  }

  /** Looks at every file and reads those that changed. `first`: nothing was known before. */
  private async look(
    root: Root,
    state: RootState,
    options: LivenessOptions,
    other: AgentFiles | null,
    onlyDue: boolean,
  ): Promise<{
    readonly changed: readonly { readonly absolute: string; readonly before: Known | undefined }[];
    readonly first: boolean;
  }> {
    const { absolutes, names, files } = state.folders;
    const first = state.known.size === 0;
    const now = this.clock.now();
    const isDue = (absolute: string, known: Known): boolean =>
      known.agents.some(({ folder }) => now >= (state.judged.get(keyOf(absolute, folder, known))?.until ?? 0));
    const isAsked = (absolute: string): boolean => {
      const known = state.known.get(absolute);
      return !onlyDue || !known || isDue(absolute, known);
    };
    const asked = absolutes.flatMap((absolute, index) => (isAsked(absolute) ? [index] : []));
    const stats: (FileStat | null)[] = [];
    for (const [at, stat] of (await this.lstats(asked.map((index) => absolutes[index] ?? ''))).entries())
      stats[asked[at] ?? 0] = stat;
    const due: number[] = [];
    for (const index of asked) {
      const absolute = absolutes[index] ?? '';
      const known = state.known.get(absolute);
      const stat = stats[index] ?? null;
      const zone = ` ${options.timeZone}`;
      if (known?.isSettled !== true || known.stamp !== stampOf(stat) + zone || stat?.kind === 'symlink')
        due.push(index);
    }
    const readAt = async (indices: readonly number[]): Promise<readonly Text[]> =>
      this.texts(
        root,
        indices.map((index) => absolutes[index] ?? ''),
        indices.map((index) => stats[index] ?? null),
        other === null,
      );
    /** The agents of a file that does not say them now: those of before, or one by the name of the file. */
    const unread = (index: number, status: StatusReading | null): readonly FileAgent[] => {
      const before = state.known.get(absolutes[index] ?? '')?.agents ?? [];
      const folders = before.length > 0 ? before.map(({ folder }) => folder) : [names[index] ?? ''];
      return folders.map((folder) => ({ folder, status }));
    };
    const parse = (index: number, text: Text): readonly FileAgent[] => {
      if (typeof text !== 'string') return unread(index, null);
      if (!other)
        return [{ folder: names[index] ?? '', status: readStatus(text, names[index] ?? '', options.timeZone) }];
      const read = readAgentFile(text, files[index] ?? '', other.layout, options.timeZone);
      return read.ok ? read.agents : unread(index, read);
    };
    const texts = new Map<number, Text>();
    const agents = new Map<number, readonly FileAgent[]>();
    const hashes = new Map<number, string | null>();
    const take = (index: number, text: Text): void => {
      const hash = typeof text === 'string' ? createHash('sha1').update(text).digest('base64') : null;
      const known = state.known.get(absolutes[index] ?? '');
      texts.set(index, typeof text === 'string' ? '' : text);
      hashes.set(index, hash);
      // Touched, not written: what it says is known.
      agents.set(
        index,
        known && hash !== null && known.hash === hash && known.stamp.endsWith(` ${options.timeZone}`)
          ? known.agents
          : parse(index, text),
      );
    };
    for (const [at, text] of (await readAt(due)).entries()) take(due[at] ?? 0, text);
    const suspects = due.filter((index) => {
      const known = state.known.get(absolutes[index] ?? '');
      // Known to be broken as it stands: said once, not waited for each time.
      if (agents.get(index)?.some(({ status }) => status?.ok === false)) return known?.hash !== hashes.get(index);
      // Between the removal of the old file and the creation of the new one there is none.
      const wasGood = known?.agents.some(({ status }) => status?.ok === true) === true;
      return texts.get(index) === null && wasGood && known?.text !== null;
    });
    if (suspects.length > 0) {
      await new Promise<void>((resolve) => void this.clock.setTimeout(resolve, rereadMs));
      for (const [at, text] of (await readAt(suspects)).entries()) take(suspects[at] ?? 0, text);
    }
    const again = new Set(suspects);
    const changed: { absolute: string; before: Known | undefined }[] = [];
    for (const index of due) {
      const absolute = absolutes[index] ?? '';
      const stat = stats[index] ?? null;
      const text = texts.get(index) ?? null;
      const before = state.known.get(absolute);
      const hash = hashes.get(index) ?? null;
      const mtime = text === null ? null : (stat?.mtimeMs ?? null);
      const next: Known = {
        stamp: `${stampOf(stat)} ${options.timeZone}`,
        // What could not be read may be readable without a change of the file.
        isSettled: !again.has(index) && !isFault(text) && (stat === null || Math.abs(now - stat.mtimeMs) > settledMs),
        text,
        agents: agents.get(index) ?? [],
        hash,
        mtime: stat?.kind === 'symlink' ? await this.targetTime(absolute) : mtime,
        changedAt: before?.changedAt ?? null,
        lastCommit: before?.lastCommit ?? null,
      };
      if (
        before &&
        before.hash === hash &&
        before.mtime === next.mtime &&
        sameText(before.text, text) &&
        (before.agents === next.agents || (text === null && before.text === null))
      ) {
        // Nothing that is judged by: the old object stands, so that what was judged by it stands too.
        before.stamp = next.stamp;
        before.isSettled = next.isSettled;
        continue;
      }
      state.known.set(absolute, next);
      forgetGone(state, absolute, before, next);
      changed.push({ absolute, before });
    }
    return { changed, first };
  }

  private async targetTime(absolute: string): Promise<number | null> {
    const stat = await this.fs.stat(absolute);
    return stat.ok ? stat.value.mtimeMs : null;
  }

  private async lstats(paths: readonly string[]): Promise<readonly (FileStat | null)[]> {
    if (this.fs.many) return this.fs.many.lstat(paths);
    return Promise.all(
      paths.map(async (path) => {
        const stat = await this.fs.stat(path);
        return stat.ok ? stat.value : null;
      }),
    );
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
    const isNew = files.some((file) => state.git?.facts !== null && !state.git?.facts?.has(file));
    const isOld = !state.git || now - state.git.at >= askGitEveryMs || now < state.git.at;
    if (!state.git || isOld || isNew || (hasChanges && !isMany))
      state.git = { at: now, facts: await this.git.forFiles(root.path, files) };
    return state.git.facts;
  }

  /**
   * When this process saw each content change while no commit changed the file: then somebody wrote it. Where git is not
   * asked, a change of most files at once is a pull, a checkout or a copy, and proves nothing.
   */
  private noteChanges(
    state: RootState,
    changed: readonly { readonly absolute: string; readonly before: Known | undefined }[],
    isGitKnown: boolean,
    now: number,
  ): void {
    const { absolutes, files } = state.folders;
    const fileOf = new Map(absolutes.map((absolute, index) => [absolute, files[index] ?? '']));
    const written = new Set(
      changed.flatMap(({ absolute, before }) => {
        const hash = state.known.get(absolute)?.hash ?? null;
        return hash !== null && before !== undefined && before.hash !== null && hash !== before.hash ? [absolute] : [];
      }),
    );
    const isBulk = !isGitKnown && written.size >= 2 && written.size * 2 > absolutes.length;
    for (const { absolute, before } of changed) {
      const known = state.known.get(absolute);
      if (!known) continue;
      const lastCommit = isGitKnown ? (state.git?.facts?.get(fileOf.get(absolute) ?? '')?.lastCommitMs ?? null) : null;
      const isOther = known.hash !== before?.hash;
      const isWrite = written.has(absolute) && before?.lastCommit === lastCommit && !isBulk;
      const changedAt = known.hash === null ? null : isWrite ? now : isOther ? null : known.changedAt;
      state.known.set(absolute, { ...known, changedAt, lastCommit });
    }
  }

  /** Texts of files; those behind links only where they stay in the root. */
  private async texts(
    root: Root,
    paths: readonly string[],
    stats: readonly (FileStat | null)[],
    isListed: boolean,
  ): Promise<readonly Text[]> {
    const files = this.fs.many ? paths.filter((_, index) => stats[index]?.kind === 'file') : [];
    // The folders of a swarm are listed as such; others may have become links since the walk.
    const plain = isListed ? files : await this.withoutLinks(root, files);
    const read = new Map<string, Text>();
    const contents = (await this.fs.many?.read(plain, maxFileBytes)) ?? [];
    for (const [index, path] of plain.entries()) {
      const content = contents[index];
      if (content) read.set(path, textOf(content));
    }
    return Promise.all(paths.map((path) => read.get(path) ?? this.carefulText(root, path)));
  }

  /** Those on whose way below the root there is no link. */
  private async withoutLinks(root: Root, paths: readonly string[]): Promise<readonly string[]> {
    const foldersAbove = new Map<string, readonly string[]>();
    const aboveOf = (path: string): readonly string[] => {
      const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
      const known = foldersAbove.get(folder);
      if (known) return known;
      const above = folder.length > root.path.length ? [folder, ...aboveOf(folder)] : [];
      foldersAbove.set(folder, above);
      return above;
    };
    for (const path of paths) aboveOf(path);
    const folders = [...new Set([...foldersAbove.values()].flat())];
    const stats = await this.lstats(folders);
    const links = new Set(folders.filter((_, index) => stats[index]?.kind !== 'directory'));
    return links.size === 0 ? paths : paths.filter((path) => !aboveOf(path).some((folder) => links.has(folder)));
  }

  private async carefulText(root: Root, absolute: string): Promise<Text> {
    const read = await this.fs.read(absolute, maxFileBytes);
    if (read.ok && !(await staysInside(this.fs, absolute, root.path)))
      return { error: 'The file is a link that leads out of the folder; it is not read' };
    return textOf(read);
  }
}

/** The same object while the files are the same. */
function namedFiles({ files: walked, layout }: AgentFiles, before: Folders): Folders {
  const isSame =
    walked.length === before.absolutes.length &&
    walked.every(({ absolute }, index) => absolute === before.absolutes[index]);
  if (isSame) return before;
  const files = walked.map(({ path }) => path);
  const names = files.map((file) => nameOfFile(file, layout.id));
  return { stamp: null, names, order: [], absolutes: walked.map(({ absolute }) => absolute), files };
}

/** Where an agent of a file is remembered: under its path, or in a file of several under path and name. */
function keyOf(absolute: string, folder: string, { agents }: Known): string {
  return agents.length === 1 ? absolute : `${absolute}\n${folder}`;
}

/** Agents that a file names no more. */
function forgetGone(state: RootState, absolute: string, before: Known | undefined, next: Known): void {
  if (!before || before.agents === next.agents) return;
  if (before.agents.length === 1 && next.agents.length === 1) return;
  const kept = new Set(next.agents.map(({ folder }) => keyOf(absolute, folder, next)));
  for (const { folder } of before.agents) {
    const key = keyOf(absolute, folder, before);
    if (kept.has(key)) continue;
    state.judged.delete(key);
    state.lastGood.delete(key);
  }
}

/** What is no agent's file any more is forgotten. */
function forgetOthers(state: RootState, present: ReadonlySet<string>): void {
  if (state.known.size <= present.size && [...state.known.keys()].every((path) => present.has(path))) return;
  for (const map of [state.known, state.judged, state.lastGood])
    for (const key of map.keys()) if (!present.has(key) && !present.has(key.split('\n', 1)[0] ?? '')) map.delete(key);
  state.last = null;
}

function stampOf(stat: FileStat | null): string {
  return stat ? `${stat.kind} ${stat.size} ${stat.mtimeMs} ${stat.id ?? ''}` : '-';
}

function isFault(text: Text): boolean {
  return typeof text === 'object' && text !== null;
}

function sameText(a: Text, b: Text): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && a?.error === b?.error);
}

function textOf(read: Awaited<ReturnType<FileSystem['read']>>): Text {
  if (!read.ok)
    return read.error.code === 'ENOENT'
      ? null
      : {
          error:
            read.error.code === 'ETOOBIG'
              ? `The file is too large: ${read.error.message}`
              : `The file cannot be read: ${read.error.message}`,
        };
  if (read.value.subarray(0, 4096).includes(0)) return { error: 'The file is binary, not text' };
  return utf8.decode(read.value);
}

function judge(of: {
  readonly folder: string;
  readonly file: string;
  readonly status: StatusReading | null;
  readonly known: Known;
  readonly git: GitState;
  readonly bulk: boolean;
  readonly lastGood: StatusContent | null;
  readonly now: number;
  readonly options: LivenessOptions;
}): Pick<Judged, 'reading' | 'until'> {
  const { folder, file, status, known, git, bulk, lastGood, now, options } = of;
  const facts: Facts = {
    mtime: known.mtime,
    git: git.state,
    lastCommit: git.lastCommit,
    seenChangeAt: known.changedAt,
  };
  const { text } = known;
  const reading = readAgent({ folder, file, text, status, facts, lastGood }, bulk, now, options);
  const times = reading.content?.timestamps ?? [];
  const until = holdsUntil(reading.liveness, times, { ...facts, allMtimesWithin10s: bulk }, now, options);
  return { reading, until };
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
