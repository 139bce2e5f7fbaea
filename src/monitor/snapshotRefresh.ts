/** Refresh Snapshots: the commands that make the snapshots anew, one after another, and how the last refresh went. */
import type { RefreshReport } from '../report/report';
import type { Cancellation, Clock, CommandRunner } from './ports';
import type { Root } from './rootFiles';

export interface RefreshCommand {
  readonly command: string;
  readonly root: Root;
  readonly timeoutSeconds: number;
}

type Commands = RefreshReport['commands'];
type Progress = (message: string, share: number) => void;

export class SnapshotRefresh {
  private last: RefreshReport = {
    state: 'never',
    at: null,
    message: 'Refresh Snapshots was not run in this session',
    commands: [],
  };

  constructor(private readonly ports: { readonly clock: Clock; readonly runner: CommandRunner }) {}

  get state(): RefreshReport {
    return this.last;
  }

  /**
   * Runs the commands up to the first that fails; from now on the report says that a refresh is running.
   * @param trusted in other workspaces none is run
   */
  async run(
    commands: readonly RefreshCommand[],
    trusted: boolean,
    cancellation: Cancellation,
    progress: Progress,
  ): Promise<Commands> {
    const done: Commands[number][] = [];
    const at = new Date(this.ports.clock.now()).toISOString();
    this.last = { state: 'running', at, message: 'Refresh is running', commands: [] };
    for (const [index, { command, root, timeoutSeconds }] of commands.entries()) {
      const skipped = { command, exitCode: null, durationMs: 0, outcome: 'skipped' } as const;
      if (!trusted) {
        done.push({ ...skipped, output: 'Not run: the workspace is not trusted' });
        continue;
      }
      if (cancellation.isCancelled() || done.some((one) => one.outcome !== 'ok')) {
        done.push({ ...skipped, output: '' });
        continue;
      }
      progress(`Running ${command}`, (index / (commands.length + 2)) * 0.8);
      try {
        const result = await this.ports.runner.run(command, {
          cwd: root.path,
          timeoutMs: timeoutSeconds * 1000,
          cancellation,
        });
        const { exitCode, durationMs, output, outcome } = result;
        done.push({ command, exitCode, durationMs, output, outcome });
      } catch (error) {
        const output = error instanceof Error ? error.message : String(error);
        done.push({ ...skipped, output, outcome: 'failed' });
      }
    }
    return done;
  }

  /** Everything was read again: notes how the refresh went. */
  finish(commands: Commands, isCancelled: boolean): RefreshReport {
    this.last = { at: this.last.at, commands, ...outcomeOf(commands, isCancelled) };
    return this.last;
  }
}

function outcomeOf(
  commands: RefreshReport['commands'],
  cancelled: boolean,
): { readonly state: RefreshReport['state']; readonly message: string } {
  if (cancelled) return { state: 'cancelled', message: 'Refresh was cancelled; the figures are those of before' };
  const failed = commands.find((command) => command.outcome === 'failed' || command.outcome === 'timeout');
  if (failed) {
    const how =
      failed.outcome === 'timeout' ? 'ran into its time limit' : `ended with exit code ${failed.exitCode ?? 'unknown'}`;
    return {
      state: 'failed',
      message: `Refresh failed: \`${failed.command}\` ${how}. Figures were read again as they stand`,
    };
  }
  if (commands.some((command) => command.outcome === 'skipped'))
    return {
      state: 'failed',
      message: 'Refresh commands are not run in an untrusted workspace. Figures were read again as they stand',
    };
  return {
    state: 'ok',
    message:
      commands.length === 0
        ? 'Everything was read again; no refresh command is configured'
        : `${commands.length} refresh ${commands.length === 1 ? 'command' : 'commands'} ran, and everything was read again`,
  };
}
