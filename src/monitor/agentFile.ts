/** What is kept of a file of agents from look to look: how it looked, what it said, and what was made of that. */

import { nameOfFile } from '../sources/agentFiles';
import { canonicalId } from '../sources/agentIdentity';
import type { AgentLayout } from '../sources/agentLayout';
import type { GoodStatus, StatusReading } from '../sources/agentStatus';
import type { AgentFolder, AgentReading } from '../sources/agents';
import type { Stamps } from '../sources/heartbeat';
import type { FileFacts } from '../sources/liveness';
import type { FileLook } from './ports';
import type { WalkedFile } from './walk';

/** null: there is no file; '' stands for a text that was read. */
export type Text = Exclude<AgentFolder['text'], string> | '';

/** What an agent says of itself in a file of another layout than the swarm's; null: there is no text that says it now. */
export interface Said {
  readonly folder: string;
  readonly status: StatusReading | null;
}

/** What a verdict rests on beside the file itself: the same object for all of which the same is true. */
export interface Grounds {
  readonly git: FileFacts['git'];
  readonly lastCommit: number | null;
  readonly isBulk: boolean;
  readonly options: string;
}

/** An agent as it is remembered from look to look. */
export interface RememberedAgent {
  /** What identifies it: the folder of a swarm, or what another layout names. */
  readonly folder: string;
  /** Canonical id of that. */
  readonly id: string;
  /** The verdict on it; null: what it rests on has changed. */
  reading: AgentReading | null;
  /** By what it was judged, beside its file. */
  grounds: Grounds | null;
  /** How long the verdict holds while nothing changes, ms since the epoch. */
  until: number;
  lastGood: GoodStatus | null;
}

/** An agent of a file of another layout. */
export interface Member extends RememberedAgent {
  readonly status: StatusReading | null;
}

/**
 * A file: where it is, how it looked, what it said. In the swarm's layout it stands for its one agent too, so that there is one
 * object for each of ten thousand.
 */
export interface AgentFile extends RememberedAgent {
  /** Relative to the root. */
  readonly path: string;
  readonly absolute: string;
  /** How the file looked; null: it was not there. */
  kind: FileLook['kind'] | null;
  size: number;
  mtimeMs: number;
  inode: FileLook['id'];
  /** Zone that its times were read in. */
  timeZone: string;
  /** The same look means the same text. */
  isSettled: boolean;
  /** undefined: it was never looked at. */
  text: Text | undefined;
  /** Of the one agent of a swarm's file. */
  status: StatusReading | null;
  /** The agents of a file of another layout; null in the swarm's. */
  said: readonly Said[] | null;
  /** Where its times stand, if everything around them tells whether it says something else. */
  stamps: Stamps | null;
  /** Of its bytes, without those at the stamps; null without a text. */
  digest: string | null;
  mtime: number | null;
  /** When this process saw the content change while no commit did; set once, after all files were looked at. */
  changedAt: number | null;
  /** Of the commit that changed it last, as it was known at its last change. */
  lastCommit: number | null;
  /** In another layout its agents, which may be several or none; null in the swarm's. */
  members: readonly Member[] | null;
}

/** What a look found new in a file: its content, which somebody may have written, or just how it looks. */
export interface FileChange {
  readonly file: AgentFile;
  /** It says something else than before, or there is no text any more. */
  readonly isOther: boolean;
  /** There was a text before, and there is another one now. */
  readonly isWritten: boolean;
}

/** A file of which nothing is known yet. */
export function newAgentFile(folder: string, path: string, absolute: string): AgentFile {
  return {
    folder,
    id: canonicalId(folder),
    path,
    absolute,
    kind: null,
    size: 0,
    mtimeMs: 0,
    inode: undefined,
    timeZone: '',
    isSettled: false,
    text: undefined,
    status: null,
    said: null,
    stamps: null,
    digest: null,
    mtime: null,
    changedAt: null,
    lastCommit: null,
    members: null,
    reading: null,
    grounds: null,
    until: 0,
    lastGood: null,
  };
}

/** The file of a layout with pointers. Until it says whose it is, its name does. */
export function newLayoutFile({ path, absolute }: WalkedFile, layout: AgentLayout): AgentFile {
  return newAgentFile(nameOfFile(path, layout.id), path, absolute);
}

/** When what is said of its agents may change though the file does not, ms. */
export function dueAt({ text, members, reading, until }: AgentFile): number {
  if (text === undefined) return 0;
  if (members === null) return reading ? until : 0;
  let due = Number.POSITIVE_INFINITY;
  for (const member of members) due = Math.min(due, member.reading ? member.until : 0);
  return due;
}

/** What was judged by the file as it was does not stand any more. */
export function forgetVerdicts(file: AgentFile): void {
  file.reading = null;
  for (const member of file.members ?? []) member.reading = null;
}

/** Has an agent of the file said something that is remembered? */
export function wasGood({ lastGood, members }: AgentFile): boolean {
  return lastGood !== null || members?.some((member) => member.lastGood !== null) === true;
}

/** The agents of a file that does not say them now: those of before, or one by the name of the file. */
export function unsaid({ folder, said }: AgentFile, status: StatusReading | null): readonly Said[] {
  const before = said ?? [];
  if (before.length === 0) return [{ folder, status }];
  return before.every((one) => one.status === status) ? before : before.map((one) => ({ folder: one.folder, status }));
}

/** The agents that a file says, each with what is remembered of it; the others are forgotten. */
export function membersOf(said: readonly Said[], before: readonly Member[]): readonly Member[] {
  let known: ReadonlyMap<string, Member> | null = null;
  const memberOf = (folder: string): Member | undefined => {
    known ??= new Map(before.map((member) => [member.folder, member]));
    return known.get(folder);
  };
  return said.map(({ folder, status }, index) => {
    // Nearly always the same stand at the same places.
    const same = before[index]?.folder === folder ? before[index] : memberOf(folder);
    const lastGood = same?.lastGood ?? null;
    return { folder, id: same?.id ?? canonicalId(folder), status, reading: null, grounds: null, until: 0, lastGood };
  });
}
