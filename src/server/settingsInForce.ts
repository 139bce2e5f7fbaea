/** The monitor's settings, of what the client has said. */
import type { MonitorSettings } from '../monitor/monitorSettings';
import type { FileSystem } from '../monitor/ports';
import type { Root } from '../monitor/rootFiles';
import type { Settings } from '../protocol/messages';

export interface ClientState {
  readonly roots: readonly Root[];
  readonly trusted: boolean;
  readonly settings: Settings | null;
  /** Folder of the client's for what outlives a session; null: nothing does. */
  readonly storagePath: string | null;
}

/** The settings by which a monitor of the workspace works. @param writer name of this process in what it writes */
export function settingsInForce(
  { roots, trusted, settings, storagePath }: ClientState,
  { join }: Pick<FileSystem, 'join'>,
  writer: string,
): MonitorSettings {
  return {
    roots,
    trusted,
    minConfidence: settings?.minConfidence ?? 'medium',
    exclude: settings?.exclude ?? [],
    severityOverrides: settings?.severityOverrides ?? {},
    agents: settings?.agents ?? {},
    refreshCommands: settings?.refreshCommands ?? [],
    refreshTimeoutSeconds: settings?.refreshTimeoutSeconds ?? 600,
    alertOutputs: settings?.alertOutputs,
    cacheFolder: storagePath === null ? null : join(storagePath, 'cache'),
    history: storagePath === null ? null : { folder: join(storagePath, 'slo'), writer, adds: true, speaks: true },
    definitionFiles: [],
  };
}
