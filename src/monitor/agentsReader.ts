/** Reads the agents of one root: folders, status files, file times, git facts; keeps the last good content of each. */
import { createHash } from 'node:crypto';
import { readStatus, type StatusContent } from '../sources/agentStatus';
import { type AgentFolder, type AgentReading, type AgentsReading, agentFolders, readAgents } from '../sources/agents';
import type { LivenessOptions } from '../sources/liveness';
import { staysInside } from './confinement';
import type { Clock, FileSystem, GitFacts } from './ports';
import { maxFileBytes, type Root } from './rootFiles';

/** Before an unreadable file is reported it is read once more: its writer may be at work. */
const rereadMs = 250;

/** What this process saw of a status file before. */
interface Seen {
  readonly hash: string;
  readonly changedAt: number | null;
  readonly lastCommit: number | null;
}

type Text = AgentFolder['text'];

export class AgentsReader {
  private readonly lastGood = new Map<string, StatusContent>();
  private readonly seen = new Map<string, Seen>();

  constructor(
    private readonly fs: FileSystem,
    private readonly clock: Clock,
    private git: GitFacts | null,
  ) {}

  /** Facts from git from now on; null while the workspace is not trusted. */
  setGit(git: GitFacts | null): void {
    this.git = git;
  }

  /** null when the root has no agent folder at all. */
  async read(root: Root, options: LivenessOptions): Promise<AgentsReading | null> {
    const base = this.fs.join(root.path, 'agent_workspaces');
    const listed = (await staysInside(this.fs, base, root.path)) ? await this.fs.list(base) : null;
    const names = listed?.ok
      ? agentFolders(listed.value.filter((entry) => entry.kind === 'directory').map((entry) => entry.name))
      : [];
    const absolutes = names.map((folder) => this.fs.join(base, folder, 'status.json'));
    this.forgetOthers(base, new Set(absolutes));
    if (names.length === 0) return null;
    const files = names.map((folder) => `agent_workspaces/${folder}/status.json`);
    const facts = this.git ? await this.git.forFiles(root.path, files) : null;
    const texts = await Promise.all(
      names.map((folder, index) => this.settledText(root, absolutes[index] ?? '', folder, options)),
    );
    const lastCommits = files.map((file) => facts?.get(file)?.lastCommitMs ?? null);
    const changes = this.changesOf(absolutes, texts, lastCommits, facts !== null);
    const folders = await Promise.all(
      names.map(async (folder, index): Promise<AgentFolder> => {
        const file = files[index] ?? '';
        const absolute = absolutes[index] ?? '';
        const text = texts[index] ?? null;
        const stat = text === null ? null : await this.fs.stat(absolute);
        const status = typeof text === 'string' ? readStatus(text, folder, options.timeZone) : null;
        const lastGood = this.lastGood.get(absolute) ?? null;
        if (status?.ok) this.lastGood.set(absolute, status.content);
        return {
          folder,
          file,
          text,
          facts: {
            mtime: stat?.ok ? stat.value.mtimeMs : null,
            git: facts?.get(file)?.state ?? 'unknown',
            lastCommit: lastCommits[index] ?? null,
            seenChangeAt: changes[index] ?? null,
          },
          lastGood,
        };
      }),
    );
    return readAgents(folders, this.clock.now(), options);
  }

  /** The text; read twice when the first reading may have met a writer at work. */
  private async settledText(root: Root, absolute: string, folder: string, options: LivenessOptions): Promise<Text> {
    const text = await this.textOf(root, absolute);
    const isSuspect =
      typeof text === 'string'
        ? !readStatus(text, folder, options.timeZone).ok
        : // Between the removal of the old file and the creation of the new one there is none.
          text === null && this.lastGood.has(absolute);
    if (!isSuspect) return text;
    await new Promise<void>((resolve) => this.clock.setTimeout(resolve, rereadMs));
    return this.textOf(root, absolute);
  }

  /**
   * When this process saw each content change while no commit changed the file: then somebody wrote it. Where git is not
   * asked, a change of most files at once is a pull, a checkout or a copy, and proves nothing.
   */
  private changesOf(
    absolutes: readonly string[],
    texts: readonly Text[],
    lastCommits: readonly (number | null)[],
    isGitKnown: boolean,
  ): readonly (number | null)[] {
    const now = this.clock.now();
    const next = absolutes.map((absolute, index): Seen | null => {
      const text = texts[index];
      if (typeof text !== 'string') return null;
      const hash = createHash('sha1').update(text).digest('base64');
      const lastCommit = lastCommits[index] ?? null;
      const before = this.seen.get(absolute);
      const isSame = before?.hash === hash;
      const isWrite = before !== undefined && !isSame && before.lastCommit === lastCommit;
      return { hash, lastCommit, changedAt: isWrite ? now : isSame ? before.changedAt : null };
    });
    const written = next.filter((one, index) => one?.changedAt === now && this.isNew(absolutes[index], one)).length;
    const isBulk = !isGitKnown && written >= 2 && written * 2 > absolutes.length;
    return next.map((one, index) => {
      const absolute = absolutes[index] ?? '';
      if (!one) return null;
      const kept = isBulk && this.isNew(absolute, one) ? { ...one, changedAt: null } : one;
      this.seen.set(absolute, kept);
      return kept.changedAt;
    });
  }

  private isNew(absolute: string | undefined, one: Seen): boolean {
    return absolute !== undefined && this.seen.get(absolute)?.hash !== one.hash;
  }

  /** What is no agent's file any more is forgotten. */
  private forgetOthers(base: string, present: ReadonlySet<string>): void {
    for (const known of [this.lastGood, this.seen])
      for (const absolute of known.keys())
        if (absolute.startsWith(base) && !present.has(absolute)) known.delete(absolute);
  }

  private async textOf(root: Root, absolute: string): Promise<Text> {
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
    if (!(await staysInside(this.fs, absolute, root.path)))
      return { error: 'The file is a link that leads out of the folder; it is not read' };
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
