/** All agents of one root: folders, their status files, who is alive, and what is wrong. */
import { canonicalId, isAgentFolder } from './agentIdentity';
import { readStatus, type StatusContent, type StatusReading } from './agentStatus';
import { decideLiveness, type FileFacts, isVetoed, type Liveness, type LivenessOptions } from './liveness';
import type { StatusWarning } from './statusWarnings';

export interface AgentFolder {
  /** What identifies it: the name of its directory under `agent_workspaces/`, or what another layout names. */
  readonly folder: string;
  /** Path of its status file, relative to the root. */
  readonly file: string;
  /** Text of the file; null when there is none; an error when it cannot be read. */
  readonly text: string | null | { readonly error: string };
  /** The text as it was read before; without it the text is read. */
  readonly status?: StatusReading | null;
  readonly facts: Omit<FileFacts, 'allMtimesWithin10s'>;
  /** Last good content of this process, for a file that cannot be read now. */
  readonly lastGood: StatusContent | null;
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

/**
 * One agent per canonical id, in the order of folders, with the sums over them.
 * @param order the folders in their order
 */
export function joinAgents(readings: readonly AgentReading[], order: readonly string[]): AgentsReading {
  const byId = new Map<string, AgentReading>();
  for (const reading of readings) {
    const other = byId.get(reading.id);
    if (!other) {
      byId.set(reading.id, reading);
      continue;
    }
    const winner = isNewer(reading, other) ? reading : other;
    const loser = winner === reading ? other : reading;
    const duplicate: StatusWarning = {
      kind: 'duplicate-folder',
      message:
        loser.folder === winner.folder
          ? `${loser.file} and ${winner.file} speak of one agent; ${winner.file} counts`
          : `${loser.folder} and ${winner.folder} are one agent; ${winner.folder} counts`,
      line: 1,
      column: 1,
      key: null,
    };
    byId.set(reading.id, {
      ...winner,
      reading: winner.reading === 'ok' ? 'warnings' : winner.reading,
      warnings: [...winner.warnings, duplicate],
    });
  }
  const byFolder = new Map([...byId.values()].map((agent) => [agent.folder, agent]));
  const agents = order.flatMap((folder) => byFolder.get(folder) ?? []);
  let active = 0;
  let done = 0;
  let open = 0;
  let counted = false;
  for (const { content, liveness } of agents) {
    if (liveness.active) active++;
    if (content?.doneTasks === undefined || content === null) continue;
    if (content.doneTasks !== null || content.openTasks !== null) counted = true;
    done += content.doneTasks ?? 0;
    open += content.openTasks ?? 0;
  }
  return { agents, active, tasks: counted && done + open > 0 ? { done, open } : null };
}

/** One agent at `now`, by its file; nothing of the others counts but whether its file time is that of a copy. */
export function readAgent(
  folder: AgentFolder,
  allMtimesWithin10s: boolean,
  now: number,
  options: LivenessOptions,
): AgentReading {
  const base = { id: canonicalId(folder.folder), folder: folder.folder, file: folder.file };
  const facts: FileFacts = { ...folder.facts, allMtimesWithin10s };
  const silent: Liveness = {
    lastSeen: null,
    seenBy: null,
    fieldTime: null,
    fileTime: null,
    active: false,
    limitMinutes: options.activeMinutes,
    timeWarnings: [],
    warnedTimes: new Map(),
  };
  if (folder.text === null) {
    const missing: StatusWarning = {
      kind: 'missing-status-file',
      message: `The folder has no ${folder.file.slice(folder.file.lastIndexOf('/') + 1)}`,
      line: 1,
      column: 1,
      key: null,
    };
    return { ...base, reading: 'missing', content: null, problem: null, liveness: silent, warnings: [missing] };
  }
  const status: StatusReading =
    typeof folder.text === 'string'
      ? (folder.status ?? readStatus(folder.text, folder.folder, options.timeZone))
      : { ok: false, problem: { kind: 'unreadable', message: folder.text.error, line: 1, column: 1, offset: 0 } };
  const content = status.ok ? status.content : folder.lastGood;
  // The file of an unreadable status proves no write of the agent's own.
  const known = status.ok
    ? facts
    : { ...facts, mtime: null, git: 'unknown' as const, lastCommit: null, seenChangeAt: null };
  const decided = content
    ? decideLiveness(content.timestamps, content.declared, content.restingLimit, known, now, options)
    : silent;
  const { stateNotMatching: veto } = options;
  const isOff = content !== null && isVetoed(content.statusText, options);
  const liveness: Liveness = isOff && veto ? { ...decided, active: false, vetoedBy: veto } : decided;
  // The places of an old content are those of a text that is gone.
  const placeOf = (kind: string) => (status.ok ? liveness.warnedTimes.get(kind) : undefined);
  const timed = liveness.timeWarnings.map((kind): StatusWarning => {
    const about = placeOf(kind);
    return {
      kind,
      message: timeMessages[kind] ?? kind,
      line: about?.at.line ?? 1,
      column: about?.at.column ?? 1,
      key: about?.key ?? null,
    };
  });
  if (!status.ok) {
    const { kind, message, line, column } = status.problem;
    const unreadable: StatusWarning = { kind: 'unreadable', message, line, column, key: null };
    return {
      ...base,
      reading: content ? 'old' : 'unreadable',
      content,
      problem: { kind, message, line, column },
      liveness,
      warnings: [unreadable, ...timed],
    };
  }
  const warnings = [...status.content.warnings, ...timed];
  return { ...base, reading: warnings.length > 0 ? 'warnings' : 'ok', content, problem: null, liveness, warnings };
}

function isNewer(a: AgentReading, b: AgentReading): boolean {
  const left = a.liveness.lastSeen ?? Number.NEGATIVE_INFINITY;
  const right = b.liveness.lastSeen ?? Number.NEGATIVE_INFINITY;
  return left === right ? a.folder.includes('-') && !b.folder.includes('-') : left > right;
}
