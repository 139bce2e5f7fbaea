/** Which files of agents there are: the folders of a swarm, or the files of another layout. What is known of a file stays with it. */
import type { AgentLayout } from '../sources/agentLayout';
import { agentFolders } from '../sources/agents';
import { type AgentFile, newAgentFile, newLayoutFile } from './agentFile';
import { settledMs } from './agentFiles';
import { staysInside } from './confinement';
import type { Clock, FileSystem } from './ports';
import { fileAt, type Root } from './rootFiles';
import type { Walk, WalkedFile } from './walk';

/** The files of a data source with a layout of its own. */
export interface LayoutFiles {
  /** Name of the data source. */
  readonly source: string;
  readonly layout: AgentLayout;
  readonly files: readonly WalkedFile[];
}

export interface Folders {
  /** How the folder above them looked, once it was at rest; null: it is listed again. */
  readonly stamp: string | null;
  readonly files: readonly AgentFile[];
}

export const noFolders: Folders = { stamp: null, files: [] };

/**
 * The folders of agents of a swarm; listed again when the folder above them changed.
 * @param walk of the root, whose names of the files are taken instead of new ones
 */
export async function swarmFolders(
  fs: FileSystem,
  clock: Clock,
  root: Root,
  before: Folders,
  walk: Walk | null,
): Promise<Folders> {
  const base = fs.join(root.path, 'agent_workspaces');
  const stat = await fs.stat(base);
  if (!stat.ok || !(await staysInside(fs, base, root.path))) return noFolders;
  const isSettled = clock.now() - stat.value.mtimeMs > settledMs && stat.value.mtimeMs > 0;
  const stamp = isSettled ? `${stat.value.mtimeMs} ${stat.value.id ?? ''}` : null;
  if (stamp !== null && stamp === before.stamp) return before;
  const listed = await fs.list(base);
  if (!listed.ok) return noFolders;
  const names = agentFolders(listed.value.filter(({ kind }) => kind === 'directory').map(({ name }) => name));
  const isSame =
    names.length === before.files.length && names.every((name, index) => name === before.files[index]?.folder);
  if (isSame) return { ...before, stamp };
  const known = new Map(before.files.map((file) => [file.folder, file]));
  const separator = fs.join('a', 'b').slice(1, -1);
  const files = names.map((folder) => {
    const same = known.get(folder);
    if (same) return same;
    // Joined and not added: a sum keeps its parts beside it.
    const path = ['agent_workspaces', folder, 'status.json'].join('/');
    const absolute = [base, folder, 'status.json'].join(separator);
    const walked = walk && fileAt(walk, path);
    return walked?.absolute === absolute
      ? newAgentFile(folder, walked.path, walked.absolute)
      : newAgentFile(folder, path, absolute);
  });
  return { stamp, files };
}

/** The same object while the files are the same. */
export function layoutFolders({ files: walked, layout }: LayoutFiles, before: Folders): Folders {
  const isSame =
    walked.length === before.files.length &&
    walked.every(({ absolute }, index) => absolute === before.files[index]?.absolute);
  if (isSame) return before;
  const known = new Map(before.files.map((file) => [file.absolute, file]));
  return { stamp: null, files: walked.map((file) => known.get(file.absolute) ?? newLayoutFile(file, layout)) };
}
