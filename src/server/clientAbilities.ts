/** What a client can do, by what it says when it starts. */
import type { InitializeParams } from 'vscode-languageserver/node';

export interface ClientAbilities {
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly changesFolders: boolean;
  readonly watchesOnDemand: boolean;
  readonly registersOnDemand: boolean;
}

/** The abilities that a client names. */
export function abilitiesOf({ capabilities: { workspace, textDocument } }: InitializeParams): ClientAbilities {
  const watcher = workspace?.didChangeWatchedFiles;
  return {
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    changesFolders: workspace?.workspaceFolders === true,
    watchesOnDemand: watcher?.dynamicRegistration === true && watcher.relativePatternSupport === true,
    registersOnDemand: textDocument?.completion?.dynamicRegistration === true,
  };
}

/** Those of a client that has said nothing. */
export const noAbilities: ClientAbilities = {
  refreshesDiagnostics: false,
  refreshesLenses: false,
  changesFolders: false,
  watchesOnDemand: false,
  registersOnDemand: false,
};
