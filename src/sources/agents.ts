/** All agents of one root: folders, their status files, who is alive, and what is wrong. */
import { canonicalId, isAgentFolder } from './agentIdentity';
import { type GoodStatus, readStatus, type StatusContent, type StatusReading } from './agentStatus';
import { decideLiveness, type FileFacts, isVetoed, type Liveness, type LivenessOptions } from './liveness';
import { FaultList } from './problems';
import type { StatusWarning } from './statusWarnings';

export interface AgentFolder {
  /** What identifies it: the name of its directory under `agent_workspaces/`, or what another layout names. */
  readonly folder: string;
  /** Its canonical id, where it is known already. */
  readonly id?: string;
  /** Path of its status file, relative to the root. */
  readonly file: string;
  /** Text of the file; null when there is none; an error when it cannot be read. */
  readonly text: string | null | { readonly error: string };
  /** The text as it was read before; without it the text is read. */
  readonly status?: StatusReading | null;
  readonly facts: Omit<FileFacts, 'allMtimesWithin10s'>;
  /** Last good reading of this process, for a file that cannot be read now. */
  readonly lastGood: GoodStatus | null;
}

export interface AgentReading {
  readonly id: string;
  readonly folder: string;
  readonly file: string;
  readonly reading: 'ok' | 'warnings' | 'old' | 'unreadable' | 'missing';
  readonly content: StatusContent | null;
  readonly problem: {
    readonly kind: string;
    readonly message: string;
    readonly line: number;
    readonly column: number;
  } | null;
  readonly liveness: Liveness;
  readonly warnings: readonly StatusWarning[];
}

export interface AgentsReading {
  readonly agents: readonly AgentReading[];
  readonly active: number;
  /** Warnings of all agents together. */
  readonly warnings: number;
  /** Σ done and Σ open over all agents; null when no agent counts tasks. */
  readonly tasks: { readonly done: number; readonly open: number } | null;
}

const timeMessages: Readonly<Record<string, string>> = {
  'clock-in-future': 'A timestamp lies in the future and is not believed',
  'clock-ahead-of-file': 'A timestamp is later than the file that holds it and is not believed',
  'file-clock-in-future': 'The file time lies in the future and is not believed',
  'field-and-file-disagree': 'The timestamp in the file and the file time are more than an hour apart',
  'z-is-local-time': 'The timestamp ends in Z but fits the local time; the file time decides',
};

/** Directory names that are agents. */
export function agentFolders(directories: readonly string[]): readonly string[] {
  return directories.filter(isAgentFolder);
}

/** Order of folders as people count: Agent-2 before Agent-10. */
export const folderOrder = new Intl.Collator('en', { numeric: true }).compare;

/** What follows from the names of the agents alone: made once for a fleet that is read each second. */
export interface JoinPlan {
  /** Places of the names in the list that was given, in the order of people. */
  readonly order: Int32Array;
  /** Names of one canonical id, where there are several: for each of them the places of all. */
  readonly twins: ReadonlyMap<number, readonly number[]>;
}

/** @param folders names of the agents, in the order in which their readings will come */
export function joinPlan(folders: readonly string[]): JoinPlan {
  const byId = new Map<string, number[]>();
  for (const [index, folder] of folders.entries()) {
    const id = canonicalId(folder);
    const same = byId.get(id);
    if (same) same.push(index);
    else byId.set(id, [index]);
  }
  const twins = new Map<number, readonly number[]>();
  for (const same of byId.values()) if (same.length > 1) for (const index of same) twins.set(index, same);
  const order = Int32Array.from(folders.keys()).sort((a, b) => folderOrder(folders[a] ?? '', folders[b] ?? ''));
  return { order, twins };
}

/** One agent per canonical id, in the order of names, with the sums over them. */
export function joinAgents(readings: readonly AgentReading[], { order, twins }: JoinPlan): AgentsReading {
  const agents: AgentReading[] = [];
  let active = 0;
  let warnings = 0;
  let done = 0;
  let open = 0;
  let counted = false;
  const winners = new Map<readonly number[], Winner>();
  for (const index of order) {
    const same = twins.get(index);
    const winner = same && (winners.get(same) ?? winnerOf(same, readings));
    if (same && winner) winners.set(same, winner);
    // Of several that speak of one agent the one that counts gives the place.
    const agent = !winner ? readings[index] : winner.index === index ? winner.reading : undefined;
    if (!agent) continue;
    agents.push(agent);
    const { content, liveness } = agent;
    if (liveness.active) active++;
    warnings += agent.warnings.length;
    if (content === null) continue;
    if (content.doneTasks !== null || content.openTasks !== null) counted = true;
    done += content.doneTasks ?? 0;
    open += content.openTasks ?? 0;
  }
  return { agents, active, warnings, tasks: counted && done + open > 0 ? { done, open } : null };
}

interface Winner {
  readonly index: number;
  readonly reading: AgentReading;
}

