/** Monitors of everything in a folder, over Node's ports. */
import { Monitor } from '../monitor/monitor';
import type { MonitorSettings } from '../monitor/monitorSettings';
import { fileSystemAtOnce } from '../monitor/node/nodeFilesAtOnce';
import { nodeGit } from '../monitor/node/nodeGit';
import { nodeClock, nodeCommandRunner } from '../monitor/node/nodePorts';
import { nodeProcesses } from '../monitor/node/nodeProcesses';
import type { FileSystem } from '../monitor/ports';
import { loggerOf, type Shell, settingsOf, toUri } from './shell';

/** A monitor of a folder as it lies on disk. */
export function monitorOf(
  root: string,
  shell: Shell,
  options: Partial<MonitorSettings>,
  now: number | null = null,
): Monitor {
  return monitorOver(fileSystemAtOnce, root, shell, options, now);
}

/** A monitor of a folder as a file system has it: that of the disk, or of a commit. */
export function monitorOver(
  fs: FileSystem,
  root: string,
  shell: Shell,
  options: Partial<MonitorSettings> = {},
  now: number | null = null,
): Monitor {
  const clock = now === null ? nodeClock : { ...nodeClock, now: () => now };
  return new Monitor(
    {
      fs,
      clock,
      logger: loggerOf(shell),
      git: nodeGit,
      runner: nodeCommandRunner,
      processes: nodeProcesses,
      toUri,
    },
    settingsOf(root, options),
  );
}
