/** Reads the agents of one root: folders, status files, file times, git facts; keeps the last good content of each. */

import { readStatus, type StatusContent } from '../sources/agentStatus';
import { type AgentFolder, type AgentReading, type AgentsReading, agentFolders, readAgents } from '../sources/agents';
import type { LivenessOptions } from '../sources/liveness';
import type { Clock, FileSystem, GitFacts } from './ports';
import { maxFileBytes, type Root } from './rootFiles';

/** Before an unreadable file is reported it is read once more: its writer may be at work. */
const rereadMs = 250;

export class AgentsReader {
  private readonly lastGood = new Map<string, StatusContent>();
  private readonly seen = new Map<
    string,
    { readonly text: string; readonly changedAt: number | null; readonly head: number | null }
  >();

  constructor(
    private readonly fs: FileSystem,
    private readonly clock: Clock,
    private readonly git: GitFacts | null,
  ) {}

  /** null when the root has no agent folder at all. */
  async read(root: Root, options: LivenessOptions): Promise<AgentsReading | null> {
    const base = this.fs.join(root.path, 'agent_workspaces');
    const listed = await this.fs.list(base);
    if (!listed.ok) return null;
    const names = agentFolders(listed.value.filter((entry) => entry.kind === 'directory').map((entry) => entry.name));
    if (names.length === 0) return null;
    const files = names.map((folder) => `agent_workspaces/${folder}/status.json`);
    const facts = this.git ? await this.git.forFiles(root.path, files) : null;
    const folders = await Promise.all(
      names.map(async (folder, index): Promise<AgentFolder> => {
        const file = files[index] ?? '';
        const absolute = this.fs.join(base, folder, 'status.json');
        let text = await this.textOf(absolute);
        if (typeof text === 'string' && !readStatus(text, folder, options.timeZone).ok) {
          await new Promise<void>((resolve) => this.clock.setTimeout(resolve, rereadMs));
          text = await this.textOf(absolute);
        }
        const stat = text === null ? null : await this.fs.stat(absolute);
        const git = facts?.get(file);
        const lastCommit = git?.lastCommitMs ?? null;
        const status = typeof text === 'string' ? readStatus(text, folder, options.timeZone) : null;
        const lastGood = this.lastGood.get(absolute) ?? null;
        if (status?.ok) this.lastGood.set(absolute, status.content);
        return {
          folder,
          file,
          text,
          facts: {
            mtime: stat?.ok ? stat.value.mtimeMs : null,
            git: git?.state ?? 'unknown',
            lastCommit,
            seenChangeAt: this.changeOf(absolute, text, lastCommit),
          },
          lastGood,
        };
      }),
    );
    return readAgents(folders, this.clock.now(), options);
  }

  /** A change of content between two readings of this process, while no commit changed the file, is a write. */
  private changeOf(absolute: string, text: AgentFolder['text'], head: number | null): number | null {
    if (typeof text !== 'string') return null;
    const before = this.seen.get(absolute);
    const changedAt =
      before && before.text !== text && before.head === head
        ? this.clock.now()
        : before?.text === text
          ? before.changedAt
          : null;
    this.seen.set(absolute, { text, changedAt, head });
    return changedAt;
  }

  private async textOf(absolute: string): Promise<AgentFolder['text']> {
    const read = await this.fs.read(absolute, maxFileBytes);
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
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(read.value);
  }
}

/** When the next agent falls silent, ms since the epoch; null when none is active. */
export function nextExpiry(agents: readonly AgentReading[]): number | null {
  const ends = agents.flatMap(({ liveness }) =>
    liveness.active && liveness.lastSeen !== null ? [liveness.lastSeen + liveness.limitMinutes * 60_000 + 1] : [],
  );
  return ends.length > 0 ? Math.min(...ends) : null;
}