/** The reading that counts of several folders or files of one agent, with a word on each of the others. */
function winnerOf(same: readonly number[], readings: readonly AgentReading[]): Winner | undefined {
  let best: Winner | undefined;
  for (const index of same) {
    const reading = readings[index];
    if (reading && (!best || isNewer(reading, best.reading))) best = { index, reading };
  }
  if (!best) return undefined;
  const { index, reading: winner } = best;
  const duplicates = new FaultList<StatusWarning>();
  for (const other of same) {
    const loser = readings[other];
    if (!loser || other === index) continue;
    duplicates.add({
      kind: 'duplicate-folder',
      message:
        loser.folder === winner.folder
          ? `${loser.file} and ${winner.file} speak of one agent; ${winner.file} counts`
          : `${loser.folder} and ${winner.folder} are one agent; ${winner.folder} counts`,
      line: 1,
      column: 1,
      key: null,
    });
  }
  const reading: AgentReading = {
    ...winner,
    reading: winner.reading === 'ok' ? 'warnings' : winner.reading,
    warnings: [...winner.warnings, ...duplicates.all()],
  };
  return { index, reading };
}

/** One agent at `now`, by its file; nothing of the others counts but whether its file time is that of a copy. */
export function readAgent(
  folder: AgentFolder,
  allMtimesWithin10s: boolean,
  now: number,
  options: LivenessOptions,
): AgentReading {
  // Written out, not spread: what is spread keeps a part of its members in a list of its own, and there are thousands of these.
  const { folder: name, file } = folder;
  const id = folder.id ?? canonicalId(name);
  if (folder.text === null) {
    const missing: StatusWarning = {
      kind: 'missing-status-file',
      message: `The folder has no ${file.slice(file.lastIndexOf('/') + 1)}`,
      line: 1,
      column: 1,
      key: null,
    };
    return {
      id,
      folder: name,
      file,
      reading: 'missing',
      content: null,
      problem: null,
      liveness: silent(options),
      warnings: [missing],
    };
  }
  const status: StatusReading =
    typeof folder.text === 'string'
      ? (folder.status ?? readStatus(folder.text, name, options.timeZone))
      : { ok: false, problem: { kind: 'unreadable', message: folder.text.error, line: 1, column: 1, offset: 0 } };
  const good = status.ok ? status : folder.lastGood;
  const content = good?.content ?? null;
  const { mtime, git, lastCommit, seenChangeAt } = folder.facts;
  // The file of an unreadable status proves no write of the agent's own.
  const known: FileFacts = status.ok
    ? { mtime, git, lastCommit, seenChangeAt, allMtimesWithin10s }
    : { mtime: null, git: 'unknown', lastCommit: null, seenChangeAt: null, allMtimesWithin10s };
  const decided = good
    ? decideLiveness(good.timestamps, good.content.declared, good.content.restingLimit, known, now, options)
    : silent(options);
  const { stateNotMatching: veto } = options;
  const isOff = content !== null && isVetoed(content.statusText, options);
  const liveness: Liveness = isOff && veto ? { ...decided, active: false, vetoedBy: veto } : decided;
  // The places of an old content are those of a text that is gone.
  const timed = timedWarnings(liveness, status.ok);
  if (!status.ok) {
    const { kind, message, line, column } = status.problem;
    const unreadable: StatusWarning = { kind: 'unreadable', message, line, column, key: null };
    return {
      id,
      folder: name,
      file,
      reading: content ? 'old' : 'unreadable',
      content,
      problem: { kind, message, line, column },
      liveness,
      warnings: [unreadable, ...timed],
    };
  }
  const warnings = timed.length === 0 ? status.content.warnings : [...status.content.warnings, ...timed];
  const reading = warnings.length > 0 ? 'warnings' : 'ok';
  return { id, folder: name, file, reading, content, problem: null, liveness, warnings };
}

const noWarnings: readonly StatusWarning[] = [];

/** What the times of an agent give to be warned of. @param hasPlaces the text that they stand in is there */
function timedWarnings({ timeWarnings, warnedTimes }: Liveness, hasPlaces: boolean): readonly StatusWarning[] {
  if (timeWarnings.length === 0) return noWarnings;
  return timeWarnings.map((kind) => {
    const about = hasPlaces ? warnedTimes.get(kind) : undefined;
    return {
      kind,
      message: timeMessages[kind] ?? kind,
      line: about?.at.line ?? 1,
      column: about?.at.column ?? 1,
      key: about?.key ?? null,
    };
  });
}

function silent({ activeMinutes }: LivenessOptions): Liveness {
  return {
    lastSeen: null,
    seenBy: null,
    fieldTime: null,
    fileTime: null,
    active: false,
    limitMinutes: activeMinutes,
    timeWarnings: [],
    warnedTimes: new Map(),
  };
}

function isNewer(a: AgentReading, b: AgentReading): boolean {
  const left = a.liveness.lastSeen ?? Number.NEGATIVE_INFINITY;
  const right = b.liveness.lastSeen ?? Number.NEGATIVE_INFINITY;
  return left === right ? a.folder.includes('-') && !b.folder.includes('-') : left > right;
}
