/** What the commands share: the shell they run in, a monitor over Node's ports, files of the user's naming. */
import { mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path, { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { MonitorSettings } from '../monitor/monitorSettings';
import type { Cancellation, Logger } from '../monitor/ports';
import type { WorkspaceReport } from '../report/report';
import type { Style } from '../report/style';
import { UsageError } from './arguments';
import { type Scope, scopeOf, type Target } from './targets';

export interface Shell {
  readonly cwd: string;
  readonly version: string;
  readonly style: Style;
  readonly write: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Shows a passing line on a terminal; null takes it away. */
  readonly progress: (text: string | null) => void;
  readonly cancellation: Cancellation;
}

/** The user stopped the command: nothing is said about what was not looked at. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A file or folder that the user named. Throws UsageError when it is not there. */
export function target(name: string, { cwd }: Shell): Target {
  try {
    const absolute = realpathSync(resolve(cwd, name));
    const stat = statSync(absolute);
    if (!stat.isFile() && !stat.isDirectory())
      throw new UsageError(`${name} cannot be read: it is neither file nor folder`);
    return { absolute, isFile: stat.isFile() };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name} cannot be read: ${ioReason(error)}`);
  }
}

/** Why a file operation failed, without the path that the message repeats. */
export function ioReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT'
    ? 'there is no such file or folder'
    : code === 'EACCES'
      ? 'permission denied'
      : (message.split('\n')[0] ?? 'unknown');
}

/** The scope of named files and folders. Throws UsageError. */
export function scope(targets: readonly Target[]): Scope {
  const found = scopeOf(
    targets,
    path,
    (folder) => statSync(join(folder, '.slo-lens'), { throwIfNoEntry: false })?.isDirectory() ?? false,
  );
  if (!found) throw new UsageError('the PATHs have no folder in common');
  return found;
}

/** What a command watches: one folder, under the settings of whoever gave none. */
export function settingsOf(root: string, options: Partial<MonitorSettings>): MonitorSettings {
  return {
    roots: [{ name: basename(root), uri: toUri(root), path: root }],
    trusted: true,
    minConfidence: 'medium',
    exclude: [],
    severityOverrides: {},
    agents: {},
    refreshCommands: [],
    refreshTimeoutSeconds: 600,
    cacheFolder: null,
    history: null,
    definitionFiles: [],
    ...options,
  };
}

/** Only what goes wrong is told. */
export function loggerOf({ warn }: Shell): Logger {
  return { info: () => undefined, warn, error: warn };
}

export function toUri(absolute: string): string {
  return URI.file(absolute).toString();
}

/** Where analyses are kept between runs. */
export function userCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const given = process.platform === 'win32' ? (XDG_CACHE_HOME ?? LOCALAPPDATA) : XDG_CACHE_HOME;
  // Neither an empty path nor a relative one counts: XDG Base Directory Specification.
  return join(given && isAbsolute(given) ? given : join(homedir(), '.cache'), 'slo-lens');
}

/** What can be scanned. */
interface Scanned {
  readonly scan: (cancellation: Cancellation, progress: (share: number) => void) => Promise<void>;
}

/** Scans with progress. Throws Interrupted, and an error when the scan failed. */
export async function scan(monitor: Scanned, shell: Shell): Promise<void> {
  await monitor.scan(shell.cancellation, (share) => shell.progress(`Analysing ${Math.floor(share * 100)} %`));
  shell.progress(null);
  if (shell.cancellation.isCancelled()) throw new Interrupted('stopped before the scan was complete');
}

/** Writes to standard output, or to the file that the user named. Throws UsageError. */
export function deliver(text: string, output: string | null, shell: Shell): void {
  if (output === null) {
    shell.write(text);
    return;
  }
  const file = resolve(shell.cwd, output);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${output} cannot be written: ${ioReason(error)}`);
  }
}

/** Paths of a report as a user of this folder types them: relative to it if they lie in it, else absolute. */
export function shownFrom(root: string, { cwd }: Shell): (path: string) => string {
  const base = realpathSync(cwd);
  return (name) => {
    const absolute = join(root, ...name.split('/'));
    const way = relative(base, absolute);
    return (way.startsWith('..') ? absolute : way).split(sep).join('/');
  };
}

/** A fault in the configuration ends a command: verdicts under another configuration than meant mislead. Throws UsageError. */
export function refuseBrokenConfiguration(
  report: Pick<WorkspaceReport, 'problems'>,
  shell: Shell,
  root: string,
  alsoSlo: boolean,
): void {
  const message = configurationFault(report, shell, root, alsoSlo);
  if (message !== null) throw new UsageError(message);
}

/** The first fault in the configuration, and with `alsoSlo` in the definition, with its place; null when there is none. */
export function configurationFault(
  report: Pick<WorkspaceReport, 'problems'>,
  shell: Shell,
  root: string,
  alsoSlo: boolean,
): string | null {
  const fault = report.problems.find(
    (problem) =>
      problem.level === 'error' &&
      (problem.kind.startsWith('config') ||
        (problem.kind !== 'unreadable-folder' && problem.place?.path === '.slo-lens/config.json') ||
        (alsoSlo && problem.kind.startsWith('slo/'))),
  );
  if (!fault) return null;
  const { place, message } = fault;
  const shown = place && (path.isAbsolute(place.path) ? place.path : shownFrom(root, shell)(place.path));
  return place ? `${shown}:${place.line + 1}:${place.column + 1}: ${message}` : message;
}
