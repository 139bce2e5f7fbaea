/** What this process saw somebody write: where the times of files prove nothing, that does. */
import type { FileChange } from './agentFile';
import type { GitFacts } from './ports';

type Facts = Awaited<ReturnType<GitFacts['forFiles']>>;

/** Files that were looked at, and those among them that say something else than before. */
export interface Tally {
  readonly looked: number;
  readonly written: number;
}

export const noTally: Tally = { looked: 0, written: 0 };

/**
 * When this process saw each content change while no commit changed the file: then somebody wrote it. Where git is not
 * asked, a change of most files at once is a pull, a checkout or a copy, and proves nothing.
 */
export function noteWrites(
  changes: readonly FileChange[],
  { looked, written }: Tally,
  facts: Facts,
  now: number,
): void {
  const isBulk = facts === null && written >= 2 && written * 2 > looked;
  for (const { file, isOther, isWritten } of changes) {
    const lastCommit = facts?.get(file.path)?.lastCommitMs ?? null;
    const isWrite = isWritten && file.lastCommit === lastCommit && !isBulk;
    file.changedAt = file.digest === null ? null : isWrite ? now : isOther ? null : file.changedAt;
    file.lastCommit = lastCommit;
  }
}

/** How many of the files say something else than before. */
export function writtenOf(changes: readonly FileChange[]): number {
  let written = 0;
  for (const { isWritten } of changes) if (isWritten) written++;
  return written;
}
